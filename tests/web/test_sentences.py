"""Every wrong input, on every form and to every address, is answered in the reader's language."""

from __future__ import annotations

import ast
import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.records import Language
from matcher.intake.limits import MAX_CHARACTERS
from tests.matcher.documents import as_mail
from tests.matcher.test_intake import blank_pdf
from tests.web.conftest import BRIEF_TEXT, StandInMatcher
from tests.web.test_missions import DELEGATION, PLAN, TARGETS
from web.app import create_app
from web.language import LANGUAGES
from web.settings import Settings
from web.storage import accounts, briefs

ENGLISH = re.compile(
    r"\b(the|is|are|and|with|for|of|choose|give|save|write|already|there|it|to|that)\b", re.I
)
GERMAN = re.compile(r"\b(der|die|das|ist|und|mit|für|nicht|bitte|wählen|geben|schon|keine?|zu)\b", re.I)
PASSWORD = "correct horse battery"
Act = Callable[[FlaskClient], TestResponse]


def posted(path: str, **fields: object) -> Act:
    return lambda client: client.post(path, data=fields)


def sent(path: str, field: str, name: str, data: bytes, **fields: object) -> Act:
    """A form with one file."""
    return lambda client: client.post(
        path, data={field: (io.BytesIO(data), name), **fields}, content_type="multipart/form-data"
    )


def in_draft(path: str, **fields: object) -> Act:
    """A form of a draft that was just begun."""

    def act(client: FlaskClient) -> TestResponse:
        needs = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"]
        return client.post(needs.removesuffix("/needs") + path, data=fields)

    return act


def needs_with(**wrong: str) -> Act:
    good = {"function": "production"}
    for need in ("n1", "n2", "n3"):
        good |= {f"{need}-text": "Fläche", f"{need}-facet": "site", f"{need}-worth": "10"}
    return in_draft("/needs", **{**good, **{name.replace("_", "-"): value for name, value in wrong.items()}})


def newer_version(client: FlaskClient) -> TestResponse:
    """Save a draft on top of a brief that someone else has changed meanwhile."""
    draft = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"].removesuffix("/needs")
    saved = client.post(f"{draft}/save", data={"code_name": "Reiher"}).headers["Location"]
    with client.application.extensions["database"].session() as session:
        brief_id = int(saved.rpartition("/")[2])
        briefs.save_version(session, brief_id, "{}", based_on=1, author="someone")
    return client.post(f"{draft}/save", data={"code_name": "Reiher"})


def deleted_meanwhile(client: FlaskClient) -> TestResponse:
    draft = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"].removesuffix("/needs")
    saved = client.post(f"{draft}/save", data={"code_name": "Reiher"}).headers["Location"]
    client.post(f"{saved}/erase")
    return client.post(f"{draft}/save", data={"code_name": "Reiher"})


def no_column_mapped(client: FlaskClient) -> TestResponse:
    columns = sent("/leads/", "file", "leads.csv", b"Firma;Ort\nA;B\n")(client).headers["Location"]
    return client.post(columns, data={})


def unknown_column(client: FlaskClient) -> TestResponse:
    columns = sent("/leads/", "file", "leads.csv", b"Firma;Branche\nA;B\n")(client).headers["Location"]
    return client.post(columns, data={"industry": "Zweig"})


