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
_DESPITE = small_words("despite")
_TRADES = small_words("trade")


def clean_query(words: Sequence[Word], text: str, entry: Wanted) -> str:
    """Return the telling words of a need, of all places of the brief that say it, each word once.

    Without articles, "must" or "ideally", figures, and what follows a "despite". Empty when nothing would be left, which means: take
    the need's text. `words` are those of the whole brief.
    """
    told: list[str] = []
    for first, last in ((entry.first, entry.last), *entry.elsewhere):
        is_first = first == entry.first
        found = _telling(words[first:last], text, entry)
        told += (word for word in found if word not in told and (is_first or not word[0].isdigit()))
    return " ".join(told)


def _telling(words: Sequence[Word], text: str, entry: Wanted) -> list[str]:
    """Return the telling words of one place."""
    hits = markers(entry.language).hits(words)
    aside = {place for hit in hits for place in range(hit.first, hit.last)}
    if entry.quantity is not None:
        low, high = entry.quantity.span
        aside |= {index for index, word in enumerate(words) if low <= word.start < high}
    conceded = next((index for index, word in enumerate(words) if word.folded in _DESPITE), len(words))
    return [
        text[word.start : word.end]
        for index, word in enumerate(words[:conceded])
        if index not in aside and word.folded not in _ASIDE
    ]


def level_in(words: Sequence[Word]) -> Level | None:
    """Return the highest degree that the words name; a "master technician" has learned a trade."""
    named = {
        word.folded
        for index, word in enumerate(words)
        if not any(after.folded in _TRADES for after in words[index + 1 : index + 3])
    }
    return next((level for level, signs in LEVELS if named & signs), None)
