"""What must hold of scores whatever a region says: on six invented locations, for needs of every facet."""

from __future__ import annotations

import json as plain_json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.records import Evidence, EvidenceKind, Indicator, Infrastructure, Location, Region, Site
from matcher.brief import FACETS, FUNCTIONS, TOPICS, Brief, Need, Place, with_worths
from matcher.brief_json import brief_from_json, brief_to_json
from matcher.engine import Matcher
from matcher.render import json
from matcher.shortlist import Shortlist
from tests.models.stand_in import StandInEncoder

Fact = TypeVar("Fact", Evidence, Site, Infrastructure, Indicator)
VOCABULARY = (
    "Chemie Hafen Gleis Software Netze Logistik Lager Institut Werkstoffe Autobahn Fläche Absolventen "
    "port rail chemistry warehouse network security machine batteries hydrogen"
)
WORDS = VOCABULARY.split()
SIDES = ("im Osten der Region", "zentral im Ballungsraum", "in the south of the area")
KINDS: tuple[EvidenceKind, ...] = ("industry", "company", "research_institute", "talent_supply", "site")


@pytest.fixture(scope="module")
def matcher(tiny_region: Region) -> Matcher:
    return Matcher(tiny_region, StandInEncoder())


@st.composite
def wanted(draw: st.DrawFn) -> Need:
    """Draw a need of any facet: about topics, a figure, a place or a side of the region."""
    facet = draw(st.sampled_from(FACETS))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    topics = TOPICS[facet] and draw(st.lists(st.sampled_from(TOPICS[facet]), max_size=2, unique=True))
    text = " ".join(words)
    need = Need("", text, None, facet, 0, topics=tuple(topics), is_must=draw(st.booleans()))
    if facet == "distance":
        text = draw(st.sampled_from((text, *SIDES)))
        place = draw(st.none() | st.just(Place("Dort", 50.3, 9.4)))
        return replace(need, text=text, place=place, maximum=draw(st.none() | st.just(30.0)), unit="km")
    if facet == "site":
        return replace(need, minimum=draw(st.none() | st.sampled_from([1.0, 10.0, 30.0])), unit="ha")
    return need


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Draw a brief of one to six needs."""
    needs = draw(st.lists(wanted(), min_size=1, max_size=6))
    numbered = [replace(need, id=f"n{i}") for i, need in enumerate(needs)]
    weights = draw(st.lists(st.floats(0.1, 5), min_size=len(needs), max_size=len(needs)))
    text = " ".join(need.text for need in needs)
    return Brief("b", text, "de", with_worths(numbered, weights), draw(st.sampled_from(FUNCTIONS)))


def rows(shortlist: Shortlist) -> dict[str, list[tuple[int, str]]]:
    return {
        key: [(c.tenths, c.status) for c in match.contributions]
        for key, match in shortlist.match_by_location_id.items()
    }


def statement(location_id: str, kind: EvidenceKind, text: str) -> Evidence:
    return Evidence(
        "new", location_id, kind, (), text, text, "", None, None, ("s1",), "2024", "verified", "location"
    )


@settings(deadline=None, max_examples=60)
@given(briefs())
def test_each_score_is_the_sum_of_rounded_points_and_no_must_is_broken(
    matcher: Matcher, brief: Brief
) -> None:
    shortlist = matcher.match(brief)
    assert sum(need.worth_tenths for need in shortlist.brief.needs) == 1000
    for match in shortlist.match_by_location_id.values():
        for contribution in match.contributions:
            assert contribution.tenths == round(contribution.need.worth_tenths * contribution.strength)
            if contribution.status in ("unknown", "unmet"):
                assert contribution.tenths == 0
        assert match.score_tenths == sum(c.tenths for c in match.contributions)
    for match in shortlist.matches:
        assert not match.unmet_musts
    for aside in shortlist.set_aside:
        assert aside.match.unmet_musts
        assert len(aside.reasons) == len(aside.match.unmet_musts)
    keys = [(-match.score_tenths, match.location.id) for match in shortlist.matches]
    assert keys == sorted(keys)


@settings(deadline=None, max_examples=40)
@given(
    briefs(),
    st.sampled_from(["altmoor", "birkenfurt", "calmweiler", "dornsee", "eschwald", "finkenau"]),
    st.sampled_from(KINDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
)
def test_one_more_statement_never_lowers_a_score(
    matcher: Matcher, brief: Brief, location_id: str, kind: EvidenceKind, words: list[str]
) -> None:
    region = matcher.region
    owns = {item.location_id for item in region.evidence}
    assume(location_id in owns or not any(need.facet == "distance" for need in brief.needs))
    richer = replace(region, evidence=(*region.evidence, statement(location_id, kind, " ".join(words))))
    before = matcher.match(brief).match_by_location_id
    after = Matcher(richer, StandInEncoder()).match(brief).match_by_location_id
    for key, match in before.items():
        assert after[key].score_tenths >= match.score_tenths


@settings(deadline=None, max_examples=25)
@given(briefs(), st.floats(47, 54), st.floats(6, 14))
def test_a_location_without_facts_changes_no_other_score(
    matcher: Matcher, brief: Brief, latitude: float, longitude: float
) -> None:
    region = matcher.region
    empty = Location("empty", "Leer", "", latitude, longitude, 5_000, 2024, 20.0)
    larger = Matcher(replace(region, locations=(*region.locations, empty)), StandInEncoder())
    after = rows(larger.match(brief))
    for key, row in rows(matcher.match(brief)).items():
        assert after[key] == row


@settings(deadline=None, max_examples=25)
@given(briefs())
def test_a_twin_of_a_town_changes_no_other_score(matcher: Matcher, brief: Brief) -> None:
    region = matcher.region
    first = region.locations[0]
    mine = {item.id for item in region.evidence if item.location_id == first.id}

    def twice(facts: Sequence[Fact]) -> tuple[Fact, ...]:
        own = (fact for fact in facts if fact.id in mine)
        return (*facts, *(replace(fact, id=f"twin-{fact.id}", location_id="twin") for fact in own))

    larger = replace(
        region,
        locations=(*region.locations, replace(first, id="twin", name="Zwilling")),
        evidence=twice(region.evidence),
        sites=twice(region.sites),
        infrastructure=twice(region.infrastructure),
        indicators=twice(region.indicators),
    )
    after = rows(Matcher(larger, StandInEncoder()).match(brief))
    for key, row in rows(matcher.match(brief)).items():
        assert after[key] == row


def without(region: Region, location_id: str, kind: EvidenceKind) -> Region:
    """Return the region without a location's statements of a kind and the structured facts behind them."""
    gone = {item.id for item in region.evidence if (item.location_id, item.kind) == (location_id, kind)}
    return replace(
        region,
        evidence=tuple(item for item in region.evidence if item.id not in gone),
        sites=tuple(item for item in region.sites if item.id not in gone),
        infrastructure=tuple(item for item in region.infrastructure if item.id not in gone),
        indicators=tuple(item for item in region.indicators if item.id not in gone),
    )


