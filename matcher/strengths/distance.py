"""Distance to a place the investor names: measured between coordinates, against the stated limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence
from matcher.activity import activities_in
from matcher.brief import Place
from matcher.compass import MIDDLE, SIDES, Alternatives, Side, names_edge, parts_in
from matcher.facts import Facts
from matcher.findings import MET, PARTLY, UNMET, Codes, Finding, status_codes
from matcher.gazetteer import Course, courses
from matcher.geometry import FAINTEST, Doubles, distance_km
from matcher.strengths.question import Question
from matcher.strengths.statements import from_statements
from matcher.tokens import words_of

NEXT_TO = {"site": 1.0, "infrastructure": 0.9, "company": 0.9, "industry": 0.9, "research_institute": 0.8}
"""Statements that can say what a location lies next to, when a brief names no place but a kind of one
("short distance to a chemical complex")."""
NEXT_TO_HALF_KM = 5.0
PREFERRED_HALF_KM = 8.0
"""A town named without a limit: half the strength is left at this distance (a neighbouring town)."""
AREA_HALF_KM = 10.0
"""From the edge of an area on: half the strength is left at this distance, as its edge is a matter of
opinion. Chosen; checked on the graded briefs of the part fit."""
ABROAD_SHARE = 0.35
"""A far place named without a limit: half the strength is left where the way grows by this share of
the way from the nearest location (to the middle of an area)."""
SIDE_FROM, SIDE_FULL = 0.4, 0.75
"""Share of the way across the region from which a location begins to lie on a side, and lies there fully."""
EDGE_FROM, EDGE_FULL = 0.5, 0.85
"""The same for the edge of a side, which sets no more locations aside than its side: where it begins is a matter
of opinion. Chosen by judgement."""
TOLERANCE = 1.5
"""A limit missed by up to half is missed in part; beyond that it is unmet."""


_NAMES: Mapping[Side, tuple[str, str]] = {
    "east": ("im Osten", "the east"),
    "west": ("im Westen", "the west"),
    "north": ("im Norden", "the north"),
    "south": ("im Süden", "the south"),
    "centre": ("in der Mitte", "the middle"),
}


def _in_parts(question: Question, alternatives: Alternatives) -> Finding:
    """Return how far each location lies in one of the parts asked for, within the box of those with facts.

    With a limit, "at most half an hour for our staff in the east", the share of those fully on that side that lie
    within it; the middle is near to all. Locations without facts of their own do not stretch the box, so that an empty one changes nothing
    for the others.
    """
    facts = question.facts
    east = _share(facts.surroundings.longitudes, facts.owns_evidence)
    north = _share(facts.surroundings.latitudes, facts.owns_evidence)
    off_centre = np.hypot(east - 0.5, north - 0.5) / 0.5
    on = {"east": east, "west": 1 - east, "north": north, "south": 1 - north, "centre": 1 - off_centre}
    shares = [np.min([on[side] for side in SIDES if side in part], axis=0) for part in alternatives]
    share: Doubles = np.max(shares, axis=0)
    on_side = np.clip((share - SIDE_FROM) / (SIDE_FULL - SIDE_FROM), 0.0, 1.0)
    codes = status_codes(on_side, known=np.ones(facts.n_locations, dtype=bool))
    on_edge = np.clip((share - EDGE_FROM) / (EDGE_FULL - EDGE_FROM), 0.0, 1.0)
    strengths = on_edge if names_edge(question.need.text) else on_side
    there = (on_side == 1.0) & facts.owns_evidence
    is_middle = alternatives == MIDDLE or not there.any()
    limit = None if is_middle else question.limit_km
    if limit is not None:
        strengths = _share_in_reach(facts, there, limit)
        codes = status_codes(strengths, known=np.ones(facts.n_locations, dtype=bool))
    german, english = (
        join_or.join(join_and.join(_NAMES[s][i] for s in SIDES if s in part) for part in alternatives)
        for i, (join_and, join_or) in enumerate(((" und ", " oder "), (" and ", " or ")))
    )

    def explain(location: int, _: Sequence[Evidence]) -> tuple[str, str]:
        percent = round(100 * float(strengths[location]))
        if limit is not None:
            return (
                f"Erreicht {percent} % der Orte {german} der Region in höchstens {limit:.0f} km (Luftlinie).",
                f"Reaches {percent}% of the towns in {english} of the region within {limit:.0f} km (as the crow flies).",
            )
        return (
            f"Lage zu {percent} % {german} der Region (nach Koordinaten).",
            f"Lies {percent}% in {english} of the region (by coordinates).",
        )

    return Finding(question.need, strengths, codes, np.zeros(len(facts.evidence)), 0.0, explain)


def _share_in_reach(facts: Facts, there: NDArray[np.bool_], limit: float) -> Doubles:
    """Return for each location how many of some others lie within a limit, as a share; just beyond it they count in part."""
    around = facts.surroundings
    ways = distance_km(
        around.latitudes[:, None],
        around.longitudes[:, None],
        around.latitudes[there],
        around.longitudes[there],
    )
    reached: Doubles = np.mean([_within_bounds(way, None, limit)[0] for way in ways], axis=1)
    return reached


def _share(values: Doubles, counted: NDArray[np.bool_]) -> Doubles:
    framing = values[counted] if counted.any() else values
    span = float(np.ptp(framing))
    return (values - framing.min()) / span if span > 0 else np.full(len(values), 0.5)


def find(question: Question) -> Finding:
    """Return how near each location is to the need's place; unknown where neither a place nor a thing is named."""
    need, facts = question.need, question.facts
    if need.place is not None:
        return to_place(question, need.place)
    if parts := parts_in(need.text):
        return _in_parts(question, parts)
    named = activities_in(words_of(need.text))
    worded = question.meaning * facts.kind_weights(NEXT_TO) * bool(named)
    return from_statements(question, worded, NEXT_TO_HALF_KM)


