"""The wording of a need that is compared with statements: what is asked for, without how it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matcher.clauses import markers
from matcher.tokens import Word, small_words
from matcher.wanted import Wanted

Level = Literal["bachelor", "master", "phd_centre"]
LEVELS: tuple[tuple[Level, frozenset[str]], ...] = (
    ("phd_centre", small_words("phd")),
    ("master", small_words("master")),
    ("bachelor", small_words("bachelor")),
)
_ASIDE = small_words("lead") | small_words("link")


def clean_query(words: Sequence[Word], text: str, entry: Wanted) -> str:
    """Return the telling words of a need in their order: no articles, no "must" or "ideally", no figures.

    Empty when nothing would be left, which means: take the need's text.
    """
    hits = markers(entry.language).hits(words)
    aside = {place for hit in hits for place in range(hit.first, hit.last)}
    if entry.quantity is not None:
        low, high = entry.quantity.span
        aside |= {index for index, word in enumerate(words) if low <= word.start < high}
    kept = [
        text[word.start : word.end]
        for index, word in enumerate(words)
        if index not in aside and word.folded not in _ASIDE
    ]
    return " ".join(kept)


def level_in(words: Sequence[Word]) -> Level | None:
    """Return the highest degree that the words name."""
    named = {word.folded for word in words}
    return next((level for level, signs in LEVELS if named & signs), None)
