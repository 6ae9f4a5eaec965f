"""What a reader may rely on where a brief states limits, outputs, stages and prices."""

from __future__ import annotations

import pytest

from matcher.headcounts import share_of_count
from tests.matcher.readings import read, stated


@pytest.mark.parametrize(
    "text",
    [
        "Hochschulen mit Maschinenbau sollten in Pendelentfernung liegen.",
        "Universities teaching mechanical engineering should be within commuting distance.",
    ],
)
def test_universities_within_commuting_distance_are_no_way_of_their_own(text: str) -> None:
    assert {need.facet for need in stated(text)} <= {"research", "talent"}


@pytest.mark.parametrize(
    "text",
    ["Der neue Ort soll in Pendelentfernung liegen.", "The new place should be in commuting distance."],
)
def test_the_way_to_work_alone_stays_for_the_reader(text: str) -> None:
    assert {need.facet for need in stated(text)} & {"distance", "labour_market"}


@pytest.mark.parametrize(
    ("text", "facet", "topic", "most", "unit"),
    [
        (
            "We need a hall of 4,000 m² and a container terminal, at most eight kilometres away.",
            "access", "combined_terminal", 8, "km",
        ),
        (
            "Wir brauchen eine Halle mit 4.000 m² und ein Containerterminal, höchstens acht Kilometer entfernt.",
            "access", "combined_terminal", 8, "km",
        ),
        ("A heat network is needed, and within 4 km.", "utilities", "heat", 4, "km"),
        ("Ein Wärmenetz wird gebraucht, und zwar in höchstens 4 km.", "utilities", "heat", 4, "km"),
        (
            "A laboratory is needed, ten minutes at most from a university hospital.",
            "research", "hospital", 10, "min",
        ),
        (
            "Gebraucht wird ein Labor, höchstens zehn Minuten zu einer Universitätsklinik.",
            "research", "hospital", 10, "min",
        ),
        (
            "We want a plot no more than fifteen minutes from an inland port.",
            "access", "inland_port", 15, "min",
        ),
        (
            "Areas more than ten minutes from a motorway are ruled out.",
            "access", "motorway", 10, "min",
        ),
        (
            "Flächen, die mehr als zehn Minuten von der Autobahn entfernt liegen, scheiden aus.",
            "access", "motorway", 10, "min",
        ),
    ],
)  # fmt: skip
def test_a_limit_without_a_place_bounds_the_need_it_speaks_of(
    text: str, facet: str, topic: str, most: float, unit: str
) -> None:
    found = stated(text)
    assert not [need for need in found if need.facet == "distance" or need.is_avoided]
    bounded = next(need for need in found if need.facet == facet and topic in need.topics)
    assert (bounded.minimum, bounded.maximum, bounded.unit) == (None, most, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Steel arrives by barge or by rail, one of which must be no more than 6 km away.",
        "Stahl kommt per Binnenschiff oder Bahn, eines davon muss in höchstens 6 km liegen.",
    ],
)
def test_a_limit_bounds_two_ways_that_or_joins_as_one_need(text: str) -> None:
    assert [(need.facet, need.maximum) for need in stated(text)] == [("access", 6)]


