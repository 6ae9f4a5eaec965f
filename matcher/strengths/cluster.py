"""Clusters: how deep a field of business goes in a location and next to it."""

from __future__ import annotations

import numpy as np

from matcher.findings import Finding, status_codes
from matcher.strengths.question import Question
from matcher.strengths.statements import explain_where

KINDS = {"company": 1.0, "industry": 1.0, "research_institute": 0.9, "site": 0.9, "infrastructure": 0.6}
"""Which statements show that a field of business is at home in a place."""

AS_CUSTOMER = 0.4
"""What an institute of the field counts where customers or suppliers are asked for: it buys little."""

SHARE = 0.3
N_MOST = 8
"""The five strongest statements count, each closing 70 % of what is still open: one fitting firm alone
gives 0.7, two give 0.91. Checked on graded fits: better than the strongest statement alone."""

HALF_KM = 3.0
"""Suppliers and customers next door serve a location too; half of that is left after 5 km."""


def find(question: Question) -> Finding:
    """Return how deep each location's firms, institutes and sites go in the need's field."""
    facts = question.facts
    is_trade = bool({"customers", "suppliers"} & set(question.need.topics))
    kinds = {**KINDS, "research_institute": AS_CUSTOMER} if is_trade else KINDS
    strengths = np.where(question.usable, question.meaning * facts.kind_weights(kinds), 0.0)
    depth = facts.depth_by_location(strengths, SHARE, N_MOST)
    half_km, full_km = question.reach(HALF_KM)
    spread = facts.surroundings.strongest(depth, half_km, full_km)
    return Finding(
        question.need, spread, status_codes(spread), strengths, half_km, explain_where(facts), full_km
    )
