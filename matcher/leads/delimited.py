"""Rows of a delimited file one at a time: multi-line cells kept together, broken rows named and survived."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.leads.dialect import Dialect, has_invalid_bytes, open_text

MAX_CELL_LINES = 2_000
"""A quoted cell with more lines is taken for a quote that was never closed."""
MAX_ROW_CHARACTERS = 2_000_000

csv.field_size_limit(MAX_ROW_CHARACTERS * 2)


class _StrayQuote(Exception):
    """A quote inside a quoted cell that neither ends it nor is doubled."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: `number` counts data rows from 1; `error` says why it cannot be read whole.

    `cells` always has one value a column; values keep their type where the format has types.
    `n_read` of them stood in the file. `error` is (German, English), both empty for a sound row.
    """

    number: int
    cells: tuple[object, ...]
    n_read: int
    error: tuple[str, str] = ("", "")


def _is_open_after(line: str, delimiter: str, is_open: bool) -> bool:
    """Follow the quotes of one physical line; tell whether a quoted cell is still open at its end."""
    if not is_open and '"' not in line:
        return False
    at = 0
    while True:
        quote = line.find('"', at)
        if is_open:
            if quote < 0:
                return True
            following = line[quote + 1 : quote + 2]
            if following == '"':
                at = quote + 2
                continue
            if following not in ("", delimiter, "\r", "\n"):
                raise _StrayQuote
            is_open = False
        else:
            while quote > 0 and line[quote - 1] != delimiter:
                quote = line.find('"', quote + 1)
            if quote < 0:
                return False
            is_open = True
        at = quote + 1


def _records(stream: Iterator[str], delimiter: str) -> Iterator[tuple[str, bool]]:
    """Yield whole records as text, and whether their quotes are sound.

    When a quote is never closed, or closed in the middle of a later line, only the line that opened
    it is given up; the lines after it are read afresh.
    """
    waiting: deque[str] = deque()

    def next_line() -> str | None:
        return waiting.popleft() if waiting else next(stream, None)

    while (line := next_line()) is not None:
        lines = [line]
        n_characters = len(line)
        is_sound = True
        try:
            is_open = _is_open_after(line, delimiter, False)
        except _StrayQuote:
            yield line, False
            continue
        while is_open:
            following = next_line()
            if following is None:
                is_sound = False
                break
            lines.append(following)
            n_characters += len(following)
            try:
                is_open = _is_open_after(following, delimiter, True)
            except _StrayQuote:
                is_sound = False
                break
            if is_open and (len(lines) > MAX_CELL_LINES or n_characters > MAX_ROW_CHARACTERS):
                is_sound = False
                break
        if is_sound:
            yield "".join(lines), True
        else:
            waiting.extendleft(reversed(lines[1:]))
            yield lines[0], False


def _parse(record: str, delimiter: str) -> list[str]:
    """Split one record into its cells, leniently; unreadable text is one cell."""
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error:
        return [record.rstrip("\r\n")]


def _shaped(cells: list[str], n_columns: int) -> tuple[str, ...]:
    return tuple(cells[:n_columns]) + ("",) * (n_columns - len(cells))


def read_delimited(path: Path, dialect: Dialect) -> Iterator[Row]:
    """Yield the header as row 0, then every data row; blank lines are no rows.

    A row with too many cells, with an unclosed quote or with bytes that are not
    of the file's encoding carries its sentence in `error`. Cells missing at the end are no error by
    themselves: spreadsheets leave them out when they are empty; `Row.n_read` tells.
    """
    n_columns = 0
    number = -1
    with open_text(path, dialect.encoding) as stream:
        lines = iter(stream)
        if dialect.has_separator_line:
            next(lines, None)
        for record, is_sound in _records(lines, dialect.delimiter):
            if not record.strip("\r\n \t\ufeff"):
                continue
            cells = _parse(record, dialect.delimiter)
            number += 1
            if number == 0:
                n_columns = len(cells)
                yield Row(0, tuple(cells), n_columns)
                continue
            n_read = min(len(cells), n_columns)
            yield Row(
                number, _shaped(cells, n_columns), n_read, _row_error(record, cells, n_columns, is_sound)
            )


def _row_error(record: str, cells: list[str], n_columns: int, is_sound: bool) -> tuple[str, str]:
    n_cells = len(cells)
    if n_cells > n_columns:
        extra = "; ".join(cell.strip() for cell in cells[n_columns:])[:200]
        return (
            f"Die Zeile hat {n_cells} Zellen, die Kopfzeile {n_columns}; überzählig: {extra!r}. "
            "Bitte Trennzeichen und Anführungszeichen prüfen.",
            f"The row has {n_cells} cells, the header {n_columns}; left over: {extra!r}. "
            "Check its delimiters and quotes.",
        )
    if not is_sound and n_cells != n_columns:
        return (
            "Ein Anführungszeichen wird geöffnet, aber nicht geschlossen; bitte die Zeile berichtigen.",
            "A quotation mark is opened and never closed; mend the row.",
        )
    if has_invalid_bytes(record):
        return (
            "Die Zeile enthält Bytes, die kein UTF-8 sind; bitte die Datei als UTF-8 speichern.",
            "The row holds bytes that are not UTF-8; save the file as UTF-8.",
        )
    if "\0" in record:
        return (
            "Die Zeile enthält Nullzeichen; bitte neu exportieren.",
            "The row holds NUL characters; export it anew.",
        )
    return ("", "")
