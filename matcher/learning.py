"""Learns what each facet is worth by function, from decisions and graded fits, and says how well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.brief import FACETS, FUNCTIONS
from matcher.engine import Appraisal, Matcher
from matcher.evaluate import ASIDE_PENALTY, LANGUAGES, Case, GradedBrief, case_metrics, graded_metrics
from matcher.geometry import Doubles
from matcher.metrics import Estimate, bootstrap
from matcher.worths import facet_weight, prior_weight
from models.choice.fit import GRADED_SHARE, Choice, fit, grade_target, held_out_scores, scores, stacked

RIDGES = (0.03, 0.1, 0.3)
N_FOLDS = 5
SEED = 20261124


@dataclass(frozen=True, slots=True)
class LearnedWorths:
    """Log worths of shape (n_functions, n_facets), and held-out metrics beside those of the priors."""

    log_worths: Doubles
    ridge: float
    held_out: dict[str, Estimate]
    of_priors: dict[str, Estimate]

    def table(self) -> dict[str, dict[str, float]]:
        """Return worths by function and facet, rounded to what a reader would compare."""
        return {
            function: {
                facet: round(float(np.exp(self.log_worths[i, j])), 3) for j, facet in enumerate(FACETS)
            }
            for i, function in enumerate(FUNCTIONS)
        }

    def save(self, path: Path) -> None:
        """Write the table with what made it, as JSON."""
        data = {
            "format": 1,
            "seed": SEED,
            "ridge": self.ridge,
            "worths": self.table(),
            "held_out": {name: [e.mean, e.low, e.high] for name, e in self.held_out.items()},
            "of_priors": {name: [e.mean, e.low, e.high] for name, e in self.of_priors.items()},
        }
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def prior_table() -> Doubles:
    """Return the log of the chosen worths, shape (n_functions, n_facets)."""
    return np.log([[prior_weight(function, facet) for facet in FACETS] for function in FUNCTIONS])


def learn(matcher: Matcher, cases: Sequence[Case], graded: Sequence[GradedBrief]) -> LearnedWorths:
    """Fit the worths on all cases, and measure them by nested cross-validation over cases."""
    choices: list[Choice] = []
    rows: dict[tuple[str, str], int] = {}
    aside: list[NDArray[np.bool_]] = []
    for group, case in enumerate(cases):
        for language in LANGUAGES:
            brief = matcher.understand(case.briefs[language], case.id)
            rows[case.id, language] = len(choices)
            appraisal = matcher.appraise(brief, exclude=case.company)
            choices.append(_choice(appraisal, group, case.chosen))
            aside.append(appraisal.is_set_aside)
    group_of = {case.id: group for group, case in enumerate(cases)}
    last = np.where(np.array(aside), ASIDE_PENALTY, 0)
    decisions = len(choices)
    for brief_grades in graded:
        if brief_grades.case_id in group_of:
            like = choices[rows[brief_grades.case_id, brief_grades.language]]
            choices.append(_graded_choice(like, brief_grades))
    stack = stacked(choices)
    prior = prior_table()
    fold_scores, ridges = held_out_scores(stack, prior, RIDGES, N_FOLDS, SEED)
    ridge = float(np.median(ridges))
    log_worths, _ = fit(stack, prior, ridge)
    return LearnedWorths(
        log_worths,
        ridge,
        _measured(matcher, cases, graded, fold_scores[:decisions] - last),
        _measured(matcher, cases, graded, scores(stack, prior)[:decisions] - last),
    )


def _choice(appraisal: Appraisal, group: int, chosen: int) -> Choice:
    brief = appraisal.brief
    strengths = appraisal.strengths
    earned = np.zeros((strengths.shape[1], len(FACETS)))
    asked = np.zeros(len(FACETS))
    for need, row in zip(brief.needs, strengths, strict=True):
        column = FACETS.index(need.facet)
        wording = need.worth_tenths / facet_weight(brief.function, need.facet)
        earned[:, column] += wording * row
        asked[column] += wording
    target = np.zeros(strengths.shape[1])
    target[chosen] = 1.0
    allowed = ~appraisal.is_set_aside
    allowed[chosen] = True
    return Choice(earned, asked, target, allowed, FUNCTIONS.index(brief.function), group, 1.0)


def _graded_choice(like: Choice, brief: GradedBrief) -> Choice:
    positions = list(brief.positions)
    target = np.zeros(len(like.target))
    target[positions] = grade_target(np.array(brief.grades))
    allowed = np.zeros(len(like.target), dtype=bool)
    allowed[positions] = True
    return Choice(like.earned, like.asked, target, allowed, like.function, like.group, GRADED_SHARE)


def _measured(
    matcher: Matcher, cases: Sequence[Case], graded: Sequence[GradedBrief], by_choice: Doubles
) -> dict[str, Estimate]:
    by_language = {language: by_choice[i :: len(LANGUAGES)] for i, language in enumerate(LANGUAGES)}
    measured: dict[str, Estimate] = {}
    for language in LANGUAGES:
        for name, values in case_metrics(matcher, cases, by_language[language]).items():
            measured[f"{name} {language}"] = bootstrap(values)
    ndcg, good = graded_metrics(graded, cases, by_language)
    return measured | {"graded nDCG@5": bootstrap(ndcg), "graded >=2 in top 3": bootstrap(good)}
