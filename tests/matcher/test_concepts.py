"""Concepts: found alike in German and English, and not in words that mean something else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.pack import RUHR, load_region
from matcher.concepts import TABLE, concepts_in
from matcher.phrases import Phrases
from matcher.tokens import words_of

PHRASES = Path(__file__).parent / "concept_phrases.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", _rows(PHRASES), ids=lambda row: row["concept"])
def test_a_concept_is_found_in_german_and_in_english(row: dict[str, str]) -> None:
    assert row["concept"] in concepts_in(row["de"])
    assert row["concept"] in concepts_in(row["en"])


def test_every_concept_has_a_phrase_in_both_languages() -> None:
    assert {row["concept"] for row in _rows(PHRASES)} == {row["concept"] for row in _rows(TABLE)}


def test_related_concepts_exist_and_count_in_part() -> None:
    rows = _rows(TABLE)
    names = {row["concept"] for row in rows}
    assert len(names) == len(rows)
    for row in rows:
        for pair in filter(None, row["related"].split("|")):
            name, share = pair.split(":")
            assert name in names - {row["concept"]}
            assert 0 < float(share) < 1


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("ein Flughafen in der Nähe", "harbour"),
        ("an ice cream factory", "ice_rail"),
        ("an underground parking garage", "public_transport"),
        ("Hersteller von Großwälzlagern, Großwälzlager", "warehouse"),
        ("jobs with social insurance", "insurance"),
        ("Wasser aller Art", "creative"),
        ("it fulfils our requirements", "contract_logistics"),
        ("eine zentrale Lage", "headquarters_city"),
        ("der Betrieb strebt eine Erweiterung an und betont", "mining_machinery"),
        ("waste heat of a data centre", "waste"),
        ("the mode of transport", "fashion"),
        ("three production facilities", "security_services"),
        ("eine Arbeitslosenquote von 24,7 Prozent", "shift_work"),
        ("several supply chains", "wire"),
        ("zwei Niederlassungen", "dutch"),
        ("keine Flächen mit Altbergbau", "mining"),
        ("outside areas of mining subsidence", "mining"),
        ("Staplerfahrer und Mechatroniker", "machinery"),
        ("mechatronics technicians", "automation"),
        ("unsere Sattelzugmaschinen", "machinery"),
        ("forty tractor units", "agri_machinery"),
        ("a yard of asphalt", "building_materials"),
        ("Omnibusse mit Batterieantrieb", "mechanical_drive"),
        ("ferries with battery drives", "mechanical_drive"),
        ("a maker of steam turbines", "steam"),
        ("ein akademisches Lehrkrankenhaus", "university_medicine"),
        ("a teaching hospital", "university_medicine"),
        ("ein privat finanzierter Gründer", "finance"),
        ("unsere Stärke ist der Service", "food"),
        ("three endowed chairs", "furniture"),
        ("electron microscopes to share", "photonics"),
        ("goods weighing twelve tonnes", "measurement"),
        ("two university chairs", "furniture"),
        ("we ship wood chips", "semiconductor"),
        ("panels of wood fibre and fibre composites", "fibre"),
        ("a lack of trainees", "coatings"),
        ("der Förderturm", "funding"),
        ("am Rangierbahnhof", "rail_station"),
        ("eine Prämie ohne formale Ausbildung", "apprentices"),
        ("our listed company", "historic_building"),
        ("zwei Flughäfen", "harbour"),
        ("sixty semi-skilled workers", "skilled_workers"),
        ("a low-vibration floor", "emissions"),
        ("a plot zoned for heavy industry", "clean_neighbours"),
        ("a customs office next door", "services_office"),
        ("a town that grants permits fast", "funding"),
        ("we refuse to move", "waste"),
        ("Wir warten Aufzüge", "rail_vehicles"),
        ("the chamber of commerce", "commercial_estate"),
        ("stuck in traffic jams", "food"),
        ("drivers with a forklift licence", "permit"),
        ("emergency generators for the ward", "turbines"),
        ("keine Wohnbebauung in der Nähe", "housing"),
        ("no homes nearby", "housing"),
        ("a suburban train", "rail_station"),
        ("customers come by bike", "bicycles"),
        ("a coffee machine in each room", "food"),
        ("the advisory board decides", "legal_consult"),
        ("Lüftungs- und Klimatechniker", "environment_tech"),
        ("hier lassen wir Obst reifen und verteilen es", "automotive"),
        ("nobody here drives a car", "mechanical_drive"),
        ("Gründung 1926", "startup_centre"),
        ("neighbours in machining, Zerspanung", "skilled_workers"),
        ("start-up funding", "venture"),
        ("close to the wholesale market", "wholesale"),
    ],
)
def test_a_word_of_another_meaning_names_no_concept(text: str, concept: str) -> None:
    assert concept not in concepts_in(text)


@pytest.mark.parametrize(
    ("german", "english", "concept"),
    [
        ("das Jobcenter hilft", "the job centre helps", "employment_agency"),
        ("polnischsprachige Kräfte", "staff who speak Polish", "polish"),
        ("Regionalzüge im Takt", "a regional train every hour", "rail_station"),
        ("Ladestrom für 20 Lkw", "charging for 20 trucks", "e_mobility"),
        ("langfristige Erbpacht", "a long leasehold", "rental"),
        ("im Stadtzentrum", "in the city centre", "city_centre"),
        ("Rezyklate aus Folien", "recyclates from film", "plastics_recycling"),
        ("eine Versandapotheke", "an online pharmacy", "pharma"),
        ("Versandhändler für Spielwaren", "a mail-order dealer in toys", "e_commerce"),
        ("unsere Anwältinnen", "our lawyers", "legal_consult"),
        ("Niederdruckdampf aus der Nachbarschaft", "steam from a neighbour", "steam"),
        ("ein Lift für Aufzüge", "a maker of elevators", "lifting_equipment"),
        ("Wald vor der Tür", "woodland on the doorstep", "green_quality"),
        ("am Seeufer", "by the lakeside", "water_side"),
        ("eine Lackierkabine", "a spray booth", "surface_tech"),
        ("auf einem alten Kraftwerksgelände", "on a decommissioned power station", "former_power_plant"),
        ("Krankenkassen", "health insurers", "insurance"),
        ("Kältemechaniker gesucht", "refrigeration mechanics wanted", "skilled_workers"),
        ("Lageristen für zwei Hallen", "warehouse hands for two halls", "low_skilled"),
        ("Monatsmiete bis 9 Euro", "a monthly rent of up to 9 euros", "rental"),
        ("ein Anschlussgleis", "a private siding", "rail_freight"),
        ("drei Flughäfen", "three airports", "airport_near"),
        ("Kitaplätze", "nursery places", "childcare"),
        ("Masterabsolventen der Chemie", "master's graduates in chemistry", "graduates"),
        ("die Supermärkte ringsum", "the supermarkets round about", "retail"),
        ("Landeszuschüsse", "state grants", "funding"),
        ("der Rat der Stadt", "the town's council", "public_admin"),
        ("ein Nachtbus zum Werk", "a night bus to the works", "public_transport"),
        ("Fluglärm über dem Dach", "aircraft noise over the roof", "emissions"),
        ("ein Hochregal", "a high-bay store", "warehouse"),
        ("ein Linsenschleifer für Brillengläser", "a grinder of spectacle lenses", "medical_tech"),
        ("Zerspanungsmechaniker", "machinists", "skilled_workers"),
        ("KI-Fachleute", "AI specialists", "skilled_workers"),
        ("des Kanalhafens", "of the canal port", "harbour"),
        ("Wirtschaftsinformatiker", "business informatics graduates", "software"),
        ("zwei Paketzentren", "two parcel hubs", "logistics"),
        ("eine stillgelegte Gießerei", "a closed foundry", "brownfield"),
        ("eine Stückgutspedition", "a groupage haulier", "haulage"),
        ("von der Fachhochschule", "from the university of applied sciences", "university"),
    ],
)
def test_both_languages_name_a_concept_in_everyday_words(german: str, english: str, concept: str) -> None:
    assert concept in concepts_in(german)
    assert concept in concepts_in(english)


def test_statements_name_much_the_same_in_both_languages() -> None:
    shares = []
    for item in load_region(RUHR).evidence:
        german, english = concepts_in(item.text_de), concepts_in(item.text_en)
        either = german | english
        shares.append(len(german & english) / len(either) if either else 1.0)
    assert sum(shares) / len(shares) > 0.85


def test_open_phrases_agree_with_words_that_begin_end_or_hold_them() -> None:
    phrases = Phrases([("auto*", 1), ("*bahn", 2), ("*tob*", 3), ("autobahn", 4), ("*bahn an*", 5)])
    hits = phrases.hits(words_of("Autobahnen: Autobahn anbei"))
    assert [(hit.first, hit.payload) for hit in hits] == [
        (0, 1),
        (0, 3),
        (1, 4),
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 5),
    ]
