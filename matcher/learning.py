"""Learns what each facet is worth by function and topic, from decisions and graded fits, and says how well."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language
from matcher.brief import FACETS, FUNCTIONS, Facet
from matcher.engine import Appraisal, Matcher
from matcher.evaluate import (
    ASIDE_PENALTY,
    LANGUAGES,
    Case,
    Enquiry,
    GradedBrief,
    case_metrics,
    graded_metrics,
)
from matcher.geometry import Doubles
from matcher.metrics import Estimate, bootstrap
from matcher.understand import WHOLE_SHARE
from matcher.worths import LEARNED_TOPICS, before_learning, expected_weight, prior_weight, topic_shares
from models.choice.fit import (
    GRADED_SHARE,
    Choice,
    LogWorths,
    fit,
    grade_target,
    held_out_scores,
    scores,
    stacked,
)

RIDGES = (0.001, 0.003, 0.01, 0.03)
N_FOLDS = 5
SEED = 20261124


@dataclass(frozen=True, slots=True)
class LearnedWorths:
    """Log worths, and held-out metrics beside those of the priors."""

    log_worths: LogWorths
    ridge: float
    held_out: dict[str, Estimate]
    of_priors: dict[str, Estimate]

    def table(self) -> dict[str, dict[str, float]]:
        """Return worths by function and facet, rounded to what a reader would compare."""
        return {
            function: {
                facet: round(float(np.exp(self.log_worths.facets[i, j])), 3) for j, facet in enumerate(FACETS)
            }
            for i, function in enumerate(FUNCTIONS)
        }

    def topics(self) -> dict[Facet, dict[str, float]]:
        """Return the factors of topics by facet, in the same way; those that nothing was learned of are left out."""
        factors: dict[Facet, dict[str, float]] = {}
        for (facet, topic), log in zip(LEARNED_TOPICS, self.log_worths.topics, strict=True):
            factor = round(float(np.exp(log)), 3)
            if factor != 1:
                factors.setdefault(facet, {})[topic] = factor
        return factors

    def save(self, path: Path) -> None:
        """Write the table with what made it, as JSON."""
        data = {
            "format": 2,
            "seed": SEED,
            "ridge": self.ridge,
            "worths": self.table(),
            "topics": self.topics(),
            "held_out": {name: [e.mean, e.low, e.high] for name, e in self.held_out.items()},
            "of_priors": {name: [e.mean, e.low, e.high] for name, e in self.of_priors.items()},
        }
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def priors() -> LogWorths:
    """Return the log of the chosen worths; before learning a topic makes no difference."""
    facets = np.log([[prior_weight(function, facet) for facet in FACETS] for function in FUNCTIONS])
    return LogWorths(facets, np.zeros(len(LEARNED_TOPICS)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Enquiries in both languages, in this order: what locations would earn, and which fail a must."""

    enquiries: Sequence[Enquiry]
    choices: list[Choice]
    is_set_aside: NDArray[np.bool_]

    def by_language(self, values: Doubles) -> dict[Language, Doubles]:
        """Return values, shape (n_choices, n_locations), by language, set-aside locations last."""
        last = values - np.where(self.is_set_aside, ASIDE_PENALTY, 0)
        return {language: last[i :: len(LANGUAGES)] for i, language in enumerate(LANGUAGES)}

    def graded(self, briefs: Sequence[GradedBrief], weight: float) -> list[Choice]:
        """Return the graded lists as choices."""
        row = {enquiry.id: len(LANGUAGES) * i for i, enquiry in enumerate(self.enquiries)}
        return [
            _graded_choice(self.choices[row[brief.case_id] + LANGUAGES.index(brief.language)], brief, weight)
            for brief in briefs
            if brief.case_id in row
        ]


def _asked(matcher: Matcher, enquiries: Sequence[Enquiry], first_group: int) -> _Asked:
    choices, aside = [], []
    for group, enquiry in enumerate(enquiries, start=first_group):
        for language in LANGUAGES:
            brief = matcher.understand(enquiry.briefs[language], enquiry.id)
            appraisal = matcher.appraise(brief, exclude=enquiry.company)
            chosen = enquiry.chosen if isinstance(enquiry, Case) else None
            choices.append(_choice(appraisal, group, chosen))
            aside.append(appraisal.is_set_aside)
    return _Asked(enquiries, choices, np.array(aside))


