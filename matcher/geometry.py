"""Distances on the earth, how they decay with reach, and what a travel time means in kilometres."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Doubles = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

DETOUR = 1.3
"""Road kilometres per kilometre as the crow flies: the usual circuity in dense European road networks,
1.2 to 1.4 (Ballou, Rahardja and Sakai, 2002, doi:10.1016/S0965-8564(01)00044-1)."""

DRIVING_KMH = 55.0
"""Speed of the first minutes of a drive in a conurbation, town and motorway mixed: chosen."""
MOTORWAY_KMH, MOTORWAY_FROM_MIN = 90.0, 20.0
"""Speed of a longer drive, and after how many minutes it holds. Chosen: 30 minutes reach 26 km, an hour
60 km, as from Essen to Düsseldorf airport or from Hamm to Bielefeld; checked on the graded briefs of the part fit."""
WALKING_KMH = 5.0
"""Usual speed on foot."""

FAINTEST = 0.05
"""A fact whose reach has decayed below this serves a location no longer."""


def distance_km(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> Doubles:
    """Return great-circle distances in km between points in WGS84 degrees (haversine; broadcasts)."""
    phi, to_phi = np.radians(latitude), np.radians(to_latitude)
    half_dphi = (to_phi - phi) / 2
    half_dlambda = (np.radians(to_longitude) - np.radians(longitude)) / 2
    chord = np.sin(half_dphi) ** 2 + np.cos(phi) * np.cos(to_phi) * np.sin(half_dlambda) ** 2
    result: Doubles = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return result


def km_within_minutes(minutes: float) -> float:
    """Return the distance in km, as the crow flies, that a drive of `minutes` covers: faster from 20 on."""
    in_town = min(minutes, MOTORWAY_FROM_MIN)
    return (in_town * DRIVING_KMH + (minutes - in_town) * MOTORWAY_KMH) / 60 / DETOUR


def km_on_foot(minutes: float) -> float:
    """Return the distance in km, as the crow flies, that a walk of `minutes` covers."""
    return minutes / 60 * WALKING_KMH / DETOUR


def decay(distance: ArrayLike, half_km: float, full_km: float = 0.0) -> Doubles:
    """Return what is left of a strength at a distance: 1 up to `full_km`, 1/2 `half_km` on, 0 once below 1/20.

    With `half_km` 0 a fact serves only the location it belongs to.
    """
    distances = np.asarray(distance, dtype=np.float64)
    if half_km == 0:
        return np.where(distances == 0, 1.0, 0.0)
    left = np.exp2(-np.maximum(distances - full_km, 0.0) / half_km)
    return np.where(left >= FAINTEST, left, 0.0)


def reach_km(half_km: float, full_km: float = 0.0) -> float:
    """Return the distance in km beyond which `decay` is 0."""
    return full_km + half_km * float(np.log2(1 / FAINTEST))
