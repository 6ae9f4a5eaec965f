"""What a reader may rely on when clauses are told apart: what is asked for, refused, or only told."""

from __future__ import annotations

import pytest

from tests.matcher.readings import stated


def said(text: str) -> set[tuple[str, str]]:
    """Return the facet of each stated need and how it is meant."""
    return {
        (need.facet, "avoid" if need.is_avoided else "must" if need.is_must else "wish")
        for need in stated(text)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Bestandshallen werden nicht geprüft.",
        "Bestandshallen interessieren uns nicht.",
        "Bestandshallen nützen uns nichts.",
        "Bestandshallen helfen uns nicht.",
        "Bestandshallen passen nicht zu uns.",
        "Bestandshallen scheiden für uns aus.",
        "Bei Bestandshallen winken wir ab.",
        "Wir schließen Bestandshallen aus.",
        "Existing halls will not be considered.",
        "Existing halls are out.",
        "Existing halls are ruled out.",
        "Existing halls are of no interest.",
        "Existing halls are no use to us.",
        "Existing halls do not work for us.",
        "Existing halls we reject.",
        "We are not interested in existing halls.",
    ],
)
def test_a_refusal_in_other_words_is_still_a_refusal(text):
    assert said(text) == {("site", "avoid")}


@pytest.mark.parametrize(
    ("text", "n_avoided"),
    [
        ("Ein Hauptbahnhof in der Nähe ist angenehm, Lagerhallen ausgeschlossen.", 1),
        ("A main station nearby would be pleasant, warehouses are ruled out.", 1),
        ("Wir suchen ein Labor; Lagerhallen und Bestandshallen scheiden aus.", 2),
        ("We are looking for a laboratory; warehouses and existing halls are out.", 2),
    ],
)
def test_a_refusal_covers_its_list_and_no_earlier_wish(text, n_avoided):
    needs = stated(text)
    assert sum(need.is_avoided for need in needs) == n_avoided
    assert not needs[0].is_avoided


@pytest.mark.parametrize(
    "text",
    [
        "Gleisanschluss, Hafen und Kita sind für uns irrelevant.",
        "A rail siding, a port and a nursery are irrelevant to us.",
        "Nicht nötig sind Gleisanschluss, Hafen und Kita.",
        "Not needed: rail siding, port and nursery.",
        "Kein Labor erforderlich.",
        "No laboratory required.",
        "Bestandshallen stören uns nicht.",
        "We do not mind existing halls.",
        "Eine Bestandshalle nehmen wir in Kauf.",
        "An existing hall is acceptable.",
    ],
)
def test_what_is_not_needed_or_only_conceded_is_no_need(text):
    assert said(text) == set()


def test_a_limit_that_is_acceptable_stays_a_limit():
    assert {need.facet for need in stated("Rents up to 14 euros per m² are acceptable.")} == {"cost"}


@pytest.mark.parametrize(
    "text",
    [
        "Auf einen Gleisanschluss können wir nicht verzichten.",
        "Wir können nicht auf einen Gleisanschluss verzichten.",
        "We cannot do without a rail siding.",
        "Ohne Gleisanschluss geht es nicht.",
        "Standorte ohne Gleisanschluss scheiden aus.",
        "Without a rail siding it is worthless to us.",
        "Locations without a rail siding are out.",
        "Der Gleisanschluss ist ein hartes Kriterium.",
        "The rail siding is a hard criterion.",
        "The rail siding is a dealbreaker.",
    ],
)
def test_what_one_cannot_do_without_is_a_must(text):
    assert ("access", "must") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bestandshallen und Flächen ohne Gleisanschluss kommen nicht infrage.",
        "Existing halls and plots without a rail siding are not considered.",
    ],
)
def test_a_list_may_refuse_one_thing_and_the_lack_of_another(text):
    assert said(text) == {("site", "avoid"), ("access", "must")}


@pytest.mark.parametrize(
    "text",
    [
        "Ein Hafen wäre schön, ist aber nicht entscheidend.",
        "A port would be nice but is not decisive.",
        "A port is welcome, not decisive.",
    ],
)
def test_what_is_nice_but_not_decisive_is_a_wish(text):
    assert said(text) == {("access", "wish")}


