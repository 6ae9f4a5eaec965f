"""Reads the small tables of a mission, each fault named by file, row and column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import MatcherError
from matcher.leads.tables import open_table

Hint = tuple[str, str]
"""How a sentence about an unknown name ends, as (German, English)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with the name of its file and its number, counting the header as row 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str, problem: str, *, de: str, hint: Hint = ("", "")) -> MatcherError:
        """Return the error that names file, row and column, what is wrong and what could be meant."""
        return MatcherError(
            f"{self.file}, row {self.number}, {column}: {problem}{hint[1]}",
            de=f"{self.file}, Zeile {self.number}, {column}: {de}{hint[0]}",
        )

    def required(self, column: str) -> str:
        """Return the cell, or raise when it is empty."""
        if not self[column]:
            raise self.fault(
                column,
                "is empty; fill it in or remove the row.",
                de="ist leer; bitte ausfüllen oder die Zeile streichen.",
            )
        return self[column]


def read_rows(path: Path, columns: Sequence[str], *, may_be_empty: bool = False) -> list[Row]:
    """Read a table that has these columns: csv, tsv, xlsx, parquet or jsonl, in any usual encoding.

    Raises
    ------
    MatcherError
        If the file has no rows, a row is broken, or a column is missing or stands there twice.
    """
    table = open_table(path)
    header = [column.strip().casefold() for column in table.columns]
    for column in columns:
        if column not in header:
            close = difflib.get_close_matches(column, header, n=1)
            hint = (
                (f"Ist „{close[0]}“ gemeint?", f"is it the one called {close[0]!r}?")
                if close
                else ("Bitte ergänzen.", "add it.")
            )
            raise MatcherError(
                f"{path.name}, row 1: the column {column!r} is missing; {hint[1]}",
                de=f"{path.name}, Zeile 1: Die Spalte „{column}“ fehlt. {hint[0]}",
            )
        if header.count(column) > 1:
            raise MatcherError(
                f"{path.name}, row 1: the column {column!r} is there twice; keep one.",
                de=f"{path.name}, Zeile 1: Die Spalte „{column}“ gibt es zweimal; bitte nur eine behalten.",
            )
    rows: list[Row] = []
    for number, row in enumerate(table.read_rows(), start=2):
        if row.error[1]:
            raise MatcherError(
                f"{path.name}, row {number}: {row.error[1]}",
                de=f"{path.name}, Zeile {number}: {row.error[0]}",
            )
        cells = ["" if cell is None else str(cell).strip() for cell in row.cells]
        if any(cells):
            rows.append(Row(path.name, number, dict(zip(header, cells, strict=False))))
    if not rows and not may_be_empty:
        raise MatcherError(
            f"{path.name}: has a header but no rows; add at least one.",
            de=f"{path.name}: hat eine Kopfzeile, aber keine Zeilen; bitte mindestens eine ergänzen.",
        )
    return rows


def known(name: str, options: Iterable[str]) -> Hint:
    """Say which of the options could have been meant, or list them where they are few."""
    listed = sorted(options)
    close = difflib.get_close_matches(name, listed, n=1, cutoff=0.6)
    if close:
        return f". Ist „{close[0]}“ gemeint?", f"; did you mean {close[0]!r}?"
    if len(listed) <= 12:
        return f"; bekannt: {', '.join(listed)}.", f"; known are {', '.join(listed)}."
    return "; unter den bekannten ist es nicht.", "; it is not among the known ones."


def split_list(cell: str) -> list[str]:
    """Split a cell that holds several values, separated by semicolon, comma or bar."""
    for mark in ";|":
        cell = cell.replace(mark, ",")
    return [part.strip() for part in cell.split(",") if part.strip()]
