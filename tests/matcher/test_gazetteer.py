"""Promises about places: those an investor names are found, ordinary words are not taken for towns."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.gazetteer import find_places


def names(text: str, region: Region) -> list[str]:
    return [mention.name for mention in find_places(text, region)]


def test_a_town_is_found_under_its_german_and_its_english_name(ruhr: Region) -> None:
    for one, other in [
        ("Köln", "Cologne"),
        ("München", "Munich"),
        ("Antwerpen", "Antwerp"),
        ("Lüttich", "Liège"),
    ]:
        (german,), (english,) = find_places(f"bei {one}", ruhr), find_places(f"near {other}", ruhr)
        assert german.place == english.place
    assert names("Koeln, Duesseldorf und Moenchengladbach", ruhr) == [
        "Köln",
        "Düsseldorf",
        "Mönchengladbach",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Die Alucast Rhein GmbH sucht 8 ha.",
        "Stahlbau Hamm AG",
        "Stadtwerke Köln SE",
        "Forges of Antwerp Ltd.",
    ],
)
def test_a_place_in_a_companys_name_is_none(text: str, ruhr: Region) -> None:
    assert names(text, ruhr) == []
    assert names(f"{text} Nach Bochum, SE wäre recht, nach Essen Agenturen.", ruhr)[:2] == ["Bochum", "Essen"]


def test_each_of_a_long_list_makes_the_next_sure_in_no_time(ruhr: Region) -> None:
    begun = perf_counter()
    assert names(f"Wir suchen in Essen{', Hagen' * 400}", ruhr) == ["Essen", *["Hagen"] * 400]
    assert names(f"{'Hagen, ' * 400}Bochum suchen wir", ruhr) == [*["Hagen"] * 400, "Bochum"]
    assert perf_counter() - begun < 5


def test_a_location_of_the_region_carries_its_id(ruhr: Region) -> None:
    (mention,) = find_places("am liebsten in Mülheim/Ruhr", ruhr)
    assert mention.kind == "location"
    assert mention.place is not None
    assert mention.place.location_id == "05117000"


@pytest.mark.parametrize(
    "text",
    ["Das Essen in der Kantine ist gut.", "Wir leben von der Zubereitung von Essen.", "Die Lage ist gut, der Norden auch.", "Urlaub in den Bergen", "Halle 3 mit 5.000 m²",
     "bei jedem Wetter", "Format DIN A4", "Datteln und Feigen aus eigenem Import", "Mit freundlichen Grüßen, Hagen Müller", "Nordrhein-Westfalen"],
)  # fmt: skip
def test_ordinary_words_are_no_places(text: str, ruhr: Region) -> None:
    assert names(text, ruhr) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ein Standort in Essen oder Bochum", ["Essen", "Bochum"]),
        ("We prefer Essen.", ["Essen"]),
        ("eine Halle in der Nähe von Essen", ["Essen"]),
        ("höchstens 20 km von Hamm entfernt", ["Hamm"]),
        ("südlich von Marl oder am Stadtrand von Essen", ["Marl", "Essen"]),
        ("mit guter Anbindung an Essen", ["Essen"]),
        ("vorzugsweise Hagen, sonst Hamm", ["Hagen", "Hamm"]),
        ("eine Halle, Datteln bevorzugt", ["Datteln"]),
        ("Wunschort: Essen oder Umgebung", ["Essen"]),
        ("im Stadtgebiet von Kamen", ["Kamen"]),
        ("Kunden wohnen in Herne, Haltern und Marl.", ["Herne", "Haltern am See", "Marl"]),
        ("im Zentrallager Hamm, zwischen Hagen und Datteln", ["Hamm", "Hagen", "Datteln"]),
        ("Halle (Saale)", ["Halle (Saale)"]),
        ("direkt an der A45 und der A 2", ["A45", "A2"]),
        ("20 Minuten zum Düsseldorfer Flughafen", ["Flughafen Düsseldorf"]),
        (
            "close to the Dutch border, Venlo and the Sauerland",
            ["Niederländische Grenze", "Venlo", "Sauerland"],
        ),
        ("im Kölner Raum", ["Köln"]),
        ("near Dortmund or Düsseldorf airport", ["Flughafen Dortmund", "Flughafen Düsseldorf"]),
        ("zum Flughafen Düsseldorf oder Dortmund", ["Flughafen Düsseldorf", "Flughafen Dortmund"]),
        ("Frankfurt or Hanover airport", ["Flughafen Frankfurt", "Flughafen Hannover"]),
        ("der Flughafen Düsseldorf und die Messe Köln", ["Flughafen Düsseldorf", "Köln"]),
        ("Düsseldorf airport, then Cologne", ["Flughafen Düsseldorf", "Köln"]),
        ("am Rhein und am Wesel-Datteln-Kanal", ["Rhein", "Wesel-Datteln-Kanal"]),
        ("on the Rhine or the Rhine-Herne Canal", ["Rhein", "Rhein-Herne-Kanal"]),
        ("an Rhein und Ruhr, im Rhein-Sieg-Kreis", []),
        ("between Rhine and Ruhr, the Rhine-Ruhr region", []),
    ],
)
def test_places_are_known_by_the_words_around_them(text: str, expected: list[str], ruhr: Region) -> None:
    assert names(text, ruhr) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(["in", "Essen", "Köln", "Frankfurt", "am", "Main", ",", "/", "-", "A40", "Wetter", "(Ruhr)", "Halle", "und", "Bochums", "x.y", "Dutch", "border"]), max_size=20).map(" ".join))  # fmt: skip
def test_spans_quote_the_text_and_do_not_overlap(ruhr: Region, text: str) -> None:
    end = 0
    for mention in find_places(text, ruhr):
        assert end <= mention.span[0] < mention.span[1] <= len(text)
        assert text[mention.span[0]].isalpha()
        end = mention.span[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im Kreis Unna oder in Unna", ["Kreis Unna", "Unna"]),
        ("in the district of Wesel", ["Kreis Wesel"]),
        ("in Bochum-Wattenscheid oder Wanne-Eickel", ["Bochum", "Wanne-Eickel"]),
        ("Castrop-Rauxel, am Phoenix-See, an der Hochschule Niederrhein", ["Castrop-Rauxel", "Phoenix-See"]),
    ],
)
def test_districts_and_well_known_parts_of_towns_are_places(
    text: str, expected: list[str], ruhr: Region
) -> None:
    assert names(text, ruhr) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wir suchen 3ha in dortmund oder hagen, nähe essen", ["Dortmund", "Hagen", "Essen"]),
        ("we seek 3ha in herten/marl or near bottrop", ["Herten", "Marl", "Bottrop"]),
        ("wir gehen gern essen und suchen eine halle", []),
    ],
)
def test_a_text_in_small_letters_names_places_too(text: str, expected: list[str], ruhr: Region) -> None:
    assert names(text, ruhr) == expected
