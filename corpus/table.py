"""One CSV table of a region pack: its rows, and cells read as text, numbers, choices or references.

Nothing here raises for a bad cell: the fault joins the list of problems and a harmless value stands in,
so that one reading names every fault of a pack.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

LIST_SEPARATOR = ";"
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: `row_number` counts as a spreadsheet does, the header being row 1."""

    file: str
    row_number: int
    cells: dict[str, str]
    problems: list[str]

    def report(self, field: str, fault: str, remedy: str) -> None:
        """Add one sentence to the problems: file, row, field, what is wrong, what to do."""
        self.problems.append(f"{self.file}, row {self.row_number}, field {field!r}: {fault}; {remedy}.")

    def optional(self, field: str) -> str:
        """Return the cell without surrounding blanks; it may be empty."""
        return self.cells[field].strip()

    def text(self, field: str) -> str:
        """Return the cell, which must not be empty."""
        value = self.cells[field].strip()
        if not value:
            self.report(field, "is empty", "fill it in, or remove the row")
        return value

    def optional_number(
        self, field: str, at_least: float = -math.inf, at_most: float = math.inf
    ) -> float | None:
        """Return the cell as a number with a decimal point, or None when it is empty."""
        cell = self.optional(field)
        if not cell:
            return None
        try:
            value = math.nan if "_" in cell else float(cell)
        except ValueError:
            value = math.nan
        if math.isfinite(value) and at_least <= value <= at_most:
            return value
        if math.isfinite(value):
            self.report(field, f"{cell} is outside {at_least:g} to {at_most:g}", "correct the figure")
        else:
            self.report(field, f"{cell!r} is not a number", "write digits with a decimal point, e.g. 12.5")
        return at_least if math.isfinite(at_least) else 0.0

    def number(self, field: str, at_least: float = -math.inf, at_most: float = math.inf) -> float:
        """Return the cell as a number; it must not be empty."""
        value = self.optional_number(field, at_least, at_most)
        if value is None:
            self.report(field, "is empty", "write the number")
            return 0.0
        return value

    def optional_whole(self, field: str) -> int | None:
        """Return the cell as a whole number of at least 0, or None when it is empty."""
        value = self.optional_number(field, at_least=0)
        if value is not None and value != int(value):
            self.report(field, f"{self.optional(field)} is not whole", "write a number without decimals")
        return None if value is None else int(value)

    def whole(self, field: str) -> int:
        """Return the cell as a whole number of at least 0; it must not be empty."""
        value = self.optional_whole(field)
        if value is None:
            self.report(field, "is empty", "write the number")
            return 0
        return value

    def one_of(self, field: str, allowed: Sequence[Choice]) -> Choice:
        """Return the cell, which must be one of `allowed`."""
        cell = self.optional(field)
        for choice in allowed:
            if choice == cell:
                return choice
        self.report(field, f"{cell!r} is not allowed", f"use one of: {', '.join(allowed)}")
        return allowed[0]

    def reference(self, field: str, known: Container[str], table: str) -> str:
        """Return the cell, which must be an id of `table`."""
        cell = self.optional(field)
        if cell not in known:
            fault = f"{cell!r} is not an id of {table}" if cell else "is empty"
            self.report(field, fault, f"use an id of {table}, or add the row there")
        return cell

    def items(self, field: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds a list separated by semicolons."""
        return tuple(part.strip() for part in self.cells[field].split(LIST_SEPARATOR) if part.strip())

    def references(
        self, field: str, known: Container[str], table: str, n_at_least: int = 0
    ) -> tuple[str, ...]:
        """Return the ids in a list cell, each of which must be an id of `table`."""
        parts = self.items(field)
        for part in parts:
            if part not in known:
                self.report(
                    field, f"{part!r} is not an id of {table}", f"use an id of {table}, or add the row there"
                )
        if len(parts) < n_at_least:
            self.report(field, "is empty", f"name at least one id of {table}")
        return parts


def read_text(path: Path, problems: list[str]) -> str | None:
    """Return the text of a UTF-8 file; a file that is missing or wrongly encoded joins the problems."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        problems.append(f"{path.name}: cannot be read; put the file into {path.parent}.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(f"{path.name}, row {line}: is not UTF-8; save the file with the encoding UTF-8.")
    return None


def read_rows(path: Path, fields: Sequence[str], problems: list[str]) -> list[Row]:
    """Return the rows of a CSV table whose header must name `fields`, and whose first field is a unique id."""
    text = read_text(path, problems)
    if text is None:
        return []
    lines: Iterator[list[str]] = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    number = 1
    try:
        header = next(lines, [])
        missing = [field for field in fields if field not in header]
        if missing:
            problems.append(f"{path.name}, row 1: has no column {', '.join(missing)}; add it to the header.")
            return []
        for number, cells in enumerate(lines, start=2):
            if not cells:
                continue
            if len(cells) != len(header):
                problems.append(
                    f"{path.name}, row {number}: has {len(cells)} cells where the header has {len(header)}; "
                    "quote cells that hold a comma, and leave unknown cells empty."
                )
                continue
            row = Row(path.name, number, dict(zip(header, cells, strict=True)), problems)
            identity = row.text(fields[0])
            if identity in seen:
                row.report(
                    fields[0], f"{identity!r} stands in row {seen[identity]} too", "give each row its own"
                )
            seen.setdefault(identity, number)
            rows.append(row)
    except csv.Error as error:
        problems.append(f"{path.name}, after row {number}: is not valid CSV ({error}); check the quotes.")
    return rows
