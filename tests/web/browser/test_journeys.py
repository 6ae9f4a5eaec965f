"""From brief to dossier in a real browser, in both languages, on a laptop and a phone, and by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Visit, fits_the_screen, visit, without_barriers

pytestmark = pytest.mark.browser
BRIEFS = {
    "de": (
        "Wir suchen für ein Werk für Batteriemodule eine Industriefläche von mindestens 8 ha mit Gleisanschluss. "
        "Wir benötigen 20 MW Anschlussleistung. Die Autobahn soll in 10 Minuten erreichbar sein. "
        "Wichtig sind uns Absolventen der Elektrotechnik und ein Forschungsinstitut für Energietechnik."
    ),
    "en": (
        "We are looking for an industrial site of at least 8 ha with a rail siding for a battery module plant. "
        "We need 20 MW of electric power. The motorway should be within 10 minutes. "
        "Graduates in electrical engineering and a research institute for energy technology matter to us."
    ),
}
SIZES = [1280, 390]


def number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def understand(visited: Visit, language: str) -> None:
    visited.open("/")
    visited.page.locator("#text").fill(BRIEFS[language])
    visited.page.locator("button.primary").click()
    visited.page.wait_for_url("**/needs")


def rank(page: Page) -> None:
    page.locator(".needs-actions button.primary").click()
    page.wait_for_url("**/result")


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_from_brief_to_dossier(
    chromium: Browser, server: str, language: str, width: int, tmp_path: Path
) -> None:
    context, visited = visit(chromium, server, language, width)
    page = visited.page
    understand(visited, language)
    assert page.locator("html").get_attribute("lang") == language
    fits_the_screen(page)

    wording = page.locator("fieldset.need textarea[name$='-text']").first
    wording.fill(wording.input_value() + " !")
    rank(page)
    expect(page.locator("form[data-worths] label").first).to_contain_text("!")
    fits_the_screen(page)
    page.locator(".chart").scroll_into_view_if_needed()
    expect(page.locator(".chart canvas")).to_have_count(1, timeout=15_000)

    before = page.locator("#ranking").inner_text()
    with page.expect_response("**/worths*") as answer:
        page.locator("form[data-worths] input[name$='-worth']").last.fill("60")
        page.locator("form[data-worths] input[name$='-worth']").last.press("Tab")
    assert answer.value.ok
    expect(page.locator("#ranking")).not_to_have_text(before)
    worths = [
        number(field.input_value()) for field in page.locator("form[data-worths] input[name$='-worth']").all()
    ]
    assert round(sum(worths), 1) == 100.0

    score = number(page.locator(".score").first.inner_text().split()[0])
    page.locator(".ranking h3 a").first.click()
    page.wait_for_url("**/locations/*")
    fits_the_screen(page)
    rows = [number(text) for text in page.locator("[data-points]").all_inner_texts()]
    assert round(sum(rows), 1) == score == number(page.locator("[data-total]").inner_text())
    source = page.locator(".evidence-row a[target=_blank]:visible").first
    if source.count():
        with context.expect_page() as opened:
            source.click()
        assert opened.value.url.startswith("https://")
        opened.value.close()

    page.go_back()
    for n in range(2):
        page.locator(".choose input").nth(n).check()
    page.locator("#compare button").click()
    page.wait_for_url("**/compare*")
    fits_the_screen(page)
    assert number(page.locator(".compare tfoot td").nth(1).inner_text()) == score

    page.go_back()
    with page.expect_download() as download:
        page.locator("#documents a[href$='.xlsx']").click()
    path = tmp_path / "dossier.xlsx"
    download.value.save_as(path)
    cells = {
        cell.value
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    }
    assert score in cells
    assert visited.problems == []
    context.close()


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize(("language", "label"), [("de", "Herne vergleichen"), ("en", "compare Herne")])
def test_every_name_of_the_ranking_fits_a_phone(
    chromium: Browser, server: str, language: str, label: str, width: int
) -> None:
    context, visited = visit(chromium, server, language, width)
    page = visited.page
    understand(visited, language)
    rank(page)
    page.goto(f"{page.url}?all=1")
    page.locator(".ranking summary").first.click()
    fits_the_screen(page)
    assert "Fröndenberg/Ruhr" in page.locator(".ranking h3").all_inner_texts()
    expect(page.get_by_role("checkbox", name=label, exact=True)).to_be_visible()
    assert visited.problems == []
    context.close()


def test_the_main_journey_by_keyboard_alone(chromium: Browser, server: str) -> None:
    context, visited = visit(chromium, server, "de", 1280)
    page = visited.page
    visited.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    def tab_to(selector: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", selector
                return
        pytest.fail(f"{selector} cannot be reached with the Tab key")

    tab_to("#text")
    page.keyboard.insert_text(BRIEFS["de"])
    tab_to("button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs")
    tab_to("input[name$='-must']")
    page.keyboard.press("Space")
    tab_to(".needs-actions button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result")
    tab_to(".ranking h3 a")
    tab_to(".choose input")
    page.keyboard.press("Space")
    tab_to("form[data-worths] input.slider")
    with page.expect_response("**/worths*"):
        page.keyboard.press("ArrowRight")
    page.locator(".skip").focus()
    tab_to(".ranking h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/locations/*")
    tab_to("#what-if button")
    assert visited.problems == []
    context.close()


def test_the_journey_works_without_scripts(chromium: Browser, server: str) -> None:
    context, visited = visit(chromium, server, "en", 1280, java_script_enabled=False)
    page = visited.page
    understand(visited, "en")
    rank(page)
    page.locator("form[data-worths] input[name$='-worth']").first.fill("90")
    page.locator("form[data-worths] button").click()
    page.wait_for_url("**/result*")
    page.locator("#district").select_option(index=1)
    page.locator("form.filter button").click()
    page.wait_for_url("**district=*")
    page.locator(".ranking h3 a").first.click()
    page.wait_for_url("**/locations/*")
    page.locator("#what-if button").click()
    assert visited.problems == []
    context.close()


@pytest.mark.parametrize(("language", "width", "scheme"), [("de", 1280, "light"), ("en", 390, "dark")])
def test_no_page_has_a_serious_barrier(
    chromium: Browser, server: str, language: str, width: int, scheme: str
) -> None:
    context, visited = visit(chromium, server, language, width, color_scheme=scheme)
    page = visited.page
    understand(visited, language)
    without_barriers(page)
    rank(page)
    page.locator(".chart").scroll_into_view_if_needed()
    expect(page.locator(".chart canvas")).to_have_count(1, timeout=15_000)
    without_barriers(page)
    draft = page.url.removesuffix("/result")
    first, second = (box.get_attribute("value") for box in page.locator(".choose input").all()[:2])
    compared = f"compare?location={first}&location={second}"
    for path in (f"locations/{first}", compared, "questionnaire", "save"):
        page.goto(f"{draft}/{path}")
        without_barriers(page)
    page.locator("#code_name").fill("Reiher")
    page.locator("main button.primary").click()
    page.wait_for_url("**/saved/*")
    without_barriers(page)
    for path in (
        "/",
        "/?template=production",
        "/themes",
        "/themes/smart_logistics",
        f"/locations/{first}",
        "/locations",
        "/method",
        "/saved",
        "/account",
        "/accounts",
        "/leads/",
        "/missions",
        "/questionnaire",
        "/accessibility",
    ):
        visited.open(path)
        without_barriers(page)
    assert visited.problems == []
    page.goto(server + "/nowhere")
    without_barriers(page)
    context.close()