def to_place(question: Question, place: Place, half_km: float = PREFERRED_HALF_KM) -> Finding:
    """Return how near each location is to a place: against the need's limit, or by `half_km` and more.

    An area begins at its edge, and without a limit it sets no location aside: it ends nowhere sharply.
    """
    facts, limit, least = question.facts, question.limit_km, question.least_km
    distances = distances_to(facts, place)
    if limit is not None or least is not None:
        strengths, codes = _within_bounds(distances, least, limit)
    else:
        nearest = float(distances[facts.owns_evidence].min()) if facts.owns_evidence.any() else 0.0
        half_km = max(
            half_km, AREA_HALF_KM if place.radius_km else 0.0, ABROAD_SHARE * (nearest + place.radius_km)
        )
        strengths = _near(distances, nearest, half_km)
        if place.radius_km:
            codes = np.maximum(status_codes(strengths), PARTLY).astype(np.int8)
        else:
            codes = status_codes(strengths, known=np.ones(facts.n_locations, dtype=bool))

    def explain(location: int, _: Sequence[Evidence]) -> tuple[str, str]:
        return way_to(place, float(distances[location]), limit, least)

    return Finding(question.need, strengths, codes, np.zeros(len(facts.evidence)), 0.0, explain)


def distances_to(facts: Facts, place: Place) -> Doubles:
    """Return how far each location is from a place, a river or the edge of an area, in km as the crow flies."""
    around = facts.surroundings
    if (course := courses().get(place.name)) is not None:
        return _to_course(around.latitudes, around.longitudes, course)
    to_middle = distance_km(around.latitudes, around.longitudes, place.latitude, place.longitude)
    return np.maximum(to_middle - place.radius_km, 0.0)


def _to_course(latitudes: Doubles, longitudes: Doubles, course: Course) -> Doubles:
    """Return the distances in km of points from the nearest stretch of a river, each taken as straight.

    The point nearest on a stretch is found on a plane, which is exact enough within a hundred kilometres.
    """
    shortest = np.full(len(latitudes), np.inf)
    for (north, east), (to_north, to_east) in pairwise(course):
        shrink = np.cos(np.radians((north + to_north) / 2))
        along, across = to_north - north, (to_east - east) * shrink
        share = (latitudes - north) * along + (longitudes - east) * shrink * across
        share = np.clip(share / (along**2 + across**2), 0.0, 1.0)
        at = distance_km(
            latitudes, longitudes, north + share * (to_north - north), east + share * (to_east - east)
        )
        shortest = np.minimum(shortest, at)
    return shortest


def way_to(place: Place, distance: float, limit: float | None, least: float | None = None) -> tuple[str, str]:
    """Say how far a place is, and how far it may be."""
    km = round(distance)
    if place.radius_km and km == 0:
        german, english = f"Liegt im Gebiet {place.name}", f"Lies in the area {place.name}"
    elif place.radius_km:
        german = f"{km} km Luftlinie bis zum Gebiet {place.name}"
        english = f"{km} km as the crow flies to the area {place.name}"
    else:
        german, english = (
            f"{km} km Luftlinie bis {place.name}",
            f"{km} km as the crow flies to {place.name}",
        )
    asked = []
    if least is not None:
        asked.append((f"mindestens {least:.0f} km", f"at least {least:.0f} km"))
    if limit is not None:
        asked.append((f"höchstens {limit:.0f} km", f"at most {limit:.0f} km"))
    if not asked:
        return f"{german}.", f"{english}."
    bounds_de, bounds_en = (
        joint.join(part) for joint, part in zip((" und ", " and "), zip(*asked, strict=True), strict=True)
    )
    return f"{german}; verlangt sind {bounds_de}.", f"{english}; {bounds_en} are asked for."


def _within_bounds(distances: Doubles, least: float | None, most: float | None) -> tuple[Doubles, Codes]:
    """Return 1 between the least and the most distance, and less the further outside, down to 0 at `TOLERANCE`."""
    missed = np.zeros(len(distances))
    is_inside = np.ones(len(distances), dtype=bool)
    for bound, beyond in ((most, 1), (least, -1)):
        if bound is not None:
            over = beyond * (distances - bound)
            missed = np.maximum(missed, over / max(bound * (TOLERANCE - 1), 1.0))
            is_inside &= over <= 0
    strengths = np.clip(1 - missed, 0.0, 1.0)
    codes = np.where(is_inside, MET, status_codes(np.minimum(strengths, 0.59))).astype(np.int8)
    return strengths, np.where(strengths == 0, UNMET, codes).astype(np.int8)


def _near(distances: Doubles, nearest: float, half_km: float) -> Doubles:
    """Return 1 at the place, or `nearest` to a far one, and half where the way grows by `half_km`.

    What is nearest is taken among locations with facts of their own, so that an empty one changes
    nothing for the others.
    """
    strengths: Doubles = np.exp2(-np.maximum(distances - nearest, 0.0) / half_km)
    return np.where(strengths >= FAINTEST, strengths, 0.0)
