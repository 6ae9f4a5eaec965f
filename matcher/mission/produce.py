"""Everything a mission hands out, as files in memory, and a folder that appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.mission.calendars import calendars
from matcher.mission.papers import Papers
from matcher.mission.plan_files import PLAN_COLUMNS, as_json, csv_text, plan_csv, report
from matcher.mission.reasons import TARGET_COLUMNS, target_rows
from matcher.mission.replan import Change, PlannedMeeting, Replan
from matcher.render.docx import dossier_docx
from matcher.render.pdf import dossier_pdf
from matcher.render.xlsx import dossier_xlsx


def produce(
    papers: Papers, language: Language, replanned: Replan | None = None, revision: int = 0
) -> Mapping[str, bytes]:
    """Return all files of a mission by their path inside its folder.

    Parameters
    ----------
    replanned : Replan, optional
        Adds the differences to report.json and as changes.csv.
    revision : int
        How often the mission has been planned again; calendars carry it.
    """
    mission, plan = papers.reasons.mission, papers.plan
    names = {location.id: location.name for location in papers.reasons.region.locations}
    met = Counter(meeting.target_id for meeting in plan.meetings)
    summary = report(mission, plan, names)
    summary["revision"] = revision
    book = papers.book()
    files = {
        "targets.csv": csv_text(
            TARGET_COLUMNS, target_rows(papers.cards, papers.reasons, lambda target_id: met[target_id])
        ).encode(),
        "plan.csv": plan_csv(plan.meetings).encode(),
        "briefing.docx": dossier_docx(book),
        "briefing.pdf": dossier_pdf(book),
        "timetable.xlsx": dossier_xlsx(papers.timetable()),
    }
    if replanned:
        summary["changes"] = [asdict(change) for change in replanned.changes]
        summary["n_changes_needed"] = replanned.n_needed
        summary["is_fewest_changes"] = replanned.is_fewest
        files["changes.csv"] = changes_csv(replanned.changes).encode()
    files["report.json"] = as_json(summary).encode()
    for name, data in calendars(mission, plan.meetings, language, revision).items():
        files[f"calendars/{name}"] = data
    for member in mission.members:
        files[f"people/{member.id}.pdf"] = dossier_pdf(papers.personal(member))
    return files


def changes_csv(changes: Sequence[Change]) -> str:
    """Return the differences between two plans as CSV."""
    columns = ("kind", "member_id", "target_id", "before", "after")
    return csv_text(columns, ((c.kind, c.member_id, c.target_id, c.before, c.after) for c in changes))


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files aside and move them into place in one step; an earlier mission there is replaced.

    Raises
    ------
    MatcherError
        If the folder holds something else, or cannot be written.
    """
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / "plan.csv").is_file())
    ):
        raise MatcherError(f"{folder} holds something other than a mission; choose another --out.")
    aside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        new, old = aside / "new", aside / "old"
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise MatcherError(f"{folder} cannot be written: {error.strerror}; choose another --out.") from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def read_previous(folder: Path) -> tuple[tuple[PlannedMeeting, ...], int]:
    """Read the plan of a mission's folder and how often it was planned again.

    Raises
    ------
    MatcherError
        If the folder has no readable plan.csv and report.json.
    """
    try:
        plan = (folder / "plan.csv").read_text(encoding="utf-8-sig")
        revision = json.loads((folder / "report.json").read_text(encoding="utf-8"))["revision"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MatcherError(
            f"{folder}: holds no plan of a mission (plan.csv and report.json); name the folder of an earlier run."
        ) from error
    return planned_meetings(plan, f"{folder.name}/plan.csv"), int(revision)


def planned_meetings(text: str, name: str) -> tuple[PlannedMeeting, ...]:
    """Read the text of a plan.csv."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    absent = [column for column in PLAN_COLUMNS if column not in (reader.fieldnames or ())]
    if absent:
        raise MatcherError(
            f"{name}: the column {absent[0]!r} is missing; use a plan.csv as it was written.",
            de=f"{name}: Die Spalte „{absent[0]}“ fehlt; bitte eine unveränderte plan.csv verwenden.",
        )
    return tuple(
        PlannedMeeting(
            row["date"],
            row["start"],
            row["end"],
            row["city"],
            row["room"],
            row["member_id"],
            row["target_id"],
            row["interpreter"],
        )
        for row in reader
    )
