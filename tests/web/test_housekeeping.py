"""Drafts, lead files and plannings go when their time is over, with nobody asking for anything."""

from __future__ import annotations

import io
import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import BRIEF_TEXT
from web.housekeeping import keep_tidy, tidy


def age(folder: Path, hours: float) -> None:
    for path in folder.iterdir():
        os.utime(path, (time.time() - hours * 3600,) * 2)


def test_a_draft_expires_hours_after_its_last_change(client: FlaskClient, tmp_path: Path) -> None:
    place = client.post("/", data={"text": BRIEF_TEXT}).headers["Location"]
    age(tmp_path / "drafts", 7.9)
    assert client.get(place).status_code == 200
    age(tmp_path / "drafts", 8.1)
    assert client.get(place).status_code == 404


def test_what_has_expired_is_removed_and_the_rest_stays(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    client.post("/", data={"text": BRIEF_TEXT})
    age(tmp_path / "drafts", 9)
    client.post("/", data={"text": BRIEF_TEXT})
    client.post("/leads/", data={"file": (io.BytesIO(b"Firma;Branche\nA;B\n"), "alt.csv")})
    client.post("/leads/", data={"file": (io.BytesIO(b"Firma;Branche\nA;B\n"), "neu.csv")})
    files = app.extensions["lead_files"]
    (old,) = (file for file in files.of_owner(None) if file.name == "alt.csv")
    files.save(replace(old, begun_at=(datetime.now(UTC) - timedelta(days=31)).isoformat()))
    tidy(app)
    assert len(list((tmp_path / "drafts").iterdir())) == 1
    assert [file.name for file in files.of_owner(None)] == ["neu.csv"]
    assert not files.folder_of(old).exists()


def test_the_server_looks_again_and_again_by_itself(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    ended = keep_tidy(app, seconds=0.02)
    client.post("/", data={"text": BRIEF_TEXT})
    age(tmp_path / "drafts", 9)
    deadline = time.monotonic() + 10
    while list((tmp_path / "drafts").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    ended.set()
    assert list((tmp_path / "drafts").iterdir()) == []
