"""A mission as files: the sample, reading what was uploaded, and reading a saved plan back, for the pages."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.pack import RUHR
from corpus.records import Language, Region
from matcher.mission.reading import read_mission
from matcher.mission.records import Mission

SAMPLE = RUHR / "missions"
SAMPLE_FILES = {
    "targets/targets.csv": "targets.csv",
    "delegation/delegation.csv": "delegation.csv",
    "plan/plan.toml": "plan.toml",
    "preferences/preferences.csv": "preferences.csv",
}
Rows = list[dict[str, str]]


def sample_inputs() -> dict[str, bytes]:
    """Return the files of the sample mission, whose people are invented."""
    return {name: (SAMPLE / path).read_bytes() for name, path in SAMPLE_FILES.items()}


def with_files(inputs: Mapping[str, bytes], region: Region) -> Mission:
    """Read a mission from its input files, named `targets/…`, `delegation/…`, `plan/…`, `preferences/…`.

    Raises
    ------
    MatcherError
        If a file cannot be used.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths: dict[str, list[Path]] = {"targets": [], "delegation": [], "plan": [], "preferences": []}
        for key, data in sorted(inputs.items()):
            part, _, file_name = key.partition("/")
            path = folder / part / Path(file_name).name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            paths[part].append(path)
        wishes = paths["preferences"][0] if paths["preferences"] else None
        return read_mission(paths["targets"], paths["delegation"][0], paths["plan"][0], wishes, region)


@dataclass(frozen=True)
class View:
    """A saved plan as the pages show it, read from its own files."""

    mission: Mission
    files: Mapping[str, bytes]

    @cached_property
    def report(self) -> dict[str, Any]:
        """What report.json says."""
        found: dict[str, Any] = json.loads(self.files["report.json"])
        return found

    @cached_property
    def meetings(self) -> Rows:
        """The rows of plan.csv."""
        return self._rows("plan.csv")

    @cached_property
    def targets(self) -> Rows:
        """The rows of targets.csv."""
        return self._rows("targets.csv")

    def _rows(self, name: str) -> Rows:
        return list(csv.DictReader(io.StringIO(self.files[name].decode(), newline="")))

    @cached_property
    def members(self) -> dict[str, str]:
        """Names of the members by id."""
        return {member.id: f"{member.name}, {member.organisation}" for member in self.mission.members}

    @cached_property
    def hosts(self) -> dict[str, str]:
        """Names of the targets by id."""
        return {target.id: target.name for target in self.mission.targets}

    @property
    def days(self) -> list[str]:
        """The days of the mission."""
        return [day.date.isoformat() for day in self.mission.frame.days]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Member and target of each meeting."""
        return [(row["member_id"], row["target_id"]) for row in self.meetings]

    def title(self, language: Language) -> str:
        """Name the mission."""
        return self.mission.frame.title_de if language == "de" else self.mission.frame.title_en
