"""The dossier's tables as an Excel workbook: one sheet a table, numbers as numbers, no macros."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corpus.records import Language
from matcher.charts import ACCENT
from matcher.dossier.blocks import Bullets, Cell, Dossier, Heading, NumberKind, Paragraph, Table
from matcher.dossier.build import build_dossier
from matcher.dossier.phrases import phrase
from matcher.formula_cells import neutralised
from matcher.render.archive import with_fixed_dates
from matcher.shortlist import Shortlist

_NUMBER_FORMATS: Mapping[NumberKind, str] = {"points": "0.0", "share": "0%", "count": "0"}
_WIDTH_BY_KIND = {"text": 30, "number": 12, "line": 60, "meta": 24, "excel": 60}


def render(
    shortlist: Shortlist,
    language: Language,
    *,
    code_name: str | None = None,
    hidden_names: Sequence[str] = (),
    top: int = 10,
) -> bytes:
    """Return the dossier's tables as .xlsx; see `build_dossier` for the parameters."""
    return dossier_xlsx(
        build_dossier(shortlist, language, code_name=code_name, hidden_names=hidden_names, top=top)
    )


def dossier_xlsx(dossier: Dossier) -> bytes:
    """Write a dossier's tables and notes as a workbook."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {
            "title": f"{dossier.title} – {dossier.subtitle}",
            "author": dossier.author,
            "created": datetime.datetime(dossier.data_year, 1, 1),
        }
    )
    styles = _Styles(book)
    _write_overview(book.add_worksheet(phrase("overview_sheet", dossier.language)), dossier, styles)
    tables_by_sheet: dict[str, list[Table]] = {}
    for table in dossier.tables:
        tables_by_sheet.setdefault(table.sheet, []).append(table)
    for name, tables in tables_by_sheet.items():
        _write_tables(book.add_worksheet(_sheet_name(name)), tables, styles)
    book.close()
    return with_fixed_dates(target.getvalue())


class _Styles:
    """The workbook's few cell formats."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        text = {"valign": "top", "text_wrap": True}
        self.text: Format = book.add_format(text)
        self.title: Format = book.add_format({"bold": True, "font_size": 20, "font_color": ACCENT})
        self.heading: Format = book.add_format({"bold": True, "font_size": 13, "font_color": ACCENT})
        self.head: Format = book.add_format(
            text | {"bold": True, "font_color": "#ffffff", "bg_color": ACCENT}
        )
        self.numbers: dict[NumberKind, Format] = {
            kind: book.add_format({"valign": "top", "num_format": pattern})
            for kind, pattern in _NUMBER_FORMATS.items()
        }


def _sheet_name(name: str) -> str:
    """Drop what Excel forbids in sheet names and keep its limit of 31 characters."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _write_overview(sheet: Worksheet, dossier: Dossier, styles: _Styles) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, neutralised(dossier.title), styles.title)
    sheet.write_string(1, 0, neutralised(dossier.subtitle), styles.heading)
    row = 3
    for label, value in (*dossier.cover_facts, ("", dossier.notice)):
        sheet.write_string(row, 0, neutralised(label), styles.text)
        sheet.write_string(row, 1, neutralised(value), styles.text)
        row += 1
    heading = ""
    for block in dossier.blocks:
        match block:
            case Heading(_, text):
                heading = text
            case Paragraph(text, _):
                texts: tuple[str, ...] = (text,)
            case Bullets(items):
                texts = items
            case _:
                continue
        if isinstance(block, Heading):
            continue
        for text in texts:
            sheet.write_string(row, 0, neutralised(heading), styles.text)
            sheet.write_string(row, 1, neutralised(text), styles.text)
            row += 1


def _write_tables(sheet: Worksheet, tables: Sequence[Table], styles: _Styles) -> None:
    first = tables[0]
    n_keys = len(first.key_columns)
    for number, name in enumerate((*first.key_columns, *(column.name for column in first.columns))):
        sheet.write_string(0, number, name, styles.head)
    for number in range(n_keys):
        sheet.set_column(number, number, 8 if first.key_cells[number].number is not None else 24)
    for number, column in enumerate(first.columns, start=n_keys):
        sheet.set_column(number, number, _WIDTH_BY_KIND[column.kind])
    row_number = 1
    for table in tables:
        for row in table.rows:
            for number, cell in enumerate((*table.key_cells, *row)):
                _write_cell(sheet, row_number, number, cell, styles)
            row_number += 1
    sheet.freeze_panes(1, n_keys)
    sheet.autofilter(0, 0, max(row_number - 1, 1), n_keys + len(first.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    if cell.number is None:
        sheet.write_string(row, column, neutralised(cell.text), styles.text)
    else:
        sheet.write_number(row, column, cell.number, styles.numbers[cell.number_kind])
