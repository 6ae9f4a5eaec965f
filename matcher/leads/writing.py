"""Scored leads written in any format: every input column as it was, then the added ones."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import math
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, cast

from matcher.errors import MatcherError
from matcher.formula_cells import neutralised
from matcher.leads.dialect import Dialect
from matcher.leads.tables import ABSENT, Format, FormattedNumber, Table, format_of

MAX_XLSX_ROWS = 1_048_576
MAX_XLSX_CHARACTERS = 32_767
_FORBIDDEN_IN_XLSX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime.datetime(2026, 1, 1)
_PARQUET_BLOCK = 2048
_NUMERIC_ADDED = {"lead_score": "double", "percentile": "double"}


class Writer(Protocol):
    """Takes rows in order: the input's cells and the added values."""

    def write(self, cells: Sequence[object], added: Sequence[object]) -> None:
        """Write one row."""


@contextmanager
def open_writer(path: Path, table: Table, kept: Sequence[int], added: Sequence[str]) -> Iterator[Writer]:
    """Open a writer for `path`; the file appears whole at the end, or not at all.

    Parameters
    ----------
    path : Path
        Where to write; its ending says the format, which may differ from the input's.
    table : Table
        The input: its columns, and its dialect for text formats.
    kept : sequence of int
        Positions of the input columns to write.
    added : sequence of str
        Names of the columns that follow them.
    """
    form, is_gzip = format_of(path)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    columns = [table.columns[position] for position in kept]
    try:
        with ExitStack() as stack:
            if form == "xlsx":
                writer: Any = _XlsxWriter(temporary, columns, added)
            elif form == "parquet":
                writer = _ParquetWriter(temporary, table, kept, added)
            else:
                raw = stack.enter_context(temporary.open("wb"))
                packed = stack.enter_context(gzip.GzipFile("", "wb", 6, raw, mtime=0)) if is_gzip else raw
                binary = cast(IO[bytes], packed)
                if form == "jsonl":
                    writer = _JsonlWriter(binary, columns, added)
                else:
                    writer = _DelimitedWriter(binary, _output_dialect(table, form), columns, added)
            stack.callback(writer.close)
            yield writer
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _output_dialect(table: Table, form: Format) -> Dialect:
    """Keep the input's delimiter and line ends; Unicode with a mark where Excel wrote the input."""
    if form == "tsv":
        delimiter = "\t"
    elif table.format == "csv":
        delimiter = table.dialect.delimiter
    else:
        delimiter = ","
    encoding = "utf-8" if table.dialect.encoding == "utf-8" else "utf-8-sig"
    return Dialect(encoding, delimiter, table.dialect.line_end)


def as_text(value: object) -> str:
    """Return a cell's value as text; nothing for a missing one, whole floats without `.0`."""
    if value is None or value is ABSENT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


