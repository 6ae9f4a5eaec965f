"""The strength of a location in a theme: counted from evidence, growing with it, with numbers to check."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.commands import themes as command
from matcher.themes import HALF_FULL, WEIGHT, saturated, theme_masses, theme_strengths, weight


def test_the_counts_are_those_of_the_statements(tiny_region: Region) -> None:
    for theme, rows in theme_strengths(tiny_region).items():
        for row in rows:
            mine = [
                item
                for item in tiny_region.evidence
                if item.location_id == row.location.id and theme in item.themes and item.kind in WEIGHT
            ]
            assert sum(row.counts.values()) == len(mine)
            mass = sum(weight(item) for item in mine)
            assert row.strength == pytest.approx(mass / (mass + HALF_FULL))


def test_a_large_firm_counts_more_and_a_recalled_one_less(tiny_region: Region) -> None:
    firm = tiny_region.evidence_by_id["com-1"]
    assert weight(replace(firm, quantity=100.0)) == pytest.approx(1.0)
    assert weight(replace(firm, quantity=400.0)) == pytest.approx(3.0)
    assert weight(replace(firm, quantity=None, confidence="recalled")) == pytest.approx(0.6)
    assert weight(tiny_region.evidence_by_id["infra-1"]) == 0


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=20))
def test_more_evidence_never_weakens_a_theme(masses: list[float]) -> None:
    strengths = saturated(np.sort(np.array(masses)))
    assert (np.diff(strengths) >= 0).all()
    assert ((strengths >= 0) & (strengths <= 1)).all()


@settings(max_examples=20)
@given(st.permutations(range(10)))
def test_the_order_of_the_statements_changes_nothing(tiny_region: Region, order: list[int]) -> None:
    evidence = list(tiny_region.evidence)
    shuffled = [evidence[i] for i in order] + evidence[10:]
    first, second = theme_masses(tiny_region), theme_masses(replace(tiny_region, evidence=tuple(shuffled)))
    assert np.allclose(first, second, rtol=1e-12)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_command_prints_every_theme_by_name(
    tiny_region: Region, tiny_region_folder: object, language: str
) -> None:
    arguments = ["--region", str(tiny_region_folder), "--lang", language]
    table = CliRunner().invoke(command.command, arguments, catch_exceptions=False).output
    data = json.loads(
        CliRunner().invoke(command.command, [*arguments, "--format", "json"], catch_exceptions=False).output
    )
    for theme in tiny_region.themes:
        assert (theme.name_de if language == "de" else theme.name_en) in table
        strengths = [row["strength"] for row in data[theme.id]]
        assert strengths == sorted(strengths, reverse=True)


def test_a_published_order_of_the_reference_region_is_met_by_counting(ruhr: Region) -> None:
    first = [row.location.name for row in theme_strengths(ruhr)["cybersecurity_ai"][:6]]
    assert {"Bochum", "Gelsenkirchen", "Dortmund", "Essen"} <= set(first)
