"""Headers, forged forms, rates and sizes."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import StandInMatcher
from web.app import create_app
from web.rate_counts import SharedCounts, counts_uri
from web.settings import Settings


def test_a_form_without_its_token_is_refused_in_words(app: Flask) -> None:
    response = app.test_client().post("/", data={"text": "5 ha"})
    assert response.status_code == 400
    assert "Das Formular ist abgelaufen" in response.text


def test_pages_carry_a_policy_without_eval_and_inline_scripts(client: FlaskClient) -> None:
    response = client.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "<script>" not in response.text
    assert " style=" not in response.text
    assert " onclick" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_too_many_requests_get_429_and_a_page(stand_in: StandInMatcher, settings: Settings) -> None:
    app = create_app(stand_in, replace(settings, rate_limits=True))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answers = [client.post("/sign-in", data={"name": "x", "password": "y"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Warten Sie eine Minute" in answers[-1].text


def test_processes_share_their_counts_and_forget_old_ones(settings: Settings) -> None:
    counts = [SharedCounts(counts_uri(settings.data_folder / "counts.sqlite3")) for _ in range(2)]
    assert [one.incr("key", 60) for _ in range(3) for one in counts] == [1, 2, 3, 4, 5, 6]
    assert counts[1].get("key") == 6
    assert counts[0].incr("short", -1) == 1
    assert counts[1].incr("short", 60) == 1
    assert counts[0].forget_old() == 0
    assert counts[0].incr("old", -1) == 1
    assert counts[1].forget_old() == 1
    counts[1].clear("key")
    assert counts[0].get("key") == 0


def test_an_unknown_error_shows_neither_trace_nor_path_nor_words(app: Flask, caplog: object) -> None:
    def fail() -> str:
        raise RuntimeError("Acme Robotics in /srv/secret")

    fail.access_level = "public"  # type: ignore[attr-defined]
    app.add_url_rule("/fail", view_func=fail)
    response = app.test_client().get("/fail")
    assert response.status_code == 500
    for word in ("Traceback", "/srv", "Acme", "RuntimeError", ".py"):
        assert word not in response.text
        assert word not in caplog.text or word in ("RuntimeError", ".py")  # type: ignore[attr-defined]
