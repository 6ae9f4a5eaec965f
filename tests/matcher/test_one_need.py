"""What a reader may rely on where a brief says one wish in several words or figures, in either language."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from tests.matcher.readings import stated


def sites(text: str) -> list[Need]:
    return [need for need in stated(text) if need.facet == "site"]


@pytest.mark.parametrize(
    "text",
    [
        "Nötig ist ein Industriegebiet (GI).",
        "We need an industrial zone (GI zoning).",
        "Wir brauchen einen Chemiepark. Die Werkfeuerwehr ist Pflicht.",
        "We need a chemical park. A works fire brigade is a must.",
        "Wir suchen eine neue Zentrale. Verlangt werden 4.000 m² in repräsentativer Lage.",
        "We look for a new head office. We require 4,000 m² at a prestigious address.",
        "Gesucht sind 8.000 m² Halle, davon 1.000 m² als Ersatzteillager.",
        "We need a hall of 8,000 m², of which 1,000 m² as warehouse.",
        "We need a hall of 8,000 m², including 600 m² of offices.",
        "Gesucht sind 8.000 m² Halle, inklusive 600 m² Büro.",
        "Wir brauchen 3 ha. Die Zeit drängt. Es geht uns um die Kunden. Der Bau ist teuer. Wir brauchen 3 ha.",
        "We need 3 ha. Time is short. Our customers come first. Building is expensive. We need 3 ha.",
        "Wir suchen etwa 5.000 m², möglichst ein umgebautes Fabrikgebäude.",
        "We look for about 5,000 m², preferably a converted factory.",
    ],
)
def test_one_site_said_twice_is_one_need(text: str) -> None:
    assert len(sites(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen einen 110-kV-Anschluss mit 30 MW.",
        "We need a 110 kV connection with 30 MW.",
        "Nötig ist ein Netzanschluss auf 110 kV, 30 MW.",
        "A grid connection at 110 kV, 30 MW, is required.",
    ],
)
def test_voltage_and_power_are_one_connection_of_that_power(text: str) -> None:
    [need] = stated(text)
    assert (need.topics, need.minimum, need.unit) == (("power",), 30, "MW")


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen eine 9.000 m² große Halle auf 4 ha.",
        "We need a 9,000 m² hall on 4 ha.",
        "Wir suchen eine Halle von 9.000 m² auf 4 ha.",
        "We need a hall of 9,000 m² on 4 ha.",
    ],
)
def test_square_metres_are_those_of_the_hall_and_hectares_those_of_its_ground(text: str) -> None:
    assert {(need.topics, need.minimum) for need in sites(text)} == {(("hall",), 9000), (("land",), 4)}


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen ein Gebäude von 4.000 m² mit 900 m² Reinraum.",
        "We need a building of 4,000 m² with 900 m² of clean rooms.",
        "Wir suchen ein Gebäude von 4.000 m², davon 900 m² Reinraum.",
        "We need a building of 4,000 m², 900 m² of which as clean rooms.",
    ],
)
def test_a_part_of_a_special_kind_keeps_its_own_figure(text: str) -> None:
    found = {(need.topics, need.minimum) for need in sites(text)}
    assert (("existing_building",), 4000) in found
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen 12.000 m² ebenes Grundstück.",
        "We need 12,000 m² of level land.",
        "Wir suchen ein baureifes Grundstück mit Planungsrecht, 12.000 m².",
        "We need a serviced, zoned plot of 12,000 m².",
    ],
)
def test_level_or_ready_ground_is_land_with_its_figure(text: str) -> None:
    assert [(need.topics, need.minimum) for need in stated(text)] == [(("land",), 12_000)]


@pytest.mark.parametrize(
    "text",
    [
        "Kauf oder langfristige Miete, 3 ha Grundstück.",
        "Purchase or long lease, a plot of 3 ha.",
        "Wir wollen 500 m² Büro mieten.",
        "We want to rent 500 m² of office.",
    ],
)
def test_renting_without_a_price_is_no_wish_for_low_cost(text: str) -> None:
    assert [need.facet for need in stated(text)] == ["site"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Die Miete muss niedrig sein.", "rent"),
        ("The rent must be low.", "rent"),
        ("Wir brauchen Mitteldruckdampf.", "heat"),
        ("We need medium-pressure steam.", "heat"),
        ("Wir brauchen einen Bahnhof mit ICE-Halt.", "long_distance_rail"),
        ("We need a main-line station with ICE stops.", "long_distance_rail"),
        ("Näherinnen und Polsterer finden wir kaum.", "skilled_workers"),
        ("Sewers and upholsterers are hard to find.", "skilled_workers"),
        ("Ehemalige Stahlarbeiter sind willkommen.", "skilled_workers"),
        ("Former steelworkers are welcome.", "skilled_workers"),
        ("Wir brauchen 900 m² Lager.", "warehouse"),
        ("We need 900 m² of storage.", "warehouse"),
    ],
)
def test_a_word_of_two_senses_is_read_by_its_neighbours(text: str, topic: str) -> None:
    assert [need.topics for need in stated(text)] == [(topic,)]


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen ein Büro mit Schreibtischen für 20 Forschende.",
        "We look for an office with desks for 20 researchers.",
        "Wir fertigen Ventile, auch für Wasserstoffleitungen, und suchen ein Büro.",
        "We make valves, also for hydrogen pipelines, and look for an office.",
        "Gegossen wird nicht mehr; wir prüfen Schieber, nun auch für Wasserstoffleitungen. Wir suchen ein Büro.",
        "We cast no more; we test valves, now also for hydrogen pipelines. We look for an office.",
    ],
)
def test_own_researchers_and_the_market_of_a_product_are_no_need(text: str) -> None:
    assert {need.facet for need in stated(text)} == {"site"}


@pytest.mark.parametrize(
    ("text", "facet", "topics"),
    [
        ("Für die Zentrale gern am Wasser.", "quality_of_life", ("green",)),
        ("For the head office ideally by the water.", "quality_of_life", ("green",)),
        ("Unser Lager soll am Wasser liegen, Güter kommen per Schiff.", "access", ("inland_port",)),
        ("Our warehouse should be on the waterfront, goods come by ship.", "access", ("inland_port",)),
        ("Kühlwasser aus einem Kanal oder Fluss ist nötig.", "utilities", ("water",)),
        ("Cooling water from a canal or river is required.", "utilities", ("water",)),
        ("Wasser vor der Tür ist erwünscht.", "quality_of_life", ("green",)),
        ("Water on the doorstep is welcome.", "quality_of_life", ("green",)),
    ],
)
def test_water_is_a_port_a_supply_or_a_view(text: str, facet: str, topics: tuple[str, ...]) -> None:
    assert any((need.facet, need.topics) == (facet, topics) for need in stated(text))
    assert not any(need.facet in {"access", "utilities"} - {facet} for need in stated(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Umsteiger wollen wir über das Jobcenter schulen.", {"labour_market"}),
        ("We should train career changers.", {"labour_market"}),
        ("Wir brauchen eine Straßenbahn vor dem Gebäude.", {"access"}),
        ("We need a tram outside the building.", {"access"}),
        ("Wir suchen 3 ha, Ersatz für einen Altbau.", {"site"}),
        ("We need 3 ha as replacement for an old building.", {"site"}),
        ("Gesucht ist eine Behörde, die uns durch Genehmigungen führt.", {"partners"}),
        ("We want an authority that guides us through permits.", {"partners"}),
        ("Gesucht ist eine Stadt, die ein Werk verloren hat.", set()),
        ("We look for a town that lost a works.", set()),
        ("Bezahlbare Häuser für die Belegschaft sind wichtig.", {"quality_of_life"}),
        ("Affordable houses for families are important.", {"quality_of_life"}),
        ("Nötig sind zwei Millionen Menschen im Umkreis.", {"agglomeration"}),
        ("We need two million people around.", {"agglomeration"}),
        ("Erfahrung in Blechumformung ist wichtig.", {"labour_market"}),
        ("Experience in sheet-metal forming is important.", {"labour_market"}),
    ],
)
def test_words_beside_a_wish_make_no_wish_of_another_kind(text: str, found: set[str]) -> None:
    assert {need.facet for need in stated(text)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fahrer finden wir eher in kleineren Städten.", {"labour_market", "agglomeration"}),
        ("Drivers are easier to find in smaller towns.", {"labour_market", "agglomeration"}),
        ("Wir fertigen Roboter. Mobile Geräte für Lager und Fabrik.", set()),
        ("We make robots. Mobile machines for warehouses and factories.", set()),
        ("Wir lagern Stände für 90 Kunden ein und suchen 2 ha.", {"site"}),
        ("We store stands for 90 customers and need 2 ha.", {"site"}),
        ("Das Lager braucht 2 ha. Das Gebäude muss am Kanal stehen.", {"site", "access"}),
        ("We need 2 ha. The building must stand at a canal.", {"site", "access"}),
    ],
)
def test_what_is_served_or_named_again_is_no_further_need(text: str, found: set[str]) -> None:
    needs = stated(text)
    assert {need.facet for need in needs} == found
    assert len(needs) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "200 Arbeitsplätze, etwa 4.000 m² Büro, denn wir wollen wachsen.",
        "200 workplaces, about 4,000 m² of office, because we want to grow.",
        "Gut 4.000 m² Büro, weil alle zusammensitzen sollen.",
        "A good 4,000 m² of office, since all should sit together.",
    ],
)
def test_a_reason_that_wants_something_leaves_the_wish_before_it(text: str) -> None:
    assert any(need.topics == ("office",) and need.minimum == 4000 for need in stated(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Das Jobcenter muss bei der Schulung mitziehen.", "workers"),
        ("The job centre must support training.", "workers"),
        ("Wir brauchen ein Gleis; ohne Schiene geht es nicht.", "rail_freight"),
        ("We need a siding; without rail it is worthless.", "rail_freight"),
        ("Flusswasser zur Kühlung ist willkommen.", "water"),
        ("Canal water for cooling is welcome.", "water"),
        ("Nötig sind 500 Meter bis zur nächsten Wohnbebauung.", "industrial_zoning"),
        ("We need 500 metres from the nearest housing.", "industrial_zoning"),
        ("Farblager in kleinen Mengen ist nötig.", "warehouse"),
        ("Paint storage is needed in small volumes.", "warehouse"),
        ("Wir wollen 400 m² Ausstellungsraum für Architekten.", "office"),
        ("We want a showroom of 400 m² for architects.", "office"),
        ("Doppelte Einspeisung ist nötig.", "power"),
        ("A dual power feed is needed.", "power"),
        ("Ein Netzwerk für Energieeffizienz ist ein Plus.", "industry"),
        ("An energy-efficiency network is a plus.", "industry"),
        ("Die Belegschaft soll bleiben können.", "retain_staff"),
        ("Staff should be able to stay.", "retain_staff"),
        ("Industriepartner zum Testen wären willkommen.", "customers"),
        ("Industrial trial partners would be welcome.", "customers"),
    ],
)
def test_the_same_wish_has_the_same_topic_in_both_languages(text: str, topic: str) -> None:
    assert {topic} == {topic for need in stated(text) for topic in need.topics}
