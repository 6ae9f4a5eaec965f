"""The accessibility statement is linked on every page, open to everyone, in both languages, with the contact that is set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.conftest import StandInMatcher
from web.app import create_app
from web.pages.accessibility import REVIEWED
from web.settings import Settings, make_settings


def test_every_page_leads_to_the_statement_in_its_language(client: FlaskClient) -> None:
    for language, title, date in (
        ("de", "Erklärung zur Barrierefreiheit", f"{REVIEWED.day}. "),
        ("en", "Accessibility statement", f"on {REVIEWED.day} "),
    ):
        client.get(f"/language/{language}")
        link = BeautifulSoup(client.get("/themes").text, "html.parser").select_one(
            "footer a[href='/accessibility']"
        )
        assert link is not None
        assert link.text == title
        statement = client.get("/accessibility").text
        assert all(
            words in statement for words in (title, "EN 301 549", "WCAG 2.2", date, str(REVIEWED.year))
        )


def test_the_statement_is_open_without_signing_in(stand_in: StandInMatcher, settings: Settings) -> None:
    client = create_app(stand_in, replace(settings, is_open_to_others=True)).test_client()
    assert client.get("/accessibility", base_url="https://localhost").status_code == 200


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("barrierefrei@example.org", "mailto:barrierefrei@example.org"),
        ("https://example.org/kontakt", "https://example.org/kontakt"),
        ("Frau Muster, Zimmer 12", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_contact_that_is_set_is_shown_and_linked_where_it_can_be(
    stand_in: StandInMatcher, settings: Settings, contact: str, address: str | None
) -> None:
    client = create_app(stand_in, replace(settings, contact=contact)).test_client()
    page = BeautifulSoup(client.get("/accessibility").text, "html.parser")
    assert contact in page.text
    links = [str(link["href"]) for link in page.select("main a")]
    assert links == ([address] if address else [])


def test_without_a_contact_the_statement_says_whom_to_ask(client: FlaskClient) -> None:
    assert "Stelle, die dieses Programm für Sie betreibt" in client.get("/accessibility").text


def test_the_contact_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_CONTACT", " rat@example.org ")
    assert make_settings(tmp_path).contact == "rat@example.org"
