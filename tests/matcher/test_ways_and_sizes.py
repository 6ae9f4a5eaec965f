"""What a reader may rely on where a brief names ways home, cities, countries, or people who are there already."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from matcher.gazetteer import find_places
from matcher.town_size import is_irrelevant, leaves_city
from tests.matcher.readings import REGION, read, stated


def of(text: str, facet: str) -> list[Need]:
    return [need for need in stated(text) if need.facet == facet]


@pytest.mark.parametrize(
    "text",
    [
        "Wir bauen ein Schmiedewerk mit Gleisanschluss. Die zuliefernde Gießerei muss in 20 Kilometern liegen.",
        "We build a forging shop with a rail siding. The foundry that supplies us must lie within 20 kilometres.",
    ],
)
def test_limit_with_a_works_of_its_own_bounds_that_works(text: str) -> None:
    [siding] = of(text, "access")
    [works] = of(text, "cluster")
    assert siding.maximum is None
    assert works.topics == ("suppliers",)
    assert (works.maximum, works.unit) == (20, "km")


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen ein Containerterminal. Es muss in 20 Kilometern liegen.",
        "We need a container terminal. It must lie within 20 kilometres.",
    ],
)
def test_limit_that_takes_up_what_was_named_still_bounds_it(text: str) -> None:
    [terminal] = of(text, "access")
    assert (terminal.maximum, terminal.unit) == (20, "km")


@pytest.mark.parametrize(
    ("text", "place", "most"),
    [
        ("Das Stammwerk steht in Olpe. Gesucht sind 3 ha, höchstens 50 Minuten vom Stammwerk.", "Olpe", 50),
        (
            "The parent plant stands in Olpe. We seek 3 ha, at most 50 minutes from the parent plant.",
            "Olpe",
            50,
        ),
        (
            "Der Betrieb zieht aus Coesfeld um; die Fahrt dorthin soll unter 30 Minuten bleiben.",
            "Coesfeld",
            30,
        ),
        ("The firm moves from Coesfeld; the drive there should stay under 30 minutes.", "Coesfeld", 30),
    ],
)
def test_limit_on_the_way_home_is_measured_to_the_town_named(text: str, place: str, most: float) -> None:
    [way] = of(text, "distance")
    assert way.place is not None
    assert (way.place.name, way.maximum) == (place, most)


@pytest.mark.parametrize(
    "text",
    [
        "Der Hof muss in 20 Minuten von mindestens zwei Großstadtzentren liegen.",
        "The yard must be within 20 minutes of at least two big-city centres.",
    ],
)
def test_limit_on_cities_bounds_the_size(text: str) -> None:
    [size] = of(text, "agglomeration")
    assert (size.maximum, size.unit) == (20, "min")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wichtig sind kurze Wege zum niederländischen Schwesterwerk.", "Niederlande"),
        ("Short routes to our Dutch sister plant matter.", "Niederlande"),
        ("Wir beliefern belgische Kunden.", "Belgien"),
        ("We supply Belgian customers.", "Belgien"),
        ("Der Düsseldorf Flughafen ist nah.", "Flughafen Düsseldorf"),
        ("Dortmund Flughafen, 20 Minuten.", "Flughafen Dortmund"),
        ("Wir sitzen im südlichen Sauerland.", "Sauerland (Süd)"),
        ("We sit in the southern Sauerland.", "Sauerland (Süd)"),
    ],
)
def test_adjectives_and_both_orders_name_places(text: str, name: str) -> None:
    assert [mention.name for mention in find_places(text, REGION)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Our Dutch owner decides.",
        "Der niederländische Eigentümer entscheidet.",
        "Ein belgischer Investor ist dabei.",
    ],
)
def test_a_country_of_owners_is_no_place(text: str) -> None:
    assert find_places(text, REGION) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 2.000 m² Büro. Unser Team von 600 Leuten kommt mit; alle sollen mitkommen.",
        "We seek 2,000 m² of offices. Our team of 600 people will come along.",
        "Wir bauen ein Lager. Es entstehen nur wenige feste Arbeitsplätze.",
        "We build a warehouse. There will be hardly any jobs.",
    ],
)
def test_staff_who_come_along_and_few_jobs_ask_for_no_workers(text: str) -> None:
    assert not [need for need in of(text, "labour_market") if need.topics != ("retain_staff",)]


@pytest.mark.parametrize(
    "text",
    [
        "Kurze Wege zu unseren Anlagen in einem benachbarten Chemiepark sind nötig.",
        "A short distance to our reactors in a neighbouring chemical complex is needed.",
    ],
)
def test_a_short_way_takes_the_kind_of_what_it_leads_to(text: str) -> None:
    assert [need.topics for need in of(text, "site")] == [("chemical_park",)]


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 3 ha. Der neue Ort darf höchstens 12 km vom jetzigen entfernt sein.",
        "We look for 3 ha. The new place may be at most 12 km from the present one.",
    ],
)
def test_a_way_to_no_known_place_is_hardly_worth_points(text: str) -> None:
    assert sum(need.worth_tenths for need in of(text, "distance")) < 100


@pytest.mark.parametrize(
    "text",
    ["Die Größe der Kommune ist egal; wir suchen 5 ha.", "The size of the town is irrelevant; we need 5 ha."],
)
def test_irrelevant_size_earns_no_points(text: str) -> None:
    assert is_irrelevant(text)
    assert not [need for need in read(text).needs if need.facet == "agglomeration"]


@pytest.mark.parametrize(
    "text",
    [
        "Wir wollen raus aus der Großstadt und suchen 3.000 m² Büro.",
        "We want to leave the big city and seek 3,000 m² of offices.",
    ],
)
def test_leaving_the_city_turns_size_round(text: str) -> None:
    assert leaves_city(text)
    assert [need.is_avoided for need in read(text).needs if need.facet == "agglomeration"] == [True]


@pytest.mark.parametrize("text", ["Wir suchen Städte mit vielen Nutzern.", "We want cities with many users."])
def test_cities_with_many_users_are_asked_for_by_size(text: str) -> None:
    assert of(text, "agglomeration")
    assert not of(text, "cluster")
