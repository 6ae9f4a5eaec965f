"""What sites, size, the labour market and graduates say of a need: needs put to the facts, no encoder."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.records import Availability, Region, Scope
from matcher.brief import Function, Need
from matcher.facts import Facts
from matcher.findings import STATUSES
from matcher.shortlist import Status
from matcher.strengths import find
from matcher.strengths.agglomeration import wanted_share
from matcher.strengths.cluster import ONE_ENOUGH
from matcher.strengths.question import NEXT_DOOR_HALF_KM, SAME_TOWN_HALF_KM, Question
from matcher.strengths.sites import plot_ha
from matcher.strengths.statements import OTHER_FIELD
from matcher.strengths.talent import is_trade


def question(need: Need, facts: Facts, function: Function = "production", meaning: float = 0.0) -> Question:
    """Put a need to the facts, every statement equally near in meaning."""
    n_statements = len(facts.evidence)
    return Question(need, function, facts, np.full(n_statements, meaning), np.ones(n_statements, dtype=bool))


def answers(
    region: Region, need: Need, function: Function = "production", meaning: float = 0.0
) -> dict[str, tuple[float, Status]]:
    """Return strength and status of a need by location id, every statement equally near in meaning."""
    facts = Facts(region)
    finding = find(question(need, facts, function, meaning))
    return {
        key: (float(finding.strengths[at]), STATUSES[finding.codes[at]]) for key, at in facts.position.items()
    }


def site(
    text: str, *topics: str, avoided: bool = False, minimum: float | None = None, unit: str | None = None
) -> Need:
    return Need("n", text, None, "site", 0, topics=topics, is_avoided=avoided, minimum=minimum, unit=unit)


def security_graduates(text: str, maximum: float | None = None, unit: str | None = None) -> Need:
    return Need("n", text, None, "talent", 0, topics=("it_security",), maximum=maximum, unit=unit)


def renamed(region: Region, location_id: str, german: str, english: str) -> Region:
    """Return the region with other words in the statement about a location's site."""
    changed = tuple(
        replace(item, text_de=german, text_en=english)
        if (item.location_id, item.kind) == (location_id, "site")
        else item
        for item in region.evidence
    )
    return replace(region, evidence=changed)


@pytest.mark.parametrize("need", ["Chemiepark mit Werkschutz", "chemical park with security"])
def test_a_chemical_park_is_found_by_its_name_and_land_beside_it_does_not_decide(
    tiny_region: Region, need: str
) -> None:
    park = renamed(
        tiny_region, "dornsee", "Chemiepark Seeufer in Dornsee.", "Seeufer chemical park in Dornsee."
    )
    found = answers(park, site(need, "land", "chemical_park"))
    assert found["dornsee"][0] > found["birkenfurt"][0] > 0
    without = answers(tiny_region, site(need, "land", "chemical_park"))
    assert without["birkenfurt"][0] < answers(tiny_region, site("Grundstück", "land"))["birkenfurt"][0]


def test_a_firm_in_similar_words_stands_back_behind_a_site(tiny_region: Region) -> None:
    found = answers(tiny_region, site("Hochregallager", "warehouse"), "logistics", meaning=1.0)
    assert found["altmoor"][0] <= 0.5 < found["birkenfurt"][0]


@pytest.mark.parametrize("need", ["hochwassersicher", "flood free"])
def test_a_condition_that_no_statement_names_is_unknown_everywhere(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, site(need, "industrial_zoning"), meaning=1.0)
    assert set(found.values()) == {(0.0, "unknown")}


@pytest.mark.parametrize("need", ["keine Bergschäden", "no mining damage"])
def test_old_mines_speak_against_firm_ground_and_none_known_is_only_assumed(
    tiny_region: Region, need: str
) -> None:
    mined = renamed(tiny_region, "dornsee", "Gelände der früheren Zeche.", "Land of the former colliery.")
    for avoided in (False, True):
        found = answers(mined, site(need, "industrial_zoning", avoided=avoided))
        assert 0 < found["dornsee"][0] < found["birkenfurt"][0]
        assert found["birkenfurt"][1] == "partly"


