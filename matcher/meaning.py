"""What each statement means for each need: by the concepts they share, and by calibrated similarity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Evidence, EvidenceKind
from matcher.anchors import Anchors, unit
from matcher.brief import Brief, Facet, Need
from matcher.business import business_of
from matcher.concepts import ConceptSets, activities_in, concepts_in
from matcher.geometry import Doubles
from matcher.surroundings import Indexes
from models.calibration import Background, Bools, coded, kinds_fit, load_calibration, themes_shared
from models.encoder import Encoder, Floats
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

BESIDE = 0.5
"""How much the company's own fields count beside those that a cluster need names, where its own industry is no
need of its own. Chosen; checked on the graded briefs of the part fit."""
TRADE = frozenset({"customers", "suppliers"})
SERVICE_FIELDS = frozenset(
    {
        *("logistics", "contract_logistics", "warehouse", "haulage", "parcel", "startup_centre", "incubator"),
        *("software", "it_services", "ai", "data_science", "legal_consult", "staffing", "maintenance"),
    }
)
"""Fields that serve others: beside another field in the words of customers they are what the company does for them."""
NEIGHBOURS = frozenset({"headquarters_city", "corporate_clients", "chemical_park"})
"""Features of a place that an investor means by companies next door."""
ANY_FIELD = frozenset({"university", "applied_science", "rd_centre", "campus", "science_park", "researchers"})
"""Features that any place of science has: alone they do not say which one is meant."""
OF_ANY_FIELD: frozenset[Facet] = frozenset({"research", "partners"})
FIELD_SHARE = 0.5
"""Share of the strength of "a university" that depends on whether it works in the company's field. Chosen;
checked on the graded briefs of the part fit."""

BY_VECTOR = 0.5
"""Share of a calibrated similarity that counts beside the concepts. Chosen; checked on graded fits."""
CLUSTER_BY_VECTOR = 0.5
"""Share of a cluster's strength that comes from calibrated similarity, the rest from concepts: a brief in
other words than the table's loses at most the rest. Chosen; checked on briefs written anew in other words."""
FAINTEST = 0.2
"""Less likely than this, a statement is taken to say nothing about the need."""
FARTHEST, CLOSEST = 0.5, 3.0
"""Spreads above the usual similarity at which a statement's closeness to a whole brief is 0 and 1. Chosen: the three
closest statements of a town lie between them for most briefs."""
ROUNDING = 1e-5
"""Cosines this close below the faintest are calibrated too, so that float32 rounding drops none."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """All that a statement's meaning depends on beside its vector: many statements share one profile."""

    kind: EvidenceKind
    themes: tuple[str, ...]
    concepts: frozenset[str]


def _of_cluster(query: str) -> frozenset[str]:
    """Return what a cluster need names: fields of business, and features that are companies all the same."""
    return activities_in(query) | (concepts_in(query) & NEIGHBOURS)


