"""What was found for one need: a strength and a status for each location, and the statements behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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

    `evidence_strengths`, of shape (n_evidence,), `half_km` and `full_km` say which statements earned them
    and how far these reach; a neighbour's count `elsewhere` of the location's own. `explain` words it for one
    location, as (German, English).
    """

    need: Need
    strengths: Doubles
    codes: Codes
    evidence_strengths: Doubles
    half_km: float
    explain: Explain
    full_km: float = 0.0
    elsewhere: float = 1.0

    def witnesses(self, facts: Facts, locations: Indexes) -> list[tuple[Evidence, ...]]:
        """Return the statements that earned most, strongest first, for each of the locations."""
        rows, owners, weights = facts.surroundings.pairs(locations, self.half_km, self.full_km)
        weights = np.where(owners == locations[rows], weights, self.elsewhere * weights)
        is_near = np.zeros(facts.n_locations, dtype=bool)
        is_near[owners] = True
        best = self._best_of_each(facts, is_near)
        candidates = best[owners]
        earned = np.where(candidates >= 0, weights[:, None] * self.evidence_strengths[candidates], 0.0)
        told = earned > 0
        rows, candidates, earned = np.repeat(rows, N_WITNESSES)[told.ravel()], candidates[told], earned[told]
        first = _first_in_groups(rows, candidates, earned)
        result: list[list[Evidence]] = [[] for _ in locations]
        for row, candidate in zip(rows[first], candidates[first], strict=True):
            result[row].append(facts.evidence[candidate])
        return [tuple(statements) for statements in result]

    def _best_of_each(self, facts: Facts, is_near: NDArray[np.bool_]) -> Indexes:
        """Return the strongest statements of each location near, shape (n_locations, N_WITNESSES), -1 for none.

        No other statement of a location can come before these, wherever it is seen from.
        """
        active = np.flatnonzero((self.evidence_strengths > 0) & is_near[facts.evidence_location])
        owners = facts.evidence_location[active]
        first = _first_in_groups(owners, active, self.evidence_strengths[active])
        owners, active = owners[first], active[first]
        best = np.full((facts.n_locations, N_WITNESSES), -1, dtype=np.int64)
        best[owners, _place_in_group(owners)] = active
        return best

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


def _place_in_group(groups: Indexes) -> Indexes:
    """Return each entry's place among those of its group, from 0; `groups` is sorted."""
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]][: len(groups)])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))


def _first_in_groups(groups: Indexes, ids: Indexes, values: Doubles) -> Indexes:
    """Return the places of the `N_WITNESSES` largest values of each group, equal ones by id, by group."""
    order = np.lexsort((ids, -values, groups))
    return order[_place_in_group(groups[order]) < N_WITNESSES]


def turn_round(finding: Finding) -> Finding:
    """Return the finding for a need that is to be avoided: strong evidence of it is unmet.

    Nothing known of an unwanted thing earns nothing either: unknown stays unknown.
    """
    known = finding.codes != UNKNOWN
    strengths = np.where(known, 1 - finding.strengths, 0.0)
    codes = np.where(known, np.where(finding.strengths >= MET_FROM, UNMET, PARTLY), UNKNOWN)
    codes = np.where(known & (strengths >= MET_FROM), MET, codes).astype(np.int8)
    strengths = np.where(codes == UNMET, 0.0, strengths)
    return replace(finding, strengths=strengths, codes=codes)
