"""Reads briefs whose needs were marked by hand, and compares them with what was understood."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.brief import Brief, Need

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Marked:
    """A need as a reader marked it: any of `facets` is right, `span` is in the brief's text."""

    facets: tuple[str, ...]
    is_must: bool
    is_avoided: bool
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedBrief:
    """A brief with its marked needs; `part` is "dev" for tuning or "test"."""

    name: str
    language: str
    part: str
    text: str
    needs: tuple[Marked, ...]


def marked_briefs(decisions: Path) -> tuple[MarkedBrief, ...]:
    """Return all marked briefs; those of real decisions take their text from the file `decisions`."""
    with decisions.open(encoding="utf-8", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines)}
    briefs = []
    for path in (DATA / "needs_decisions.txt", DATA / "needs_own.txt"):
        for head, text_lines, marks in _blocks(path.read_text(encoding="utf-8")):
            name, language, part = head.split()
            text = "\n".join(text_lines) if text_lines else rows[name][f"brief_{language}"]
            briefs.append(
                MarkedBrief(name, language, part, text, tuple(_marked(mark, text, name) for mark in marks))
            )
    return tuple(briefs)


def _blocks(content: str) -> Iterator[tuple[str, list[str], list[str]]]:
    for block in content.split("\n[")[1:]:
        head, _, body = block.partition("]")
        lines = body.strip().splitlines()
        text = [line[2:] if line.startswith("> ") else "" for line in lines if line.startswith(">")]
        yield head, text, [line for line in lines if " | " in line and not line.startswith(">")]


def _marked(line: str, text: str, name: str) -> Marked:
    head, quote = line.split(" | ", 1)
    facets, stance = head.split()
    start = text.find(quote)
    if start < 0:
        raise ValueError(f"{name}: the words {quote!r} are not in the brief; correct the annotation.")
    return Marked(tuple(facets.split("/")), stance == "y", stance == "avoid", (start, start + len(quote)))


def pairs(marked: MarkedBrief, brief: Brief) -> list[tuple[Marked, Need]]:
    """Pair marked needs with understood ones of the same facet and overlapping words, one to one.

    Exact maximum matching by augmenting paths; needs without words (added by default) take no part.
    """
    stated = [need for need in brief.needs if need.span is not None]
    partner: dict[int, int] = {}

    def fits(mark: Marked, need: Need) -> bool:
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
