"""What lies around each location: spreads a strength from where a fact is to whom it serves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from matcher.geometry import EARTH_RADIUS_KM, Doubles, decay, distance_km, reach_km

Indexes = NDArray[np.int64]

N_PAIRS_AT_ONCE = 65_536
"""Pairs of neighbours worked on together: what they need stays in the processor's cache. Chosen by timing
16,384 to 262,144 on 3.7 million pairs."""


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Rows of a sparse matrix: for location i, `indexes[starts[i]:starts[i + 1]]` with their `weights`."""

    starts: Indexes
    indexes: Indexes
    weights: Doubles

    def portions(self) -> list[tuple[int, int]]:
        """Return ranges of locations, from and to, each with about `N_PAIRS_AT_ONCE` pairs."""
        marks = np.arange(0, int(self.starts[-1]), N_PAIRS_AT_ONCE)
        cuts = np.unique([*np.searchsorted(self.starts, marks), len(self.starts) - 1]).tolist()
        return list(pairwise(cuts))


def _alone(n_locations: int) -> _Neighbours:
    everyone = np.arange(n_locations + 1)
    return _Neighbours(everyone, everyone[:-1], np.ones(n_locations))


class Surroundings:
    """Locations as points, and who is near whom.

    Parameters
    ----------
    latitudes, longitudes : ndarray of shape (n_locations,)
        WGS84 degrees.
    """

    def __init__(self, latitudes: Doubles, longitudes: Doubles) -> None:
        self.latitudes = latitudes
        self.longitudes = longitudes
        phi, lam = np.radians(latitudes), np.radians(longitudes)
        self._points = np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
        self._neighbours = lru_cache(maxsize=32)(self._find_neighbours)

    def _find_neighbours(self, half_km: float, full_km: float = 0.0) -> _Neighbours:
        n_locations = len(self.latitudes)
        chord = 2 * np.sin(reach_km(half_km, full_km) / EARTH_RADIUS_KM / 2)
        tree = cKDTree(self._points)
        lists = tree.query_ball_point(self._points, chord, return_sorted=True)
        lengths = np.fromiter((len(near) for near in lists), dtype=np.int64, count=n_locations)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        indexes = np.fromiter((j for near in lists for j in near), dtype=np.int64, count=int(starts[-1]))
        rows = np.repeat(np.arange(n_locations), lengths)
        distances = distance_km(
            self.latitudes[rows], self.longitudes[rows], self.latitudes[indexes], self.longitudes[indexes]
        )
        return _Neighbours(starts, indexes, decay(distances, half_km, full_km))

    def strongest(self, values: Doubles, half_km: float, full_km: float = 0.0) -> Doubles:
        """Return for each location the largest `value × decay` of itself and those around it.

        Shapes (n_locations,) in and out; a location's own value counts in full.
        """
        if half_km == 0 or not values.any():
            return values.copy()
        near = self._neighbours(half_km, full_km)
        spread = np.empty_like(values)
        for first, last in near.portions():
            begin, end = near.starts[first], near.starts[last]
            reaching = values[near.indexes[begin:end]] * near.weights[begin:end]
            spread[first:last] = np.maximum.reduceat(reaching, near.starts[first:last] - begin)
        return spread

    def summed(self, values: Doubles, half_km: float, full_km: float = 0.0) -> Doubles:
        """Return for each location the sum of `value × decay` over itself and those around it.

        Shapes (n_locations,) in and out; a location's own value counts in full.
        """
        near = self._neighbours(half_km, full_km)
        reaching = values[near.indexes] * near.weights
        return np.add.reduceat(reaching, near.starts[:-1])

    def pairs(self, to: Indexes, half_km: float, full_km: float = 0.0) -> tuple[Indexes, Indexes, Doubles]:
        """Return who is near each of `to`: its place in `to`, the location near it, and the decay between."""
        near = self._neighbours(half_km, full_km) if half_km else _alone(len(self.latitudes))
        lengths = near.starts[to + 1] - near.starts[to]
        rows = np.repeat(np.arange(len(to)), lengths)
        at = np.arange(int(lengths.sum())) + np.repeat(
            near.starts[to] - np.cumsum(lengths) + lengths, lengths
        )
        return rows, near.indexes[at], near.weights[at]

    def weights(self, to: Indexes, at: Indexes, half_km: float) -> Doubles:
        """Return the decay between locations, shape (len(to), len(at)), from indexes of both."""
        distances = self.distances(to, at)
        return decay(distances, half_km)

    def distances(self, to: Indexes, at: Indexes) -> Doubles:
        """Return distances in km between locations, shape (len(to), len(at))."""
        return distance_km(
            self.latitudes[to][:, None],
            self.longitudes[to][:, None],
            self.latitudes[at][None, :],
            self.longitudes[at][None, :],
        )
