"""Needs in words the lexicon lacks are read alike in both languages, and only where the meaning is sure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from matcher.brief import Brief
from matcher.clause_examples import read_clauses
from matcher.errors import MatcherError
from matcher.understand import understand
from models.encoder import Encoder, Floats
from models.load import load_encoder
from tests.matcher.readings import REGION

IDLE = (
    "Vielen Dank für Ihre Mühe.",
    "Mit freundlichen Grüßen",
    "Wir wurden 1950 von zwei Brüdern gegründet.",
    "We look forward to hearing from you.",
    "The weather was lovely last week.",
)


@cache
def encoder() -> Encoder:
    return load_encoder("default")


class OtherEncoder:
    """Gives the default encoder's vectors under another name."""

    fingerprint = "other"
    dimension = 384

    def encode(self, texts: list[str]) -> Floats:
        return encoder().encode(texts)


class CountingEncoder(OtherEncoder):
    """The default encoder, with the number of its calls."""

    def __init__(self) -> None:
        self.fingerprint = encoder().fingerprint
        self.n_calls = 0

    def encode(self, texts: list[str]) -> Floats:
        self.n_calls += 1
        return super().encode(texts)


def told(text: str, with_encoder: Encoder | None = None) -> list[tuple[str, tuple[str, ...]]]:
    brief = understand(text, REGION, with_encoder or encoder())
    return [(need.facet, need.topics) for need in brief.needs if need.span]


def essence(brief: Brief) -> list[tuple[object, ...]]:
    return [(n.facet, n.topics, n.span and n.text, n.worth_tenths, n.is_must) for n in brief.needs]


@pytest.mark.parametrize(
    ("german", "english", "need"),
    [
        (
            "Unsere Waggons sollen bis ins Werk rollen.",
            "Our wagons should roll right into the works.",
            ("access", ("rail_freight",)),
        ),
        (
            "Eltern müssen wissen, dass ihre Kleinen gut betreut sind.",
            "Parents must know that their little ones are well looked after.",
            ("quality_of_life", ("childcare",)),
        ),
    ],
)
def test_a_need_without_a_cue_that_counts_is_told_alike_in_both_languages(
    german: str, english: str, need: tuple[str, tuple[str, ...]]
) -> None:
    assert told(german) == told(english) == [need]


def test_a_need_told_by_meaning_quotes_the_brief_and_is_a_wish() -> None:
    brief = understand("Our wagons should roll right into the works.", REGION, encoder())
    (need,) = [need for need in brief.needs if need.span]
    assert need.span is not None
    assert brief.text[need.span[0] : need.span[1]] == need.text
    assert not need.is_must


def test_with_another_encoder_the_classifier_is_silent() -> None:
    text = "Our wagons should roll right into the works."
    assert told(text, OtherEncoder()) == []


def test_the_encoder_is_called_once_a_brief() -> None:
    counting = CountingEncoder()
    understand("Wir suchen 5 ha. Kreative Köpfe zieht es in lebendige Städte.", REGION, counting)
    assert counting.n_calls == 1


@pytest.mark.parametrize("idle", IDLE)
def test_a_sentence_that_asks_for_nothing_changes_no_need(idle: str) -> None:
    plain = "Wir suchen 5 ha mit Gleisanschluss. The lorries should be on the trunk road within minutes."
    asked = essence(understand(plain, REGION, encoder()))
    assert essence(understand(f"{idle}\n{plain}", REGION, encoder())) == asked
    assert essence(understand(f"{plain}\n{idle}", REGION, encoder())) == asked


def test_a_label_that_is_no_facet_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "clauses.csv"
    path.write_text("text_de,text_en,label\nHafen,port,access:sea\n", encoding="utf-8")
    with pytest.raises(MatcherError, match="row 2: 'access:sea' is no label"):
        read_clauses(path)


def test_each_clause_stands_in_both_languages_under_a_label_of_at_least_five() -> None:
    pairs = read_clauses()
    assert len(pairs) >= 900
    assert len({(pair.german, pair.english) for pair in pairs}) == len(pairs)
    assert all(pair.german.strip() and pair.english.strip() for pair in pairs)
    labels, n_of_label = np.unique([pair.label for pair in pairs], return_counts=True)
    assert n_of_label.min() >= 5
    assert n_of_label[labels == "none"] >= 200
