"""A scored file looked into: rows that match a filter, a page at a time, and exports in other formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from matcher.leads.columns import ColumnMap
from matcher.leads.scored import ADDED_COLUMNS
from matcher.leads.tables import Table, open_table
from matcher.leads.writing import as_text, open_writer


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: rows of a grade, theme or location, with a text in name or city; empty shows all.

    `kind` is "" for all, "scored", "error" or "duplicate".
    """

    grade: str = ""
    theme: str = ""
    location_id: str = ""
    text: str = ""
    kind: str = ""

    def takes(self, row: Mapping[str, Any], name: str) -> bool:
        """Tell whether a row is shown."""
        kinds = {
            "": True,
            "scored": not row["error"],
            "error": bool(row["error"]),
            "duplicate": bool(row["duplicate_of"]),
        }
        return (
            kinds.get(self.kind, True)
            and self.grade in ("", row["grade"])
            and (not self.theme or self.theme in (row["theme"], row["second_theme"]))
            and (not self.location_id or self.location_id in [row[f"location_id_{i}"] for i in (1, 2, 3)])
            and self.text.casefold() in name.casefold()
        )


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of the result: its number in the file, name, place and the added values by column."""

    number: int
    name: str
    city: str
    country: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Some rows of a filtered result, best score first, and how many match in all."""

    rows: tuple[ResultRow, ...]
    n_matching: int
    n_rows: int


def read_page(path: Path, columns: ColumnMap, chosen: Filter, *, start: int, size: int) -> ResultPage:
    """Return the rows from `start` that match, best score first, equal ones in the file's order.

    Parameters
    ----------
    path : Path
        A scored parquet file.
    columns : ColumnMap
        Where the name and place of a company stand.
    """
    import pyarrow.parquet as pq

    names = pq.read_schema(path).names
    wanted = {field: position for field, position in columns.by_field.items() if position is not None}
    shown = {field: names[wanted[field]] for field in ("name", "city", "country") if field in wanted}
    table = pq.read_table(path, columns=list(dict.fromkeys([*shown.values(), *ADDED_COLUMNS])))
    found: list[ResultRow] = []
    for number, row in enumerate(table.to_pylist(), start=1):
        name, city, country = (
            as_text(row[shown[field]]) if field in shown else "" for field in ("name", "city", "country")
        )
        if chosen.takes(row, f"{name} {city}"):
            found.append(ResultRow(number, name, city, country, {key: row[key] for key in ADDED_COLUMNS}))
    found.sort(key=lambda row: (-(row.values["lead_score"] or -1.0), row.number))
    return ResultPage(tuple(found[start : start + size]), len(found), table.num_rows)


def export(result: Path, origin: Table, out: Path) -> None:
    """Write a scored parquet file in the format `out` asks for; text formats as the input was written."""
    scored = open_table(result)
    table = replace(scored, format=origin.format, dialect=origin.dialect)
    kept = range(len(scored.columns) - len(ADDED_COLUMNS))
    with open_writer(out, table, kept, ADDED_COLUMNS) as writer:
        for row in scored.read_rows():
            writer.write([row.cells[i] for i in kept], _added(row.cells[len(kept) :]))


def _added(cells: tuple[object, ...]) -> list[object]:
    numbers = {ADDED_COLUMNS.index("lead_score"), ADDED_COLUMNS.index("percentile")}
    return ["" if cell is None and i not in numbers else cell for i, cell in enumerate(cells)]