@pytest.mark.parametrize("need", ["keine Nachbarn mit Staub", "clean neighbours without odour"])
def test_a_clean_neighbourhood_is_one_without_dirty_works(tiny_region: Region, need: str) -> None:
    dirty = renamed(tiny_region, "dornsee", "Ein Stahlwerk und eine Deponie.", "A steelworks and a landfill.")
    asked = site(need, "industrial_zoning")
    assert 0 < answers(dirty, asked)["dornsee"][0] < answers(tiny_region, asked)["dornsee"][0]


@pytest.mark.parametrize(
    "need",
    [
        "Keine Gießerei und kein Schrottplatz nebenan",
        "Abstand zu Gießereien",
        "No foundry and no scrapyard next door",
        "Distance from foundries",
    ],
)
def test_a_trade_to_keep_away_from_speaks_against_a_place_that_has_it(tiny_region: Region, need: str) -> None:
    cast = renamed(tiny_region, "dornsee", "Eine Gießerei am See.", "A foundry at the lake.")
    found = answers(cast, site(need, "industrial_zoning"))
    assert 0 < found["dornsee"][0] < found["birkenfurt"][0]


@pytest.mark.parametrize(
    "need", ["kein Störfallbetrieb im Umfeld", "Seveso plants within 800 metres are excluded"]
)
def test_hazards_to_be_elsewhere_speak_against_chemical_sites(tiny_region: Region, need: str) -> None:
    park = renamed(tiny_region, "dornsee", "Der Chemiepark am See.", "The chemical park at the lake.")
    asked = site(need, "industrial_zoning")
    assert 0 < answers(park, asked)["dornsee"][0] < answers(tiny_region, asked)["dornsee"][0]


@pytest.mark.parametrize(
    "need",
    [
        "Genehmigung für Staub und Lärm",
        "permit for dust and noise",
        "Flächen neben Wohnhäusern scheiden aus",
        "Homes within 300 metres rule a site out",
        "Anlieferung auch nachts",
        "deliveries at night too",
        "24/7",
    ],
)
def test_own_noise_and_distance_to_homes_suit_land_where_industry_is_at_work(
    tiny_region: Region, need: str
) -> None:
    topic = "shift_work" if "24" in need else "industrial_zoning"
    found = answers(tiny_region, site(need, topic))
    assert found["birkenfurt"][0] > 0, "industrial land"
    assert found["calmweiler"] == (0.0, "unknown"), "offices"


@pytest.mark.parametrize("need", ["im Zweischichtbetrieb", "in two shifts"])
def test_shifts_at_a_desk_ask_for_no_industrial_land(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, site(need, "shift_work"), "services")
    assert set(found.values()) == {(0.0, "unknown")}


@pytest.mark.parametrize("need", ["industrielles Umfeld", "industrial surroundings only"])
def test_industrial_surroundings_are_where_industry_is_at_work_and_no_dust(
    tiny_region: Region, need: str
) -> None:
    found = answers(tiny_region, site(need, "industrial_zoning"))
    assert found["birkenfurt"][0] > 0
    assert found["calmweiler"] == (0.0, "unknown"), "offices"


@pytest.mark.parametrize("need", ["Nachtbetrieb mit Lärm", "night operation with noise"])
def test_where_dirty_works_are_known_nights_and_noise_are_expected(tiny_region: Region, need: str) -> None:
    cast = tuple(
        replace(item, text_de="Eine Gießerei.", text_en="A foundry.")
        if (item.location_id, item.kind) == ("finkenau", "company")
        else item
        for item in tiny_region.evidence
    )
    asked = site(need, "shift_work")
    before = answers(tiny_region, asked)["finkenau"][0]
    assert answers(replace(tiny_region, evidence=cast), asked)["finkenau"][0] > before


