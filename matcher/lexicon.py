"""The cues of needs: which words of a brief speak of which facet and topic, in either language."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from corpus.records import Language
from matcher.brief import FACETS, Facet
from matcher.phrases import Phrases

CueKind = Literal["firm", "soft", "weak", "field"]
CUE_KINDS: tuple[CueKind, ...] = get_args(CueKind)
CUES = Path(__file__).parent / "data" / "cues.csv"


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase speaks of; facet None: nothing, though a part of it alone would.

    A "firm" cue speaks for itself; what a "soft" one names is a wish unless worded otherwise; a
    "weak" one counts only where nothing stronger stands in the clause; a "field" only says in which
    subject the talent beside it should be trained.
    """

    facet: Facet | None
    topic: str
    kind: CueKind


def _kind(name: str) -> CueKind:
    return next(kind for kind in CUE_KINDS if kind == name)


def _facet(name: str) -> Facet | None:
    return next((facet for facet in FACETS if facet == name), None)


@cache
def cues(language: Language) -> Phrases[Cue]:
    """Return the cues of `language` from the table beside this module."""
    entries: list[tuple[str, Cue]] = []
    with CUES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["language"] in (language, "any"):
                cue = Cue(_facet(row["facet"]), row["topics"], _kind(row["kind"]))
                entries.extend((phrase, cue) for phrase in row["patterns"].split("|"))
    return Phrases(entries)
