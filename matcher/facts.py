"""A region's facts as arrays: computed once for a region, read by every need's strength."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence, Indicator, Region
from matcher.concepts import concepts_in
from matcher.geometry import Doubles
from matcher.surroundings import Indexes, Surroundings


class Facts:
    """The region's locations and evidence, indexed by position.

    Locations stand in the region's order; evidence too. Nothing here depends on a brief.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.evidence: Sequence[Evidence] = region.evidence
        self.n_locations = len(region.locations)
        self.position = {location.id: i for i, location in enumerate(region.locations)}
        ids = np.array([location.id for location in region.locations], dtype=np.str_)
        self.place_by_id: Indexes = np.argsort(np.argsort(ids))
        """Each location's place when ids are put in order, shape (n_locations,)."""
        self.surroundings = Surroundings(
            np.array([location.latitude for location in region.locations], dtype=np.float64),
            np.array([location.longitude for location in region.locations], dtype=np.float64),
        )
        self.populations: Doubles = np.array([loc.population for loc in region.locations], dtype=np.float64)
        self.evidence_position = {evidence.id: i for i, evidence in enumerate(region.evidence)}
        self.evidence_location: Indexes = np.array(
            [self.position[evidence.location_id] for evidence in region.evidence], dtype=np.int64
        )
        self._kinds, self._kind_codes = np.unique(
            np.array([evidence.kind for evidence in region.evidence], dtype=np.str_), return_inverse=True
        )
        self.is_of_district: NDArray[np.bool_] = np.array(
            [item.scope == "district" and item.kind != "indicator" for item in region.evidence], dtype=bool
        )
        """Which statements speak of a whole district, figures aside, shape (n_evidence,)."""
        self.concepts = tuple(concepts_in(f"{item.text_de} {item.text_en}") for item in region.evidence)
        """The concepts that each statement names, shape (n_evidence,)."""
        self._subject_codes = self._codes_of_subjects()
        self._by_location = np.argsort(self.evidence_location, kind="stable")
        counts = np.bincount(self.evidence_location, minlength=self.n_locations)
        self.owns_evidence = counts > 0
        self._filled = np.flatnonzero(counts)
        self._starts = (np.cumsum(counts) - counts)[self._filled]

    def _codes_of_subjects(self) -> Indexes:
        """Return a number for each statement, shape (n_evidence,): the same for statements on one subject of a location.

        A list of firms goes by its first; a statement without a subject is alone.
        """
        keys = [
            f"{item.location_id}|{item.subject.split(';')[0].casefold().strip() or item.id}"
            for item in self.evidence
        ]
        codes: Indexes = np.unique(np.array(keys, dtype=np.str_), return_inverse=True)[1].astype(np.int64)
        return codes

    def best_by_location(self, evidence_strengths: Doubles) -> Doubles:
        """Return the strongest of each location's own statements, 0 where it has none.

        Shape (n_evidence,) in, (n_locations,) out.
        """
        best = np.zeros(self.n_locations)
        if len(self._filled):
            best[self._filled] = np.maximum.reduceat(evidence_strengths[self._by_location], self._starts)
        return best

    def depth_by_location(self, evidence_strengths: Doubles, share: float, n_most: int) -> Doubles:
        """Return how deep each location's own statements go: 1 minus what all of them leave open.

        The `n_most` strongest count, each closing `share` times its strength of what is still open, so
        that a second firm adds less than the first; what several statements say of one firm or institute
        counts once, at its strongest. Shape (n_evidence,) in, (n_locations,) out.
        """
        open_share = np.ones(self.n_locations)
        at, strongest = self._strongest(evidence_strengths, n_most)
        np.multiply.at(open_share, at, 1 - share * strongest)
        return 1 - open_share

    def mean_of_strongest(self, evidence_strengths: Doubles, n_most: int) -> Doubles:
        """Return the mean of each location's `n_most` strongest statements, missing ones counting 0.

        Shape (n_evidence,) in, (n_locations,) out.
        """
        at, strongest = self._strongest(evidence_strengths, n_most)
        return np.bincount(at, weights=strongest, minlength=self.n_locations) / n_most

    def _strongest(self, evidence_strengths: Doubles, n_most: int) -> tuple[NDArray[np.int64], Doubles]:
        """Return the location and the strength of each location's `n_most` strongest statements above 0."""
        active = np.flatnonzero(evidence_strengths > 0)
        order = active[np.lexsort((-evidence_strengths[active], self.evidence_location[active]))]
        order = order[np.sort(np.unique(self._subject_codes[order], return_index=True)[1])]
        at = self.evidence_location[order]
        starts = np.flatnonzero(np.r_[True, at[1:] != at[:-1]]) if len(at) else np.zeros(0, dtype=np.int64)
        place = np.arange(len(at)) - np.repeat(starts, np.diff(np.r_[starts, len(at)]))
        counted = place < n_most
        return at[counted], evidence_strengths[order][counted]

    def kind_weights(self, weights: Mapping[str, float]) -> Doubles:
        """Return each statement's weight by its kind, 0 for kinds not named; shape (n_evidence,)."""
        by_kind: Doubles = np.array([weights.get(str(kind), 0.0) for kind in self._kinds], dtype=np.float64)
        return by_kind[self._kind_codes]

    def naming(self, concepts: Collection[str]) -> NDArray[np.bool_]:
        """Return which statements name one of the concepts, shape (n_evidence,)."""
        named = np.zeros(len(self.evidence), dtype=bool)
        for concept in concepts:
            named[self._rows_by_concept.get(concept, [])] = True
        return named

    @cached_property
    def _rows_by_concept(self) -> Mapping[str, list[int]]:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, names in enumerate(self.concepts):
            for name in names:
                rows[name].append(row)
        return rows

    @cached_property
    def indicators(self) -> Mapping[str, Mapping[int, Indicator]]:
        """The newest figure of each name and location: name to location position to figure."""
        newest: dict[str, dict[int, Indicator]] = defaultdict(dict)
        for indicator in self.region.indicators:
            at = self.position[indicator.location_id]
            known = newest[indicator.name].get(at)
            if known is None or (indicator.year, indicator.id) > (known.year, known.id):
                newest[indicator.name][at] = indicator
        return newest
