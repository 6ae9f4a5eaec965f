"""Promises about sentences: where they end, where clauses part, and in which language they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.sentences import brief_language, clause_spans, is_mixed, language_of, sentences


def test_abbreviations_figures_and_ordinals_do_not_end_a_sentence() -> None:
    text = "Wir suchen ca. 2,5 ha, z. B. in Essen, ab dem 3. Quartal 2026. Budget 30 Mio. Euro. Danke!"
    assert [sentence.text for sentence in sentences(text)] == [
        "Wir suchen ca. 2,5 ha, z. B. in Essen, ab dem 3. Quartal 2026.",
        "Budget 30 Mio. Euro.",
        "Danke!",
    ]


def test_a_decimal_comma_does_not_part_a_clause() -> None:
    text = "Wir suchen 2,5 ha, einen Gleisanschluss; dazu 10 MW."
    assert [text[a:b] for a, b in clause_spans(text)] == [
        "Wir suchen 2,5 ha",
        "einen Gleisanschluss",
        "dazu 10 MW.",
    ]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Wir suchen ein Grundstück mit Gleisanschluss.", "de"),
        ("We are looking for a plot with a rail siding.", "en"),
        ("Nous cherchons un terrain industriel avec une voie ferrée et un port.", "undetermined"),
        ("OK", "undetermined"),
    ],
)
def test_the_language_of_a_sentence_is_told(sentence: str, language: str) -> None:
    assert language_of(sentence) == language


def test_a_mixed_text_keeps_both_languages() -> None:
    text = "Wir suchen eine Halle mit Gleisanschluss. We need at least 5 MW of power. Danke für Ihre Mühe."
    assert [sentence.language for sentence in sentences(text)] == ["de", "en", "de"]
    assert is_mixed(text)
    assert brief_language(text) == "de"


@given(st.text(max_size=300))
def test_spans_of_sentences_and_clauses_quote_the_text(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        for start, stop in clause_spans(text, sentence.start, sentence.end):
            assert sentence.start <= start < stop <= sentence.end
        end = sentence.end
