"""The journey of a mission in a real browser: sample, reasons, papers, cancellation, outcome on a phone, export."""

from __future__ import annotations

import csv
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser

from tests.web.browser.conftest import fits_the_screen, visit, without_barriers

pytestmark = pytest.mark.browser
PLANNING_MS = 120_000


def test_from_the_sample_in_german_to_the_outcome_in_english_on_a_phone(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    context, visited = visit(chromium, server, "de", 1280)
    context.set_default_timeout(PLANNING_MS)
    page = visited.page
    visited.open("/missions")
    without_barriers(page)
    page.locator("button[name=sample]").click()
    page.wait_for_url("**/missions/*")
    address = page.url
    without_barriers(page)
    page.screenshot(path=tmp_path / "mission-1280.png", full_page=True)

    first = page.locator("#targets details").first
    first.locator("summary").click()
    assert first.locator("dd").count() >= 4
    with page.expect_download() as calendar:
        page.locator("#papers a", has_text="Kalender aller").click()
    events = icalendar.Calendar.from_ical(calendar.value.path().read_bytes()).walk("VEVENT")
    rows = page.locator("#plan tbody tr a")
    assert len(events) == rows.count()

    page.locator("#who").select_option(index=0)
    page.locator("#cancel button.primary").click()
    page.wait_for_selector("#changes-heading")
    assert page.locator("section.notice li").count() >= 1
    context.close()

    phone, visited = visit(chromium, server, "en", 390)
    page = visited.page
    page.goto(address)
    fits_the_screen(page)
    page.locator("#plan tbody tr a").first.click()
    page.wait_for_url(f"{address}/outcomes/**")
    without_barriers(page)
    assert page.locator("form .field").count() == 5
    page.locator("#result").select_option("location")
    page.locator("#location").select_option(label="Bochum")
    page.locator("#due").fill("2020-01-31")
    page.screenshot(path=tmp_path / "outcome-390.png", full_page=True)
    page.locator("button.primary").click()
    page.wait_for_selector("#afterwards h3")
    with page.expect_download() as export:
        page.locator("#afterwards a", has_text="CSV").click()
    (case,) = csv.DictReader(export.value.path().read_text(encoding="utf-8").splitlines())
    assert case["municipality"] == "Bochum"
    page.screenshot(path=tmp_path / "mission-390.png", full_page=False)
    assert visited.problems == []
    phone.close()
