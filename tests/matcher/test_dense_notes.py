"""Notes of one line, as a business developer jots them down, are read in full and alike in either language."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from tests.matcher.readings import read, stated


def gist(need: Need) -> tuple[object, ...]:
    return need.facet, sorted(need.topics)[:1], need.minimum, need.maximum, need.place and need.place.name


@pytest.mark.parametrize(
    ("german", "english", "n_needs"),
    [
        (
            "Mit 40 Entwicklern brauchen wir 1.200 m² Büro nahe einer Universität; Parkplätze sind zweitrangig.",
            "With 40 developers we need 1,200 m² of offices near a university; parking is secondary.",
            2,
        ),
        (
            "Tierfutterversand, 25.000 m² Halle, in Kamen, 24/7, 300 Hilfskräfte, Nahverkehr.",
            "Pet food dispatch, 25,000 m² hall, in Kamen, 24/7, 300 unskilled workers, public transport.",
            5,
        ),
        (
            "Biotech-Start-up, 25 Köpfe, Labore 600 m², Uniklinik in höchstens 15 Minuten, Risikokapital.",
            "Biotech start-up, 25 people, labs 600 m², university hospital in 15 minutes at most, venture capital.",
            3,
        ),
        (
            "Planungsfirma, 120 Elektroingenieure, Büro am Bahnhof, Hochschule in der Stadt.",
            "Planning firm, 120 electrical engineers, office by the station, university in town.",
            4,
        ),
        (
            "Wir sind ein Pumpenhersteller aus Bayern und suchen 8 ha.",
            "We are a pump maker from Bavaria and seek 8 ha.",
            1,
        ),
        (
            "Ein Abfüller braucht Brunnen mit 80 m³/h, Kanalanschluss für Abwasser, Gleis, 6 ha.",
            "A bottler needs wells with 80 m³/h, a sewer connection, a track, 6 ha.",
            3,
        ),
        (
            "Kein Interesse an Innenstadt; Gewerbegebiet am Rand.",
            "No interest in the city centre; commercial estate on the edge.",
            1,
        ),
        ("Gesucht: Glasfaser, 20 MW, Kühlwasser.", "Wanted: fibre, 20 MW, cooling water.", 3),
        (
            "Der Hafen ist wichtig, die Autobahn auch, der Flughafen nicht.",
            "The port is important, the motorway too, the airport is not important.",
            2,
        ),
        (
            "Hersteller von Türen sucht Halle 4.000 m², A 42 oder A 2 max. 3 km, Miete bis 6 €/m².",
            "Maker of doors seeks a 4,000 m² hall, A42 or A2 within 3 km, rent up to 6 €/m².",
            3,
        ),
        ("Uns fehlen Werkzeugmacher und Galvaniker.", "We lack toolmakers and electroplaters.", 2),
        (
            "Zylinderhersteller muss aus Hagen weg. Ersatz in 15 km Umkreis, 8 ha.",
            "Maker of cylinders has to leave Hagen. Replacement within 15 km, 8 ha.",
            2,
        ),
        (
            "Bochum und Herne haben wir geprüft und verworfen; wir brauchen 3 ha.",
            "We looked at Bochum and Herne and ruled them out; we need 3 ha.",
            3,
        ),
        (
            "Wir suchen eine Halle. Witten geht auch, Hagen nicht.",
            "We seek a hall. Witten works too, Hagen does not.",
            2,
        ),
        (
            "5 ha, Gleis zwingend, Wohngebiete mindestens 500 m entfernt.",
            "5 ha, siding mandatory, housing at least 500 m away.",
            3,
        ),
        (
            "Automobilzulieferer aus Italien, max. 90 min zu Ford Köln, 3.000 m², Näherinnen.",
            "Automotive supplier from Italy, max. 90 min to Ford Cologne, 3,000 m², seamstresses.",
            3,
        ),
        (
            "Forschungsabteilung eines Herstellers; Reinraum ISO 6, Doktoranden, 1.100 m².",
            "Research department of a maker; ISO 6 clean room, doctoral students, 1,100 m².",
            3,
        ),
        (
            "Wir haben jetzt 2 ha und brauchen künftig 4 ha.",
            "We have 2 ha now and will need 4 ha in future.",
            1,
        ),
        ("Nur Herne ist für uns eine Option.", "Only Herne is an option for us.", 1),
        (
            "Nur eine Großstadt kommt für uns in Frage.",
            "Only a big city is an option for us.",
            1,
        ),
        (
            "Unser Betriebsrat besteht auf ÖPNV, Kita und Kantine.",
            "Our works council insists on public transport, a nursery and a canteen.",
            3,
        ),
        (
            "Hersteller: 6 ha, 9 MW, Kälteanlage (Störfall), Wasser 50 m³/h.",
            "Maker: 6 ha, 9 MW, cooling plant (hazardous incident), water 50 m³/h.",
            4,
        ),
        (
            "Bandbreite 10 Gbit/s, Latenz nach Frankfurt unter 5 ms.",
            "Bandwidth 10 Gbit/s, latency to Frankfurt below 5 ms.",
            1,
        ),
        ("Wir suchen 2 ha in 44801 Bochum.", "We seek 2 ha in 44801 Bochum.", 2),
        ("1500qm Halle +300qm Büro.", "1500sqm hall + 300sqm office.", 2),
        ("2 ha, Hafen, Preis zweitrangig.", "2 ha, port, price secondary.", 2),
        ("4 ha, Kanal von Vorteil.", "4 ha, canal an advantage.", 2),
    ],
)
def test_every_item_of_a_line_is_heard_in_either_language(german: str, english: str, n_needs: int) -> None:
    of_german, of_english = (sorted(map(gist, stated(text)), key=str) for text in (german, english))
    assert of_german == of_english
    assert len(of_german) == n_needs


@pytest.mark.parametrize(
    "text",
    [
        "Maschinenbaufirma, derzeit 2.000 m² am bisherigen Standort, Autobahn vor der Tür.",
        "Machine works, 2,000 m² at its present site, motorway at the door, owner-managed firm.",
        "Wir verkaufen Büromöbel, unsere Ingenieure sitzen am Bahnhof.",
        "Guten Tag. Betreiben als Laborfirma drei Häuser, zusammen 4 MW, Büro in Herten.",
    ],
)
def test_what_a_company_has_today_is_no_list_of_wishes(text: str) -> None:
    assert not [need for need in stated(text) if need.facet == "site"]


@pytest.mark.parametrize(
    "text",
    [
        "Labor 800 m², Gleisanschluss, ein Inkubator wäre gut.",
        "Labor 800 m², Gleisanschluss, Fördermittel wären schön.",
        "Laboratory of 800 m², rail siding, an incubator would be good.",
    ],
)
def test_a_wish_at_the_end_of_a_bare_list_speaks_of_itself_alone(text: str) -> None:
    assert [need.is_must for need in stated(text)] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Herne is one option. We seek a siding.", "rail_freight"),
        ("Gesucht: Wasserstoff. Hagen geht auch.", "hydrogen"),
    ],
)
def test_what_a_short_sentence_seeks_is_asked_for(text: str, topic: str) -> None:
    assert topic in {name for need in stated(text) for name in need.topics}


@pytest.mark.parametrize(
    "text",
    [
        "Pilotanlage mit der Hochschule Niederrhein, 1.500 m².",
        "Pilot plant with Niederrhein University, 1,500 m².",
    ],
)
def test_an_area_in_the_name_of_a_university_is_no_place(text: str) -> None:
    assert not any(need.place for need in stated(text))


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("Keine Flächen unter 2 ha.", 2, None),
        ("No plots below 2 ha.", 2, None),
        ("Keine Flächen über 5 ha.", None, 5),
        ("No plots above 5 ha.", None, 5),
        ("Flächen unter 2 ha scheiden aus.", 2, None),
        ("Plots below 2 ha are out.", 2, None),
        ("Weniger als 2 MW reichen nicht.", 2, None),
        ("Less than 2 MW is not enough.", 2, None),
        ("Kein Gewerbesteuerhebesatz über 480 %.", None, 480),
        ("No trade tax rate above 480 %.", None, 480),
        ("Keine Miete über 7 €/m².", None, 7),
        ("Rent must not be above 7 €/m².", None, 7),
        ("Keine Stadt unter 100.000 Einwohnern.", 100_000, None),
        ("No town of fewer than 100,000 inhabitants.", 100_000, None),
        ("Kein Hafen, aber mehr als 5 ha.", 5, None),
        ("No port but more than 5 ha.", 5, None),
        ("Nicht weniger als 3 ha.", 3, None),
        ("We need more than 5 ha not on a busy road.", 5, None),
        ("Gesucht werden mehr als 5 ha, nicht zu teuer.", 5, None),
        ("No later than 2027 more than 5 ha are needed.", 5, None),
    ],
)
def test_what_lies_beyond_a_denied_figure_is_not_wanted(
    text: str, minimum: float | None, maximum: float | None
) -> None:
    (need,) = stated(text)
    assert (need.minimum, need.maximum, need.is_avoided) == (minimum, maximum, False)


def test_a_line_of_nouns_is_answered_in_its_own_language() -> None:
    text = (
        "Electric arc furnace: 150 MW, 110/380 kV, scrap by barge, steelworkers, slag processors next door."
    )
    assert read(text).language == "en"
