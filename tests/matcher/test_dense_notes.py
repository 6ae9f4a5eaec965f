"""Notes of one line, as a business developer jots them down, are read in full and alike in either language."""

from __future__ import annotations

import pytest

from matcher.brief import Need
from tests.matcher.readings import stated


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
