"""From brief to ranked list without a script."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.conftest import BRIEF_TEXT


def soup(client: FlaskClient, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


def needs_form(page: BeautifulSoup) -> dict[str, str]:
    """What a browser would send for the form as it stands."""
    fields: dict[str, str] = {}
    for field in page.select("form.needs-form :is(input, select, textarea)[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            fields[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            fields[field["name"]] = field.text
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "on")
    return fields


def test_the_words_that_a_need_was_read_from_are_marked(client: FlaskClient, draft_url: str) -> None:
    page = soup(client, f"{draft_url}/needs")
    marks = [mark.find(string=True, recursive=False) for mark in page.select("mark")]
    assert marks == ["5 ha mit Gleisanschluss", "Absolventen der Informatik"]
    assert re.sub(r"\d(?=,|\.)", "", page.select_one(".brief-text").text).startswith("Wir suchen mindestens")


def test_adding_up_the_printed_rows_gives_the_printed_score(client: FlaskClient, draft_url: str) -> None:
    page = soup(client, f"{draft_url}/result")
    items = page.select(".ranking > li")
    assert len(items) == 5
    for item in items:
        rows = [cell.text for cell in item.select("tbody td.figure")]
        total = sum(float(row.replace(",", ".")) for row in rows)
        assert f"{total:.1f}".replace(".", ",") == item.select_one(".score").find(string=True)


def test_corrected_worths_share_a_hundred_points(client: FlaskClient, draft_url: str) -> None:
    fields = needs_form(soup(client, f"{draft_url}/needs"))
    fields["n1-worth"], fields["n2-worth"], fields["n3-worth"] = "30", "20", "10"
    assert client.post(f"{draft_url}/needs", data=fields).status_code == 302
    worths = [f["value"] for f in soup(client, f"{draft_url}/needs").select("input[name$='-worth']")]
    assert worths == ["50", "33,3", "16,7"]


def test_a_wrong_figure_is_named_beside_its_field_and_kept(client: FlaskClient, draft_url: str) -> None:
    fields = needs_form(soup(client, f"{draft_url}/needs")) | {"n1-minimum": "fünf", "n2-text": "Informatik"}
    response = client.post(f"{draft_url}/needs", data=fields)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#n1-minimum")["value"] == "fünf"
    assert page.select_one("#n1-minimum-error").text == "„fünf“ ist keine Zahl."
    assert page.select_one("#n2-text").text == "Informatik"


def test_a_need_can_be_removed_and_one_added(client: FlaskClient, draft_url: str) -> None:
    fields = needs_form(soup(client, f"{draft_url}/needs"))
    client.post(f"{draft_url}/needs", data=fields | {"remove": "n2"})
    client.post(f"{draft_url}/needs", data=needs_form(soup(client, f"{draft_url}/needs")) | {"add": "1"})
    page = soup(client, f"{draft_url}/needs")
    assert [item["id"] for item in page.select("fieldset.need")] == ["need-n1", "need-n3", "need-added1"]


def test_an_empty_brief_is_asked_for(client: FlaskClient) -> None:
    response = client.post("/", data={"text": " "})
    assert response.status_code == 422
    assert "Fügen Sie den Text einer Anfrage ein" in response.text


def test_a_draft_belongs_to_the_browser_that_made_it(client: FlaskClient, draft_url: str) -> None:
    stranger = client.application.test_client()
    assert client.get(f"{draft_url}/result").status_code == 200
    assert stranger.get(f"{draft_url}/result").status_code == 404


def test_the_brief_is_stored_nowhere_before_it_is_saved(client: FlaskClient, draft_url: str) -> None:
    client.get(f"{draft_url}/result")
    folder = client.application.extensions["settings"].data_folder
    words = BRIEF_TEXT.encode()[:40]
    assert not any(words in path.read_bytes() for path in folder.rglob("*") if path.is_file())