class _DelimitedWriter:
    def __init__(
        self, binary: IO[bytes], dialect: Dialect, columns: Sequence[str], added: Sequence[str]
    ) -> None:
        self._text = io.TextIOWrapper(binary, encoding=dialect.encoding, errors="surrogateescape", newline="")
        self._csv = csv.writer(self._text, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
        self._csv.writerow([neutralised(column) for column in columns] + list(added))

    def write(self, cells: Sequence[object], added: Sequence[object]) -> None:
        row = [neutralised(cell if isinstance(cell, str) else as_text(cell)) for cell in cells]
        row.extend(neutralised(value) if isinstance(value, str) else _number(value) for value in added)
        self._csv.writerow(row)

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


def _number(value: object) -> str:
    return "" if value is None else f"{value:.1f}"


class _JsonlWriter:
    def __init__(self, binary: IO[bytes], columns: Sequence[str], added: Sequence[str]) -> None:
        self._binary = binary
        self._columns = columns
        self._added = added

    def write(self, cells: Sequence[object], added: Sequence[object]) -> None:
        record = {
            name: _json_value(cell)
            for name, cell in zip(self._columns, cells, strict=True)
            if cell is not ABSENT
        }
        record |= dict(zip(self._added, added, strict=True))
        line = json.dumps(record, ensure_ascii=False, default=str) + "\n"
        self._binary.write(line.encode("utf-8", "surrogateescape"))

    def close(self) -> None:
        self._binary.flush()


def _json_value(cell: object) -> object:
    if isinstance(cell, FormattedNumber):
        return str(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell


class _XlsxWriter:
    def __init__(self, path: Path, columns: Sequence[str], added: Sequence[str]) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(str(path), {"constant_memory": True, "in_memory": False})
        self._book.set_properties({"created": _EPOCH, "title": "Leads"})
        self._sheet = self._book.add_worksheet("Leads")
        self._sheet.freeze_panes(1, 0)
        self._formats: dict[str, Any] = {}
        self._row = 0
        bold = self._book.add_format({"bold": True})
        for position, name in enumerate([*columns, *added]):
            self._sheet.write_string(0, position, _xlsx_text(name), bold)

    def write(self, cells: Sequence[object], added: Sequence[object]) -> None:
        self._row += 1
        if self._row >= MAX_XLSX_ROWS:
            raise MatcherError(
                "An Excel sheet ends at 1,048,576 rows: write .csv or .parquet instead.",
                de="Ein Excel-Blatt endet bei 1.048.576 Zeilen: bitte stattdessen .csv oder .parquet wählen.",
            )
        for position, value in enumerate([*cells, *added]):
            self._write_cell(position, value)

    def _write_cell(self, position: int, value: object) -> None:
        if isinstance(value, FormattedNumber):
            self._sheet.write_number(self._row, position, value.value, self._format(value.number_format))
        elif isinstance(value, bool):
            self._sheet.write_boolean(self._row, position, value)
        elif isinstance(value, (int, float)) and math.isfinite(value) and abs(value) < 1e15:
            self._sheet.write_number(self._row, position, value)
        elif isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
            is_date_only = not isinstance(value, (datetime.datetime, datetime.time))
            layout = "yyyy-mm-dd" if is_date_only else "yyyy-mm-dd hh:mm:ss"
            if isinstance(value, datetime.datetime):
                value = value.replace(tzinfo=None)
            self._sheet.write_datetime(self._row, position, value, self._format(layout))
        elif text := as_text(value):
            self._sheet.write_string(self._row, position, _xlsx_text(text))

    def _format(self, number_format: str) -> Any:
        if number_format not in self._formats:
            self._formats[number_format] = self._book.add_format({"num_format": number_format})
        return self._formats[number_format]

    def close(self) -> None:
        self._book.close()


def _xlsx_text(text: str) -> str:
    return neutralised(_FORBIDDEN_IN_XLSX.sub("�", text))[:MAX_XLSX_CHARACTERS]


class _ParquetWriter:
    """Keeps the types of a parquet input; columns of other formats become text."""

    def __init__(self, path: Path, table: Table, kept: Sequence[int], added: Sequence[str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._arrow = pa
        if table.schema is not None:
            fields = [table.schema.field(position) for position in kept]
        else:
            fields = [pa.field(table.columns[position], pa.string()) for position in kept]
        self._is_typed = table.schema is not None
        fields += [pa.field(name, pa.type_for_alias(_NUMERIC_ADDED.get(name, "string"))) for name in added]
        self._schema = pa.schema(fields)
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[list[object]] = []

    def write(self, cells: Sequence[object], added: Sequence[object]) -> None:
        kept = list(cells) if self._is_typed else [_parquet_text(cell) for cell in cells]
        self._rows.append([*kept, *added])
        if len(self._rows) == _PARQUET_BLOCK:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        pa = self._arrow
        columns = [
            pa.array(list(column), type=field.type)
            for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
        ]
        self._writer.write_batch(pa.record_batch(columns, schema=self._schema))
        self._rows.clear()

    def close(self) -> None:
        self._flush()
        self._writer.close()


def _parquet_text(cell: object) -> str | None:
    if cell is None or cell is ABSENT:
        return None
    return as_text(cell).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
