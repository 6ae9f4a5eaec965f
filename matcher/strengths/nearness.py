"""Whether a need asks for something in the very town: then what a neighbour has hardly counts."""

from __future__ import annotations

import re

SAME_TOWN_HALF_KM = 2.0
"""Reach of a fact that must be in the same town. Chosen, so that a tenth is left in the nearest neighbour;
checked on the graded briefs of the part fit."""

_SAME_TOWN = re.compile(
    r"\b(?:am|vor) ort\b|\b(?:ö|oe)rtliche[mnrs]?\b|\bin (?:dieser|derselben|der ?selben|der gleichen) stadt\b"
    r"|\bam (?:selben|gleichen) ort\b|\bin der stadt selbst\b"
    r"|\b(?:same|very) (?:city|town|place|municipality)\b|\bin (?:the )?town\b|\blocal(?:ly)?\b"
    r"|\bin the (?:city|town) itself\b",
    re.IGNORECASE,
)


def reach_half_km(text: str, usual_km: float) -> float:
    """Return the distance in km at which half of a fact's use is left for a need worded like `text`."""
    return min(usual_km, SAME_TOWN_HALF_KM) if _SAME_TOWN.search(text) else usual_km
