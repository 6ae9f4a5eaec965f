"""The brief's text cut into runs, each with the needs that were read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.brief import Need


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the numbers (from 1) of the needs whose span covers it."""

    text: str
    numbers: tuple[int, ...]


def runs(text: str, needs: Sequence[Need]) -> tuple[Run, ...]:
    """Cut `text` wherever a need's span begins or ends; the runs put together give `text` again."""
    spans = [
        (number, max(0, need.span[0]), min(len(text), need.span[1]))
        for number, need in enumerate(needs, start=1)
        if need.span is not None
    ]
    cuts = sorted({0, len(text), *(start for _, start, _ in spans), *(end for _, _, end in spans)})
    return tuple(
        Run(text[start:end], tuple(number for number, first, last in spans if first <= start and end <= last))
        for start, end in pairwise(cuts)
    )
