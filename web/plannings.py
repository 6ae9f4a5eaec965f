"""Plannings of missions: each is done in the background from files kept in a folder, and ends as a saved version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from flask import current_app

from corpus.records import Language
from matcher.errors import Stopped
from matcher.mission.lead_scores import lead_tenths
from matcher.mission.options import Check
from matcher.mission.preparing import prepare
from matcher.mission.produce import planned_meetings
from matcher.mission.replan import parse_cancellation
from web.background import Background, Work
from web.matching import Matching
from web.mission_work import with_files
from web.storage import audit, missions
from web.storage.archives import pack, unpack
from web.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning(Work):
    """A mission to plan, or with `based_on` the version to plan again after cancellations."""

    name: str
    author: str
    mission_id: int | None = None
    based_on: int = 0
    cancelled: tuple[str, ...] = ()
    refill: bool = False


class Plannings(Background[Planning]):
    """All plannings under way, and the thread that does them; what is done is a version of a mission."""

    name = "mission planning"
    kept = timedelta(days=1)
    """A planning that was stopped or failed holds names of people: a day is enough to go on or try again."""

    def __init__(
        self, folder: Path, matching: Matching, database: Database, region_folder: Path | None
    ) -> None:
        super().__init__(folder)
        self._matching = matching
        self._database = database
        self._region_folder = region_folder

    def read(self, data: dict[str, Any]) -> Planning:
        """Return the planning that `state.json` describes."""
        return Planning(**{**data, "cancelled": tuple(data["cancelled"])})

    def plan(
        self, inputs: Mapping[str, bytes], name: str, *, owner: int | None, author: str, language: Language
    ) -> Planning:
        """Queue the planning of a new mission."""
        planning = self.begin(Planning(owner=owner, language=language, name=name, author=author))
        self._inputs(planning).write_bytes(pack(inputs))
        return self.enqueue(planning)

    def plan_again(
        self,
        mission_id: int,
        name: str,
        cancelled: Sequence[str],
        *,
        based_on: int,
        refill: bool,
        owner: int | None,
        author: str,
        language: Language,
    ) -> Planning:
        """Queue another planning of a saved mission, with the fewest changes after cancellations."""
        planning = Planning(
            owner=owner,
            language=language,
            name=name,
            author=author,
            mission_id=mission_id,
            based_on=based_on,
            cancelled=tuple(cancelled),
            refill=refill,
        )
        return self.enqueue(self.begin(planning))

    def do(self, work: Planning) -> Planning:
        """Plan, and keep the plan as a version of its mission."""

        def check() -> None:
            if self.should_stop(work):
                raise Stopped("The planning was stopped.", de="Die Planung wurde angehalten.")

        if work.based_on:
            self._again(work, check)
            return replace(work, status="done")
        inputs = unpack(self._inputs(work).read_bytes())
        outputs = self._planned(inputs, work, check)
        with self._database.session() as session:
            saved = missions.save_new(
                session, work.name, inputs, outputs, owner_id=work.owner, author=work.author
            )
            audit.record(session, work.author, "saved", mission_id=saved.id)
        self._inputs(work).unlink()
        return replace(work, status="done", mission_id=saved.id)

    def _again(self, work: Planning, check: Check) -> None:
        with self._database.session() as session:
            version = missions.find_version(session, work.mission_id or 0, work.based_on)
        if version is None:
            raise missions.changed_meanwhile()
        outputs = self._planned(unpack(version.inputs), work, check, unpack(version.outputs))
        with self._database.session() as session:
            missions.save_version(
                session,
                version.mission_id,
                outputs,
                work.cancelled,
                based_on=work.based_on,
                author=work.author,
            )
            audit.record(session, work.author, "saved", mission_id=version.mission_id)

    def _planned(
        self,
        inputs: Mapping[str, bytes],
        work: Planning,
        check: Check,
        before: Mapping[str, bytes] | None = None,
    ) -> dict[str, bytes]:
        """Return everything a planned mission hands out; with the plan `before`, the differences too."""
        region = self._matching.region
        mission = with_files(inputs, region)
        prepared = prepare(
            mission,
            region,
            self._matching.matcher.encoder,
            lead_tenths=lead_tenths(mission.targets, self._region_folder),
            previous=planned_meetings(before["plan.csv"].decode(), "plan.csv") if before else (),
            cancelled=[parse_cancellation(text, mission) for text in work.cancelled],
            refill=work.refill,
            revision=work.based_on,
            check=check,
        )
        files = dict(prepared.files(region, work.language))
        check()
        return files

    def _inputs(self, planning: Planning) -> Path:
        return self.folder_of(planning) / "inputs.zip"


def plannings() -> Plannings:
    """Return the plannings of the running application."""
    return cast(Plannings, current_app.extensions["plannings"])
