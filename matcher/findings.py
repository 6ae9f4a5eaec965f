"""What was found for one need: a strength and a status for each location, and the statements behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence
from matcher.brief import Need
from matcher.facts import Facts
from matcher.geometry import Doubles
from matcher.shortlist import Contribution, Status
from matcher.surroundings import Indexes

STATUSES: tuple[Status, ...] = ("unknown", "unmet", "partly", "met")
UNKNOWN, UNMET, PARTLY, MET = range(4)
MET_FROM = 0.6
"""A strength from here on counts as met: more likely met than not, with room for calibration error."""
N_WITNESSES = 3
"""Statements shown for a contribution: the one that earned it and up to two that support it."""

Codes = NDArray[np.int8]
Explain = Callable[[int, Sequence[Evidence]], tuple[str, str]]


def status_codes(strengths: Doubles, known: NDArray[np.bool_] | None = None) -> Codes:
    """Return a status for each strength: met, partly, or unknown; unmet where known and nothing earned."""
    codes = np.where(strengths >= MET_FROM, MET, np.where(strengths > 0, PARTLY, UNKNOWN))
    if known is not None:
        codes = np.where(known & (strengths == 0), UNMET, codes)
    return codes.astype(np.int8)


@dataclass(frozen=True, slots=True)
class Finding:
    """Strengths in [0, 1] and status codes of one need, both of shape (n_locations,).

    `evidence_strengths`, of shape (n_evidence,), and `half_km` say which statements earned them and
    how far these reach; `explain` words it for one location, as (German, English).
    """

    need: Need
    strengths: Doubles
    codes: Codes
    evidence_strengths: Doubles
    half_km: float
    explain: Explain

    def witnesses(self, facts: Facts, locations: Indexes) -> list[tuple[Evidence, ...]]:
        """Return the statements that earned most, strongest first, for each of the locations."""
        active = np.flatnonzero(self.evidence_strengths > 0)
        if not len(active):
            return [()] * len(locations)
        weights = facts.surroundings.weights(locations, facts.evidence_location[active], self.half_km)
        earned = weights * self.evidence_strengths[active]
        order = np.argsort(-earned, axis=1, kind="stable")[:, :N_WITNESSES]
        return [
            tuple(facts.evidence[active[j]] for j in row if earned[i, j] > 0) for i, row in enumerate(order)
        ]

    def contributions(self, facts: Facts, locations: Indexes) -> list[Contribution]:
        """Return the need's contribution to each of the locations."""
        return [
            Contribution(
                need=self.need,
                status=STATUSES[self.codes[i]],
                strength=float(self.strengths[i]),
                evidence=witnesses,
                explanation=self.explain(int(i), witnesses),
            )
            for i, witnesses in zip(locations, self.witnesses(facts, locations), strict=True)
        ]


def turn_round(finding: Finding) -> Finding:
    """Return the finding for a need that is to be avoided: strong evidence of it is unmet.

    Nothing known of an unwanted thing earns nothing either: unknown stays unknown.
    """
    known = finding.codes != UNKNOWN
    strengths = np.where(known, 1 - finding.strengths, 0.0)
    codes = np.where(known, np.where(finding.strengths >= MET_FROM, UNMET, PARTLY), UNKNOWN)
    codes = np.where(known & (strengths >= MET_FROM), MET, codes).astype(np.int8)
    strengths = np.where(codes == UNMET, 0.0, strengths)
    return Finding(
        finding.need, strengths, codes, finding.evidence_strengths, finding.half_km, finding.explain
    )
