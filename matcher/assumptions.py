"""Decides how an ambiguous figure is read ("1.200"), and says in a sentence which reading was taken."""

from __future__ import annotations

from dataclasses import replace

from corpus.records import Language
from matcher.sentences import SentenceLanguage, quick_language
from matcher.terms import Term, ends
from matcher.units import Unit

_WHOLE = frozenset(
    ("m²", "jobs", "people", "TEU", "EUR", "USD", "GBP", "CHF", "DEM", "kV", "min", "days", "months")
)
"""Units in which nobody writes three decimals: there "1,200" is 1200 in either language."""
WORDINGS: dict[Language, dict[str, str]] = {
    "de": {
        "thousands": "„{written}“ wurde als {value} gelesen ({mark} als Tausenderzeichen), nicht als {other}.",
        "decimal": "„{written}“ wurde als {value} gelesen ({mark} als Dezimalzeichen), nicht als {other}.",
        ".": "der Punkt",
        ",": "das Komma",
        "apparent_power": "Scheinleistung in MVA wurde wie Wirkleistung in MW gelesen (Leistungsfaktor 1).",
        "currency": "Bei „{written}“ steht keine Währung; es wurde als Betrag in Euro gelesen.",
        "period": "„{written}“ wurde als das Quartal gelesen, in das es fällt.",
    },
    "en": {
        "thousands": "“{written}” was read as {value} ({mark} marking thousands), not as {other}.",
        "decimal": "“{written}” was read as {value} ({mark} as the decimal sign), not as {other}.",
        ".": "the full stop",
        ",": "the comma",
        "apparent_power": "Apparent power in MVA was read as real power in MW (power factor 1).",
        "currency": "“{written}” has no currency; it was read as an amount in euros.",
        "period": "“{written}” was read as the quarter in which it falls.",
    },
}


def assumption_of(
    text: str, first: Term, second: Term | None, unit: Unit, language: Language | None
) -> str | None:
    """Say in one or more sentences which readings were taken; None when there was no choice."""
    said: list[str] = []
    for term in (first, second) if second else (first,):
        if term and term.number.other is not None:
            speech = wording_language(text, term.number.start, language)
            value = resolved(text, term, unit, language)
            is_thousands = value == term.number.value
            other = term.number.other if is_thousands else term.number.value
            said.append(
                WORDINGS[speech]["thousands" if is_thousands else "decimal"].format(
                    written=term.number.written,
                    value=_plain(value, speech),
                    other=_plain(other, speech),
                    mark=WORDINGS[speech][term.number.mark],
                )
            )
    if unit.note:
        said.append(WORDINGS[wording_language(text, first.start, language)][unit.note])
    return " ".join(said) or None


def resolved(text: str, term: Term, unit: Unit, language: Language | None) -> float:
    """Value of a figure, an ambiguous one read by language and plausibility."""
    number = term.number
    if number.other is None:
        return number.value
    if unit.unit in _WHOLE and term.multiplier == 1.0:
        return number.value
    speech = _language_at(text, number.start, language)
    return number.other if (speech, number.mark) in (("de", ","), ("en", ".")) else number.value


def resolved_ends(text: str, first: Term, second: Term, language: Language | None) -> tuple[float, float]:
    """Both ends of a range after ambiguous figures were read."""
    unit = second.unit
    if unit is None:
        raise ValueError("the second end of a range has a unit")
    read_first = replace(
        first, number=replace(first.number, value=resolved(text, first, first.unit or unit, language))
    )
    read_second = replace(second, number=replace(second.number, value=resolved(text, second, unit, language)))
    lower, upper = ends(read_first, read_second)
    if lower >= upper:
        lower, upper = ends(first, second)
    return tidy(lower), tidy(upper)


def tidy(value: float) -> float:
    """Remove the dust of binary multiplication (0.07 * 100)."""
    return float(f"{value:.12g}")


def _plain(value: float, language: Language) -> str:
    """Write a value without marks for thousands, with the decimal sign of `language`."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if language == "de" else written


def _language_at(text: str, position: int, language: Language | None) -> SentenceLanguage:
    """Language of the sentence around `position`, unless it is given."""
    if language is not None:
        return language
    left = max(text.rfind(sign, 0, position) for sign in ("\n", ". ", "! ", "? ")) + 1
    right = text.find("\n", position)
    near = quick_language(text[left : right if right >= 0 else len(text)])
    return near if near != "undetermined" else quick_language(text)


def wording_language(text: str, position: int, language: Language | None) -> Language:
    """Language in which an assumption is worded: English unless the sentence is German."""
    return "de" if _language_at(text, position, language) == "de" else "en"
