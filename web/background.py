"""Work that takes longer than a request: done one piece after the other, stoppable, taken up after a restart.

Each piece has a folder of its own with `state.json` and whatever it needs and makes. One thread a process does
one piece after the other, and a lock keeps two processes off the same piece; what was being done when the
server ended is done again, from where its folder stands.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Event, Lock, Thread
from typing import Any, Generic, Literal, TypeVar

from corpus.records import Language
from matcher.errors import MatcherError, Stopped

LOGGER = logging.getLogger(__name__)
Status = Literal["draft", "waiting", "running", "done", "stopped", "failed"]
NO_PROBLEM = ("", "")
UNEXPECTED = (
    "Dabei ist etwas schiefgegangen; was schon fertig war, bleibt erhalten. Setzen Sie es noch einmal fort.",
    "Something went wrong; what was finished is kept. Go on once more.",
)
"""What failed work says, as (German, English), when no sentence names the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of work and how far it is. `problem` is (German, English), empty unless it failed."""

    owner: int | None
    language: Language
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    begun_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    status: Status = "draft"
    problem: tuple[str, str] = NO_PROBLEM

    @property
    def is_under_way(self) -> bool:
        """Whether it is being done or waits for it."""
        return self.status in ("waiting", "running")


W = TypeVar("W", bound=Work)


class Background(ABC, Generic[W]):
    """All pieces of one kind of work of an installation, and the thread that does them.

    `kept` says how long a piece stays after it was begun before `purge` removes it.
    """

    name: str
    kept: timedelta

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._queue: Queue[str] = Queue()
        self._lock = Lock()
        self._worker: Thread | None = None
        self._idle = Event()
        self._idle.set()

    @abstractmethod
    def read(self, data: dict[str, Any]) -> W:
        """Return the work that `state.json` describes."""

    @abstractmethod
    def do(self, work: W) -> W:
        """Do a piece and return its last state.

        Raises
        ------
        Stopped
            If `should_stop` became true; what is done stays in the folder.
        MatcherError
            If it cannot be done; the sentence is shown to the one who asked for it.
        """

    def folder_of(self, work: W) -> Path:
        """Return the folder of a piece."""
        return self.folder / work.id

    def begin(self, work: W) -> W:
        """Make the folder of a new piece; it is not queued yet."""
        self.folder_of(work).mkdir(parents=True, mode=0o700)
        self.save(work)
        return work

    def get(self, owner: int | None, work_id: str) -> W | None:
        """Return a piece to the one who began it, and to no other."""
        if not work_id.replace("-", "").replace("_", "").isalnum():
            return None
        found = self._load(work_id)
        return found if found and found.owner == owner else None

    def of_owner(self, owner: int | None) -> list[W]:
        """Return someone's pieces, newest first."""
        self.purge()
        own = [work for work in self._all() if work.owner == owner]
        return sorted(own, key=lambda work: (work.begun_at, work.id), reverse=True)

    def purge(self) -> None:
        """Remove what was begun longer ago than it is kept and is not under way."""
        for work in self._all():
            if (
                datetime.now(UTC) - datetime.fromisoformat(work.begun_at) > self.kept
                and not work.is_under_way
            ):
                self.remove(work)

    def enqueue(self, work: W) -> W:
        """Queue a piece; one that was stopped or failed goes on from where its folder stands."""
        waiting = replace(work, status="waiting", problem=NO_PROBLEM)
        self._stop_mark(work).unlink(missing_ok=True)
        self.save(waiting)
        self._idle.clear()
        self._queue.put(work.id)
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._work, name=self.name, daemon=True)
                self._worker.start()
        return waiting

    def stop(self, work: W) -> None:
        """Ask for a stop, in whichever process it is done; what is done so far is kept."""
        if self.folder_of(work).is_dir():
            self._stop_mark(work).touch()

    def should_stop(self, work: W) -> bool:
        """Return whether someone asked for a stop."""
        return self._stop_mark(work).is_file()

    def remove(self, work: W) -> None:
        """Remove a piece with everything in its folder."""
        self.stop(work)
        shutil.rmtree(self.folder_of(work), ignore_errors=True)

    def take_up(self) -> None:
        """Queue what was under way when the server ended."""
        for work in sorted(self._all(), key=lambda work: (work.begun_at, work.id)):
            if work.is_under_way:
                self.enqueue(work)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is queued; tell whether that was reached."""
        return self._idle.wait(seconds)

    def save(self, work: W) -> None:
        """Keep the state of a piece, unless it was removed meanwhile."""
        if self.folder_of(work).is_dir():
            write_json(self.folder_of(work) / "state.json", asdict(work))

    def _work(self) -> None:
        while True:
            work = self._load(self._queue.get())
            if work is not None and work.status == "waiting":
                with self._sole_worker(work) as is_sole:
                    if is_sole:
                        self._carry_out(work)
            if self._queue.empty():
                self._idle.set()

    def _carry_out(self, work: W) -> None:
        running = replace(work, status="running")
        self.save(running)
        try:
            self.save(self.do(running))
        except Stopped:
            self._end(running, "stopped", NO_PROBLEM)
        except MatcherError as error:
            self._end(running, "failed", error.said)
        except Exception as error:
            LOGGER.error("%s failed: %s", self.name, type(error).__name__)
            self._end(running, "failed", UNEXPECTED)

    def _end(self, work: W, status: Status, problem: tuple[str, str]) -> None:
        latest = self._load(work.id)
        if latest is not None:
            self.save(replace(latest, status=status, problem=problem))

    @contextmanager
    def _sole_worker(self, work: W) -> Iterator[bool]:
        """Hold the lock of a piece, which ends with this process; yield whether no other one holds it."""
        lock = sqlite3.connect(self.folder_of(work) / "lock.sqlite", timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
        finally:
            lock.close()

    def _stop_mark(self, work: W) -> Path:
        return self.folder_of(work) / "stop"

    def _all(self) -> list[W]:
        found = [self._load(path.parent.name) for path in self.folder.glob("*/state.json")]
        return [work for work in found if work is not None]

    def _load(self, work_id: str) -> W | None:
        try:
            data = json.loads((self.folder / work_id / "state.json").read_text(encoding="utf-8"))
            return self.read({**data, "problem": tuple(data["problem"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None


def write_json(path: Path, data: object) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    aside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)
