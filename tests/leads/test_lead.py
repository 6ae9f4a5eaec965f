"""Rows become leads: numbers, countries and domains are read, and a row that cannot be scored says why."""

from __future__ import annotations

import pytest

from matcher.leads.columns import ColumnMap
from matcher.leads.countries import country_code
from matcher.leads.delimited import Row
from matcher.leads.lead import domain_of, employees, lead_of

COLUMNS = ColumnMap(id=0, name=1, country=2, industry=3, employees=4, website=5, description=6)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.200", 1200),
        ("1,200", 1200),
        ("ca. 24", 24),
        ("24 MA", 24),
        ("24.0", 24),
        ("50-100", 75),
        ("51 bis 100", 75.5),
        ("12'500", 12500),
        ("", None),
        ("viele", None),
    ],
)
def test_numbers_of_employees_are_read_as_people_write_them(text: str, number: float | None) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("DE", "DE"),
        ("USA", "US"),
        ("United States", "US"),
        ("Vereinigte Staaten", "US"),
        ("Großbritannien", "GB"),
        ("South Korea", "KR"),
        ("Südkorea", "KR"),
        ("Hong Kong", "HK"),
        ("Türkei", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_are_read_in_both_languages_and_as_codes(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Firma.de/kontakt?x=1", "firma.de"),
        ("firma.de", "firma.de"),
        ("http://shop.firma.de:8080/", "shop.firma.de"),
        ("n/a", ""),
        ("kein Web", ""),
    ],
)
def test_domains_are_read_from_addresses(website: str, domain: str) -> None:
    assert domain_of(website) == domain


def row(*cells: str, n_read: int = 7) -> Row:
    return Row(5, cells, n_read)


def test_what_is_missing_is_told_and_does_not_hinder() -> None:
    lead = lead_of(row("7", "Firma", "", "", "k.A.", "", "It makes pumps."), COLUMNS)
    assert lead.is_scored
    assert lead.missing == ("country", "industry", "employees")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (row("7", "", "DE", "Pumps", "", "", "It makes pumps."), "name is missing"),
        (row("7", "Firma", "DE", "", "", "", ""), "what the company does"),
        (row("", "", "", "", "", "", ""), "The row is empty."),
        (row("7", "Firma", "DE", "Pumps", "", "", "", n_read=4), "only 4 of 7 cells"),
    ],
)
def test_a_row_that_cannot_be_scored_says_what_to_do(given: Row, sentence: str) -> None:
    lead = lead_of(given, COLUMNS)
    assert not lead.is_scored
    assert sentence in lead.error[1]


def test_an_industry_alone_is_enough() -> None:
    lead = lead_of(row("7", "Firma", "DE", "Pumps", "", "", ""), COLUMNS)
    assert lead.is_scored
    assert lead.facts.text == "Pumps"
