"""What a reader may rely on where a brief names things that it does not ask for, in either language."""

from __future__ import annotations

import pytest

from tests.matcher.readings import stated


def facets(text: str) -> set[str]:
    return {need.facet for need in stated(text)}


def topics(text: str) -> set[str]:
    return {topic for need in stated(text) for topic in need.topics}


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen einen S-Bahn-Halt für die Belegschaft.",
        "We need a light rail stop for our technicians.",
        "Für Schichtkräfte sind späte Straßenbahnen nötig.",
    ],
)
def test_those_for_whom_something_is_wanted_are_no_need(text: str) -> None:
    assert facets(text) == {"access"}


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen eine Halle von 3.000 m², dazu kommen Kunden als Tagesgäste.",
        "We need a hall of 3,000 m², since customers come for a day.",
        "Benötigt wird eine Verwaltung, die Versuchsflüge zu einem Krankenhaus erlaubt.",
        "Needed: an administration that allows test flights to a hospital.",
    ],
)
def test_customers_who_come_or_are_led_to_make_no_cluster(text: str) -> None:
    assert "cluster" not in facets(text)


@pytest.mark.parametrize(
    "text",
    ["Die Nähe zu einer Klinik ist erforderlich.", "A site close to a hospital is essential."],
)
def test_customers_that_should_be_near_are_a_need(text: str) -> None:
    assert "cluster" in facets(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gesucht wird eine Adresse neben anderen Verlagen.",
        "We look for an address beside the big energy traders.",
        "Other insurers nearby are desirable.",
        "Weitere Versicherer in der Nähe sind erwünscht.",
    ],
)
def test_many_of_a_kind_next_door_are_a_need(text: str) -> None:
    assert "cluster" in facets(text)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Unser jetziges Gebäude liegt an einer Bahnlinie mit Gleisanschluss.", "rail_freight"),
        ("Our present building stands beside the motorway.", "motorway"),
        ("Nötig sind 4 ha außerhalb der Kontrollzone eines Verkehrsflughafens.", "airport"),
        ("We need 4 ha outside the control zone of a commercial airport.", "airport"),
        ("Wir suchen 2 ha; den Reinraum bauen wir selbst.", "clean_room"),
        ("We need 2 ha; we build the clean room ourselves.", "clean_room"),
        ("Wir suchen ein Büro trotz der Fördermittel anderswo.", "funding"),
        ("We seek an office despite the grants elsewhere.", "funding"),
        ("Benötigt wird ein Kai mit Schwerlastkran.", "motorway"),
        ("Maker of moulded fibre trays needs a hall.", "fibre"),
        ("Eine Halle von Projektentwicklern ist erwünscht.", "computer_science"),
        ("Altlastenflächen nur mit Freistellung, gesucht sind 3 ha.", "brownfield"),
        ("We need 3 ha, contaminated land only with an indemnity.", "brownfield"),
    ],
)
def test_what_is_left_outside_or_put_up_with_is_no_need(text: str, lost: str) -> None:
    assert lost not in topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eine mittelgroße Stadt ziehen wir einer Metropole vor.",
        "We prefer a medium-sized town to a metropolis.",
    ],
)
def test_the_less_liked_of_two_is_not_in_the_need(text: str) -> None:
    (need,) = [need for need in stated(text) if need.facet == "agglomeration"]

    assert "etropol" not in need.evidence_query
    assert not need.is_must


@pytest.mark.parametrize(
    "text",
    [
        "Wir liefern Baustoffe: Ein Lkw fährt vom Hafen bis zur Baustelle.",
        "We supply building materials: one truck drives from the port to the site.",
    ],
)
def test_what_a_colon_explains_is_told_not_asked(text: str) -> None:
    assert facets(text) <= {"access"}
    assert "land" not in topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen 2.000 m² Büro. Das Gebäude muss ab Mai bezugsfertig sein, Baubeginn ist egal.",
        "We need 2,000 m² of office, handover in May.",
    ],
)
def test_a_date_is_no_space_of_its_own(text: str) -> None:
    assert "industrial_zoning" not in topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir wünschen uns die Nähe zu einem Wasserstoff-Forschungszentrum.",
        "We wish for a hydrogen research centre nearby.",
    ],
)
def test_a_modifier_stays_with_its_noun(text: str) -> None:
    (need,) = [need for need in stated(text) if need.facet == "research"]

    assert "ydrogen" in need.evidence_query or "asserstoff" in need.evidence_query
    assert "utilities" not in facets(text)


