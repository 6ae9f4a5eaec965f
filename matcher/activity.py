"""What a company does, from its words: a function, specialisation themes and NACE Rev. 2 codes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.records import Language
from matcher.brief import ActivityCode
from matcher.phrases import Phrases
from matcher.tokens import Word

DATA = Path(__file__).parent / "data"
SCHEME, VERSION = "NACE", "Rev. 2"


@dataclass(frozen=True, slots=True)
class Activity:
    """A field of business: themes of the region it belongs to, and its NACE Rev. 2 code."""

    themes: tuple[str, ...]
    code: str


@cache
def activities() -> Phrases[Activity]:
    """Return the phrases of both languages that name a field of business."""
    entries: list[tuple[str, Activity]] = []
    with (DATA / "industries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            activity = Activity(tuple(filter(None, row["themes"].split("|"))), row["codes"])
            entries.extend((phrase, activity) for phrase in row["patterns"].split("|"))
    return Phrases(entries)


@cache
def function_phrases() -> Phrases[str]:
    """Return the phrases of both languages that point to a function."""
    entries: list[tuple[str, str]] = []
    with (DATA / "functions.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            entries.extend((phrase, row["function"]) for phrase in row["patterns"].split("|"))
    return Phrases(entries)


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """Return the titles of NACE Rev. 2 by code, as (German, English)."""
    with (DATA / "nace_rev2.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (row["title_de"], row["title_en"]) for row in csv.DictReader(lines)}


def title(code: ActivityCode, language: Language) -> str:
    """Return the title of a NACE Rev. 2 code, or the code itself for another scheme."""
    if (code.scheme, code.version) != (SCHEME, VERSION) or code.code not in titles():
        return code.code
    return titles()[code.code][0 if language == "de" else 1]


def activities_in(words: Sequence[Word]) -> tuple[Activity, ...]:
    """Return the fields of business that `words` name, once for each mention."""
    return tuple(hit.payload for hit in activities().longest_hits(words))


def codes_of(found: Iterable[Activity], n_most: int = 3) -> tuple[ActivityCode, ...]:
    """Return the codes of the fields named most often, ties by code."""
    counts = Counter(activity.code for activity in found if activity.code)
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(ActivityCode(SCHEME, VERSION, code) for code in ranked[:n_most])


def themes_of(found: Iterable[Activity], known: Iterable[str]) -> tuple[str, ...]:
    """Return the themes among `known` that the fields belong to, the most frequent first."""
    counts = Counter(theme for activity in found for theme in activity.themes)
    return tuple(sorted(set(counts) & set(known), key=lambda theme: (-counts[theme], theme)))
