"""Saving, versions with what changed, opening again, erasing, and who is logged."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import BRIEF_TEXT
from tests.web.test_journey import needs_form, soup


def save(client: FlaskClient, draft_url: str, **fields: str) -> str:
    response = client.post(f"{draft_url}/save", data={"code_name": "Reiher"} | fields)
    assert response.status_code == 302, response.text
    return response.headers["Location"]


def test_a_code_name_is_asked_for_and_what_was_typed_is_kept(client: FlaskClient, draft_url: str) -> None:
    response = client.post(f"{draft_url}/save", data={"code_name": "", "real_name": "Acme"})
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#code_name-error").text.startswith("Geben Sie einen Decknamen")
    assert page.select_one("#real_name")["value"] == "Acme"


def test_a_second_version_says_what_changed_and_who_did_it(client: FlaskClient, draft_url: str) -> None:
    url = save(client, draft_url)
    fields = needs_form(soup(client, f"{draft_url}/needs")) | {
        "n2-text": "IT-Fachkräfte",
        "n1-minimum": "7,5",
    }
    client.post(f"{draft_url}/needs", data=fields | {"n3-must": "on"})
    assert save(client, draft_url) == url
    versions = soup(client, url).select(".version")
    assert [version.h3.text for version in versions] == ["Fassung 2", "Fassung 1"]
    assert [item.text for item in versions[0].select("li")] == [
        "5 ha mit Gleisanschluss: Zahlen 5– ha → 7,5– ha",
        "Umformuliert: Absolventen der Informatik → IT-Fachkräfte",
        "Agglomeration: jetzt ein Muss",
    ]
    assert "dieser Rechner" in versions[0].select_one(".meta").text


def test_an_old_version_opens_as_it_was(client: FlaskClient, draft_url: str) -> None:
    url = save(client, draft_url)
    fields = needs_form(soup(client, f"{draft_url}/needs")) | {"n2-text": "IT-Fachkräfte"}
    client.post(f"{draft_url}/needs", data=fields)
    save(client, draft_url)
    opened = client.post(f"{url}/open", data={"version": "1"}).headers["Location"]
    assert soup(client, opened).select_one("#n2-text").text == "Absolventen der Informatik"


def test_saving_on_top_of_a_newer_version_is_refused_in_words(client: FlaskClient, draft_url: str) -> None:
    url = save(client, draft_url)
    other = client.post(f"{url}/open", data={"version": "1"}).headers["Location"].removesuffix("/needs")
    save(client, other)
    response = client.post(f"{draft_url}/save", data={"code_name": "Reiher"})
    assert response.status_code == 422
    assert "Version 2" in response.text or "Fassung 2" in response.text


def test_the_log_names_reading_opening_exporting_and_erasing(
    app: Flask, client: FlaskClient, draft_url: str
) -> None:
    url = save(client, draft_url)
    client.get(url)
    opened = client.post(f"{url}/open", data={"version": "1"}).headers["Location"].removesuffix("/needs")
    client.get(f"{opened}/dossier.html")
    client.post(f"{url}/erase")
    assert client.get(url).status_code == 404
    log = [
        cells[2].text for row in soup(client, "/accounts").select("tbody tr") if (cells := row.select("td"))
    ]
    assert log[:5] == ["gelöscht", "ausgegeben", "als Entwurf geöffnet", "gelesen", "gespeichert"]


def test_after_erasing_no_word_of_the_brief_is_left_in_the_folder(
    app: Flask, client: FlaskClient, draft_url: str
) -> None:
    url = save(client, draft_url)
    folder = app.extensions["settings"].data_folder
    words = BRIEF_TEXT.encode()[:40]
    assert any(words in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    client.post(f"{url}/erase")
    assert not any(words in path.read_bytes() for path in folder.rglob("*") if path.is_file())
