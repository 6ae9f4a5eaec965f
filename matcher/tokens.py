"""Words of a text with their place in it, folded so that "Fachkräfte" and "FACHKRAEFTE" are one."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_SMALL_WORDS = Path(__file__).parent / "data" / "small_words.csv"
_WORD = re.compile(r"[^\W_]+")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and its half-open character range in the text."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` in lower case, with umlauts spelled out and other accents dropped."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """Fold one word; remembered, since texts repeat their words."""
    return fold(word)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; hyphens and slashes part words."""
    return tuple(Word(_folded(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


def small_words(kind: str) -> frozenset[str]:
    """Return the folded words of a kind from `data/small_words.csv`: link, lead, join, finite, modal and the like."""
    return _small_words()[kind]


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    with _SMALL_WORDS.open(encoding="utf-8", newline="") as lines:
        return {row["kind"]: frozenset(row["words"].split()) for row in csv.DictReader(lines)}
