"""Compares briefs whose needs readers marked with what was understood."""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.brief import Brief, Need
from matcher.invented import invented_texts
from matcher.marked import MarkedBrief, MarkedNeed, read_marked
from matcher.reading import LANGUAGES

DATA = Path(__file__).parent / "data"
KEPT = DATA / "needs_kept.txt"
"""Briefs that nobody read and nothing was fitted on."""


def marked_briefs(decisions: Path) -> tuple[MarkedBrief, ...]:
    """Return the briefs marked by hand; those of real decisions take their text from the file `decisions`."""
    with decisions.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    texts = {(row["id"], language): row[f"brief_{language}"] for row in rows for language in LANGUAGES}
    return read_marked(DATA / "needs_decisions.txt", texts) + read_marked(DATA / "needs_own.txt", {})


def kept_briefs() -> tuple[MarkedBrief, ...]:
    """Return the briefs kept for judging."""
    return read_marked(KEPT, invented_texts())


def pairs(marked: MarkedBrief, brief: Brief) -> list[tuple[MarkedNeed, Need]]:
    """Pair marked needs with understood ones of the same facet and overlapping words, one to one.

    Exact maximum matching by augmenting paths; needs without words (added by default) take no part.
    """
    stated = [need for need in brief.needs if need.span is not None]
    partner: dict[int, int] = {}

    def fits(mark: MarkedNeed, need: Need) -> bool:
        assert need.span is not None
        overlaps = need.span[0] < mark.span[1] and mark.span[0] < need.span[1]
        return overlaps and need.facet in mark.facets

    def place(index: int, seen: set[int]) -> bool:
        for other, need in enumerate(stated):
            if other not in seen and fits(marked.needs[index], need):
                seen.add(other)
                if other not in partner or place(partner[other], seen):
                    partner[other] = index
                    return True
        return False

    for index in range(len(marked.needs)):
        place(index, set())
    return [(marked.needs[mark], stated[need]) for need, mark in sorted(partner.items())]
