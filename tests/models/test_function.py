"""The committed classifier of function and theme is the one of its manifest, and better than its baseline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.records import Region
from matcher.profile import phrase_counts, profile, profile_texts
from models.errors import ModelError
from models.function import FOLDER, load_function_model
from models.load import load_encoder

MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "task", ["function, invented", "theme", "theme, invented", "theme where there is one"]
)
def test_its_measured_accuracy_beats_the_baseline_beyond_the_interval(task: str) -> None:
    measured = MANIFEST["accuracy"][task]
    assert measured["vector and counts"]["low"] > measured["TF-IDF baseline"]["accuracy"]


def test_functions_of_real_briefs_are_told_better_than_by_the_baseline() -> None:
    measured = MANIFEST["accuracy"]["function"]
    assert measured["vector and counts"]["accuracy"] > measured["TF-IDF baseline"]["accuracy"]


@pytest.mark.parametrize(
    ("text", "function", "theme"),
    [
        (
            "Spedition sucht eine Umschlaghalle mit 40 Toren an der Autobahn.",
            "logistics",
            "smart_logistics",
        ),
        (
            "Hyperscale data centre, 80 MW, fibre and a substation nearby.",
            "data_centre",
            "cybersecurity_ai",
        ),
        (
            "Ausgründung der Universität sucht Labor im Gründerzentrum, Medizintechnik.",
            "spin_off",
            "health_economy",
        ),
    ],
)
def test_plain_cases_are_told_without_an_encoder(text: str, function: str, theme: str) -> None:
    model = load_function_model()
    counts = phrase_counts([text])
    for task, expected in (("function", function), ("theme", theme)):
        shares = model.probabilities(task, counts, None, "")
        assert max(shares, key=lambda name: shares[name]) == expected
        assert sum(shares.values()) == pytest.approx(1)


def test_a_damaged_artefact_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "function"
    shutil.copytree(FOLDER, folder)
    np.savez(folder / "weights.npz", function=np.zeros((2, 7), dtype=np.float32))
    with pytest.raises(ModelError, match="is not the file of its manifest"):
        load_function_model(folder)


def test_changed_phrases_ask_for_a_new_fit() -> None:
    with pytest.raises(ModelError, match="matcher fit function"):
        load_function_model().probabilities("function", [1, 2, 3], None, "")


@pytest.mark.parametrize(
    ("german", "english", "function"),
    [
        ("Tierfutterhersteller sucht einen Standort.", "Pet food maker seeks a location.", "production"),
        ("Anfrage: Druckerei mit 80 Leuten.", "Inquiry: printing house with 80 people.", "production"),
        (
            "Anfrage: Fleischverarbeiter mit 80 Leuten.",
            "Inquiry: meat processor with 80 people.",
            "production",
        ),
        ("Wir sind: Wasserstoffproduzent.", "We are: hydrogen producer.", "production"),
        ("Lebensmittelgroßhändler sucht 2 ha.", "Food wholesaler seeks 2 ha.", "logistics"),
        ("Werbeagentur sucht einen Standort.", "Advertising agency seeks a location.", "services"),
        ("Gründerteam der Ruhr-Universität.", "Founding team from Ruhr University.", "spin_off"),
        ("Rechenzentrumsbetreiber sucht 2 ha.", "Data centre operator seeks 2 ha.", "data_centre"),
    ],
)
def test_what_a_company_does_is_told_from_one_line(
    german: str, english: str, function: str, ruhr: Region
) -> None:
    encoder = load_encoder(None)
    for text in (german, english):
        vectors = encoder.encode(profile_texts([text], ruhr))
        assert profile([text], ruhr, vectors, encoder.fingerprint).function == function