@pytest.mark.parametrize("need", ["keine alten Schächte", "no old mine shafts"])
def test_a_statement_of_mining_damage_speaks_against_firm_ground(tiny_region: Region, need: str) -> None:
    mined = renamed(
        tiny_region, "dornsee", "Flächen sind knapp wegen Bergbauschäden.", "Mining damage makes land scarce."
    )
    found = answers(mined, site(need, "industrial_zoning"), meaning=1.0)
    assert 0 < found["dornsee"][0] < found["birkenfurt"][0]


@pytest.mark.parametrize("need", ["Störfallbetrieb und Nachtarbeit", "Seveso plant with night work"])
def test_hazards_and_nights_are_expected_where_industry_is_at_work(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, site(need, "industrial_zoning", "shift_work"))
    assert found["birkenfurt"][0] > 0, "industrial land"
    assert found["calmweiler"] == (0.0, "unknown"), "offices"


@pytest.mark.parametrize("need", ["Büro oder Industriebrache", "an office or an industrial brownfield"])
def test_of_alternative_kinds_of_site_the_best_counts(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, site(need, "office", "brownfield"))
    assert found["calmweiler"][0] >= answers(tiny_region, site("office", "office"))["calmweiler"][0] > 0


def test_a_condition_is_met_where_a_statement_names_it(tiny_region: Region) -> None:
    dry = renamed(
        tiny_region, "dornsee", "Das Gewerbegebiet liegt hochwassersicher.", "The estate is flood free."
    )
    found = answers(dry, site("hochwasserfrei", "industrial_zoning"), meaning=1.0)
    assert found["dornsee"] == (1.0, "met")
    assert found["birkenfurt"] == (0.0, "unknown")


@pytest.mark.parametrize("need", ["GI-Gebiet", "zoned industrial land"])
def test_industrial_zoning_is_a_kind_of_site_and_its_area_stays_a_limit(
    tiny_region: Region, need: str
) -> None:
    zoned = answers(tiny_region, site(need, "industrial_zoning"))
    assert zoned["birkenfurt"][0] > zoned["finkenau"][0] > zoned["calmweiler"][0]
    large = answers(tiny_region, site(need, "industrial_zoning", minimum=30.0, unit="ha"))
    assert large["birkenfurt"] == (0.0, "unmet")


@pytest.mark.parametrize("need", ["baureifes Grundstück", "a plot ready for construction"])
def test_a_plot_that_must_be_ready_is_not_one_that_is_only_planned(tiny_region: Region, need: str) -> None:
    def share(availability: Availability) -> float:
        sites = tuple(
            replace(one, availability=availability) if one.location_id == "birkenfurt" else one
            for one in tiny_region.sites
        )
        found = answers(replace(tiny_region, sites=sites), site(need, "industrial_zoning"))
        return found["birkenfurt"][0]

    assert share("available") > 2 * share("unknown") > 2 * share("planned") > 0


@pytest.mark.parametrize("need", ["ebenes Grundstück", "level plot"])
def test_a_level_plot_is_land_and_no_condition(tiny_region: Region, need: str) -> None:
    assert answers(tiny_region, site(need, "industrial_zoning")) == answers(tiny_region, site(need, "land"))


@pytest.mark.parametrize("need", ["Grundstück von 12.000 m²", "12,000 m² of land"])
def test_square_metres_of_a_plot_are_not_those_of_a_building(need: str) -> None:
    assert plot_ha(site(need, minimum=12_000.0, unit="m²")) == 1.2
    assert plot_ha(site("12.000 m²", minimum=12_000.0, unit="m²")) == 2.4


@pytest.mark.parametrize("need", ["3 ha mit Büros und Werkstatt", "3 ha with offices and a workshop"])
def test_hectares_with_offices_and_a_hall_are_no_office_estate(tiny_region: Region, need: str) -> None:
    asked = site(need, "office", "hall", minimum=3.0, unit="ha")
    found = answers(tiny_region, asked)
    assert found["birkenfurt"][0] > 2 * found["calmweiler"][0], "a technology park"


