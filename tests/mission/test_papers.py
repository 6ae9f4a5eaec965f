"""The papers say what the plan says, opened again by readers of their formats, in German and English."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import icalendar
import openpyxl
import pytest
from pypdf import PdfReader

from corpus.pack import RUHR
from corpus.records import Language, Region
from matcher.mission.fit import FitMaker
from matcher.mission.plan_files import PLAN_COLUMNS
from matcher.mission.preparing import Prepared, prepare
from matcher.mission.produce import read_previous, write_folder
from matcher.mission.reading import read_mission
from matcher.mission.records import Limits, Mission
from tests.mission.rules import broken_rules
from tests.models.stand_in import StandInEncoder

SAMPLE = RUHR / "missions"


@pytest.fixture(scope="module")
def mission(ruhr: Region) -> Mission:
    return read_mission(
        [SAMPLE / "targets.csv"],
        SAMPLE / "delegation.csv",
        SAMPLE / "plan.toml",
        SAMPLE / "preferences.csv",
        ruhr,
    )


@pytest.fixture(scope="module")
def prepared(ruhr: Region, mission: Mission) -> Prepared:
    return prepare(mission, ruhr, StandInEncoder())


@pytest.fixture(scope="module", params=["de", "en"])
def files(
    request: pytest.FixtureRequest, prepared: Prepared, ruhr: Region
) -> tuple[Language, Mapping[str, bytes]]:
    language: Language = request.param
    start = time.perf_counter()
    found = prepared.files(ruhr, language)
    assert time.perf_counter() - start < 30
    return language, found


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def plan_rows(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["plan.csv"].decode())))


def test_the_sample_delegation_has_25_people_marked_as_invented(mission: Mission) -> None:
    assert len(mission.members) >= 25
    assert all("(invented)" in member.organisation for member in mission.members)
    assert len({member.location_id for member in mission.members}) >= 12


@pytest.mark.slow
def test_the_sample_plan_breaks_no_rule(files: tuple[Language, Mapping[str, bytes]], tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(files[1]["plan.csv"])
    names = ("plan.toml", "delegation.csv", "targets.csv", "preferences.csv")
    assert broken_rules(path, *(SAMPLE / name for name in names)) == []


@pytest.mark.slow
def test_book_timetable_and_calendars_hold_every_meeting_of_the_plan(
    files: tuple[Language, Mapping[str, bytes]], mission: Mission
) -> None:
    language, found = files
    rows = plan_rows(found)
    assert tuple(rows[0]) == PLAN_COLUMNS
    names = {target.id: target.name for target in mission.targets}
    people = {member.id: member for member in mission.members}
    word = docx.Document(io.BytesIO(found["briefing.docx"]))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    in_book = {
        (line[0], line[1].split("\n")[0], line[2]) for table in tables for line in table if len(line) == 4
    }
    for row in rows:
        clock = f"{row['start']}–{row['end']}"
        assert (clock, people[row["member_id"]].name, names[row["target_id"]]) in in_book
    sheet = openpyxl.load_workbook(io.BytesIO(found["timetable.xlsx"])).worksheets[1]
    in_excel = {(line[0], line[1], line[5], line[8]) for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert in_excel == {
        (r["date"], f"{r['start']}–{r['end']}", people[r["member_id"]].name, names[r["target_id"]])
        for r in rows
    }
    for member in mission.members:
        calendar = icalendar.Calendar.from_ical(found[f"calendars/{member.id}.ics"])
        events = {
            (f"{e.start:%Y-%m-%d %H:%M}", str(e["SUMMARY"]).split(" – ")[0]) for e in calendar.walk("VEVENT")
        }
        assert events == {
            (f"{r['date']} {r['start']}", names[r["target_id"]].split(" – ")[0])
            for r in rows
            if r["member_id"] == member.id
        }
    everybody = icalendar.Calendar.from_ical(found["calendars/all.ics"])
    assert len(everybody.walk("VEVENT")) == len(rows)
    pdf = PdfReader(io.BytesIO(found["briefing.pdf"]))
    text = squeezed("".join(page.extract_text() for page in pdf.pages))
    assert all(squeezed(names[row["target_id"]]) in text for row in rows)
    assert b"pdfuaid:part" in found["briefing.pdf"].replace(b"\x00", b"") or "pdfuaid" in str(
        pdf.xmp_metadata
    )
    assert pdf.trailer["/Root"]["/Lang"] == language


@pytest.mark.slow
def test_each_sheet_says_who_why_offer_need_question_and_sources(
    files: tuple[Language, Mapping[str, bytes]], mission: Mission
) -> None:
    language, found = files
    labels = {
        "de": ("Wer", "Zeit", "Unser Angebot", "Ihr vermuteter Bedarf", "Einstiegsfrage"),
        "en": ("Who", "Time", "Our offer", "Their likely need", "Opening question"),
    }[language]
    word = docx.Document(io.BytesIO(found["briefing.docx"]))
    sheets = [table for table in word.tables if table.rows[1].cells[0].text == labels[0]]
    assert len(sheets) == len(plan_rows(found))
    for sheet in sheets:
        first = [row.cells[0].text for row in sheet.rows]
        assert [label for label in labels if label in first] == list(labels)
        assert all(row.cells[1].text for row in sheet.rows)
    captions = [paragraph.text for paragraph in word.paragraphs]
    assert ("Quellen und ihr Stand" if language == "de" else "Sources and their dates") in captions


@pytest.mark.slow
def test_the_target_list_has_every_target_with_both_directions_and_evidence(
    files: tuple[Language, Mapping[str, bytes]], mission: Mission
) -> None:
    _, found = files
    rows = list(csv.DictReader(io.StringIO(found["targets.csv"].decode())))
    assert {row["target_id"] for row in rows} == {target.id for target in mission.targets}
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert all(row[column] for column in ("why_them", "why_us", "opening_question"))
        assert row["source_1"] or not row["evidence_1"]
    met = {row["target_id"] for row in plan_rows(found)}
    assert {row["target_id"] for row in rows if int(row["n_meetings"])} == met


def test_the_same_input_gives_the_same_bytes(ruhr: Region, mission: Mission) -> None:
    frame = replace(mission.frame, visits=(), fixed=(), limits=Limits(3, 6, 3, 6))
    small = replace(
        mission, frame=frame, members=mission.members[:2], targets=mission.targets[:4], preferences=()
    )
    first, second = (prepare(small, ruhr, StandInEncoder(), seed=1).files(ruhr, "en") for _ in range(2))
    assert first == second


def test_a_folder_appears_whole_and_is_read_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    header = ",".join(PLAN_COLUMNS)
    row = "2027-01-18,09:00,09:40,America/Toronto,Toronto,Hall,M1,T1,,500"
    files = {
        "plan.csv": f"{header}\r\n{row}\r\n".encode(),
        "report.json": json.dumps({"revision": 3}).encode(),
    }
    write_folder(out, files)
    write_folder(out, files)
    meetings, revision = read_previous(out)
    assert (len(meetings), meetings[0].pair, revision) == (1, ("M1", "T1"), 3)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_fit_is_the_sum_of_its_parts_and_does_not_depend_on_the_other_targets(
    ruhr: Region, mission: Mission
) -> None:
    encoder = StandInEncoder()
    whole = FitMaker(mission, ruhr, encoder)
    fewer = Mission(mission.frame, mission.members, mission.targets[:3], (), mission.city_by_target_id)
    alone = FitMaker(fewer, ruhr, encoder)
    for pair, fit in alone.pairs.items():
        assert fit == whole.pairs[pair]
        assert fit.tenths == sum(part.tenths for part in fit.parts) <= 1000
