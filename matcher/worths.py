"""How much a need is worth before the wording of a brief is weighed: by function, facet and topic.

The priors are readable and chosen; the learned worths of `models.choice` start from them and are used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from matcher.brief import FACETS, TOPICS, WHOLE_BRIEF, Facet, Function
from models.choice import load_worths

TopicOfFacet = tuple[Facet, str]
FunctionShares = Sequence[tuple[Function, float]]
"""Functions that a brief may be about and their probabilities, which add up to 1."""
NO_TOPIC, UNASKED = "no_topic", "unasked"
ALIKE: frozenset[Facet] = frozenset({"talent"})
"""Facets whose topics are worth the same: a field of study is not worth less than another."""
LEARNED_TOPICS: tuple[TopicOfFacet, ...] = tuple(
    (facet, topic)
    for facet in FACETS
    for topic in (*(TOPICS.get(facet, ()) if facet not in ALIKE else ()), NO_TOPIC, UNASKED)
    if topic != WHOLE_BRIEF
)
"""What has a factor of its own beside its facet's worth."""

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


_is_before_learning: ContextVar[bool] = ContextVar("_is_before_learning", default=False)


@contextmanager
def before_learning() -> Iterator[None]:
    """Make needs worth what was chosen before anything was learned, as long as it lasts: no fit may rest on the last one."""
    token = _is_before_learning.set(True)
    try:
        yield
    finally:
        _is_before_learning.reset(token)


def facet_weight(function: Function, facet: Facet) -> float:
    """Return the learned worth of `facet` for `function`: unitless, 1 is an ordinary need."""
    if _is_before_learning.get():
        return prior_weight(function, facet)
    return load_worths().by_function[function][facet]


def topic_shares(facet: Facet, topics: Sequence[str], *, is_asked: bool = True) -> dict[TopicOfFacet, float]:
    """Return how those topics of a need that have a factor share it; what no words ask for, and what has no topic, is a
    topic of its own.
    """
    names = (topics or (NO_TOPIC,)) if is_asked else (UNASKED,)
    return {(facet, name): 1 / len(names) for name in names if (facet, name) in LEARNED_TOPICS}


def topic_factor(facet: Facet, topics: Sequence[str], *, is_asked: bool = True) -> float:
    """Return what the topics of a need make of its facet's worth: the geometric mean of their learned factors."""
    learned = {} if _is_before_learning.get() else load_worths().by_topic
    shares = topic_shares(facet, topics, is_asked=is_asked)
    logs = (share * math.log(learned.get(of, {}).get(name, 1.0)) for (of, name), share in shares.items())
    return math.exp(sum(logs))


def topic_factors() -> Mapping[Facet, list[tuple[str, float]]]:
    """Return what each topic makes of its facet's worth, by facet, the largest first; only what was learned."""
    learned = load_worths().by_topic
    found = {facet: list(learned.get(facet, {}).items()) for facet in FACETS}
    return {facet: sorted(rows, key=lambda row: (-row[1], row[0])) for facet, rows in found.items() if rows}


def expected_weight(
    shares: FunctionShares, weight: Callable[[Function, Facet], float], facet: Facet
) -> float:
    """Return the mean of a facet's worths over the functions that a brief may be about, each by its probability."""
    return sum(share * weight(function, facet) for function, share in shares)


def need_weight(shares: FunctionShares, facet: Facet, topics: Sequence[str]) -> float:
    """Return the learned worth of a need that words ask for, before their wording is weighed."""
    return expected_weight(shares, facet_weight, facet) * topic_factor(facet, topics)


def unasked_weight(shares: FunctionShares, facet: Facet) -> float:
    """Return the learned worth of a need that no words ask for."""
    return expected_weight(shares, facet_weight, facet) * topic_factor(facet, (), is_asked=False)
