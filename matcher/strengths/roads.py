"""Motorways by their names: which a brief asks for, which a location has, and whether two must meet."""

from __future__ import annotations

import re
from functools import lru_cache

ONE_ROAD = 0.8
"""Strength of a single motorway in the location; three are full. Chosen."""
ONE_OF_TWO = 0.5
"""What a single motorway is worth where two are asked for, or the place where they cross. Chosen."""
OTHER_ROAD = 0.2
"""What another motorway is worth than the one that is asked for by its number. Chosen."""
NEARBY = 0.4
"""What a motorway in brackets, "(A3 nearby)", or a road that is none is worth. Chosen, as for what lies outside."""

_ROAD = re.compile(r"\bA(?:\d{1,3}|\s\d{2,3})\b(?![-\s](?:min|km|ton|met|hour|hect|foot|feet))")
"""The number of a motorway, "A42" or "A 42", and no "A 40-tonne load"."""
_LESSER_ROAD = re.compile(r"\b[BLK]\s?\d")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_CROSSING = re.compile(
    r"autobahn(?:kreuz|dreieck|knoten)|\bautobahnen\b[^.;]*\b(?:kreuz|treffen)|\bkreuz(?:ung)? (?:von |zweier |der )*autobahn"
    r"|\b(?:zwei|zweier|beiden?|mehreren?|mehrerer|verschiedenen?) (?:\w+ ){0,2}autobahnen"
    r"|\binterchange|\bmotorways?\b[^.;]*\b(?:cross|intersect|meet)|\b(?:junction|crossing|intersection) of (?:\w+ ){0,2}motorways"
    r"|\bmotorway (?:crossing|intersection)|\b(?:two|both|several|different) (?:\w+ ){0,2}motorways",
    re.IGNORECASE,
)


def roads_in(text: str) -> frozenset[str]:
    """Return the numbers of the motorways that a text names: {"A1", "A42"}."""
    return frozenset(re.sub(r"\s", "", found) for found in _ROAD.findall(text))


def asks_for_crossing(text: str) -> bool:
    """Tell whether a need asks for two motorways, or for the place where they meet."""
    return _CROSSING.search(text) is not None


@lru_cache(maxsize=4_096)
def share_of(name: str, text: str, *, is_bound: bool) -> float:
    """Return how far the motorways that a location's row names serve a need worded like `text`, in [0, 1].

    One asked for by its number counts, any of several. Where two are to meet, two are enough; one is
    where it must be at the door or within a limit (`is_bound`).
    """
    own = roads_in(_IN_BRACKETS.sub("", name))
    asked = roads_in(text)
    if asked:
        return 1.0 if asked & own else NEARBY if asked & roads_in(name) else OTHER_ROAD
    if not own and _LESSER_ROAD.search(name):
        return NEARBY
    n_roads = max(len(own), 1)
    if asks_for_crossing(text):
        return 1.0 if n_roads > 1 else ONE_OF_TWO
    return 1.0 if is_bound else min(1.0, ONE_ROAD + 0.1 * (n_roads - 1))
