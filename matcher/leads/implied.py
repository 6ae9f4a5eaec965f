"""What a company is taken to need of a location by what it would place there, put to the engine's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matcher.brief import TOTAL_TENTHS, Brief, Facet, Function, Need, share_tenths
from matcher.engine import Matcher
from models.lead_features import Doubles

Implied = tuple[Facet, tuple[str, ...], str, float]

IMPLIED: Mapping[Function, tuple[Implied, ...]] = {
    "headquarters": (
        ("site", ("office",), "office space", 3),
        ("access", ("long_distance_rail",), "long-distance rail station", 2),
        ("access", ("airport",), "airport nearby", 2),
        ("talent", ("economics_business",), "graduates in business and economics", 2),
    ),
    "rnd": (
        ("research", ("institute", "laboratory"), "research institutes and laboratories", 4),
        ("research", ("university",), "university nearby", 2),
        ("talent", ("mechanical_engineering", "computer_science"), "graduates in engineering", 2),
        ("site", ("technology_park",), "technology park with laboratories", 2),
    ),
    "production": (
        ("site", ("hall", "land"), "industrial area for production", 4),
        ("access", ("motorway",), "motorway access", 2),
        ("access", ("rail_freight",), "rail freight", 1),
        ("labour_market", ("skilled_workers",), "skilled workers for production", 2),
    ),
    "logistics": (
        ("site", ("warehouse",), "logistics area for a warehouse", 4),
        ("access", ("motorway",), "motorway access", 3),
        ("access", ("combined_terminal",), "combined terminal for containers", 2),
        ("access", ("inland_port",), "inland port", 2),
    ),
    "data_centre": (
        ("utilities", ("power",), "strong power connection", 4),
        ("utilities", ("fibre",), "fibre network", 2),
        ("site", ("data_centre",), "area for a data centre", 3),
    ),
    "services": (
        ("site", ("office", "hall"), "office and workshop space", 3),
        ("access", ("motorway",), "motorway access", 3),
        ("labour_market", ("skilled_workers",), "skilled technicians", 2),
    ),
}
"""Needs by function, with their relative worths: what briefs of that function ask for most."""


def implied_brief(function: Function) -> Brief:
    """Return the brief that a company without one is taken to have."""
    implied = IMPLIED[function]
    tenths = share_tenths([worth for *_, worth in implied])
    needs = tuple(
        Need(f"n{i}", text, None, facet, worth, topics=topics)
        for i, ((facet, topics, text, _), worth) in enumerate(zip(implied, tenths, strict=True), start=1)
    )
    text = ", ".join(need.text for need in needs)
    return Brief(f"implied-{function}", text, "en", needs, function)


def function_strengths(matcher: Matcher, functions: Sequence[Function]) -> Doubles:
    """Return how well each location meets the implied needs, shape (n_locations, n_functions), in [0, 1]."""
    columns = []
    for function in functions:
        brief = implied_brief(function)
        worths = np.array([need.worth_tenths for need in brief.needs], dtype=np.float64)
        strengths = matcher.appraise(brief).strengths
        columns.append((worths[:, None] * strengths).sum(axis=0) / TOTAL_TENTHS)
    return np.column_stack(columns)
