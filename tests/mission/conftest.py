"""Shared by the tests of missions: drawing a mission and planning it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.records import Region
from matcher.mission.plan_files import plan_csv
from matcher.mission.planning import plan_mission
from matcher.mission.records import Plan
from tests.mission.generated import Files

Planned = Callable[..., tuple[Plan, list[str]]]


@pytest.fixture
def planned(ruhr: Region, tmp_path: Path) -> Planned:
    """Plan drawn files and return the plan with the rules it breaks."""

    def plan(files: Files, seed: int = 0) -> tuple[Plan, list[str]]:
        found = plan_mission(files.read(ruhr), files.fits, ruhr, seed)
        path = tmp_path / f"plan-{seed}.csv"
        path.write_text(plan_csv(found.meetings), encoding="utf-8")
        return found, files.broken_rules(path)

    return plan
