"""Concepts: fields of business and features of a place that briefs and statements name in many words.

A concept is found by its phrases in German and English on both sides, so that a refrigerator recycler
meets an electronics recycler although no word is shared. Related concepts count in part.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from matcher.geometry import Doubles
from matcher.phrases import Phrases
from matcher.surroundings import Indexes
from matcher.tokens import Word, words_of

TABLE = Path(__file__).parent / "data" / "concepts.csv"
COVERED = 0.85
"""Share of the strength that depends on how many of a need's concepts a statement names; the rest
goes to the best one."""

MOST_WORDING = 250
"""Characters of a concept's wording: more phrases say the same again. Chosen."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: how telling it is, in (0, 1], and related concepts with the share they count.

    `is_activity` is True for a field of business, False for a feature of a place. `wording` names it in
    both languages, for comparison by meaning.
    """

    name: str
    is_activity: bool
    specificity: float
    related: Mapping[str, float]
    wording: str


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a phrase says of a concept: that it is meant, or, written with `!`, that it is not."""

    concept: str
    is_meant: bool


def _entry(phrase: str, concept: str) -> tuple[str, _Sense]:
    return phrase.removeprefix("!"), _Sense(concept, not phrase.startswith("!"))


@cache
def _table() -> tuple[Mapping[str, Concept], Phrases[_Sense]]:
    concepts: dict[str, Concept] = {}
    entries: list[tuple[str, _Sense]] = []
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            pairs = (item.split(":") for item in row["related"].split("|") if item)
            phrases = row["patterns"].split("|")
            concepts[row["concept"]] = Concept(
                row["concept"],
                row["kind"] == "activity",
                float(row["specificity"]),
                {name: float(share) for name, share in pairs},
                _wording(row["concept"], phrases),
            )
            entries.extend(_entry(phrase, row["concept"]) for phrase in phrases)
    return concepts, Phrases(entries)


def _wording(name: str, phrases: Sequence[str]) -> str:
    meant = (phrase.replace("*", "") for phrase in phrases if not phrase.startswith("!"))
    return f"{name.replace('_', ' ')}: {', '.join(meant)}"[:MOST_WORDING]


def wordings() -> Mapping[str, str]:
    """Return for each concept its name and phrases in both languages."""
    return {name: concept.wording for name, concept in _table()[0].items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` up to, not including, `last` name a concept."""

    concept: str
    first: int
    last: int

    @property
    def is_activity(self) -> bool:
        """Whether a field of business is named, not a feature of a place."""
        return _table()[0][self.concept].is_activity

    @property
    def specificity(self) -> float:
        """How telling the concept is, in (0, 1]."""
        return _table()[0][self.concept].specificity


def mentions_in(words: Sequence[Word]) -> tuple[Mention, ...]:
    """Return each mention of a concept in words of either language, in order.

    A phrase does not count inside a longer one that the table says means something else: `ice` inside
    `ice cream` is no train. Phrases of one concept that overlap are one mention.
    """
    _, phrases = _table()
    hits = phrases.hits(words)
    others: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        if not hit.payload.is_meant:
            others.setdefault(hit.payload.concept, []).append((hit.first, hit.last))
    reached: dict[str, int] = {}
    named = []
    for hit in hits:
        concept = hit.payload.concept
        is_other = any(first <= hit.first and hit.last <= last for first, last in others.get(concept, ()))
        if hit.payload.is_meant and not is_other and hit.first >= reached.get(concept, 0):
            reached[concept] = hit.last
            named.append(Mention(concept, hit.first, hit.last))
    return tuple(named)


def concepts_in(*texts: str) -> frozenset[str]:
    """Return the names of the concepts that any of the texts mentions, each in either language."""
    return frozenset(mention.concept for text in texts for mention in mentions_in(words_of(text)))


def activities_in(text: str) -> frozenset[str]:
    """Return the fields of business that a text mentions."""
    concepts, _ = _table()
    return frozenset(name for name in concepts_in(text) if concepts[name].is_activity)


class ConceptSets:
    """How far sets of concepts, such as those that statements mention, speak of the concepts of a need."""

    def __init__(self, mentioned: Sequence[frozenset[str]]) -> None:
        self._n_sets = len(mentioned)
        rows: dict[str, list[int]] = {}
        for row, names in enumerate(mentioned):
            for name in names:
                rows.setdefault(name, []).append(row)
        self._rows: dict[str, Indexes] = {name: np.array(at, dtype=np.int64) for name, at in rows.items()}

    def strengths(self, named: Mapping[str, float]) -> Doubles:
        """Return how far each set speaks of the concepts named, in [0, 1], shape (n_sets,).

        `named` says how much each concept counts, in (0, 1].
        """
        concepts, _ = _table()
        best = np.zeros(self._n_sets)
        covered = np.zeros(self._n_sets)
        total = 0.0
        for name in sorted(named):
            concept = concepts[name]
            shares = np.zeros(self._n_sets)
            for other, share in [*concept.related.items(), (name, 1.0)]:
                rows = self._rows.get(other)
                if rows is not None:
                    shares[rows] = np.maximum(shares[rows], share)
            weight = concept.specificity * named[name]
            best = np.maximum(best, weight * shares)
            covered += weight * shares
            total += weight
        return (1 - COVERED) * best + COVERED * covered / total if total else best
