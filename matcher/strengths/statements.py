"""Needs met by what a statement says: research, partners, quality of life."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from corpus.records import Evidence
from matcher.brief import Need
from matcher.concepts import ConceptSets, concepts_in
from matcher.facts import Facts
from matcher.findings import Explain, Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question

AS_PROGRAMME = 0.3
TAUGHT = 0.85
"""What a study programme counts as research, and where a faculty or a university of a subject is asked for: one that
teaches the subject has it. Chosen."""
_OF_TEACHING = re.compile(
    r"\bfakult|\bfacult|\bfachbereich|\bdepartment|lehrst(?:u|ü)hl|\bchairs?\b|professur|professorship|studieng|studium"
    r"|\bstudien(?:fach|richtung)|\bdegree|\bcourses?\b|\bteach|\blehr(?:en?|t)\b|\b(?:hoch|fachhoch)schule(?:n)? (?:mit|f(?:ü|ue)r)\b"
    r"|\buni(?:versit(?:ä|ae)t(?:en)?|s)? (?:mit|f(?:ü|ue)r)\b"
    r"|\b(?:universit(?:y|ies)|colleges?|school) (?:of applied sciences? )?(?:with|for|offering|renowned for|strong in)\b"
    r"|\b(?:university|college|school) of (?!applied)\w",
    re.IGNORECASE,
)
"""Words that ask for a subject that is taught, and not for a laboratory's equipment."""
KINDS: Mapping[str, Mapping[str, float]] = {
    "research": {
        "research_institute": 1.0,
        "university": 0.7,
        "programme": AS_PROGRAMME,
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
FIELD_NAMED = 0.5
"""Agreement in concepts from which a statement is of the field that a need for research names. Chosen."""
OTHER_FIELD = 0.3
"""What an institute of another field counts where one of a field is asked for. Chosen."""
PLACES_OF_SCIENCE = frozenset(
    {
        *(
            "university",
            "applied_science",
            "rd_centre",
            "campus",
            "science_park",
            "researchers",
            "technology_park",
        ),
        *("laboratory", "pilot_plant", "contract_research", "graduates", "students", "testing"),
    }
)
"""What any field's institutes are: alone it names no field."""
NARROW = frozenset({"university_medicine"})
"""Concepts that are meant to the letter: not any hospital is a university's."""
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


def counted(question: Question) -> Doubles:
    """Return what each statement may count, shape (n_evidence,): nothing where it must not be used, less where it
    speaks of a whole district.
    """
    of_scope = np.where(question.facts.is_of_district, OF_DISTRICT, 1.0)
    shares: Doubles = np.where(question.usable, of_scope, 0.0)
    return shares


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
    usable = evidence_strengths * counted(question)
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


@lru_cache(maxsize=8)
def _concept_sets(facts: Facts) -> ConceptSets:
    return ConceptSets(facts.concepts)


def _fields_of(need: Need) -> frozenset[str]:
    """Return the fields that a need for research names."""
    return concepts_in(need.query) - PLACES_OF_SCIENCE


def _of_field(facts: Facts, need: Need) -> Doubles:
    """Return how far each statement is of the field that a need for research names, 1 for all if it names none."""
    named = _fields_of(need)
    if not named:
        return np.ones(len(facts.evidence))
    if (narrow := named & NARROW) and not EITHER.search(need.text):
        return np.where(facts.naming(narrow), 1.0, OTHER_FIELD)
    agreement = _concept_sets(facts).strengths(dict.fromkeys(named, 1.0)) / FIELD_NAMED
    return OTHER_FIELD + (1 - OTHER_FIELD) * np.minimum(agreement, 1.0)


def find(question: Question) -> Finding:
    """Return how strongly statements of the right kinds meet the need, by their meaning.

    Research is of the field that the need names; a faculty is proved by what it teaches.
    """
    need, facts = question.need, question.facts
    kinds = KINDS[need.facet]
    if need.facet == "research" and _OF_TEACHING.search(need.text) and _fields_of(need):
        kinds = {**kinds, "programme": TAUGHT}
    strengths = question.meaning * facts.kind_weights(kinds)
    if need.facet == "research":
        strengths = strengths * _of_field(facts, need)
    return from_statements(question, strengths, HALF_KM[need.facet])
