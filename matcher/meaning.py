"""What each statement means for each need: by the concepts they share, and by calibrated similarity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.records import Evidence, EvidenceKind
from matcher.brief import Brief, Facet, Need
from matcher.business import business_of
from matcher.concepts import StatementConcepts, activities_in, concepts_in
from matcher.geometry import Doubles
from models.calibration import coded, kinds_fit, load_calibration, themes_shared
from models.encoder import Encoder
from models.index import StatementIndex

BUSINESS_SHARE = 0.8
"""How far a statement about the company's own business also speaks to another need of the brief: a site
among recyclers suits a recycler. Chosen; checked on graded fits."""
BUSINESS_KINDS: Mapping[Facet, frozenset[EvidenceKind]] = {
    "site": frozenset({"site"}),
    "research": frozenset({"research_institute"}),
    "partners": frozenset({"research_institute", "company"}),
}
"""Needs for which that holds, and the kinds of statement it holds for."""

BY_VECTOR = 0.5
"""Share of a calibrated similarity that counts beside the concepts. Chosen; checked on graded fits."""
CLUSTER_BY_VECTOR = 0.5
"""Share of a cluster's strength that comes from calibrated similarity, the rest from concepts: a brief in
other words than the table's loses at most the rest. Chosen; checked on briefs written anew in other words."""
FAINTEST = 0.2
"""Less likely than this, a statement is taken to say nothing about the need."""


class Meaning:
    """Compares the needs of briefs with a region's statements."""

    def __init__(self, evidence: Sequence[Evidence], index: StatementIndex, encoder: Encoder) -> None:
        self._encoder = encoder
        self._themes, self._theme_codes = coded([item.themes for item in evidence])
        self._kinds, self._kind_codes = coded([item.kind for item in evidence])
        self._index = index
        self._calibration = load_calibration(encoder)
        self._concepts = StatementConcepts(evidence)

    def strengths(self, brief: Brief) -> Doubles:
        """Return how likely each statement meets each need, in [0, 1], shape (n_needs, n_evidence)."""
        return self.with_concepts(brief, self.by_vector(brief.needs))

    def by_vector(self, needs: Sequence[Need]) -> Doubles:
        """Return calibrated strengths from embeddings alone, shape (n_needs, n_evidence)."""
        vectors = self._encoder.encode([need.query for need in needs])
        return self._calibration.strengths(
            self._index.similarities(vectors),
            self._calibration.background(vectors),
            kinds_fit([need.facet for need in needs], self._kinds)[:, self._kind_codes],
            themes_shared([need.themes for need in needs], self._themes)[:, self._theme_codes],
        )

    def with_concepts(self, brief: Brief, by_vector: Doubles) -> Doubles:
        """Return strengths in which shared concepts count beside `by_vector`, both (n_needs, n_evidence).

        In a cluster both have their share; elsewhere either way of meeting a need leaves open what the
        other may close.
        """
        business = business_of(brief)
        of_business = self._concepts.strengths(business)
        of_needs = np.array([self._of_need(need, business, of_business) for need in brief.needs])
        by_concept = of_needs.reshape(by_vector.shape)
        vectors = np.where(by_vector >= FAINTEST, by_vector, 0.0)
        is_cluster = np.array([[need.facet == "cluster"] for need in brief.needs], dtype=bool).reshape(-1, 1)
        return np.where(
            is_cluster,
            (1 - CLUSTER_BY_VECTOR) * by_concept + CLUSTER_BY_VECTOR * vectors,
            1 - (1 - by_concept) * (1 - BY_VECTOR * vectors),
        )

    def _of_need(self, need: Need, business: frozenset[str], of_business: Doubles) -> Doubles:
        if need.facet == "cluster":
            named = activities_in(need.query) if need.span else frozenset()
            return self._concepts.strengths(named | business)
        own = self._concepts.strengths(concepts_in(need.query))
        kinds = BUSINESS_KINDS.get(need.facet, frozenset())
        is_near = np.array([kind in kinds for kind in self._kinds])[self._kind_codes]
        return np.maximum(own, BUSINESS_SHARE * np.where(is_near, of_business, 0.0))
