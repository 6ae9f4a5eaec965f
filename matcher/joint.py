"""Joint bids: the sets of up to four neighbours in which each member is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.geometry import distance_km
from matcher.shortlist import Contribution, JointBid, Match, Shortlist, Status

MAX_MEMBERS = 4
MAX_DISTANCE_KM = 30.0
"""Members lie within this distance of each other: about half an hour's drive, one labour market."""
N_PER_SIZE = 3
"""Bids shown for each number of members."""
CANDIDATES = 80
"""In larger regions only the best locations for the brief, and the best for each need, are combined."""

_GOODNESS: Mapping[Status, int] = {"unmet": 0, "unknown": 1, "partly": 2, "met": 3}
Ints = NDArray[np.int64]


def with_joint_bids(shortlist: Shortlist, *, max_distance_km: float = MAX_DISTANCE_KM) -> Shortlist:
    """Return the shortlist with its best joint bids, smallest sets that cover all musts first.

    All pairs and triples and, by exact search, quadruples of candidates are tried, set-aside
    locations among them: what one member lacks another may bring. A set is a bid when taking any
    member away lowers its score or leaves a must open, and when no must fails in all its members.
    """
    matches = [*shortlist.matches, *(aside.match for aside in shortlist.set_aside)]
    matches.sort(key=lambda match: match.location.id)
    if len(matches) < 2 or not shortlist.brief.needs:
        return shortlist
    tenths = np.array([[c.tenths for c in match.contributions] for match in matches]).T
    goodness = np.array([[_GOODNESS[c.status] for c in match.contributions] for match in matches]).T
    musts = np.array([need.is_must for need in shortlist.brief.needs])
    candidates = _candidates(tenths)
    latitudes = np.array([matches[i].location.latitude for i in candidates])
    longitudes = np.array([matches[i].location.longitude for i in candidates])
    distances = distance_km(latitudes[:, None], longitudes[:, None], latitudes, longitudes)
    near = distances <= max_distance_km
    best_single = max((match.score_tenths for match in shortlist.matches), default=0)
    smallest_cover = 1 if _covers(goodness, musts, candidates[:, None]).any() else None
    bids: list[JointBid] = []
    for size in range(2, MAX_MEMBERS + 1):
        sets = _near_sets(candidates, near, size)
        if not len(sets):
            break
        kept, scores, covering = _needed_sets(sets, tenths, goodness, musts)
        if smallest_cover is None and covering.any():
            smallest_cover = size
        is_cover = covering & (smallest_cover == size)
        order = sorted(range(len(kept)), key=lambda i: (not is_cover[i], -scores[i], tuple(kept[i])))
        for i in order[:N_PER_SIZE]:
            if scores[i] > best_single or is_cover[i]:
                members = [matches[at] for at in kept[i]]
                bids.append(_bid(members, shortlist, best_single, bool(is_cover[i])))
    bids.sort(key=lambda bid: not bid.is_smallest_cover)
    return replace(shortlist, joint_bids=tuple(bids))


def _candidates(tenths: Ints) -> Ints:
    n_locations = tenths.shape[1]
    if n_locations <= CANDIDATES:
        return np.arange(n_locations)
    best = np.argsort(-tenths.sum(axis=0), kind="stable")[: CANDIDATES // 2]
    by_need = np.argsort(-tenths, axis=1, kind="stable")[:, :4].ravel()
    return np.unique(np.concatenate([best, by_need]))[:CANDIDATES]


def _near_sets(candidates: Ints, near: NDArray[np.bool_], size: int) -> Ints:
    """Return all sets of `size` candidates that lie pairwise near each other, shape (n_sets, size)."""
    n = len(candidates)
    sets = np.array([(i, j) for i, j in combinations(range(n), 2) if near[i, j]], dtype=np.int64).reshape(
        -1, 2
    )
    for _ in range(size - 2):
        grown = []
        for k in range(n):
            fits = (sets[:, -1] < k) & near[sets, k].all(axis=1)
            grown.append(np.column_stack([sets[fits], np.full(int(fits.sum()), k)]))
        sets = np.concatenate(grown) if grown else sets
    return candidates[sets]


def _covers(goodness: Ints, musts: NDArray[np.bool_], sets: Ints) -> NDArray[np.bool_]:
    if not musts.any():
        return np.zeros(len(sets), dtype=bool)
    covered: NDArray[np.bool_] = (goodness[musts][:, sets].max(axis=2) == _GOODNESS["met"]).all(axis=0)
    return covered


def _needed_sets(
    sets: Ints, tenths: Ints, goodness: Ints, musts: NDArray[np.bool_]
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    by_member = tenths[:, sets]
    scores = by_member.max(axis=2).sum(axis=0)
    covering = _covers(goodness, musts, sets)
    size = sets.shape[1]
    needed = np.ones(len(sets), dtype=bool)
    for member in range(size):
        others = [i for i in range(size) if i != member]
        loses_points = by_member[:, :, others].max(axis=2).sum(axis=0) < scores
        loses_a_must = covering & ~_covers(goodness, musts, sets[:, others])
        needed &= loses_points | loses_a_must
    if musts.any():
        needed &= (goodness[musts][:, sets].max(axis=2) > _GOODNESS["unmet"]).all(axis=0)
    return sets[needed], scores[needed], covering[needed]


def _bid(
    matches: Sequence[Match], shortlist: Shortlist, best_single: int, is_smallest_cover: bool
) -> JointBid:
    locations = [match.location for match in matches]
    chosen: list[Contribution] = []
    brings: dict[str, list[str]] = {location.id: [] for location in locations}
    for by_member in zip(*(match.contributions for match in matches), strict=True):
        best = min(
            range(len(by_member)),
            key=lambda i: (-by_member[i].tenths, -_GOODNESS[by_member[i].status], locations[i].id),
        )
        chosen.append(by_member[best])
        is_must_met = by_member[best].need.is_must and by_member[best].status == "met"
        if by_member[best].tenths > 0 or is_must_met:
            brings[locations[best].id].append(by_member[best].need.id)
    site_owner = _owner_of_the_site(chosen, brings)
    heaviest = max(brings, key=lambda member: (_brought(chosen, brings[member]), member))
    partners = [
        institution.id
        for institution in shortlist.region.institutions
        if {institution.location_id, *institution.campus_ids} & set(brings) and institution.is_regional_talent
    ]
    return JointBid(
        members=tuple(locations),
        contributions=tuple(chosen),
        brings={member: tuple(needs) for member, needs in brings.items()},
        gain_tenths=sum(c.tenths for c in chosen) - best_single,
        lead_id=site_owner or heaviest,
        partner_ids=tuple(partners),
        is_smallest_cover=is_smallest_cover,
    )


def _brought(chosen: Sequence[Contribution], needs: Sequence[str]) -> int:
    return sum(c.tenths for c in chosen if c.need.id in needs)


def _owner_of_the_site(chosen: Sequence[Contribution], brings: dict[str, list[str]]) -> str | None:
    sites = [c for c in chosen if c.need.facet == "site" and c.tenths > 0]
    if not sites:
        return None
    heaviest = max(sites, key=lambda c: (c.tenths, c.need.id))
    return next(member for member, needs in brings.items() if heaviest.need.id in needs)
