"""What each statement means for each need: by the concepts they share, and by calibrated similarity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.records import Evidence, EvidenceKind
from matcher.brief import Brief, Facet, Function, Need
from matcher.concepts import StatementConcepts, activities_in, concepts_in, main_activities
from matcher.geometry import Doubles
from models.calibration import coded, kinds_fit, load_calibration, themes_shared
from models.encoder import Encoder
from models.index import StatementIndex

BUSINESS_OF: Mapping[Function, frozenset[str]] = {
    "headquarters": frozenset(),
    "rnd": frozenset(),
    "production": frozenset(),
    "logistics": frozenset({"logistics", "warehouse"}),
    "data_centre": frozenset({"data_centre"}),
    "services": frozenset(),
    "spin_off": frozenset({"startup_centre"}),
}
"""What a function itself adds to the fields of business a brief names."""

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
FAINTEST = 0.2
"""Less likely than this, a statement is taken to say nothing about the need."""


N_BUSINESS = 5
"""Fields of business a brief is taken to be about, the most often named; a long one mentions many more."""
ASIDE: frozenset[Facet] = frozenset(
    {"access", "utilities", "cost", "labour_market", "quality_of_life", "distance"}
)
"""Facets whose words name a service and not the company's business: solar power on the roof makes no
solar company."""


def business_of(brief: Brief) -> frozenset[str]:
    """Return the fields of business that a brief names, its function among them."""
    letters = list(brief.text)
    for need in brief.needs:
        if need.span and need.facet in ASIDE:
            letters[slice(*need.span)] = " " * (need.span[1] - need.span[0])
    named = main_activities("".join(letters), N_BUSINESS) or main_activities(brief.text, N_BUSINESS)
    return named | BUSINESS_OF[brief.function]


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

        Either way of meeting a need leaves open what the other may close.
        """
        business = business_of(brief)
        of_business = self._concepts.strengths(business)
        by_concept = np.array([self._of_need(need, business, of_business) for need in brief.needs])
        vector_share = BY_VECTOR * np.where(by_vector >= FAINTEST, by_vector, 0.0)
        return 1 - (1 - by_concept.reshape(by_vector.shape)) * (1 - vector_share)

    def _of_need(self, need: Need, business: frozenset[str], of_business: Doubles) -> Doubles:
        if need.facet == "cluster":
            named = activities_in(need.query) if need.span else frozenset()
            return self._concepts.strengths(named | business)
        own = self._concepts.strengths(concepts_in(need.query))
        kinds = BUSINESS_KINDS.get(need.facet, frozenset())
        is_near = np.array([kind in kinds for kind in self._kinds])[self._kind_codes]
        return np.maximum(own, BUSINESS_SHARE * np.where(is_near, of_business, 0.0))
