"""Marked briefs are understood to the standard that the figures in the README state."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from matcher.brief import TOTAL_TENTHS
from tests.bench.annotations import marked_briefs
from tests.bench.understanding import RFI_LETTERS, NoEncoder, counts, quality
from tests.matcher.readings import read

pytestmark = pytest.mark.shared


def decisions(shared: Path) -> Path:
    return shared / "research" / "backtest" / "decisions.csv"


def test_needs_and_musts_of_marked_briefs_are_found_in_85_of_100_by_cues_alone(shared: Path) -> None:
    briefs = marked_briefs(decisions(shared))
    assert len(briefs) >= 40
    assert {brief.language for brief in briefs} == {"de", "en"}
    assert quality(counts(briefs, NoEncoder())).min() >= 0.85


def test_every_real_brief_gives_quoting_spans_and_shared_worths_quickly(shared: Path) -> None:
    with decisions(shared).open(encoding="utf-8", newline="") as lines:
        texts = [row[column] for row in csv.DictReader(lines) for column in ("brief_de", "brief_en")]
    started = time.perf_counter()
    for text in texts:
        brief = read(text)
        assert sum(need.worth_tenths for need in brief.needs) == TOTAL_TENTHS
        assert all(text[need.span[0] : need.span[1]] == need.text for need in brief.needs if need.span)
        assert sum(need.span is not None for need in brief.needs) >= 2
    assert (time.perf_counter() - started) / len(texts) < 0.03


@pytest.mark.slow
def test_thirty_pages_are_understood_in_two_seconds(shared: Path) -> None:
    joined = "\n".join(brief.text for brief in marked_briefs(decisions(shared)))
    text = (joined * (RFI_LETTERS // len(joined) + 1))[:RFI_LETTERS]
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 2