BRIEF_FILES: dict[str, bytes] = {
    "leer.txt": b" ",
    "bild.png": b"\x89PNG",
    "tabelle.xlsx": b"PK",
    "alt.doc": b"\xd0\xcf\x11\xe0",
    "makro.docm": b"PK",
    "folien.pptx": b"PK",
    "text.odt": b"PK",
    "text.rtf": b"{\\rtf1}",
    "mail.msg": b"x",
    "archiv.zip": b"PK",
    "fremd.xyz": b"x",
    "binaer.txt": b"\x00\x01\x02" * 500,
    "bruch.txt": b"\xff\xfea",
    "kaputt.pdf": b"%PDF-1.7 nothing",
    "scan.pdf": blank_pdf(2),
    "lang.pdf": blank_pdf(201),
    "kaputt.docx": b"PK\x03\x04 nothing",
    "karte.eml": b"Wir suchen 5 ha ohne jeden Kopf",
    "viele.eml": as_mail("5 ha", *[(f"{i}.txt", b"5 ha") for i in range(11)]),
    "stumm.html": b"<html><body><script>5 ha</script></body></html>",
    "gross.txt": b"Wir suchen 5 ha. " * 9000,
}
LEAD_FILES: dict[str, bytes] = {
    "leads.pdf": b"x",
    "leer.csv": b"",
    "kaputt.xlsx": b"PK nothing",
    "kaputt.parquet": b"PAR1",
    "ohne.csv": b"\n\n",
    "ohne.jsonl": b"",
}
ACTS: dict[str, Act] = {
    "no text": posted("/", text=""),
    "too long a text": posted("/", text="x" * (MAX_CHARACTERS + 1)),
    "real name without a code name": posted("/", text=BRIEF_TEXT, real_name="Acme Robotics"),
    "a code name that tells": posted("/", text=BRIEF_TEXT, real_name="Acme", code_name="Acme"),
    "too long a code name": posted("/", text=BRIEF_TEXT, code_name="x" * 121),
    **{f"brief {name}": sent("/", "file", name, data) for name, data in BRIEF_FILES.items()},
    "no number": needs_with(n1_minimum="viel"),
    "no unit": needs_with(n1_minimum="5"),
    "upside down": needs_with(n1_minimum="5", n1_maximum="3", n1_unit="ha"),
    "no words": needs_with(n1_text=""),
    "no facet": needs_with(n1_facet="x"),
    "no function": needs_with(function="x"),
    "no worth": needs_with(n1_worth="x"),
    "all worths zero": needs_with(n1_worth="0", n2_worth="0", n3_worth="0"),
    "no needs": in_draft("/needs", function="production"),
    "a worth that is no number": in_draft("/worths", **{"n1-worth": "x", "n2-worth": "1", "n3-worth": "1"}),
    "no worth at all": in_draft("/worths", **{"n1-worth": "0", "n2-worth": "0", "n3-worth": "0"}),
    "saved without a code name": in_draft("/save", code_name=""),
    "saved under a name that tells": in_draft("/save", code_name="Acme", real_name="Acme"),
    "someone else saved": newer_version,
    "deleted meanwhile": deleted_meanwhile,
    "no questionnaire": posted("/questionnaire"),
    "no lead file": posted("/leads/"),
    **{f"leads {name}": sent("/leads/", "file", name, data) for name, data in LEAD_FILES.items()},
    "no column mapped": no_column_mapped,
    "a column that is not there": unknown_column,
    "no mission files": posted("/missions"),
    "no first administrator": posted("/accounts", name="a", password="x" * 12, role="reader"),
    "too short a password": posted("/accounts", name="a", password="x", role="administrator"),
    "no account name": posted("/accounts", name=" ", password="x" * 12, role="administrator"),
    "no such page": lambda client: client.get("/none"),
    "no such draft": lambda client: client.get("/work/none/result"),
    "wrong method": lambda client: client.get("/account/password"),
    "too large": posted("/", text="x" * (2 * 1024 * 1024 + 1)),
}
PROBLEMS: dict[str, object] = {
    "no object": [],
    "no text": {},
    "unknown field": {"text": "5 ha", "more": 1},
    "no whole number": {"text": "5 ha", "top": -1},
    "no name": {"text": "5 ha", "exclude": 5},
    "no id": {"text": "5 ha", "id": ""},
    "both": {"text": "5 ha", "needs": []},
    "needs of nothing": {"needs": []},
    "a need that is text": {"needs": ["5 ha"]},
    "needs that are text": {"needs": "5 ha"},
    "no worths": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": 0}]},
    "no facet": {"needs": [{"text": "5 ha", "facet": "x", "worth_tenths": 1}]},
    "no span": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": 1, "span": 5}]},
    "a span outside": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": 1, "span": [0, 9]}]},
    "no level": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": 1, "level": "x"}]},
    "no place": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": 1, "place": {"name": "x"}}]},
    "a worth that is text": {"needs": [{"text": "5 ha", "facet": "site", "worth_tenths": "x"}]},
}
MISSION_FILES: dict[str, tuple[str, str, str]] = {
    "unknown municipality": ("delegation", "Bochum", "Bochun"),
    "unknown theme": ("delegation", "health_economy", "fishing"),
    "unknown language": ("delegation", ",en,valves", ",klingon,valves"),
    "no language": ("delegation", ",en,valves", ",,valves"),
    "twice": ("delegation", "M2,Bert", "M1,Bert"),
    "no name": ("delegation", "Ada Beispiel", ""),
    "no column": ("targets", "website", "web"),
    "unknown kind": ("targets", "T2,institution", "T2,club"),
    "a row too long": ("targets", "makes pumps", "makes pumps,too,much"),
    "no TOML": ("plan", "[[days]]", "[[days"),
    "no date": ("plan", "2027-01-19", '"soon"'),
    "no time zone": ("plan", "America/Toronto", "America/Nowhere"),
    "unknown key": ("plan", "timezone", "timezon"),
    "unknown country": ("plan", '"CA"', '"XX"'),
    "a holiday": ("plan", "2027-01-19", "2027-01-01"),
    "no slot": ("plan", "09:00-09:40", "morning"),
    "backwards": ("plan", "09:00-09:40", "09:40-09:00"),
    "overlapping": ("plan", "10:00-10:40", "09:30-10:40"),
    "a room elsewhere": ("plan", 'city = "Toronto"\ntables', 'city = "Berlin"\ntables'),
    "too few tables": ("plan", "tables = 2", "tables = 0"),
}