@pytest.mark.parametrize("need", ["abgeschaltetes Kraftwerk", "decommissioned power station"])
def test_land_of_the_former_use_asked_for_is_worth_more_than_another_brownfield(
    tiny_region: Region, need: str
) -> None:
    texts = ("Gelände eines früheren Kohlekraftwerks.", "Land of a former power station.")
    plant = renamed(tiny_region, "birkenfurt", *texts)
    mine = renamed(tiny_region, "birkenfurt", "Gelände einer früheren Zeche.", "Land of a former colliery.")
    asked = site(need, "brownfield")
    assert answers(plant, asked)["birkenfurt"][0] > 2 * answers(mine, asked)["birkenfurt"][0]


@pytest.mark.parametrize("need", ["gebrauchte Halle", "second-hand hall"])
def test_a_used_hall_is_found_where_halls_are_told_of(tiny_region: Region, need: str) -> None:
    asked = site(need, "hall", "existing_building")
    halls = renamed(tiny_region, "birkenfurt", "Leerstehende Hallen zur Miete.", "Vacant halls for rent.")
    assert answers(halls, asked)["birkenfurt"][0] > answers(tiny_region, asked)["birkenfurt"][0] > 0


@pytest.mark.parametrize("need", ["keine Erbpacht", "no leasehold", "kein Grund mit Bauzwang"])
def test_an_unwelcome_tenure_tells_no_location_from_another(tiny_region: Region, need: str) -> None:
    assert set(answers(tiny_region, site(need, "land", avoided=True)).values()) == {(0.0, "unknown")}


@pytest.mark.parametrize("need", ["Gewerbegebiete", "commercial estates"])
def test_unwelcome_sites_are_judged_by_the_others(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, site(need, "land", avoided=True))
    assert found["dornsee"] == (0.0, "unmet"), "its only site is one"
    assert found["calmweiler"] == (1.0, "met"), "its only site is none"
    assert found["altmoor"] == (0.0, "unknown"), "nothing is left of its only site"
    beside = replace(
        tiny_region,
        sites=tuple(
            replace(one, location_id="dornsee") if one.location_id == "calmweiler" else one
            for one in tiny_region.sites
        ),
        evidence=tuple(
            replace(one, location_id="dornsee") if one.id == "site-2" else one for one in tiny_region.evidence
        ),
    )
    assert answers(beside, site(need, "land", avoided=True))["dornsee"] == (1.0, "met")


@pytest.mark.parametrize("need", ["kein Coworking im Großraum", "no open-plan coworking"])
def test_shunned_coworking_does_not_rule_out_offices(tiny_region: Region, need: str) -> None:
    offices = replace(
        tiny_region,
        sites=tuple(
            replace(one, kind="office") if one.location_id == "calmweiler" else one
            for one in tiny_region.sites
        ),
    )
    assert answers(offices, site(need, "office", avoided=True))["calmweiler"] == (1.0, "met")


@pytest.mark.parametrize("need", ["Chemiepark", "chemical park"])
def test_what_holds_for_a_whole_district_is_no_site_of_each_town(tiny_region: Region, need: str) -> None:
    def share(scope: Scope) -> float:
        told = tuple(
            replace(
                item,
                text_de="Ein Chemiepark im Kreis.",
                text_en="A chemical park.",
                kind="industry",
                scope=scope,
            )
            if (item.location_id, item.kind) == ("finkenau", "company")
            else item
            for item in tiny_region.evidence
        )
        found = answers(replace(tiny_region, evidence=told), site(need, "chemical_park"), meaning=1.0)
        return found["finkenau"][0]

    assert share("location") > 2 * share("district") > 0


