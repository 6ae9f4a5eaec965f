"""The built-in pack: complete, sourced, in both languages, and described truthfully by its README."""

from __future__ import annotations

import csv
import email
import email.policy
import itertools
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus.counts import count_statements
from corpus.pack import RUHR
from corpus.records import Region

COMPILED = {
    "region/municipalities.csv": "locations",
    "talent/universities.csv": "institutions",
    "talent/programmes.csv": "programmes",
    "talent/talent_supply.csv": "talent_supply",
    "talent/research_institutes.csv": "research_institutes",
    "talent/companies.csv": "companies",
    "region/sites.csv": "sites",
    "region/infrastructure.csv": "infrastructure",
    "region/themes.csv": "themes",
}


@pytest.mark.shared
@pytest.mark.parametrize("compiled", COMPILED)
def test_every_compiled_row_was_carried_over(ruhr: Region, shared: Path, compiled: str) -> None:
    with (shared / "research" / compiled).open(encoding="utf-8", newline="") as file:
        n_compiled = sum(1 for _ in csv.DictReader(file))
    assert len(getattr(ruhr, COMPILED[compiled])) == n_compiled


@pytest.mark.shared
def test_every_compiled_industry_statement_was_carried_over(ruhr: Region, shared: Path) -> None:
    with (shared / "research" / "region" / "industries.csv").open(encoding="utf-8", newline="") as file:
        numbers = {f"{number:04d}" for number, _ in enumerate(csv.DictReader(file), start=1)}
    carried = {row.id.split("-")[1] for row in ruhr.evidence if row.kind == "industry"}
    assert carried == numbers


def test_each_statement_is_a_sentence_in_both_languages(ruhr: Region) -> None:
    assert len(ruhr.evidence) >= 1600
    for row in ruhr.evidence:
        for text in (row.text_de, row.text_en):
            assert re.fullmatch(r"[\w„“].{15,}\.", text), row
            assert "  " not in text, row
        assert row.text_de != row.text_en, row


def test_no_statement_stands_twice_for_a_location(ruhr: Region) -> None:
    for language in ("de", "en"):
        texts = Counter((row.location_id, row.text(language)) for row in ruhr.evidence)
        assert [text for text, n in texts.items() if n > 1] == []


def test_english_statements_hold_no_german_left_over(ruhr: Region) -> None:
    german = re.compile(r"\b(und|mit|früher|nicht|wurde|eine[rmn]?|rund|ist|Beschäftigte)\b")
    names = re.compile(r"[A-ZÄÖÜ][\w&.-]* (und|mit|für) [A-ZÄÖÜ]|-\s?und ")
    left_over = [
        row.id
        for row in ruhr.evidence
        if german.search(row.text_en)
        and not names.search(row.text_en)
        and row.subject.split(" (")[0] not in row.text_en
    ]
    assert left_over == []


def test_both_languages_state_the_same_figures(ruhr: Region) -> None:
    for row in ruhr.evidence:
        german = re.sub(r"(?<=\d)\.(?=\d{3})", "", row.text_de.replace("CO2", "")).replace(",", ".")
        english = re.sub(r"(?<=\d),(?=\d{3})", "", row.text_en.replace("CO2", ""))
        figures = [sorted(re.findall(r"\d+(?:\.\d+)?", text)) for text in (german, english)]
        assert figures[0] == figures[1], row


def test_every_confirmed_statement_names_a_document(ruhr: Region) -> None:
    for row in ruhr.evidence:
        if row.is_confirmed:
            assert set(row.source_ids) - {"own-knowledge"}, row
    assert {row.confidence for row in ruhr.evidence} == {"verified", "recalled"}


def test_district_statements_cover_each_town_of_the_district_and_say_so(ruhr: Region) -> None:
    towns = {
        district: {location.id for location in ruhr.locations if location.district == district}
        for district in {location.district for location in ruhr.locations if location.district}
    }
    assert sorted(map(len, towns.values())) == [9, 10, 10, 13]
    covered: dict[str, set[str]] = {}
    for row in ruhr.evidence:
        if row.scope == "district":
            assert "Kreis" in row.text_de, row
            assert "district" in row.text_en, row
        if row.scope == "district" and row.kind == "industry":
            covered.setdefault(row.id.rsplit("-", 1)[0], set()).add(row.location_id)
    assert len(covered) == 13
    assert all(ids in towns.values() for ids in covered.values())


def test_figures_are_the_same_in_the_table_and_in_the_sentence(ruhr: Region) -> None:
    for figure in ruhr.indicators:
        statement = ruhr.evidence_by_id[figure.id]
        assert statement.quantity == figure.value, figure
        digits = f"{figure.value:,.2f}".rstrip("0").rstrip(".")
        one_decimal = f"{figure.value:,.1f}"
        assert digits in statement.text_en or one_decimal in statement.text_en, statement
        assert (statement.scope == "district") == (figure.level == "district"), figure
    populations = {row.location_id: row.value for row in ruhr.indicators if row.name == "population"}
    assert populations == {location.id: location.population for location in ruhr.locations}


def test_the_available_part_of_a_site_is_not_larger_than_the_site(ruhr: Region) -> None:
    for site in ruhr.sites:
        if site.available_ha is not None and site.area_ha is not None:
            assert site.available_ha <= site.area_ha, site
        statement = ruhr.evidence_by_id[site.id]
        expected = site.available_ha if site.available_ha is not None else site.area_ha
        assert statement.quantity == expected, site


def test_positions_lie_within_the_outline_of_their_location(ruhr: Region) -> None:
    rings = {
        feature["properties"]["id"]: [
            polygon[0]
            for polygon in (
                [feature["geometry"]["coordinates"]]
                if feature["geometry"]["type"] == "Polygon"
                else feature["geometry"]["coordinates"]
            )
        ]
        for feature in ruhr.boundaries["features"]
    }
    for location in ruhr.locations:
        assert any(_contains(ring, location.longitude, location.latitude) for ring in rings[location.id]), (
            location
        )


def _contains(ring: list[list[float]], x: float, y: float) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_the_readme_counts_what_the_tables_hold(ruhr: Region) -> None:
    text = (RUHR / "README.md").read_text(encoding="utf-8")
    for title, expected in count_statements(ruhr).items():
        section = text.split(f"### By {title}\n", 1)[1].split("\n#", 1)[0]
        printed = {name: int(n) for name, n in re.findall(r"^\| (.+?) \| (\d+) \|$", section, re.MULTILINE)}
        assert printed == expected, title
    tables = dict(re.findall(r"^\| (\w+) \| (\d+) \| .+ \|$", text.split("## Counts")[0], re.MULTILINE))
    assert {name: len(getattr(ruhr, name)) for name in tables} == {name: int(n) for name, n in tables.items()}
    assert len(tables) == 12


def test_the_sample_briefs_are_readable(ruhr: Region) -> None:
    folder = RUHR / "briefs"
    mail = email.message_from_bytes(
        (folder / "automotive_supplier.de.eml").read_bytes(), policy=email.policy.default
    )
    assert not mail.defects
    body = mail.get_body(("plain",))
    assert body is not None
    assert "mindestens 8 ha" in body.get_content()
    assert "12 hectares" in (folder / "battery_recycling.en.md").read_text(encoding="utf-8")
    assert "1.200 m²" in (folder / "crm_note.de.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_public_frictionless_tool_finds_the_pack_valid() -> None:
    command = "import sys; from pytest_socket import disable_socket; disable_socket(); from frictionless.__main__ import console"
    script = f"{command}; sys.argv = ['frictionless', 'validate', 'datapackage.json']; console()"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=RUHR, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "INVALID" not in result.stdout
