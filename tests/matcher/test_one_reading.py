"""A wish is read alike in German and English, once, and not where words only look like one."""

from __future__ import annotations

import pytest

from tests.matcher.readings import read, stated


def meanings(text: str) -> list[tuple[str, tuple[str, ...], bool, bool]]:
    return sorted((need.facet, need.topics, need.is_must, need.is_avoided) for need in stated(text))


PAIRS = [
    ("Ein stillgelegtes Kraftwerk wäre ideal.", "A retired power station would be ideal."),
    ("Wir suchen eine ehemalige Kaserne.", "We are looking for a former barracks."),
    (
        "Wir brauchen einen Schwerlastkai und ein Berufskolleg in der Nähe.",
        "We need a heavy-load quay and a vocational college nearby.",
    ),
    ("Gebraucht werden Schutzgas und Argonversorgung.", "We need inert gas and argon supply."),
    ("Wir brauchen ein Rathaus, das hilft.", "We need a city hall that helps."),
    (
        "Wir brauchen 8 ha, Keine Flächen in Wasserschutzgebieten.",
        "We need 8 ha, no plots in water protection areas.",
    ),
    ("Ladeleistung für 50 Transporter wäre schön.", "Charging power for 50 vans would be nice."),
    ("Wir suchen 60 gewerbliche Mitarbeiter.", "We are looking for 60 blue-collar staff."),
    ("Eine Messe in der Stadt wäre schön.", "A trade fair in the city would be nice."),
    ("Gesucht: ein Abnehmer für die Abwärme.", "Wanted: a buyer for the waste heat."),
    ("Wünschenswert: andere Softwarefirmen.", "Desirable: other software firms."),
    ("Wir brauchen einen Direktzug nach Köln.", "We need a direct train to Cologne."),
    ("Wir brauchen ein Zolllager.", "We need a bonded warehouse."),
]


@pytest.mark.parametrize(("german", "english"), PAIRS)
def test_both_languages_give_the_same_needs(german: str, english: str) -> None:
    assert meanings(german) == meanings(english) != []


@pytest.mark.parametrize(
    "text",
    [
        "Our driverless sweepers are tested daily.",
        "We build converter stations and power transformers.",
        "Wir überholen Straßenbahnen und Regionalzüge.",
        "We overhaul trams and regional trains.",
        "Unsere Kundenhotline wächst, rund um die Uhr erreichbar.",
    ],
)
def test_what_the_company_makes_is_no_need(text: str) -> None:
    assert stated(text) == []


def test_trams_count_where_the_staff_are_spoken_of() -> None:
    assert ("access", ("public_transport",)) in {
        (need.facet, need.topics) for need in stated("Our pickers come by tram, sixty of them.")
    }


@pytest.mark.parametrize(
    ("text", "facet", "topics"),
    [
        ("We need daily trains for goods.", "access", ("rail_freight",)),
        ("Wir brauchen tägliche Züge für Waggons.", "access", ("rail_freight",)),
        ("We need late trains for our employees.", "access", ("long_distance_rail",)),
        ("Wir brauchen späte Züge für unsere Mitarbeiter.", "access", ("long_distance_rail",)),
        ("We need rail or barge.", "access", ("rail_freight", "inland_port")),
        ("Wir brauchen Gleisanschluss oder Hafen.", "access", ("rail_freight", "inland_port")),
        ("We need the materials laboratory of a university.", "research", ("university",)),
        ("Wir brauchen das Werkstofflabor einer Hochschule.", "research", ("university",)),
        ("Utilities as first customers would help.", "cluster", ("customers",)),
        ("Werkzeugmacher als erste Kunden wären hilfreich.", "cluster", ("customers",)),
        ("Head offices of health insurers are desirable.", "cluster", ("customers",)),
    ],
)
def test_one_wish_is_one_need(text: str, facet: str, topics: tuple[str, ...]) -> None:
    needs = stated(f"A manufacturer of pumps. {text}")
    assert [(need.facet, need.topics) for need in needs] == [(facet, topics)]


@pytest.mark.parametrize(
    "text",
    ["We need 5 ha. The plot should be flat enough.", "Wir brauchen 5 ha. Das Grundstück soll uns gehören."],
)
def test_a_plot_and_its_bare_size_are_one_need_that_keeps_all_its_words(text: str) -> None:
    (plot,) = (need for need in stated(text) if need.topics == ("land",))
    assert (plot.minimum, plot.unit, plot.is_must) == (5, "ha", True)
    assert plot.evidence_query.startswith(("plot", "Grundstück"))


@pytest.mark.parametrize(
    "text",
    ["We need a rail siding on the plot.", "Das Fernwärmenetz muss bis an das Grundstück reichen."],
)
def test_a_plot_that_only_says_where_is_no_need(text: str) -> None:
    assert [need.facet for need in stated(text)] in (["access"], ["utilities"])


@pytest.mark.parametrize("text", ["We want to be in the neighbourhood.", "Wir suchen eine Szene."])
def test_a_weak_word_makes_no_must_and_leaves_the_own_industry_in_place(text: str) -> None:
    brief = read(text)
    clusters = [need for need in brief.needs if need.facet == "cluster"]
    assert not any(need.is_must for need in clusters)
    assert any(need.span is None for need in clusters)


@pytest.mark.parametrize(
    "text",
    [
        "We need a hall of 8,000 m², 12 m clear height, ten docks.",
        "Wir brauchen eine Halle mit 8.000 m², 12 m lichte Höhe, zehn Tore.",
    ],
)
def test_what_one_hall_should_have_is_one_need(text: str) -> None:
    assert len([need for need in stated(text) if need.facet == "site"]) == 1


@pytest.mark.parametrize(
    "text", ["Planned are 85 jobs, mainly operators.", "Geplant sind 85 Arbeitsplätze, überwiegend Bediener."]
)
def test_jobs_and_who_should_fill_them_are_one_need(text: str) -> None:
    (staff,) = (need for need in stated(text) if need.facet == "labour_market")
    assert staff.minimum == 85
