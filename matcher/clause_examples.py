"""Labelled clauses for the classifier of clauses: the written pairs, and the phrases of the lexicon."""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.brief import FACETS, TOPICS
from matcher.errors import MatcherError
from matcher.lexicon import CUES
from models.facet import FOLDER, NONE
from models.facet.fit import ClausePair, Phrase

CLAUSES = FOLDER / "clauses.csv"


def read_clauses(path: Path = CLAUSES) -> list[ClausePair]:
    """Return the written pairs.

    Raises
    ------
    MatcherError
        If a label is not "none", a facet or a facet with one of its topics.
    """
    known = {NONE, *FACETS, *(f"{facet}:{topic}" for facet in FACETS for topic in TOPICS[facet])}
    pairs = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            if row["label"] not in known:
                raise MatcherError(
                    f"{path.name}, row {number}: {row['label']!r} is no label; use none, a facet or facet:topic."
                )
            pairs.append(ClausePair(row["text_de"], row["text_en"], row["label"]))
    return pairs


def read_phrases(labels: frozenset[str]) -> list[Phrase]:
    """Return the phrases of the lexicon whose facet and topic are among `labels`, each once."""
    phrases: dict[Phrase, None] = {}
    with CUES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            topic = "long_distance_rail" if row["topics"] == "rail" else row["topics"]
            label = f"{row['facet']}:{topic}" if topic else row["facet"]
            if label in labels - {NONE}:
                phrases |= {Phrase(text.replace("*", ""), label): None for text in row["patterns"].split("|")}
    return list(phrases)
