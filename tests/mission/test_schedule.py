"""Plans keep every rule, place every must that can be placed, and are proved best."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.model import Choice
from matcher.mission.options import OptionMaker
from matcher.mission.plan_files import plan_csv
from matcher.mission.planning import meetings_of, plan_mission
from matcher.mission.schedule import Scheduler
from tests.mission.conftest import Planned
from tests.mission.generated import Files, draw_mission


@pytest.mark.slow
def test_forty_members_and_160_hosts_in_four_days_break_no_rule(
    ruhr: Region, tmp_path: Path, planned: Planned
) -> None:
    files = draw_mission(tmp_path, ruhr, seed=1)
    plan, broken = planned(files)
    assert broken == []
    assert len(plan.meetings) == 480, "every table is taken in every slot"
    assert plan.unplaced_musts == ()
    assert plan.gap < 0.01
    assert plan.objective > plan.greedy


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), n_tables=st.integers(1, 3))
def test_no_drawn_plan_breaks_a_rule(ruhr: Region, planned: Planned, seed: int, n_tables: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = draw_mission(
            Path(folder),
            ruhr,
            seed,
            n_members=5,
            n_targets=7,
            n_days=2,
            n_slots=5,
            n_tables=n_tables,
            n_wishes=3,
        )
        plan, broken = planned(files)
    assert broken == []
    assert plan.greedy <= plan.objective <= plan.bound


def test_the_same_seed_gives_the_same_plan(ruhr: Region, tmp_path: Path) -> None:
    files = draw_mission(tmp_path, ruhr, seed=5, n_members=6, n_targets=8, n_days=2, n_slots=5, n_wishes=3)
    mission = files.read(ruhr)
    first, second = (plan_csv(plan_mission(mission, files.fits, ruhr, 7).meetings) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_a_small_plan_is_as_good_as_the_best_of_all_plans(ruhr: Region, tmp_path: Path, seed: int) -> None:
    files = draw_mission(
        tmp_path, ruhr, seed, n_members=2, n_targets=3, n_days=1, n_slots=2, n_tables=1, n_wishes=1
    )
    mission = files.read(ruhr)
    scheduler = Scheduler(OptionMaker(mission, files.fits), 0)
    path = tmp_path / "plan.csv"
    best = (0, -(10**9))
    pairs = sorted({option.pair for option in scheduler.options})
    options = [[None, *(o for o in scheduler.options if o.pair == pair)] for pair in pairs]
    for combination in itertools.product(*options):
        choice = Choice(tuple(option for option in combination if option))
        rank = (scheduler.n_musts(choice), scheduler.objective(choice))
        if rank > best and keeps_every_rule(scheduler, choice, files, path):
            best = rank
    plan = plan_mission(mission, files.fits, ruhr, 0)
    assert (plan.n_musts_placed, plan.objective) == best
    assert plan.gap == 0


def keeps_every_rule(scheduler: Scheduler, choice: Choice, files: Files, path: Path) -> bool:
    try:
        meetings = meetings_of(scheduler.maker, choice, {})
    except IndexError:  # more meetings than tables
        return False
    path.write_text(plan_csv(meetings), encoding="utf-8")
    return files.broken_rules(path) == []


def test_a_group_visit_takes_place_once_with_those_who_are_named(
    ruhr: Region, tmp_path: Path, planned: Planned
) -> None:
    visit = (
        '[[visits]]\ntarget_id = "T001"\nslots = 2\nmembers = ["M01", "M02"]\nat_least = 3\nat_most = 4\n'
        "date = 2026-10-26"
    )
    files = draw_mission(
        tmp_path, ruhr, seed=2, n_members=6, n_targets=6, n_days=2, n_slots=6, n_wishes=0, extra=visit
    )
    plan, broken = planned(files)
    group = [meeting for meeting in plan.meetings if meeting.is_visit]
    assert broken == []
    assert {"M01", "M02"} <= {meeting.member_id for meeting in group}
    assert 3 <= len(group) <= 4


def test_an_agreed_meeting_stays_at_its_time(ruhr: Region, tmp_path: Path, planned: Planned) -> None:
    fixed = '[[fixed]]\nmember_id = "M01"\ntarget_id = "T001"\ndate = 2026-10-26\nstart = 15:10:00'
    files = draw_mission(
        tmp_path, ruhr, seed=3, n_members=4, n_targets=4, n_days=1, n_slots=9, n_wishes=0, extra=fixed
    )
    plan, broken = planned(files)
    assert broken == []
    assert [
        m.start.strftime("%H:%M") for m in plan.meetings if (m.member_id, m.target_id) == ("M01", "T001")
    ] == ["15:10"]


def test_what_cannot_hold_together_is_named_and_nothing_else(ruhr: Region, tmp_path: Path) -> None:
    extra = (
        '[[fixed]]\nmember_id = "M01"\ntarget_id = "T001"\ndate = 2026-10-26\nstart = 08:30:00\n'
        '[[fixed]]\nmember_id = "M02"\ntarget_id = "T001"\ndate = 2026-10-26\nstart = 09:20:00\n'
        '[[hosts]]\ntarget_id = "T001"\nin_total = 1'
    )
    files = draw_mission(
        tmp_path, ruhr, seed=30, n_members=3, n_targets=3, n_days=1, n_slots=4, n_wishes=0, extra=extra
    )
    text = files.plan.read_text(encoding="utf-8")
    files.plan.write_text(text.split("[[unavailable]]")[0] + text[text.index("[maxima]") :], encoding="utf-8")
    with pytest.raises(MatcherError) as raised:
        plan_mission(files.read(ruhr), files.fits, ruhr, 0)
    assert str(raised.value) == (
        "These cannot all hold: Person M01 (M01) meets Host T001 (T001) on 26 October at 08:30 (agreed); "
        "Person M02 (M02) meets Host T001 (T001) on 26 October at 09:20 (agreed); "
        "Host T001 (T001) has at most one meeting."
    )


def test_a_must_that_cannot_be_placed_comes_with_its_reason(
    ruhr: Region, tmp_path: Path, planned: Planned
) -> None:
    extra = '[[hosts]]\ntarget_id = "T001"\nopening = "19:00-20:00"'
    files = draw_mission(
        tmp_path, ruhr, seed=4, n_members=2, n_targets=3, n_days=1, n_slots=4, n_wishes=0, extra=extra
    )
    files.preferences.write_text(
        "member_id,target_id,side,preference\nM01,T001,member,must\nM02,T002,member,must\nM02,T002,target,no\n",
        encoding="utf-8",
    )
    plan, broken = planned(files)
    assert broken == []
    assert [(must.member_id, must.reason[1]) for must in plan.unplaced_musts] == [
        (
            "M01",
            "These cannot all hold: Person M01 (M01) must meet Host T001 (T001); "
            "Host T001 (T001) receives within 19:00–20:00 only.",
        ),
        ("M02", "One side said no."),
    ]
