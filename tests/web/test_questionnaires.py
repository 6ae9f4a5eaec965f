"""A questionnaire comes back answered, from the menu, a profile or a result; bad input gets its sentence and keeps the choice."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import StandInMatcher
from web.access import level_of
from web.app import create_app
from web.settings import Settings

QUESTIONS = {
    "de": ("Frage", "Antwort", "Wie hoch ist der Mond?"),
    "en": ("Question", "Answer", "How high is the moon in this city?"),
}


def questionnaire(language: str = "de") -> bytes:
    question, answer, moon = QUESTIONS[language]
    book = openpyxl.Workbook()
    book.active.append(["Nr.", question, answer])
    book.active.append([1, moon, None])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(
    client: FlaskClient, path: str, data: bytes | None, name: str = "fragen.xlsx", **form: object
) -> TestResponse:
    file = {} if data is None else {"file": (io.BytesIO(data), name)}
    return client.post(path, data={**file, **form})


def answers(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    return [str(sheet.cell(row, 3).value) for row in range(2, sheet.max_row + 1)]


def sentence(response: TestResponse, field: str) -> str:
    assert response.status_code == 422
    page = BeautifulSoup(response.text, "html.parser")
    found = page.select_one(f"#{field}-error")
    assert found is not None, response.text
    assert page.select_one(f"[aria-describedby={field}-error]") is not None
    return found.text


def chosen(response: TestResponse) -> list[str]:
    page = BeautifulSoup(response.text, "html.parser")
    return [str(option["value"]) for option in page.select("option[selected]") if option["value"]]


def test_the_menu_and_each_profile_lead_to_the_questionnaire(client: FlaskClient) -> None:
    menu = BeautifulSoup(client.get("/").text, "html.parser").select_one("nav a[href='/questionnaire']")
    assert menu is not None
    profile = BeautifulSoup(client.get("/locations/05900003").text, "html.parser")
    link = profile.select_one("a[href^='/questionnaire?']")
    assert link is not None
    assert chosen(client.get(str(link["href"]))) == ["05900003"]


def test_a_questionnaire_is_answered_without_a_brief(client: FlaskClient) -> None:
    response = send(client, "/questionnaire", questionnaire(), answer_for="05900002")
    assert answers(response) == ["unbekannt – Wirtschaftsförderung Bochum – anzufragen"]
    assert "fragen-beantwortet.xlsx" in response.headers["Content-Disposition"]


def test_one_to_four_locations_answer_each_question_together(client: FlaskClient) -> None:
    four = ["05900002", "", "05900003", "05900004", "05900006", "05900002"]
    (together,) = answers(send(client, "/questionnaire", questionnaire(), answer_for=four))
    assert [line.split(":")[0] for line in together.splitlines()] == [
        "Bochum",
        "Castrop",
        "Dortmund",
        "Fröndenberg",
    ]


@pytest.mark.parametrize(("language", "start"), [("", "unknown"), ("de", "unbekannt"), ("en", "unknown")])
def test_the_language_of_the_answers_is_the_sheet_s_own_or_the_chosen_one(
    client: FlaskClient, language: str, start: str
) -> None:
    form = {"answer_for": "05900002", "language": language}
    assert answers(send(client, "/questionnaire", questionnaire("en"), **form))[0].startswith(start)


def test_from_a_result_the_file_is_named_after_the_code_name(client: FlaskClient, draft_url: str) -> None:
    draft_page = client.get(f"{draft_url}/questionnaire").text
    assert "05900006 05900005" in draft_page  # the joint bid of the result
    assert client.post(f"{draft_url}/save", data={"code_name": "Reiher"}).status_code == 302
    response = send(client, f"{draft_url}/questionnaire", questionnaire(), answer_for="05900006 05900005")
    assert "Reiher-Fragebogen.xlsx" in response.headers["Content-Disposition"]
    assert len(answers(response)[0].splitlines()) == 2


@pytest.mark.parametrize("path", ["/questionnaire", "draft"])
@pytest.mark.parametrize(
    ("form", "field", "german", "english"),
    [
        ({"answer_for": ""}, "answer_for", "Wählen Sie den Standort", "Choose the location"),
        ({"answer_for": "nix"}, "answer_for", "Wählen Sie den Standort", "Choose the location"),
        (
            {"answer_for": [f"0590000{n}" for n in range(1, 6)]},
            "answer_for",
            "höchstens 4 Standorte",
            "at most 4 locations",
        ),
        (
            {"answer_for": "05900001 " * 300 + " ".join(f"0590000{n}" for n in range(1, 7))},
            "answer_for",
            "höchstens 4",
            "at most 4",
        ),
        (
            {"answer_for": "05900003", "language": "fr"},
            "language",
            "Sprache der Antworten",
            "Choose the language",
        ),
    ],
)
def test_a_choice_that_does_not_fit_gets_its_sentence_in_both_languages(
    client: FlaskClient,
    draft_url: str,
    path: str,
    form: dict[str, object],
    field: str,
    german: str,
    english: str,
) -> None:
    path = f"{draft_url}/questionnaire" if path == "draft" else path
    for language, words in (("de", german), ("en", english)):
        client.get(f"/language/{language}")
        response = send(client, path, questionnaire(), **form)
        assert words in sentence(response, field)
        assert sentence(response, "file")  # a browser does not keep the file, and the page says so


@pytest.mark.parametrize(
    ("data", "name", "german", "english"),
    [
        (None, "", "Wählen Sie den Fragebogen", "Choose the investor"),
        (b"no book", "fragen.xlsx", "lässt sich nicht als .xlsx öffnen", "cannot be opened as .xlsx"),
        (b"no table", "fragen.docx", "lässt sich nicht als .docx öffnen", "cannot be opened as .docx"),
        (
            b"%PDF-1.7",
            "fragen.pdf",
            "werden als .xlsx oder .docx beantwortet",
            "are answered as .xlsx or .docx",
        ),
    ],
)
def test_a_file_that_is_no_questionnaire_gets_its_sentence_and_the_choice_is_kept(
    client: FlaskClient, data: bytes | None, name: str, german: str, english: str
) -> None:
    form = {"answer_for": ["05900003", "05900004", "", ""], "language": "en"}
    for language, words in (("de", german), ("en", english)):
        client.get(f"/language/{language}")
        response = send(client, "/questionnaire", data, name, **form)
        assert words in sentence(response, "file")
        assert chosen(response) == ["05900003", "05900004", "en"]
        assert "Traceback" not in response.text


def test_a_questionnaire_that_takes_too_long_is_given_up(
    stand_in: StandInMatcher, settings: Settings
) -> None:
    app = create_app(stand_in, replace(settings, parsing_seconds=0.01))
    app.config["WTF_CSRF_ENABLED"] = False
    response = send(app.test_client(), "/questionnaire", questionnaire(), answer_for="05900002")
    assert "braucht zu lange" in sentence(response, "file")


def far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Frage"
    book.active["XFD1048576"] = "weit weg"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_sheet_whose_last_cell_is_far_away_is_refused_at_once(client: FlaskClient) -> None:
    response = send(client, "/questionnaire", far_cell(), answer_for="05900002")
    assert "zu viele Zellen" in sentence(response, "file")


def test_the_server_s_own_process_never_opens_the_file(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(openpyxl, "load_workbook", None)
        response = send(client, "/questionnaire", questionnaire(), answer_for="05900002")
    assert answers(response)


def behind_its_table(filler: bytes, n_bytes: int) -> bytes:
    """A Word file with a table of questions, and behind it `n_bytes` of an element, again and again."""
    document, small, large = docx.Document(), io.BytesIO(), io.BytesIO()
    document.add_table(1, 2).rows[0].cells[0].text = "Frage"
    document.save(small)
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            xml = old.read(part)
            new.writestr(part, xml.replace(b"</w:tbl>", b"</w:tbl>" + filler * (n_bytes // len(filler))))
    return large.getvalue()


def with_merged_cell(n_columns: int) -> bytes:
    """A Word file whose one row says that it covers `n_columns`."""
    document, target = docx.Document(), io.BytesIO()
    document.add_table(1, 1).rows[0].cells[0]._tc.grid_span = n_columns
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        behind_its_table(b"<w:tbl><w:tr>" + b"<w:tc><w:p/></w:tc>" * 50 + b"</w:tr></w:tbl>", 5_000_000),
        with_merged_cell(2_000_000_000),
    ],
    ids=["cells", "span"],
)
def test_word_tables_with_too_many_cells_are_refused_at_once(client: FlaskClient, data: bytes) -> None:
    response = send(client, "/questionnaire", data, "fragen.docx", answer_for="05900002")
    assert "zu viele Zellen" in sentence(response, "file")


@pytest.mark.slow
def test_a_file_that_outgrows_the_memory_limit_costs_a_sentence_and_not_the_server(
    client: FlaskClient,
) -> None:
    response = send(
        client,
        "/questionnaire",
        behind_its_table(b"<w:p/>", 58_000_000),
        "fragen.docx",
        answer_for="05900002",
    )
    assert "nicht als .docx öffnen" in sentence(response, "file")
    assert answers(send(client, "/questionnaire", questionnaire(), answer_for="05900002"))


def test_a_municipal_reader_is_neither_shown_nor_let_to_the_questionnaire(app: Flask) -> None:
    assert level_of(app, "questionnaires.show") == "developer"
    assert level_of(app, "questionnaires.answer") == "developer"
