"""The invented briefs and their grades: whole, in both languages, and with a part kept apart."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from corpus.pack import RUHR, load_region
from matcher.engine import Matcher
from matcher.evaluate import LANGUAGES, engine_scores, graded_metrics
from matcher.invented import Part, read_invented
from models.choice import GRADES
from tests.bench.graded import read_twice, weighted_kappa
from tests.models.stand_in import StandInEncoder

PARTS: dict[Part, int] = {"fit": 144, "test": 48, "short": 540, "short test": 90}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_region(RUHR), StandInEncoder())


def test_the_parts_share_no_brief_and_every_brief_is_graded_in_both_languages(matcher: Matcher) -> None:
    parts = {part: read_invented(matcher, part) for part in PARTS}
    ids = [enquiry.id for enquiries, _ in parts.values() for enquiry in enquiries]
    assert {part: len(enquiries) for part, (enquiries, _) in parts.items()} == PARTS
    assert len(set(ids)) == len(ids)
    for enquiries, graded in parts.values():
        assert {(b.id, b.language) for b in graded} == {(e.id, lang) for e in enquiries for lang in LANGUAGES}
        assert all(len(brief.grades) >= 7 and max(brief.grades) > 0 for brief in graded)


def test_every_grade_names_a_municipality_of_the_region_and_says_why(matcher: Matcher) -> None:
    names = {location.name for location in matcher.region.locations}
    with GRADES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["municipality"] for row in rows} <= names
    assert all(row["grade"] in "0123" and row["reason"] and row["pooled"] in ("yes", "no") for row in rows)
    asked = [(row["brief"], row["municipality"], row["reader"]) for row in rows]
    assert len(set(asked)) == len(asked)


def test_two_readers_agree() -> None:
    first, second = read_twice()
    assert len(first) >= 1_000
    assert weighted_kappa(first, second) >= 0.9


def test_kappa_is_one_for_equal_grades_and_none_for_independent_ones() -> None:
    grades = np.array([0.0, 1.0, 2.0, 3.0])
    assert weighted_kappa(grades, grades) == 1
    assert weighted_kappa(np.repeat(grades, 4), np.tile(grades, 4)) == pytest.approx(0)


@pytest.mark.slow
def test_the_matcher_finds_what_readers_grade_high_on_briefs_nothing_was_fitted_on() -> None:
    matcher = Matcher.load()
    enquiries, graded = read_invented(matcher, "test")
    scores = {language: engine_scores(matcher, enquiries, language)[0] for language in LANGUAGES}
    size = {language: np.tile(matcher.facts.populations, (len(enquiries), 1)) for language in LANGUAGES}
    found, by_size = (graded_metrics(graded, enquiries, each)[0].mean() for each in (scores, size))
    assert found >= 0.78
    assert found >= by_size + 0.1
