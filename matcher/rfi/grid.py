"""A table of a questionnaire, whether it lies in Excel or in Word: read and written cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from matcher.formula_cells import neutralised


@dataclass
class Grid:
    """Rows of cells; a cell that a merged range covers is None."""

    rows: list[list[Any]]
    read: Callable[[Any], str]
    put: Callable[[Any, str], None]
    bold: Callable[[Any], bool]
    append_column: Callable[[], list[Any]]
    _n_added: int = field(default=0)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def n_columns(self) -> int:
        """Number of columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return what a cell says; nothing where there is no cell."""
        cell = self._cell(row, column)
        return "" if cell is None else self.read(cell)

    def texts(self, row: int) -> list[str]:
        """Return what the cells of a row say."""
        return [self.text(row, column) for column in range(len(self.rows[row]))]

    def is_writable(self, row: int, column: int) -> bool:
        """Whether there is a cell of its own."""
        return self._cell(row, column) is not None

    def is_bold(self, row: int, column: int) -> bool:
        """Whether a cell is set in bold."""
        cell = self._cell(row, column)
        return cell is not None and self.bold(cell)

    def write(self, row: int, column: int, text: str) -> None:
        """Put text into a cell, keeping its format; what looks like a formula stays text."""
        cell = self._cell(row, column)
        if cell is not None:
            self.put(cell, neutralised(text))

    def add_column(self) -> None:
        """Add a column at the right."""
        for row, cell in zip(self.rows, self.append_column(), strict=True):
            row.append(cell)

    def _cell(self, row: int, column: int) -> Any:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


def excel_grid(sheet: Worksheet) -> Grid:
    """Open a worksheet as a grid."""
    rows: list[list[Any]] = [
        [None if isinstance(cell, MergedCell) else cell for cell in row] for row in sheet.iter_rows()
    ]

    def append() -> list[Any]:
        column = sheet.max_column + 1
        return [sheet.cell(number, column) for number in range(1, len(rows) + 1)]

    return Grid(rows, _excel_text, _put_excel, lambda cell: bool(cell.font.bold), append)


def _excel_text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def _put_excel(cell: Cell, text: str) -> None:
    cell.value = text


def n_word_cells(document: Document) -> int:
    """Return how many cells the tables of a Word file have, covered ones included, without opening any of them."""
    return sum(cell.grid_span for cell in document.element.body.iter(qn("w:tc")))


def word_grid(table: Table) -> Grid:
    """Open a Word table as a grid; a cell merged across columns or rows counts once, where it begins."""
    rows: list[list[Any]] = []
    for row in table.rows:
        cells: list[Any] = []
        for cell in row._tr.tc_lst:
            cells.append(None if cell.vMerge == "continue" else _Cell(cell, table))
            cells.extend([None] * (cell.grid_span - 1))
        rows.append(cells)

    def append() -> list[Any]:
        return list(table.add_column(Mm(50)).cells)

    return Grid(rows, lambda cell: str(cell.text), _put_word, _is_bold_word, append)


def _put_word(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    if paragraph.runs:
        paragraph.runs[0].text = text
    else:
        paragraph.add_run(text)


def _is_bold_word(cell: _Cell) -> bool:
    return any(run.bold for paragraph in cell.paragraphs for run in paragraph.runs)