TAKEN_AWAY: tuple[tuple[EvidenceKind, str, Need], ...] = (
    (
        "site",
        "birkenfurt",
        Need("n1", "Grund", None, "site", 1000, topics=("land",), minimum=10.0, unit="ha", is_must=True),
    ),
    (
        "site",
        "calmweiler",
        Need("n1", "Grund", None, "site", 1000, topics=("land",), minimum=10.0, unit="ha", is_must=True),
    ),
    ("infrastructure", "finkenau", Need("n1", "A902", None, "access", 1000, topics=("motorway",))),
    ("infrastructure", "birkenfurt", Need("n1", "Pipeline", None, "utilities", 1000, topics=("chemical_pipeline",))),
    ("indicator", "birkenfurt", Need("n1", "Hebesatz", None, "cost", 1000, topics=("trade_tax",))),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "location_id", "need"), TAKEN_AWAY)
def test_a_value_taken_away_makes_unsure_and_never_a_no(
    tiny_region: Region, matcher: Matcher, kind: EvidenceKind, location_id: str, need: Need
) -> None:
    brief = Brief("b", need.text, "de", (need,), "production")
    old = matcher.match(brief).match_by_location_id[location_id]
    assert old.contributions[0].status != "unknown"
    poorer = without(tiny_region, location_id, kind)
    match = Matcher(poorer, StandInEncoder()).match(brief).match_by_location_id[location_id]
    row = match.contributions[0]
    assert row.status in ("unknown", "partly"), "what is not known is no no"
    assert match.rank > 0, "and sets nobody aside"
    if row.status == "unknown":
        assert match.score_tenths <= old.score_tenths <= match.score_tenths + row.tenths_at_stake


@settings(deadline=None, max_examples=20)
@given(st.lists(briefs(), min_size=2, max_size=4))
def test_one_by_one_equals_in_any_company(matcher: Matcher, many: list[Brief]) -> None:
    alone = [json.render(Matcher(matcher.region, StandInEncoder()).match(brief), "de") for brief in many]
    for _ in range(2):
        assert [json.render(matcher.match(brief), "de") for brief in many] == alone


@settings(deadline=None, max_examples=30)
@given(briefs())
def test_a_brief_that_is_saved_and_read_again_gives_the_same_bytes(matcher: Matcher, brief: Brief) -> None:
    saved = plain_json.dumps(brief_to_json(brief))
    again = brief_from_json(plain_json.loads(saved))
    assert json.render(matcher.explained(again), "en") == json.render(matcher.explained(brief), "en")


def test_an_index_opened_again_gives_the_same_bytes_as_the_one_just_built(
    tiny_region: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = Brief("b", "Hafen", "de", (Need("n1", "Hafen mit Bahn", None, "partners", 1000),), "logistics")
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path))
    built = StandInEncoder()
    first = json.render(Matcher(tiny_region, built).explained(brief), "de")
    opened = StandInEncoder()
    assert json.render(Matcher(tiny_region, opened).explained(brief), "de") == first
    assert len(opened.encoded) < len(built.encoded)
