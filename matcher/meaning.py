"""What each statement means for each need: by shared concepts, and by similarity in either language."""

from __future__ import annotations

import numpy as np

from corpus.records import Region
from matcher.brief import Brief, Need
from matcher.concepts import StatementConcepts, activities_in, concepts_in
from matcher.geometry import Doubles
from models.encoder import Encoder
from models.index import StatementIndex


class Meaning:
    """Compares needs with a region's statements."""

    def __init__(self, region: Region, encoder: Encoder) -> None:
        self._encoder = encoder
        self._index = StatementIndex.for_region(region, encoder)
        self._concepts = StatementConcepts(region.evidence)

    def strengths(self, brief: Brief) -> Doubles:
        """Return calibrated strengths in [0, 1], shape (n_needs, n_evidence)."""
        needs = brief.needs
        vectors = self._encoder.encode([need.query for need in needs])
        cosines = self._index.similarities(vectors).astype(np.float64)
        z = (cosines - cosines.mean(axis=1, keepdims=True)) / cosines.std(axis=1, keepdims=True)
        by_vector = np.where(z > 1.5, 1 / (1 + np.exp(-(z - 3.4) * 1.8)), 0.0)
        business = activities_in(brief.text)
        by_concept = np.array([self._concepts.strengths(_named(need, business)) for need in needs])
        return 1 - (1 - 0.85 * by_concept) * (1 - 0.8 * by_vector)


def _named(need: Need, business: frozenset[str]) -> frozenset[str]:
    if need.facet == "cluster":
        return activities_in(need.query) if need.span and activities_in(need.query) else business
    return concepts_in(need.query)
