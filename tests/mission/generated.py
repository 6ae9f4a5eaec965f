"""Missions drawn by a seed, written as the files a user would send."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.records import Region
from matcher.mission.people_files import MEMBER_COLUMNS, PREFERENCE_COLUMNS, TARGET_COLUMNS
from matcher.mission.reading import read_mission
from matcher.mission.records import Mission
from tests.mission.rules import broken_rules

CITIES = (("Toronto", "CA", "ON", "America/Toronto"), ("Pittsburgh", "US", "PA", "America/New_York"))


@dataclass(frozen=True)
class Files:
    """The files of a drawn mission, and the mutual fit of each pair in tenths."""

    targets: Path
    delegation: Path
    plan: Path
    preferences: Path
    fits: Mapping[tuple[str, str], int]

    def read(self, region: Region) -> Mission:
        return read_mission([self.targets], self.delegation, self.plan, self.preferences, region)

    def broken_rules(self, plan_csv: Path) -> list[str]:
        return broken_rules(plan_csv, self.plan, self.delegation, self.targets, self.preferences)


def write_table(path: Path, columns: tuple[str, ...], table: list[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(table)
    return path


def draw_mission(
    folder: Path,
    region: Region,
    seed: int,
    *,
    n_members: int = 40,
    n_targets: int = 160,
    n_days: int = 4,
    n_slots: int = 10,
    n_tables: int = 6,
    n_wishes: int = 12,
    extra: str = "",
) -> Files:
    """Draw a mission: two cities, two places each, interpreters, meals, absences and wishes."""
    rng = random.Random(seed)
    towns = [location.name for location in region.locations[:12]]
    member_ids = [f"M{n:02}" for n in range(1, n_members + 1)]
    target_ids = [f"T{n:03}" for n in range(1, n_targets + 1)]
    members = [
        (
            member_id,
            f"Person {member_id}",
            f"Organisation {member_id}",
            rng.choice(towns),
            "role",
            region.themes[0].id,
            "de" if rng.random() < 0.15 else "de;en",
            "",
            "",
        )
        for member_id in member_ids
    ]
    cities = CITIES if n_days > 1 else CITIES[:1]
    targets = []
    for number, target_id in enumerate(target_ids):
        city, country, state, _ = cities[number % len(cities)]
        targets.append(
            (target_id, "company", f"Host {target_id}", country, city, state, "", "", "", "", "text")
        )
    wishes = {
        (member_id, target_id): (member_id, target_id, rng.choice(("member", "target")), wish)
        for member_id in member_ids
        for target_id in rng.sample(target_ids, min(n_wishes, n_targets))
        for wish in [rng.choice(("must", "must", "must", "like", "like", "like", "no"))]
    }
    lengths = [(8 * 60 + 30 + 50 * n) for n in range(n_slots)]
    slots = [f'"{m // 60:02}:{m % 60:02}-{(m + 40) // 60:02}:{(m + 40) % 60:02}"' for m in lengths]
    lines = [f"slots = [{', '.join(slots)}]"]
    dates = [f"2026-10-{26 + n}" for n in range(n_days)]
    for number, day in enumerate(dates):
        city, country, state, zone = cities[number * len(cities) // n_days]
        lines.append(
            f'[[days]]\ndate = {day}\ncity = "{city}"\ncountry = "{country}"\nsubdivision = "{state}"\n'
            f'timezone = "{zone}"'
        )
    for city, _, _, _ in cities:
        lines += [
            f'[[rooms]]\nname = "{city} hall {place}"\ncity = "{city}"\nplace = "{city} {place}"\n'
            f"tables = {n_tables}"
            for place in (1, 2)
        ]
    lines += [
        f'[[interpreters]]\nname = "Interpreter {n}"\nlanguages = ["de", "en"]\nper_day = 6'
        for n in (1, 2, 3)
    ]
    lines += [
        f'[[unavailable]]\nwho = "{who}"\ndate = {rng.choice(dates)}\nfrom = 09:00:00\nto = 13:00:00'
        for who in rng.sample(member_ids + target_ids, (n_members + n_targets) // 6)
    ]
    lines += [
        "[maxima]\nper_member_per_day = 6\nper_member = 20\nper_target_per_day = 4\nper_target = 6",
        '[[meals]]\nfrom = "11:30"\nto = "14:00"\nminutes = 50',
        "[travel]\ndefault_minutes = 15",
        extra,
    ]
    plan = folder / "plan.toml"
    plan.write_text("\n".join(lines), encoding="utf-8")
    return Files(
        write_table(folder / "targets.csv", TARGET_COLUMNS, targets),
        write_table(folder / "delegation.csv", MEMBER_COLUMNS, members),
        plan,
        write_table(folder / "preferences.csv", PREFERENCE_COLUMNS, list(wishes.values())),
        {(m, t): rng.randrange(1000) for m in member_ids for t in target_ids},
    )
