"""Evidence about a company is left out of its own brief, and no more than that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Evidence, Region
from matcher.exclusion import distinctive_words, place_words, usable_mask


def left_out(region: Region, name: str) -> set[str]:
    """Return the ids of the statements that a name excludes."""
    mask = usable_mask(region, name)
    return {item.id for item, usable in zip(region.evidence, mask, strict=True) if not usable}


def with_statement(region: Region, german: str, english: str = "-", subject: str = "") -> Region:
    """Return the region with one more statement, called extra."""
    extra = Evidence(
        "extra", "altmoor", "company", (), german, english, subject, None, None, ("s1",), "2024",
        "verified", "location",
    )  # fmt: skip
    return replace(region, evidence=(*region.evidence, extra))


@pytest.mark.parametrize("name", ["Moorchemie", "MOORCHEMIE GmbH & Co. KG", "Moorchemie Deutschland AG"])
def test_a_company_loses_the_statements_about_it_and_no_others(tiny_region: Region, name: str) -> None:
    assert left_out(tiny_region, name) == {"com-1"}


def test_nothing_is_left_out_without_a_name(tiny_region: Region) -> None:
    assert usable_mask(tiny_region, None).all()
    assert usable_mask(tiny_region, "  ").all()


@pytest.mark.parametrize(
    ("german", "english", "subject"),
    [
        ("Dort baut Velmora ein Werk.", "-", ""),
        ("-", "Velmora builds a plant there.", ""),
        ("Ein Werk entsteht.", "-", "Velmora SE"),
        ("Der Velmora-Standort wächst.", "-", ""),
        ("In der Straße liegt VELMORA.", "-", ""),
    ],
)
def test_text_in_either_language_and_subject_count(
    tiny_region: Region, german: str, english: str, subject: str
) -> None:
    region = with_statement(tiny_region, german, english, subject)
    assert left_out(region, "Velmora Group") == {"extra"}


def test_part_of_a_word_is_not_the_company(tiny_region: Region) -> None:
    region = with_statement(tiny_region, "Die Velmorastraße ist lang.")
    assert left_out(region, "Velmora") == set()


def test_a_town_in_the_name_does_not_silence_the_town(tiny_region: Region) -> None:
    assert left_out(tiny_region, "Velmora (Birkenfurt)") == set()
    assert left_out(tiny_region, "Moorchemie Birkenfurt") == {"com-1"}


def test_words_of_the_trade_do_not_silence_the_trade(tiny_region: Region) -> None:
    assert left_out(tiny_region, "Velmora Chemie Logistik Systems") == set()


def test_an_abbreviation_counts_in_capitals_only(tiny_region: Region) -> None:
    region = with_statement(tiny_region, "Hier sitzen Start-ups.", "Start-ups are based here.")
    assert left_out(region, "UPS") == set()
    assert left_out(with_statement(tiny_region, "UPS sortiert Pakete."), "UPS Europe SA") == {"extra"}


def test_distinctive_words_are_those_no_other_company_has(tiny_region: Region) -> None:
    places = place_words(tiny_region)
    assert {"altmoor", "moorkreis"} <= places
    assert distinctive_words("Velmora Software GmbH (Altmoor)", places) == ("velmora",)
    assert distinctive_words("RAG Aktiengesellschaft") == ("RAG",)
    assert distinctive_words("Data Center Services") == ("data center services",)
    assert distinctive_words("") == ()
