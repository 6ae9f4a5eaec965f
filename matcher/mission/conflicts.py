"""Why a demand cannot be held: the smallest set of rules that exclude each other, in words.

Every rule that could be given up hangs on an assumption. The solver names a set of assumptions that cannot
all hold; rules are left out one by one while the rest still clashes; then implicit hitting sets (Ignatiev
and others 2015, "Smallest MUS extraction with minimal hitting set dualization") look for a smaller set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from matcher.mission.model import ScheduleModel
from matcher.mission.options import Option, OptionMaker, Rule
from matcher.mission.schedule import new_solver

EFFORT = 4.0
"""Deterministic time of one question to the solver."""
MOST_QUESTIONS = 150
"""How many questions the search for a smaller set may ask. Chosen: about ten seconds at the most."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all hold, while any of them left out lets the others hold.

    `is_smallest` says that no conflict with fewer rules exists.
    """

    rules: tuple[Rule, ...]
    is_smallest: bool


class _Questions:
    """Asks whether some rules can hold together."""

    def __init__(self, maker: OptionMaker, options: Sequence[Option], musts: Collection[tuple[str, str]]):
        self.check = maker.check
        self.model = ScheduleModel(maker, options, can_relax=True)
        self.model.demand_musts(musts)
        self.rules = sorted(self.model.literal_by_rule, key=lambda rule: (rule.kind, rule.about))
        self.n_asked = 0

    def core(self, rules: Collection[Rule]) -> frozenset[Rule] | None:
        """Return rules among these that clash; None when all can hold."""
        self.check()
        self.n_asked += 1
        model = self.model.model
        model.maximize(0)
        model.clear_assumptions()
        literals = [self.model.literal_by_rule[rule] for rule in self.rules if rule in rules]
        model.add_assumptions(literals)
        solver = new_solver(0, EFFORT)
        if solver.solve(model) != cp_model.INFEASIBLE:
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        clashing = frozenset(
            rule for rule in self.rules if rule in rules and self.model.literal_by_rule[rule].index in named
        )
        return clashing or frozenset(rules)

    def given_up(self, kept: Collection[Rule]) -> frozenset[Rule] | None:
        """Return the fewest rules to give up so that the rest, with all `kept`, hold; None if they clash."""
        self.check()
        self.n_asked += 1
        model = self.model.model
        model.clear_assumptions()
        model.add_assumptions([self.model.literal_by_rule[rule] for rule in self.rules if rule in kept])
        model.maximize(sum(self.model.literal_by_rule.values()))
        solver = new_solver(0, EFFORT)
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return frozenset(
            rule for rule in self.rules if not solver.boolean_value(self.model.literal_by_rule[rule])
        )


def find_conflict(
    maker: OptionMaker, options: Iterable[Option], musts: Collection[tuple[str, str]] = ()
) -> Conflict | None:
    """Find the smallest set of rules that clash; None when all rules and demands can hold.

    Parameters
    ----------
    options : iterable of Option
        Every option that matters for the demands, the blocked ones included.
    musts : collection of (str, str)
        Pairs that are demanded to meet, beside the demands of the plan file.
    """
    questions = _Questions(maker, list(options), musts)
    core = questions.core(questions.rules)
    if core is None:
        return None
    for rule in sorted(core, key=lambda rule: (rule.kind, rule.about)):
        if rule in core:
            core = questions.core(core - {rule}) or core
    given_up: list[frozenset[Rule]] = []
    while questions.n_asked < MOST_QUESTIONS:
        candidate = _hitting_set(given_up, questions.rules)
        if len(candidate) >= len(core):
            return Conflict(_in_order(core), True)
        missing = questions.given_up(candidate)
        if missing is None:
            return Conflict(_in_order(candidate), True)
        given_up.append(missing)
    return Conflict(_in_order(core), False)


def _hitting_set(sets: Sequence[frozenset[Rule]], rules: Sequence[Rule]) -> frozenset[Rule]:
    """Return the fewest rules that touch every set."""
    model = cp_model.CpModel()
    touched = sorted({rule for found in sets for rule in found}, key=lambda rule: (rule.kind, rule.about))
    chosen = {rule: model.new_bool_var("") for rule in touched}
    for found in sets:
        model.add_bool_or([chosen[rule] for rule in sorted(found, key=lambda r: (r.kind, r.about))])
    model.minimize(sum(chosen.values()))
    solver = new_solver(0, EFFORT)
    solver.solve(model)
    return frozenset(rule for rule in touched if solver.boolean_value(chosen[rule]))


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.kind not in DEMANDS, rule.kind, rule.about)))


DEMANDS = frozenset(
    {
        "must",
        "visit",
        "visit_member",
        "visit_smallest",
        "fixed",
        "at_least_per_member",
        "at_least_per_municipality",
    }
)
"""Rules that ask for a meeting; all others forbid one."""
