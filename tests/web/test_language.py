"""German and English are equals."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from corpus.records import Language
from web.catalogues import extracted, read_catalogue, untranslated
from web.language import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_interface_has_its_translation(language: Language) -> None:
    catalogue = read_catalogue(language)
    in_use = {str(message.id) for message in extracted() if message.id}
    known = {str(message.id) for message in catalogue if message.id}
    assert in_use - known == set(), "run `python -m web.catalogues`, then translate"
    assert known - in_use == set(), "run `python -m web.catalogues`: strings that are no longer used"
    assert untranslated(catalogue) == []


def test_the_browser_chooses_and_the_reader_switches(client: FlaskClient) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert "Which location answers this brief?" in client.get("/", headers=english).text
    assert "Welcher Standort passt zu dieser Anfrage?" in client.get("/").text
    client.get("/language/de")
    assert "Welcher Standort passt zu dieser Anfrage?" in client.get("/", headers=english).text


def test_switching_never_leaves_the_site(client: FlaskClient) -> None:
    for target in ("https://example.org/", "//example.org", "/\\example.org"):
        assert client.get("/language/en", query_string={"next": target}).headers["Location"] == "/"
