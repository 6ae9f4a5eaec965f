"""Promises about ways and places: limits, alternatives, grades of infrastructure, areas, spans and markets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from corpus.records import Region
from matcher.brief import Brief, Need, Place
from matcher.compass import parts_in
from matcher.engine import Matcher
from matcher.geometry import decay, km_on_foot, km_within_minutes, reach_km
from matcher.strengths.question import Question
from tests.matcher.readings import read
from tests.models.stand_in import StandInEncoder

AIRPORT = Place("Flughafen Düsseldorf", 51.2895, 6.7668)
ROTTERDAM = Place("Rotterdam", 51.9225, 4.4792)


@pytest.fixture(scope="module")
def matcher(ruhr: Region) -> Matcher:
    return Matcher(ruhr, StandInEncoder())


def strengths(matcher: Matcher, need: Need) -> Mapping[str, float]:
    alone = replace(need, worth_tenths=1000)
    found = matcher.appraise(Brief("b", need.text, "de", (alone,), "production"))
    return dict(
        zip(
            (location.name for location in matcher.region.locations),
            found.strengths[0].tolist(),
            strict=True,
        )
    )


def access(text: str, *topics: str, maximum: float | None = None, place: Place | None = None) -> Need:
    return Need(
        "n1",
        text,
        None,
        "access",
        1000,
        is_must=True,
        topics=topics,
        maximum=maximum,
        unit="min" if maximum else None,
        place=place,
    )


def places_needed(text: str) -> list[Need]:
    return [need for need in read(text).needs if need.place]


def test_an_airport_named_is_that_airport_and_not_any_nearer_one(matcher: Matcher) -> None:
    near = strengths(
        matcher, access("Flughafen Düsseldorf in 30 Minuten", "airport", maximum=30, place=AIRPORT)
    )
    assert near["Duisburg"] == near["Mülheim an der Ruhr"] == 1
    assert near["Dortmund"] == near["Hamm"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "Der Standort muss zwischen 20 und 60 Kilometern von Düsseldorf entfernt liegen.",
        "The site must lie between 20 and 60 kilometres from Düsseldorf.",
    ],
)
def test_a_least_distance_counts_like_a_greatest(matcher: Matcher, text: str) -> None:
    (need,) = [need for need in matcher.understand(text).needs if need.facet == "distance"]
    found = strengths(matcher, need)
    assert found["Essen"] == found["Dortmund"] == 1.0
    assert found["Unna"] < 1.0
    assert found["Hamm"] < found["Unna"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Standort darf höchstens 15 Kilometer vom Rhein entfernt sein.",
        "The site must be 15 kilometres from the Rhine at most.",
        "Wir suchen 3 ha, nicht weiter als 15 km vom Rhein.",
        "We seek 3 ha, no further than 15 km from the Rhine.",
    ],
)
def test_the_way_to_a_river_is_the_way_to_its_nearest_bank(matcher: Matcher, text: str) -> None:
    (need,) = [need for need in matcher.understand(text).needs if need.place]
    found = strengths(matcher, need)
    assert found["Wesel"] == found["Rheinberg"] == found["Duisburg"] == found["Xanten"] == 1.0
    assert found["Marl"] == found["Dorsten"] == found["Hamm"] == 0.0


@pytest.mark.parametrize(
    "text", ["Wir brauchen einen Hafen am Rhein.", "We need a quay on the Rhine, with its own crane."]
)
def test_a_port_on_a_river_is_not_one_on_a_canal(matcher: Matcher, text: str) -> None:
    (need,) = [need for need in matcher.understand(text).needs if need.facet == "access"]
    assert need.place is not None
    assert need.place.name == "Rhein"
    found = strengths(matcher, need)
    assert found["Wesel"] > 2 * found["Gelsenkirchen"]
    assert found["Duisburg"] > 2 * found["Dortmund"]


def test_a_limit_widens_or_narrows_the_reach(matcher: Matcher) -> None:
    usual, wide, narrow = (
        strengths(matcher, access("Containerterminal", "combined_terminal", maximum=minutes))
        for minutes in (None, 20, 5)
    )
    assert wide["Moers"] > usual["Moers"] > narrow["Moers"]
    assert wide["Duisburg"] == usual["Duisburg"] == narrow["Duisburg"]


@pytest.mark.parametrize(
    "text",
    [
        "höchstens zehn Gehminuten zum ICE-Bahnhof",
        "ICE-Bahnhof zu Fuß",
        "an ICE station ten minutes' walk away",
    ],
)
def test_what_is_on_foot_is_not_in_the_next_town(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "long_distance_rail"))
    assert found["Essen"] > 0.5
    assert found["Bottrop"] < 0.1


@pytest.mark.parametrize(
    ("near", "at"),
    [
        ("Wir suchen 3 ha an einem Hafen.", "Wir suchen 3 ha direkt am Hafen."),
        ("We need 3 ha near a port.", "We need 3 ha directly at a port."),
    ],
)
def test_what_must_be_directly_at_a_port_is_not_served_by_the_next_town(
    matcher: Matcher, near: str, at: str
) -> None:
    loose, strict = (
        strengths(matcher, next(need for need in matcher.understand(text).needs if need.facet == "access"))
        for text in (near, at)
    )
    assert loose["Herne"] == strict["Herne"] > 0
    assert loose["Bochum"] > strict["Bochum"]


def test_either_way_serves_where_either_will_do_and_both_count_where_both_are_asked(matcher: Matcher) -> None:
    one, both = (
        strengths(matcher, access(f"Autobahn {join} Binnenhafen", "motorway", "inland_port"))
        for join in ("oder", "und")
    )
    assert one["Schwelm"] > both["Schwelm"] > 0


@pytest.mark.parametrize(
    "text", ["Wir brauchen einen Gleisanschluss oder einen Hafen.", "We need a rail siding or a port."]
)
def test_two_ways_of_which_either_will_do_are_one_need(text: str) -> None:
    (need,) = (need for need in read(text).needs if need.facet == "access")
    assert set(need.topics) == {"rail_freight", "inland_port"}


def test_infrastructure_serves_by_what_is_said_of_it(matcher: Matcher) -> None:
    fast = strengths(matcher, access("ICE-Halt", "long_distance_rail"))
    any_train = strengths(matcher, access("Bahnhof", "long_distance_rail"))
    assert fast["Witten"] < fast["Essen"]
    assert fast["Witten"] < any_train["Witten"] < any_train["Essen"]
    terminal = strengths(matcher, access("KV-Terminal", "combined_terminal"))
    assert terminal["Bönen"] < terminal["Herne"]
    siding = strengths(matcher, access("Gleisanschluss", "rail_freight"))
    assert siding["Bönen"] == siding["Herne"]


@pytest.mark.parametrize("text", ["Hafen ohne Schleuse", "a port without locks"])
def test_a_canal_counts_less_where_locks_matter(matcher: Matcher, text: str) -> None:
    plain = strengths(matcher, access("Hafen", "inland_port"))
    assert plain["Dortmund"] == plain["Duisburg"]
    seagoing = strengths(matcher, access(text, "inland_port"))
    assert seagoing["Dortmund"] < seagoing["Duisburg"]


def test_a_port_is_better_the_nearer_it_lies_to_the_seaport_named(matcher: Matcher) -> None:
    found = strengths(matcher, access("per Schiff aus Rotterdam", "inland_port", place=ROTTERDAM))
    assert found["Wesel"] > found["Dortmund"] > found["Hagen"]


def test_buses_by_a_towns_size_are_said_to_be_an_estimate(matcher: Matcher) -> None:
    need = access("Haltestelle", "public_transport")
    (first, *_) = matcher.match(Brief("b", need.text, "de", (need,), "services")).matches
    german, english = first.contributions[0].explanation
    assert german.startswith("Nach der Größe der Stadt geschätzt.")
    assert english.startswith("Estimated from the size of the town.")


def test_an_explanation_names_the_way_to_the_place(matcher: Matcher) -> None:
    need = access("per Schiff aus Rotterdam", "inland_port", place=ROTTERDAM)
    (first, *_) = matcher.match(Brief("b", need.text, "de", (need,), "production")).matches
    german, english = first.contributions[0].explanation
    assert "Luftlinie bis Rotterdam" in german
    assert "as the crow flies to Rotterdam" in english


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wir brauchen 2 ha am Niederrhein.", "Niederrhein"),
        ("We need 2 ha on the Lower Rhine.", "Niederrhein"),
    ],
)
def test_an_area_has_an_extent_and_sets_no_location_aside(matcher: Matcher, text: str, name: str) -> None:
    brief = matcher.understand(text)
    (need,) = (need for need in brief.needs if need.place)
    assert need.place is not None
    assert (need.place.name, need.is_must) == (name, False)
    assert need.place.radius_km > 0
    firm = Need("n1", name, None, "distance", 1000, is_must=True, place=need.place)
    found = matcher.match(Brief("b", name, "de", (firm,), "production"))
    strength = {match.location.name: match.contributions[0].strength for match in found.matches}
    assert not found.set_aside
    assert strength["Wesel"] == strength["Xanten"] == 1
    assert strength["Hamm"] < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "Der Standort muss zwischen Köln und Münster liegen.",
        "The site must lie between Cologne and Münster.",
        "Unsere Filialen reichen von Köln bis Münster, der Standort muss dazu passen.",
        "Our branches stretch from Cologne to Münster. The site must suit them.",
    ],
)
def test_between_two_places_is_the_area_between_them(text: str) -> None:
    (need,) = places_needed(text)
    assert need.place is not None
    assert need.place.name == "Köln – Münster"
    assert 50.9 < need.place.latitude < 51.96
    assert need.place.radius_km > 25


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 3 ha, Straßen zwischen unserem Lager und dem Rhein sind wichtig.",
        "We need 3 ha and a road corridor between our depot and the Rhine.",
    ],
)
def test_the_far_end_of_a_way_from_an_unnamed_place_is_no_must(text: str) -> None:
    assert not any(need.is_must for need in read(text).needs if need.place is not None)


@pytest.mark.parametrize(
    "text",
    [
        "zwischen der Ruhr und dem nördlichen Rand der Region",
        "between the river and the northern edge of the region",
    ],
)
def test_between_something_and_a_side_is_the_middle(text: str) -> None:
    assert parts_in(text) == (frozenset({"centre"}),)


@pytest.mark.parametrize(
    ("text", "n_firm"),
    [
        ("Wir brauchen Nähe zu Köln oder Bonn.", 1),
        ("We need to be near Cologne or Bonn.", 1),
        ("Wir brauchen eine Binnenschiffsroute nach Gent oder Zeebrügge.", 1),
        ("We need a barge route to Ghent or Bruges.", 1),
    ],
)
def test_a_second_place_of_a_list_is_no_second_must(text: str, n_firm: int) -> None:
    assert sum(need.is_must for need in places_needed(text)) == n_firm


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 4 ha, um Möbel für Kunden in Polen und Tschechien zu bauen.",
        "We need 4 ha to build furniture for customers in Poland and the Czech Republic.",
        "Wir brauchen Glasfaser Richtung Frankfurt.",
        "We need fibre towards Frankfurt.",
    ],
)
def test_markets_and_directions_of_lines_are_no_places_to_be_near(text: str) -> None:
    assert not places_needed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Standorte mehr als 40 km von Köln entfernt kommen nicht infrage.",
        "Sites more than 40 km from Cologne are out of the question.",
    ],
)
def test_ruling_out_what_is_farther_is_a_limit(text: str) -> None:
    (need,) = places_needed(text)
    assert (need.minimum, need.maximum, need.is_avoided) == (None, 40, False)


def test_longer_drives_are_faster_and_walks_are_slow() -> None:
    assert km_within_minutes(20) < 15
    assert km_within_minutes(60) > 3 * km_within_minutes(20)
    assert km_on_foot(10) < 1


def test_within_its_full_reach_a_fact_loses_nothing() -> None:
    np.testing.assert_allclose(decay([0, 5, 8, 11, 40], 3.0, 5.0), [1, 1, 0.5, 0.25, 0])
    assert decay(reach_km(3.0, 5.0) - 0.01, 3.0, 5.0) > 0


def test_a_limit_in_metres_is_read_as_such(matcher: Matcher) -> None:
    need = Need("n1", "Haltestelle in 500 m", None, "access", 1000, maximum=500, unit="m")
    nothing = np.zeros(len(matcher.region.evidence))
    assert Question(need, "services", matcher.facts, nothing, nothing > 0).limit_km == 0.5


@pytest.mark.parametrize(("text", "rails"), [("Nahverkehr", "Straßenbahn"), ("local transit", "tram")])
def test_buses_and_trams_follow_a_towns_size_and_no_operators_seat(
    matcher: Matcher, text: str, rails: str
) -> None:
    for asked in (text, rails):
        found = strengths(matcher, access(asked, "public_transport"))
        assert found["Dortmund"] > found["Hagen"] > found["Kamen"] > 0


@pytest.mark.parametrize("text", ["Bahnhof in 15 Minuten", "a station within 15 minutes"])
def test_within_a_limit_a_neighbours_station_counts_less_than_ones_own(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "long_distance_rail", maximum=15.0))
    assert 0 < found["Gladbeck"] < found["Gelsenkirchen"]


@pytest.mark.parametrize("text", ["direkt an der Autobahn", "directly at the motorway"])
def test_one_junction_is_enough_at_the_door(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "motorway"))
    assert found["Bönen"] == found["Dortmund"] == 1.0


@pytest.mark.parametrize(("small", "large"), [("Flugplatz", "Flughafen"), ("airfield", "airport")])
def test_an_airfield_and_a_commercial_airport_are_two_things(
    matcher: Matcher, small: str, large: str
) -> None:
    for text, better, worse in ((small, "Marl", "Dortmund"), (large, "Dortmund", "Marl")):
        found = strengths(matcher, access(text, "airport"))
        assert found[better] > found[worse]


@pytest.mark.parametrize("text", ["Trinkwasser und Abwasser", "drinking water and sewers"])
def test_no_canal_brings_drinking_water(matcher: Matcher, text: str) -> None:
    need = replace(access(text, "water"), facet="utilities")
    found = matcher.match(Brief("b", need.text, "de", (need,), "production"))
    earned = [told for match in found.matches for told in match.contributions[0].evidence]
    assert not [told.text_en for told in earned if "canal" in told.text_en]


@pytest.mark.parametrize("text", ["Fernwärme", "district heat"])
def test_heat_is_found_at_its_sources(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, replace(access(text, "heat"), facet="utilities"))
    assert min(found["Herten"], found["Dinslaken"]) > max(found["Unna"], found["Xanten"])


@pytest.mark.parametrize(
    "text",
    [
        "Ein Versandhaus verlegt seinen Sitz vom Niederrhein und sucht 2.000 m² Büro.",
        "A mail-order house is moving its seat from the Lower Rhine and needs 2,000 m² of offices.",
        "Wir ziehen aus dem Sauerland weg. Gesucht sind 4 ha.",
        "We are moving away from the Sauerland. Wanted: 4 ha.",
        "Wir verlassen das Münsterland. Gesucht sind 4 ha.",
        "We are leaving the Münsterland. Wanted: 4 ha.",
        "Unsere Gießerei in der Eifel bleibt. Gesucht sind 4 ha.",
        "Our foundry in the Eifel stays. Wanted: 4 ha.",
    ],
)
def test_a_place_that_is_left_or_where_something_stays_is_no_wish(text: str) -> None:
    assert places_needed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 3 ha im Osten der Region, weil die meisten Kunden im Münsterland und im Sauerland sitzen.",
        "We seek 3 ha in the east of the region because most customers are in the Münsterland and the Sauerland.",
        "Gesucht: 3 ha im Osten der Region, da unsere Belegschaft im Münsterland und im Sauerland wohnt.",
        "Wanted: 3 ha in the east of the region since our staff live in the Münsterland and the Sauerland.",
    ],
)
def test_where_people_are_is_a_hint_also_as_a_reason(text: str) -> None:
    found = [need for need in read(text).needs if need.facet == "distance"]
    (side,) = [need for need in found if need.place is None]
    hints = [need for need in found if need.place is not None]
    assert [need.place.name for need in hints if need.place] == ["Münsterland", "Sauerland"]
    assert all(not need.is_must and need.worth_tenths < side.worth_tenths / 2 for need in hints)


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 3 ha, weil das Sauerland zu teuer ist.",
        "We seek 3 ha because the Sauerland is too dear.",
        "Wir suchen 3 ha, da im Sauerland keine Kunden sind.",
        "We seek 3 ha since there are no customers in the Sauerland.",
    ],
)
def test_a_reason_against_a_place_is_no_wish_for_it(text: str) -> None:
    assert places_needed(text) == []


@pytest.mark.parametrize(
    ("text", "is_must"),
    [
        ("Lackwerk, am heutigen Sitz im Westen der Region von Häusern umgeben. Wir brauchen 4 ha.", False),
        ("Paint maker, at its present site in the west of the region without room. We need 4 ha.", False),
        ("Lackwerk, am alten Standort im Sauerland ohne Platz. Wir brauchen 4 ha.", False),
        ("Paint maker, no room at its current premises in the Sauerland. We need 4 ha.", False),
        ("Wir suchen 4 ha nahe unserem heutigen Sitz im Westen der Region.", True),
        ("We seek 4 ha near our present site in the west of the region.", True),
        ("Das Personal soll bleiben können: Es wohnt im Westen der Region. Wir brauchen 4 ha.", False),
        ("The staff should be able to stay: they live in the west of the region. We need 4 ha.", False),
    ],
)
def test_where_premises_or_people_are_now_is_no_must(text: str, is_must: bool) -> None:
    (need,) = [need for need in read(text).needs if need.facet == "distance"]
    assert (need.is_must, need.is_avoided) == (is_must, False)


@pytest.mark.parametrize("text", ["zehn Minuten zur A2", "ten minutes to the A2"])
def test_a_motorway_asked_for_by_its_number_is_not_any(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "motorway", maximum=10.0))
    assert found["Bönen"] == 1
    assert found["Essen"] < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "höchstens sechs Gehminuten zum ICE nach Hannover",
        "sechs Gehminuten zum Bahnhof mit Zügen nach Hannover",
        "six minutes on foot from a station with trains to Hanover",
        "no more than six minutes on foot from the ICE trains to Hanover",
    ],
)
def test_a_walk_ends_at_the_station_and_not_where_its_trains_go(matcher: Matcher, text: str) -> None:
    hanover = Place("Hannover", 52.37, 9.73)
    found = strengths(matcher, access(text, "long_distance_rail", maximum=6.0, place=hanover))
    assert found["Hagen"] == found["Essen"] > 0.5
    assert found["Kamp-Lintfort"] == found["Marl"] == 0


@pytest.mark.parametrize(
    ("station", "train", "tram"),
    [("Bahnhof zu Fuß", "Regionalzug", "Straßenbahn"), ("station on foot", "regional trains", "tram")],
)
def test_trains_stop_in_small_towns_too_and_trams_do_not(
    matcher: Matcher, station: str, train: str, tram: str
) -> None:
    plain = strengths(matcher, access(station, "long_distance_rail"))
    assert plain["Witten"] > plain["Bottrop"] > plain["Bergkamen"] > 0
    trains, trams = (strengths(matcher, access(text, "public_transport")) for text in (train, tram))
    assert trains["Haltern am See"] > 0.7 * trains["Dortmund"]
    assert trams["Haltern am See"] < 0.5 * trams["Dortmund"]


@pytest.mark.parametrize(
    "text",
    [
        "Anleger am Rhein",
        "Kai für Schiffe von 135 Metern",
        "Großmotorgüterschiffe",
        "berth on the Rhine",
        "quay for 135-metre vessels",
        "large motor vessels",
    ],
)
def test_a_canal_port_is_no_port_on_the_river(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "inland_port"))
    assert found["Duisburg"] == found["Wesel"] > found["Hamm"]
    assert found["Essen"] == found["Hamm"], "the Rhine-Herne Canal is not the Rhine"


@pytest.mark.parametrize("text", ["trimodales Terminal", "container terminal"])
def test_a_port_for_bulk_handles_no_containers(matcher: Matcher, text: str) -> None:
    found = strengths(matcher, access(text, "combined_terminal"))
    assert found["Voerde (Niederrhein)"] == found["Dortmund"]
    assert found["Gelsenkirchen"] < found["Dortmund"] / 2


@pytest.mark.parametrize("text", ["Propylen aus der Leitung", "propylene by pipeline"])
def test_a_pipeline_for_another_substance_counts_in_part(matcher: Matcher, text: str) -> None:
    need = replace(access(text, "chemical_pipeline"), facet="utilities")
    found = strengths(matcher, need)
    assert found["Moers"] == found["Duisburg"] > found["Rheinberg"] > 0


@pytest.mark.parametrize(("steam", "heat"), [("Dampf", "Fernwärme"), ("process steam", "district heat")])
def test_steam_comes_from_a_chemical_park_and_not_from_a_heating_network(
    matcher: Matcher, steam: str, heat: str
) -> None:
    by_steam, by_heat = (
        strengths(matcher, replace(access(text, "heat"), facet="utilities")) for text in (steam, heat)
    )
    assert by_steam["Marl"] > by_steam["Dinslaken"]
    assert by_heat["Dinslaken"] > by_heat["Marl"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Wir handeln mit Dünger und laden ab Rotterdam. Benötigt werden 200 Meter Kai und 4 ha.",
            "Rotterdam",
        ),
        (
            "We trade in fertiliser, loaded at Rotterdam. Required are 200 metres of quay and 4 ha.",
            "Rotterdam",
        ),
        ("Unsere Ware trifft in Antwerpen ein. Ein Containerterminal ist nötig.", "Antwerp"),
        ("Our goods land in Antwerp. A container terminal is needed.", "Antwerp"),
        ("Unsere Kunden sitzen in Utrecht. Benötigt wird ein Kai.", None),
        ("Our customers sit in Utrecht. A quay is needed.", None),
    ],
)
def test_a_port_leads_to_the_seaport_that_the_goods_come_through(text: str, place: str | None) -> None:
    (need,) = [need for need in read(text).needs if need.facet == "access"]
    assert (need.place.name if need.place else None) == place


@pytest.mark.parametrize(
    "text",
    [
        "60 Setzer ziehen aus dem Münsterland mit um, die Fahrt muss daher unter 35 Minuten bleiben. Nötig sind 2 ha.",
        "60 typesetters are relocating from the Münsterland, so the drive must stay under 35 minutes. We need 2 ha.",
    ],
)
def test_a_place_that_staff_still_come_from_is_a_wish(text: str) -> None:
    (need,) = places_needed(text)
    assert need.place is not None
    assert need.place.name == "Münsterland"
