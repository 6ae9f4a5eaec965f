"""Two processes at one address: a draft made at one is answered by the other, and both end together."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from tests.web.conftest import BRIEF_TEXT
from tests.web.server import serving


def ask(
    port: int, method: str, path: str, cookie: str = "", form: dict[str, str] | None = None
) -> tuple[int, str, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {})
    connection.request(method, path, urlencode(form) if form else None, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    new_cookie = (response.getheader("Set-Cookie") or cookie).split(";")[0]
    return response.status, text, new_cookie, response.getheader("Location") or ""


@pytest.mark.slow
def test_two_workers_answer_for_one_draft_and_end_together(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as server:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        _, page, cookie, _ = ask(server.port, "GET", "/")
        token = BeautifulSoup(page, "html.parser").select_one("input[name=csrf_token]")
        assert token is not None
        form = {"csrf_token": str(token["value"]), "text": BRIEF_TEXT}
        status, _, cookie, url = ask(server.port, "POST", "/", cookie, form)
        assert status == 302
        time.sleep(2)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: ask(server.port, "GET", url, cookie)[0], range(40)))
        assert answers == [200] * 40
    assert len(children) >= 2
    deadline = time.monotonic() + 5
    while (
        left := [child for child in children if Path(f"/proc/{child}").exists()]
    ) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
