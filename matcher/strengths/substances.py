"""Substances that pipelines carry: one that a need names by name is not met by a pipe for another."""

from __future__ import annotations

import re
from functools import lru_cache

OTHER = 0.4
"""What a pipeline is worth that is not said to carry the substance asked for: its network may be extended. Chosen."""
_WORDS: tuple[str, ...] = (
    "ethylen|ethen",
    "propylen|propen",
    "butadien|c4",
    "benzol|benzene",
    "cumol|cumene",
    "methanol",
    "ammoniak|ammonia",
    "wasserstoff|hydrogen|h2",
    "sauerstoff|oxygen",
    "stickstoff|nitrogen",
    "kohlenmonoxid|carbon monoxide",
    "chlor|chlorine",
    "roh(?:ö|oe)l|crude oil",
    "erdgas|natural gas",
    "co2|kohlendioxid|carbon dioxide",
)
"""Words of one substance each, in both languages, at the beginning of a word."""
_SUBSTANCES = tuple(re.compile(rf"\b(?:{words})", re.IGNORECASE) for words in _WORDS)


@lru_cache(maxsize=16_384)
def share_of(words: str, asked: str) -> float:
    """Return how far infrastructure described by `words` carries what a need worded like `asked` names, in [0, 1]."""
    named = [pattern for pattern in _SUBSTANCES if pattern.search(asked)]
    return 1.0 if not named or any(pattern.search(words) for pattern in named) else OTHER
