"""Agglomeration: the size that investors value for labour, suppliers and visibility."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Evidence
from matcher.findings import MET, PARTLY, Finding, status_codes
from matcher.geometry import Doubles, decay
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


BIG_CITY = 100_000
"""Inhabitants from which a town is a city (Großstadt), as German statistics draw the line."""
HIGHEST_UNMET = 0.59
"""A limit that is missed is at most met in part, as for a distance."""
_COUNTS = {
    2: ("two", "zwei", "zweier", "several", "mehrere", "mehreren", "both", "beiden"),
    3: ("three", "drei", "dreier"),
}


def cities_in_reach(question: Question, limit_km: float) -> tuple[Doubles, Doubles, int]:
    """Return how far the asked number of cities lies within a limit, as a share, how many do, and that number.

    Shape (n_locations,) each; a location that is a city counts itself. A city counts by its size, and
    beyond the limit the less the further it is, as a reach does (`Question.reach`).
    """
    facts = question.facts
    said = {word.folded for word in words_of(question.need.text)}
    n_asked = next((n for n, names in _COUNTS.items() if said & set(names)), 1)
    everyone = np.arange(facts.n_locations)
    cities = everyone[facts.populations >= BIG_CITY]
    ways = facts.surroundings.distances(everyone, cities)
    half_km, full_km = question.reach(limit_km)
    worths = decay(ways, half_km, full_km) * size_share(facts.populations[cities])
    shares = np.sort(worths, axis=1)[:, ::-1][:, :n_asked]
    reached: Doubles = shares.sum(axis=1) / n_asked
    return reached, np.sum(ways <= limit_km, axis=1).astype(float), n_asked


def _near_cities(question: Question, limit_km: float) -> Finding:
    """Return whether as many cities as asked lie within the limit of each location."""
    strengths, n_near, n_asked = cities_in_reach(question, limit_km)

    def explain(location: int, _: Sequence[Evidence]) -> tuple[str, str]:
        n = round(float(n_near[location]))
        return (
            f"Großstädte im Umkreis von {limit_km:.0f} km: {n}; verlangt: {n_asked}.",
            f"Cities within {limit_km:.0f} km: {n}; asked for: {n_asked}.",
        )

    short = status_codes(
        np.minimum(strengths, HIGHEST_UNMET), known=np.ones(question.facts.n_locations, dtype=bool)
    )
    codes = np.where(n_near >= n_asked, MET, short).astype(np.int8)
    return Finding(question.need, strengths, codes, np.zeros(len(question.facts.evidence)), 0.0, explain)


def find(question: Question) -> Finding:
    """Return how well each location's size suits, on a logarithmic scale of its population.

    With a limit in minutes or km it is how near cities are. A population is always known and no size is
    a limit, so that none is unknown or unmet.
    """
    facts = question.facts
    if (limit_km := question.limit_km) is not None:
        return _near_cities(question, limit_km)
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