@pytest.mark.parametrize(
    ("text", "works", "most"),
    [
        ("Die Papiermühle muss so nah liegen, dass wir höchstens 18 Kilometer fahren.", ["Papiermühle"], 18),
        ("The paper mill must be so near that we drive 18 kilometres at most.", ["paper mill"], 18),
        ("Gießerei, Presswerk und Zinkhütte dürfen höchstens 12 km weg sein.", ["Gießerei", "Presswerk", "Zinkhütte"], 12),
        ("Foundry, press shop and zinc smelter may be 12 km away at most.", ["Foundry", "press shop", "zinc smelter"], 12),
        ("Das Walzwerk und die Härterei sollten höchstens 9 km entfernt sein.", ["Walzwerk", "Härterei"], 9),
        ("The rolling mill and hardening shop should be at most 9 km away.", ["rolling mill", "hardening shop"], 9),
        ("Wir suchen 4 ha mit Gleisanschluss und im Umkreis von 16 km um eine große Raffinerie.", ["Raffinerie"], 16),
        ("We seek 4 ha with a siding and within 16 km of a large refinery.", ["refinery"], 16),
    ],
)  # fmt: skip
def test_works_of_others_within_a_limit_are_suppliers_near_by(
    text: str, works: list[str], most: float
) -> None:
    found = stated(text)
    (need,) = [need for need in found if need.unit == "km"]
    assert (need.facet, need.topics, need.maximum, need.is_must) == ("cluster", ("suppliers",), most, True)
    assert all(name in need.text for name in works)
    assert {other.facet for other in found if other is not need} <= {"site", "access"}


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 2 ha, höchstens 20 Minuten von unserem Stammwerk.",
        "We need 2 ha, 20 minutes at most from our present factory.",
    ],
)
def test_the_company_s_own_works_is_no_supplier(text: str) -> None:
    assert all(need.facet != "cluster" for need in stated(text))


@pytest.mark.parametrize(
    "text",
    [
        "We exclude sites more than 40 minutes from Kassel.",
        "Sites further than forty minutes from Kassel are ruled out.",
        "Standorte, die weiter als 40 Minuten von Kassel entfernt sind, schließen wir aus.",
        "Nicht weiter als vierzig Minuten von Kassel.",
    ],
)
def test_what_is_excluded_beyond_a_limit_is_asked_for_within_it(text: str) -> None:
    (need,) = stated(text)
    assert need.place is not None
    assert (need.place.name, need.minimum, need.maximum) == ("Kassel", None, 40)
    assert need.is_must
    assert not need.is_avoided


@pytest.mark.parametrize(
    "text",
    [
        "Our staff should be able to commute, at most 30 minutes.",
        "Die Belegschaft soll pendeln können, höchstens 30 Minuten.",
    ],
)
def test_a_limit_for_the_staff_bounds_their_way(text: str) -> None:
    (need,) = stated(text)
    assert (need.facet, need.topics, need.maximum) == ("labour_market", ("retain_staff",), 30)


@pytest.mark.parametrize(
    ("text", "where", "most"),
    [
        ("Unser Personal wohnt im südlichen Teil der Region und soll nicht länger als 20 Minuten fahren.", "südlich", 20),
        ("Our staff live in the region's south and should drive 20 minutes at most.", "south", 20),
        ("Von den Beschäftigten im Norden soll keiner mehr als 35 Minuten fahren.", "Norden", 35),
        ("Employees in the north should travel no more than 35 minutes.", "north", 35),
        ("Die Belegschaft lebt im Sauerland und darf höchstens 30 Minuten unterwegs sein.", "Sauerland", 30),
        ("The workforce lives in the Sauerland and must travel 30 minutes at most.", "Sauerland", 30),
    ],
)  # fmt: skip
def test_a_limit_for_the_staff_is_one_on_the_way_from_where_they_live(
    text: str, where: str, most: float
) -> None:
    (need,) = stated(text)
    assert (need.facet, need.maximum, need.unit, need.is_must) == ("distance", most, "min", True)
    assert where in need.text


