"""The page for leads: upload, columns, background scoring, stop, resume, filter, export; and the interface."""

from __future__ import annotations

import csv
import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.records import Region
from tests.leads.conftest import DESCRIPTIONS
from tests.web.conftest import StandInMatcher
from web.app import create_app
from web.lead_files import LeadFile, LeadFiles
from web.settings import Settings

HEADER = "Nr;Firma;Land;Telefon;Profil\r\n"


def upload_bytes(n_rows: int = 5) -> bytes:
    texts = list(DESCRIPTIONS.values())
    rows = [f"{i:04d};Müller {i} GmbH;Schweden;+46 1;{texts[i % 5]}\r\n" for i in range(n_rows)]
    return (HEADER + "".join(rows)).encode("cp1252")


def uploaded(client: FlaskClient, data: bytes, name: str = "messe.csv") -> str:
    answer = client.post("/leads/", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def files_of(app: Flask) -> LeadFiles:
    found: LeadFiles = app.extensions["lead_files"]
    return found


def scored(app: Flask, client: FlaskClient, data: bytes) -> str:
    columns = uploaded(client, data)
    form = {"id": "Nr", "name": "Firma", "country": "Land", "description": "Profil"}
    answer = client.post(columns, data=form)
    assert answer.status_code == 302, answer.text
    assert files_of(app).wait(120)
    return str(answer.headers["Location"])


def test_a_file_is_uploaded_checked_scored_filtered_and_exported(app: Flask, client: FlaskClient) -> None:
    columns = uploaded(client, upload_bytes())
    page = client.get(columns).text
    assert "Müller 0 GmbH" in page
    assert '<option value="Profil" selected>' in page
    result = scored(app, client, upload_bytes())
    page = client.get(result).text
    assert page.index("Müller 0 GmbH") < page.index("Müller 1 GmbH")
    assert "Punkte)." in page
    only_e = client.get(result, query_string={"grade": "E"}).text
    assert "Müller 1 GmbH" in only_e
    assert "Müller 0 GmbH" not in only_e
    with client.get(f"{result}/export.csv") as export:
        rows = list(csv.DictReader(io.StringIO(export.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Nr"] for row in rows] == ["0000", "0001", "0002", "0003", "0004"]
    assert rows[0]["grade"] == "A"
    listed = client.get("/leads/").text
    assert "bewertet" in listed
    assert re.search(r"<td class=\"roomy\">\d\d\.\d\d\.\d{4}</td>", listed)
    for ending in ("xlsx", "parquet", "jsonl"):
        with client.get(f"{result}/export.{ending}") as export:
            assert export.status_code == 200
            assert export.data


def test_the_mapping_is_remembered_for_the_same_header(app: Flask, client: FlaskClient) -> None:
    data = upload_bytes().replace(b"Profil", b"Spalte X", 1)
    columns = uploaded(client, data)
    form = {"name": "Firma", "description": "Spalte X"}
    client.post(columns, data=form)
    assert files_of(app).wait(120)
    again = client.get(uploaded(client, data)).text
    assert "wie Sie sie für die letzte Datei" in again
    assert '<option value="Spalte X" selected>' in again


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"x", "brief.docx", "Endung ist nicht bekannt"),
        (b"no zip", "leads.xlsx", "nicht als xlsx lesen"),
        (b"", "a.csv", "Datei ist leer"),
    ],
)
def test_a_file_that_is_no_table_is_refused_beside_the_field(
    client: FlaskClient, data: bytes, name: str, sentence: str
) -> None:
    answer = client.post("/leads/", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f"{name}: " in answer.text


def test_what_was_under_way_goes_on_after_a_restart(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    uploaded(client, upload_bytes())
    folder = tmp_path / "leads"
    file = files_of(app).of_owner(None)[0]
    columns = (("name", "Firma"), ("description", "Profil"))
    files_of(app).save(replace(file, status="running", columns=columns))
    after = LeadFiles(folder)
    after.take_up()
    assert after.wait(120)
    found = after.get(None, file.id)
    assert found is not None
    assert (found.status, found.n_rows) == ("done", 5)


def test_a_stopped_file_can_go_on(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = uploaded(client, upload_bytes(1200))
    file = files_of(app).of_owner(None)[0]
    original = files_of(app).enqueue

    def enqueue_and_stop(file: LeadFile) -> LeadFile:
        queued = original(file)
        files_of(app).stop(queued)
        return queued

    monkeypatch.setattr(files_of(app), "enqueue", enqueue_and_stop)
    form = {"name": "Firma", "description": "Profil"}
    result = client.post(columns, data=form).headers["Location"]
    assert files_of(app).wait(120)
    assert "angehalten" in client.get(result).text
    monkeypatch.undo()
    client.post(f"{result}/go-on", data={})
    assert files_of(app).wait(120)
    found = files_of(app).get(None, file.id)
    assert found is not None
    assert (found.status, found.n_rows) == ("done", 1200)


def test_nobody_sees_the_files_of_another(app: Flask, client: FlaskClient) -> None:
    columns = uploaded(client, upload_bytes())
    file = files_of(app).of_owner(None)[0]
    files_of(app).save(replace(file, owner=7))
    assert client.get(columns).status_code == 404
    assert "messe.csv" not in client.get("/leads/").text
    assert client.get("/leads/..%2f..%2fetc/columns").status_code == 404


def test_a_removed_file_is_gone_from_the_disk(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    result = scored(app, client, upload_bytes())
    client.post(f"{result}/remove", data={})
    assert client.get(result).status_code == 404
    assert not [path for path in (tmp_path / "leads").rglob("*") if path.name != "mappings.json"]


def test_a_hundred_leads_are_scored_in_one_request(client: FlaskClient) -> None:
    texts = list(DESCRIPTIONS.values())
    leads = [
        {"id": i, "name": f"F{i}", "country": "SE", "description": f"{texts[i % 5]} {i}"} for i in range(100)
    ]
    client.post("/api/v1/leads/score", json={"leads": leads[:1]})
    started = time.perf_counter()
    answer = client.post("/api/v1/leads/score", json={"leads": leads})
    seconds = time.perf_counter() - started
    assert answer.status_code == 200
    data = answer.get_json()
    assert len(data["leads"]) == 100
    first = data["leads"][0]
    assert sum(one["tenths"] for one in first["contributions"]) == first["score_tenths"]
    assert (first["grade"], len(first["reasons"]), len(first["locations"])) == ("A", 3, 3)
    assert seconds < 5


def test_leads_are_led_to_the_locations_of_the_region_in_use(
    stand_in: StandInMatcher, settings: Settings, tiny_region: Region, tiny_region_folder: Path
) -> None:
    app = create_app(stand_in, replace(settings, region_folder=tiny_region_folder))
    leads = [{"name": "F1", "description": DESCRIPTIONS["security"]}]
    answer = app.test_client().post("/api/v1/leads/score", json={"leads": leads})
    own = {location.name for location in tiny_region.locations}
    named = {location["name"] for location in answer.get_json()["leads"][0]["locations"]}
    assert named
    assert named <= own


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "eine Liste von Objekten"),
        ({"leads": []}, "Geben Sie 1 bis 100 an"),
        ({"leads": [{"name": "x"}] * 101}, "Geben Sie 1 bis 100 an"),
        ({"leads": [{"email": "a@b.de"}]}, "ist kein Feld"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_in_one_sentence(
    client: FlaskClient, body: dict[str, object], sentence: str
) -> None:
    answer = client.post("/api/v1/leads/score", json=body)
    assert answer.status_code == 422
    assert sentence in answer.text
