"""What statements mean for needs: working out only those that come near equals working out all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.pack import RUHR
from corpus.records import Region
from matcher.anchors import Anchors
from matcher.brief import FACETS, Brief, Facet, Need, with_worths
from matcher.business import business_of
from matcher.concepts import ConceptSets, activities_in, concepts_in
from matcher.engine import Matcher
from matcher.geometry import Doubles
from matcher.meaning import (
    ANY_FIELD,
    BESIDE,
    BUSINESS_KINDS,
    BUSINESS_SHARE,
    BY_VECTOR,
    CLOSEST,
    CLUSTER_BY_VECTOR,
    FAINTEST,
    FARTHEST,
    FIELD_SHARE,
    NEIGHBOURS,
    OF_ANY_FIELD,
    SERVICE_FIELDS,
    TRADE,
)
from models.calibration import kinds_fit, load_calibration, themes_shared
from models.encoder import Encoder
from models.index import StatementIndex
from tests.models.stand_in import StandInEncoder


def by_definition(region: Region, encoder: Encoder, brief: Brief) -> Doubles:
    """Calibrate every pair of need and statement, each with its concepts, shape (n_needs, n_evidence)."""
    calibration = load_calibration(encoder)
    anchors, business = Anchors(encoder), business_of(brief)
    vectors = np.concatenate(
        [
            anchors.vectors([need.query], [business])
            if need.facet == "cluster" and need.span is None
            else anchors.encode([need.query])
            for need in brief.needs
        ]
    )
    is_whole = np.array([need.is_whole_brief for need in brief.needs])
    middle = np.where(is_whole[:, None], np.float32(0), vectors).sum(axis=0)
    vectors = np.where(is_whole[:, None], middle / np.linalg.norm(middle), vectors)
    background = calibration.background(vectors)
    similarities = StatementIndex.for_region(region, encoder).similarities(vectors)
    above_usual = (similarities.astype(np.float64) - background.mean) / background.spread
    closeness = np.clip((above_usual - FARTHEST) / (CLOSEST - FARTHEST), 0, 1)
    by_vector = calibration.curve.strengths(
        similarities,
        background,
        kinds_fit([need.facet for need in brief.needs], [item.kind for item in region.evidence]),
        themes_shared([need.themes for need in brief.needs], [item.themes for item in region.evidence]),
    )
    told = np.where(by_vector >= FAINTEST, by_vector, 0.0)
    sets = ConceptSets([concepts_in(f"{item.text_de} {item.text_en}") for item in region.evidence])
    has_own = any(
        need.facet == "cluster" and need.span is None and not need.is_whole_brief for need in brief.needs
    )
    rows = []
    for row, (need, vectors) in enumerate(zip(brief.needs, told, strict=True)):
        if need.is_whole_brief:
            rows.append(closeness[row])
            continue
        if need.facet == "cluster":
            asked = activities_in(need.query) | (concepts_in(need.query) & NEIGHBOURS)
            if TRADE & set(need.topics):
                asked = asked - SERVICE_FIELDS or asked
            named = dict.fromkeys(asked if need.span else (), 1.0)
            own_share = (0.0 if has_own else BESIDE) if named else 1.0
            beside = {name: share * own_share for name, share in business.items() if own_share}
            named = {**beside, **named}
            rows.append((1 - CLUSTER_BY_VECTOR) * sets.strengths(named) + CLUSTER_BY_VECTOR * vectors)
            continue
        lent = np.array([item.kind in BUSINESS_KINDS.get(need.facet, ()) for item in region.evidence])
        lent = lent * sets.strengths(business)
        own = sets.strengths(dict.fromkeys(concepts_in(need.text, need.query), 1.0))
        if need.facet in OF_ANY_FIELD and concepts_in(need.text, need.query) <= ANY_FIELD:
            own = own * (1 - FIELD_SHARE + FIELD_SHARE * lent)
        by_concept = np.maximum(own, BUSINESS_SHARE * lent)
        rows.append(1 - (1 - by_concept) * (1 - BY_VECTOR * vectors))
    return np.array(rows)


KNOWN: tuple[tuple[Facet, int], ...] = (("cluster", 0),)
"""A need that some statements of the invented region meet, so that no example compares zeros alone."""


@pytest.fixture(scope="module")
def tiny_matcher(tiny_region: Region) -> Matcher:
    return Matcher(tiny_region, StandInEncoder())


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(FACETS), st.integers(0, 1000)), min_size=1, max_size=20))
def test_each_statement_has_the_strength_it_would_have_alone(
    tiny_matcher: Matcher, wanted: list[tuple[Facet, int]]
) -> None:
    evidence = tiny_matcher.region.evidence
    needs = [
        Need(f"n{i}", evidence[at % len(evidence)].text_de, (0, 1), facet, 0, themes=("smart_city",))
        for i, (facet, at) in enumerate((*KNOWN, *wanted))
    ]
    brief = Brief("b", evidence[0].text_de, "de", with_worths(needs, [1.0] * len(needs)), "logistics")
    expected = by_definition(tiny_matcher.region, tiny_matcher.encoder, brief)
    found = np.array(list(tiny_matcher.meaning.strengths(brief)))
    np.testing.assert_array_equal(found, expected)
    assert (expected > 0).any()


@pytest.mark.slow
def test_on_the_reference_region_too() -> None:
    from matcher.intake import read_document

    matcher = Matcher.load()
    for path in sorted(Path(RUHR, "briefs").iterdir()):
        brief = matcher.understand(read_document(path))
        expected = by_definition(matcher.region, matcher.encoder, brief)
        np.testing.assert_array_equal(np.array(list(matcher.meaning.strengths(brief))), expected)
