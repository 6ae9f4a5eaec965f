"""A questionnaire comes back as it was, its answer cells filled and none left blank."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from corpus.records import Language, Region
from matcher.errors import MatcherError
from matcher.rfi import answer_sheet
from tests.matcher.rfi.conftest import excel_sheet, word_table
from tests.models.stand_in import StandInEncoder

GERMAN = ["Nr.", "Frage", "Antwort", "Quelle", "Stand", "Zuständig", "Bemerkung"]
ENGLISH = ["No.", "Question", "Answer", "Source", "Date", "Owner", "Comment"]
QUESTIONS: dict[Language, list[str]] = {
    "de": [
        "Wie viele Einwohner hat die Stadt?",
        "Wie hoch ist der Strompreis?",
        "Größte Industriefläche (ha)",
    ],
    "en": [
        "How many inhabitants does the city have?",
        "What is the power price?",
        "Largest industrial site (ha)",
    ],
}


def rows_of(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_each_question_gets_an_answer_with_source_and_date_or_an_owner(
    tiny_region: Region, encoder: StandInEncoder
) -> None:
    data = answer_sheet(
        excel_sheet(QUESTIONS["de"], GERMAN), "rfi.xlsx", tiny_region, encoder, ["birkenfurt"]
    )
    title = tiny_region.source_by_id["s1"].title
    population, power, site = rows_of(data)
    assert population[2:] == ("Birkenfurt hatte 2024 rund 48.000 Einwohner.", title, "2024", "–", "–")
    assert power[2:4] == ("unbekannt – Netzbetreiber in Birkenfurt – anzufragen", "–")
    assert power[5] == "Netzbetreiber in Birkenfurt"
    assert site[2] == "Industriepark Birkenfurt, 24 ha (verfügbar)"


@pytest.mark.parametrize(("language", "headings"), [("de", GERMAN), ("en", ENGLISH)])
def test_no_cell_of_a_question_is_left_blank(
    tiny_region: Region, encoder: StandInEncoder, language: Language, headings: list[str]
) -> None:
    data = answer_sheet(
        excel_sheet(QUESTIONS[language], headings), "rfi.xlsx", tiny_region, encoder, ["eschwald"]
    )
    unknown = {"de": "unbekannt – ", "en": "unknown – "}[language]
    for row in rows_of(data):
        assert all(row)
        assert str(row[2]).startswith(unknown)


def test_the_format_of_the_sheet_is_kept(tiny_region: Region, encoder: StandInEncoder) -> None:
    original = excel_sheet(QUESTIONS["en"], ENGLISH)
    answered = answer_sheet(original, "rfi.xlsx", tiny_region, encoder, ["birkenfurt"])
    before, after = (openpyxl.load_workbook(io.BytesIO(data))["RFI"] for data in (original, answered))
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert after.column_dimensions["B"].width == before.column_dimensions["B"].width
    for row in before.iter_rows():
        for cell in row:
            twin = after[cell.coordinate]
            assert [str(s) for s in (twin.font, twin.fill, twin.alignment)] == [
                str(s) for s in (cell.font, cell.fill, cell.alignment)
            ]
            assert cell.value is None or twin.value == cell.value


def test_an_answer_that_is_there_already_is_kept(tiny_region: Region, encoder: StandInEncoder) -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel_sheet(QUESTIONS["en"], ENGLISH)))
    book["RFI"]["C5"] = "agreed by phone"
    target = io.BytesIO()
    book.save(target)
    answered = answer_sheet(target.getvalue(), "rfi.xlsx", tiny_region, encoder, ["birkenfurt"])
    assert rows_of(answered)[0][2:] == ("agreed by phone", "–", "–", "–", "–")


def test_without_source_columns_the_answer_cell_holds_source_and_date(
    tiny_region: Region, encoder: StandInEncoder
) -> None:
    data = answer_sheet(
        excel_sheet(QUESTIONS["en"], ["No.", "Question"]), "rfi.xlsx", tiny_region, encoder, ["birkenfurt"]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["RFI"]
    title = tiny_region.source_by_id["s1"].title
    assert sheet["C3"].value == "Answer"
    assert str(sheet["C5"].value).endswith(f"inhabitants in 2024. (Source: {title}; as of: 2024)")


def test_a_joint_bid_is_answered_member_by_member(tiny_region: Region, encoder: StandInEncoder) -> None:
    data = answer_sheet(
        excel_sheet(QUESTIONS["de"], GERMAN), "rfi.xlsx", tiny_region, encoder, ["birkenfurt", "eschwald"]
    )
    population = str(rows_of(data)[0][2]).splitlines()
    assert population[0].startswith("Birkenfurt: Birkenfurt hatte 2024")
    assert population[1] == "Eschwald: unbekannt – Wirtschaftsförderung Eschwald – anzufragen"


def test_a_word_table_is_filled_in_place(tiny_region: Region, encoder: StandInEncoder) -> None:
    data = answer_sheet(word_table(QUESTIONS["de"], GERMAN), "rfi.docx", tiny_region, encoder, ["birkenfurt"])
    document = docx.Document(io.BytesIO(data))
    table = document.tables[0]
    assert table.style is not None
    assert table.style.name == "Table Grid"
    assert table.rows[1].cells[1].paragraphs[0].runs[0].italic
    assert table.rows[1].cells[2].text == "Birkenfurt hatte 2024 rund 48.000 Einwohner."
    assert all(cell.text for row in table.rows for cell in row.cells)


def test_a_topic_merged_across_thousands_of_rows_of_word_is_one_cell(
    tiny_region: Region, encoder: StandInEncoder
) -> None:
    document, target = docx.Document(io.BytesIO(word_table(QUESTIONS["de"][:2], GERMAN))), io.BytesIO()
    table = document.tables[0]
    first = table._tbl.tr_lst[-1]
    table._tbl.extend([deepcopy(first) for _ in range(2_000)])
    first.tc_lst[0].vMerge = "restart"
    for row in table._tbl.tr_lst[-2_000:]:
        row.tc_lst[0].vMerge = "continue"
    document.save(target)
    data = answer_sheet(target.getvalue(), "rfi.docx", tiny_region, encoder, ["birkenfurt"])
    last = docx.Document(io.BytesIO(data)).tables[0]._tbl.tr_lst[-1]
    assert last.tc_lst[0].vMerge == "continue"
    assert "".join(last.tc_lst[2].itertext())


@pytest.mark.parametrize(
    ("data", "name", "location_ids", "sentence"),
    [
        (b"%PDF-1.7", "rfi.pdf", ["altmoor"], "save the file as one"),
        (b"not a zip", "rfi.xlsx", ["altmoor"], "cannot be opened"),
        (b"not a zip", "rfi.docx", ["altmoor"], "cannot be opened"),
        (excel_sheet([], ["A", "B"]), "rfi.xlsx", ["altmoor"], "holds no questions"),
        (excel_sheet(["Q?"], ENGLISH), "rfi.xlsx", ["nowhere"], "is not in region"),
        (excel_sheet(["Q?"], ENGLISH), "rfi.xlsx", [], "no location was chosen"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(
    tiny_region: Region,
    encoder: StandInEncoder,
    data: bytes,
    name: str,
    location_ids: list[str],
    sentence: str,
) -> None:
    with pytest.raises(MatcherError, match=sentence):
        answer_sheet(data, name, tiny_region, encoder, location_ids)


@pytest.mark.parametrize(
    ("name", "part"), [("rfi.xlsx", "xl/workbook.xml"), ("rfi.docx", "word/document.xml")]
)
def test_a_damaged_questionnaire_gets_one_sentence(tiny_region: Region, name: str, part: str) -> None:
    whole = (
        excel_sheet(QUESTIONS["de"], GERMAN) if name.endswith("xlsx") else word_table(QUESTIONS["de"], GERMAN)
    )
    with pytest.raises(MatcherError, match="save it again"):
        answer_sheet(with_part(whole, part, b"<broken"), name, tiny_region, StandInEncoder(), ["birkenfurt"])


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def test_a_sheet_that_unpacks_too_large_is_refused(tiny_region: Region, encoder: StandInEncoder) -> None:
    packed = io.BytesIO(excel_sheet(["Q?"], ENGLISH))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.bin", bytes(61_000_000))
    with pytest.raises(MatcherError, match="unpacks to 61 MB"):
        answer_sheet(packed.getvalue(), "rfi.xlsx", tiny_region, encoder, ["altmoor"])
