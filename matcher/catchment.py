"""Talent in the catchment of a location: universities and degree programmes within reach of commuters."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Institution, Location, Programme, Region
from matcher.errors import MatcherError
from matcher.geometry import distance_km, reach_km
from matcher.strengths.talent import HALF_KM

CATCHMENT_KM = reach_km(HALF_KM)
"""As far as talent reaches in a score: beyond, nothing of a university's pull is left."""


@dataclass(frozen=True, slots=True)
class Near:
    """A university with the distance in km from the location to its nearest campus."""

    institution: Institution
    campus: Location
    distance_km: float


@dataclass(frozen=True, slots=True)
class Field:
    """A field of study with its degree programmes in the catchment."""

    name: str
    programmes: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class Catchment:
    """What a location can draw on: universities, nearest first, and fields, those with most programmes first."""

    location: Location
    universities: tuple[Near, ...]
    fields: tuple[Field, ...]


def catchment(region: Region, location_id: str) -> Catchment:
    """Return the universities with a campus within reach of a location, and what they teach.

    Nationwide distance-learning universities are left out: their students are not in the region.

    Raises
    ------
    MatcherError
        If the region has no such location.
    """
    location = region.location_by_id.get(location_id)
    if location is None:
        raise MatcherError(f"{location_id!r} is no location of the region: give the id of one.")
    near = [
        _nearest(region, institution, location)
        for institution in region.institutions
        if institution.is_regional_talent
    ]
    inside = sorted(
        (one for one in near if one.distance_km <= CATCHMENT_KM),
        key=lambda one: (one.distance_km, one.institution.id),
    )
    ids = {one.institution.id for one in inside}
    by_field: dict[str, list[Programme]] = {}
    for programme in region.programmes:
        if programme.institution_id in ids:
            by_field.setdefault(programme.field, []).append(programme)
    fields = [Field(name, tuple(programmes)) for name, programmes in by_field.items()]
    fields.sort(key=lambda field: (-len(field.programmes), field.name))
    return Catchment(location, tuple(inside), tuple(fields))


def _nearest(region: Region, institution: Institution, location: Location) -> Near:
    campuses = [region.location_by_id[id_] for id_ in (institution.location_id, *institution.campus_ids)]
    distances = [
        float(distance_km(location.latitude, location.longitude, campus.latitude, campus.longitude))
        for campus in campuses
    ]
    at = min(range(len(campuses)), key=lambda i: (distances[i], campuses[i].id))
    return Near(institution, campuses[at], distances[at])
