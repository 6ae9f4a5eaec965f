"""Uploaded files of leads: kept in the data folder, scored in the background, taken up again after a restart.

Each file has a folder of its own with the upload and the result; a file that was being scored when the server
ended goes on where it stood.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from flask import current_app

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.leads.columns import ColumnMap, from_assignments
from matcher.leads.job import Job, Summary
from matcher.leads.scoring import Settings
from matcher.leads.tables import Table, format_of, open_table
from web.background import Background, Work, write_json

RESULT = "result.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFile(Work):
    """One upload and how far its scoring is. `columns` maps fields to column names, empty until chosen."""

    name: str
    columns: tuple[tuple[str, str], ...] = ()
    n_done: int = 0
    n_rows: int = 0
    n_errors: int = 0
    n_duplicates: int = 0
    grades: tuple[tuple[str, int], ...] = ()


class LeadFiles(Background[LeadFile]):
    """All uploads of an installation, and the thread that scores them."""

    name = "lead scoring"
    kept = timedelta(days=30)
    """Long enough for a campaign, short for personal data."""

    def __init__(self, folder: Path, region_folder: Path | None = None) -> None:
        super().__init__(folder)
        self._region_folder = region_folder

    def read(self, data: dict[str, Any]) -> LeadFile:
        """Return the file that `state.json` describes."""
        pairs = {name: tuple(tuple(pair) for pair in data[name]) for name in ("columns", "grades")}
        return LeadFile(**{**data, **pairs})

    def add(self, owner: int | None, name: str, data: bytes, language: Language) -> LeadFile:
        """Keep an upload.

        Raises
        ------
        MatcherError
            If the file cannot be read as a table; nothing is kept then.
        """
        shown = Path(name.replace("\\", "/")).name or "leads.csv"
        format_of(Path(shown))
        file = self.begin(LeadFile(owner=owner, name=shown, language=language))
        try:
            self._input(file).write_bytes(data)
            open_table(self._input(file))
        except MatcherError as error:
            kept_as = self._input(file).name
            shutil.rmtree(self.folder_of(file))
            german, english = (sentence.replace(kept_as, shown, 1) for sentence in error.said)
            raise MatcherError(english, de=german) from error
        return file

    def table(self, file: LeadFile) -> Table:
        """Open the upload."""
        return open_table(self._input(file))

    def result(self, file: LeadFile) -> Path:
        """Return where the scored rows are, once the file is done."""
        return self.folder_of(file) / RESULT

    def exported(self, file: LeadFile, ending: str) -> Path:
        """Return where an export of this ending is written."""
        return self.folder_of(file) / f"export.{ending}"

    def column_map(self, file: LeadFile) -> ColumnMap:
        """Return the positions of the chosen columns."""
        return from_assignments(self.table(file).columns, dict(file.columns), file.name)

    def remembered(self, owner: int | None, header: tuple[str, ...]) -> Mapping[str, str]:
        """Return the mapping that was last chosen for a file with the same columns, or an empty one."""
        stored = self._mappings().get(_mapping_key(owner, header), {})
        return {str(field): str(column) for field, column in stored.items()}

    def start(self, file: LeadFile, columns: Mapping[str, str]) -> LeadFile:
        """Remember the mapping and queue the file.

        Raises
        ------
        MatcherError
            If the mapping does not fit the file.
        """
        header = self.table(file).columns
        from_assignments(header, columns, file.name)
        chosen = {field: column for field, column in columns.items() if column}
        with self._lock:
            mappings = self._mappings()
            mappings[_mapping_key(file.owner, header)] = chosen
            write_json(self.folder / "mappings.json", mappings)
        return self.enqueue(replace(file, columns=tuple(chosen.items())))

    def do(self, work: LeadFile) -> LeadFile:
        """Score a file; rows that are scored stay scored when it is stopped."""

        def report(n_done: int, _n_rows: int) -> None:
            self.save(replace(work, n_done=n_done))

        job = Job(
            self.table(work),
            self.column_map(work),
            self.result(work),
            Settings.choose(self._region_folder),
            work.language,
            report=report,
            should_stop=lambda: self.should_stop(work),
        )
        return _finished(work, job.run())

    def _input(self, file: LeadFile) -> Path:
        suffixes = "".join(
            Path(file.name).suffixes[-2:] if file.name.endswith(".gz") else [Path(file.name).suffix]
        )
        return self.folder_of(file) / f"input{suffixes.lower()}"

    def _mappings(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads((self.folder / "mappings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return cast("dict[str, dict[str, str]]", found)


def _finished(file: LeadFile, summary: Summary) -> LeadFile:
    return replace(
        file,
        status="done",
        n_done=summary.n_rows,
        n_rows=summary.n_rows,
        n_errors=summary.n_errors,
        n_duplicates=summary.n_duplicates,
        grades=tuple(summary.by_grade.items()),
    )


def _mapping_key(owner: int | None, header: tuple[str, ...]) -> str:
    return json.dumps([owner, header], ensure_ascii=False)


def lead_files() -> LeadFiles:
    """Return the uploads of the running application."""
    return cast(LeadFiles, current_app.extensions["lead_files"])
