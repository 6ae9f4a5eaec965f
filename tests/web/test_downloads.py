"""Uploads that are read in a process of their own, and data for other programs."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.conftest import BRIEF_TEXT, StandInMatcher
from web.app import create_app
from web.settings import Settings


def upload(client: FlaskClient, name: str, data: bytes) -> tuple[int, str]:
    response = client.post("/", data={"file": (io.BytesIO(data), name)}, follow_redirects=True)
    return response.status_code, response.text


def test_an_uploaded_file_is_read_like_its_text(client: FlaskClient) -> None:
    status, page = upload(client, "anfrage.txt", BRIEF_TEXT.encode())
    assert status == 200
    assert "5 ha mit Gleisanschluss" in page


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("leer.txt", b" "),
        ("kaputt.pdf", b"%PDF-1.7 nothing"),
        ("kaputt.docx", b"PK nothing"),
        ("bild.png", b"\x89PNG"),
    ],
)
def test_an_unreadable_file_gets_its_sentence_beside_the_field(
    client: FlaskClient, name: str, data: bytes
) -> None:
    status, page = upload(client, name, data)
    sentence = BeautifulSoup(page, "html.parser").select_one("#file-error")
    assert status == 422
    assert sentence is not None
    assert len(sentence.text) > 20
    assert "Traceback" not in page


@pytest.mark.slow
def test_a_file_that_unpacks_to_300_megabytes_is_refused(client: FlaskClient) -> None:
    status, page = upload(client, "bombe.docx", bomb())
    assert status == 422
    assert 'id="file-error"' in page


def test_a_file_that_takes_too_long_is_given_up(stand_in: StandInMatcher, settings: Settings) -> None:
    app = create_app(stand_in, replace(settings, parsing_seconds=0.01))
    app.config["WTF_CSRF_ENABLED"] = False
    status, page = upload(app.test_client(), "anfrage.txt", BRIEF_TEXT.encode())
    assert status == 422
    assert "dauert zu lange" in page


def test_an_upload_above_the_limit_gets_the_designed_page(
    stand_in: StandInMatcher, settings: Settings
) -> None:
    app = create_app(stand_in, replace(settings, maximum_upload_bytes=10_000))
    app.config["WTF_CSRF_ENABLED"] = False
    status, page = upload(app.test_client(), "anfrage.txt", b"5 ha " * 5000)
    assert status == 413
    assert "Die Datei ist zu groß" in page


def test_the_data_for_programs_say_what_the_page_says(client: FlaskClient, draft_url: str) -> None:
    page = BeautifulSoup(client.get(f"{draft_url}/result").text, "html.parser")
    scores = [score.find(string=True) for score in page.select("#ranking .score")]
    data = client.get(f"{draft_url}/result.json").get_json()
    assert [f"{match['score_tenths'] / 10:.1f}".replace(".", ",") for match in data["matches"]] == scores
    rows = list(csv.reader(io.StringIO(client.get(f"{draft_url}/result.csv").text)))
    assert len(rows) > len(scores)
    assert scores[0] in client.get(f"{draft_url}/result.md").text
    assert client.get(f"{draft_url}/result.exe").status_code == 404
