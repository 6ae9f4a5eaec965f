"""Answers quoted from a statement: only one that holds every word the question is about will do.

It must also be among the statements of the location that are most similar to the question. Similarity
alone does not tell "has a hydrogen pipeline" from "plans none", so it never answers by itself.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.records import Evidence, Region
from matcher.rfi.answer import Answer, marked
from matcher.rfi.facts import Facts
from matcher.rfi.reading import Reading
from models.encoder import Encoder

if TYPE_CHECKING:
    from models.index import StatementIndex

_N_WORDS_NEEDED = 2
"""One shared word is a topic, not an answer."""
_N_WORDS_NEEDED_FOR_A_FIGURE = 3
"""Of whom, what and where: two words name a thing, and any figure may stand beside it."""
_N_MOST_SIMILAR = 5
"""A rank and not a cosine, so that it means the same for every encoder; chosen on the test sheets."""
_ENDINGS = re.compile(r"(innen|ungen|ing|ern|en|er|em|es|ed|e|n|s)$")
_OPEN_KINDS = frozenset({"industry", "site", "infrastructure", "research_institute", "company"})
_NEVER_QUOTED = re.compile(
    r"kosten|preis|miete|lohn|löhne|gehalt|gehälter|prognose|entwicklung|frei|verfügbar|geplant|förder|"
    r"cost|price|rent|wage|salar|forecast|trend|growth|free|vacan|availab|planned|fund|subsid|minut|within|"
    r"größt|wichtigst|führend|neuest|largest|biggest|leading|newest|latest"
)
"""Questions about prices, wages, forecasts, what is free and what leads the others need an answer by a person."""


class Quotes:
    """Finds the statement of a location that answers a question; opens the index when first needed."""

    def __init__(self, region: Region, encoder: Encoder) -> None:
        self.region = region
        self.encoder = encoder

    @cached_property
    def _index(self) -> StatementIndex:
        from models.index import (
            StatementIndex,
        )  # takes a second, which no other part of a questionnaire needs

        return StatementIndex.for_region(self.region, self.encoder)

    def answer(self, facts: Facts, question: str, reading: Reading) -> Answer | None:
        """Quote the statement about the location that answers the question, or None."""
        words = [_stem(word) for word in reading.words]
        needed = _N_WORDS_NEEDED_FOR_A_FIGURE if reading.asks_for_figure else _N_WORDS_NEEDED
        if len(words) < needed or any(_NEVER_QUOTED.search(word) for word in reading.words):
            return None
        if reading.asks_for_figure and not reading.concepts and (reading.sectors or reading.fields):
            return None  # how many of a whole sector: a statement about one of its firms would not say
        rows = [
            row
            for row, evidence in enumerate(self.region.evidence)
            if evidence.location_id == facts.location.id and evidence.kind in _OPEN_KINDS
        ]
        holding = {row for row in rows if _holds(self.region.evidence[row], words, facts, reading)}
        if not holding:
            return None
        similarities = self._index.similarities(self.encoder.encode([question]))[0]
        nearest = sorted(rows, key=lambda row: (-float(similarities[row]), row))[:_N_MOST_SIMILAR]
        for row in nearest:
            if row in holding:
                evidence = self.region.evidence[row]
                return Answer(marked(evidence.text(facts.language), evidence, facts.language), (evidence,))
        return None


def _holds(evidence: Evidence, words: list[str], facts: Facts, reading: Reading) -> bool:
    text = evidence.text(facts.language).lower()
    tokens = re.findall(r"[\w%²]+", text)
    if reading.asks_for_figure and not any(token[0].isdigit() for token in tokens):
        return False
    return all(any(token.startswith(word) for token in tokens) for word in words)


def _stem(word: str) -> str:
    """Cut one inflectional ending, keeping at least four letters."""
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= 4 else word
