"""Which locations suit a lead: its implied needs met by the region's facts, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.records import Region
from matcher.leads.scored import N_LOCATIONS, NEEDS, LocationFit
from matcher.strengths.agglomeration import size_share
from matcher.themes import saturated, theme_masses
from models.encoder import Floats
from models.lead_features import Doubles
from models.leads import DEPTH_KINDS

WORTHS = (300, 300, 250, 150)
"""Tenths for the needs `theme`, `activity`, `function` and `agglomeration`. Chosen, not fitted: labels say
which companies fit the region, none says which municipality; the size has the worth that briefs give it."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class LocationStrengths:
    """What of the locations does not depend on a lead; rows follow `region.locations`.

    `themes` has shape (n_locations, n_themes), `functions` (n_locations, n_functions) and `sizes`
    (n_locations,); all in [0, 1].
    """

    region: Region
    themes: Doubles
    functions: Doubles
    sizes: Doubles

    @classmethod
    def of_region(
        cls, region: Region, themes: Sequence[str], function_strengths: Doubles
    ) -> LocationStrengths:
        """Prepare a region's locations.

        Parameters
        ----------
        region : Region
            The region; a theme of the model that it does not have counts as without strength.
        themes : sequence of str
            Ids of the model's themes, in its order.
        function_strengths : ndarray of shape (n_locations, n_functions)
            From `matcher.leads.implied`.
        """
        populations = np.array([location.population for location in region.locations], dtype=np.float64)
        own = saturated(theme_masses(region))
        column = {theme.id: i for i, theme in enumerate(region.themes)}
        strengths = np.zeros((len(populations), len(themes)))
        for place, theme in enumerate(themes):
            if theme in column:
                strengths[:, place] = own[:, column[theme]]
        return cls(region, strengths, function_strengths, size_share(populations))

    def tenths(
        self,
        theme_shares: Doubles,
        function_shares: Doubles,
        nearest: Doubles,
        near_ends: tuple[float, float],
    ) -> Integers:
        """Return the tenths each location earns from each lead, by need.

        Parameters
        ----------
        theme_shares : ndarray of shape (n_leads, n_themes + 1)
            Probabilities of the themes, "none" last.
        function_shares : ndarray of shape (n_leads, n_functions)
            Probabilities of what the company would place.
        nearest : ndarray of shape (n_leads, n_locations)
            Similarity of each location's statement that is nearest to what the lead does.
        near_ends : tuple of float
            The similarities that count as 0 and 1.

        Returns
        -------
        ndarray of shape (n_leads, n_locations, 4)
            Whole tenths, rounded here, once.
        """
        themed = theme_shares[:, :-1]
        relative = themed / np.maximum(themed.sum(axis=1, keepdims=True), 1e-9)
        low, high = near_ends
        strengths = np.stack(
            [
                _weighted(relative, self.themes),
                np.clip((nearest - low) / (high - low), 0.0, 1.0),
                _weighted(function_shares, self.functions),
                np.broadcast_to(self.sizes, nearest.shape),
            ],
            axis=2,
        )
        rounded: Integers = np.rint(strengths * np.array(WORTHS)).astype(np.int64)
        return rounded

    def best(self, tenths: Integers) -> list[tuple[LocationFit, ...]]:
        """Return the three best locations of each lead: most points first, equal ones by id."""
        ids = np.array([location.id for location in self.region.locations])
        totals = tenths.sum(axis=2)
        by_id = np.argsort(ids, kind="stable")
        order = by_id[np.argsort(-totals[:, by_id], axis=1, kind="stable")[:, :N_LOCATIONS]]
        return [
            tuple(
                LocationFit(
                    self.region.locations[at].id,
                    self.region.locations[at].name,
                    tuple(int(value) for value in tenths[lead, at]),
                )
                for at in row
            )
            for lead, row in enumerate(order)
        ]


def _weighted(shares: Doubles, strengths: Doubles) -> Doubles:
    """Return (n_leads, n_locations) means of (n_locations, k) strengths, each row by itself."""
    product: Doubles = np.add.reduce(shares[:, None, :] * strengths[None, :, :], axis=2)
    return product


@dataclass(frozen=True)
class Nearest:
    """Finds for each lead the similarity of each location's nearest statement.

    `columns` are the statements that count, ordered by location; `starts` where each filled location
    begins; `filled` those locations.
    """

    columns: Integers
    starts: Integers
    filled: Integers
    n_locations: int

    @classmethod
    def of_region(cls, region: Region) -> Nearest:
        """Take the statements of firms, institutes and industries, in order of their location."""
        position = {location.id: i for i, location in enumerate(region.locations)}
        counted = [
            (position[e.location_id], row) for row, e in enumerate(region.evidence) if e.kind in DEPTH_KINDS
        ]
        counted.sort()
        at = np.array([place for place, _ in counted], dtype=np.int64)
        is_first = np.r_[True, at[1:] != at[:-1]] if len(at) else np.zeros(0, dtype=bool)
        starts = np.flatnonzero(is_first)
        columns = np.array([row for _, row in counted], dtype=np.int64)
        return cls(columns, starts, at[starts], len(region.locations))

    def similarities(self, similarities: Floats) -> Doubles:
        """Reduce (n_leads, n_statements) to (n_leads, n_locations); a location without any has -1."""
        result = np.full((len(similarities), self.n_locations), -1.0)
        if len(self.columns):
            ordered = similarities[:, self.columns]
            result[:, self.filled] = np.maximum.reduceat(ordered, self.starts, axis=1)
        return result


def by_need(tenths: Sequence[int]) -> Mapping[str, int]:
    """Return a location's tenths by the name of the need."""
    return dict(zip(NEEDS, tenths, strict=True))
