"""Times of the web application: pages, re-weighting, sizes, and twenty users against two workers."""

from __future__ import annotations

import gzip
import os
import statistics
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from matcher.engine import Matcher
from tests.web.server import serving
from web.app import create_app
from web.settings import Settings

BRIEF = (
    "We are looking for an industrial site of at least 8 ha with a rail siding for a battery module plant. "
    "We need 20 MW of electric power. The motorway should be within 10 minutes, an inland port nearby. "
    "Graduates in electrical engineering and a research institute for energy technology matter to us."
)
N_USERS = 20
N_WORKERS = 2
SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))
"""Length of the load; the acceptance run takes 60."""


def run() -> None:
    """Print server times, sizes, and the load on two workers."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(
            folder, f"sqlite:///{folder / 'bench.sqlite3'}", folder / "drafts", rate_limits=False
        )
        app = create_app(Matcher.load(), settings)
        app.config["WTF_CSRF_ENABLED"] = False
        _server_times(app)
        _sizes(app)
    _load()


def _server_times(app: Flask) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    url = client.post("/", data={"text": BRIEF}).headers["Location"].removesuffix("/needs")
    page = BeautifulSoup(client.get(f"{url}/result").text, "html.parser")
    fields = {
        field["name"]: field["value"] for field in page.select("form[data-worths] input[name$='-worth']")
    }
    first, again = [], []
    for n in range(20):
        changed = fields | {next(iter(fields)): f"{10 + n}.5"}
        started = time.perf_counter()
        response = client.post(
            f"{url}/worths",
            data=changed,
            headers={"X-Requested-With": "fetch"},
        )
        again.append(time.perf_counter() - started)
        assert response.status_code == 200, response.text
        first.append(_timed(client, f"{url}/result"))
    print(
        f"web result page, new worths, with stability and joint bids   median {_ms(first)}  p95 {_p95(first)}"
    )
    print(
        f"web re-weighting of {len(app.extensions['matching'].region.locations)} locations   median {_ms(again)}  p95 {_p95(again)}"
    )


def _sizes(app: Flask) -> None:
    client = app.test_client()
    total = 0
    for path in ("/", "/static/matcher.css", "/static/matcher.js", "/static/icon.svg"):
        total += len(client.get(path).data)
    bundle = BeautifulSoup(client.get("/").text, "html.parser").html["data-charts"]
    script = client.get(bundle, headers={"Accept-Encoding": "gzip"}).data
    print(
        f"web first page with style and script {total / 1000:.0f} kB; chart script, cached for a year, "
        f"{len(script) / 1000:.0f} kB compressed ({len(gzip.decompress(script)) / 1000:.0f} kB)"
    )


def _load() -> None:
    with (
        TemporaryDirectory() as name,
        serving(Path(name), "--workers", str(N_WORKERS)) as server,
    ):
        times, errors = _users(server.port)
    print(
        f"web {N_USERS} users for {SECONDS:.0f} s against {N_WORKERS} workers   {len(times)} pages, {errors} errors, "
        f"{len(times) / SECONDS:.0f} a second, median {_ms(times)}  p95 {_p95(times)}"
    )


def _users(port: int) -> tuple[list[float], int]:
    times: list[float] = []
    errors = [0]
    lock = threading.Lock()
    end = time.monotonic() + SECONDS

    def user(n: int) -> None:
        browser = _Browser(port)
        url = browser.understand(f"{BRIEF} We will hire {100 + n} people.")
        paths = [
            f"{url}/needs",
            f"{url}/result",
            "/themes",
            "/locations/05911000",
            f"{url}/locations/05913000",
            f"{url}/map.json",
        ]
        step = n
        while time.monotonic() < end:
            started = time.perf_counter()
            status = browser.get(paths[step % len(paths)])
            with lock:
                times.append(time.perf_counter() - started)
                errors[0] += status != 200
            step += 1

    threads = [threading.Thread(target=user, args=(n,)) for n in range(N_USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, errors[0]


class _Browser:
    """Just enough of a browser: one cookie, one connection a request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie = ""

    def get(self, path: str) -> int:
        return self._ask("GET", path)[0]

    def understand(self, text: str) -> str:
        page = self._ask("GET", "/")[1]
        token = BeautifulSoup(page, "html.parser").select_one("input[name=csrf_token]")
        assert token is not None
        status, _, location = self._ask("POST", "/", {"csrf_token": str(token["value"]), "text": text})
        assert status == 302, status
        return location.removesuffix("/needs")

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Cookie": self._cookie, "Accept-Language": "en"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        body = response.read()
        if cookie := response.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        connection.close()
        return response.status, body, response.getheader("Location") or ""


def _timed(client: FlaskClient, path: str) -> float:
    started = time.perf_counter()
    assert client.get(path).status_code == 200
    return time.perf_counter() - started


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.0f} ms"


def _p95(times: list[float]) -> str:
    return f"{statistics.quantiles(times, n=20)[-1] * 1000:.0f} ms"
