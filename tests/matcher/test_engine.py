"""What must always hold of a ranking, on six invented locations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.brief import FACETS, Brief, Need, share_tenths, with_worths
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.render import csv, json, md, table
from matcher.shortlist import Shortlist
from matcher.words import tenths_text
from tests.models.stand_in import StandInEncoder

NEEDS = (
    Need("n1", "Hafen mit Gleisanschluss", None, "access", 0, topics=("inland_port", "rail_freight")),
    Need(
        "n2",
        "mindestens 10 ha Industriefläche",
        None,
        "site",
        0,
        topics=("land",),
        minimum=10.0,
        unit="ha",
        is_must=True,
    ),
    Need("n3", "Informatik-Absolventen", None, "talent", 0, topics=("computer_science",)),
    Need("n4", "Maschinenbau in der Nachbarschaft", None, "cluster", 0),
    Need("n5", "Größe", None, "agglomeration", 0),
)


@pytest.fixture(scope="module")
def matcher(tiny_region: Region) -> Matcher:
    return Matcher(tiny_region, StandInEncoder())


def brief_of(worths: tuple[float, ...] = (1, 2, 3, 2, 1)) -> Brief:
    return Brief("b", "Maschinenbauer sucht Fläche.", "de", with_worths(NEEDS, worths), "production")


def scores(shortlist: Shortlist) -> dict[str, int]:
    return {key: match.score_tenths for key, match in shortlist.match_by_location_id.items()}


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(any))
def test_needs_share_exactly_1000_tenths(weights: list[float]) -> None:
    assert sum(share_tenths(weights)) == 1000


@settings(deadline=None, max_examples=25)
@given(st.tuples(*[st.floats(0.1, 10) for _ in NEEDS]))
def test_adding_up_the_printed_rows_gives_the_printed_score(
    matcher: Matcher, worths: tuple[float, ...]
) -> None:
    shortlist = matcher.match(brief_of(worths))
    for match in shortlist.match_by_location_id.values():
        printed = [tenths_text(c.tenths, "en") for c in match.contributions]
        assert f"{sum(map(float, printed)):.1f}" == tenths_text(match.score_tenths, "en")


def test_a_subset_of_locations_keeps_every_score(tiny_region: Region) -> None:
    whole = scores(Matcher(tiny_region, StandInEncoder()).match(brief_of()))
    bare = tiny_region.locations[-1].id
    owns = {evidence.location_id for evidence in tiny_region.evidence}
    without = next(location for location in tiny_region.locations if location.id not in owns)
    smaller = replace(tiny_region, locations=tuple(x for x in tiny_region.locations if x.id != without.id))
    assert scores(Matcher(smaller, StandInEncoder()).match(brief_of())) == {
        key: value for key, value in whole.items() if key != without.id
    }
    assert bare in whole


def test_a_clone_changes_no_other_score(tiny_region: Region) -> None:
    whole = scores(Matcher(tiny_region, StandInEncoder()).match(brief_of()))
    first = tiny_region.locations[0]
    twin = replace(first, id="twin", name="Twin")
    facts = tuple(
        replace(e, id=f"twin-{e.id}", location_id="twin")
        for e in tiny_region.evidence
        if e.location_id == first.id
    )
    cloned = replace(
        tiny_region, locations=(*tiny_region.locations, twin), evidence=(*tiny_region.evidence, *facts)
    )
    again = scores(Matcher(cloned, StandInEncoder()).match(brief_of()))
    assert {key: again[key] for key in whole} == whole


def test_no_ranked_location_violates_a_must(matcher: Matcher) -> None:
    shortlist = matcher.match(brief_of())
    assert shortlist.set_aside, "one of the six has only small sites"
    for match in shortlist.matches:
        assert all(c.status != "unmet" for c in match.contributions if c.need.is_must)
    for aside in shortlist.set_aside:
        assert aside.reasons
        assert "ha" in aside.reasons[0][0]


def test_a_location_without_facts_is_unknown_and_not_unmet(matcher: Matcher, tiny_region: Region) -> None:
    owns = {e.location_id for e in tiny_region.evidence if e.kind == "site"}
    bare = next(location for location in tiny_region.locations if location.id not in owns)
    match = matcher.match(brief_of()).match_by_location_id[bare.id]
    assert match.contributions[1].status == "unknown"
    assert match.contributions[1].tenths == 0
    assert match.contributions[1].tenths_at_stake > 0


def test_the_same_input_gives_the_same_bytes(matcher: Matcher) -> None:
    assert json.render(matcher.explained(brief_of()), "de") == json.render(
        matcher.explained(brief_of()), "de"
    )


def test_ranking_again_equals_ranking_under_these_worths(matcher: Matcher) -> None:
    again = matcher.rerank(matcher.match(brief_of()), {"n1": 50, "n5": 0})
    fresh = matcher.match(replace(brief_of(), needs=again.brief.needs))
    assert scores(again) == scores(fresh)
    assert [m.location.id for m in again.matches] == [m.location.id for m in fresh.matches]


def test_an_unknown_need_is_named(matcher: Matcher) -> None:
    with pytest.raises(MatcherError, match="no need 'n9'"):
        matcher.rerank(matcher.match(brief_of()), {"n9": 1})


def test_the_interval_of_points_holds_the_score(matcher: Matcher) -> None:
    for match in matcher.explained(brief_of()).matches:
        assert match.stability is not None
        assert match.stability.low_tenths <= match.score_tenths <= match.stability.high_tenths
        assert 0 <= match.stability.top3_share <= match.stability.top5_share <= 1


def test_each_member_of_a_joint_bid_is_needed(matcher: Matcher) -> None:
    shortlist = matcher.explained(brief_of())
    tenths = {
        key: [c.tenths for c in match.contributions] for key, match in shortlist.match_by_location_id.items()
    }
    assert shortlist.joint_bids
    for bid in shortlist.joint_bids:
        rows = [tenths[member.id] for member in bid.members]
        assert bid.score_tenths == sum(map(max, zip(*rows, strict=True)))
        for left_out in range(len(rows)):
            rest = rows[:left_out] + rows[left_out + 1 :]
            assert sum(map(max, zip(*rest, strict=True))) < bid.score_tenths


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_format_shows_every_score(matcher: Matcher, language: str) -> None:
    shortlist = matcher.explained(brief_of())
    for render in (table.render, md.render, csv.render):
        text = render(shortlist, "de" if language == "de" else "en")
        for match in shortlist.matches:
            assert tenths_text(match.score_tenths, "de" if language == "de" else "en") in text


def test_every_facet_has_an_answer(matcher: Matcher) -> None:
    needs = with_worths(
        [Need(f"n{i}", facet, None, facet, 0) for i, facet in enumerate(FACETS)],
        np.ones(len(FACETS)).tolist(),
    )
    shortlist = matcher.match(Brief("all", "Alles", "de", needs, "rnd"))
    assert all(0 <= c.strength <= 1 for m in shortlist.matches for c in m.contributions)