def learn(
    matcher: Matcher,
    cases: Sequence[Case],
    graded: Sequence[GradedBrief],
    invented: Sequence[Enquiry],
    graded_invented: Sequence[GradedBrief],
) -> LearnedWorths:
    """Fit the worths on all cases and graded lists, and measure them by nested cross-validation over briefs."""
    with before_learning():
        decided, imagined = _asked(matcher, cases, 0), _asked(matcher, invented, len(cases))
    lists = decided.graded(graded, GRADED_SHARE)
    lists += imagined.graded(graded_invented, GRADED_SHARE / len(LANGUAGES))
    # The choices of invented briefs weigh nothing themselves: they are there to be scored held out.
    stack = stacked([*decided.choices, *imagined.choices, *lists])
    prior = priors()
    fold_scores, ridges = held_out_scores(stack, prior, RIDGES, N_FOLDS, SEED)
    ridge = float(np.median(ridges))
    log_worths, _ = fit(stack, prior, ridge)

    def measured(by_choice: Doubles) -> dict[str, Estimate]:
        n_decided = len(decided.choices)
        of_cases = decided.by_language(by_choice[:n_decided])
        of_invented = imagined.by_language(by_choice[n_decided : n_decided + len(imagined.choices)])
        return (
            _measured_cases(matcher, cases, of_cases)
            | _measured_lists("graded", graded, cases, of_cases)
            | _measured_lists("invented", graded_invented, invented, of_invented)
        )

    return LearnedWorths(log_worths, ridge, measured(fold_scores), measured(scores(stack, prior)))


def _choice(appraisal: Appraisal, group: int, chosen: int | None) -> Choice:
    brief = appraisal.brief
    rows = [
        (need, row)
        for need, row in zip(brief.needs, appraisal.strengths, strict=True)
        if not need.is_whole_brief
    ]
    whole = next(
        row for need, row in zip(brief.needs, appraisal.strengths, strict=True) if need.is_whole_brief
    )
    shares = dict(brief.function_shares)
    functions = [(function, shares[function]) for function in FUNCTIONS]
    asked = np.array(
        [need.worth_tenths / expected_weight(functions, prior_weight, need.facet) for need, _ in rows]
    )
    topics = np.zeros((len(rows), len(LEARNED_TOPICS)))
    for at, (need, _) in enumerate(rows):
        for name, share in topic_shares(need.facet, need.topics, is_asked=need.span is not None).items():
            topics[at, LEARNED_TOPICS.index(name)] = share
    target = np.zeros(len(whole))
    allowed = ~appraisal.is_set_aside
    if chosen is not None:
        target[chosen] = 1.0
        allowed[chosen] = True
    return Choice(
        asked[:, None] * np.array([row for _, row in rows]),
        asked,
        np.array([FACETS.index(need.facet) for need, _ in rows]),
        topics,
        WHOLE_SHARE * whole,
        WHOLE_SHARE,
        target,
        allowed,
        np.array([share for _, share in functions]),
        group,
        0.0 if chosen is None else 1.0,
    )


def _graded_choice(like: Choice, brief: GradedBrief, weight: float) -> Choice:
    positions = list(brief.positions)
    target = np.zeros(len(like.target))
    target[positions] = grade_target(np.array(brief.grades))
    allowed = np.zeros(len(like.target), dtype=bool)
    allowed[positions] = True
    return replace(like, target=target, allowed=allowed, weight=weight)


def _measured_cases(
    matcher: Matcher, cases: Sequence[Case], by_language: Mapping[Language, Doubles]
) -> dict[str, Estimate]:
    return {
        f"{name} {language}": bootstrap(values)
        for language in LANGUAGES
        for name, values in case_metrics(matcher, cases, by_language[language]).items()
    }


def _measured_lists(
    label: str,
    graded: Sequence[GradedBrief],
    enquiries: Sequence[Enquiry],
    by_language: Mapping[Language, Doubles],
) -> dict[str, Estimate]:
    ndcg, good = graded_metrics(graded, enquiries, by_language)
    return {f"{label} nDCG@5": bootstrap(ndcg), f"{label} >=2 in top 3": bootstrap(good)}
