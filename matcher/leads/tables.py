"""A table of leads in any format, read row by row: csv, tsv, xlsx, parquet and jsonl, also gzipped."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from matcher.errors import MatcherError
from matcher.leads.delimited import Row, read_delimited
from matcher.leads.dialect import Dialect, find_dialect, has_invalid_bytes, open_bytes

Format = Literal["csv", "tsv", "xlsx", "parquet", "jsonl"]
FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
GZIPPED: tuple[Format, ...] = ("csv", "tsv", "jsonl")
MAX_UNPACKED_XLSX_BYTES = 4 << 30
"""A workbook that unpacks to more is refused: a sheet of a million rows stays below."""


class Absent:
    """The value of a key that a JSON line does not have, which is not the same as null or empty."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __str__(self) -> str:
        return ""


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class FormattedNumber:
    """A number of a spreadsheet with its number format, as `00000` for a postcode."""

    value: Any
    number_format: str

    def __str__(self) -> str:
        if re.fullmatch("0+", self.number_format) and float(self.value).is_integer():
            return str(int(self.value)).zfill(len(self.number_format))
        return str(self.value)


@dataclass(frozen=True)
class Table:
    """An input file: its columns, how it is written, and its rows, which can be read again and again."""

    path: Path
    format: Format
    columns: tuple[str, ...]
    dialect: Dialect
    read_rows: Callable[[], Iterator[Row]]
    schema: Any = None
    """The Arrow schema of a parquet file."""


def format_of(path: Path) -> tuple[Format, bool]:
    """Tell the format from the file's name, and whether it is gzipped.

    Raises
    ------
    MatcherError
        If the ending is none of those that can be read and written.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    is_gzip = bool(suffixes) and suffixes[-1] == ".gz"
    found = FORMATS.get(suffixes[-2] if is_gzip and len(suffixes) > 1 else suffixes[-1] if suffixes else "")
    if found is None or (is_gzip and found not in GZIPPED):
        raise MatcherError(
            f"{path.name}: this ending is not known for leads; use .csv, .tsv, .xlsx, .parquet or .jsonl "
            "(.csv.gz, .tsv.gz and .jsonl.gz also work).",
            de=f"{path.name}: Diese Endung ist nicht bekannt; möglich sind .csv, .tsv, .xlsx, .parquet und .jsonl "
            "(auch .csv.gz, .tsv.gz und .jsonl.gz).",
        )
    return found, is_gzip


def open_table(path: Path) -> Table:
    """Open a file of leads; reads the header only (of JSON lines: the keys of all lines).

    Raises
    ------
    MatcherError
        If the file is missing, empty, of an unknown ending or damaged as a whole.
    """
    if not path.is_file():
        raise MatcherError(f"{path}: there is no such file.")
    form, _ = format_of(path)
    opener = {"csv": _open_text, "tsv": _open_text, "xlsx": _open_xlsx, "parquet": _open_parquet}
    try:
        table = _open_jsonl(path) if form == "jsonl" else opener[form](path, form)
    except MatcherError:
        raise
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise MatcherError(
            f"{path.name}: the file cannot be read as {form} ({error}).",
            de=f"{path.name}: Die Datei lässt sich nicht als {form} lesen; bitte neu speichern oder exportieren.",
        ) from error
    if not any(column.strip() for column in table.columns):
        raise MatcherError(
            f"{path.name}: the file has no header row; the first row must name the columns.",
            de=f"{path.name}: Die Datei hat keine Kopfzeile; die erste Zeile muss die Spalten benennen.",
        )
    return table


def _empty(path: Path) -> MatcherError:
    return MatcherError(f"{path.name}: the file is empty.", de=f"{path.name}: Die Datei ist leer.")


def _header(cells: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in cells)


def _without_header(rows: Iterator[Row]) -> Iterator[Row]:
    next(rows, None)
    yield from rows


def _open_text(path: Path, form: Format) -> Table:
    dialect = find_dialect(path, delimiter="\t" if form == "tsv" else None)
    header = next(read_delimited(path, dialect), None)
    if header is None:
        raise _empty(path)
    return Table(
        path,
        form,
        _header(header.cells),
        dialect,
        lambda: _without_header(read_delimited(path, dialect)),
    )


def _open_xlsx(path: Path, form: Format) -> Table:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_XLSX_BYTES:
            raise MatcherError(
                f"{path.name}: the workbook unpacks to more than 4 GB; save it as .csv.",
                de=f"{path.name}: Die Arbeitsmappe ist entpackt größer als 4 GB; bitte als .csv speichern.",
            )
    header = next(_read_xlsx(path), None)
    if header is None:
        raise MatcherError(
            f"{path.name}: the first sheet is empty.", de=f"{path.name}: Das erste Tabellenblatt ist leer."
        )
    return Table(
        path, form, _header(header.cells), Dialect("utf-8"), lambda: _without_header(_read_xlsx(path))
    )


def _read_xlsx(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet; a formula gives the value Excel saved with it, or its text."""
    from openpyxl import load_workbook

    formulas = load_workbook(path, read_only=True)
    values = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet, saved = formulas.worksheets[0], values.worksheets[0]
        sheet.reset_dimensions()
        saved.reset_dimensions()
        n_columns = 0
        number = -1
        for cells, saved_values in zip(sheet.iter_rows(), saved.iter_rows(values_only=True), strict=True):
            row = [_xlsx_value(cell, value) for cell, value in zip(cells, saved_values, strict=True)]
            while row and row[-1] is None:
                row.pop()
            if not row:
                continue
            number += 1
            if number == 0:
                n_columns = len(row)
            extra = "; ".join(str(value) for value in row[n_columns:])[:200]
            error = ("", "")
            if extra:
                error = (
                    f"Die Zeile hat Zellen rechts der Kopfzeile: {extra!r}; bitte die Spalten benennen.",
                    f"The row has cells to the right of the header: {extra!r}; name their columns.",
                )
            full = tuple(row[:n_columns]) + (None,) * (n_columns - len(row))
            yield Row(number, full, n_columns, error)
    finally:
        formulas.close()
        values.close()


