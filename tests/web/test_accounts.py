"""Who is let in: roles by route, lockout, sessions that end, and the refusal to serve strangers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.errors import MatcherError
from tests.web.conftest import BRIEF_TEXT, StandInMatcher
from web.access import level_of
from web.app import create_app
from web.serve import check_accounts
from web.settings import Settings
from web.storage import accounts
from web.storage.models import Account, now

PASSWORD = "correct horse battery"
READER_ENDPOINTS_MAY_CONTAIN_NO = ("work", "saved", "briefs", "leads", "mission", "match")


@pytest.fixture
def shared_app(stand_in: StandInMatcher, settings: Settings) -> Flask:
    """An application that others can reach, with one account of each role."""
    app = create_app(stand_in, replace(settings, is_open_to_others=True))
    app.config.update(WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    with app.extensions["database"].session() as session:
        for role in ("administrator", "developer", "reader"):
            accounts.create_account(session, role, PASSWORD, role)
    return app


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    response = client.post("/sign-in", data={"name": name, "password": PASSWORD, "next": "/account"})
    assert response.headers["Location"] == "/account"
    return client


def urls(app: Flask) -> list[tuple[str, str, str]]:
    """Every address with filled-in parts, its method and its endpoint."""
    found = []
    for rule in app.url_map.iter_rules():
        parts = {
            argument: 1 if "_id" in argument and "draft" not in argument else "x"
            for argument in rule.arguments
        }
        with app.test_request_context():
            adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
            url = adapter.build(rule.endpoint, parts, method="GET" if "GET" in rule.methods else "POST")
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        found.append((method, url, rule.endpoint))
    return found


def test_every_route_turns_away_who_may_not_see_it(shared_app: Flask) -> None:
    clients = {None: shared_app.test_client()} | {
        role: signed_in(shared_app, role) for role in ("reader", "developer", "administrator")
    }
    order = ["public", "reader", "developer", "administrator"]
    reached = {None: 0, "reader": 1, "developer": 2, "administrator": 3}
    for method, url, endpoint in urls(shared_app):
        if endpoint in ("accounts.sign_out", "accounts.change_account"):
            continue
        level = order.index(level_of(shared_app, endpoint))
        for role, client in clients.items():
            response = client.open(url, method=method)
            if reached[role] >= level:
                assert response.status_code not in (401, 403), (role, method, url)
            elif role is None:
                assert response.status_code == 401 or "/sign-in" in response.headers["Location"], url
            else:
                assert response.status_code == 403, (role, method, url)


def test_a_municipal_reader_reaches_no_view_of_a_brief(shared_app: Flask) -> None:
    for _method, url, endpoint in urls(shared_app):
        if level_of(shared_app, endpoint) in ("public", "reader"):
            assert not any(word in url for word in READER_ENDPOINTS_MAY_CONTAIN_NO), endpoint


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(shared_app: Flask) -> None:
    client = shared_app.test_client()
    for _ in range(5):
        assert client.post("/sign-in", data={"name": "reader", "password": "wrong"}).status_code == 422
    assert client.post("/sign-in", data={"name": "reader", "password": PASSWORD}).status_code == 422
    with shared_app.extensions["database"].session() as session:
        account = session.query(Account).filter_by(name="reader").one()
        assert timedelta(minutes=14) < account.locked_until - now() <= timedelta(minutes=15)
        account.locked_until = now() - timedelta(seconds=1)
    assert client.post("/sign-in", data={"name": "reader", "password": PASSWORD}).status_code == 302


def test_signing_out_ends_the_other_sessions_too(shared_app: Flask) -> None:
    first, second = signed_in(shared_app, "developer"), signed_in(shared_app, "developer")
    assert second.get("/").status_code == 200
    first.post("/sign-out")
    assert "/sign-in" in second.get("/").headers["Location"]


def test_a_session_ends_after_twelve_hours(shared_app: Flask) -> None:
    client = signed_in(shared_app, "developer")
    with client.session_transaction() as session:
        session["signed_in_at"] -= 12 * 3600 + 1
    assert "/sign-in" in client.get("/").headers["Location"]


def test_the_only_user_of_a_machine_needs_no_account(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
    assert "nutzen diesen Rechner allein" in client.get("/account").text


def test_once_accounts_exist_the_machine_asks_for_them(app: Flask, client: FlaskClient) -> None:
    with app.extensions["database"].session() as session:
        accounts.create_account(session, "Ada", PASSWORD, "administrator")
    assert "/sign-in" in client.get("/").headers["Location"]


def test_a_draft_made_by_one_account_is_gone_for_the_next_on_the_same_browser(shared_app: Flask) -> None:
    client = signed_in(shared_app, "developer")
    url = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"]
    client.post("/sign-out")
    client.post("/sign-in", data={"name": "administrator", "password": PASSWORD})
    assert client.get(url).status_code == 404


def test_another_bind_address_is_refused_until_an_administrator_exists(settings: Settings) -> None:
    reachable = replace(settings, is_open_to_others=True)
    with pytest.raises(MatcherError, match="create-admin"):
        check_accounts(reachable, "0.0.0.0")
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "web",
            "create-admin",
            "Ada",
            "--data",
            settings.data_folder,
            "--password",
            PASSWORD,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    check_accounts(reachable, "0.0.0.0")


def test_cookies_of_a_reachable_server_travel_over_tls_only(
    stand_in: StandInMatcher, settings: Settings
) -> None:
    app = create_app(stand_in, replace(settings, is_open_to_others=True))
    cookie = app.test_client().get("/sign-in", base_url="https://example.org").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_another_host_name_is_refused_on_a_machine_without_accounts(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://rebound.example").status_code == 400
