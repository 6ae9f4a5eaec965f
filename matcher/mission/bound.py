"""An upper bound that ignores the clock: what each day could hold, were every order of meetings possible.

The day-wise problem has every pair but only counts: meetings a day and in all, tables a day, interpreters
a day. Every plan keeps these counts, so no plan is worth more. It is a linear programme, solved in a
moment even where slots by pairs are hundreds of thousands, and what it chooses shows which pairs are
worth trying slot by slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from ortools.linear_solver.python import model_builder

from matcher.errors import MatcherError
from matcher.mission.model import option_worth
from matcher.mission.options import Option, OptionMaker

Day = tuple[str, str]
Kind = tuple[str, str, Day, bool, bool]
"""Member id, target id, day, whether an interpreter is needed, whether it is a group visit."""


class DayWise:
    """The day-wise problem of one mission over the options that no rule blocks."""

    def __init__(self, maker: OptionMaker, options: Sequence[Option]) -> None:
        self.maker = maker
        self.kinds: list[Kind] = sorted(
            {(*o.pair, maker.day_key(o.period), bool(o.interpreter), o.visit is not None) for o in options}
        )
        likes = maker.mission.wishes("like")
        worth = {o.pair: option_worth(o, likes, maker.frame.weights) for o in options}
        self.worths = np.array([worth[kind[0], kind[1]] for kind in self.kinds], dtype=np.float64)
        musts = maker.mission.musts
        self.is_must = np.array([(kind[0], kind[1]) in musts for kind in self.kinds], dtype=np.float64)
        self._open_periods: dict[tuple[str, Day], set[int]] = defaultdict(set)
        for option in options:
            for who in option.pair:
                self._open_periods[who, maker.day_key(option.period)].update(option.periods)

    def most_musts(self) -> int | None:
        """Return a number of musts that no plan exceeds; None when no plan can exist."""
        model, shares = self._model()
        model.maximize(model_builder.LinearExpr.weighted_sum(shares, list(self.is_must)))
        solver = model_builder.Solver("GLOP")
        if solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
            return None
        return int(solver.objective_value + 1e-6)

    def most_worth(self, n_musts: int) -> tuple[int, dict[Day, frozenset[tuple[str, str]]]]:
        """Bound the worth of every plan that places at least `n_musts` musts.

        Returns
        -------
        bound : int
            Tenths of a point.
        pairs : dict of day to frozenset of (str, str)
            The pairs that the day-wise solution lets meet on the day, wholly or in part.
        """
        model, shares = self._model()
        if n_musts:
            model.add(model_builder.LinearExpr.weighted_sum(shares, list(self.is_must)) >= n_musts)
        behind = self._behind(model, shares)
        costs = [-float(self.maker.frame.weights.fair_share_tenths)] * len(behind)
        worth = model_builder.LinearExpr.weighted_sum([*shares, *behind], [*self.worths, *costs])
        model.maximize(worth)
        solver = model_builder.Solver("GLOP")
        if solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
            raise MatcherError(
                "The bound of the plan could not be computed; check the maxima in the plan file.",
                de="Die Schranke des Plans ließ sich nicht berechnen; bitte die Höchstzahlen in der Plandatei prüfen.",
            )
        pairs: dict[Day, set[tuple[str, str]]] = defaultdict(set)
        for kind, share in zip(self.kinds, shares, strict=True):
            if solver.value(share) > 1e-6:
                pairs[kind[2]].add((kind[0], kind[1]))
        return int(solver.objective_value + 1e-6), {day: frozenset(found) for day, found in pairs.items()}

    def _model(self) -> tuple[model_builder.Model, list[model_builder.Variable]]:
        model: model_builder.Model = model_builder.Model()  # type: ignore[no-untyped-call]  # ortools is untyped here
        variables = [model.new_num_var(0.0, 1.0, "") for _ in self.kinds]
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        most: dict[tuple[object, ...], int] = {}
        tables, interpreted = self._tables(), self._interpreted()
        for index, kind in enumerate(self.kinds):
            for key, limit in self._counts(kind, tables, interpreted):
                groups[key].append(index)
                most[key] = limit
        for key, indices in groups.items():
            if len(indices) > most[key]:
                total = model_builder.LinearExpr.sum([variables[index] for index in indices])
                model.add(total <= most[key])
        self._minima(model, variables)
        return model, variables

    def _counts(
        self, kind: Kind, tables: dict[Day, int], interpreted: dict[Day, int]
    ) -> Iterator[tuple[tuple[object, ...], int]]:
        member, target, day, needs_interpreter, is_visit = kind
        limits = self.maker.frame.limits
        yield ("pair", member, target), 1
        yield ("member", member), limits.per_member
        open_to_member = len(self._open_periods[member, day])
        yield ("member", member, day), min(limits.per_member_per_day, open_to_member)
        if is_visit:
            return
        in_total, per_day = self.maker.frame.most_of_host(target)
        yield ("target", target), in_total
        yield ("target", target, day), min(per_day, len(self._open_periods[target, day]))
        if day in tables:
            yield ("tables", day), tables[day]
        if needs_interpreter:
            yield ("interpreted", day), interpreted[day]

    def _minima(self, model: model_builder.Model, shares: list[model_builder.Variable]) -> None:
        limits = self.maker.frame.limits
        for member in self.maker.mission.members if limits.at_least_per_member else ():
            own = [share for kind, share in zip(self.kinds, shares, strict=True) if kind[0] == member.id]
            model.add(model_builder.LinearExpr.sum(own) >= limits.at_least_per_member)
        home = {member.id: member.location_id for member in self.maker.mission.members}
        for location in sorted(set(home.values())) if limits.at_least_per_municipality else ():
            own = [share for kind, share in zip(self.kinds, shares, strict=True) if home[kind[0]] == location]
            model.add(model_builder.LinearExpr.sum(own) >= limits.at_least_per_municipality)

    def _tables(self) -> dict[Day, int]:
        """Tables times slots of each day, in cities where tables limit every meeting."""
        found: dict[Day, int] = defaultdict(int)
        unlimited = {venue.city for venue in self.maker.venues if not venue.rooms}
        for period, slot in enumerate(self.maker.periods):
            if slot.day.city not in unlimited:
                for venue, place in enumerate(self.maker.venues):
                    if place.city == slot.day.city:
                        found[self.maker.day_key(period)] += self.maker.capacity(venue, period) or 0
        return dict(found)

    def _interpreted(self) -> dict[Day, int]:
        """The most meetings that the interpreters of each day can serve."""
        return {
            self.maker.day_key(period): sum(
                min(person.per_day, len(slot.day.slots))
                for person in self.maker.frame.interpreters
                if not person.cities or slot.day.city in person.cities
            )
            for period, slot in enumerate(self.maker.periods)
        }

    def _behind(
        self, model: model_builder.Model, shares: list[model_builder.Variable]
    ) -> list[model_builder.Variable]:
        """By municipality: how many meetings its members lie below their share of the delegation."""
        members = self.maker.mission.members
        if not self.maker.frame.weights.fair_share_tenths:
            return []
        home = {member.id: member.location_id for member in members}
        everybody = model.new_num_var(0, len(shares), "")
        model.add(model_builder.LinearExpr.sum(shares) == everybody)
        found: list[model_builder.Variable] = []
        for location in sorted(set(home.values())):
            ratio = sum(place == location for place in home.values()) / len(members)
            own = [share for kind, share in zip(self.kinds, shares, strict=True) if home[kind[0]] == location]
            missing = model.new_num_var(0, len(shares), "")
            model.add(ratio * everybody - model_builder.LinearExpr.sum(own) <= missing)
            found.append(missing)
        return found
