"""The code name in the place of the investor's names, in texts and in briefs with their spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.brief import Brief, Need
from matcher.dossier.conceal import Concealer


def spelled_names(text: str) -> tuple[str, ...]:
    """Return the names typed into the field, one a line or between semicolons."""
    return tuple(name for part in re.split(r"[;\n]", text) if (name := part.strip()))


def conceal(text: str, code_name: str, names: Sequence[str]) -> str:
    """Return the text with every name replaced.

    Raises
    ------
    MatcherError
        If the code name holds a name it should hide.
    """
    return Concealer(code_name, names)(text) if names else text


def conceal_brief(brief: Brief, code_name: str, names: Sequence[str]) -> Brief:
    """Return the brief with every name replaced in its text, needs and notes, spans moved along."""
    if not names:
        return brief
    hide = Concealer(code_name, names)
    found = hide.spans(brief.text)

    def moved(position: int) -> int:
        shift = 0
        for start, end in found:
            if position >= end:
                shift += len(code_name) - (end - start)
            elif position > start:
                shift += start + len(code_name) - position
        return position + shift

    def hidden(need: Need) -> Need:
        span = (moved(need.span[0]), moved(need.span[1])) if need.span else None
        return replace(
            need,
            text=hide(need.text),
            evidence_query=hide(need.evidence_query),
            assumption=hide(need.assumption) if need.assumption else None,
            span=span if span and span[0] < span[1] else None,
        )

    return replace(
        brief,
        text=hide(brief.text),
        needs=tuple(hidden(need) for need in brief.needs),
        notes=tuple(hide(note) for note in brief.notes),
    )