@pytest.mark.parametrize(
    "text",
    [
        "Liste: • Halle mit 2.000 m² (Muss) • Gleisanschluss (Wunsch) • Kita in der Nähe (Wunsch)",
        "List: • hall of 2,000 m² (must) • rail siding (wish) • nursery nearby (wish)",
        "Muss: Halle mit 2.000 m². Kann: Gleisanschluss und Kita.",
        "Must: hall of 2,000 m². Can: rail siding and nursery.",
        "Muss: Halle mit 2.000 m²; Kann: Gleisanschluss und Kita.",
    ],
)
def test_a_label_sets_the_stance_of_its_item_only(text):
    assert said(text) == {("site", "must"), ("access", "wish"), ("quality_of_life", "wish")}


@pytest.mark.parametrize("text", ["Ausgeschlossen: Bestandshallen.", "Excluded: existing halls."])
def test_a_label_may_refuse(text):
    assert said(text) == {("site", "avoid")}


@pytest.mark.parametrize(
    "text",
    [
        "Ein Gleisanschluss mit Platz für ganze Kesselwagenzüge: wünschenswert.",
        "A rail siding long enough for whole tank wagons and more: desirable.",
    ],
)
def test_a_stance_behind_a_colon_holds_for_what_stands_before_it(text):
    assert said(text) == {("access", "wish")}


@pytest.mark.parametrize("text", ["Eine Bestandshalle würden wir mieten.", "We would rent an existing hall."])
def test_would_rent_asks_firmly(text):
    assert ("site", "must") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wichtiger als Adresse und Parkplätze ist uns ein Gleisanschluss.",
        "More important to us than prestige and parking is a rail siding.",
    ],
)
def test_what_something_is_more_important_than_is_no_need(text):
    assert said(text) == {("access", "must")}


@pytest.mark.parametrize(
    "text",
    [
        "In Arnheim bauen sie Lagerhallen und Büros.",
        "From Arnhem they build warehouses and offices.",
        "Telefonnotiz mit dem neuen Eigentümer: baut Lagerhallen und Büros.",
        "Note of a call with the new owner: builds warehouses and offices.",
    ],
)
def test_what_a_company_makes_is_no_need(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Unser Werk wird geschlossen, bisher zur Miete in einer Halle von 800 m².",
        "Our works is being closed, so far renting a hall of 800 m².",
    ],
)
def test_premises_to_be_given_up_are_no_need(text):
    assert ("site", "must") not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Hafen ist wichtig, da wir Stahl verschiffen und Kunden in Rotterdam haben.",
        "A port is important, as we ship steel and have customers in Rotterdam.",
    ],
)
def test_a_reason_is_no_need_either_side_of_its_and(text):
    assert said(text) == {("access", "must")}


@pytest.mark.parametrize(
    "text",
    [
        "Wir hoffen auf eine Kita, gute Schulen sowie einen Gleisanschluss.",
        "We hope for a nursery, good schools and a rail siding.",
    ],
)
def test_a_wish_that_opens_a_sentence_holds_for_its_list(text):
    assert {stance for _, stance in said(text)} == {"wish"}


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen ein Grundstück. Grundstücke am Hang scheiden aus.",
        "We want an office near a main station. Expensive offices are out.",
    ],
)
def test_a_wish_outdoes_the_refusal_of_one_sort_of_it(text):
    assert not any(need.is_avoided for need in stated(text))


def test_number_words_behind_than_bound_a_figure():
    (need,) = stated("No more than five minutes' walk from a main station is a condition.")
    assert need.facet == "access"


def test_a_relative_clause_stays_with_its_noun():
    needs = stated("Wir brauchen eine Halle, in der ein Kran fahren kann, und eine Kita.")
    assert "in der ein Kran fahren kann" in needs[0].text


