"""Score bars: how far each need's points reach, in tenths, for a drawing 1000 tenths wide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.shortlist import Contribution


@dataclass(frozen=True, slots=True)
class Segment:
    """One need's part of a bar: from `start`, `width` long, both in tenths; `number` counts from 1."""

    number: int
    start: int
    width: int
    contribution: Contribution


def segments(contributions: Iterable[Contribution]) -> tuple[Segment, ...]:
    """Lay contributions end to end; the last one ends at the score."""
    laid: list[Segment] = []
    start = 0
    for number, contribution in enumerate(contributions, start=1):
        laid.append(Segment(number, start, contribution.tenths, contribution))
        start += contribution.tenths
    return tuple(laid)
