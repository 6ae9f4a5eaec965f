"""A real server in a process of its own and a real Chromium, which fail on any console error or failed request."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.server import serving

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python -m web` with the built-in region, started for this session."""
    with serving(tmp_path_factory.mktemp("data")) as started:
        yield started.address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium installed: `apt-get install chromium` to run this test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page at the server's address, with everything that went wrong on it."""

    page: Page
    server: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.server + path)


def visit(
    browser: Browser, server: str, language: str, width: int, **options: Any
) -> tuple[BrowserContext, Visit]:
    """Open a window of `width` pixels in a language; the wide world is one empty page."""
    context = browser.new_context(
        locale="de-DE" if language == "de" else "en-GB",
        viewport={"width": width, "height": 900 if width > 600 else 844},
        accept_downloads=True,
        **options,
    )
    context.set_default_timeout(15_000)
    context.route(
        re.compile(r"^https?://(?!127\.0\.0\.1)"),
        lambda route: route.fulfill(status=200, body="<title>source</title>"),
    )
    visited = Visit(context.new_page(), server)
    page = visited.page
    page.on("console", lambda message: message.type == "error" and visited.problems.append(message.text))
    page.on("pageerror", lambda error: visited.problems.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: "ERR_ABORTED" in (request.failure or "") or visited.problems.append(request.url),
    )
    page.on(
        "response",
        lambda response: (
            response.status >= 400 and visited.problems.append(f"{response.status} {response.url}")
        ),
    )
    return context, visited


def fits_the_screen(page: Page) -> None:
    """Nothing of the loaded page sticks out sideways."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def without_barriers(page: Page) -> None:
    """The loaded page fits the screen, and axe finds nothing serious or critical on it."""
    fits_the_screen(page)
    serious = [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]
    assert serious == [], page.url
