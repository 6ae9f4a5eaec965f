"""Signing in, in a real browser: by keyboard, with a wrong password first, and no barrier on the pages that accounts bring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import visit, without_barriers
from tests.web.server import ROOT, serving

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"


def sign_in(page: Page, name: str, password: str) -> None:
    """Fill the form by keyboard alone."""
    page.locator("#name").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(name)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(password)
    page.keyboard.press("Enter")


def test_from_the_sign_in_page_to_the_accounts_and_as_a_municipal_reader(
    chromium: Browser, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-m", "web", "create-admin", "Ada", "--data", str(data), "--password", PASSWORD],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    with serving(data) as started:
        server = started.address
        context, visited = visit(chromium, server, "de", 390, color_scheme="dark")
        page = visited.page
        visited.open("/accounts")
        page.wait_for_url("**/sign-in**")
        without_barriers(page)
        sign_in(page, "Ada", "wrong")
        expect(page.locator("#password-error")).to_be_visible()
        expect(page.locator("#name")).to_have_value("Ada")
        without_barriers(page)
        visited.problems.clear()
        sign_in(page, "Ada", PASSWORD)
        page.wait_for_url("**/accounts")
        page.locator("#name").fill("Rat")
        page.locator("#password").fill(PASSWORD)
        page.locator("#role").select_option("reader")
        page.locator("button.primary").click()
        expect(page.locator("tbody th").filter(has_text="Rat")).to_be_visible()
        for path in ("/accounts", "/account"):
            visited.open(path)
            without_barriers(page)
        assert visited.problems == []
        context.close()

        context, visited = visit(chromium, server, "en", 1280)
        page = visited.page
        visited.open("/accessibility")
        without_barriers(page)
        visited.open("/locations")
        page.wait_for_url("**/sign-in**")
        sign_in(page, "Rat", PASSWORD)
        page.wait_for_url("**/locations")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/locations/*")
        expect(page.locator("a[href^='/questionnaire']")).to_have_count(0)
        without_barriers(page)
        assert visited.problems == []
        page.goto(server + "/questionnaire")
        expect(page.locator("h1")).to_have_text("This page is not open to you")
        without_barriers(page)
        context.close()
