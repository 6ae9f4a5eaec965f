"""Sixty questions in each language, annotated by hand: most are answered, and none wrongly."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

from corpus.records import Language, Region
from matcher.rfi import answer_sheet
from matcher.rfi.answering import Responder
from matcher.rfi.reading import read_question
from models.encoder import Encoder
from models.load import load_encoder
from tests.matcher.rfi.conftest import excel_sheet

FOLDER = Path(__file__).parent
IDS = {"dortmund": "05913000", "marl": "05562024"}
HEADINGS: dict[Language, list[str]] = {
    "de": ["Nr.", "Frage", "Antwort", "Quelle", "Stand"],
    "en": ["No.", "Question", "Answer", "Source", "Date"],
}


@pytest.fixture(scope="module")
def real_encoder() -> Encoder:
    return load_encoder("fast")


def questions() -> list[dict[str, str]]:
    with (FOLDER / "questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def says(answer: str, expected: str) -> bool:
    """Whether an answer holds every expected piece; a piece may be given as German/English."""
    plain = re.sub(r"(?<=\d)[.,](?=\d)", "", answer).lower()
    pieces = [re.sub(r"(?<=\d)[.,](?=\d)", "", piece).lower() for piece in expected.split("|")]
    return all(any(wording in plain for wording in [piece, *piece.split("/")]) for piece in pieces)


@pytest.mark.slow
@pytest.mark.parametrize("place", IDS)
@pytest.mark.parametrize("language", HEADINGS)
def test_sixty_questions_are_answered_rightly_or_left_unknown(
    ruhr: Region, real_encoder: Encoder, language: Language, place: str
) -> None:
    rows = questions()
    assert len(rows) == 60
    asked = excel_sheet([row[f"question_{language}"] for row in rows], HEADINGS[language])
    data = answer_sheet(asked, "rfi.xlsx", ruhr, real_encoder, [IDS[place]])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["RFI"]
    answered = list(sheet.iter_rows(min_row=5, values_only=True))
    assert all(all(cells) for cells in answered)
    is_known = [not str(cells[2]).startswith(("unbekannt – ", "unknown – ")) for cells in answered]
    wrong = [
        (row["id"], cells[2])
        for row, cells, known in zip(rows, answered, is_known, strict=True)
        if known and not says(str(cells[2]), row[place])
    ]
    assert wrong == []
    if place == "dortmund":
        assert sum(is_known) >= 36


@pytest.mark.slow
@pytest.mark.parametrize("language", HEADINGS)
def test_what_is_known_is_found_under_other_words_too(
    ruhr: Region, real_encoder: Encoder, language: Language
) -> None:
    with (FOLDER / "paraphrases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    responder = Responder(ruhr, real_encoder, (IDS["dortmund"],), language)
    answers = {
        row["id"]: responder.answer(row[f"question_{language}"], responder.locations[0]) for row in rows
    }
    expected = {row["id"]: row["dortmund"] for row in rows}
    known = {key: answer for key, answer in answers.items() if answer}
    wrong = [key for key, answer in known.items() if not says(answer.text, expected[key])]
    assert wrong == []
    assert len(known) >= 0.9 * sum(row["dortmund"] != "?" for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("language", HEADINGS)
def test_questions_that_only_sound_like_a_known_fact_stay_unknown(
    ruhr: Region, real_encoder: Encoder, language: Language
) -> None:
    near_misses = (FOLDER / "near_misses.txt").read_text(encoding="utf-8").splitlines()
    responder = Responder(ruhr, real_encoder, (IDS["dortmund"],), language)
    for question in near_misses:
        assert responder.answer(question, responder.locations[0]) is None, question


@pytest.mark.parametrize(
    ("question", "left_over"),
    [
        ("Arbeitslosenquote", ()),
        ("Wie hoch ist die Arbeitslosenquote der Frauen?", ("frauen",)),
        ("Unemployment rate", ()),
        ("Youth unemployment rate", ("youth",)),
        ("Welche Autobahnen führen durch Dortmund?", ()),
        ("Welche Autobahnen führen durch Essen?", ("essen",)),
    ],
)
def test_every_word_of_a_question_counts(question: str, left_over: tuple[str, ...]) -> None:
    assert read_question(question, ["Dortmund"]).left_over == left_over
