"""What a brief says of the company's business: its words without those that name a service it wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from matcher.brief import Brief, Facet, Function, Need
from matcher.concepts import main_activities

OF_FUNCTION: Mapping[Function, frozenset[str]] = MappingProxyType(
    {
        "headquarters": frozenset(),
        "rnd": frozenset(),
        "production": frozenset(),
        "logistics": frozenset({"logistics", "warehouse"}),
        "data_centre": frozenset({"data_centre"}),
        "services": frozenset(),
        "spin_off": frozenset({"startup_centre"}),
    }
)
"""What a function itself adds to the fields of business a brief names."""

N_FIELDS = 5
"""Fields of business a brief is taken to be about, the most often named; a long one mentions many more."""
SERVICES: frozenset[Facet] = frozenset(
    {"access", "utilities", "cost", "labour_market", "quality_of_life", "distance"}
)
"""Facets whose words name a service and not the company's business: solar power on the roof makes no
solar company."""


def business_text(text: str, needs: Iterable[Need]) -> str:
    """Return the text of a brief, as long as it was, with blanks for the words of needs that name a service."""
    letters = list(text)
    for need in needs:
        if need.span and need.facet in SERVICES:
            letters[slice(*need.span)] = " " * (need.span[1] - need.span[0])
    return "".join(letters)


def business_of(brief: Brief) -> frozenset[str]:
    """Return the fields of business that a brief names, its function's among them."""
    named = main_activities(business_text(brief.text, brief.needs), N_FIELDS)
    return (named or main_activities(brief.text, N_FIELDS)) | OF_FUNCTION[brief.function]
