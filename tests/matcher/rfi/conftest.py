"""Questionnaires as files: one with its own answer columns, and one in Word."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from openpyxl.styles import Alignment, Font, PatternFill

from tests.models.stand_in import StandInEncoder


@pytest.fixture
def encoder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> StandInEncoder:
    """An encoder without weights, with a cache of its own."""
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path_factory.mktemp("cache")))
    return StandInEncoder()


def excel_sheet(questions: list[str], headings: list[str]) -> bytes:
    """A workbook with a title, a merged section heading, and one question a row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "RFI"
    sheet["A1"] = "Project questionnaire"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append([])
    sheet.append(headings)
    sheet.append(["A. General"])
    sheet.merge_cells(start_row=4, start_column=1, end_row=4, end_column=len(headings))
    for number, question in enumerate(questions, start=1):
        sheet.append([number, question])
        for column in range(1, len(headings) + 1):
            cell = sheet.cell(sheet.max_row, column)
            cell.fill = PatternFill("solid", fgColor="FFF2CC")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["B"].width = 60
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def word_table(questions: list[str], headings: list[str]) -> bytes:
    """A Word file with one table of questions."""
    document = docx.Document()
    document.add_heading("Questionnaire", 1)
    table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for number, question in enumerate(questions, start=1):
        row = table.add_row()
        row.cells[0].text = str(number)
        row.cells[1].paragraphs[0].add_run(question).italic = True
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
