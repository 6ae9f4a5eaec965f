"""Clusters: how deep a field of business goes in a location and next to it."""

from __future__ import annotations

import re

import numpy as np

from matcher.findings import Finding, status_codes
from matcher.strengths import together
from matcher.strengths.question import Question
from matcher.strengths.statements import explain_where

KINDS = {"company": 1.0, "industry": 1.0, "research_institute": 0.9, "site": 0.9, "infrastructure": 0.6}
"""Which statements show that a field of business is at home in a place."""

AS_CUSTOMER = 0.4
"""What an institute of the field counts where customers or suppliers are asked for: it buys little."""

SHARE = 0.3
N_MOST = 8
"""The eight strongest statements count, each closing 30 % of what is still open: one fitting firm alone
gives 0.3, two give 0.51. Chosen; checked on graded fits."""
EXACTNESS = 1.5
"""Power of a statement's strength before it adds to the depth: firms of the very field count in full, many
that are only related do not make one. Chosen; checked on the graded briefs of the part fit."""

_MANY = re.compile(
    r"\b(?:dicht\w*|zahlreich\w*|viele[nrsm]?|dense\w*|density|numerous|many|plenty)\b", re.IGNORECASE
)

_FIRMS = re.compile(
    r"\b(?:\w*zulieferer\w*|\w*lieferanten?\w*|\w*dienstleister\w*|\w*betriebe\w*|\w*firmen|suppliers|vendors|subcontractors|firms"
    r"|companies)\b",
    re.IGNORECASE,
)
"""Words for suppliers in general, of which many are wanted; else a works that delivers is one."""
_ONE = re.compile(
    r"\b(?:pilot|test|anker|referenz|erprobungs|industrie|kooperations|erst)-?(?:kunde|partner|anwender|abnehmer)\b"
    r"|\berster (?:kunde|anwender|abnehmer)\b|\b(?:einen|den) ersten (?:kunden|anwender|abnehmer)\b"
    r"|\b(?:pilot|test|trial|anchor|reference|launch|first|industrial) (?:(?:trial|test) )?(?:customer|partner|client|user)\b",
    re.IGNORECASE,
)
"""A single customer or partner: one of the kind will do."""
ONE_ENOUGH = 0.8
"""What the strongest statement counts where one customer or partner will do. Chosen."""

HALF_KM = 3.0
"""Suppliers and customers next door serve a location too; half of that is left after 5 km."""


def find(question: Question) -> Finding:
    """Return how deep each location's firms, institutes and sites go in the need's field.

    Where many are wanted, or customers within a limit, "25 km", all firms in reach add up as if of one place: a
    town amid many others of the field is better placed than one strong town. Elsewhere the strongest place in reach
    counts, as for the works that is to deliver from within the limit.
    """
    if question.need.is_whole_brief:
        return together.find(question)
    facts = question.facts
    is_trade = bool({"customers", "suppliers"} & set(question.need.topics))
    kinds = {**KINDS, "research_institute": AS_CUSTOMER} if is_trade else KINDS
    strengths = np.where(question.usable, question.meaning * facts.kind_weights(kinds), 0.0)
    depth = facts.depth_by_location(strengths**EXACTNESS, SHARE, N_MOST)
    if _ONE.search(question.need.text):
        depth = np.maximum(depth, ONE_ENOUGH * facts.best_by_location(strengths**EXACTNESS))
    half_km, full_km = question.reach(HALF_KM)
    if _are_many(question):
        spread = 1 - np.exp(facts.surroundings.summed(np.log1p(-depth), half_km, full_km))
    else:
        spread = facts.surroundings.strongest(depth, half_km, full_km)
    return Finding(
        question.need, spread, status_codes(spread), strengths, half_km, explain_where(facts), full_km
    )


def _are_many(question: Question) -> bool:
    """Tell whether a need is for many firms in reach."""
    text = question.need.text
    if question.limit_km is None or ("suppliers" in question.need.topics and not _FIRMS.search(text)):
        return _MANY.search(text) is not None
    return True
