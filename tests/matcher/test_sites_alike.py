"""Premises, permits and zones are read alike from German and from English."""

from __future__ import annotations

import pytest

from tests.matcher.readings import stated


def read_sites(text: str) -> list[tuple[set[str], bool, float | None]]:
    """Return topics, whether it is avoided and the least size of each need for a site."""
    return [
        (set(need.topics), need.is_avoided, need.minimum) for need in stated(text) if need.facet == "site"
    ]


@pytest.mark.parametrize(
    ("german", "english", "expected"),
    [
        ("Bitte kein Industriegebiet.", "No industrial area, please.", ({"industrial_zoning"}, True, None)),
        ("Keine Altlasten.", "No contamination.", ({"industrial_zoning"}, False, None)),
        (
            "Nächste Häuser mindestens 400 m.",
            "Nearest houses at least 400 m.",
            ({"industrial_zoning"}, False, 400),
        ),
        ("Lärm muss erlaubt sein.", "Noise must be allowed.", ({"industrial_zoning"}, False, None)),
        (
            "Eine Dreischichtgenehmigung ist Pflicht.",
            "Consent for three shifts is a must.",
            ({"shift_work"}, False, None),
        ),
        ("Nötig ist Vierschichtbetrieb.", "We need four-shift working.", ({"shift_work"}, False, None)),
        ("Ein Trockenlager von 700 m².", "A dry store of 700 m².", ({"warehouse"}, False, 700)),
        ("Hof für 30 Transporter.", "Yard for 30 vans.", ({"land"}, False, None)),
        ("Platz für drei weitere Öfen.", "Room for three more kilns.", ({"expansion"}, False, None)),
        (
            "Eine stillgelegte Mühle auf 2 ha.",
            "A shut-down mill on 2 ha.",
            ({"brownfield"}, False, 2),
        ),
        ("Archivgebäude, 900 m².", "Archive building, 900 m².", ({"existing_building"}, False, 900)),
        (
            "250 m² in einem Startup-Zentrum.",
            "250 m² in a start-up centre.",
            ({"incubator"}, False, 250),
        ),
    ],
)
def test_one_wish_for_a_site_is_the_same_in_either_language(
    german: str, english: str, expected: tuple[set[str], bool, float | None]
) -> None:
    assert read_sites(german) == read_sites(english) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Hall of 900 m² with an acid-proof floor, on two storeys if need be.",
        "Hall of 900 m², drive to the works under 20 minutes.",
        "We take an empty hall of 900 m², whatever its age.",
        "Wir nehmen eine leere Halle von 900 m², egal wie alt.",
    ],
)
def test_a_sentence_without_a_word_of_asking_still_asks_for_its_hall(text: str) -> None:
    assert any(topics & {"hall", "existing_building"} and size == 900 for topics, _, size in read_sites(text))


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen 5 ha, davon 1 ha Freilager.",
        "We need 5 ha, 1 ha of it open storage.",
        "We need 5 ha, 1 ha of which for open storage.",
    ],
)
def test_a_part_of_the_plot_is_no_plot_of_its_own(text: str) -> None:
    assert [size for _, _, size in read_sites(text)] == [5]


@pytest.mark.parametrize(
    "text",
    ["Reinraum der Klasse 8 auf 900 m².", "Clean room of class 8 on 900 m².", "Reinraum ISO 8 auf 900 m²."],
)
def test_the_class_of_a_clean_room_is_no_area(text: str) -> None:
    assert read_sites(text) == [({"clean_room"}, False, 900)]


@pytest.mark.parametrize(
    "text",
    ["Our present depot lies in a mixed-use area.", "Unser jetziges Lager liegt im Mischgebiet."],
)
def test_todays_depot_is_not_asked_for(text: str) -> None:
    assert read_sites(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We wish to have an office of 900 m².",
        "Wir möchten ein Büro von 900 m² haben.",
        "900 m² Büro müssen sein.",
    ],
)
def test_wishing_to_do_something_asks_as_firmly_as_wanting_to(text: str) -> None:
    [need] = [need for need in stated(text) if need.facet == "site"]
    assert need.is_must


@pytest.mark.parametrize("text", ["Büro mit 18 Schreibtischen gesucht.", "Office with 18 desks wanted."])
def test_desks_count_those_who_sit_at_them(text: str) -> None:
    [need] = [need for need in stated(text) if need.facet == "site"]
    assert (need.topics, need.minimum, need.unit) == (("office",), 18, "jobs")
