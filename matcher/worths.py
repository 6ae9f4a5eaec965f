"""How much a facet is worth before the wording of a brief is weighed: by function and facet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.brief import Facet, Function

USUAL: Mapping[Facet, float] = MappingProxyType(
    {
        "talent": 1.0,
        "research": 0.9,
        "cluster": 1.0,
        "site": 1.0,
        "access": 1.0,
        "utilities": 0.9,
        "cost": 0.6,
        "labour_market": 0.8,
        "quality_of_life": 0.5,
        "partners": 0.6,
        "distance": 1.0,
        "agglomeration": 1.5,
    }
)
"""Chosen by judgement: what decides between locations counts 1, soft factors half."""

SPECIAL: Mapping[tuple[Function, Facet], float] = MappingProxyType(
    {
        ("headquarters", "talent"): 1.2,
        ("headquarters", "site"): 0.8,
        ("headquarters", "agglomeration"): 2.0,
        ("rnd", "research"): 1.6,
        ("rnd", "talent"): 1.4,
        ("production", "site"): 1.3,
        ("production", "utilities"): 1.2,
        ("production", "agglomeration"): 1.0,
        ("logistics", "site"): 1.4,
        ("logistics", "access"): 1.4,
        ("logistics", "talent"): 0.6,
        ("logistics", "agglomeration"): 1.0,
        ("data_centre", "utilities"): 1.6,
        ("services", "agglomeration"): 1.8,
        ("spin_off", "research"): 1.6,
        ("spin_off", "talent"): 1.3,
        ("spin_off", "site"): 0.8,
        ("spin_off", "agglomeration"): 1.8,
    }
)
"""Where a function departs from the usual; chosen by judgement, to be replaced by learned worths."""


def facet_weight(function: Function, facet: Facet) -> float:
    """Return the prior worth of `facet` for `function`: unitless, 1 is an ordinary need."""
    return SPECIAL.get((function, facet), USUAL[facet])
