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
from matcher.tokens import words_of

TABLE = Path(__file__).parent / "data" / "concepts.csv"
COVERED = 0.85
"""Share of the strength that depends on how many of a need's concepts a statement names; the rest
goes to the best one."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: how telling it is, in (0, 1], and related concepts with the share they count.

    `is_activity` is True for a field of business, False for a feature of a place.
    """

    name: str
    is_activity: bool
    specificity: float
    related: Mapping[str, float]


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
            concepts[row["concept"]] = Concept(
                row["concept"],
                row["kind"] == "activity",
                float(row["specificity"]),
                {name: float(share) for name, share in pairs},
            )
            entries.extend(_entry(phrase, row["concept"]) for phrase in row["patterns"].split("|"))
    return concepts, Phrases(entries)


def mentions_in(text: str) -> tuple[str, ...]:
    """Return the name of the concept of each mention in a text in either language, in order.

    A phrase does not count inside a longer one that the table says means something else: `ice` inside
    `ice cream` is no train. Phrases of one concept that overlap are one mention.
    """
    _, phrases = _table()
    hits = phrases.hits(words_of(text))
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
            named.append(concept)
    return tuple(named)


def concepts_in(text: str) -> frozenset[str]:
    """Return the names of the concepts that a text in either language mentions."""
    return frozenset(mentions_in(text))


def activities_in(text: str) -> frozenset[str]:
    """Return the fields of business that a text mentions."""
    concepts, _ = _table()
    return frozenset(name for name in concepts_in(text) if concepts[name].is_activity)


def main_activities(text: str, n_most: int) -> frozenset[str]:
    """Return the fields of business that a text is mostly about: named most often, telling ones first.

    A mention counts its concept's specificity; equal counts go to the one named earlier.
    """
    concepts, _ = _table()
    counts: dict[str, float] = {}
    for name in mentions_in(text):
        if concepts[name].is_activity:
            counts[name] = counts.get(name, 0.0) + concepts[name].specificity
    order = list(counts)
    return frozenset(sorted(order, key=lambda name: (-counts[name], order.index(name)))[:n_most])


class ConceptSets:
    """How far sets of concepts, such as those that statements mention, speak of the concepts of a need."""

    def __init__(self, mentioned: Sequence[frozenset[str]]) -> None:
        self._n_sets = len(mentioned)
        rows: dict[str, list[int]] = {}
        for row, names in enumerate(mentioned):
            for name in names:
                rows.setdefault(name, []).append(row)
        self._rows: dict[str, Indexes] = {name: np.array(at, dtype=np.int64) for name, at in rows.items()}

    def strengths(self, named: frozenset[str]) -> Doubles:
        """Return how far each set speaks of the concepts named, in [0, 1], shape (n_sets,)."""
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
            best = np.maximum(best, concept.specificity * shares)
            covered += concept.specificity * shares
            total += concept.specificity
        return (1 - COVERED) * best + COVERED * covered / total if total else best
