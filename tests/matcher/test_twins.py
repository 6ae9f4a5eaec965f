"""A brief and its translation ask for the same; the rankings are alike, though not yet as alike as we aim for."""

from __future__ import annotations

import itertools
import re

import pytest

from matcher.brief import FUNCTIONS
from matcher.engine import Matcher
from tests.bench.twins import compare, mean_tau, read_twins, share_of_same_top3

THEMES = (
    "cybersecurity_ai",
    "green_tech_hydrogen_circular",
    "new_industry",
    "smart_city",
    "smart_logistics",
    "health_economy",
    "other",
)


def test_the_pairs_cover_every_function_in_every_theme() -> None:
    twins = read_twins()
    assert len(twins) >= 60
    assert {(twin["function"], twin["theme"]) for twin in twins} == set(itertools.product(FUNCTIONS, THEMES))
    assert len({twin["id"] for twin in twins}) == len(twins)


def test_both_halves_of_a_pair_state_the_same_figures() -> None:
    for twin in read_twins():
        german = re.sub(r"(?<=\d)\.(?=\d{3})", "", twin["brief_de"]).replace(",", ".")
        english = re.sub(r"(?<=\d),(?=\d{3})", "", twin["brief_en"])
        figures = [sorted(re.findall(r"\d+(?:\.\d+)?", text)) for text in (german, english)]
        assert figures[0] == figures[1], twin["id"]


@pytest.mark.slow
def test_a_brief_and_its_translation_rank_alike() -> None:
    found = compare(Matcher.load(), read_twins())
    assert mean_tau(found) >= 0.84
    assert share_of_same_top3(found) >= 0.6
    assert all(one.n_top3_shared >= 1 for one in found)
