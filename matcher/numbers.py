"""Reads one number as people write it: digits with German or English signs, or words of either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import parse_decimal
from text_to_num import text2num

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_DIGITS = re.compile(
    r"""(?:
        (?P<spaced>\d{1,3}(?:[\u0020\u00a0\u2009\u202f'’]\d{3})+(?:[.,]\d+)?)(?![.,]?\d)
      | (?P<dots>\d{1,3}(?:\.\d{3})+(?:,\d+)?)(?![.,]?\d)
      | (?P<commas>\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?![.,]?\d)
      | (?P<plain>\d+(?:[.,]\d+)?)(?![.,]?\d)
    )(?P<fraction>\s?[½¼¾⅓⅔]|\s1/2|\s1/4|\s3/4)?
    | (?P<only_fraction>[½¼¾⅓⅔])""",
    re.VERBOSE,
)

_DE_PARTS = (
    "ein(?:s|e[nrms]?)?|zwei|zwo|drei|vier|fünf|fuenf|sechs|sech|sieben|sieb|acht|neun|zehn|elf|zwölf|zwoelf|"
    "zwanzig|zig|ßig|ssig|hundert|tausend|und"
)
_DE_WORD = rf"(?!und)(?:{_DE_PARTS})+"
EN_ONE = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)
_EN_PHRASE = rf"(?:an?\s+(?=hundred|thousand))?(?:{EN_ONE})(?:[\s-]+(?:{EN_ONE}))*"
_EN_WITH_AND = rf"{_EN_PHRASE}(?:(?:(?<=hundred)|(?<=thousand))\s+and\s+{_EN_PHRASE})*"

_HALVES = re.compile(
    rf"""\b(?:
        (?P<de_and_half>ander|(?:{_DE_PARTS})+ein)(?:t?halb)(?:e[nrms]?)?
      | (?P<de_half>(?:(?:der|die|das|ein(?:e[nrms]?)?)\s+)?halbe[nrms]?)
      | (?P<en_and_half>{_EN_PHRASE})[\s-]+and[\s-]+a[\s-]+half
      | (?P<en_quarters>three[\s-]quarters?\s+of\s+an?)
      | (?P<en_quarter>(?:a\s+)?quarter\s+of\s+an?)
      | (?P<en_half>half(?:\s+of)?\s+an?|(?:an?\s+)?half(?=[\s-]))
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(rf"\b(?:(?P<de>{_DE_WORD})|(?P<en>{_EN_WITH_AND})|(?P<article>an?))\b", re.IGNORECASE)
_WORDS_WITHOUT_AND = re.compile(
    rf"\b(?:(?P<de>{_DE_WORD})|(?P<en>{_EN_PHRASE})|(?P<article>an?))\b", re.IGNORECASE
)
_DE_ONE = re.compile(r"ein(?:s|e[nrms]?)?", re.IGNORECASE)
_DE_STEM = re.compile(rf"(?P<de>{_DE_WORD})-(?=\s+(?:bis|oder|und)\b)", re.IGNORECASE)
_TAIL = re.compile(r"^(?P<base>.+?)[\s-]*(?P<tail>hundert|tausend|hundred|thousand)$", re.IGNORECASE)
_TAIL_FACTORS = {"hundert": 100.0, "hundred": 100.0, "tausend": 1000.0, "thousand": 1000.0}

STARTS = re.compile(
    rf"(?:(?:(?<!\w)|(?<=EUR)|(?<=USD)|(?<=GBP)|(?<=CHF))(?<!\d[.,/:])(?=[\d½¼¾⅓⅔])|\b(?=(?:{_DE_PARTS}|ander|halb|{EN_ONE}|half|quarter|an?\b)))",
    re.IGNORECASE,
)
"""Where a number could begin; cheap, and often wrong."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written at `start:end`, with its value.

    `other` is the second possible reading of an ambiguous figure ("1.200": 1200 or 1.2), where `value`
    takes the mark for thousands. `tail` is the closing hundred or thousand of a number in words and
    `base` the number before it, so that "twenty to thirty thousand" can be read.
    """

    start: int
    end: int
    value: float
    written: str
    other: float | None = None
    tail: float = 1.0
    base: float | None = None
    is_article: bool = False

    @property
    def mark(self) -> str:
        """The sign of an ambiguous figure: a full stop or a comma."""
        return "." if "." in self.written else ","


def read_number(text: str, position: int, *, joins_and: bool = True) -> Number | None:
    """Read the number that begins at `position`; None when there is none.

    Parameters
    ----------
    text : str
        Any text.
    position : int
        Index where the number must begin.
    joins_and : bool
        Whether an English "and" may belong to the number ("two hundred and fifty"); false after "between".
    """
    if found := _DIGITS.match(text, position):
        return _from_digits(found)
    if found := _HALVES.match(text, position):
        return _from_halves(found)
    if found := _DE_STEM.match(text, position):
        value = _in_words(found["de"], "de")
        return None if value is None else Number(found.start(), found.end(), value, found[0], base=value)
    words = _WORDS if joins_and else _WORDS_WITHOUT_AND
    if found := words.match(text, position):
        return _from_words(found)
    return None


def _from_digits(found: re.Match[str]) -> Number:
    """Value of a figure; the decimal sign follows from its form, or stays ambiguous."""
    if found["only_fraction"]:
        return Number(found.start(), found.end(), _FRACTIONS[found["only_fraction"]], found[0])
    written = found["spaced"] or found["dots"] or found["commas"] or found["plain"]
    other: float | None = None
    if found["spaced"]:
        joined = re.sub(r"[\s'’]", "", written)
        value = _parse(joined, "de" if "," in joined else "en")
    elif found["dots"]:
        value = _parse(written, "de")
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written):
            other = _parse(written, "en")
        elif re.fullmatch(r"0\.\d{3}", written):
            value = _parse(written, "en")
    elif found["commas"]:
        value = _parse(written, "en")
        if re.fullmatch(r"[1-9]\d{0,2},\d{3}", written):
            other = _parse(written, "de")
        elif re.fullmatch(r"0,\d{3}", written):
            value = _parse(written, "de")
    else:
        value = _parse(written, "de" if "," in written else "en")
    if found["fraction"]:
        sign = found["fraction"].strip()
        value += _FRACTIONS[sign] if sign in _FRACTIONS else int(sign[0]) / int(sign[2])
        other = None
    return Number(found.start(), found.end(), value, written, other)


@lru_cache(maxsize=4096)
def _parse(digits: str, locale: str) -> float:
    """Value of digits with the signs of `locale` ("de": 1.200,5; "en": 1,200.5)."""
    return float(parse_decimal(digits, locale=locale))


def _from_halves(found: re.Match[str]) -> Number | None:
    """Value of a half, a quarter, or a number and a half."""
    value: float | None
    if found["de_and_half"]:
        stem = found["de_and_half"].lower()
        whole = 1.0 if stem in ("ander", "einein") else _in_words(stem.removesuffix("ein"), "de")
        value = None if whole is None else whole + 0.5
    elif found["en_and_half"]:
        whole = _in_words(found["en_and_half"], "en")
        value = None if whole is None else whole + 0.5
    elif found["en_quarters"]:
        value = 0.75
    elif found["en_quarter"]:
        value = 0.25
    else:
        value = 0.5
    return None if value is None else Number(found.start(), found.end(), value, found[0])


def _from_words(found: re.Match[str]) -> Number | None:
    """Value of a number in words, or of an article ("an hour", "eine Stunde")."""
    phrase = found[0]
    if found["article"] or _DE_ONE.fullmatch(phrase):
        return Number(found.start(), found.end(), 1.0, phrase, base=1.0, is_article=True)
    language = "de" if found["de"] else "en"
    value = _in_words(phrase, language)
    if value is None:
        return None
    tail = _TAIL.match(phrase)
    base = _in_words(tail["base"], language) if tail else None
    if tail is None or base is None:
        return Number(found.start(), found.end(), value, phrase, base=value)
    factor = _TAIL_FACTORS[tail["tail"].lower()]
    return Number(found.start(), found.end(), value, phrase, tail=factor, base=base)


@lru_cache(maxsize=4096)
def _in_words(phrase: str, language: str) -> float | None:
    """Value of a number in words, None when the words make no number."""
    plain = re.sub(r"[\s-]+", " ", phrase.lower()).replace("fuenf", "fünf").replace("zwoelf", "zwölf")
    plain = plain.replace("fourty", "forty")
    if language == "de" and _DE_ONE.fullmatch(plain):
        return 1.0
    if language == "en":
        plain = re.sub(r"^an? (?=hundred|thousand)", "one ", plain)
        if plain in ("a", "an"):
            return 1.0
    try:
        return float(text2num(plain, language))
    except ValueError:
        return None
