"""Finds many phrases in a text at once; a phrase is words, each with `*` before or behind at will."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.tokens import Word, fold

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """Words `first` up to, not including, `last` say what `payload` stands for.

    `n_letters` are those the phrase spells out: of two phrases for one word the closer one counts.
    """

    first: int
    last: int
    payload: Payload
    n_letters: int = 0

    def moved(self, n_words: int) -> Hit[Payload]:
        """Return the hit `n_words` further on, for words that are part of a longer row."""
        return Hit(self.first + n_words, self.last + n_words, self.payload, self.n_letters)


def _agrees(part: str, word: str) -> bool:
    if part.startswith("*"):
        return part[1:-1] in word if part.endswith("*") else word.endswith(part[1:])
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


class _Opening:
    """Finds which of many open words (`*` before, behind or both) a word agrees with, without trying each."""

    def __init__(self) -> None:
        self._heads: dict[str, list[int]] = {}
        self._tails: dict[str, list[int]] = {}
        self._middles: list[tuple[str, int]] = []
        self._head_lengths: frozenset[int] = frozenset()
        self._tail_lengths: frozenset[int] = frozenset()

    def add(self, part: str, number: int) -> None:
        """File an open word under a number."""
        if part.startswith("*") and part.endswith("*"):
            self._middles.append((part[1:-1], number))
        elif part.startswith("*"):
            self._tails.setdefault(part[1:], []).append(number)
            self._tail_lengths |= {len(part) - 1}
        else:
            self._heads.setdefault(part[:-1], []).append(number)
            self._head_lengths |= {len(part) - 1}

    def numbers(self, word: str) -> list[int]:
        """Return the numbers of the open words that `word` agrees with, in order."""
        found = [number for letters, number in self._middles if letters in word]
        for length in self._head_lengths:
            if length <= len(word):
                found += self._heads.get(word[:length], ())
        for length in self._tail_lengths:
            if length <= len(word):
                found += self._tails.get(word[len(word) - length :], ())
        return sorted(found)


class Phrases(Generic[Payload]):
    """A set of phrases, each with what it stands for.

    `autobahn*` is a word that begins so, `*halle` one that ends so (or is "halle"), `rail siding*`
    two words in a row. Letters are folded as in `matcher.tokens`.
    """

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        self._open: list[tuple[tuple[str, ...], Payload]] = []
        self._opening = _Opening()
        self.payloads: list[Payload] = []
        self._by_word: dict[str, tuple[tuple[tuple[str, ...], Payload], ...]] = {}
        for phrase, payload in entries:
            self.payloads.append(payload)
            parts = tuple(fold(phrase).replace("-", " ").split())
            if "*" in parts[0]:
                self._opening.add(parts[0], len(self._open))
                self._open.append((parts, payload))
            else:
                self._exact.setdefault(parts[0], []).append((parts, payload))

    def _starting_with(self, word: str) -> tuple[tuple[tuple[str, ...], Payload], ...]:
        """Phrases whose first word agrees with `word`; remembered, since texts repeat their words."""
        known = self._by_word.get(word)
        if known is None:
            if len(self._by_word) > 50_000:
                self._by_word.clear()
            known = (
                *self._exact.get(word, ()),
                *(self._open[number] for number in self._opening.numbers(word)),
            )
            self._by_word[word] = known
        return known

    def hits(self, words: Sequence[Word]) -> list[Hit[Payload]]:
        """Return every place a phrase is found at, overlaps included, in order of the words."""
        found = []
        for first, word in enumerate(words):
            for parts, payload in self._starting_with(word.folded):
                last = first + len(parts)
                if len(parts) == 1 or (last <= len(words) and _follow(parts, words, first)):
                    found.append(Hit(first, last, payload, sum(map(len, parts)) - "".join(parts).count("*")))
        return found

    def longest_hits(self, words: Sequence[Word]) -> list[Hit[Payload]]:
        """Return hits that do not overlap: phrases of more words first, then of more letters, then the earlier."""
        taken: set[int] = set()
        kept = []
        for hit in sorted(
            self.hits(words), key=lambda hit: (hit.first - hit.last, -hit.n_letters, hit.first)
        ):
            place = range(hit.first, hit.last)
            if taken.isdisjoint(place):
                taken.update(place)
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.first)


def _follow(parts: Sequence[str], words: Sequence[Word], first: int) -> bool:
    """Tell whether the parts behind the first, two at least in all, agree with the words behind word `first`."""
    return _agrees(parts[1], words[first + 1].folded) and all(
        _agrees(parts[offset], words[first + offset].folded) for offset in range(2, len(parts))
    )