def sentences(response: TestResponse) -> list[str]:
    """What the answer says is wrong: beside fields, as a page of its own, or as a problem document."""
    assert 400 <= response.status_code < 500, (response.status_code, response.text[:500])
    if response.mimetype == "application/problem+json":
        return [response.json["title"], response.json["detail"]]
    beside = re.findall(r'class="field-error"[^>]*>([^<]+)<', response.text)
    page = re.findall(r"<h1>([^<]+)</h1>\s*<p class=\"intro\">([^<]+)<", response.text)
    return [html.unescape(text) for text in beside or page[0]]


def in_both(client: FlaskClient, act: Act) -> None:
    """Let a visitor do something wrong in each language, and read what she is told."""
    told: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        client.get(f"/language/{language}")
        told[language] = sentences(act(client))
        assert told[language]
    assert len(told["de"]) == len(told["en"])
    for german, english in zip(told["de"], told["en"], strict=True):
        assert german != english
        assert not ENGLISH.search(german), german
        assert not GERMAN.search(english), english
        assert not re.search(r"Error|Traceback|/tmp/|None", german + english)


@pytest.mark.parametrize("name", ACTS)
def test_a_wrong_input_is_answered_in_the_language_of_the_page(client: FlaskClient, name: str) -> None:
    in_both(client, ACTS[name])


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_program_is_told_in_the_language_it_asks_for(client: FlaskClient, name: str) -> None:
    in_both(client, lambda asking: asking.post("/api/v1/match", json=PROBLEMS[name]))


@pytest.mark.parametrize(
    "body", [[], {"leads": []}, {"leads": [{"person": "x"}]}, {"leads": [{"name": ["x"]}]}], ids=str
)
def test_a_program_that_sends_leads_is_told_in_the_language_it_asks_for(
    client: FlaskClient, body: object
) -> None:
    in_both(client, lambda asking: asking.post("/api/v1/leads/score", json=body))


def uploaded(client: FlaskClient, part: str = "", old: str = "", new: str = "") -> TestResponse:
    """Upload a mission in whose file `part` a passage was replaced."""
    texts = {"targets": TARGETS, "delegation": DELEGATION, "plan": PLAN}
    if part:
        assert old in texts[part]
        texts[part] = texts[part].replace(old, new, 1)
    files = {
        name: (io.BytesIO(text.encode()), f"{name}.{'toml' if name == 'plan' else 'csv'}")
        for name, text in texts.items()
    }
    return client.post("/missions", data=files, content_type="multipart/form-data")


@pytest.mark.parametrize("name", MISSION_FILES)
def test_a_mission_file_that_does_not_fit_is_explained_in_both_languages(
    planner: FlaskClient, name: str
) -> None:
    in_both(planner, lambda client: uploaded(client, *MISSION_FILES[name]))


