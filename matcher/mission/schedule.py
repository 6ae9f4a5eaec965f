"""Make the plan: musts first, then the most mutual fit, by OR-Tools CP-SAT, with a proved bound.

A day-wise bound (bound.py) says which pairs are worth a slot and on which day; each day is then planned slot
by slot while the others stand still, and again with further pairs until the bound is reached or nothing
improves. A mission small enough is solved whole at the end, which proves the plan best.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ortools.sat.python import cp_model

from matcher.mission.bound import Day, DayWise
from matcher.mission.greedy import greedy_choice
from matcher.mission.model import Choice, ScheduleModel, option_worth
from matcher.mission.options import Option, OptionMaker

log = logging.getLogger(__name__)

DAY_EFFORT = 2.0
WHOLE_EFFORT = 6.0
"""CP-SAT's deterministic time for one day and for the whole, so that no plan depends on the machine's speed.

Chosen: the days of 40 members and 160 targets are each solved to the end in about 1.3."""
WHOLE_OPTIONS = 9000
"""Missions with at most so many options are solved whole. Chosen so that the search ends in a few seconds."""
N_ROUNDS = 1
N_FURTHER = 3
"""How many further pairs a member or target each round tries beyond those of the day-wise solution."""


def new_solver(seed: int, effort: float) -> cp_model.CpSolver:
    """Return a solver that gives the same answer for the same seed on any machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    return solver


def open_options(maker: OptionMaker) -> list[Option]:
    """List the options that no rule blocks, of every pair and visit."""
    options = [
        option
        for member in maker.mission.members
        for target in maker.mission.targets
        for option in maker.of_pair(member.id, target.id)
        if not option.blocked_by
    ]
    for index, visit in enumerate(maker.frame.visits):
        for member in maker.mission.members:
            options += [o for o in maker.of_visit(index, visit, member.id) if not o.blocked_by]
    return options


