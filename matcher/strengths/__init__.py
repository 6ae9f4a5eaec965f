"""How strongly each location meets a need: one module for each kind of fact that can meet it."""

from __future__ import annotations

from collections.abc import Callable

from matcher.findings import Finding, turn_round
from matcher.strengths import access, agglomeration, cluster, distance, indicators, sites, statements, talent
from matcher.strengths.question import Question

ANSWERS: dict[str, Callable[[Question], Finding]] = {
    "talent": talent.find,
    "research": statements.find,
    "cluster": cluster.find,
    "site": sites.find,
    "access": access.find,
    "utilities": access.find,
    "cost": indicators.find,
    "labour_market": indicators.find,
    "quality_of_life": statements.find,
    "partners": statements.find,
    "distance": distance.find,
    "agglomeration": agglomeration.find,
}
"""Which module answers a need of which facet."""


def find(question: Question) -> Finding:
    """Return what the facts say about a need, turned round when the investor wants to avoid it."""
    need = question.need
    finding = ANSWERS[need.facet](question)
    return turn_round(finding) if need.is_avoided and need.facet != "site" else finding