def test_an_unwelcome_kind_of_site_is_told_by_its_structured_kind(tiny_region: Region) -> None:
    found = answers(tiny_region, site("keine Hochregale", "warehouse", avoided=True))
    assert found["finkenau"] == (0.0, "unmet")
    assert found["birkenfurt"] == (1.0, "met")


def test_square_metres_for_desks_are_no_industrial_land(tiny_region: Region) -> None:
    space = site("3.000 m² Mietraum", "land", minimum=3000.0, unit="m²")
    found = answers(tiny_region, space, "headquarters")
    assert found["calmweiler"][0] > found["birkenfurt"][0]
    assert answers(tiny_region, space, "production")["birkenfurt"][0] > found["birkenfurt"][0]


@pytest.mark.parametrize(
    ("wording", "best"),
    [
        ("großer Ballungsraum", 600_000),
        ("eher ländlich", 10_000),
        ("a smaller town", 10_000),
        ("mittelgroße Stadt", 77_500),
        ("a medium sized town", 77_500),
    ],
)
def test_the_size_asked_for_is_the_size_that_suits(wording: str, best: int) -> None:
    populations = np.array([10_000.0, 77_500.0, 600_000.0])
    strengths = wanted_share(wording, populations)
    assert populations[strengths.argmax()] == best
    assert strengths.max() == pytest.approx(1.0, abs=0.01)


def test_a_small_place_is_best_for_those_who_avoid_a_big_one(tiny_region: Region) -> None:
    found = answers(tiny_region, Need("n", "kein Ballungsraum", None, "agglomeration", 0, is_avoided=True))
    assert found["eschwald"] == (1.0, "met")
    assert found["altmoor"][1] == "unmet"


def test_free_hands_are_the_unemployment_rate_and_skilled_ones_the_pool_too(tiny_region: Region) -> None:
    hands = answers(tiny_region, Need("n", "Arbeitsuchende", None, "labour_market", 0, topics=("workers",)))
    assert hands["birkenfurt"][0] == pytest.approx((5.5 - 4) / (14 - 4))
    assert hands["altmoor"] == (0.0, "unknown"), "no rate is known"
    skilled = answers(
        tiny_region, Need("n", "Facharbeiter", None, "labour_market", 0, topics=("skilled_workers",))
    )
    assert skilled["altmoor"][0] > 0


@pytest.mark.parametrize(
    "need", ["Informatiker einer Hochschule am Ort", "computer scientists from a university in the same town"]
)
def test_graduates_in_the_same_town_are_not_those_next_door(tiny_region: Region, need: str) -> None:
    anywhere, here = security_graduates("IT-Sicherheit"), security_graduates(need)
    near, own = answers(tiny_region, anywhere), answers(tiny_region, here)
    assert own["dornsee"] == near["dornsee"]
    assert own["altmoor"][0] < near["altmoor"][0] / 2
    assert question(here, Facts(tiny_region)).reach(12.0) == (SAME_TOWN_HALF_KM, 0.0)
    assert question(anywhere, Facts(tiny_region)).reach(12.0) == (12.0, 0.0)


def test_graduates_within_a_stated_limit_are_as_good_as_ones_own(tiny_region: Region) -> None:
    found = answers(tiny_region, security_graduates("IT-Sicherheit", maximum=10, unit="km"))
    assert found["altmoor"] == found["dornsee"], "8.9 km away"
    assert 0 < found["birkenfurt"][0] < found["dornsee"][0], "18 km away"


