"""The investor's name behind the code name: on pages, in storage and in documents."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from matcher.brief import Brief, Need
from web.codename import conceal_brief, spelled_names

TEXT = "Die Acme Robotics GmbH sucht 5 ha mit Gleis, dazu Absolventen der Informatik. acme-robotics.com, ACME ROBOTICS."
NAMES = {"code_name": "Projekt Reiher", "real_name": "Acme Robotics GmbH"}


def names_in(data: bytes) -> list[bytes]:
    """Which spellings of the name stand in a file, packed parts included."""
    parts = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    return [
        name for name in (b"acme robotics", b"acme-robotics") if any(name in part.lower() for part in parts)
    ]


@pytest.fixture
def named_draft(client: FlaskClient) -> str:
    response = client.post("/", data={"text": TEXT} | NAMES)
    return response.headers["Location"].removesuffix("/needs")


def test_no_page_of_the_journey_shows_the_name(client: FlaskClient, named_draft: str) -> None:
    for path in ("needs", "result", "locations/05900002", "compare?location=05900002&location=05900003"):
        response = client.get(f"{named_draft}/{path}")
        assert response.status_code == 200
        assert names_in(response.data) == [], path
    assert "Projekt Reiher" in client.get(f"{named_draft}/needs").text


@pytest.mark.parametrize("file_type", ["html", "docx", "xlsx", "pdf"])
def test_no_document_holds_the_name_in_any_byte(
    client: FlaskClient, named_draft: str, file_type: str
) -> None:
    response = client.get(f"{named_draft}/dossier.{file_type}")
    assert response.status_code == 200
    assert names_in(response.data) == []
    assert "Projekt-Reiher" in response.headers["Content-Disposition"]


def test_a_saved_brief_holds_the_name_encrypted_only_and_shows_it_on_request(
    app: Flask, client: FlaskClient, named_draft: str
) -> None:
    saved = client.post(f"{named_draft}/save", data=NAMES)
    assert saved.status_code == 302, saved.text
    url = saved.headers["Location"]
    folder = app.extensions["settings"].data_folder
    assert [path for path in folder.rglob("*") if path.is_file() and names_in(path.read_bytes())] == []
    assert names_in(client.get(url).data) == []
    assert "Acme Robotics GmbH" in client.post(f"{url}/reveal").text
    assert "Klarname gezeigt" in client.get(url).text


def test_a_name_without_a_code_name_is_asked_for_one(client: FlaskClient) -> None:
    response = client.post("/", data={"text": TEXT, "real_name": "Acme Robotics GmbH"})
    assert response.status_code == 422
    assert "Geben Sie einen Decknamen an" in response.text
    assert 'value="Acme Robotics GmbH"' in response.text


def test_a_code_name_that_gives_the_name_away_is_refused(client: FlaskClient) -> None:
    response = client.post(
        "/", data={"text": TEXT, "code_name": "Acme Robotics Nord", "real_name": "Acme Robotics"}
    )
    assert response.status_code == 422
    assert "wählen Sie einen anderen" in response.text


@given(
    before=st.text(" abc.", max_size=12),
    between=st.text(" abc.", min_size=1, max_size=12),
    code_name=st.sampled_from(["X", "Projekt Reiher"]),
)
def test_spans_still_hold_their_words_after_the_name_is_replaced(
    before: str, between: str, code_name: str
) -> None:
    text = f"{before}Zyxologica{between}wanted{between}Zyxologica"
    start = text.index("wanted")
    need = Need("n1", "wanted", (start, start + 6), "site", 1000)
    hidden = conceal_brief(Brief("b", text, "de", (need,), "production"), code_name, ("Zyxologica",))
    span = hidden.needs[0].span
    assert span is not None
    assert hidden.text[span[0] : span[1]] == "wanted"
    assert "Zyxologica" not in hidden.text


def test_further_spellings_stand_after_a_semicolon() -> None:
    assert spelled_names(" Acme AG; Akme ;;\nACME ") == ("Acme AG", "Akme", "ACME")