def test_a_plan_that_cannot_be_held_is_explained_in_both_languages(planner: FlaskClient) -> None:
    place = uploaded(planner, "plan", "[weights]", "[minima]\nper_member = 9\n[weights]").headers["Location"]
    assert planner.application.extensions["plannings"].wait(120)
    told = {}
    for language in LANGUAGES:
        planner.get(f"/language/{language}")
        told[language] = re.search(r'class="notice bad".*?</div>', planner.get(place).text, re.S)[0]
    assert not ENGLISH.search(re.sub("<[^>]*>", "", told["de"])), told["de"]
    assert not GERMAN.search(re.sub("<[^>]*>", "", told["en"])), told["en"]


def test_what_does_not_fit_a_plan_is_said_in_both_languages(planner: FlaskClient) -> None:
    place = uploaded(planner).headers["Location"]
    assert planner.application.extensions["plannings"].wait(120)
    address = planner.get(place).headers["Location"]
    in_both(planner, posted(f"{address}/cancel", who="M9"))
    in_both(planner, posted(f"{address}/cancel", who="M1", day="2027-01-20"))
    in_both(planner, posted(f"{address}/cancel", who="M1", based_on="7"))
    plan = planner.get(f"{address}/1/files/plan.csv").text.splitlines()
    header, row = (line.split(",") for line in plan[:2])
    pair = f"{row[header.index('member_id')]}/{row[header.index('target_id')]}"
    for wrong in ({"result": "x"}, {"result": "location"}, {"result": "none", "due": "soon"}):
        in_both(planner, posted(f"{address}/outcomes/{pair}", **wrong))
    in_both(planner, posted(f"{address}/outcomes/{pair}", result="location", location="x"))


def test_those_without_an_account_are_told_in_both_languages(
    stand_in: StandInMatcher, settings: Settings
) -> None:
    app: Flask = create_app(stand_in, replace(settings, is_open_to_others=True))
    app.config.update(WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    with app.extensions["database"].session() as session:
        accounts.create_account(session, "reader", PASSWORD, "reader")
    client = app.test_client()
    in_both(client, posted("/sign-in", name="reader", password="wrong"))
    in_both(client, posted("/missions"))
    in_both(client, lambda asking: asking.get("/api/v1/places"))
    in_both(client, lambda asking: asking.get("/api/v1/places", headers={"Authorization": "Bearer x"}))
    client.post("/sign-in", data={"name": "reader", "password": PASSWORD})
    in_both(client, lambda asking: asking.get("/saved"))
    in_both(client, posted("/account/password", old="wrong", new="x" * 12))
    in_both(client, posted("/account/password", old=PASSWORD, new="short"))
    in_both(client, posted("/account/tokens", label="CRM", days="7"))


def test_an_expired_form_is_explained_in_both_languages(client: FlaskClient) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = True
    in_both(client, posted("/", text=BRIEF_TEXT))


COMMAND_LINE_ONLY = re.compile(r"--|no such file|there is no such folder|this is a folder|cannot be read \(")
"""What stands in sentences about options and paths, which only a command line takes."""
READ_BY_PAGES = (
    "matcher/intake",
    "matcher/leads",
    "matcher/mission",
    "matcher/rfi",
    "matcher/brief_json.py",
    "web",
)
NOT_READ_BY_PAGES = ("labelled.py", "reverse.py", "serve.py", "database.py", "produce.py")


def test_no_error_that_a_page_can_show_leaves_the_german_out() -> None:
    root = Path(__file__).parents[2]
    missing = []
    for part in READ_BY_PAGES:
        for path in [root / part] if part.endswith(".py") else sorted((root / part).rglob("*.py")):
            if path.name in NOT_READ_BY_PAGES:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and ast.unparse(node.func).rpartition(".")[2] in ("MatcherError", "fault", "OutcomeError")
                    and not any(keyword.arg == "de" for keyword in node.keywords)
                    and not COMMAND_LINE_ONLY.search(ast.unparse(node))
                ):
                    missing.append(f"{path.relative_to(root)}:{node.lineno}")
    assert missing == []
