"""Counts how many expected quantities are read exactly: words (span), comparison, figures and unit."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matcher.quantities import Quantity, find_quantities


@dataclass(frozen=True)
class Expected:
    """One quantity as a person reads it."""

    quoted: str
    comparison: str
    minimum: float | None
    maximum: float | None
    unit: str


@dataclass(frozen=True)
class Phrase:
    """A text in one language with all its quantities."""

    language: str
    text: str
    expected: tuple[Expected, ...]


@dataclass
class Score:
    """Exact readings among those expected, and what was read without being there."""

    n_phrases: int = 0
    n_expected: int = 0
    n_exact: int = 0
    n_extra: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Exact readings by expected ones plus those that are not there."""
        return self.n_exact / (self.n_expected + self.n_extra)


def score(phrases: Iterable[Phrase]) -> Score:
    """Read every phrase in its language and compare."""
    total = Score()
    for phrase in phrases:
        found = list(find_quantities(phrase.text, phrase.language))  # type: ignore[arg-type]
        total.n_phrases += 1
        total.n_expected += len(phrase.expected)
        for expected in phrase.expected:
            exact = next((quantity for quantity in found if is_exact(quantity, expected)), None)
            if exact is None:
                total.misses.append(f"{phrase.language}: {phrase.text!r}: missed {expected}")
            else:
                found.remove(exact)
                total.n_exact += 1
        wrong = max(0, len(found) - (len(phrase.expected) - _n_read(phrase, found)))
        total.n_extra += wrong
        total.misses.extend(
            f"{phrase.language}: {phrase.text!r}: read {_short(quantity)}" for quantity in found
        )
    return total


def _n_read(phrase: Phrase, left: Sequence[Quantity]) -> int:
    """Number of expected quantities of a phrase that were read exactly."""
    return sum(
        any(is_exact(q, e) for q in find_quantities(phrase.text, phrase.language))  # type: ignore[arg-type]
        for e in phrase.expected
    )


def is_exact(quantity: Quantity, expected: Expected) -> bool:
    """Whether words, comparison, figures and unit all agree."""
    return (
        quantity.text == expected.quoted
        and quantity.comparison == expected.comparison
        and quantity.unit == expected.unit
        and _equal(quantity.minimum, expected.minimum)
        and _equal(quantity.maximum, expected.maximum)
    )


def _equal(one: float | None, other: float | None) -> bool:
    """Whether two figures are the same up to rounding, or both missing."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _short(quantity: Quantity) -> str:
    """One line about a quantity."""
    return f"{quantity.text!r} {quantity.comparison} {quantity.minimum} {quantity.maximum} {quantity.unit}"


def phrases_by_hand() -> list[Phrase]:
    """The phrases annotated by hand: of real briefs, and RFI-like ones of our own."""
    grouped: dict[tuple[str, str], list[Expected]] = {}
    with Path(__file__).with_name("by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected = grouped.setdefault((row["language"], row["text"]), [])
            if row["quoted"]:
                expected.append(
                    Expected(row["quoted"], row["comparison"], _figure(row["minimum"]), _figure(row["maximum"]), row["unit"])
                )  # fmt: skip
    return [Phrase(language, text, tuple(expected)) for (language, text), expected in grouped.items()]


def _figure(written: str) -> float | None:
    """A figure of the file, None where the cell is empty."""
    return float(written) if written else None
