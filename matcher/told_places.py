"""Places that a brief only tells of: where the company is today, where its people live or its customers are.

Nobody asks to be near them in words, yet readers of briefs and companies themselves stay near: the staff is there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from corpus.records import Language, Region
from matcher.brief import Need, Place
from matcher.clauses import Clause, clause_at
from matcher.gazetteer import PlaceMention
from matcher.geometry import distance_km
from matcher.named_places import is_left_behind
from matcher.tokens import Word

NEARNESS = {
    "de": "Nähe zu {place}, in der Anfrage genannt",
    "en": "Nearness to {place}, which the brief mentions",
}
TOWN_SHARE = 0.5
"""What a town outside the region counts beside one of its locations. Chosen; checked on the graded short briefs."""
TOWN_WITHIN_KM = 40.0
"""Towns further from every location of the region are markets and head offices: nobody commutes from there. Chosen."""


def told_places(
    words: Sequence[Word],
    clauses: Sequence[Clause],
    mentions: Sequence[PlaceMention],
    needs: Sequence[Need],
    region: Region,
) -> dict[Place, float]:
    """Return the places that a brief tells of beside those that `needs` have or measure a way to, and how much each counts.

    In the order of the words. What it refuses, leaves, or names in courtesies and contact details is left out.
    """
    known = {need.place for need in needs if need.place}
    asked = [need.span for need in needs if need.span and need.facet == "distance"]
    starts = [word.start for word in words]
    told: dict[Place, float] = {}
    for mention in mentions:
        place = mention.place
        if place is None or place in known or any(start <= mention.span[0] < end for start, end in asked):
            continue
        first, last = (bisect_left(starts, end) for end in mention.span)
        clause = clause_at(clauses, first)
        if clause is None or clause.is_idle or clause.is_avoided:
            continue
        if not is_left_behind(words, clause, first, last) and (share := _share(mention, region)):
            told[place] = share
    return told


def nearness_to(place: Place, language: Language) -> Need:
    """Return the need to be near a place that no words ask for."""
    return Need("", NEARNESS[language].format(place=place.name), None, "distance", 0, place=place)


def _share(mention: PlaceMention, region: Region) -> float:
    if mention.kind == "location":
        return 1.0
    if mention.kind != "town" or mention.place is None:
        return 0.0
    latitudes, longitudes = np.array([(at.latitude, at.longitude) for at in region.locations]).T
    ways = distance_km(latitudes, longitudes, mention.place.latitude, mention.place.longitude)
    return TOWN_SHARE if ways.min() <= TOWN_WITHIN_KM else 0.0
