"""Strengths: shares of judged cases, in (0, 1), and each from its own need and statement alone."""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pack import RUHR, load_region
from models.calibration import (
    FITTING_KINDS,
    FOLDER,
    Background,
    Calibration,
    Curve,
    kinds_fit,
    load_calibration,
    themes_shared,
)
from models.errors import ModelError
from models.index import StatementIndex
from tests.models.stand_in import StandInEncoder

ARTEFACT = json.loads((FOLDER / "calibration.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def calibration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calibration:
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path))
    statements = StatementIndex.for_statements(["Hafen", "Gleis"], ["port", "track"], StandInEncoder())
    return Calibration(Curve(**ARTEFACT["curves"][0]), True, statements)


def test_at_least_six_hundred_pairs_of_every_facet_were_judged() -> None:
    needs = {row["id"]: row for row in rows("needs.csv")}
    judged = rows("judgements.csv")
    assert len({(row["need"], row["evidence"]) for row in judged}) == len(judged) >= 600
    assert {row["grade"] for row in judged} == {"0", "1", "2", "3"}
    assert {needs[row["need"]]["facet"] for row in judged} == set(FITTING_KINDS)
    assert all(row["text_de"] and row["text_en"] for row in needs.values())


def test_the_judged_statements_are_in_the_pack() -> None:
    judged = rows("judgements.csv")
    evidence = load_region(RUHR).evidence_by_id
    assert sum(row["evidence"] in evidence for row in judged) >= max(600, 0.95 * len(judged))


def test_the_fit_belongs_to_the_data_beside_it() -> None:
    for name, digest in ARTEFACT["data_sha256"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_held_out_strengths_beat_the_cosine_and_a_constant() -> None:
    for report in ARTEFACT["held_out"].values():
        assert report["auc"][0] > report["cosine_alone"]["auc"][0]
        assert report["log_loss"][0] < report["cosine_alone"]["log_loss"][0]
        assert report["log_loss"][2] < report["log_loss_of_a_constant"]


def test_held_out_strengths_are_the_shares_that_were_met() -> None:
    report = ARTEFACT["held_out"][ARTEFACT["curves"][0]["encoder"]]
    assert sum(row["n"] for row in report["reliability"]) == 2 * ARTEFACT["n_judged_pairs"]
    for row in report["reliability"]:
        assert row["strength"] == pytest.approx(row["met"], abs=0.1)


def test_the_best_of_many_statements_is_not_overrated() -> None:
    best = ARTEFACT["held_out"][ARTEFACT["curves"][0]["encoder"]]["best_of_location"]
    assert best["large"]["strength"] <= best["large"]["met"] + 0.05
    assert best["log_n_weight"][2] > 0


def test_the_card_says_what_was_measured() -> None:
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    report = ARTEFACT["held_out"][ARTEFACT["curves"][0]["encoder"]]
    for measure in ("auc", "log_loss", "brier"):
        value, low, high = (f"{number:.3f}".lstrip("0") for number in report[measure])
        assert f"{value} [{low}, {high}]" in card
    for row in (*report["reliability"], *(report["best_of_location"][size] for size in ("large", "small"))):
        strength, met = (f"{row[key]:.3f}".lstrip("0") for key in ("strength", "met"))
        assert f"| {row['n']} | {strength} | {met} |" in card


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20), st.booleans(), st.booleans())
def test_a_closer_statement_is_never_weaker(cosines: list[float], fits: bool, shares: bool) -> None:
    curve = Curve(**ARTEFACT["curves"][0])
    ordered = np.array([sorted(cosines)], np.float32)
    flat = np.full(ordered.shape, True)
    background = Background(np.array([[0.1]]), np.array([[0.1]]))
    strengths = curve.strengths(ordered, background, flat & fits, flat & shares)
    assert (np.diff(strengths[0]) >= 0).all()
    assert ((strengths >= 0) & (strengths <= 1)).all()


@given(st.floats(0.01, 0.99), st.booleans(), st.booleans())
def test_the_cosine_of_a_strength_gives_that_strength(strength: float, fits: bool, shares: bool) -> None:
    curve = Curve(**ARTEFACT["curves"][0])
    background = Background(np.array([0.1]), np.array([0.05]))
    flags = np.array([fits]), np.array([shares])
    cosines = curve.similarities(strength, background, *flags).astype(np.float32)
    assert curve.strengths(cosines, background, *flags) == pytest.approx(np.array([strength]), abs=1e-5)


def test_a_strength_depends_on_its_own_need_and_statement_only(calibration: Calibration) -> None:
    needs = StandInEncoder().encode(["Hafen am Kanal", "Gleis zum Werk", "ein Labor"])
    cosines = calibration.statements.similarities(needs)
    flags = np.ones(cosines.shape, bool)
    together = calibration.strengths(cosines, calibration.background(needs), flags, flags)
    alone = calibration.strengths(
        cosines[1:2, 1:], calibration.background(needs[1:2]), flags[1:2, 1:], flags[1:2, 1:]
    )
    assert alone.tolist() == together[1:2, 1:].tolist()


def test_kinds_and_themes_are_compared_by_name() -> None:
    assert kinds_fit(["talent", "site"], ["programme", "site", "industry"]).tolist() == [
        [True, False, True],
        [False, True, True],
    ]
    assert themes_shared([["smart_city"], []], [("new_industry", "smart_city"), ()]).tolist() == [
        [True, False],
        [False, False],
    ]


def test_an_encoder_without_a_fit_is_said(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path))
    with caplog.at_level(logging.WARNING):
        calibration = load_calibration(StandInEncoder())
    assert not calibration.is_fitted
    assert "were not calibrated for the encoder stand-in" in caplog.text


def test_a_damaged_artefact_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "calibration.json").write_text("{")
    with pytest.raises(ModelError, match="matcher fit calibration"):
        load_calibration(StandInEncoder(), tmp_path)


@pytest.mark.slow
def test_fitting_again_gives_the_committed_curve(tmp_path: Path) -> None:
    from matcher.anchors import Anchors
    from models.calibration.fit import fit_calibration
    from models.load import load_encoder

    for name in ("needs.csv", "judgements.csv", "background.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    encoder = load_encoder("fast")
    embedded = [(encoder, Anchors(encoder).encode)]
    (curve,) = fit_calibration(load_region(RUHR), embedded, tmp_path)["curves"]
    (committed,) = (row for row in ARTEFACT["curves"] if row["encoder"] == encoder.fingerprint)
    for name in ("intercept", "above_usual", "kind_fits", "shares_theme"):
        assert curve[name] == pytest.approx(committed[name], abs=0.15)
