"""Why not us: the answer names the losses, and its changes lift to the top five, proved by trying all."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given, settings

from corpus.records import Evidence, Region
from matcher.brief import WHOLE_BRIEF, Need
from matcher.errors import MatcherError
from matcher.ranking import ranked
from matcher.shortlist import Shortlist
from matcher.why import TOP, is_changeable, why_not
from tests.matcher.invented import shortlist, tables, with_strengths

Table = tuple[list[list[float | None]], list[float], list[int]]


def rank_after(result: Shortlist, location_id: str, needs: tuple[Need, ...]) -> int:
    """Return the rank of a location when it meets these needs in full; 0 when it is set aside."""
    everyone = result.match_by_location_id.values()
    changed = [with_strengths(m, needs) if m.location.id == location_id else m for m in everyone]
    kept, _ = ranked(changed)
    return next((match.rank for match in kept if match.location.id == location_id), 0)


def is_enough(result: Shortlist, location_id: str, needs: tuple[Need, ...]) -> bool:
    return 1 <= rank_after(result, location_id, needs) <= TOP


def with_whole_brief(result: Shortlist, need_id: str) -> Shortlist:
    """Return the shortlist with a need that stands for all others together."""
    matches = [
        replace(
            match,
            contributions=tuple(
                replace(c, need=replace(c.need, topics=(WHOLE_BRIEF,))) if c.need.id == need_id else c
                for c in match.contributions
            ),
        )
        for match in result.matches
    ]
    return replace(result, matches=tuple(matches))


FIVE_STRONG = [[0.9, 0.9, 0.9]] * 5


def test_the_changes_named_lift_the_location_to_the_top_five(tiny_region: Region) -> None:
    result = shortlist(tiny_region, [*FIVE_STRONG, [0.9, 0.1, 0.8]], [1, 2, 1])
    answer = why_not(result, "l05", this_year=2026)
    assert answer.match.rank == 6
    assert [loss.contribution.need.id for loss in answer.losses] == ["n1", "n2"]
    assert answer.missing_tenths == result.matches[4].score_tenths - answer.match.score_tenths
    assert answer.changes is not None
    assert [need.id for need in answer.changes] == ["n1"]
    assert is_enough(result, "l05", answer.changes)


def test_none_is_said_when_only_its_size_and_position_are_against_it(tiny_region: Region) -> None:
    facets = ("distance", "agglomeration", "site")
    result = shortlist(tiny_region, [*FIVE_STRONG, [0.1, 0.1, 0.9]], [3, 3, 1], facets=facets)
    assert why_not(result, "l05", this_year=2026).changes is None


def test_the_brief_as_a_whole_is_neither_changed_nor_settled(tiny_region: Region) -> None:
    facets = ("site", "cluster", "cost")
    result = shortlist(tiny_region, [*FIVE_STRONG, [0.5, None, 0.9]], [1, 5, 1], facets=facets)
    single, whole = (
        why_not(each, "l05", this_year=2026) for each in (result, with_whole_brief(result, "n1"))
    )
    assert single.changes is not None
    assert [need.id for need in single.changes] == ["n1"]
    assert whole.changes is None
    assert [doubt.contribution.need.id for doubt in single.doubts] == ["n1"]
    assert whole.doubts == ()
    assert [loss.contribution.need.id for loss in whole.losses] == ["n1", "n0"], (
        "what it costs is still shown"
    )


def test_none_is_said_when_a_must_about_its_position_fails(tiny_region: Region) -> None:
    result = shortlist(
        tiny_region, [*FIVE_STRONG, [0.0, 1.0, 1.0]], [1, 1, 1], [0], facets=("distance", "site", "cost")
    )
    assert why_not(result, "l05", this_year=2026).changes is None


def test_a_location_in_the_top_five_needs_no_change(tiny_region: Region) -> None:
    result = shortlist(tiny_region, [*FIVE_STRONG, [0.9, 0.1, 0.8]], [1, 2, 1])
    answer = why_not(result, "l04", this_year=2026)
    assert answer.changes == ()
    assert answer.missing_tenths == 0


def test_a_location_that_fails_a_must_has_to_meet_it_first(tiny_region: Region) -> None:
    result = shortlist(tiny_region, [*FIVE_STRONG, [1.0, 0.0, 1.0]], [1, 1, 1], [1])
    answer = why_not(result, "l05", this_year=2026)
    assert answer.match.rank == 0
    assert answer.changes is not None
    assert "n1" in {need.id for need in answer.changes}
    assert is_enough(result, "l05", answer.changes)


def test_what_is_open_old_or_unconfirmed_is_named_with_its_owner(tiny_region: Region) -> None:
    result = shortlist(tiny_region, [[None, 0.8, 0.8, 0.8]], [1, 1, 1, 1])
    fresh = tiny_region.evidence[0]
    statements: list[tuple[Evidence, ...]] = [
        (),
        (replace(fresh, as_of="2015"),),
        (replace(fresh, as_of="2025", confidence="recalled"),),
        (replace(fresh, as_of="2025"),),
    ]
    match = result.matches[0]
    rows = tuple(
        replace(contribution, evidence=evidence)
        for contribution, evidence in zip(match.contributions, statements, strict=True)
    )
    answer = why_not(replace(result, matches=(replace(match, contributions=rows),)), "l00", this_year=2026)
    assert [(doubt.contribution.need.id, doubt.is_old) for doubt in answer.doubts] == [
        ("n0", False),
        ("n1", True),
        ("n2", False),
    ]
    assert all(doubt.owner[0] and doubt.owner[1] for doubt in answer.doubts)


def test_an_unknown_location_is_named(tiny_region: Region) -> None:
    with pytest.raises(MatcherError, match="atlantis"):
        why_not(shortlist(tiny_region, FIVE_STRONG, [1, 1, 1]), "atlantis", this_year=2026)


@settings(deadline=None, max_examples=150)
@given(tables())
def test_the_changes_suffice_and_no_smaller_set_does(tiny_region: Region, table: Table) -> None:
    rows, weights, musts = table
    result = shortlist(tiny_region, rows, weights, musts, facets=("site", "agglomeration", "access", "cost"))
    open_needs = [need for need in result.brief.needs if is_changeable(need)]
    subsets = list(chain.from_iterable(combinations(open_needs, n) for n in range(len(open_needs) + 1)))
    for location_id in result.match_by_location_id:
        changes = why_not(result, location_id, this_year=2026).changes
        enough = [subset for subset in subsets if is_enough(result, location_id, subset)]
        if changes is None:
            assert not enough
        else:
            assert is_enough(result, location_id, changes)
            assert len(changes) == min(map(len, enough))
