"""Every document reopens in a reader of its format, shows the shortlist's numbers, and keeps the name out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from corpus.records import Language
from matcher.dossier.build import build_dossier
from matcher.errors import MatcherError
from matcher.render import docx as docx_renderer
from matcher.render import html as html_renderer
from matcher.render import pdf as pdf_renderer
from matcher.render import xlsx as xlsx_renderer
from matcher.shortlist import Shortlist

RENDERERS: dict[str, Callable[..., bytes]] = {
    "docx": docx_renderer.render,
    "html": html_renderer.render,
    "pdf": pdf_renderer.render,
    "xlsx": xlsx_renderer.render,
}
LANGUAGES: tuple[Language, ...] = ("de", "en")
every_format = pytest.mark.parametrize("name", RENDERERS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def expected_points(shortlist: Shortlist, language: Language) -> list[list[str]]:
    """The points of each ranked location as a reader would write them, by plain formatting."""

    def points(tenths: int) -> str:
        text = f"{tenths / 10:.1f}"
        return text.replace(".", ",") if language == "de" else text

    return [
        [*(points(c.tenths) for c in match.contributions), points(match.score_tenths)]
        for match in shortlist.matches
    ]


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """Every byte string a file holds: the file, its packed parts, a PDF's text and metadata."""
    parts = [("file", data)]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts += [(entry, archive.read(entry)) for entry in archive.namelist()]
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        parts += [("text", page.extract_text().encode()) for page in reader.pages]
        parts += [("metadata", str(reader.metadata).encode())]
        if reader.xmp_metadata:
            parts += [("xmp", reader.xmp_metadata.stream.get_data())]
    return parts


@both_languages
def test_word_tables_show_the_points_of_the_shortlist_number_by_number(
    shortlist: Shortlist, language: Language
) -> None:
    document = docx.Document(io.BytesIO(docx_renderer.render(shortlist, language)))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    why = "Begründung" if language == "de" else "Why"
    details = [table for table, head in zip(document.tables, heads, strict=True) if why in head]
    found = [[row.cells[2].text for row in table.rows[1:]] for table in details]
    assert found == expected_points(shortlist, language)


@both_languages
def test_html_tables_show_the_points_of_the_shortlist_number_by_number(
    shortlist: Shortlist, language: Language
) -> None:
    page = BeautifulSoup(html_renderer.render(shortlist, language), "html.parser")
    why = "Begründung" if language == "de" else "Why"
    details = [table for table in page.find_all("table") if why in table.thead.get_text()]
    found = [[row.find_all("td")[2].get_text() for row in table.tbody.find_all("tr")] for table in details]
    assert found == expected_points(shortlist, language)


@both_languages
def test_excel_holds_the_same_points_as_numbers(shortlist: Shortlist, language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_renderer.render(shortlist, language)))
    sheet = book["Beleg" if language == "de" else "Evidence"]
    head, *rows = sheet.iter_rows(values_only=True)
    points = head.index("Punkte" if language == "de" else "Points")
    found = [[row[points] for row in rows if row[0] == match.rank] for match in shortlist.matches]
    assert found == [
        [*(c.tenths / 10 for c in match.contributions), match.score] for match in shortlist.matches
    ]
    assert sheet.freeze_panes == "C2"


