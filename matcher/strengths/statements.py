"""Needs met by what a statement says: research, partners, quality of life."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from corpus.records import Evidence
from matcher.facts import Facts
from matcher.findings import Explain, Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question

KINDS: Mapping[str, Mapping[str, float]] = {
    "research": {
        "research_institute": 1.0,
        "university": 0.7,
        "programme": 0.3,
        "industry": 0.6,
        "site": 0.4,
    },
    "partners": {"industry": 1.0, "research_institute": 0.9, "company": 0.7, "university": 0.7, "site": 0.5},
    "quality_of_life": {"industry": 1.0, "site": 0.7, "research_institute": 0.5, "university": 0.3},
}
"""How far a statement of a kind can meet a need of a facet. Chosen by reading: an institute is
research, a study programme alone is hardly so."""

HALF_KM: Mapping[str, float] = {"research": 12.0, "partners": 8.0, "quality_of_life": 4.0}
"""Reach of such facts. Knowledge spills over within some ten kilometres: half of a research
effect is gone after about ten miles (Rosenthal and Strange, 2020, doi:10.1257/jep.34.3.27)."""


OF_DISTRICT = 0.4
"""What a statement about a whole district counts in one of its towns: it does not say where in the district. Chosen."""
EITHER = re.compile(r"\b(?:oder|or|bzw|beziehungsweise|either|entweder)\b", re.IGNORECASE)
"""Words by which one of several things will do."""


def where(facts: Facts, location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
    """Say where the strongest statement comes from: here, or a neighbour at its distance."""
    if not witnesses:
        return ("Dazu liegt nichts vor.", "Nothing is known about this.")
    first = witnesses[0]
    at = facts.position[first.location_id]
    if facts.is_of_district[facts.evidence_position[first.id]]:
        return ("Für den ganzen Kreis belegt.", "Shown for the whole district.")
    if at == location:
        return ("Am Ort belegt.", "Shown in the location itself.")
    name = facts.region.locations[at].name
    km = round(float(facts.surroundings.distances(np.array([location]), np.array([at]))[0, 0]))
    return (f"In {name} belegt, {km} km entfernt.", f"Shown in {name}, {km} km away.")


def explain_where(facts: Facts) -> Explain:
    """Return the wording for needs that the strongest statement around meets."""
    return lambda location, witnesses: where(facts, location, witnesses)


def from_statements(
    question: Question, evidence_strengths: Doubles, half_km: float, elsewhere: float = 1.0
) -> Finding:
    """Return the finding in which the strongest statement in reach of a location counts.

    The reach is `half_km`, or what the need's own limit says; a neighbour's statement counts `elsewhere` of
    the location's own.
    """
    facts = question.facts
    of_scope = np.where(facts.is_of_district, OF_DISTRICT, 1.0)
    usable = np.where(question.usable, evidence_strengths * of_scope, 0.0)
    half_km, full_km = question.reach(half_km)
    own = facts.best_by_location(usable)
    strengths = np.maximum(own, elsewhere * facts.surroundings.strongest(own, half_km, full_km))
    return Finding(
        question.need,
        strengths,
        status_codes(strengths),
        usable,
        half_km,
        explain_where(facts),
        full_km,
        elsewhere,
    )


def find(question: Question) -> Finding:
    """Return how strongly statements of the right kinds meet the need, by their meaning."""
    facet = question.need.facet
    weights = question.facts.kind_weights(KINDS[facet])
    return from_statements(question, question.meaning * weights, HALF_KM[facet])
