"""Access and utilities: harbours, motorways, rail, airports, pipelines, and how far each one serves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.facts import Facts
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question
from matcher.strengths.statements import explain_where, from_statements

SERVES: Mapping[str, Mapping[str, float]] = {
    "motorway": {"motorway": 1.0},
    "rail_freight": {"rail_freight_terminal": 1.0, "inland_port": 0.5},
    "combined_terminal": {"rail_freight_terminal": 1.0, "inland_port": 0.7},
    "inland_port": {"inland_port": 1.0, "canal": 0.4},
    "airport": {"airport": 1.0},
    "long_distance_rail": {"long_distance_rail": 1.0},
    "public_transport": {"long_distance_rail": 0.8},
    "parcel_network": {},
    "power": {"data_centre": 0.3},
    "gas": {"hydrogen_pipeline": 0.3, "chemical_pipeline": 0.3},
    "hydrogen": {"hydrogen_pipeline": 1.0},
    "heat": {},
    "fibre": {"broadband": 1.0, "data_centre": 0.8},
    "water": {"canal": 0.5, "inland_port": 0.4},
    "chemical_pipeline": {"chemical_pipeline": 1.0, "hydrogen_pipeline": 0.4},
}
"""How far infrastructure of a kind serves a need; what is not listed is left to the statements' wording."""

HALF_KM: Mapping[str, float] = {
    "motorway": 3.0,
    "rail_freight": 5.0,
    "combined_terminal": 8.0,
    "inland_port": 6.0,
    "airport": 15.0,
    "long_distance_rail": 7.0,
    "public_transport": 4.0,
    "parcel_network": 8.0,
    "power": 3.0,
    "gas": 3.0,
    "hydrogen": 4.0,
    "heat": 3.0,
    "fibre": 3.0,
    "water": 3.0,
    "chemical_pipeline": 4.0,
}
"""Distance in km at which half of the use is left: a siding must be near, an airport need not. Chosen;
town centres of the reference region are 5 to 10 km apart, so a neighbour's motorway counts a quarter."""

BY_WORDING = {"infrastructure": 0.9, "industry": 0.9, "site": 0.8, "company": 0.5}
"""Statements that may meet an access or utility need by what they say."""

WORDED_BESIDE_TABLE = 0.5
"""Share of a statement's strength where the infrastructure table answers the need: what is listed there counts first."""
ONE = 0.8
"""Strength of a single motorway, harbour or terminal in the location; three named together are full."""
OUTSIDE = 0.4
"""An infrastructure row that names something outside its location serves it this far."""


def _for_topic(question: Question, topic: str) -> Doubles:
    facts = question.facts
    serves = SERVES.get(topic, {})
    worded = question.meaning * facts.kind_weights(BY_WORDING)
    strengths = worded * (WORDED_BESIDE_TABLE if serves else 1.0)
    for item in facts.region.infrastructure:
        at = facts.evidence_position[item.id]
        if item.kind in serves:
            full = OUTSIDE if item.scope == "outside" else _by_number(item.name)
            strengths[at] = serves[item.kind] * full
        elif serves:
            strengths[at] = 0.0
    return strengths


def _by_number(name: str) -> float:
    """Return 0.8 for one line or place, more for several named together ("A40, A42"), 1 from three on."""
    return min(1.0, ONE + 0.1 * name.count(","))


def find(question: Question) -> Finding:
    """Return how well a need's infrastructure is in reach; several topics count equally."""
    topics = question.need.topics
    if not topics:
        strengths = question.meaning * question.facts.kind_weights(BY_WORDING)
        return from_statements(question, strengths, HALF_KM["inland_port"])
    if len(topics) == 1:
        return from_statements(question, _for_topic(question, topics[0]), HALF_KM.get(topics[0], 5.0))
    return _mean(
        [from_statements(question, _for_topic(question, t), HALF_KM.get(t, 5.0)) for t in topics],
        question.facts,
    )


def _mean(findings: list[Finding], facts: Facts) -> Finding:
    strengths = np.mean([finding.strengths for finding in findings], axis=0)
    evidence_strengths = np.max([finding.evidence_strengths for finding in findings], axis=0)
    half_km = max(finding.half_km for finding in findings)
    return Finding(
        findings[0].need,
        strengths,
        status_codes(strengths),
        evidence_strengths,
        half_km,
        explain_where(facts),
    )
