"""Talent: programmes of the right field in a catchment that fades with distance."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from corpus.records import Evidence, Institution
from matcher.facts import Facts
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles, decay
from matcher.strengths import indicators
from matcher.strengths.nearness import reach_half_km
from matcher.strengths.question import Question
from matcher.strengths.statements import where
from matcher.tokens import small_words, words_of

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

_TRADES = small_words("trade")
_ACADEMIC = re.compile(r"ingenieur|engineer|absolvent|graduate|studi|student|hochschul|universit|degree")


def is_trade(text: str) -> bool:
    """Tell whether a need for people names a trade that is learned in firms, and nobody with a degree."""
    words = {word.folded for word in words_of(text)}
    return bool(words & _TRADES) and not any(_ACADEMIC.search(word) for word in words)


def _size(institution: Institution) -> float:
    students = institution.students or TYPICAL_STUDENTS
    return float(np.sqrt(students / 10_000))


def _distance_to_campuses(facts: Facts, institution: Institution) -> Doubles:
    campuses = [facts.position[i] for i in (institution.location_id, *institution.campus_ids)]
    everyone = np.arange(facts.n_locations)
    nearest: Doubles = facts.surroundings.distances(everyone, np.array(campuses)).min(axis=1)
    return nearest


def supply(
    facts: Facts, fields: Collection[str], level: str | None = None, half_km: float = HALF_KM
) -> dict[str, Doubles]:
    """Return how much each institution's programmes supply each location with, by institution id.

    Arrays of shape (n_locations,): programmes, weighted by level and by the square root of the
    institution's size, fading from its nearest campus. No field means all; nationwide
    distance-learning and part-time universities are left out.
    """
    masses: dict[str, float] = {}
    for programme in facts.region.programmes:
        institution = facts.region.institution_by_id[programme.institution_id]
        if not institution.is_regional_talent or (fields and programme.field not in fields):
            continue
        if level is None or programme.level == level:
            mass = LEVEL_WEIGHT[programme.level] * _size(institution)
            masses[institution.id] = masses.get(institution.id, 0.0) + mass
    return {
        key: mass * decay(_distance_to_campuses(facts, facts.region.institution_by_id[key]), half_km)
        for key, mass in masses.items()
    }


def strength_of(total: Doubles, n_fields: int) -> Doubles:
    """Return supply as a strength in [0, 1): saturating, the more slowly the more fields are asked for."""
    full = FULL_SUPPLY * n_fields**0.5 if n_fields else FULL_SUPPLY * 8
    strengths: Doubles = 1 - np.exp(-total / full)
    return strengths


def find(question: Question) -> Finding:
    """Return the supply of graduates around each location for the need's fields and level.

    Trades are learned in firms: they are answered by the labour market, as skilled workers are.
    """
    need, facts = question.need, question.facts
    if is_trade(need.text):
        skilled = replace(need, facet="labour_market", topics=("skilled_workers",))
        return replace(indicators.find(replace(question, need=skilled)), need=need)
    fields = set(need.topics)
    evidence_strengths = np.where(question.usable, question.meaning * facts.kind_weights(WORDED), 0.0)
    for programme in facts.region.programmes:
        institution = facts.region.institution_by_id[programme.institution_id]
        fits = (not fields or programme.field in fields) and need.level in (None, programme.level)
        if institution.is_regional_talent and fits:
            size = min(_size(institution), 2.0)
            evidence_strengths[facts.evidence_position[programme.id]] = 0.7 + 0.1 * size
    half_km = reach_half_km(need.text, HALF_KM)
    supplies = supply(facts, fields, need.level, half_km)
    total = np.sum(list(supplies.values()), axis=0) if supplies else np.zeros(facts.n_locations)
    strengths = strength_of(total, len(fields))

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        return where(facts, location, witnesses)

    return Finding(need, strengths, status_codes(strengths), evidence_strengths, half_km, explain)