def test_degree_programmes_of_its_own_leave_a_university_its_catchment(tiny_region: Region) -> None:
    own = security_graduates("Schwerpunkt mit eigenen Studiengängen")
    assert question(own, Facts(tiny_region)).reach(8.0) == (8.0, 0.0)
    door = Need("n", "eigener Gleisanschluss", None, "access", 0)
    assert question(door, Facts(tiny_region)).reach(8.0) == (NEXT_DOOR_HALF_KM, 0.0)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Schlosser und Elektriker", True),
        ("Anlagenmechanikerinnen", True),
        ("Chemikanten im Ort", True),
        ("car mechanics", True),
        ("skilled metal and electrical trades", True),
        ("gelernte Kräfte", True),
        ("ungelernte Kräfte", False),
        ("unskilled workers", False),
        ("Ingenieure und Techniker", False),
        ("graduate electricians and engineers", False),
    ],
)
def test_a_trade_is_told_by_its_name_or_ending(text: str, is_one: bool) -> None:
    assert is_trade(text) == is_one


@pytest.mark.parametrize("need", ["Schlosser und Schweißer", "welders and fitters"])
def test_trades_are_found_by_the_labour_market_and_by_firms_of_their_field(
    tiny_region: Region, need: str
) -> None:
    def asked(region: Region) -> dict[str, tuple[float, Status]]:
        return answers(region, Need("n", need, None, "talent", 0, topics=("electrical_engineering",)))

    plain = asked(tiny_region)
    employers = tuple(
        replace(item, text_de="Ein Maschinenbauer.", text_en="A machine builder.")
        if item.kind in ("company", "industry")
        else item
        for item in tiny_region.evidence
    )
    assert asked(replace(tiny_region, evidence=employers))["altmoor"][0] > plain["altmoor"][0]


@pytest.mark.parametrize("topic", ["rent", "land_price", "funding", ""])
def test_a_cost_that_no_fact_tells_is_unknown_whatever_was_let_or_granted(
    tiny_region: Region, topic: str
) -> None:
    let = renamed(
        tiny_region,
        "dornsee",
        "Eine Halle wurde 2021 mit Fördermitteln vermietet.",
        "A hall was rented with a grant in 2021.",
    )
    need = Need("n", "Miete unter 5 Euro", None, "cost", 0, topics=(topic,) if topic else ())
    assert set(answers(let, need, meaning=1.0).values()) == {(0.0, "unknown")}


@pytest.mark.parametrize("need", ["günstige Mieten", "low rents"])
def test_a_statement_of_low_rents_answers_a_wish_for_them(tiny_region: Region, need: str) -> None:
    cheap = renamed(tiny_region, "dornsee", "Am See sind die Mieten niedrig: niedrige Mieten.", "Low rents.")
    found = answers(cheap, Need("n", need, None, "cost", 0, topics=("rent",)), meaning=1.0)
    assert found["dornsee"][0] > 0
    assert found["birkenfurt"] == (0.0, "unknown")


@pytest.mark.parametrize("need", ["ein großer Arbeitsmarkt", "a large labour market"])
def test_a_large_labour_market_is_the_pool_and_no_unemployment(tiny_region: Region, need: str) -> None:
    found = answers(tiny_region, Need("n", need, None, "labour_market", 0, topics=("workers",)))
    assert found["altmoor"][0] > found["eschwald"][0], "no rate is known in Altmoor"


@pytest.mark.parametrize("need", ["niedrige Kosten", "low costs"])
def test_low_cost_of_nothing_in_particular_is_both_taxes(tiny_region: Region, need: str) -> None:
    both = Need("n", need, None, "cost", 0, topics=("trade_tax", "property_tax"))
    assert answers(tiny_region, replace(both, topics=())) == answers(tiny_region, both)


def test_what_holds_for_a_district_counts_in_part_and_is_told_as_the_districts(tiny_region: Region) -> None:
    def told(scope: Scope) -> tuple[float, tuple[str, str]]:
        evidence = tuple(replace(item, scope=scope) for item in tiny_region.evidence)
        facts = Facts(replace(tiny_region, evidence=evidence))
        finding = find(question(Need("n", "Forschung", None, "research", 0), facts, "rnd", meaning=0.8))
        (first,) = finding.contributions(facts, np.array([0]))
        return first.strength, first.explanation

    assert told("district")[0] == pytest.approx(0.4 * told("location")[0])
    assert told("district")[1] == ("Für den ganzen Kreis belegt.", "Shown for the whole district.")


