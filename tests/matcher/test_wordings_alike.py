"""A need in German words and in English ones gets the same strengths, whatever its vector says."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.records import Region
from matcher.brief import Facet, Need
from matcher.facts import Facts
from matcher.geometry import Doubles
from matcher.queries import level_in
from matcher.strengths import find
from matcher.strengths.question import Question
from matcher.tokens import words_of


@pytest.fixture(scope="module")
def facts(ruhr: Region) -> Facts:
    return Facts(ruhr)


def strengths(facts: Facts, text: str, facet: Facet, *topics: str) -> Doubles:
    """Strengths in all locations where every hundredth statement half means what the need says, shape (n_locations,)."""
    n_statements = len(facts.evidence)
    meaning = np.where(np.arange(n_statements) % 100 == 0, 0.5, 0.0)
    need = Need("n", text, None, facet, 0, topics=topics)
    return find(Question(need, "production", facts, meaning, np.ones(n_statements, dtype=bool))).strengths


SAME: list[tuple[Facet, tuple[str, ...], str, str]] = [
    ("talent", (), "Facharbeiter aus dem Maschinenbau", "skilled workers from mechanical engineering"),
    ("talent", (), "Kältetechniker", "refrigeration technicians"),
    ("talent", (), "Chemielaboranten", "chemical laboratory assistants"),
    ("talent", (), "Elektrotechniker", "electrical engineers"),
    ("talent", (), "Umwelttechniker mit FH-Abschluss", "environmental engineers with a degree"),
    ("access", ("long_distance_rail",), "Bahnhof, höchstens entfernt", "station, at most away"),
    ("access", ("long_distance_rail",), "Fernbahnhof", "mainline station"),
    ("access", ("public_transport",), "mit Bus und Bahn", "by bus and train"),
    ("access", ("public_transport",), "Halt des Regionalexpress", "regional express stop"),
    ("access", ("public_transport",), "Haltestelle vor der Tür", "stop outside the door"),
    ("utilities", ("water",), "Anschluss an die Kläranlage", "sewage works connection"),
    ("cluster", ("suppliers",), "Maschinenbaufirmen ringsum", "machine-building companies round about"),
    ("cluster", ("customers",), "ein Werk als Erstanwender", "a works as first user"),
    ("partners", (), "die Kommune soll mitziehen", "the local council should go along"),
    ("partners", (), "Zollamt vor Ort", "customs office on the spot"),
    ("quality_of_life", (), "Schule in der Stadt", "school in town"),
    ("quality_of_life", (), "Hotels in Laufnähe", "hotels within walking distance"),
    ("cost", (), "bezahlbar", "affordable"),
    ("site", ("land",), "Eigentum angestrebt", "we aim to own"),
]


@pytest.mark.parametrize(("facet", "topics", "german", "english"), SAME, ids=[row[2] for row in SAME])
def test_what_either_language_says_of_kind_reach_and_number_counts_alike(
    facts: Facts, facet: Facet, topics: tuple[str, ...], german: str, english: str
) -> None:
    of_german, of_english = (strengths(facts, text, facet, *topics) for text in (german, english))
    np.testing.assert_allclose(of_german, of_english)
    assert of_german.std() > 0


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Masterstudierende der Kryptografie", "master"),
        ("master's students of cryptography", "master"),
        ("promovierte Fachleute", "phd_centre"),
        ("specialists with doctorates", "phd_centre"),
        ("Zahntechnikermeister", None),
        ("master dental technicians", None),
    ],
)
def test_a_degree_is_told_in_either_language_and_a_master_of_a_trade_has_none(
    text: str, level: str | None
) -> None:
    assert level_in(words_of(text)) == level