def _xlsx_value(cell: Any, saved: Any) -> Any:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        value = saved if saved is not None else str(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number_format = cell.number_format or "General"
        return value if number_format == "General" else FormattedNumber(value, number_format)
    return value


def _open_parquet(path: Path, form: Format) -> Table:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow

    def read_rows() -> Iterator[Row]:
        number = 0
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=2048):
                columns = [column.to_pylist() for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield Row(number, cells, len(cells))

    return Table(path, form, tuple(schema.names), Dialect("utf-8"), read_rows, schema)


def _open_jsonl(path: Path) -> Table:
    columns: dict[str, None] = {}
    n_lines = 0
    for _, record, _ in _json_lines(path):
        n_lines += 1
        columns |= dict.fromkeys(record)
    if not n_lines:
        raise _empty(path)
    names = tuple(columns)

    def read_rows() -> Iterator[Row]:
        for number, record, error in _json_lines(path):
            yield Row(number, tuple(record.get(name, ABSENT) for name in names), len(names), error)

    return Table(path, "jsonl", names, Dialect("utf-8"), read_rows)


UNREADABLE_LINE = "unreadable_line"
"""The column in which a line that is no JSON object is handed back as it was."""


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any], tuple[str, str]]]:
    number = 0
    with open_bytes(path) as stream:
        for line in stream:
            text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="surrogateescape")
            if not text.strip():
                continue
            number += 1
            try:
                record = json.loads(text)
            except (ValueError, RecursionError):
                record = None
            if isinstance(record, dict) and not has_invalid_bytes(text):
                yield number, record, ("", "")
                continue
            readable = text.rstrip("\r\n").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            yield (
                number,
                {UNREADABLE_LINE: readable},
                ("Die Zeile ist kein JSON-Objekt in UTF-8.", "The line is no JSON object in UTF-8."),
            )
