"""Two processes at one address: a draft made at one is answered by the other, and both end together."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from tests.web.conftest import BRIEF_TEXT

ROOT = Path(__file__).parent.parent.parent


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
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "web",
            "--port",
            "0",
            "--data",
            str(tmp_path),
            "--workers",
            "2",
            "--no-rate-limits",
        ],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert process.stderr is not None
    found = next(filter(None, (re.search(r"127\.0\.0\.1:(\d+)", line) for line in process.stderr)))
    port = int(found.group(1))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    try:
        _, page, cookie, _ = ask(port, "GET", "/")
        token = BeautifulSoup(page, "html.parser").select_one("input[name=csrf_token]")
        assert token is not None
        form = {"csrf_token": str(token["value"]), "text": BRIEF_TEXT}
        status, _, cookie, url = ask(port, "POST", "/", cookie, form)
        assert status == 302
        time.sleep(2)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: ask(port, "GET", url, cookie)[0], range(40)))
        assert answers == [200] * 40
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()
    assert len(children) >= 2
    deadline = time.monotonic() + 5
    while (
        left := [child for child in children if Path(f"/proc/{child}").exists()]
    ) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
