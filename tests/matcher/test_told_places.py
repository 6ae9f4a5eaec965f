"""Places that a brief only tells of: unasked nearness, alike in both languages, that never outweighs what is asked for."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from matcher.told_places import TOWN_SHARE
from matcher.understand import MOST_TOLD
from tests.matcher.readings import read


def nearness(text: str) -> list[Need]:
    return [need for need in read(text).needs if need.facet == "distance" and need.span is None]


def places(text: str) -> list[str]:
    return [need.place.name for need in nearness(text) if need.place is not None]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wir sind ein Planungsbüro aus Dortmund. Gesucht sind 900 m² Büro.", ["Dortmund"]),
        ("We are a planning practice from Dortmund. We need 900 m² of offices.", ["Dortmund"]),
        ("Unsere Kunden sitzen in Bottrop und Herne. Gesucht ist eine Halle.", ["Bottrop", "Herne"]),
        ("Our customers are in Bottrop and Herne. We need a hall.", ["Bottrop", "Herne"]),
        ("Planungsbüro aus Dortmund, 38 Personen. Gesucht sind 900 m² Büro.", ["Dortmund"]),
        ("Planning practice from Dortmund, 38 persons. We need 900 m² of offices.", ["Dortmund"]),
        ("Gesucht ist ein Standort nicht weit von Dortmund.", []),
        ("We need a site not far from Dortmund.", []),
        ("Wir sind ein Planungsbüro aus Lissabon. Gesucht sind 900 m² Büro.", []),
        ("We are a planning practice from Lisbon. We need 900 m² of offices.", []),
        ("Wir verlassen Herne. Gesucht sind 900 m² Büro.", []),
        ("We are leaving Herne. We need 900 m² of offices.", []),
        ("Gesucht ist eine Halle. Bottrop kommt nicht in Frage.", []),
        ("We need a hall. Bottrop is out of the question.", []),
    ],
)
def test_a_place_that_is_told_of_is_worth_being_near(text: str, named: list[str]) -> None:
    assert places(text) == named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wir sind ein Planungsbüro aus Dortmund.", "Nähe zu Dortmund, in der Anfrage genannt"),
        ("We are a planning practice from Dortmund.", "Nearness to Dortmund, which the brief mentions"),
    ],
)
def test_it_says_in_the_language_of_the_brief_why_it_is_there(text: str, words: str) -> None:
    (need,) = nearness(text)
    assert need.text == words
    assert not need.is_must


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht ist eine Halle in der Nähe von Bottrop. Wir kommen aus Bottrop.",
        "We need a hall near Bottrop. We come from Bottrop.",
    ],
)
def test_what_is_asked_for_in_words_does_not_count_twice(text: str) -> None:
    assert not nearness(text)
    assert sum(need.place is not None and need.place.name == "Bottrop" for need in read(text).needs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wir sind ein Planungsbüro aus {town}. Gesucht ist eine Halle.",
        "We are a planning practice from {town}. We need a hall.",
    ],
)
def test_a_town_beyond_the_border_of_the_region_counts_less(text: str) -> None:
    many = (
        " 2 ha, Gleisanschluss, Hafen, Strom, Fernwärme, Schweißer; 2 ha, siding, port, power, heat, welders."
    )
    inside, outside = (
        nearness(text.format(town=town) + many)[0].worth_tenths for town in ("Bottrop", "Düsseldorf")
    )
    assert TOWN_SHARE * inside < outside < inside


@pytest.mark.parametrize(
    "text",
    [
        "Unsere Kunden sitzen in Bottrop, Herne, Gladbeck und Waltrop. Gesucht ist eine Halle.",
        "Our customers are in Bottrop, Herne, Gladbeck and Waltrop. We need a hall.",
    ],
)
def test_many_places_share(text: str) -> None:
    worths = [need.worth_tenths for need in nearness(text)]
    assert len(worths) >= 4
    assert max(worths) - min(worths) <= 1
    assert sum(worths) <= 1000 * MOST_TOLD + len(worths)
