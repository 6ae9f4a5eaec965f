"""Joint bids: the planted sets are found, each member is needed, and a smallest cover is the smallest."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.joint import N_PER_SIZE, with_joint_bids
from matcher.shortlist import JointBid, Shortlist
from tests.matcher.invented import shortlist, tables

Table = tuple[list[list[float | None]], list[float], list[int]]


def names(bid: JointBid) -> tuple[str, ...]:
    return tuple(sorted(member.id for member in bid.members))


def covers(result: Shortlist, members: tuple[str, ...]) -> bool:
    """Say whether each must is met by one of the members: the slow way."""
    rows = [result.match_by_location_id[member].contributions for member in members]
    places = [i for i, need in enumerate(result.brief.needs) if need.is_must]
    return bool(places) and all(any(row[i].status == "met" for row in rows) for i in places)


def smallest_covers(result: Shortlist) -> set[tuple[str, ...]]:
    """Return the covering sets of the smallest size up to four, by trying all."""
    everyone = sorted(result.match_by_location_id)
    for size in range(1, 5):
        found = {members for members in combinations(everyone, size) if covers(result, members)}
        if found:
            return found
    return set()


PLANTED: dict[str, tuple[list[list[float | None]], set[str]]] = {
    "a pair": ([[1, 1, 0], [0, 0, 1], [0.5, 0, 0], [0, 0.5, 0]], {"l00", "l01"}),
    "a triple": ([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.5], [0.4, 0, 0.4]], {"l00", "l01", "l02"}),
    "four": ([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0.5] * 4], {"l00", "l01", "l02", "l03"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_the_planted_smallest_set_is_found_where_no_town_meets_all(tiny_region: Region, name: str) -> None:
    rows, planted = PLANTED[name]
    n_needs = len(rows[0])
    result = with_joint_bids(shortlist(tiny_region, rows, [1] * n_needs, range(n_needs)))
    first = result.joint_bids[0]
    assert first.is_smallest_cover
    assert set(names(first)) == planted
    assert first.score_tenths == 1000
    assert sorted(need for needs in first.brings.values() for need in needs) == [
        f"n{i}" for i in range(n_needs)
    ]
    assert sum(bid.is_smallest_cover for bid in result.joint_bids) == 1


def test_a_must_worth_nothing_is_covered_all_the_same(tiny_region: Region) -> None:
    result = with_joint_bids(shortlist(tiny_region, [[1, 0], [0, 1], [0.5, 0]], [1, 0], [0, 1]))
    assert [names(bid) for bid in result.joint_bids if bid.is_smallest_cover] == [("l00", "l01")]
    assert result.joint_bids[0].brings == {"l00": ("n0",), "l01": ("n1",)}


def test_nothing_is_called_a_smallest_cover_when_one_town_meets_all(tiny_region: Region) -> None:
    result = with_joint_bids(shortlist(tiny_region, [[0.7, 0.7], [1, 0], [0, 1]], [1, 1], [0, 1]))
    assert result.joint_bids
    assert not any(bid.is_smallest_cover for bid in result.joint_bids)


def test_towns_too_far_apart_do_not_bid_together(tiny_region: Region) -> None:
    near = shortlist(tiny_region, [[1, 0], [0, 1]], [1, 1])
    assert with_joint_bids(near).joint_bids
    assert not with_joint_bids(near, max_distance_km=1.0).joint_bids


@settings(deadline=None, max_examples=150)
@given(tables(7))
def test_a_smallest_cover_is_proved_by_trying_all(tiny_region: Region, table: Table) -> None:
    result = with_joint_bids(shortlist(tiny_region, *table))
    found = {names(bid) for bid in result.joint_bids if bid.is_smallest_cover}
    smallest = smallest_covers(result)
    alone = any(len(members) == 1 for members in smallest)
    assert found <= smallest
    assert len(found) == (0 if alone else min(len(smallest), N_PER_SIZE))


@settings(deadline=None, max_examples=100)
@given(tables(7))
def test_each_member_is_needed_and_brings_something(tiny_region: Region, table: Table) -> None:
    result = with_joint_bids(shortlist(tiny_region, *table))
    for bid in result.joint_bids:
        rows = {m.id: result.match_by_location_id[m.id].contributions for m in bid.members}
        assert bid.score_tenths == sum(
            max(row[i].tenths for row in rows.values()) for i in range(len(result.brief.needs))
        )
        assert bid.lead_id in rows
        for member in rows:
            assert bid.brings[member]
            rest = [row for other, row in rows.items() if other != member]
            score = sum(max(row[i].tenths for row in rest) for i in range(len(result.brief.needs)))
            others = tuple(other for other in rows if other != member)
            assert score < bid.score_tenths or (covers(result, names(bid)) and not covers(result, others))


@settings(deadline=None, max_examples=100)
@given(tables(7))
def test_a_bid_is_worth_at_least_its_best_member(tiny_region: Region, table: Table) -> None:
    result = with_joint_bids(shortlist(tiny_region, *table))
    for bid in result.joint_bids:
        for size in range(1, len(bid.members)):
            for some in combinations(bid.members, size):
                rows = [result.match_by_location_id[member.id].contributions for member in some]
                part = sum(max(c.tenths for c in by_need) for by_need in zip(*rows, strict=True))
                assert part <= bid.score_tenths


@settings(deadline=None, max_examples=60)
@given(tables(7), st.randoms(use_true_random=False))
def test_the_order_of_the_locations_changes_no_bid(
    tiny_region: Region, table: Table, rng: random.Random
) -> None:
    result = shortlist(tiny_region, *table)
    matches, aside = list(result.matches), list(result.set_aside)
    rng.shuffle(matches)
    rng.shuffle(aside)
    shuffled = replace(result, matches=tuple(matches), set_aside=tuple(aside))
    assert with_joint_bids(shuffled).joint_bids == with_joint_bids(result).joint_bids
