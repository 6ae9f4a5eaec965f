"""Plans missions for real: 40 members and 160 targets, and the Pittsburgh and Toronto files; checks every rule."""

from __future__ import annotations

import csv
import json
import tempfile
import time
from pathlib import Path

from corpus.pack import RUHR, load_region
from matcher.mission.lead_scores import lead_tenths
from matcher.mission.plan_files import plan_csv
from matcher.mission.planning import plan_mission
from matcher.mission.preparing import prepare
from matcher.mission.produce import planned_meetings
from matcher.mission.reading import read_mission
from matcher.mission.replan import Cancellation, replan
from models.load import load_encoder
from tests.conftest import ROOT
from tests.mission.generated import draw_mission
from tests.mission.rules import broken_rules, rows

SAMPLE = RUHR / "missions"
MISSIONS = ROOT.parent / "shared" / "data" / "missions"
PLAN = """
slots = ["09:00-09:40", "09:50-10:30", "10:40-11:20", "11:30-12:10", "13:20-14:00", "14:10-14:50", "15:00-15:40"]
[[days]]
date = 2026-10-29
city = "Toronto"
country = "CA"
subdivision = "ON"
timezone = "America/Toronto"
[[days]]
date = 2026-10-30
city = "Toronto"
country = "CA"
subdivision = "ON"
timezone = "America/Toronto"
[[days]]
date = 2026-11-02
city = "Pittsburgh"
country = "US"
subdivision = "PA"
timezone = "America/New_York"
[[days]]
date = 2026-11-03
city = "Pittsburgh"
country = "US"
subdivision = "PA"
timezone = "America/New_York"
[[rooms]]
name = "Toronto hall"
city = "Toronto"
tables = 9
[[rooms]]
name = "Pittsburgh hall"
city = "Pittsburgh"
tables = 9
[[interpreters]]
name = "Interpreter A"
languages = ["de", "en"]
per_day = 6
[[meals]]
from = "12:00"
to = "14:00"
minutes = 60
[maxima]
per_member_per_day = 5
per_target_per_day = 4
per_target = 6
[minima]
per_municipality = 4
"""


def run() -> None:
    """Print time, worth, bound, gap and the ratio to the greedy plan of each mission."""
    region = load_region(RUHR)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in (1, 2, 3):
            files = draw_mission(folder, region, seed)
            mission = files.read(region)
            start = time.perf_counter()
            plan = plan_mission(mission, files.fits, region, seed)
            seconds = time.perf_counter() - start
            path = folder / "plan.csv"
            path.write_text(plan_csv(plan.meetings), encoding="utf-8")
            print(
                f"40 x 160, four days, two cities, ten slots, seed {seed}: {seconds:.1f} s, {len(plan.meetings)} meetings, "
                f"musts {plan.n_musts_placed} of {len(mission.musts)}, gap {plan.gap:.2%}, "
                f"worth over greedy {plan.objective / plan.greedy:.3f}, broken rules {len(files.broken_rules(path))}"
            )
            host = plan.meetings[0].target_id
            start = time.perf_counter()
            again = replan(
                mission,
                files.fits,
                region,
                planned_meetings(path.read_text(), "plan.csv"),
                [Cancellation(host)],
            )
            print(
                f"  cancelling {host}: {time.perf_counter() - start:.1f} s, "
                f"{len(again.changes)} cancelled, {again.n_needed} other changes"
            )
        if MISSIONS.is_dir():
            _real(folder)
        else:
            print("the Pittsburgh and Toronto files are not here: skipped")


def _real(folder: Path) -> None:
    region, encoder = load_region(RUHR), load_encoder()
    plan_file = folder / "plan.toml"
    plan_file.write_text(PLAN, encoding="utf-8")
    names = [MISSIONS / "greater_toronto.csv", MISSIONS / "pittsburgh.csv"]
    mission = read_mission(names, SAMPLE / "delegation.csv", plan_file, None, region)
    start = time.perf_counter()
    prepared = prepare(mission, region, encoder, lead_tenths=lead_tenths(mission.targets))
    planned = time.perf_counter()
    files = prepared.files(region, "de")
    done = time.perf_counter()
    table = [row for name in names for row in rows(name)]
    targets = folder / "targets.csv"
    with targets.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    path = folder / "plan.csv"
    path.write_bytes(files["plan.csv"])
    broken = broken_rules(path, plan_file, SAMPLE / "delegation.csv", targets)
    report = json.loads(files["report.json"])
    print(
        f"Toronto and Pittsburgh, {len(mission.members)} members, {len(mission.targets)} targets: fits and plan "
        f"{planned - start:.1f} s, papers {done - planned:.1f} s ({len(files)} files), {report['n_meetings']} meetings, "
        f"gap {report['gap']:.2%}, worth over greedy {report['objective'] / report['greedy_objective']:.3f}, "
        f"broken rules {len(broken)}"
    )
