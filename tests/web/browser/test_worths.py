"""A moved worth: the list at once, and stability, set-aside locations and joint bids after it, without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Visit, visit
from tests.web.browser.test_journeys import rank, understand

pytestmark = pytest.mark.browser
WORTH = "form[data-worths] input[name$='-worth']"
STATE = "form[data-worths] [data-state]"
PLACES = ("#aside", "#bids")


def opened(chromium: Browser, server: str, language: str, width: int) -> Visit:
    _, visited = visit(chromium, server, language, width)
    understand(visited, language)
    rank(visited.page)
    return visited


def move_a_worth(page: Page, worth: str) -> None:
    page.locator(WORTH).first.fill(worth)
    page.locator(WORTH).first.press("Tab")


def shown(page: Page) -> list[str]:
    """The stability of each listed location, who is set aside, and the joint bids, as one reads them."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#ranking [data-stability], #aside, #bids")]
                 .map((part) => part.textContent.replace(/\\s+/g, " ").trim())"""
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("language", "ready"), [("de", "auf dem neuen Stand"), ("en", "joint bids are up to date")]
)
def test_a_moved_worth_refreshes_the_whole_result(
    chromium: Browser, server: str, language: str, ready: str, width: int
) -> None:
    visited = opened(chromium, server, language, width)
    page = visited.page
    before = shown(page)
    page.evaluate("window.isSamePage = true")
    move_a_worth(page, "70")
    expect(page.locator(STATE)).to_contain_text(ready)
    assert page.locator(STATE).get_attribute("aria-live") == "polite"
    assert page.locator("#ranking h3").first.inner_text() in page.locator(STATE).inner_text()
    after = shown(page)
    assert after != before
    assert all(after), "a location without its stability"
    assert page.locator(".is-stale").count() == 0
    assert page.evaluate("window.isSamePage")
    page.reload()
    assert shown(page) == after
    assert visited.problems == []
    page.context.close()


def test_the_last_of_several_quick_moves_decides(chromium: Browser, server: str) -> None:
    visited = opened(chromium, server, "de", 1280)
    page = visited.page
    for worth in ("60", "5", "80"):
        move_a_worth(page, worth)
        page.wait_for_timeout(200)
    expect(page.locator(STATE)).to_contain_text("auf dem neuen Stand")
    after = shown(page)
    page.reload()
    assert page.locator(WORTH).first.input_value() == "80"
    assert shown(page) == after
    assert visited.problems == []
    page.context.close()


def test_when_the_second_request_fails_the_list_stands_and_what_is_old_says_so(
    chromium: Browser, server: str
) -> None:
    visited = opened(chromium, server, "de", 1280)
    page = visited.page
    page.route("**/result", lambda route: route.abort("aborted"))
    before = page.locator("#ranking").inner_text()
    move_a_worth(page, "70")
    expect(page.locator(STATE)).to_contain_text("laden Sie die Seite neu")
    assert page.locator("#ranking").inner_text() != before
    for place in PLACES:
        expect(page.locator(f"{place} .notice")).to_contain_text("früheren Gewichten")
    page.unroute("**/result")
    move_a_worth(page, "40")
    expect(page.locator(STATE)).to_contain_text("auf dem neuen Stand")
    for place in PLACES:
        expect(page.locator(f"{place} .notice")).to_have_count(0)
    assert visited.problems == []
    page.context.close()