def test_what_a_distance_is_kept_from_is_no_wish_to_be_near():
    assert "quality_of_life" not in {
        need.facet for need in stated("Wir brauchen Abstand zu Wohnungen und Schulen.")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ohne Gleisanschluss ergibt das Vorhaben keinen Sinn.",
        "Ohne Gleisanschluss kommen wir nicht.",
        "Ohne Gleisanschluss wäre die Fabrik zwecklos.",
        "Wir siedeln uns nur dort an, wo es einen Gleisanschluss gibt.",
        "Without a rail siding the project makes no sense.",
        "Without a rail siding there is no point in coming.",
        "Without a rail siding the factory would be pointless.",
        "We will only settle where there is a rail siding.",
    ],
)
def test_what_the_project_is_void_without_is_a_must_and_nothing_else_is_asked(text):
    assert said(text) == {("access", "must")}
    assert "siding" in stated(text)[0].text or stated(text)[0].text.startswith("Gleisanschluss")


@pytest.mark.parametrize(
    "text",
    [
        "Ein Lager ist nicht geplant, Nachtbetrieb nicht vorgesehen.",
        "Gleise und einen Hafen brauchen wir nie.",
        "Für Gleise zahlen wir nichts.",
        "Ein Gleisanschluss ist unnötig.",
        "A warehouse is not planned, night operation not intended.",
        "Tracks and a port we never need.",
        "We will not pay for tracks.",
        "A rail siding is unnecessary.",
    ],
)
def test_what_is_not_planned_or_never_needed_is_no_need(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Die Familie lehnt Bestandshallen ab.",
        "Bestandshallen sehen wir uns nicht mehr an.",
        "Bestandshallen brauchen sich nicht zu melden.",
        "Bestandshallen passen nicht zur Marke.",
        "Our board rejects existing halls.",
        "Existing halls are unwanted.",
        "We no longer look at existing halls.",
        "Existing halls need not apply.",
    ],
)
def test_a_refusal_by_others_or_in_everyday_words_is_a_refusal(text):
    assert said(text) == {("site", "avoid")}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ein Gleisanschluss wäre ein Argument.", "wish"),
        ("Ein Gleisanschluss wäre erste Wahl.", "wish"),
        ("Ein Gleisanschluss ist Voraussetzung.", "must"),
        ("Ein Gleisanschluss wäre zwingend.", "must"),
        ("A rail siding would be an argument.", "wish"),
        ("A rail siding would be first choice.", "wish"),
        ("A rail siding is a precondition.", "must"),
        ("A rail siding would be mandatory.", "must"),
    ],
)
def test_a_mere_would_be_wishes_and_a_precondition_requires(text, stance):
    assert said(text) == {("access", stance)}


@pytest.mark.parametrize(
    "text",
    [
        "Die Pumpen verlassen das Werk per Binnenschiff, der Hafen sollte also nah liegen.",
        "The pumps leave the works by barge, so the port should be close.",
    ],
)
def test_goods_that_leave_the_works_leave_no_premises_behind(text):
    assert ("access", "must") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir verlegen unsere Verwaltung aus dem Sauerland.",
        "Ein Händler verlagert sein Lager vom Niederrhein, weil dort niemand arbeiten mag.",
        "Unser Werk in Ostwestfalen bleibt.",
        "Das Lager am Niederrhein behalten wir.",
        "We are moving our administration from the Sauerland.",
        "A retailer relocates its warehouse from the Lower Rhine, where nobody will work.",
        "Our works in East Westphalia stays.",
        "We keep our warehouse on the Lower Rhine.",
    ],
)
def test_a_place_that_is_left_or_kept_is_no_place_to_be_near(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("Wir wollen im Münsterland bleiben.", {"distance"}),
        ("We want to stay in the Münsterland.", {"distance"}),
        ("Wir suchen 2 ha als Ersatz für zwei Altbauten mit 800 m².", {"site"}),
        ("We seek 2 ha as a replacement for two old buildings of 800 m².", {"site"}),
        ("Ein neues Labor soll unsere Bestandshalle ersetzen.", {"site"}),
        ("A new laboratory should replace our existing hall.", {"site"}),
        ("Wir wollen von einem Altbau in eine Halle umziehen.", {"site"}),
        ("We want to move from an existing building to a hall.", {"site"}),
    ],
)
def test_what_is_replaced_is_not_asked_for_and_where_one_stays_is(text, facets):
    needs = stated(text)
    assert {need.facet for need in needs} == facets
    assert not any("existing_building" in need.topics for need in needs)