@pytest.mark.parametrize(
    ("text", "is_must"),
    [
        ("Die Gewerbesteuer spielt eine Rolle, entscheidet aber nicht.", False),
        ("Trade tax plays a part but does not decide.", False),
        ("Ein Binnenhafen wäre großartig.", False),
        ("An inland port would be pleasing.", False),
        ("Wir brauchen eine Halle mit Lkw-Andienung.", False),
        ("We need a hall with deliveries by lorry.", False),
    ],
)
def test_wishes_are_no_musts(text: str, is_must: bool) -> None:
    needs = [need for need in stated(text) if need.facet in ("cost", "access")]

    assert needs
    assert any(need.is_must is is_must for need in needs)


@pytest.mark.parametrize(
    "text",
    [
        "Laborantinnen und Köche arbeiten bei uns in zwei Schichten.",
        "Lab technicians and cooks work for us in two shifts.",
    ],
)
def test_who_works_there_today_is_not_asked_for(text: str) -> None:
    assert not stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen eine Adresse, die bei Modekunden Eindruck macht.",
        "We want a street that impresses fashion clients.",
        "Wir suchen ein Büro, in dem wir Kunden empfangen können.",
        "We are looking for an office where we can receive customers.",
        "Unsere Kunden fliegen ein, wir brauchen 500 m² Büro.",
        "Customers fly in, so we need 500 m² of office.",
        "Für einen Mandanten aus dem Maschinenhandel suchen wir 2 ha.",
        "Im Auftrag eines Kunden aus der Chemie suchen wir 2 ha.",
        "For a client in machine trading we are looking for 2 ha.",
        "On behalf of a customer in chemicals we are looking for 2 ha.",
    ],
)
def test_customers_who_are_guests_or_the_investor_himself_make_no_cluster(text: str) -> None:
    assert "cluster" not in facets(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Wir brauchen Pilotkunden vor Ort, also Kalkwerk, Glashütte oder Brauerei.",
            ("Glashütte", "Brauerei"),
        ),
        (
            "We need pilot customers on site, meaning a lime works, glassworks or brewery.",
            ("glassworks", "brewery"),
        ),
        (
            "Gesucht sind Kunden der Versorgung, etwa Stadtwerke und Netzbetreiber.",
            ("Stadtwerke", "Netzbetreiber"),
        ),
        ("We look for customers in supply, such as utilities and grid operators.", ("utilities", "grid")),
        ("Banken und Versicherer müssen in enger Nachbarschaft sitzen.", ("Banken", "Versicherer")),
        ("Banks and insurers must be our neighbours.", ("Banks", "insurers")),
    ],
)
def test_all_who_are_named_as_neighbours_or_customers_belong_to_one_need(
    text: str, parts: tuple[str, ...]
) -> None:
    [need] = stated(text)
    assert need.facet == "cluster"
    assert all(part in need.query for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "Ausgründung aus einem Institut für Optik, gesucht sind 300 m² Labor. Das Institut muss nahe liegen.",
        "Spin-off of an institute for optics, 300 m² of laboratory needed. The institute must be close.",
        "We left an optics institute. The institute should be close.",
    ],
)
def test_the_institute_is_the_one_told_of_before(text: str) -> None:
    [institute] = [need for need in stated(text) if need.facet == "research"]
    assert "opti" in institute.query.lower()


@pytest.mark.parametrize(
    "text",
    ["Ein Stadtwerk als Ankerkunde wäre ideal.", "A municipal utility as anchor customer would be ideal."],
)
def test_a_single_customer_is_a_customer(text: str) -> None:
    assert [(need.facet, need.topics) for need in stated(text)] == [("cluster", ("customers",))]
