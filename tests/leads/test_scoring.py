"""What a lead score promises: it adds up, depends on nothing personal or neighbouring, and says why."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.leads.backends import chunked
from matcher.leads.locations import WORTHS
from matcher.leads.reverse import fit_by_location
from matcher.leads.scored import ADDED_COLUMNS, added_values
from matcher.leads.scoring import LeadScorer
from models.leads import GRADES, SMALL_WORDS
from tests.leads.conftest import DESCRIPTIONS, make_lead

LEADS = [make_lead(i, text, country="SE") for i, text in enumerate(DESCRIPTIONS.values(), start=1)]


def test_the_contributions_add_up_to_the_score_and_stay_within_their_worths(scorer: LeadScorer) -> None:
    assert sum(scorer.model.worths) == 1000
    for score in scorer.score(LEADS, "de"):
        assert score is not None
        assert score.score_tenths == sum(score.by_group.values())
        assert all(0 <= t <= w for t, w in zip(score.tenths, scorer.model.worths, strict=True))
        for fit in score.locations:
            assert fit.points_tenths == sum(fit.tenths)
            assert all(0 <= t <= w for t, w in zip(fit.tenths, WORTHS, strict=True))


def test_a_pump_maker_in_europe_scores_above_a_shell_and_a_gold_explorer(scorer: LeadScorer) -> None:
    by_name = dict(zip(DESCRIPTIONS, scorer.score(LEADS, "en"), strict=True))
    pumps, shell, gold, security, hospital = (
        by_name[name] for name in ("pumps", "shell", "gold", "security", "hospital")
    )
    assert pumps
    assert shell
    assert gold
    assert security
    assert hospital
    assert (pumps.theme, shell.theme, gold.theme) == ("new_industry", "none", "none")
    assert (security.theme, hospital.theme) == ("cybersecurity_ai", "health_economy")
    assert pumps.grade == "A"
    assert min(pumps.score_tenths, security.score_tenths) > max(shell.score_tenths, gold.score_tenths)
    assert pumps.percentile > 90 > 50 > shell.percentile


def test_one_by_one_equals_a_batch(scorer: LeadScorer) -> None:
    together = scorer.score(LEADS, "de")
    assert [scorer.score([lead], "de")[0] for lead in LEADS] == together
    assert scorer.score(LEADS[::-1], "de") == together[::-1]


@given(
    name=st.text(max_size=30), city=st.text(max_size=20), domain=st.text(max_size=20), id_=st.text(max_size=9)
)
@settings(max_examples=15, deadline=None)
def test_name_city_address_and_id_change_no_score(
    scorer: LeadScorer, name: str, city: str, domain: str, id_: str
) -> None:
    plain = scorer.score(LEADS[:1], "de")[0]
    other = scorer.score([replace(LEADS[0], name=name, city=city, domain=domain, id=id_)], "de")[0]
    assert plain
    assert other
    assert replace(other, reasons=()) == replace(plain, reasons=())


def test_a_missing_field_counts_as_the_usual_one(scorer: LeadScorer) -> None:
    text = DESCRIPTIONS["pumps"]
    countries = ["DE", "SE", "US", "CN", "KR", "IN", "BR", "JP"]
    known = [make_lead(1, text, country=country) for country in countries]
    scores = [s.score_tenths for s in scorer.score(known, "de") if s]
    unknown = scorer.score([make_lead(1, text)], "de")[0]
    assert unknown
    assert min(scores) < unknown.score_tenths < max(scores)


def test_a_german_description_is_understood_by_its_meaning(scorer: LeadScorer) -> None:
    german = [
        "Das Unternehmen entwickelt, fertigt und vertreibt weltweit Pumpen, Armaturen und Verdichter für die "
        "Chemie-, Stahl- und Energiewirtschaft mit Werken in Europa und eigenem Service.",
        "Die Gesellschaft verwaltet Wohnimmobilien in Brasilien und vermietet sie an private Haushalte.",
    ]
    pumps, homes = scorer.score([make_lead(i, text) for i, text in enumerate(german)], "de")
    assert pumps
    assert homes
    assert pumps.theme == "new_industry"
    assert pumps.score_tenths > homes.score_tenths + 150


@pytest.mark.parametrize(("language", "word"), [("de", "Punkte"), ("en", "points")])
def test_each_lead_has_three_reasons_whose_only_figures_are_its_contributions(
    scorer: LeadScorer, language: str, word: str
) -> None:
    subjects = {e.subject for e in scorer.region.evidence if e.subject}
    for score in scorer.score(LEADS, language):  # type: ignore[arg-type]
        assert score is not None
        assert len(set(score.reasons)) == 3
        printed = [re.search(rf"\(([\d,.]+) {word}\)\.$", reason) for reason in score.reasons]
        tenths = {round(float(m.group(1).replace(",", ".")) * 10) for m in printed if m}
        assert all(printed)
        assert tenths <= set(score.tenths)
        assert all(any(subject in reason for subject in subjects) for reason in score.reasons)


def test_a_reason_quotes_words_that_tell_something(scorer: LeadScorer) -> None:
    quoted = [
        words.split()
        for score in scorer.score(LEADS, "en")
        if score
        for reason in score.reasons
        for words in re.findall("“([^”]+)”", reason)
    ]
    assert quoted
    assert all(SMALL_WORDS.isdisjoint(words) for words in quoted)


def test_the_reverse_view_agrees_with_the_forward_one(scorer: LeadScorer) -> None:
    forward = {
        lead.number: score for lead, score in zip(LEADS, scorer.score(LEADS, "de"), strict=True) if score
    }
    for lead, score in ((lead, forward[lead.number]) for lead in LEADS):
        fits = {
            location.id: fit_by_location(scorer, [lead], location.id, "de")[0]
            for location in scorer.region.locations
        }
        best = max(fits.values(), key=lambda found: found.location.points_tenths)
        assert best.location.points_tenths == score.locations[0].points_tenths
        assert fits[score.locations[0].location_id].location == score.locations[0]
    herne = fit_by_location(scorer, LEADS, "05916000", "de", top=3)
    assert len(herne) == 3
    order = [(-found.fit_tenths, found.lead.number) for found in herne]
    assert order == sorted(order)


def test_grades_fall_with_the_score(scorer: LeadScorer) -> None:
    grades = [scorer.model.grade(tenths) for tenths in range(1000, -1, -1)]
    assert [grade for i, grade in enumerate(grades) if i == 0 or grade != grades[i - 1]] == list(GRADES)
    chances = [scorer.model.probability(tenths) for tenths in (0, 300, 600, 900)]
    assert chances == sorted(chances)


def test_the_added_values_fill_the_added_columns(scorer: LeadScorer) -> None:
    for language in ("de", "en"):
        for lead, score in zip(LEADS, scorer.score(LEADS, language), strict=True):
            assert len(added_values(lead, score, scorer.versions, language)) == len(ADDED_COLUMNS) - 1
    assert len(added_values(LEADS[0], None, scorer.versions, "de")) == len(ADDED_COLUMNS) - 1


def test_chunks_keep_order_and_lose_none() -> None:
    assert [len(part) for part in chunked(LEADS, 2)] == [2, 2, 1]
    assert np.concatenate([[lead.number for lead in part] for part in chunked(LEADS, 2)]).tolist() == [
        1,
        2,
        3,
        4,
        5,
    ]