@pytest.mark.parametrize(
    "text",
    [
        "Käserei, am heutigen Standort im Norden der Region von Wohnungen eingekreist.",
        "Cheese dairy, hemmed in by housing at its present site in the north of the region.",
    ],
)
def test_where_the_present_premises_lie_is_a_hint_and_no_requirement(text):
    assert said(text) == {("distance", "wish")}


@pytest.mark.parametrize(
    "text",
    [
        "Gesprächsnotiz, finnischer Zulieferer von Sitzgestellen.",
        "Zwei promovierte Physikerinnen, Ausgründung aus ihrer Hochschule.",
        "Unsere Plattform plant Touren zu Lagerhallen.",
        "Note of a call, Finnish supplier of seat frames.",
        "Two physicists with PhDs, spinning out of their university.",
        "Our platform plans tours to warehouses.",
    ],
)
def test_who_writes_and_what_the_product_does_is_no_wish(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("Wir brauchen ein Gleis; zwei Hallen, falls eine ausfällt.", {"access", "site"}),
        ("We need a siding; two halls, in case one is closed.", {"access", "site"}),
        ("Betrieb rund um die Uhr, 90 Kräfte – also Stadtbahn vor der Tür.", {"access"}),
        ("A workshop runs around the clock, so light rail at the door.", {"access"}),
    ],
)
def test_a_case_told_spoils_no_wish_and_a_consequence_is_one(text, facets):
    assert facets <= {need.facet for need in stated(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Wir wollen an den östlichen Rand der Region, weil die meisten Kunden im Sauerland sitzen.",
        "We want the eastern edge of the region as most customers are in the Sauerland.",
    ],
)
def test_a_reason_is_a_hint_at_most(text):
    assert [need.is_must for need in stated(text)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Toll wären ein Gleisanschluss, Krankenhäuser als Kunden und eine Universität.",
        "Idealerweise mit Gleisanschluss, Krankenhäusern als Kunden und einer Universität.",
        "Ein Gleisanschluss, Krankenhäuser als Kunden und eine Universität sind ein Wunsch.",
        "A rail siding, hospitals as customers and a university would be great.",
        "Ideally with a rail siding, hospitals as customers and a university.",
        "A rail siding, hospitals as customers and a university are a wish.",
    ],
)
def test_a_wish_holds_for_its_whole_list(text):
    assert said(text) == {("access", "wish"), ("cluster", "wish"), ("research", "wish")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wir suchen ein Labor, und, wenn möglich, einen Gleisanschluss.",
            {"site": "must", "access": "wish"},
        ),
        (
            "Wir suchen ein Labor, wenn möglich, sonst einen Gleisanschluss.",
            {"site": "wish", "access": "must"},
        ),
        ("Gesucht: ein Gleisanschluss, ein Labor, wenn möglich.", {"site": "wish", "access": "must"}),
        ("Ein Labor wird gesucht; ein Gleisanschluss wäre toll.", {"site": "must", "access": "wish"}),
        ("We need a laboratory and, if possible, a rail siding.", {"site": "must", "access": "wish"}),
        ("We need a laboratory, if possible, otherwise a siding.", {"site": "wish", "access": "must"}),
        ("Wanted: a rail siding, a laboratory, if possible.", {"site": "wish", "access": "must"}),
        ("A laboratory is wanted; a rail siding would be great.", {"site": "must", "access": "wish"}),
        ("We need a rail siding, plus a laboratory.", {"site": "must", "access": "must"}),
        ("A laboratory for critical-infrastructure software would be a plus.", {"site": "wish"}),
    ],
)
def test_a_wish_holds_for_no_more_than_it_stands_with(text, expected):
    assert said(text) == set(expected.items())
