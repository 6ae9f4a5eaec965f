"""All needs together: a small share of the points for what comes closest to a brief in meaning."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.brief import Need
from matcher.engine import Matcher
from matcher.understand import WHOLE_SHARE

TEXTS = (
    "Wir bauen Elektrolyseure und suchen 8 ha Industriegebiet am Kanal mit Gleisanschluss.",
    "We build electrolysers and look for 8 ha of industrial land on a canal with a rail siding.",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.load()


def whole(needs: tuple[Need, ...]) -> Need:
    return next(need for need in needs if need.is_whole_brief)


@pytest.mark.parametrize("text", TEXTS)
def test_it_takes_a_small_share_is_never_a_must_and_comes_last(matcher: Matcher, text: str) -> None:
    needs = matcher.understand(text).needs
    last = whole(needs)
    assert last is needs[-1]
    assert not last.is_must
    assert abs(last.worth_tenths - 1000 * WHOLE_SHARE) <= 2


@pytest.mark.parametrize("text", TEXTS)
def test_it_rests_on_statements_of_the_location_itself(matcher: Matcher, text: str) -> None:
    shortlist = matcher.match(matcher.understand(text))
    strengths = []
    for match in shortlist.match_by_location_id.values():
        found = next(c for c in match.contributions if c.need.is_whole_brief)
        strengths.append(found.strength)
        assert all(evidence.location_id == match.location.id for evidence in found.evidence)
        assert found.evidence or found.strength == 0
    assert np.ptp(strengths) > 0.2


def test_statements_about_an_excluded_company_do_not_count(matcher: Matcher) -> None:
    brief = matcher.understand(TEXTS[0])
    named = matcher.match(brief, exclude="thyssenkrupp nucera")
    subjects = {
        evidence.subject
        for match in named.match_by_location_id.values()
        for evidence in match.contributions[-1].evidence
    }
    assert "thyssenkrupp nucera" not in subjects


def test_without_worth_it_changes_nothing(matcher: Matcher) -> None:
    shortlist = matcher.match(matcher.understand(TEXTS[1]))
    last = whole(shortlist.brief.needs)
    again = matcher.rerank(shortlist, {last.id: 0})
    assert whole(again.brief.needs).worth_tenths == 0
    assert sum(need.worth_tenths for need in again.brief.needs) == 1000
