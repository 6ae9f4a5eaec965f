"""The rules of a mission as a constraint model: one truth value for each option, one rule each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from ortools.sat.python import cp_model

from matcher.mission.options import Option, OptionMaker, Rule
from matcher.mission.records import Weights

Literal = cp_model.IntVar
Term = tuple[cp_model.IntVar, int]
"""A variable with its coefficient."""
Stays = dict[tuple[int, int], dict[int, list[Literal]]]
"""Literals of one person's stays: by (start, end) in minutes, then by venue."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen options, the interpreters of visits as (visit, first period, name), and demands not met.

    `is_proved` says that no better choice exists.
    """

    options: tuple[Option, ...]
    interpreters: tuple[tuple[int, int, str], ...] = ()
    n_missing: int = 0
    is_proved: bool = False


class ScheduleModel:
    """The model over some options of a mission.

    With `can_relax`, each rule that can be given up hangs on a literal of its own; being in two places
    at once, or meeting the same host twice, is never relaxed. With `counts_missing`, what the plan must
    hold (visits, fixed meetings, minima) is not enforced but counted in `missing`, so that a day can be
    planned before the others.
    """

    def __init__(
        self,
        maker: OptionMaker,
        options: Sequence[Option],
        *,
        can_relax: bool = False,
        counts_missing: bool = False,
    ) -> None:
        self.maker = maker
        self.options = tuple(options)
        self.model = cp_model.CpModel()
        self.literal_by_rule: dict[Rule, Literal] = {}
        self.can_relax = can_relax
        self.counts_missing = counts_missing
        self.missing: list[cp_model.IntVar] = []
        self._derived: list[tuple[cp_model.IntVar, Callable[[set[int]], int]]] = []
        self.chosen = [self.model.new_bool_var("") for _ in self.options]
        self._count_municipalities()
        self._visits()
        self._people()
        self._tables()
        self._maxima()
        self._meals()
        self._demands()
        if can_relax:
            self._blocked()

    # Rules that can be relaxed go through these three.

    def _only_if(self, constraint: cp_model.Constraint, rule: Rule) -> None:
        if self.can_relax:
            constraint.only_enforce_if(self._literal(rule))

    def _literal(self, rule: Rule) -> Literal:
        if rule not in self.literal_by_rule:
            self.literal_by_rule[rule] = self.model.new_bool_var("")
        return self.literal_by_rule[rule]

    def _at_most(self, rule: Rule, literals: Sequence[Literal], n: int) -> None:
        if len(literals) > n:
            if n == 1 and not self.can_relax:
                self.model.add_at_most_one(literals)
            else:
                self._only_if(self.model.add(cp_model.LinearExpr.sum(literals) <= n), rule)

    def _at_least(self, rule: Rule, literals: Sequence[Literal], n: int) -> None:
        total = cp_model.LinearExpr.sum(list(literals))
        if self.counts_missing:
            missing = self.model.new_int_var(0, n, "")
            self.missing.append(missing)
            self.model.add(total + missing >= n)
            self._derived.append((missing, _lacking(n, literals)))
        else:
            self._only_if(self.model.add(total >= n), rule)

    def _by(self, *keys: Iterable[object]) -> dict[tuple[object, ...], list[Literal]]:
        """Group the options' literals by the keys, one iterable of keys an option."""
        groups: dict[tuple[object, ...], list[Literal]] = defaultdict(list)
        for literal, *key in zip(self.chosen, *keys, strict=True):
            groups[tuple(key)].append(literal)
        return groups

    def _count_municipalities(self) -> None:
        home = {member.id: member.location_id for member in self.maker.mission.members}
        self.by_municipality = {
            str(location): literals
            for (location,), literals in self._by(home[o.member_id] for o in self.options).items()
        }

    def _visits(self) -> None:
        """A visit takes place in one run of slots; members join it there."""
        self.visit_blocks: list[dict[int, Literal]] = []
        self.visit_interpreters: list[dict[tuple[int, str], Literal]] = []
        frame = self.maker.frame
        for index, visit in enumerate(frame.visits):
            about = (str(index),)
            blocks = {run.start: self.model.new_bool_var("") for run in self.maker.blocks_of(visit)}
            self.visit_blocks.append(blocks)
            self.visit_interpreters.append({})
            self.model.add_at_most_one(blocks.values())
            self._at_least(Rule("visit", about), list(blocks.values()), 1)
            joining: dict[int, dict[str, Literal]] = defaultdict(dict)
            for option, literal in zip(self.options, self.chosen, strict=True):
                if option.visit == index:
                    joining[option.period][option.member_id] = literal
            for start, takes_place in blocks.items():
                group = joining[start]
                for literal in group.values():
                    self.model.add_implication(literal, takes_place)
                size = sum(group.values())
                self._only_if(
                    self.model.add(size >= visit.smallest * takes_place), Rule("visit_smallest", about)
                )
                self._only_if(self.model.add(size <= visit.largest), Rule("visit_largest", about))
                for member in visit.member_ids:
                    comes = group.get(member, 0)
                    self._only_if(
                        self.model.add(comes >= takes_place), Rule("visit_member", (*about, member))
                    )
                self._interpret_visit(index, start, group)

    def _interpret_visit(self, index: int, start: int, group: dict[str, Literal]) -> None:
        """Whoever shares no language with the host joins only with an interpreter."""
        visit = self.maker.frame.visits[index]
        target = self.maker.target_by_id[visit.target_id]
        found = self.visit_interpreters[index]
        run = range(start, start + visit.n_slots)
        for member_id, literal in group.items():
            names = self.maker.interpreters_for(self.maker.member_by_id[member_id], target)
            if names is None:
                continue
            for name in names:
                if (start, name) not in found:
                    found[start, name] = self.model.new_bool_var("")
                    if any((name, period) in self.maker.absences for period in run):
                        self.model.add(found[start, name] == 0)
            self.model.add(sum(found[start, name] for name in names) >= literal)

    def _people(self) -> None:
        """Nobody is in two places, or meets the same host twice, or arrives before travelling."""
        for literals in self._by(o.pair for o in self.options).values():
            self.model.add_at_most_one(literals)
        stays: dict[str, Stays] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        minutes = self.maker.minutes

        def stay(who: str, first: int, n_slots: int, venue: int, literal: Literal) -> None:
            hours = (minutes[first][0], minutes[first + n_slots - 1][1])
            stays[who][hours][venue].append(literal)

        for option, literal in zip(self.options, self.chosen, strict=True):
            people = [option.member_id]
            if option.visit is None:
                people += [option.target_id, option.interpreter] if option.interpreter else [option.target_id]
            for who in people:
                stay(who, option.period, option.n_slots, option.venue, literal)
        for visit, blocks, interpreters in zip(
            self.maker.frame.visits, self.visit_blocks, self.visit_interpreters, strict=True
        ):
            if blocks:
                venue = self.maker.visit_venue(visit)
                for start, literal in blocks.items():
                    stay(visit.target_id, start, visit.n_slots, venue, literal)
                for (start, name), literal in interpreters.items():
                    stay(name, start, visit.n_slots, venue, literal)
        interpreter_names = {interpreter.name for interpreter in self.maker.frame.interpreters}
        for who, groups in stays.items():
            rule = Rule("interpreter", (who,)) if who in interpreter_names else None
            self._one_at_a_time(groups, rule)
            self._travel(groups)

    def _one_at_a_time(self, groups: Stays, rule: Rule | None) -> None:
        for period in self.maker.minutes:
            now = [
                literal
                for (start, end), venues in groups.items()
                if start < period[1] and period[0] < end
                for literals in venues.values()
                for literal in literals
            ]
            if rule:
                self._at_most(rule, now, 1)
            elif len(now) > 1:
                self.model.add_at_most_one(now)

    def _travel(self, groups: Stays) -> None:
        """Two stays exclude each other when the way between their venues takes longer than the gap."""
        hours = sorted(groups)
        for at, (_, end) in enumerate(hours):
            for later in hours[at + 1 :]:
                gap = later[0] - end
                if gap < 0:
                    continue
                before, after = groups[hours[at]], groups[later]
                too_far: dict[tuple[int, ...], list[Literal]] = defaultdict(list)
                for venue, literals in before.items():
                    far = tuple(v for v in after if self.maker.travel_minutes(venue, v) > gap)
                    if far:
                        too_far[far] += literals
                for far, literals in too_far.items():
                    self.model.add_at_most_one(literals + [lit for venue in far for lit in after[venue]])

    def _tables(self) -> None:
        used: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for option, literal in zip(self.options, self.chosen, strict=True):
            if option.visit is None:
                used[option.venue, option.period].append(literal)
        for visit, blocks in zip(self.maker.frame.visits, self.visit_blocks, strict=True):
            for start, literal in blocks.items():
                for period in range(start, start + visit.n_slots):
                    used[self.maker.visit_venue(visit), period].append(literal)
        for (venue, period), literals in used.items():
            tables = self.maker.capacity(venue, period)
            if tables is not None:
                self._at_most(Rule("tables", (str(venue),)), literals, tables)

    def _maxima(self) -> None:
        limits = self.maker.frame.limits
        days = [self.maker.day_key(option.period) for option in self.options]
        members = [option.member_id for option in self.options]
        for (member,), literals in self._by(members).items():
            self._at_most(Rule("per_member", (str(member),)), literals, limits.per_member)
        for (member, day), literals in self._by(members, days).items():
            rule = Rule("per_member_per_day", (str(member), *map(str, day)))  # type: ignore[call-overload]  # the key holds the day as a tuple
            self._at_most(rule, literals, limits.per_member_per_day)
        by_target: dict[str, list[tuple[tuple[str, str], Literal]]] = defaultdict(list)
        by_interpreter: dict[tuple[str, tuple[str, str]], list[Literal]] = defaultdict(list)
        for option, day, literal in zip(self.options, days, self.chosen, strict=True):
            if option.visit is None:
                by_target[option.target_id].append((day, literal))
            if option.interpreter:
                by_interpreter[option.interpreter, day].append(literal)
        for index, visit in enumerate(self.maker.frame.visits):
            for start, literal in self.visit_blocks[index].items():
                by_target[visit.target_id].append((self.maker.day_key(start), literal))
            for (start, name), literal in self.visit_interpreters[index].items():
                by_interpreter[name, self.maker.day_key(start)].append(literal)
        for target, held in by_target.items():
            in_total, per_day = self.maker.frame.most_of_host(target)
            self._at_most(Rule("per_target", (target,)), [literal for _, literal in held], in_total)
            for day in sorted({day for day, _ in held}):
                today = [literal for when, literal in held if when == day]
                self._at_most(Rule("per_target_per_day", (target, *day)), today, per_day)
        per_day_by_name = {person.name: person.per_day for person in self.maker.frame.interpreters}
        for (name, day), literals in by_interpreter.items():
            self._at_most(Rule("interpreter_per_day", (name, *day)), literals, per_day_by_name[name])

    def _meals(self) -> None:
        """In each day every member keeps one stretch of the meal hours free of meetings."""
        for number, meal in enumerate(self.maker.frame.meals):
            for day in self.maker.frame.days:
                breaks = possible_breaks(
                    minute_of_day(meal.hours.start),
                    minute_of_day(meal.hours.end),
                    meal.minutes,
                    [minute_of_day(slot.end) for slot in day.slots],
                )
                taken: dict[str, dict[tuple[int, int], list[Literal]]] = defaultdict(
                    lambda: defaultdict(list)
                )
                for option, literal in zip(self.options, self.chosen, strict=True):
                    if self.maker.periods[option.period].day == day:
                        taken[option.member_id][self._clock(option)].append(literal)
                for member, stays in taken.items():
                    rule = Rule("meal", (member, str(number), day.date.isoformat()))
                    self._keep_one_free(rule, stays, breaks)

    def _clock(self, option: Option) -> tuple[int, int]:
        first, last = (self.maker.periods[i].hours for i in (option.period, option.periods[-1]))
        return (minute_of_day(first.start), minute_of_day(last.end))

    def _keep_one_free(
        self, rule: Rule, stays: dict[tuple[int, int], list[Literal]], breaks: Sequence[tuple[int, int]]
    ) -> None:
        touching = [[s for s in stays if s[0] < end and start < s[1]] for start, end in breaks]
        if not all(touching):
            return
        kept = [self.model.new_bool_var("") for _ in breaks]
        self._only_if(self.model.add(sum(kept) >= 1), rule)
        for literal, stay_hours in zip(kept, touching, strict=True):
            for hours in stay_hours:
                self.model.add_at_most_one([*stays[hours], literal])
            taking = [lit for hours in stay_hours for lit in stays[hours]]
            self._derived.append((literal, _lacking(1, taking)))

    def _demands(self) -> None:
        """What the plan must hold: fixed meetings and minima."""
        frame = self.maker.frame
        for number, fixed in enumerate(frame.fixed):
            fitting = [
                literal
                for option, literal in zip(self.options, self.chosen, strict=True)
                if option.visit is None
                and option.pair == (fixed.member_id, fixed.target_id)
                and self.maker.periods[option.period].day.date == fixed.date
                and self.maker.periods[option.period].hours.start == fixed.start
            ]
            self._at_least(Rule("fixed", (str(number),)), fitting, 1)
        if frame.limits.at_least_per_member:
            groups = self._by(option.member_id for option in self.options)
            for member in self.maker.mission.members:
                rule = Rule("at_least_per_member", (member.id,))
                self._at_least(rule, groups.get((member.id,), []), frame.limits.at_least_per_member)
        if frame.limits.at_least_per_municipality:
            for location in sorted({member.location_id for member in self.maker.mission.members}):
                rule = Rule("at_least_per_municipality", (location,))
                self._at_least(
                    rule, self.by_municipality.get(location, []), frame.limits.at_least_per_municipality
                )

    def _blocked(self) -> None:
        for option, literal in zip(self.options, self.chosen, strict=True):
            for rule in option.blocked_by:
                self.model.add_implication(self._literal(rule), literal.negated())

    def value(self, *, is_fair: bool = True) -> list[Term]:
        """List the terms of the objective: mutual fit, wishes and, if `is_fair`, the fair share's cost.

        In tenths of a point times the number of members, which keeps shares of meetings whole.
        """
        weight, members = self.maker.frame.weights, self.maker.mission.members
        likes = self.maker.mission.wishes("like")
        terms: list[Term] = [
            (literal, len(members) * option_worth(option, likes, weight))
            for option, literal in zip(self.options, self.chosen, strict=True)
        ]
        if not is_fair or not weight.fair_share_tenths:
            return terms
        everybody = self._counted(self.chosen)
        for location in sorted({member.location_id for member in members}):
            n = sum(member.location_id == location for member in members)
            literals = self.by_municipality.get(location, [])
            behind = self.model.new_int_var(0, len(members) * len(self.options), "")
            self.model.add(n * everybody - len(members) * self._counted(literals) <= behind)
            self._derived.append((behind, _behind(n, len(members), self.chosen, literals)))
            terms.append((behind, -weight.fair_share_tenths))
        return terms

    def _counted(self, literals: Sequence[Literal]) -> cp_model.IntVar:
        count = self.model.new_int_var(0, len(literals), "")
        self.model.add(cp_model.LinearExpr.sum(list(literals)) == count)
        self._derived.append((count, _counting(literals)))
        return count

    def hint(self, options: Iterable[Option], interpreters: Iterable[tuple[int, int, str]] = ()) -> None:
        """Start the search from these options; call it last, when the objective has been set."""
        hinted = set(options)
        true = {lit.index for o, lit in zip(self.options, self.chosen, strict=True) if o in hinted}
        true |= {self.visit_blocks[o.visit][o.period].index for o in hinted if o.visit is not None}
        true |= {
            self.visit_interpreters[visit][start, name].index
            for visit, start, name in interpreters
            if (start, name) in self.visit_interpreters[visit]
        }
        plain = [*self.chosen, *(lit for blocks in self.visit_blocks for lit in blocks.values())]
        plain += [lit for found in self.visit_interpreters for lit in found.values()]
        for literal in plain:
            self.model.add_hint(literal, literal.index in true)
        for variable, derive in self._derived:
            self.model.add_hint(variable, derive(true))

    def choice(self, solver: cp_model.CpSolver, *, is_proved: bool = False) -> Choice:
        """Return what the solver chose."""
        return Choice(
            tuple(o for o, lit in zip(self.options, self.chosen, strict=True) if solver.boolean_value(lit)),
            tuple(
                (visit, start, name)
                for visit, interpreters in enumerate(self.visit_interpreters)
                for (start, name), literal in interpreters.items()
                if solver.boolean_value(literal)
            ),
            sum(solver.value(missing) for missing in self.missing),
            is_proved,
        )

    def demand_musts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Demand that these pairs meet."""
        groups = self._by(option.pair for option in self.options)
        for pair in sorted(pairs):
            self._at_least(Rule("must", pair), groups.get((pair,), []), 1)

    def placed_musts(self) -> list[Literal]:
        """The options of musts: at most one of each pair can be chosen, so their sum counts musts."""
        musts = self.maker.mission.musts
        return [lit for option, lit in zip(self.options, self.chosen, strict=True) if option.pair in musts]


def option_worth(option: Option, likes: frozenset[tuple[str, str]], weights: Weights) -> int:
    """What choosing an option adds to the objective, in tenths of a point; it can be below zero."""
    liked = weights.like_tenths if option.pair in likes else 0
    return option.fit_tenths + liked - weights.meeting_tenths


def _count(literals: Iterable[Literal], true: set[int]) -> int:
    return sum(literal.index in true for literal in literals)


def _counting(literals: Sequence[Literal]) -> Callable[[set[int]], int]:
    return lambda true: _count(literals, true)


def _lacking(n: int, literals: Sequence[Literal]) -> Callable[[set[int]], int]:
    return lambda true: max(0, n - _count(literals, true))


def _behind(
    n: int, n_members: int, everybody: Sequence[Literal], own: Sequence[Literal]
) -> Callable[[set[int]], int]:
    return lambda true: max(0, n * _count(everybody, true) - n_members * _count(own, true))


def minute_of_day(clock: time) -> int:
    """Minutes since midnight by the clock on the wall."""
    return clock.hour * 60 + clock.minute


def possible_breaks(start: int, end: int, minutes: int, slot_ends: Iterable[int]) -> list[tuple[int, int]]:
    """List the breaks that need be looked at, in minutes of the day.

    Any break of `minutes` between `start` and `end` can be moved forward until it begins at `start`
    or at the end of a slot, and touches no slot that it did not touch before.
    """
    begins = sorted({start, *(slot_end for slot_end in slot_ends if slot_end > start)})
    return [(begin, begin + minutes) for begin in begins if begin + minutes <= end]
