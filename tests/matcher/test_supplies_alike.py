"""Ways, supplies and premises named in everyday words are read alike from German and from English."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from matcher.quantities import find_quantities
from tests.matcher.readings import stated


def needs_for(text: str, *facets: str) -> list[Need]:
    return [need for need in stated(text) if need.facet in facets]


@pytest.mark.parametrize(
    ("german", "english", "facet", "topic"),
    [
        ("Nötig ist ein Brunnenrecht.", "A right to a well is required.", "utilities", "water"),
        ("Gesucht: Wasserstoff per Rohr.", "Wanted: hydrogen by pipe.", "utilities", "hydrogen"),
        (
            "3 ha an einer Leitungstrasse gesucht.",
            "3 ha at a pipeline wanted.",
            "utilities",
            "chemical_pipeline",
        ),
        ("Gesucht: 2 ha mit Netzverknüpfung.", "Wanted: 2 ha with a grid tie-in.", "utilities", "power"),
        ("Dampfabnehmer gesucht.", "Steam user wanted.", "utilities", "heat"),
        (
            "Abholung per Nachtexpress nötig.",
            "Collection by night express required.",
            "access",
            "parcel_network",
        ),
        ("Wassertiefe von 3 m nötig.", "Water depth of 3 m required.", "access", "inland_port"),
        ("Nachtbus nötig.", "Night bus required.", "access", "public_transport"),
        ("Fernzüge müssen halten.", "Long-distance trains must stop.", "access", "long_distance_rail"),
        ("Auffahrt in der Nähe nötig.", "On-ramp close by required.", "access", "motorway"),
        ("Gelblichtbereich nötig.", "Yellow-light area required.", "site", "clean_room"),
        ("Mit Bus und Bahn gut erreichbar.", "Bus and rail within easy reach.", "access", "public_transport"),
        ("Gesucht: Sauerstoff per Rohr.", "Wanted: oxygen by pipe.", "utilities", "chemical_pipeline"),
        ("Kein Industriegebiet, bitte.", "No industrial estate, please.", "site", "industrial_zoning"),
        ("Portalkran nötig.", "Gantry crane required.", "site", "hall"),
    ],
)
def test_everyday_words_name_the_same_need_in_either_language(
    german: str, english: str, facet: str, topic: str
) -> None:
    for text in (german, english):
        assert any(topic in need.topics for need in needs_for(text, facet)), text


@pytest.mark.parametrize(
    "text",
    [
        "Wanted: a hall for building pressure vessels.",
        "We seek solar installers and grid engineers.",
        "No more than 15 kilometres from the Rhine, we need 2 ha.",
        "Wanted: an office in a former water tower.",
        "Gesucht: Büro mit Blick auf Wasser.",
        "Gesucht: 400 m², Sickerwasser fällt nicht an.",
    ],
)
def test_vessels_trades_and_views_are_no_supply_and_no_port(text: str) -> None:
    assert not needs_for(text, "utilities")
    assert not any("inland_port" in need.topics and need.place is None for need in needs_for(text, "access"))


@pytest.mark.parametrize("text", ["Lager nahe einem KV-Terminal.", "Ein KV-Terminal in 10 km."])
def test_a_terminal_of_combined_transport_has_no_voltage(text: str) -> None:
    assert not [quantity for quantity in find_quantities(text) if quantity.kind == "voltage"]


@pytest.mark.parametrize(
    "text", ["Gesucht: U-Bahn im Takt von zehn Minuten.", "Wanted: underground at intervals of ten minutes."]
)
def test_how_often_a_train_runs_is_no_way_to_it(text: str) -> None:
    [ride] = needs_for(text, "access")
    assert ride.maximum is None


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht: Bahn oder Kanal, egal, Hauptsache Massengut.",
        "Wanted: rail or canal, no matter, as long as it takes bulk.",
    ],
)
def test_that_either_will_do_does_not_make_both_unneeded(text: str) -> None:
    assert needs_for(text, "access")


@pytest.mark.parametrize(
    "text",
    [
        "Anschlussleistung 4 MW, Solarstrom erzeugen wir selbst.",
        "Connected load 4 MW, solar power we produce ourselves.",
    ],
)
def test_what_has_a_figure_is_needed_though_the_next_thing_is_not(text: str) -> None:
    [power] = needs_for(text, "utilities")
    assert (power.minimum, power.unit) == (4, "MW")


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht: Erdgas dafür 2 MW.",
        "Wanted: natural gas for it, 2 MW.",
    ],
)
def test_a_figure_for_it_bounds_what_was_just_named(text: str) -> None:
    [gas] = needs_for(text, "utilities")
    assert (gas.topics, gas.minimum) == (("gas",), 2)


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht: je 15 Minuten mit der Straßenbahn zu zwei Rathäusern.",
        "Wanted: 15 minutes each by tram to two town halls.",
    ],
)
def test_so_many_minutes_each_bound_a_way(text: str) -> None:
    [tram] = needs_for(text, "access")
    assert tram.maximum == 15


@pytest.mark.parametrize("text", ["Ein Gleisanschluss? Nicht nötig.", "A rail siding? Not needed."])
def test_a_question_answered_with_no_asks_for_nothing(text: str) -> None:
    assert not needs_for(text, "access")


@pytest.mark.parametrize(
    "text", ["Werkstatt von 900 m², Strom zum Testen.", "Workshop of 900 m², yard to load lorries."]
)
def test_an_infinitive_makes_no_telling_sentence(text: str) -> None:
    assert any("hall" in need.topics and need.minimum == 900 for need in needs_for(text, "site"))


@pytest.mark.parametrize(
    "text",
    [
        "We gladly hire beginners, so a bus stop at the gate is needed.",
        "Wir stellen gern Anfänger ein, also brauchen wir eine Bushaltestelle am Tor.",
    ],
)
def test_what_follows_from_gladly_hiring_is_no_mere_wish(text: str) -> None:
    [bus] = needs_for(text, "access")
    assert bus.is_must


@pytest.mark.parametrize(
    "text",
    [
        "Bahnhof fußläufig, weil Kunden mit dem Zug kommen.",
        "Station walkable, because clients are travelling by train.",
    ],
)
def test_a_reason_with_a_verb_leaves_the_wish_before_it(text: str) -> None:
    assert [need.topics for need in needs_for(text, "access")] == [("long_distance_rail",)]


@pytest.mark.parametrize(
    "text",
    [
        "Ein Gleisanschluss ist kein Muss, aber willkommen.",
        "A rail siding is no must but welcome.",
        "A rail siding is not necessary, but nice.",
    ],
)
def test_what_is_no_must_but_welcome_is_a_wish(text: str) -> None:
    [siding] = needs_for(text, "access")
    assert not siding.is_must
    assert not siding.is_avoided
