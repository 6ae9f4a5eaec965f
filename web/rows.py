"""The rows of a result as a page shows them: a match with its bar, its statuses and its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.records import Location
from matcher.brief import Need
from matcher.shortlist import Contribution, JointBid, Match, Shortlist, Status
from matcher.tokens import fold
from web.bars import Segment, segments


@dataclass(frozen=True, slots=True)
class Row:
    """A match, the segments of its bar, and how many needs have which status."""

    match: Match
    segments: tuple[Segment, ...]
    counts: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a member of a joint bid has for a need; `is_brought` when the bid counts on it."""

    contribution: Contribution
    is_brought: bool


@dataclass(frozen=True, slots=True)
class BidMatrix:
    """A joint bid with, for each need, the best contribution and each member's own."""

    bid: JointBid
    lines: tuple[tuple[Need, Contribution, tuple[MatrixCell, ...]], ...]


def row_of(match: Match) -> Row:
    """Return the row of a match."""
    statuses: tuple[Status, ...] = ("met", "partly", "unmet", "unknown")
    found = [contribution.status for contribution in match.contributions]
    counts = tuple((status, found.count(status)) for status in statuses if status in found)
    return Row(match, segments(match.contributions), counts)


def rows(matches: Iterable[Match], district: str | None, n_rows: int | None) -> tuple[tuple[Row, ...], int]:
    """Return the first rows of the matches in a district, or of all, and how many are left out.

    Ranks stay those of the whole list.
    """
    chosen = [match for match in matches if district is None or match.location.district == district]
    return tuple(row_of(match) for match in chosen[:n_rows]), len(chosen) - len(chosen[:n_rows])


def by_name(locations: Iterable[Location]) -> list[Location]:
    """Return locations in the order of a telephone book, umlauts spelled out."""
    return sorted(locations, key=lambda location: (fold(location.name), location.id))


def districts(locations: Iterable[Location]) -> tuple[str, ...]:
    """Return the districts that occur, by name; the empty one stands for independent cities."""
    return tuple(sorted({location.district for location in locations}))


def matrix(bid: JointBid, shortlist: Shortlist) -> BidMatrix:
    """Lay a joint bid out as needs by members."""
    own: list[Mapping[str, Contribution]] = [
        {c.need.id: c for c in shortlist.match_by_location_id[member.id].contributions}
        for member in bid.members
    ]
    return BidMatrix(
        bid,
        tuple(
            (
                best.need,
                best,
                tuple(
                    MatrixCell(by_need[best.need.id], best.need.id in bid.brings.get(member.id, ()))
                    for member, by_need in zip(bid.members, own, strict=True)
                ),
            )
            for best in bid.contributions
        ),
    )
