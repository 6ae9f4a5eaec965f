"""The committed classifier of clauses is the one of its manifest and card, and refuses a damaged file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.errors import ModelError
from models.facet import FOLDER, load_facet_model
from models.facet.fit import Examples, best_temperature, held_out

MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


def test_probabilities_are_shares_of_one() -> None:
    model = load_facet_model()
    vectors = np.eye(3, len(model.weights) - 1, dtype=np.float32)
    shares = model.probabilities(vectors)
    assert shares.shape == (3, len(model.labels))
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_where_it_is_sure_it_is_right_in_95_of_100_left_out_clauses() -> None:
    assert MANIFEST["held_out"]["sure"]["0.9"]["precision"] >= 0.95
    assert MANIFEST["held_out"]["sure"]["0.9"]["agreement"] >= 0.9


def test_the_card_states_the_figures_of_the_manifest() -> None:
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    for language in ("de", "en"):
        for kind in ("facet", "label"):
            assert f"{MANIFEST['held_out'][kind][language]:.2f}".lstrip("0") in card


def test_a_damaged_artefact_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "facet"
    shutil.copytree(FOLDER, folder)
    np.savez(folder / "weights.npz", weights=np.zeros((2, 7), dtype=np.float32))
    with pytest.raises(ModelError, match="is not the file of its manifest"):
        load_facet_model(folder)


def test_a_left_out_pair_is_told_by_its_likes_in_both_languages() -> None:
    labels = np.array(["cost", "none", "site"] * 10)
    vectors = np.eye(3, dtype=np.float32)[np.arange(30) % 3]
    examples = Examples(vectors, vectors, labels, vectors[:3], labels[:3])
    scores = held_out(examples)
    assert scores.shape == (2, 30, 3)
    assert (np.unique(labels)[scores.argmax(axis=2)] == labels).all()
    assert best_temperature(scores, labels, np.unique(labels)) < 1