def research(text: str, *topics: str) -> Need:
    return Need("n", text, None, "research", 0, topics=topics)


@pytest.mark.parametrize(
    "text", ["Institut für IT-Sicherheit in derselben Stadt", "an institute of IT security in the same town"]
)
def test_an_institute_of_another_field_is_hardly_the_one_asked_for(tiny_region: Region, text: str) -> None:
    found = answers(tiny_region, research(text, "institute"), "rnd", meaning=1.0)
    assert found["dornsee"] == (1.0, "met")
    assert found["altmoor"][0] == pytest.approx(OTHER_FIELD, abs=0.05), "its institute is one of materials"
    any_field = answers(tiny_region, research("ein Institut", "institute"), "rnd", meaning=1.0)
    assert any_field["altmoor"][0] == any_field["dornsee"][0] == 1.0


@pytest.mark.parametrize(
    ("faculty", "laboratory"),
    [
        ("Fakultät für Logistik am Ort", "Logistiklabor am Ort"),
        ("Lehrstühle der Logistik am Ort", "Versuchsstand für Logistik am Ort"),
        ("a faculty of logistics in the same town", "a logistics laboratory in the same town"),
        ("courses in logistics in the same town", "logistics test rig in the same town"),
    ],
)
def test_a_faculty_is_proved_by_what_it_teaches_and_a_laboratory_is_not(
    tiny_region: Region, faculty: str, laboratory: str
) -> None:
    taught, equipped = (
        answers(tiny_region, research(text, "university"), "rnd", meaning=1.0)["finkenau"][0]
        for text in (faculty, laboratory)
    )
    assert taught > equipped


@pytest.mark.parametrize(
    ("university", "either"),
    [
        ("Universitätsklinik in derselben Stadt", "Universitätsklinik oder Krankenhaus in derselben Stadt"),
        ("university hospital in the same town", "university hospital or clinic in the same town"),
    ],
)
def test_not_any_hospital_is_a_universitys(tiny_region: Region, university: str, either: str) -> None:
    told = tuple(
        replace(item, text_de="Ein Krankenhaus.", text_en="A hospital.") if item.id == "res-2" else item
        for item in tiny_region.evidence
    )
    plain = replace(tiny_region, evidence=told)
    found = {
        text: answers(plain, research(text, "hospital"), "rnd", meaning=1.0)["altmoor"][0]
        for text in (university, either)
    }
    assert found[either] == 1.0
    assert found[university] == OTHER_FIELD


def cluster(text: str, topic: str, maximum: float | None = None) -> Need:
    return Need(
        "n",
        text,
        None,
        "cluster",
        0,
        topics=(topic,),
        maximum=maximum,
        unit="km" if maximum else None,
    )


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Das Hüttenwerk höchstens 40 km entfernt", "Zulieferer höchstens 40 km entfernt"),
        ("the smelter at most 40 km away", "suppliers at most 40 km away"),
    ],
)
def test_the_works_that_is_to_deliver_is_one_and_suppliers_add_up(
    tiny_region: Region, one: str, many: str
) -> None:
    works, firms = (
        answers(tiny_region, cluster(text, "suppliers", 40.0), meaning=0.7)["calmweiler"][0]
        for text in (one, many)
    )
    assert 0 < works < firms


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("Pilotkunde am Ort", "Pilotkunden am Ort"),
        ("pilot customer on the spot", "pilot customers on the spot"),
    ],
)
def test_where_one_customer_will_do_the_first_is_nearly_enough(
    tiny_region: Region, one: str, several: str
) -> None:
    first, all_of_them = (
        answers(tiny_region, cluster(text, "customers"), meaning=1.0)["finkenau"][0]
        for text in (one, several)
    )
    assert first == ONE_ENOUGH > all_of_them > 0
