"""The journey of a mission in the pages: plan, reasons, papers, cancellation, outcomes, export, deletion."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.records import Region
from matcher.mission.preparing import Prepared, prepare
from tests.web.conftest import StandInMatcher
from web.app import create_app
from web.plannings import Plannings
from web.settings import Settings
from web.storage.database import open_database
from web.storage.models import AuditEntry

PLAN = """slots = ["09:00-09:40", "10:00-10:40"]
[[days]]
date = 2027-01-19
city = "Toronto"
country = "CA"
timezone = "America/Toronto"
[[rooms]]
name = "Hall"
city = "Toronto"
tables = 2
[weights]
meeting_tenths = 0
"""
TARGETS = """id,kind,name,country,city,state,sector,industry,employees,website,description
T1,company,Maple Pumps,Canada,Toronto,ON,,,,,makes pumps
T2,institution,Maple University,Canada,Toronto,ON,,,,,
"""
DELEGATION = """id,name,organisation,municipality,role,themes,languages,offers,seeks
M1,Ada Beispiel,Werk A,Bochum,Leitung,health_economy,en,valves,pumps
M2,Bert Beispiel,Werk B,Essen,Leitung,smart_city,en,software,students
"""


@pytest.fixture
def client(planner: FlaskClient) -> FlaskClient:
    return planner


def upload(client: FlaskClient, **changed: str) -> TestResponse:
    parts = {"targets": TARGETS, "delegation": DELEGATION, "plan": PLAN} | changed
    files = {
        name: (io.BytesIO(text.encode()), f"{name}.{'toml' if name == 'plan' else 'csv'}")
        for name, text in parts.items()
    }
    return client.post("/missions", data=files, content_type="multipart/form-data")


def after_planning(client: FlaskClient, response: TestResponse) -> TestResponse:
    """The waiting page once the planning has ended."""
    assert response.status_code == 302, response.text
    assert client.application.extensions["plannings"].wait(120)
    return client.get(response.headers["Location"])


@pytest.fixture
def address(client: FlaskClient) -> str:
    response = after_planning(client, upload(client))
    assert response.status_code == 302, response.text
    return response.headers["Location"]


def plan_rows(client: FlaskClient, address: str, version: int) -> list[dict[str, str]]:
    text = client.get(f"{address}/{version}/files/plan.csv").text
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_shows_targets_with_reasons_and_every_meeting_of_the_plan(
    client: FlaskClient, address: str
) -> None:
    page = client.get(address).text
    rows = plan_rows(client, address, 1)
    assert len(rows) == 4
    assert page.count("eintragen") == len(rows)
    assert all(words in page for words in ("Maple Pumps", "Warum sie", "Warum wir", "Einstiegsfrage"))


def test_papers_are_handed_out_and_nothing_else(client: FlaskClient, address: str) -> None:
    for name in (
        "briefing.docx",
        "briefing.pdf",
        "timetable.xlsx",
        "targets.csv",
        "people/M1.pdf",
        "mission.zip",
    ):
        response = client.get(f"{address}/1/files/{name}")
        assert response.status_code == 200
        assert "attachment" in response.headers["Content-Disposition"]
    calendar = icalendar.Calendar.from_ical(client.get(f"{address}/1/files/calendars/M1.ics").data)
    assert len(calendar.walk("VEVENT")) == 2
    assert client.get(f"{address}/1/files/../../secret").status_code == 404
    assert client.get(f"{address}/9/files/plan.csv").status_code == 404


def test_a_cancellation_makes_a_version_that_lists_its_differences(client: FlaskClient, address: str) -> None:
    asked = client.post(f"{address}/cancel", data={"who": "T1", "based_on": "1"})
    response = client.get(after_planning(client, asked).headers["Location"])
    assert "Neu geplant" in response.text
    assert "abgesagt" in response.text
    assert "0 Änderungen außer der Absage selbst. Weniger sind nicht möglich." in re.sub(
        r"\s+", " ", response.text
    )
    assert {row["target_id"] for row in plan_rows(client, address, 2)} == {"T2"}
    assert {row["target_id"] for row in plan_rows(client, address, 1)} == {"T1", "T2"}
    again = client.post(f"{address}/cancel", data={"who": "T2", "based_on": "1"})
    assert again.status_code == 422
    assert "von jemand anderem neu geplant" in again.text


def test_an_outcome_is_kept_shown_as_overdue_and_exported(client: FlaskClient, address: str) -> None:
    form = f"{address}/outcomes/M1/T1"
    fields = {
        "took_place": "yes",
        "result": "location",
        "location": "",
        "next_step": "Zahlen senden",
        "due": "2020-01-01",
    }
    assert client.post(form, data=fields).status_code == 422
    page = client.post(form, data=fields | {"location": "05911000"}, follow_redirects=True).text
    assert "Überfällige Nachverfolgungen" in page
    assert "Zahlen senden" in page
    (row,) = csv.DictReader(io.StringIO(client.get(f"{address}/outcomes.csv").text))
    assert (row["company"], row["municipality"]) == ("Maple Pumps", "Bochum")
    client.post(form, data=fields | {"location": "05911000", "is_done": "yes"})
    assert "Überfällige Nachverfolgungen" not in client.get(address).text
    assert client.get(f"{address}/outcomes/M1/T9").status_code == 404


def test_the_outcome_form_has_five_fields(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}/outcomes/M2/T2").text
    assert len(re.findall(r'class="field"', page)) == 5


def test_a_bad_file_is_explained_beside_the_form_and_nothing_is_kept(client: FlaskClient) -> None:
    response = upload(client, delegation=DELEGATION.replace("Bochum", "Bochun"))
    assert response.status_code == 422
    assert "delegation.csv, Zeile 2, municipality:" in response.text
    assert client.get("/missions/1").status_code == 404


def test_a_deleted_mission_leaves_no_name_on_the_disk(
    client: FlaskClient, address: str, settings: Settings, tmp_path: Path
) -> None:
    client.post(
        f"{address}/outcomes/M1/T1", data={"took_place": "yes", "result": "none", "next_step": "Geheimnis"}
    )
    client.post(f"{address}/erase")
    assert client.get(address).status_code == 404
    open_database(settings.database_url).close()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(name in path.read_bytes() for path in left for name in (b"Geheimnis", b"Ada Beispiel"))


def test_a_plan_that_cannot_be_held_says_so_on_the_waiting_page(client: FlaskClient) -> None:
    demanding = PLAN.replace("[weights]", "[minima]\nper_member = 9\n[weights]")
    page = after_planning(client, upload(client, plan=demanding))
    assert page.status_code == 200
    assert "ließ sich nicht planen" in page.text
    assert "data-waits" not in page.text
    assert "ließ sich nicht planen" in client.get("/missions").text
    assert client.get("/missions/1").status_code == 404


def test_a_planning_waits_on_a_page_that_needs_no_script_and_can_be_stopped_and_taken_up(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plannings: Plannings = client.application.extensions["plannings"]
    begun, go_on = Event(), Event()

    def wait_then_prepare(*parts: Any, **options: Any) -> Prepared:
        begun.set()
        assert go_on.wait(60)
        return prepare(*parts, **options)

    monkeypatch.setattr("web.plannings.prepare", wait_then_prepare)
    place = upload(client).headers["Location"]
    assert begun.wait(60)
    page = client.get(place).text
    assert 'data-waits="2"' in page
    assert "wird geplant" in page
    assert place in client.get("/missions").text
    client.post(f"{place}/stop")
    go_on.set()
    assert plannings.wait(120)
    assert "wurde angehalten" in client.get(place).text
    assert client.get("/missions/1").status_code == 404
    monkeypatch.undo()
    client.post(f"{place}/go-on")
    assert plannings.wait(120)
    assert client.get(place).headers["Location"] == "/missions/1"


def test_a_planning_under_way_goes_on_after_a_restart(
    ruhr: Region, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Plannings, "_work", lambda self: None)
        place = upload(client).headers["Location"]
    after = create_app(StandInMatcher(ruhr), settings)
    assert after.extensions["plannings"].wait(120)
    assert client.get(place).headers["Location"] == "/missions/1"


def test_nobody_sees_or_stops_the_planning_of_another(client: FlaskClient) -> None:
    place = upload(client).headers["Location"]
    plannings: Plannings = client.application.extensions["plannings"]
    assert plannings.wait(120)
    (one,) = plannings.of_owner(None)
    plannings.save(replace(one, owner=7, status="stopped"))
    assert client.get(place).status_code == 404
    assert client.post(f"{place}/stop").status_code == 404
    assert place not in client.get("/missions").text


def test_a_removed_planning_leaves_no_file(client: FlaskClient, tmp_path: Path) -> None:
    demanding = PLAN.replace("[weights]", "[minima]\nper_member = 9\n[weights]")
    place = upload(client, plan=demanding).headers["Location"]
    after_planning(client, client.post(f"{place}/go-on"))
    client.post(f"{place}/remove")
    assert list((tmp_path / "plannings").iterdir()) == []
    assert client.get(place).status_code == 404


def test_who_reads_or_takes_out_the_people_of_a_mission_stands_in_the_log(
    client: FlaskClient, address: str
) -> None:
    client.get(address)
    client.get(f"{address}/outcomes/M1/T1")
    client.get(f"{address}/1/files/briefing.pdf")
    client.post(f"{address}/outcomes/M1/T1", data={"took_place": "yes", "result": "contact"})
    client.get(f"{address}/outcomes.csv")
    client.post(f"{address}/erase")
    with client.application.extensions["database"].session() as session:
        log = [
            (entry.action, entry.mission_id) for entry in session.query(AuditEntry).order_by(AuditEntry.id)
        ]
    told = ["saved", "read", "read", "exported", "saved", "exported", "erased"]
    assert log == [(action, 1) for action in told]
    assert "Reise 1" in client.get("/accounts").text