@both_languages
def test_the_pdf_shows_every_location_with_its_points_in_order(
    shortlist: Shortlist, language: Language
) -> None:
    reader = PdfReader(io.BytesIO(pdf_renderer.render(shortlist, language)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    start = text.rindex("1. Adorf\n")
    for points in expected_points(shortlist, language):
        for number in points:
            start = text.index(number, start)


@both_languages
def test_the_pdf_is_tagged_and_names_standard_language_and_title(
    shortlist: Shortlist, language: Language
) -> None:
    reader = PdfReader(io.BytesIO(pdf_renderer.render(shortlist, language, code_name="Projekt Falke")))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert cast(str, reader.metadata.title).startswith("Projekt Falke")
    assert reader.xmp_metadata is not None
    assert re.search(rb"pdfuaid:part(>|=\")1", reader.xmp_metadata.stream.get_data())
    tags = {str(o["/S"]) for o in map(reader.get_object, range(1, len(reader.xref[0]))) if _is_tag(o)}
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= tags


def _is_tag(thing: object) -> bool:
    return isinstance(thing, dict) and thing.get("/Type") == "/StructElem"


@both_languages
def test_word_has_real_headings_repeated_header_rows_alt_texts_and_language(
    shortlist: Shortlist, language: Language
) -> None:
    document = docx.Document(io.BytesIO(docx_renderer.render(shortlist, language, code_name="Projekt Falke")))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert [h for h in headings if h[0].isdigit()] == ["1. Adorf", "2. Bestadt", "3. Cehausen", "4. Deberg"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert len(document.inline_shapes) == 2
    assert document.core_properties.language == {"de": "de-DE", "en": "en-GB"}[language]
    assert document.core_properties.title.startswith("Projekt Falke")


@every_format
@both_languages
def test_no_byte_of_a_file_holds_the_investor_when_a_code_name_is_set(
    shortlist: Shortlist, investor: str, name: str, language: Language
) -> None:
    data = RENDERERS[name](shortlist, language, code_name="Projekt Falke", hidden_names=[investor])
    for part, content in unpacked(data):
        assert b"nordlicht" not in content.lower(), part
        assert b"zelltechnik" not in content.lower(), part
    assert any(b"Falke" in content for _, content in unpacked(data))


@every_format
def test_without_a_code_name_the_words_of_the_brief_stay(shortlist: Shortlist, name: str) -> None:
    data = RENDERERS[name](shortlist, "de")
    assert any(b"Nordlicht" in content for _, content in unpacked(data))


@every_format
@both_languages
def test_the_same_shortlist_gives_the_same_bytes(shortlist: Shortlist, name: str, language: Language) -> None:
    assert RENDERERS[name](shortlist, language) == RENDERERS[name](shortlist, language)


def test_a_dossier_is_quick(shortlist: Shortlist) -> None:
    start = time.perf_counter()
    for render in RENDERERS.values():
        render(shortlist, "de")
    assert time.perf_counter() - start < 10


def test_a_statement_that_names_the_investor_is_withheld_with_its_source(
    shortlist: Shortlist, investor: str
) -> None:
    open_file = str(build_dossier(shortlist, "en"))
    hidden = str(build_dossier(shortlist, "en", code_name="Falcon", hidden_names=[investor]))
    assert "runs a laboratory here" in open_file
    assert "runs a laboratory here" not in hidden
    assert "Statement withheld because it names the company that asks." in hidden


def test_a_code_name_that_gives_the_investor_away_is_refused(shortlist: Shortlist, investor: str) -> None:
    with pytest.raises(MatcherError, match="choose another code name"):
        pdf_renderer.render(shortlist, "de", code_name="Nordlicht-Zelltechnik", hidden_names=[investor])


def test_formulas_in_a_brief_stay_text_in_excel(shortlist: Shortlist) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_renderer.render(shortlist, "de")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=SUMME(A1:A9)") for cell in cells)
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]


def test_markup_in_a_brief_is_set_as_written(shortlist: Shortlist) -> None:
    odd = "=SUMME(A1:A9) Hafen & Bahn <schnell> #set $x$ _kursiv_"
    pdf = PdfReader(io.BytesIO(pdf_renderer.render(shortlist, "de")))
    assert squeezed(odd) in squeezed("".join(page.extract_text() for page in pdf.pages))
    page = BeautifulSoup(html_renderer.render(shortlist, "de"), "html.parser")
    assert odd in page.get_text()


def test_the_page_needs_nothing_from_outside(shortlist: Shortlist) -> None:
    page = BeautifulSoup(html_renderer.render(shortlist, "de"), "html.parser")
    assert page.find_all(["script", "link", "img", "iframe"]) == []
    assert page.html is not None
    assert page.html["lang"] == "de"
    assert [figure["aria-label"] for figure in page.find_all("svg")]


@every_format
@both_languages
def test_unknown_is_asked_and_incentives_are_not_promised(
    shortlist: Shortlist, name: str, language: Language
) -> None:
    content = b"\n".join(part for _, part in unpacked(RENDERERS[name](shortlist, language))).decode(
        errors="ignore"
    )
    words = {
        "de": ("zugesagt ist keine Förderung", "Wirtschaftsförderung Deberg", "unbestätigt"),
        "en": ("no funding is promised", "Economic development office, Deberg", "unconfirmed"),
    }[language]
    for word in words:
        assert squeezed(word) in squeezed(content)


def test_only_the_asked_number_of_locations_is_shown(shortlist: Shortlist) -> None:
    titles = [block.text for block in build_dossier(shortlist, "de", top=2).blocks if hasattr(block, "level")]
    assert [title for title in titles if title[0].isdigit() and "und" not in title] == [
        "1. Adorf",
        "2. Bestadt",
    ]


def test_counts_speak_of_all_locations_however_few_are_shown(shortlist: Shortlist) -> None:
    dossier = str(build_dossier(shortlist, "de", top=1))
    assert "6 Standorte wurden geprüft: 4 bewertet, 2 zurückgestellt." in dossier


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx", "xlsx", "html"])
def test_libreoffice_opens_the_files(shortlist: Shortlist, name: str, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice")
    source = tmp_path / f"dossier.{name}"
    source.write_bytes(RENDERERS[name](shortlist, "de"))
    command = [
        program,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "dossier.pdf").pages)
    assert "Cehausen" in text
    assert expected_points(shortlist, "de")[0][-1] in text