@pytest.mark.parametrize(
    "text",
    [
        "We seek land for a depot, 30,000 letters an hour.",
        "Wir suchen Land für ein Depot, 30.000 Briefe pro Stunde.",
        "We need 6 ha and a tram every ten minutes.",
        "Wir brauchen 6 ha und eine Straßenbahn alle zehn Minuten.",
    ],
)
def test_an_output_or_an_interval_is_no_journey(text: str) -> None:
    assert all(need.unit != "min" and need.facet != "distance" for need in stated(text))


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("We are looking for 150 m² of office, later 600 m².", 0),
        ("Wir suchen 150 m² Büro, in drei Jahren 600 m².", 0),
        ("A plot of 5 ha is needed, expandable by another 4 ha.", 1),
        ("Gebraucht wird ein Grundstück mit 5 ha, um weitere 4 ha erweiterbar.", 1),
        ("Wanted: 2 ha, with an option on another 1.5 ha.", 0),
    ],
)
def test_the_growth_of_an_area_is_at_most_a_wish(text: str, wishes: int) -> None:
    found = stated(text)
    assert [need.facet for need in found] == ["site"] * (1 + wishes)
    assert found[0].minimum in (150, 5, 2)
    assert all(need.topics == ("expansion",) and not need.is_must for need in found[1:])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("We need 900 m² of office space, at most 12 euros net per sqm.", "rent"),
        ("Gesucht sind 900 m² Bürofläche, höchstens 12 Euro kalt je m².", "rent"),
        ("We need 3 ha, at most 95 euros per square metre.", "land_price"),
        ("Gesucht sind 3 ha, höchstens 95 Euro je m².", "land_price"),
    ],
)
def test_a_price_per_square_metre_is_a_rent_or_a_price_of_land(text: str, topic: str) -> None:
    (cost,) = [need for need in stated(text) if need.facet == "cost"]
    assert cost.topics == (topic,)
    assert cost.maximum in (12, 95)


@pytest.mark.parametrize(
    "text",
    [
        "A software group seeks 2,000 m² of office space for its new head office, 60 people.",
        "Ein Softwarekonzern sucht 2.000 m² Bürofläche für die neue Hauptverwaltung, 60 Personen.",
        "We need a hall of 9,000 m² for our production and transfer 220 people.",
        "Wir brauchen eine Halle mit 9.000 m² für die Produktion und versetzen 220 Leute.",
    ],
)
def test_staff_who_come_along_are_no_wish_for_a_labour_market(text: str) -> None:
    assert all(need.facet != "labour_market" for need in stated(text))


def test_a_count_of_jobs_weighs_by_its_number_unless_people_are_to_be_hired() -> None:
    def share(n_jobs: int, *words: str) -> float:
        return share_of_count(n_jobs, "production", frozenset(words), frozenset(words))

    assert [share(100), share(250), share(500), share(2000)] == [0.2, 0.5, 1.0, 1.0]
    assert share(100, "recruit") == share(100, "einstellen") == 1.0
    assert share(900, "relocating") == share(900, "umziehende") == 0.0
    assert share_of_count(60, "headquarters", frozenset(), frozenset()) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht wird ein Umspannwerk in drei Kilometern.",
        "We need a substation within three kilometres.",
        "Ein Netzwerk der Branche innerhalb von zehn Kilometern ist nötig.",
    ],
)
def test_a_substation_or_network_within_a_limit_is_no_supplier(text: str) -> None:
    assert not any("suppliers" in need.topics for need in stated(text))


@pytest.mark.parametrize(
    "text",
    [
        "Aus drei Ämtern wird eins, 520 Vollzeitstellen.",
        "Gesucht: ein Labor. Die Laborkräfte stammen aus Siegen.",
        "Bisher auf vier Häuser verteilt, 600 Angestellte.",
        "Three bureaus become one, 520 full-time jobs.",
        "Wanted: a laboratory. Laboratory staff come from Siegen.",
        "So far spread over four houses, 600 employees.",
    ],
)
def test_staff_who_are_brought_together_or_live_elsewhere_are_no_jobs_to_fill(text: str) -> None:
    assert all(need.facet != "labour_market" for need in stated(text))


@pytest.mark.parametrize(
    ("planned", "with_refusal"),
    [
        ("Wir suchen ein Büro.", "Wir suchen ein Büro. Lager, Versand und Umschlag sind nicht geplant."),
        ("We need an office.", "We need an office. Warehouse, freight and depot are not planned."),
    ],
)
def test_what_is_not_planned_makes_no_function(planned: str, with_refusal: str) -> None:
    assert read(planned).function == read(with_refusal).function