class Meaning:
    """Compares the needs of briefs with a region's statements."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        concepts: Sequence[frozenset[str]],
        index: StatementIndex,
        encoder: Encoder,
    ) -> None:
        self._anchors = Anchors(encoder)
        self._index = index
        self._calibration = load_calibration(encoder)
        profiles, self._codes = coded(
            [_Profile(item.kind, item.themes, named) for item, named in zip(evidence, concepts, strict=True)]
        )
        self._kinds, self._kind_codes = coded([profile.kind for profile in profiles])
        self._themes, self._theme_codes = coded([profile.themes for profile in profiles])
        self._concepts = ConceptSets([profile.concepts for profile in profiles])

    def strengths(self, brief: Brief) -> Iterator[Doubles]:
        """Yield for each need how likely each statement meets it, in [0, 1], shape (n_evidence,).

        In a cluster concepts and vector both have their share; elsewhere either way of meeting a need leaves
        open what the other may close.
        """
        needs = brief.needs
        business = business_of(brief)
        vectors = self._vectors(needs, business)
        similarities = self._index.similarities(vectors)
        background = self._calibration.background(vectors)
        fits = kinds_fit([need.facet for need in needs], self._kinds)[:, self._kind_codes]
        shares = themes_shared([need.themes for need in needs], self._themes)[:, self._theme_codes]
        of_business = self._concepts.strengths(business)
        has_own = any(
            need.facet == "cluster" and need.span is None and not need.is_whole_brief for need in needs
        )
        for row, need in enumerate(needs):
            if need.is_whole_brief:
                yield _closeness(similarities[row], background.of_need(row))
                continue
            by_concept = self._by_concept(need, business, of_business, 0.0 if has_own else BESIDE)
            near, by_vector = self._by_vector(
                similarities[row], background.of_need(row), fits[row], shares[row]
            )
            if need.facet == "cluster":
                shared = ((1 - CLUSTER_BY_VECTOR) * by_concept)[self._codes]
                shared[near] += CLUSTER_BY_VECTOR * by_vector
                yield shared
            else:
                left_open = (1 - by_concept)[self._codes]
                left_open[near] *= 1 - BY_VECTOR * by_vector
                yield 1 - left_open

    def _vectors(self, needs: Sequence[Need], business: Mapping[str, float]) -> Floats:
        """Return the unit vector of each need, shape (n_needs, dimension): that of the whole brief lies between them.

        The company's own industry is drawn towards its fields of business, other needs towards what they name.
        """
        single = [need for need in needs if not need.is_whole_brief]
        named = [
            business
            if need.facet == "cluster" and need.span is None
            else dict.fromkeys(concepts_in(need.query), 1.0)
            for need in single
        ]
        of_single = self._anchors.vectors([need.query for need in single], named)
        vectors = np.zeros((len(needs), of_single.shape[1]), dtype=np.float32)
        is_whole = np.array([need.is_whole_brief for need in needs], dtype=bool)
        vectors[~is_whole] = of_single
        vectors[is_whole] = unit(vectors.sum(axis=0))
        return vectors

    def _by_vector(
        self, similarities: Floats, background: Background, fits: Bools, shares: Bools
    ) -> tuple[Indexes, Doubles]:
        """Return which statements the vectors say something about, and the calibrated strength of each.

        `fits` and `shares` are of shape (n_profiles,). Only few statements come near enough, so only theirs
        is worked out.
        """
        curve = self._calibration.curve
        faintest = curve.similarities(FAINTEST, background, fits, shares) - ROUNDING
        near = np.flatnonzero(similarities >= faintest.astype(np.float32)[self._codes])
        of_near = self._codes[near]
        strengths = curve.strengths(similarities[near], background, fits[of_near], shares[of_near])
        is_told = strengths >= FAINTEST
        return near[is_told], strengths[is_told]

    def _by_concept(
        self, need: Need, business: Mapping[str, float], of_business: Doubles, beside_share: float
    ) -> Doubles:
        """Return how far each profile speaks of the need's concepts, in [0, 1], shape (n_profiles,).

        `beside_share` is how much the company's own fields count in a cluster of others.
        """
        if need.facet == "cluster":
            names = _of_cluster(need.query) if need.span else frozenset()
            if TRADE & set(need.topics):
                names = names - SERVICE_FIELDS or names
            if not names:
                return of_business
            beside = {name: beside_share * share for name, share in business.items() if beside_share}
            return self._concepts.strengths({**beside, **dict.fromkeys(names, 1.0)})
        names = concepts_in(need.text, need.query)
        own = self._concepts.strengths(dict.fromkeys(names, 1.0))
        kinds = BUSINESS_KINDS.get(need.facet, frozenset())
        is_near = np.array([kind in kinds for kind in self._kinds], dtype=bool)[self._kind_codes]
        lent = np.where(is_near, of_business, 0.0)
        if need.facet in OF_ANY_FIELD and names <= ANY_FIELD:
            own = own * (1 - FIELD_SHARE + FIELD_SHARE * lent)
        return np.maximum(own, BUSINESS_SHARE * lent)


def _closeness(similarities: Floats, background: Background) -> Doubles:
    """Return how close statements come to a whole brief, in [0, 1], by the spread of the background statements."""
    spread = np.where(background.spread > 0, background.spread, 1.0)
    above_usual = (similarities.astype(np.float64) - background.mean) / spread
    closeness: Doubles = np.clip((above_usual - FARTHEST) / (CLOSEST - FARTHEST), 0.0, 1.0)
    return closeness
