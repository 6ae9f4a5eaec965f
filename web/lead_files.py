"""Uploaded files of leads: kept in the data folder, scored in the background, taken up again after a restart.

Each file has a folder of its own with the upload, `state.json` and the result. One worker thread a
process scores one file after the other, and a lock keeps two processes off the same file; a file that was
being scored when the server ended goes on where it stood.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Event, Lock, Thread
from typing import Literal, cast

from flask import current_app

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.leads.columns import ColumnMap, from_assignments
from matcher.leads.job import Job, JobStopped, Summary
from matcher.leads.scoring import Settings
from matcher.leads.tables import Table, format_of, open_table

LOGGER = logging.getLogger(__name__)
Status = Literal["draft", "waiting", "running", "done", "stopped", "failed"]
RESULT = "result.parquet"
KEPT_DAYS = 30
"""How long an upload stays before it is removed: long enough for a campaign, short for personal data."""

NO_PROBLEM = ("", "")
UNEXPECTED = (
    "Beim Bewerten ist etwas schiefgegangen; was schon bewertet ist, bleibt erhalten. Setzen Sie es noch einmal fort.",
    "Something went wrong while scoring; what is scored is kept. Go on once more.",
)
"""What a failed file says, as (German, English), when no sentence names the cause."""


@dataclass(frozen=True, slots=True)
class LeadFile:
    """One upload and how far its scoring is. `columns` maps fields to column names, empty until chosen."""

    id: str
    owner: int | None
    name: str
    uploaded_at: str
    language: Language
    status: Status = "draft"
    columns: tuple[tuple[str, str], ...] = ()
    n_done: int = 0
    n_rows: int = 0
    n_errors: int = 0
    n_duplicates: int = 0
    grades: tuple[tuple[str, int], ...] = ()
    problem: tuple[str, str] = NO_PROBLEM

    @property
    def is_under_way(self) -> bool:
        """Whether it is being scored or waits for it."""
        return self.status in ("waiting", "running")


class LeadFiles:
    """All uploads of an installation, and the thread that scores them."""

    def __init__(self, folder: Path, region_folder: Path | None = None) -> None:
        self._folder = folder
        self._region_folder = region_folder
        self._queue: Queue[str] = Queue()
        self._lock = Lock()
        self._worker: Thread | None = None
        self._idle = Event()
        self._idle.set()

    def add(self, owner: int | None, name: str, data: bytes, language: Language) -> LeadFile:
        """Keep an upload.

        Raises
        ------
        MatcherError
            If the file cannot be read as a table; nothing is kept then.
        """
        shown = Path(name.replace("\\", "/")).name or "leads.csv"
        format_of(Path(shown))
        file = LeadFile(secrets.token_urlsafe(12), owner, shown, datetime.now(UTC).isoformat(), language)
        folder = self._folder / file.id
        folder.mkdir(parents=True, mode=0o700)
        try:
            self._input(file).write_bytes(data)
            open_table(self._input(file))
        except MatcherError:
            shutil.rmtree(folder)
            raise
        self._save(file)
        return file

    def get(self, owner: int | None, file_id: str) -> LeadFile | None:
        """Return a file to the one who uploaded it, and to no other."""
        if not file_id.replace("-", "").replace("_", "").isalnum():
            return None
        found = self._load(file_id)
        return found if found and found.owner == owner else None

    def of_owner(self, owner: int | None) -> list[LeadFile]:
        """Return someone's files, newest first; older ones than `KEPT_DAYS` are removed."""
        files = [file for file in self._all() if file.owner == owner]
        kept = []
        for file in files:
            age = datetime.now(UTC) - datetime.fromisoformat(file.uploaded_at)
            if age.days > KEPT_DAYS and not file.is_under_way:
                self.remove(file)
            else:
                kept.append(file)
        return sorted(kept, key=lambda file: (file.uploaded_at, file.id), reverse=True)

    def table(self, file: LeadFile) -> Table:
        """Open the upload."""
        return open_table(self._input(file))

    def result(self, file: LeadFile) -> Path:
        """Return where the scored rows are, once the file is done."""
        return self._folder / file.id / RESULT

    def exported(self, file: LeadFile, ending: str) -> Path:
        """Return where an export of this ending is written."""
        return self._folder / file.id / f"export.{ending}"

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
            self._write(self._folder / "mappings.json", mappings)
        return self._enqueue(replace(file, columns=tuple(chosen.items()), problem=NO_PROBLEM))

    def go_on(self, file: LeadFile) -> LeadFile:
        """Queue a stopped or failed file again; rows that are scored stay scored."""
        return self._enqueue(file)

    def stop(self, file: LeadFile) -> None:
        """Ask for a stop, in whichever process it is scored; what is scored so far is kept."""
        if (self._folder / file.id).is_dir():
            self._stop_mark(file).touch()

    def remove(self, file: LeadFile) -> None:
        """Remove an upload, its result and its exports."""
        self.stop(file)
        shutil.rmtree(self._folder / file.id, ignore_errors=True)

    def take_up(self) -> None:
        """Queue what was under way when the server ended."""
        for file in sorted(self._all(), key=lambda file: file.uploaded_at):
            if file.is_under_way:
                self._enqueue(file)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is queued; tell whether that was reached."""
        return self._idle.wait(seconds)

    def _enqueue(self, file: LeadFile) -> LeadFile:
        waiting = replace(file, status="waiting", problem=NO_PROBLEM)
        self._stop_mark(file).unlink(missing_ok=True)
        self._save(waiting)
        self._idle.clear()
        self._queue.put(file.id)
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._work, name="lead scoring", daemon=True)
                self._worker.start()
        return waiting

    def _work(self) -> None:
        while True:
            file = self._load(self._queue.get())
            if file is not None and file.status == "waiting":
                try:
                    with self._sole_worker(file) as is_sole:
                        if is_sole:
                            self._score(file)
                except Exception as error:
                    LOGGER.error("scoring a file of leads failed: %s", type(error).__name__)
                    self._save(replace(file, status="failed", problem=UNEXPECTED))
            if self._queue.empty():
                self._idle.set()

    def _score(self, file: LeadFile) -> None:
        running = replace(file, status="running")
        self._save(running)

        def report(n_done: int, _n_rows: int) -> None:
            self._save(replace(running, n_done=n_done))

        job = Job(
            self.table(file),
            self.column_map(file),
            self.result(file),
            Settings.choose(self._region_folder),
            file.language,
            report=report,
            should_stop=self._stop_mark(file).is_file,
        )
        try:
            self._save(_finished(running, job.run()))
        except JobStopped:
            known = self._load(file.id)
            if known is not None:
                self._save(replace(known, status="stopped"))
        except MatcherError as error:
            self._save(replace(running, status="failed", problem=error.said))

    @contextmanager
    def _sole_worker(self, file: LeadFile) -> Iterator[bool]:
        """Hold the file's lock, which ends with this process; yield whether no other one holds it."""
        lock = sqlite3.connect(self._folder / file.id / "lock.sqlite", timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
        finally:
            lock.close()

    def _stop_mark(self, file: LeadFile) -> Path:
        return self._folder / file.id / "stop"

    def _input(self, file: LeadFile) -> Path:
        suffixes = "".join(
            Path(file.name).suffixes[-2:] if file.name.endswith(".gz") else [Path(file.name).suffix]
        )
        return self._folder / file.id / f"input{suffixes.lower()}"

    def _all(self) -> list[LeadFile]:
        found = [self._load(path.parent.name) for path in self._folder.glob("*/state.json")]
        return [file for file in found if file is not None]

    def _load(self, file_id: str) -> LeadFile | None:
        try:
            data = json.loads((self._folder / file_id / "state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        for name in ("columns", "grades"):
            data[name] = tuple(tuple(pair) for pair in data[name])
        data["problem"] = tuple(data["problem"])
        return LeadFile(**data)

    def _save(self, file: LeadFile) -> None:
        if (self._folder / file.id).is_dir():
            self._write(self._folder / file.id / "state.json", asdict(file))

    def _mappings(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads((self._folder / "mappings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return cast("dict[str, dict[str, str]]", found)

    @staticmethod
    def _write(path: Path, data: object) -> None:
        aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        aside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        aside.replace(path)


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
