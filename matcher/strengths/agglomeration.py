"""Agglomeration: the size that investors value for labour, suppliers and visibility."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Evidence
from matcher.findings import PARTLY, Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question
from matcher.tokens import small_words, words_of

SMALLEST, LARGEST = 10_000, 600_000
"""Population at which the strength is 0 and 1: a small town, and a city that offers every urban service.
Fixed, so that no location's score depends on another; in between the strength grows with the logarithm."""


def size_share(populations: Doubles) -> Doubles:
    """Return populations on the logarithmic scale from `SMALLEST` (0) to `LARGEST` (1)."""
    share = np.log(np.maximum(populations, 1) / SMALLEST) / np.log(LARGEST / SMALLEST)
    clipped: Doubles = np.clip(share, 0.0, 1.0)
    return clipped


_SMALL, _MEDIUM = small_words("small_town"), small_words("medium_town")
"""Words by which a smaller or a middling place is asked for."""


def wanted_share(text: str, populations: Doubles) -> Doubles:
    """Return how well populations suit the size that a text asks for: large unless it says otherwise.

    A smaller place suits the better the smaller it is; a middling one best in the middle of the scale, at
    some 77,000 inhabitants.
    """
    share = size_share(populations)
    words = {word.folded for word in words_of(text)}
    if words & _MEDIUM:
        middling: Doubles = 1 - 2 * np.abs(share - 0.5)
        return middling
    return 1 - share if words & _SMALL else share


def find(question: Question) -> Finding:
    """Return how well each location's size suits, on a logarithmic scale of its population.

    A population is always known and no size is a limit, so that none is unknown or unmet.
    """
    facts = question.facts
    strengths = wanted_share(question.need.text, facts.populations)
    evidence_strengths = np.zeros(len(facts.evidence))
    for at, indicator in facts.indicators.get("population", {}).items():
        evidence_strengths[facts.evidence_position[indicator.id]] = max(float(strengths[at]), 1e-6)

    def explain(location: int, _: Sequence[Evidence]) -> tuple[str, str]:
        place = facts.region.locations[location]
        return (
            f"{place.population:,} Einwohner ({place.population_year}).".replace(",", "."),
            f"{place.population:,} inhabitants ({place.population_year}).",
        )

    codes = np.maximum(status_codes(strengths), PARTLY).astype(np.int8)
    return Finding(question.need, strengths, codes, evidence_strengths, 0.0, explain)
