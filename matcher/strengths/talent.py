"""Talent: programmes of the right field in a catchment that fades with distance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Evidence, Institution
from matcher.facts import Facts
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles, decay
from matcher.strengths.question import Question
from matcher.strengths.statements import where

HALF_KM = 8.0
"""Half of a university's pull on employers and graduates is left at this distance. Chosen: most
university spin-offs and half of the student jobs stay in the university's town or the next one."""
FULL_SUPPLY = 4.0
"""Supply at which the strength reaches 1 - 1/e: about two programmes of a university of 30,000 next door."""
LEVEL_WEIGHT = {"bachelor": 1.0, "master": 1.0, "phd_centre": 0.5}
TYPICAL_STUDENTS = 2_000
"""Size assumed for an institution whose students are not known."""
WORDED = {
    "talent_supply": 0.8,
    "university": 0.5,
    "programme": 0.5,
    "research_institute": 0.3,
    "industry": 0.5,
}


def _size(institution: Institution) -> float:
    students = institution.students or TYPICAL_STUDENTS
    return float(np.sqrt(students / 10_000))


def _distance_to_campuses(facts: Facts, institution: Institution) -> Doubles:
    campuses = [facts.position[i] for i in (institution.location_id, *institution.campus_ids)]
    everyone = np.arange(facts.n_locations)
    nearest: Doubles = facts.surroundings.distances(everyone, np.array(campuses)).min(axis=1)
    return nearest


def find(question: Question) -> Finding:
    """Return the supply of graduates around each location, saturating, for the need's fields and level.

    Without a field every programme counts, and more of them are needed. Nationwide distance-learning
    and part-time universities are left out.
    """
    need, facts = question.need, question.facts
    fields = set(need.topics)
    supply = np.zeros(facts.n_locations)
    evidence_strengths = np.where(question.usable, question.meaning * facts.kind_weights(WORDED), 0.0)
    masses: dict[str, float] = {}
    for programme in facts.region.programmes:
        institution = facts.region.institution_by_id[programme.institution_id]
        if not institution.is_regional_talent or (fields and programme.field not in fields):
            continue
        if need.level is not None and programme.level != need.level:
            continue
        mass = LEVEL_WEIGHT[programme.level] * _size(institution)
        masses[institution.id] = masses.get(institution.id, 0.0) + mass
        evidence_strengths[facts.evidence_position[programme.id]] = 0.7 + 0.1 * min(_size(institution), 2.0)
    full = FULL_SUPPLY * max(len(fields), 1) ** 0.5 if fields else FULL_SUPPLY * 8
    for institution_id, mass in masses.items():
        institution = facts.region.institution_by_id[institution_id]
        supply += mass * decay(_distance_to_campuses(facts, institution), HALF_KM)
    strengths = 1 - np.exp(-supply / full)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        return where(facts, location, witnesses)

    return Finding(need, strengths, status_codes(strengths), evidence_strengths, HALF_KM, explain)
