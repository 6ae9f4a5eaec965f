"""A cancellation changes no more meetings than it must, and every difference is listed."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.options import OptionMaker
from matcher.mission.plan_files import plan_csv
from matcher.mission.planning import plan_mission
from matcher.mission.produce import planned_meetings
from matcher.mission.records import Plan
from matcher.mission.replan import Cancellation, parse_cancellation, replan, without
from matcher.mission.schedule import Scheduler
from tests.mission.generated import Files, draw_mission


def rows(plan: Plan) -> set[tuple[str, ...]]:
    return {(str(m.start), m.room, m.member_id, m.target_id, m.interpreter) for m in plan.meetings}


def small(folder: Path, region: Region, seed: int, extra: str = "") -> Files:
    return draw_mission(
        folder,
        region,
        seed,
        n_members=4,
        n_targets=6,
        n_days=2,
        n_slots=4,
        n_tables=1,
        n_wishes=2,
        extra=extra,
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), data=st.data())
def test_without_minima_only_the_meetings_of_the_host_change(
    ruhr: Region, seed: int, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = small(Path(folder), ruhr, seed)
        mission = files.read(ruhr)
        plan = plan_mission(mission, files.fits, ruhr)
        if not plan.meetings:
            return
        host = data.draw(st.sampled_from(sorted({meeting.target_id for meeting in plan.meetings})))
        previous = planned_meetings(plan_csv(plan.meetings), "plan.csv")
        found = replan(mission, files.fits, ruhr, previous, [Cancellation(host)])
        path = Path(folder) / "again.csv"
        path.write_text(plan_csv(found.plan.meetings), encoding="utf-8")
        broken = files.broken_rules(path)
    assert broken == []
    assert rows(found.plan) == {row for row in rows(plan) if row[3] != host}
    assert {(change.kind, change.target_id) for change in found.changes} == {("cancelled", host)}
    assert found.n_needed == 0


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_where_a_minimum_forces_changes_no_set_of_meetings_gets_by_with_fewer(
    ruhr: Region, tmp_path: Path, seed: int
) -> None:
    files = small(tmp_path, ruhr, seed, extra="[minima]\nper_member = 1")
    text = files.plan.read_text(encoding="utf-8").replace("per_member = 20", "per_member = 1")
    files.plan.write_text(text, encoding="utf-8")
    mission = files.read(ruhr)
    plan = plan_mission(mission, files.fits, ruhr)
    host = plan.meetings[0].target_id
    previous = planned_meetings(plan_csv(plan.meetings), "plan.csv")
    found = replan(mission, files.fits, ruhr, previous, [Cancellation(host)])
    assert found.is_fewest
    assert found.n_needed == fewest_changes(files, ruhr, plan, host, tmp_path)


def fewest_changes(files: Files, ruhr: Region, plan: Plan, host: str, folder: Path) -> int:
    """Try every set of one meeting a member, the number of new meetings rising."""
    mission = without(files.read(ruhr), [Cancellation(host)])
    scheduler = Scheduler(OptionMaker(mission, files.fits), 0)
    standing = [m for m in plan.meetings if m.target_id != host]
    lacking = [m.id for m in mission.members if m.id not in {s.member_id for s in standing}]
    path = folder / "tried.csv"
    for n_moved in range(len(standing) + 1):
        for moved in itertools.combinations(standing, n_moved):
            kept = [m for m in standing if m not in moved]
            people = [*lacking, *(m.member_id for m in moved)]
            choices = [[o for o in scheduler.options if o.member_id == who] for who in people]
            for options in itertools.product(*choices):
                if keeps_rules(files, scheduler, kept, options, path):
                    return len(lacking) + n_moved
    raise AssertionError("no plan at all")


def keeps_rules(files: Files, scheduler: Scheduler, kept, options, path: Path) -> bool:
    periods, venues = scheduler.maker.periods, scheduler.maker.venues
    text = plan_csv(kept)
    for option in options:
        period, venue = periods[option.period], venues[option.venue]
        text += (
            f"{period.day.date},{period.hours.start:%H:%M},{period.hours.end:%H:%M},{period.day.timezone},"
            f"{venue.city},{venue.rooms[0].name},{option.member_id},{option.target_id},{option.interpreter},0\n"
        )
    path.write_text(text, encoding="utf-8")
    return files.broken_rules(path) == []


def test_a_host_that_misses_one_day_is_met_on_the_other_where_that_disturbs_nobody(
    ruhr: Region, tmp_path: Path
) -> None:
    files = draw_mission(tmp_path, ruhr, 11, n_members=3, n_targets=2, n_days=2, n_slots=4, n_wishes=0)
    days = "".join(
        f'[[days]]\ndate = 2026-10-{day}\ncity = "Toronto"\ncountry = "CA"\ntimezone = "America/Toronto"\n'
        f'slots = ["09:00-09:40", "10:00-10:40", "11:00-11:40"]\n'
        for day in (27, 28)
    )
    interpreter = '[[interpreters]]\nname = "Interpreter 1"\nlanguages = ["de", "en"]\n'
    files.plan.write_text(days + interpreter, encoding="utf-8")
    text = files.targets.read_text(encoding="utf-8").replace("US,Pittsburgh,PA", "CA,Toronto,ON")
    files.targets.write_text(text, encoding="utf-8")
    mission = files.read(ruhr)
    plan = plan_mission(mission, files.fits, ruhr)
    day = str(plan.meetings[0].start.date())
    host = plan.meetings[0].target_id
    previous = planned_meetings(plan_csv(plan.meetings), "plan.csv")
    found = replan(mission, files.fits, ruhr, previous, [parse_cancellation(f"{host}@{day}", mission)])
    hit = [m for m in plan.meetings if m.target_id == host and str(m.start.date()) == day]
    assert hit
    assert {c.kind for c in found.changes} == {"rebooked"}
    assert len(found.changes) == len(hit)


def test_an_unknown_id_or_day_is_named(ruhr: Region, tmp_path: Path) -> None:
    mission = small(tmp_path, ruhr, 1).read(ruhr)
    with pytest.raises(
        MatcherError, match="--cancel T009: 'T009' is no member, target, interpreter or room; did you mean"
    ):
        parse_cancellation("T009", mission)
    with pytest.raises(MatcherError, match="--cancel T001@2026-12-24: 2026-12-24 is no day of the mission"):
        parse_cancellation("T001@2026-12-24", mission)
