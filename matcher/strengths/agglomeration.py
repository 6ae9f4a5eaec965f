"""Agglomeration: the size that investors value for labour, suppliers and visibility."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Evidence
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question

SMALLEST, LARGEST = 10_000, 600_000
"""Population at which the strength is 0 and 1: a small town, and a city that offers every urban service.
Fixed, so that no location's score depends on another; in between the strength grows with the logarithm."""


def size_share(populations: Doubles) -> Doubles:
    """Return populations on the logarithmic scale from `SMALLEST` (0) to `LARGEST` (1)."""
    share = np.log(np.maximum(populations, 1) / SMALLEST) / np.log(LARGEST / SMALLEST)
    clipped: Doubles = np.clip(share, 0.0, 1.0)
    return clipped


def find(question: Question) -> Finding:
    """Return how large each location is, on a logarithmic scale of its population."""
    facts = question.facts
    strengths = size_share(facts.populations)
    evidence_strengths = np.zeros(len(facts.evidence))
    for at, indicator in facts.indicators.get("population", {}).items():
        evidence_strengths[facts.evidence_position[indicator.id]] = max(float(strengths[at]), 1e-6)

    def explain(location: int, _: Sequence[Evidence]) -> tuple[str, str]:
        place = facts.region.locations[location]
        return (
            f"{place.population:,} Einwohner ({place.population_year}).".replace(",", "."),
            f"{place.population:,} inhabitants ({place.population_year}).",
        )

    return Finding(question.need, strengths, status_codes(strengths), evidence_strengths, 0.0, explain)
