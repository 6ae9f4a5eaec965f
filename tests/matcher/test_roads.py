"""Which motorways a need asks for, and what a location's row is worth for it."""

from __future__ import annotations

import pytest

from matcher.strengths import roads, substances


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("in der Nähe der A46", {"A46"}),
        ("A 42 oder A 43", {"A42", "A43"}),
        ("close to the A1 or the A45", {"A1", "A45"}),
        ("a crane for A 40-tonne load", set()),
        ("Zufahrt zur B54", set()),
        ("din A4 printers on the motorway", {"A4"}),
    ],
)
def test_a_motorway_is_named_by_its_number(text: str, named: set[str]) -> None:
    assert roads.roads_in(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "nahe einem Autobahnkreuz",
        "wo sich Autobahnen kreuzen",
        "am besten an zwei Autobahnen",
        "mehrere Autobahnen zur Auswahl",
        "am Autobahndreieck",
        "by a motorway interchange",
        "where motorways meet",
        "two different motorways to choose from",
        "at the junction of two motorways",
        "at a motorway intersection",
    ],
)
def test_an_interchange_is_two_motorways(text: str) -> None:
    assert roads.asks_for_crossing(text)
    assert roads.share_of("A42, A43 (A2 in der Nähe)", text, is_bound=True) == 1
    assert roads.share_of("A57", text, is_bound=True) == roads.ONE_OF_TWO


@pytest.mark.parametrize(
    "text", ["Autobahnanschluss", "nahe der Autobahn", "motorway junction", "near motorways"]
)
def test_a_junction_is_one_motorway(text: str) -> None:
    assert not roads.asks_for_crossing(text)
    assert roads.share_of("A57", text, is_bound=True) == 1
    assert roads.share_of("A57", text, is_bound=False) == roads.ONE_ROAD
    assert roads.share_of("A1, A2, A45", text, is_bound=False) == 1


@pytest.mark.parametrize("text", ["höchstens acht Minuten bis zur A2", "eight minutes to the A2 at most"])
def test_another_motorway_is_hardly_the_one_named(text: str) -> None:
    assert roads.share_of("A1, A2", text, is_bound=True) == 1
    assert roads.share_of("A42, A43 (A2 in der Nähe)", text, is_bound=True) == roads.NEARBY
    assert roads.share_of("A40, A42, A52", text, is_bound=True) == roads.OTHER_ROAD


def test_a_federal_road_is_no_motorway() -> None:
    assert roads.share_of("B474n (Bundesstraße)", "Autobahn", is_bound=False) == roads.NEARBY


@pytest.mark.parametrize("asked", ["Propylen per Rohrleitung", "propylene through a pipe"])
def test_a_pipeline_carries_the_substance_it_is_named_for(asked: str) -> None:
    assert substances.share_of("Propylen-Pipeline Nord", asked) == 1
    assert substances.share_of("Ethylen-Fernleitung", asked) == substances.OTHER
    assert substances.share_of("Ethylen-Fernleitung", "Produktenleitung") == 1
    assert substances.share_of("Polyethylenwerk", "Ethylen") == substances.OTHER
