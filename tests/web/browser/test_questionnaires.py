"""A questionnaire in a real browser: from a profile or the menu to the answered file, in both languages, wide and narrow, by keyboard and without scripts."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import visit, without_barriers

pytestmark = pytest.mark.browser
SHEETS = {
    "de": ["Frage", "Antwort", "Wie viele Einwohner hat die Stadt?", "Wie hoch ist der Strompreis?"],
    "en": ["Question", "Answer", "How many inhabitants does the city have?", "What is the power price?"],
}
UNKNOWN = {"de": "unbekannt – ", "en": "unknown – "}
BOCHUM = "05911000"


def sheet(language: str) -> dict[str, object]:
    """An Excel questionnaire of two questions, as a file to choose."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    question, answer, *asked = SHEETS[language]
    for row in ([question, answer], *([one] for one in asked)):
        book.active.append(row)
    book.save(target)
    return {"name": "rfi.xlsx", "mimeType": "application/octet-stream", "buffer": target.getvalue()}


def answered(page: Page, folder: Path) -> list[str]:
    """Send the form and return the answers of the file that comes back."""
    with page.expect_download() as download:
        page.locator("button.primary").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return [str(row[1]) for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["de", "en"])
def test_from_a_profile_to_the_answered_questionnaire(
    chromium: Browser, server: str, language: str, width: int, tmp_path: Path
) -> None:
    context, visited = visit(chromium, server, language, width)
    page = visited.page
    visited.open(f"/locations/{BOCHUM}")
    page.locator("a.button[href^='/questionnaire']").click()
    page.wait_for_url("**/questionnaire*")
    expect(page.locator("#answer_for")).to_have_value(BOCHUM)
    without_barriers(page)

    page.locator("#answer_for_2").select_option(label="Herne")
    page.locator("button.primary").click()
    expect(page.locator("#file-error")).to_be_visible()
    expect(page.locator("#file")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#answer_for_2 option:checked")).to_have_text("Herne")
    without_barriers(page)
    assert [problem for problem in visited.problems if "422" not in problem] == []
    visited.problems.clear()

    page.locator("#file").set_input_files(sheet(language))
    expect(page.locator("[data-file-name]")).to_have_text("rfi.xlsx")
    population, price = answered(page, tmp_path)
    assert [line.split(":")[0] for line in population.splitlines()] == ["Bochum", "Herne"]
    assert all(line.split(": ", 1)[1].startswith(UNKNOWN[language]) for line in price.splitlines())

    other = "en" if language == "de" else "de"
    page.locator("#answer_for_2").select_option(value="")
    page.locator("#language").select_option(value=other)
    population, price = answered(page, tmp_path)
    assert "Bochum" in population
    assert price.startswith(UNKNOWN[other])
    assert visited.problems == []
    context.close()


def test_a_questionnaire_is_answered_without_scripts_and_by_keyboard_alone(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    context, visited = visit(chromium, server, "de", 1280, java_script_enabled=False)
    page = visited.page
    visited.open("/")
    page.locator("nav a[href='/questionnaire']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire")
    page.locator("#file").set_input_files(sheet("de"))
    page.locator("#file").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Bochum")
    for _ in range(5):
        page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "rfi-beantwortet.xlsx"
    path = tmp_path / "answered.xlsx"
    download.value.save_as(path)
    assert "Bochum" in str(openpyxl.load_workbook(path).active["B2"].value)
    assert visited.problems == []
    context.close()
