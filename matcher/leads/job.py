"""Scores a whole file: batch by batch, resumable after a kill at any point, then written in one piece.

Each scored batch is kept in a folder beside the output until the output is complete. A second start
with the same file, settings and versions takes up what is there; anything else starts anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.records import Language
from matcher.errors import MatcherError, Stopped
from matcher.leads.backends import Backend, Batch, Report, Scored, Values, chunked, in_process
from matcher.leads.columns import ColumnMap
from matcher.leads.duplicates import duplicate_finder
from matcher.leads.lead import Lead, lead_of
from matcher.leads.scored import ADDED_COLUMNS, Versions
from matcher.leads.scoring import Settings, versions_of
from matcher.leads.tables import Table, format_of
from matcher.leads.writing import open_writer

BATCH_ROWS = 512
_GRADE = ADDED_COLUMNS.index("grade")
_ERROR = ADDED_COLUMNS.index("error")


@dataclass(frozen=True)
class Summary:
    """What became of a file: counts of rows, by grade, with errors and marked as duplicates."""

    n_rows: int
    n_errors: int
    n_duplicates: int
    by_grade: dict[str, int]
    versions: Versions


@dataclass(frozen=True)
class Job:
    """One file to score and where the result goes."""

    table: Table
    columns: ColumnMap
    out: Path
    settings: Settings
    language: Language = "de"
    batch_rows: int = BATCH_ROWS
    backend: Backend = in_process
    report: Report | None = None
    should_stop: object = field(default=None, repr=False)
    """A callable without arguments; true between batches stops the job, which can then be resumed."""

    @property
    def folder(self) -> Path:
        """Where batches are kept until the output is complete."""
        return self.out.with_name(f".{self.out.name}.scoring")

    def run(self) -> Summary:
        """Score what is not scored yet, write the output, remove the folder.

        Raises
        ------
        MatcherError
            If the output has an unknown ending or cannot be written.
        Stopped
            If `should_stop` became true between two batches; the job can be taken up again.
        """
        format_of(self.out)
        if not self.out.parent.is_dir():
            raise MatcherError(f"{self.out.parent}: there is no such folder for the output.")
        versions = versions_of(self.settings)
        self._prepare(versions)
        n_rows = self._score(versions)
        summary = self._write(n_rows, versions)
        shutil.rmtree(self.folder)
        return summary

    def leads(self) -> Iterator[Lead]:
        """Yield the file's leads in order."""
        return (lead_of(row, self.columns) for row in self.table.read_rows())

    def _prepare(self, versions: Versions) -> None:
        """Make the folder, empty unless it belongs to this very job."""
        mark = self.folder / "job.json"
        fingerprint = self._fingerprint(versions)
        if mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.folder.mkdir()
        except OSError as error:
            raise MatcherError(
                f"{self.out.parent}: the output folder cannot be written ({error.strerror}).",
                de=f"Der Ordner für das Ergebnis lässt sich nicht beschreiben ({error.strerror}).",
            ) from error
        mark.write_text(fingerprint, encoding="utf-8")

    def _fingerprint(self, versions: Versions) -> str:
        digest = hashlib.sha256()
        with self.table.path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        job = {
            "input": digest.hexdigest(),
            "format": self.table.format,
            "columns": self.columns.by_field,
            "language": self.language,
            "batch_rows": self.batch_rows,
            "encoder": self.settings.encoder,
            "versions": asdict(versions),
        }
        return json.dumps(job, indent=1) + "\n"

    def _batch_path(self, number: int) -> Path:
        return self.folder / f"{number:07d}.json"

    def _score(self, versions: Versions) -> int:
        """Score every batch that is not in the folder; return the number of rows."""
        n_rows = n_done = 0

        def missing() -> Iterator[Batch]:
            nonlocal n_rows, n_done
            for number, leads in enumerate(chunked(self.leads(), self.batch_rows)):
                n_rows += len(leads)
                if self._batch_path(number).is_file():
                    n_done += len(leads)
                    self._tell(n_done, 0)
                else:
                    yield Batch(number, tuple(leads))

        for scored in self.backend(self.settings, self.language, missing()):
            self._keep(scored, versions)
            n_done += len(scored.rows)
            self._tell(n_done, 0)
            if callable(self.should_stop) and self.should_stop():
                raise Stopped(f"Stopped after {n_done} rows; start again with the same file to go on.")
        return n_rows

    def _keep(self, scored: Scored, versions: Versions) -> None:
        if scored.versions != versions:
            raise MatcherError(
                "A worker scores with another region pack or model "
                f"({scored.versions.corpus}, {scored.versions.model}) than this machine "
                f"({versions.corpus}, {versions.model}); install the same version there.",
                de="Ein Prozess bewertet mit einem anderen Regionspaket oder Modell "
                f"({scored.versions.corpus}, {scored.versions.model}) als dieser Rechner "
                f"({versions.corpus}, {versions.model}); bitte dort dieselbe Version installieren.",
            )
        path = self._batch_path(scored.number)
        aside = path.with_suffix(".part")
        aside.write_text(json.dumps(scored.rows, ensure_ascii=False), encoding="utf-8")
        aside.replace(path)

    def _tell(self, n_done: int, n_rows: int) -> None:
        if self.report is not None:
            self.report(n_done, n_rows)

    def _write(self, n_rows: int, versions: Versions) -> Summary:
        """Write input and added columns together, marking duplicates on the way."""
        added_names = set(ADDED_COLUMNS)
        kept = [i for i, name in enumerate(self.table.columns) if name not in added_names]
        grades: Counter[str] = Counter()
        n_errors = n_duplicates = 0
        values = self._kept_values()
        with (
            duplicate_finder(self.folder) as duplicates,
            open_writer(self.out, self.table, kept, ADDED_COLUMNS) as writer,
        ):
            for row in self.table.read_rows():
                lead = lead_of(row, self.columns)
                added = next(values)
                first = duplicates.first_of(lead)
                writer.write([row.cells[i] for i in kept], [*added, first])
                n_duplicates += bool(first)
                n_errors += bool(added[_ERROR])
                if added[_GRADE]:
                    grades[str(added[_GRADE])] += 1
        self._tell(n_rows, n_rows)
        return Summary(n_rows, n_errors, n_duplicates, dict(sorted(grades.items())), versions)

    def _kept_values(self) -> Iterator[Values]:
        number = 0
        while (path := self._batch_path(number)).is_file():
            yield from json.loads(path.read_text(encoding="utf-8"))
            number += 1
