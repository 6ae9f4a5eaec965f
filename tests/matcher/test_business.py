"""The business of a brief: read from what tells of the company, alike in German and English."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.records import Region
from matcher.brief import FUNCTIONS, Brief, Need, with_worths
from matcher.business import OF_FUNCTION, SERVED, business_of, business_text
from matcher.concepts import concepts_in
from matcher.engine import Matcher
from matcher.strengths import find
from matcher.strengths.question import Question
from matcher.understand import (
    DATA_CENTRE_WEIGHT,
    MOST_IMPLICIT,
    MOST_SINGLE,
    MOST_UNASKED_SIZE,
    N_SEVERAL,
    NO_FIELD_WEIGHT,
    understand,
)
from matcher.worths import unasked_weight
from tests.models.stand_in import StandInEncoder


def brief_of(text: str, region: Region) -> Brief:
    return understand(text, region, StandInEncoder())


@pytest.mark.parametrize(
    ("text", "own", "absent"),
    [
        ("Hersteller von Schokolade. Gesucht werden Mechatroniker.", "food", "automation"),
        ("Maker of chocolate. We need mechatronics technicians.", "food", "automation"),
        ("Wir bauen Pumpen. Keine Nachbarn mit Recycling.", "pumps", "recycling"),
        ("We build pumps. No neighbours from recycling.", "pumps", "recycling"),
        ("Wir weben Teppiche. Gefahrgut ist ausgeschlossen.", "textiles", "hazardous_goods"),
        ("We weave carpets. Dangerous goods are ruled out.", "textiles", "hazardous_goods"),
        (
            "Wir lackieren Möbel. Ein Gleisanschluss ist nötig, weil der Kran Stahl hebt.",
            "furniture",
            "steel",
        ),
        ("We paint furniture. A siding is needed because the crane lifts steel.", "furniture", "steel"),
    ],
)
def test_what_is_wanted_or_refused_is_no_business(
    tiny_region: Region, text: str, own: str, absent: str
) -> None:
    named = business_of(brief_of(text, tiny_region))
    assert own in named
    assert absent not in named


@pytest.mark.parametrize(
    ("text", "own", "served"),
    [
        ("Wir entwickeln Software für große Versicherer und Banken.", "software", {"insurance", "finance"}),
        ("We develop software for large insurers and banks.", "software", {"insurance", "finance"}),
        ("Hersteller von Klebstoffen für Automobilzulieferer", "specialty_chem", {"automotive"}),
        ("Maker of adhesives for car suppliers", "specialty_chem", {"automotive"}),
    ],
)
def test_whom_a_company_serves_counts_in_part(
    tiny_region: Region, text: str, own: str, served: set[str]
) -> None:
    named = business_of(brief_of(text, tiny_region))
    assert named[own] == 1.0
    assert {name: named[name] for name in served} == dict.fromkeys(served, SERVED)


@pytest.mark.parametrize(
    "text",
    [
        "Für einen Hersteller von Pumpen suchen wir eine Halle.",
        "For a maker of pumps we are looking for a hall.",
        "Ein neues Werk für Pumpen ist geplant.",
        "A new plant for pumps is planned.",
    ],
)
def test_a_client_and_what_is_made_count_in_full(tiny_region: Region, text: str) -> None:
    assert business_of(brief_of(text, tiny_region))["pumps"] == 1.0


def test_text_keeps_its_length(tiny_region: Region) -> None:
    brief = brief_of("Wir gießen Eisen. Keine Nachbarn mit Chemie. 20 MW Strom.", tiny_region)
    blanked = business_text(brief.text, brief.needs)
    assert len(blanked) == len(brief.text)
    assert "Chemie" not in blanked
    assert "gießen Eisen" in blanked


def test_a_function_stands_in_only_where_no_field_is_named(tiny_region: Region) -> None:
    needs = with_worths([Need("n1", "x", None, "agglomeration", 0)], [1.0])
    none = Brief("b", "zehn Hektar", "de", needs, "logistics")
    food = Brief("b", "Fleisch und Wurst", "de", needs, "logistics")
    assert business_of(none) == {OF_FUNCTION["logistics"]: 1.0}
    assert business_of(food) == {"food": 1.0}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Wir bauen Pumpen.", 1.0),
        ("We build pumps.", 1.0),
        ("Wir brauchen Platz.", NO_FIELD_WEIGHT),
        ("We need room.", NO_FIELD_WEIGHT),
        ("Rechenzentrum, Colocation.", 1.0),
        ("Data centre, colocation.", 1.0),
    ],
)
def test_the_unspoken_cluster_is_worth_what_can_be_found(
    tiny_region: Region, text: str, share: float
) -> None:
    brief = brief_of(text, tiny_region)
    worth = {
        need.facet: need.worth_tenths for need in brief.needs if need.span is None and not need.is_whole_brief
    }
    shares = dict(brief.function_shares)
    functions = [(function, shares[function]) for function in FUNCTIONS]
    share *= 1 - (1 - DATA_CENTRE_WEIGHT) * shares["data_centre"]
    expected = share * unasked_weight(functions, "cluster")
    others = sum(need.worth_tenths for need in brief.needs if not need.is_whole_brief) - worth["cluster"]
    size = unasked_weight(functions, "agglomeration")
    expected = min(expected, MOST_IMPLICIT / (1 - MOST_IMPLICIT) * size * others / worth["agglomeration"])
    assert worth["cluster"] / worth["agglomeration"] == pytest.approx(expected / size, rel=0.1)


def test_an_institute_is_a_poor_customer(tiny_region: Region) -> None:
    matcher = Matcher(tiny_region, StandInEncoder())
    facts = matcher.facts
    is_institute = np.array([item.kind == "research_institute" for item in tiny_region.evidence])
    assert is_institute.any()
    meaning, usable = np.ones(len(is_institute)), np.ones(len(is_institute), dtype=bool)
    needs = [Need("n1", "x", None, "cluster", 1, topics=(topic,)) for topic in ("industry", "customers")]
    like, customers = (
        find(Question(need, "production", facts, np.where(is_institute, meaning, 0.0), usable))
        for need in needs
    )
    assert (customers.strengths <= like.strengths).all()
    assert (customers.strengths < like.strengths).any()


@pytest.mark.parametrize(
    ("text", "own", "served"),
    [
        ("Wir fertigen Ventile und Pumpen für Medizingeräte.", "pumps", "medical_tech"),
        ("We make valves and pumps for medical devices.", "pumps", "medical_tech"),
        ("Wir weben Teppiche. Unsere Kunden sitzen im Stahlbau.", "textiles", "construction"),
        ("We weave carpets. Our customers are in steel construction.", "textiles", "construction"),
        ("Spedition. Wir bündeln Dachziegel und Möbel.", "haulage", "furniture"),
        ("Haulage company. We bundle roof tiles and furniture.", "haulage", "furniture"),
    ],
)
def test_goods_of_buyers_and_goods_hauled_are_served(
    tiny_region: Region, text: str, own: str, served: str
) -> None:
    named = business_of(brief_of(text, tiny_region))
    assert named[own] == 1.0
    assert named[served] == SERVED


@pytest.mark.parametrize(
    "text", ["Wir fertigen große Wasserstofftanks.", "We make large hydrogen tanks for lorries."]
)
def test_what_is_made_is_the_trade_even_if_it_names_a_utility(tiny_region: Region, text: str) -> None:
    assert business_of(brief_of(text, tiny_region))["hydrogen"] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Wir bauen Pumpen. Ein Dach für 3 MW Solar wäre schön.",
        "We build pumps. A roof for 3 MW solar would be nice.",
    ],
)
def test_power_for_the_roof_makes_no_solar_company(tiny_region: Region, text: str) -> None:
    named = business_of(brief_of(text, tiny_region))
    assert "pumps" in named
    assert "solar" not in named


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Wir bauen Pumpen. Brauereien als Kunden sind uns wichtig.", True),
        ("We build pumps. Breweries as customers are important to us.", True),
        ("Wir bauen Pumpen. Andere Pumpenhersteller als Kunden sind uns wichtig.", False),
        ("We build pumps. Other pump makers as customers are important to us.", False),
    ],
)
def test_customers_of_another_field_leave_the_own_industry(
    tiny_region: Region, text: str, share: bool
) -> None:
    needs = brief_of(text, tiny_region).needs
    assert (
        any(need.facet == "cluster" and need.span is None and not need.is_whole_brief for need in needs)
        == share
    )
    assert any(need.facet == "cluster" and need.span is not None for need in needs)


@pytest.mark.parametrize(
    "text",
    [
        "Wir bauen Pumpen. Wir brauchen einen Bauplatz von 2 ha.",
        "We build pumps. We need a plot of 2 ha.",
    ],
)
def test_the_cluster_nobody_asked_for_takes_no_more_than_its_share(tiny_region: Region, text: str) -> None:
    worth = {need.facet: need.worth_tenths for need in brief_of(text, tiny_region).needs}
    assert worth["cluster"] <= 1000 * MOST_IMPLICIT + 1


def test_a_firm_counts_once_and_firms_within_a_limit_add_up(tiny_region: Region) -> None:
    facts = Matcher(tiny_region, StandInEncoder()).facts
    strengths = np.ones(len(facts.evidence))
    deep = facts.depth_by_location(strengths, 0.5, 99)
    subjects = {
        (item.location_id, item.subject.split(";")[0].casefold() or item.id) for item in facts.evidence
    }
    for location, at in facts.position.items():
        n_subjects = sum(place == location for place, _ in subjects)
        assert deep[at] == pytest.approx(1 - 0.5**n_subjects)
    summed = facts.surroundings.summed(deep, 20.0, 50.0)
    assert (summed >= facts.surroundings.strongest(deep, 20.0, 50.0) - 1e-12).all()


@pytest.mark.parametrize(
    ("text", "concept", "is_named"),
    [
        ("Werkstatt für Stellwerke und Zugsicherung", "rail_vehicles", True),
        ("Works for signal boxes and train control", "rail_vehicles", True),
        ("das frühere Ausbesserungswerk", "railway_land", True),
        ("the former marshalling yard", "railway_land", True),
        ("Lüftung und Klimatechnik", "building_tech", True),
        ("ventilation and HVAC", "building_tech", True),
        ("a park on the right bank of the Rhine", "finance", False),
        ("a college hosting fellows", "data_centre", False),
        ("inklusive Büros", "inclusion", False),
        ("inclusive employers", "inclusion", True),
        ("inklusive Unternehmen", "inclusion", True),
    ],
)
def test_fields_and_false_friends(text: str, concept: str, is_named: bool) -> None:
    assert (concept in concepts_in(text)) == is_named


MANY = {
    "de": "Kunden aus der Chemie sind zwingend. Wir suchen 2 ha, einen Hafen, Fernwärme, Schweißer und günstige Mieten.",
    "en": "Customers from chemistry are a must. We seek 2 ha, a port, district heating, welders and low rents.",
}


@pytest.mark.parametrize("language", MANY)
def test_no_need_takes_more_than_its_share(tiny_region: Region, language: str) -> None:
    needs = brief_of(MANY[language], tiny_region).needs
    assert sum(need.span is not None for need in needs) > N_SEVERAL
    for need in needs:
        unasked = {"cluster": MOST_IMPLICIT, "agglomeration": MOST_UNASKED_SIZE}
        most = MOST_SINGLE if need.span else unasked[need.facet]
        assert need.worth_tenths <= 1000 * most + 1


def test_size_is_worth_little_as_soon_as_something_else_is_asked_for(tiny_region: Region) -> None:
    (size,) = (
        need for need in brief_of("We need a port.", tiny_region).needs if need.facet == "agglomeration"
    )
    assert size.worth_tenths <= 1000 * MOST_UNASKED_SIZE + 1
