"""Reads a term, a number with its multiplier, currency and unit, and the range that two terms make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher import comparisons
from matcher.comparisons import Comparison
from matcher.headcounts import read_counted
from matcher.numbers import Number, read_number
from matcher.units import CURRENCIES, CURRENCY, Unit, rate_after_currency, read_multiplier, read_unit

_CURRENCY_BEFORE = re.compile(rf"(?<!\w)(?P<currency>{CURRENCY})[\s\u00a0]?$")
_CURRENCY_AHEAD = re.compile(rf"(?P<currency>{CURRENCY})\s?")
_JOINT = re.compile(
    r"""\s?(?:(?P<dash>-|–|—|−|‐|‑)|\b(?P<word>bis\szu|bis|to|till|up\sto)\b|(?P<comma>,)?\s?\b(?P<either>oder|or|und|and|bzw\.)(?=\s)|(?P<only_comma>,)(?=\s))\s?""",
    re.VERBOSE | re.IGNORECASE,
)
_PLUS = re.compile(r"\+(?=[\s-]?[^\W\d])")


@dataclass(frozen=True, slots=True)
class Term:
    """A number with the multiplier and the unit that stand directly at it."""

    start: int
    end: int
    number: Number
    multiplier: float
    unit: Unit | None
    is_currency_before: bool
    is_open: bool = False
    """A plus sign follows the number: "5+ ha"."""


def _currency(written: str) -> str:
    """Code of a currency as written."""
    return CURRENCIES[" ".join(written.lower().split())]


def read_term(
    text: str,
    position: int,
    *,
    floor: int | None = None,
    joins_and: bool = True,
    after_currency: bool = False,
) -> Term | None:
    """Read a number with its multiplier, currency and unit; the unit may be missing.

    A currency before the number is looked for back to `floor`; None: not at all. `after_currency` says
    that one stood before the first end of a range, so that "m" means a million.
    """
    number = read_number(text, position, joins_and=joins_and)
    if number is None:
        return None
    low = position if floor is None else max(floor, position - 14)
    before = _CURRENCY_BEFORE.search(text[low:position])
    in_money = after_currency or before is not None
    multiplier, end = read_multiplier(text, number.end, after_currency=in_money) or (1.0, number.end)
    if before:
        currency = _currency(before["currency"])
        unit, end = rate_after_currency(text, end, currency)
        return Term(low + before.start(), end, number, multiplier, unit, True)
    is_open = bool(_PLUS.match(text, end))
    after = end + is_open
    is_single = number.is_article and multiplier == 1.0
    read = read_unit(text, after) or (None if is_single else read_counted(text, after))
    if read is None:
        return Term(position, end, number, multiplier, None, False)
    return Term(position, read[1], number, multiplier, read[0], False, is_open)


def read_range(text: str, first: Term, comparison: Comparison | None) -> tuple[Term, Comparison] | None:
    """Read the second end of a range after `first`; None when there is none."""
    joint = _JOINT.match(text, first.end)
    if not joint or (first.number.is_article and first.unit is not None):
        return None
    low, position = skip_comparison(text, joint.end())
    if joint["either"] and joint["either"].lower() in ("und", "and"):
        if comparison != "between" and not (comparison == "at_least" and low == "at_most"):
            return None
    elif (joint["only_comma"] and not (comparison == "at_least" and low == "at_most")) or (
        joint["either"] and first.unit is not None and not first.is_currency_before
    ):
        return None
    currency = _CURRENCY_AHEAD.match(text, position)
    if currency and first.unit and _currency(currency["currency"]) != first.unit.unit:
        return None
    second = read_term(
        text, currency.end() if currency else position, after_currency=first.is_currency_before
    )
    if second is None:
        return None
    if second.unit is None and first.is_currency_before:
        second = replace(second, unit=first.unit)
    if second.unit is None:
        return None
    if first.unit and not first.is_currency_before and _dimension(first.unit) != _dimension(second.unit):
        return None
    lower, upper = ends(first, second)
    if not lower < upper:
        return None
    joined: Comparison = "between"
    if comparison in ("at_least", "at_most") and low is None and not joint["only_comma"]:
        joined = comparison
    return second, joined


def read_bare_second(text: str, first: Term, *, is_between: bool = False) -> Term | None:
    """Read the second end of a range whose unit was said before it."""
    joint = _JOINT.match(text, first.end)
    if not joint or not (joint["dash"] or joint["word"] or (is_between and joint["either"])):
        return None
    second = read_term(text, joint.end())
    if second is None or second.unit is not None or second.number.value <= first.number.value:
        return None
    return replace(second, unit=first.unit)


def skip_comparison(text: str, position: int) -> tuple[Comparison | None, int]:
    """Step over words such as "höchstens" or "ca." before the second number of a range."""
    found = re.compile(r"(?:[^\s\d]+\s){1,3}?(?=\d|\w)|[<>≤≥~]\s?").match(text, position)
    if found:
        comparison, start = comparisons.before(text, found.end(), floor=position)
        if comparison is not None and start == position:
            return comparison, found.end()
    return None, position


def _dimension(unit: Unit) -> str:
    """Name what two ends of a range must share."""
    return unit.unit if unit.kind in ("money", "price", "duration") else unit.kind


def ends(first: Term, second: Term) -> tuple[float, float]:
    """Values of both ends in the unit of the second, sharing a multiplier said only once."""
    unit = second.unit
    if unit is None:
        raise ValueError("the second end of a range has a unit")
    shared = 1.0
    if first.multiplier == 1.0 and (first.unit is None or first.is_currency_before):
        if second.multiplier != 1.0 and first.number.value < second.number.value:
            shared = second.multiplier
        elif second.number.tail != 1.0 and second.number.base and first.number.value < second.number.base:
            shared = second.number.tail
    lower = first.number.value * first.multiplier * shared * _scale(first.unit or unit, unit)
    return lower, second.number.value * second.multiplier * unit.factor


def _scale(unit: Unit, into: Unit) -> float:
    """Factor from `unit` into the kept unit of `into`, also between ha and m² and between km and m."""
    if unit.unit == into.unit:
        return unit.factor
    return unit.factor * {("m²", "ha"): 1e-4, ("ha", "m²"): 1e4, ("m", "km"): 1e-3, ("km", "m"): 1e3}.get(
        (unit.unit, into.unit), 1.0
    )
