"""The journey of a lead file in a real browser, on a laptop in German and a phone in English: upload, columns, result, export; no barrier on any of its pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.browser.conftest import visit, without_barriers

pytestmark = pytest.mark.browser
SCORING_MS = 90_000
LEADS = (
    "Firma;Ort;Land;Beschreibung\n"
    "Muster Hydrogen GmbH;Köln;DE;Elektrolyseure und Anlagen für Wasserstoff\n"
    "Beispiel Logistik AG;Bremen;DE;Lagerung und Umschlag von Containern\n"
    ";Bonn;DE;eine Zeile ohne Namen\n"
)


def stay(route: Route) -> None:
    """Keep the waiting page from moving on to the result while it is checked."""
    if route.request.resource_type == "fetch":
        route.abort("aborted")
    else:
        route.continue_()


@pytest.mark.parametrize(("language", "width", "scheme"), [("de", 1280, "light"), ("en", 390, "dark")])
def test_from_the_file_to_the_scored_companies(
    chromium: Browser, server: str, language: str, width: int, scheme: str
) -> None:
    context, visited = visit(chromium, server, language, width, color_scheme=scheme)
    page = visited.page
    visited.open("/leads/")
    page.locator("#file").set_input_files(
        {"name": "messe.csv", "mimeType": "text/csv", "buffer": LEADS.encode("cp1252")}
    )
    page.locator("button.primary").click()
    page.wait_for_url("**/columns")
    expect(page.locator(".preview")).to_contain_text("Köln")
    without_barriers(page)
    page.route("**/leads/*", stay)
    page.locator("button.primary").click()
    page.wait_for_url(lambda url: not url.endswith("/columns"))
    without_barriers(page)
    page.unroute("**/leads/*")
    expect(page.locator(".lead-table")).to_be_visible(timeout=SCORING_MS)
    expect(page.locator(".lead-table tbody tr")).to_have_count(3)
    without_barriers(page)
    page.locator("#kind").select_option("scored")
    page.locator(".lead-filter button").click()
    expect(page.locator(".lead-table tbody tr")).to_have_count(2)
    with page.expect_download() as export:
        page.locator("a.button", has_text="csv").click()
    assert "Muster Hydrogen" in export.value.path().read_text(encoding="utf-8-sig", errors="replace")
    visited.open("/leads/")
    without_barriers(page)
    assert visited.problems == []
    context.close()
