"""The interface in two languages: which one a request gets, and figures written its way.

The catalogues are the `.po` files themselves, read once at start: nothing has to be compiled.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain, get_locale

from corpus.records import Language
from matcher.words import date_text, in_language, number_text, share_text, tenths_text

LANGUAGES: tuple[Language, ...] = ("de", "en")
CATALOGUES = Path(__file__).parent / "translations"


def catalogue_path(language: Language) -> Path:
    """Return the path of the catalogue of a language."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def read_translations(language: Language) -> Translations:
    """Return the translations of a language, built from its catalogue in memory."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


class CatalogueDomain(Domain):  # type: ignore[misc]  # flask_babel is untyped
    """Hands out translations read from the `.po` files."""

    def __init__(self) -> None:
        super().__init__()
        self._translations = {language: read_translations(language) for language in LANGUAGES}

    def get_translations(self) -> NullTranslations:
        """Return the translations of the request's language."""
        return self._translations[current_language()]


def choose_language() -> Language:
    """Return the language of the request: as switched, else as the browser asks, else German."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return "de" if chosen == "de" else "en"
    return "en" if request.accept_languages.best_match(LANGUAGES, "de") == "en" else "de"


def current_language() -> Language:
    """Return the language in use; German outside a request."""
    return "en" if str(get_locale() or "de") == "en" else "de"


def points(tenths: float) -> str:
    """Write tenths of a point, or a mean of them, as points with one decimal in the current language."""
    return tenths_text(round(tenths), current_language())


def figure(value: float | None) -> str:
    """Write a figure in the current language; nothing for None."""
    return "" if value is None else number_text(value, current_language())


def said(pair: tuple[str, str]) -> str:
    """Return the half of a (German, English) pair that is in the current language."""
    return in_language(pair, current_language())


def plain_points(tenths: int) -> str:
    """Write tenths of a point as points for a form field, without a needless decimal."""
    return plain_figure(tenths / 10)


def plain_figure(value: float | None) -> str:
    """Write a figure for a form field: the language's decimal sign, no grouping."""
    if value is None:
        return ""
    return format_decimal(
        Decimal(str(value)).normalize(),
        locale=current_language(),
        decimal_quantization=False,
        group_separator=False,
    )


def percent(share: float) -> str:
    """Write a share in [0, 1] as whole per cent in the current language."""
    return share_text(share, current_language())


def one_decimal(value: float) -> str:
    """Write a figure, such as a distance in km, with one decimal in the current language."""
    return format_decimal(value, format="0.0", locale=current_language())


def two_decimals(value: float) -> str:
    """Write a figure, such as a worth, with two decimals in the current language."""
    return format_decimal(value, format="0.00", locale=current_language())


def day(moment: str | date) -> str:
    """Write the day of a date, or of a text that begins with one, in the current language."""
    return date_text(str(moment)[:10], current_language())


def read_figure(text: str) -> float | None:
    """Read a figure typed in the current language; None when the field is empty.

    Raises
    ------
    ValueError
        If it is not a number in that language's writing.
    """
    if not text.strip():
        return None
    try:
        return float(parse_decimal(text.strip(), locale=current_language(), strict=True))
    except NumberFormatError as error:
        raise ValueError(text) from error


def set_up_languages(app: Flask) -> None:
    """Connect catalogues, language choice and the filters that write figures."""
    babel = Babel(app, locale_selector=choose_language)
    babel.domain_instance = CatalogueDomain()
    filters: dict[str, Any] = {
        "day": day,
        "points": points,
        "figure": figure,
        "plain_figure": plain_figure,
        "plain_points": plain_points,
        "percent": percent,
        "one_decimal": one_decimal,
        "two_decimals": two_decimals,
        "said": said,
    }
    app.jinja_env.filters.update(filters)
