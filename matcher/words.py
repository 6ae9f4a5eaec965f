"""The product's fixed words in German and English: facets, functions, statuses, and figures as people write them."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_decimal, format_percent

from corpus.records import Language
from matcher.brief import Facet, Function
from matcher.shortlist import Status

FACET_NAMES: Mapping[Facet, tuple[str, str]] = {
    "talent": ("Fachkräfte und Nachwuchs", "Talent"),
    "research": ("Forschung", "Research"),
    "cluster": ("Branchenumfeld", "Industry cluster"),
    "site": ("Fläche und Gebäude", "Land and buildings"),
    "access": ("Verkehrsanbindung", "Transport access"),
    "utilities": ("Energie und Versorgung", "Energy and utilities"),
    "cost": ("Kosten und Förderung", "Cost and funding"),
    "labour_market": ("Arbeitsmarkt", "Labour market"),
    "quality_of_life": ("Lebensqualität", "Quality of life"),
    "partners": ("Partner", "Partners"),
    "distance": ("Entfernung", "Distance"),
    "agglomeration": ("Größe und Umfeld", "Agglomeration"),
}
"""Names of the facets, as (German, English)."""

FUNCTION_NAMES: Mapping[Function, tuple[str, str]] = {
    "headquarters": ("Zentrale", "Headquarters"),
    "rnd": ("Forschung und Entwicklung", "Research and development"),
    "production": ("Produktion", "Production"),
    "logistics": ("Logistik", "Logistics"),
    "data_centre": ("Rechenzentrum", "Data centre"),
    "services": ("Dienstleistung", "Services"),
    "spin_off": ("Ausgründung", "Spin-off"),
}
"""Names of the functions, as (German, English)."""

STATUS_NAMES: Mapping[Status, tuple[str, str]] = {
    "met": ("erfüllt", "met"),
    "partly": ("teilweise erfüllt", "partly met"),
    "unmet": ("nicht erfüllt", "unmet"),
    "unknown": ("unbekannt", "unknown"),
}
"""Names of the statuses, as (German, English)."""


def in_language(pair: tuple[str, str], language: Language) -> str:
    """Return the German or the English half of a (German, English) pair."""
    return pair[0] if language == "de" else pair[1]


def tenths_text(tenths: int, language: Language) -> str:
    """Write tenths of a point as points with one decimal: 784 is "78,4" or "78.4"."""
    sign = "−" if tenths < 0 else ""
    mark = "," if language == "de" else "."
    return f"{sign}{abs(tenths) // 10}{mark}{abs(tenths) % 10}"


def number_text(value: float, language: Language) -> str:
    """Write a number the way the language does, with up to three decimals: "1.200" or "1,200"."""
    text: str = format_decimal(value, format="#,##0.###", locale=language)
    return text


def share_text(share: float, language: Language) -> str:
    """Write a share in [0, 1] as whole per cent: "87 %" or "87%"."""
    text: str = format_percent(
        share, format="#,##0\u00a0%" if language == "de" else "#,##0%", locale=language
    )
    return text