class Scheduler:
    """Plans one mission; every search is deterministic for the seed."""

    def __init__(self, maker: OptionMaker, seed: int) -> None:
        self.maker = maker
        self.seed = seed
        self.options = open_options(maker)
        self.likes = maker.mission.wishes("like")
        self.musts = maker.mission.musts

    def worth(self, option: Option) -> int:
        """What an option adds to the objective, in tenths."""
        return option_worth(option, self.likes, self.maker.frame.weights)

    def objective(self, choice: Choice) -> int:
        """Worth of the chosen options less what the fair share costs, in tenths."""
        return sum(self.worth(option) for option in choice.options) - self.maker.fair_share_cost(
            option.member_id for option in choice.options
        )

    def n_musts(self, choice: Choice) -> int:
        """How many musts the choice places."""
        return len({option.pair for option in choice.options} & self.musts)

    def rank(self, choice: Choice) -> tuple[int, int, int]:
        """Better choices have a greater rank: demands, then musts, then the objective."""
        return (-choice.n_missing, self.n_musts(choice), self.objective(choice))

    def solve(
        self,
        options: Sequence[Option],
        kept: Choice,
        effort: float,
        *,
        counts_missing: bool = True,
        hint: Choice | None = None,
        is_fair: bool = True,
    ) -> Choice | None:
        """Choose the best of `options` beside the `kept` ones; None when nothing feasible was found.

        The first days are planned without the fair share (`is_fair`), which compares whole plans.
        """
        self.maker.check()
        everything = list(dict.fromkeys([*kept.options, *options]))
        kept_options = set(kept.options)
        model = ScheduleModel(self.maker, everything, counts_missing=counts_missing)
        for option, literal in zip(everything, model.chosen, strict=True):
            if option in kept_options:
                model.model.add(literal == 1)
        worths = sorted((abs(self.worth(option)) for option in everything), reverse=True)
        most = 2 * len(self.maker.mission.members) * sum(worths[: self._most_meetings])
        terms = model.value(is_fair=is_fair)
        terms += [(literal, most + 1) for literal in model.placed_musts()]
        terms += [(missing, -(most + 1) * (len(self.musts) + 1)) for missing in model.missing]
        variables, factors = [variable for variable, _ in terms], [factor for _, factor in terms]
        model.model.maximize(cp_model.LinearExpr.weighted_sum(variables, factors))
        start = hint or Choice((*kept.options, *self._greedy(everything, kept)), kept.interpreters)
        model.hint(start.options, start.interpreters)
        solver = new_solver(self.seed, effort)
        status = solver.solve(model.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        is_proved = status == cp_model.OPTIMAL and not counts_missing
        return model.choice(solver, is_proved=is_proved)

    @property
    def _most_meetings(self) -> int:
        limits, frame = self.maker.frame.limits, self.maker.frame
        daily = limits.per_member_per_day * len(frame.days)
        return len(self.maker.mission.members) * min(limits.per_member, daily, len(frame.periods))

    def _greedy(self, options: Sequence[Option], kept: Choice) -> list[Option]:
        return [options[index] for index in greedy_choice(self.maker, options, kept.options)]

    def plan(self) -> tuple[Choice, int] | None:
        """Return the best choice found and a bound on the objective; None when demands stay unmet."""
        day_wise = DayWise(self.maker, self.options)
        n_musts = day_wise.most_musts()
        if n_musts is None:
            return None
        bound, pairs = day_wise.most_worth(n_musts)
        choice = self._improve(self._by_days(pairs), pairs, n_musts, bound)
        if self.n_musts(choice) < n_musts:
            choice = self._more_musts(choice, pairs)
        is_best = self.rank(choice) == (0, n_musts, bound)
        if choice.n_missing or (not is_best and len(self.options) <= WHOLE_OPTIONS):
            whole = self.solve(self.options, Choice(()), WHOLE_EFFORT, counts_missing=False, hint=choice)
            if whole and self.rank(whole) >= self.rank(choice):
                choice = whole
        if choice.n_missing:
            return None
        placed = self.n_musts(choice)
        if placed < n_musts:
            bound, _ = day_wise.most_worth(placed)
        return choice, self.objective(choice) if choice.is_proved else max(bound, self.objective(choice))

    def _day_options(self, day: Day, pairs: frozenset[tuple[str, str]]) -> list[Option]:
        return [o for o in self.options if self.maker.day_key(o.period) == day and o.pair in pairs]

    def _by_days(self, pairs: dict[Day, frozenset[tuple[str, str]]]) -> Choice:
        """Plan visits and fixed meetings, then one day after the other."""
        fixed = {(f.member_id, f.target_id, f.date, f.start) for f in self.maker.frame.fixed}
        first = [o for o in self.options if o.visit is not None or (*o.pair, *self._when(o)) in fixed]
        choice = Choice(())
        if first:
            choice = self.solve(first, choice, DAY_EFFORT) or choice
        for day in sorted(pairs):
            options = self._day_options(day, pairs[day])
            choice = self.solve(options, choice, DAY_EFFORT, is_fair=False) or choice
        return choice

    def _when(self, option: Option) -> tuple[object, object]:
        period = self.maker.periods[option.period]
        return (period.day.date, period.hours.start)

    def _improve(
        self, choice: Choice, pairs: dict[Day, frozenset[tuple[str, str]]], n_musts: int, bound: int
    ) -> Choice:
        """Plan each day anew beside the others, with further pairs, until nothing gets better."""
        days = sorted({self.maker.day_key(option.period) for option in self.options})
        for number in range(N_ROUNDS):
            before = self.rank(choice)
            for day in days:
                if self.rank(choice) == (0, n_musts, bound):
                    return choice
                choice = self._replan_day(day, choice, pairs.get(day, frozenset()), N_FURTHER * (number + 1))
            if self.rank(choice) == before:
                break
        return choice

    def _replan_day(
        self, day: Day, choice: Choice, worth_it: frozenset[tuple[str, str]], n_further: int
    ) -> Choice:
        today = {o for o in choice.options if self.maker.day_key(o.period) == day}
        elsewhere = tuple(o for o in choice.options if o not in today)
        met = {o.pair for o in elsewhere}
        free = [o for o in self.options if self.maker.day_key(o.period) == day and o.pair not in met]
        candidates = {o.pair for o in today} | (worth_it - met) | self.further(free, n_further)
        options = [o for o in free if o.pair in candidates or o.pair in self.musts or o.visit is not None]
        kept = Choice(elsewhere, choice.interpreters)
        found = self.solve(options, kept, DAY_EFFORT, hint=choice)
        return found if found and self.rank(found) > self.rank(choice) else choice

    def further(self, options: Sequence[Option], n: int) -> set[tuple[str, str]]:
        """Return the `n` best pairs of each member and of each target."""
        best: set[tuple[str, str]] = set()
        worth = {option.pair: self.worth(option) for option in options}
        ranked = sorted(worth, key=lambda pair: (-worth[pair], pair))
        seen: dict[tuple[int, str], int] = {}
        for pair in ranked:
            for side, who in enumerate(pair):
                if seen.get((side, who), 0) < n:
                    best.add(pair)
                seen[side, who] = seen.get((side, who), 0) + 1
        return best

    def bound(self, choice: Choice) -> int:
        """Return what no plan with as many musts exceeds, free to change everything."""
        most, _ = DayWise(self.maker, self.options).most_worth(self.n_musts(choice))
        return max(most, self.objective(choice))

    def greedy_objective(self) -> int:
        """Return what the best pair first, first free slot reaches."""
        return self.objective(Choice(tuple(self._greedy(self.options, Choice(())))))

    def fillers(self, choice: Choice) -> list[Option]:
        """List options that fit beside a choice, best pair first: for slots that have become free."""
        return self._greedy(self.options, choice)

    def _more_musts(self, choice: Choice, pairs: dict[Day, frozenset[tuple[str, str]]]) -> Choice:
        """Place as many musts as possible first, over all days at once, and the rest around them."""
        first = [o for o in self.options if o.pair in self.musts or o.visit is not None]
        musts = self.solve(first, Choice(()), WHOLE_EFFORT)
        if musts is None or self.n_musts(musts) <= self.n_musts(choice):
            return choice
        again = musts
        for day in sorted({self.maker.day_key(option.period) for option in self.options}):
            again = self._replan_day(day, again, pairs.get(day, frozenset()), N_FURTHER)
        return max(again, choice, key=self.rank)
