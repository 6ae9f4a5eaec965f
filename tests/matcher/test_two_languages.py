"""The same, said in German and in English, is read into the same needs and the same function."""

from __future__ import annotations

import pytest

from matcher.brief import FUNCTIONS, Need
from matcher.profile import phrase_counts
from tests.matcher.readings import read, stated


def essence(need: Need) -> tuple[object, ...]:
    place = need.place.name if need.place else None
    return need.facet, sorted(need.topics), need.is_must, need.is_avoided, need.minimum, need.maximum, place


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Gesucht: Gleis am Grundstück.", "Wanted: a track on the plot."),
        ("Gesucht: Haltestelle zu Fuß.", "Wanted: a stop on foot."),
        ("Gesucht: Bahnhof zu Fuß.", "Wanted: a station on foot."),
        ("Gesucht: ein Radschnellweg.", "Wanted: a fast cycle route."),
        ("Direktflüge nach Oslo sind wichtig.", "Direct flights to Oslo are important."),
        ("Gesucht: Grundwasser und Reinstwasser.", "Wanted: groundwater and ultrapure water."),
        ("Zweite Einspeisung nötig.", "A second feed is required."),
        ("Photovoltaik wäre willkommen.", "Photovoltaics would be welcome."),
        ("Fernwärme ist denkbar.", "District heating is conceivable."),
        ("Das Veterinäramt muss erfahren sein.", "The veterinary office must be experienced."),
        ("Gesucht: Augenoptiker und Kryptologen.", "Wanted: dispensing opticians and cryptologists."),
        ("Gesucht: Staplerfahrer.", "Wanted: forklift drivers."),
        ("Gesucht: Metallfacharbeiter.", "Wanted: metalworkers."),
        ("Gesucht: Logistikfachkräfte.", "Wanted: logisticians."),
        ("Wir brauchen Strom, Gas und Wasser.", "We need power, gas and water."),
        ("Wasserrecht für 1.000 m³ am Tag.", "Water rights for 1,000 m³ a day."),
        ("Alle Standorte außer Duisburg.", "All sites except Duisburg."),
        ("Weder Essen noch Hamm kommen in Frage.", "Neither Essen nor Hamm come into question."),
        ("Lieber Bestand als Neubau.", "An existing building rather than new build, preferably."),
        (
            "Energieintensive Produktion, 80 GWh Gas im Jahr.",
            "Energy-intensive production, 80 GWh of gas a year.",
        ),
        (
            "Wir brauchen jedes Jahr 30 Absolventen der Verfahrenstechnik.",
            "We need 30 process engineering graduates every year.",
        ),
        ("Ein bilingualer Kindergarten wäre toll.", "A bilingual kindergarten would be great."),
        ("Ein Ansprechpartner für alle Genehmigungen.", "One contact for all permits."),
        ("Ein Investor für die erste Finanzierungsrunde.", "An investor for the first funding round."),
        (
            "Gesucht: Kälte und Druckluft.",
            "Wanted: cooling and compressed air.",
        ),
        (
            "Gesucht: andere Maschinenbauer in der Nachbarschaft.",
            "Wanted: other mechanical engineering firms in the neighbourhood.",
        ),
        ("Gesucht: Personal ohne Vorkenntnisse.", "Wanted: personnel with no previous knowledge."),
        ("Umspannwerk in Sichtweite wäre praktisch.", "A substation within sight would be handy."),
        (
            "Ihre Anfahrt darf eine halbe Stunde nicht übersteigen.",
            "Their journey not to exceed half an hour.",
        ),
        ("Abstand zu Wohnhäusern ist wichtig.", "Distance from dwellings is important."),
        ("Herten prüfen wir.", "Herten we are checking."),
        ("Bürofläche im Süden Essens.", "Office space in the south of Essen."),
        ("Büro im Hagener oder Essener Zentrum.", "Office in the centre of Hagen or Essen."),
        ("Kraftwerke von Herten bis Bottrop.", "Power stations from Herten to Bottrop."),
        ("Raum Herten bis Bottrop.", "The area Herten to Bottrop."),
        ("Auf halbem Weg zwischen Hagen und Essen.", "Halfway between Hagen and Essen."),
        ("Stellmacher als Abnehmer im Umkreis von 30 km.", "Wheelwrights as buyers within 30 km."),
        ("Gesucht ist eine urbane Lage.", "Wanted: an urban location."),
        ("Drei Millionen Menschen im Umkreis von 40 km.", "Three million people within 40 km."),
        ("Gesucht ist Laufkundschaft.", "Wanted: passing trade."),
        (
            "Zwischen Herten und Bottrop kennt uns jeder, wegziehen wollen wir nicht.",
            "Between Herten and Bottrop everyone knows us, moving away is not what we want.",
        ),
    ],
)
def test_a_wish_is_read_alike(german: str, english: str) -> None:
    assert [essence(need) for need in stated(german)] == [essence(need) for need in stated(english)] != []


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Jury versteht Zellkulturen.", "The jury knows cell culture."),
        ("Wir bauen zwei OP-Säle um.", "We fit out two operating theatres."),
        ("Naturschutz kennen wir.", "We know nature conservation."),
        ("Bahnhof ist kein Muss.", "A railway station is no must."),
    ],
)
def test_what_only_sounds_like_a_wish_is_none(german: str, english: str) -> None:
    assert [*stated(german), *stated(english)] == []


def test_who_grants_permissions_grants_no_money() -> None:
    assert all(need.facet != "cost" for need in stated("The municipality should grant permissions readily."))


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen Abstand zu Gießereien.",
        "We need distance from foundries.",
        "Machine works as test users within a half-hour radius.",
        "Maschinenbauer als Testanwender im Radius einer halben Stunde.",
    ],
)
def test_how_far_neighbours_may_be_is_no_way_to_a_place(text: str) -> None:
    assert all(need.facet != "distance" for need in read(text).needs)


@pytest.mark.parametrize(
    "text",
    [
        "Unser Lager in Herne brannte im März ab.",
        "Our warehouse in Herne burnt down in March.",
        "Die Bleche kommen aus Witten und Bochum.",
        "The sheets come from Witten and Bochum.",
        "Netzbetreiber, 300 Leute in Bochum, Witten und Herne.",
        "Grid operator, 300 people in Bochum, Witten and Herne.",
        "Nach 30 Jahren am Hafen in Witten reicht der Platz nicht.",
        "After 30 years at the port in Witten there is no room left.",
        "Vor drei Jahren haben wir einen Betrieb in Witten gekauft.",
        "Three years ago we bought a firm in Witten.",
        "Ein Büro statt Witten und Bochum.",
        "One office in place of Witten and Bochum.",
    ],
)
def test_where_something_happened_or_comes_from_is_only_told_of(text: str) -> None:
    assert all(need.span is None for need in read(text).needs if need.facet == "distance")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Hersteller plant eine Mühle.", "The manufacturer plans a mill."),
        ("Spediteur mit Lagerhalle und Ersatzteilen.", "Haulier with a warehouse and spare parts."),
        ("Die Verlagerung der Prüflabore.", "The relocation of the test labs."),
        ("Nahe am öffentlichen Nahverkehr.", "Close to public transport."),
    ],
)
def test_phrases_of_a_function_are_counted_alike(german: str, english: str) -> None:
    n_functions = len(FUNCTIONS)
    assert phrase_counts([german])[:n_functions] == phrase_counts([english])[:n_functions]
