"""How much a facet is worth before the wording of a brief is weighed: by function and facet.

The priors are readable and chosen; the learned worths of `models.choice` start from them and are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.brief import Facet, Function
from models.choice import load_worths

USUAL: Mapping[Facet, float] = MappingProxyType(
    {
        "talent": 0.5,
        "research": 0.9,
        "cluster": 4.0,
        "site": 0.8,
        "access": 1.2,
        "utilities": 0.5,
        "cost": 0.4,
        "labour_market": 0.8,
        "quality_of_life": 0.3,
        "partners": 0.5,
        "distance": 2.5,
        "agglomeration": 0.7,
    }
)
"""Chosen by judgement: a field of business at home in a place counts four ordinary needs, a stated
distance more than two; what every town can offer counts half."""

SPECIAL: Mapping[tuple[Function, Facet], float] = MappingProxyType(
    {
        ("headquarters", "agglomeration"): 1.2,
        ("rnd", "research"): 1.5,
        ("rnd", "talent"): 1.0,
        ("production", "agglomeration"): 0.4,
        ("logistics", "access"): 1.3,
        ("logistics", "agglomeration"): 0.4,
        ("data_centre", "utilities"): 1.0,
        ("services", "agglomeration"): 1.2,
        ("spin_off", "research"): 1.5,
        ("spin_off", "talent"): 1.0,
        ("spin_off", "agglomeration"): 1.0,
    }
)
"""Where a function departs from the usual; chosen by judgement."""


def prior_weight(function: Function, facet: Facet) -> float:
    """Return the chosen worth of `facet` for `function`: unitless, 1 is an ordinary need."""
    return SPECIAL.get((function, facet), USUAL[facet])


def facet_weight(function: Function, facet: Facet) -> float:
    """Return the learned worth of `facet` for `function`: unitless, 1 is an ordinary need."""
    return load_worths()[function][facet]
