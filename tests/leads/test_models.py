"""The shipped lead models load, match their card and beat the baselines by what the card says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from matcher.leads.labelled import OWN_LABELS, read_labels
from models.errors import ModelError
from models.lead_features import Vocabulary, tokens
from models.lead_student import load_student
from models.leads import FOLDER, GROUPS, load_lead_model


@pytest.mark.parametrize("encoder", ["fast", "default", "student"])
def test_each_model_loads_and_is_the_one_of_its_manifest(encoder: str) -> None:
    model = load_lead_model(encoder)
    manifest = json.loads((FOLDER / f"{encoder}.json").read_text(encoding="utf-8"))
    assert model.version == manifest["version"]
    assert sum(model.worths) == 1000
    assert model.worths[GROUPS.index("depth")] >= 80
    assert list(model.grade_floors) == sorted(model.grade_floors, reverse=True)
    assert len(model.percentiles) == 101
    assert model.grade_floors[0] > model.percentiles[80]


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("fast.json", "fast.npz"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "fast.npz").write_bytes((tmp_path / "fast.npz").read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="not those of"):
        load_lead_model("fast", tmp_path)
    with pytest.raises(ModelError, match="There is no lead model"):
        load_lead_model("nosuch", tmp_path)


def test_the_grade_table_of_the_card_keeps_what_was_asked() -> None:
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    row = next(line for line in card.splitlines() if line.startswith("| A |"))
    assert float(row.split("|")[5]) >= 3
    fast = next(line for line in card.splitlines() if line.startswith("| `fast` |"))
    auc, precision, spearman, theme = (float("0" + cell.split()[0]) for cell in fast.split("|")[2:6])
    assert auc >= 0.90
    assert precision >= 0.60
    assert spearman >= 0.65
    assert theme >= 0.85


def test_the_own_labels_keep_the_rubric() -> None:
    labels = read_labels(OWN_LABELS)
    assert len(labels) == 730
    for label in labels.values():
        assert (label.function == "none") == (label.fit == 0)
        assert label.theme != "none" or label.fit <= 1


def test_the_student_s_vectors_are_unit_and_do_not_depend_on_the_batch() -> None:
    student = load_student()
    texts = [
        "The company manufactures pumps and valves.",
        "Wir bauen Pumpen.",
        "It explores for gold in Canada.",
    ]
    together = student.encode(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert all((student.encode([text])[0] == row).all() for text, row in zip(texts, together, strict=True))


def test_a_vocabulary_gives_unit_rows_and_ignores_what_it_does_not_know() -> None:
    documents = [["pump", "valve"], ["pump"], ["gold", "gold"]]
    vocabulary = Vocabulary.fit(documents, min_documents=1, max_share=0.5)
    assert vocabulary.terms == ("gold", "valve")
    rows = vocabulary.rows([["gold", "x"], ["x"]]).toarray()
    assert rows[0].tolist() == [1.0, 0.0]
    assert rows[1].tolist() == [0.0, 0.0]


def test_places_and_legal_forms_are_no_words_of_the_activity() -> None:
    assert tokens("The German company GmbH makes pumps in Japan.") == ["the", "gmbh", "makes", "pumps", "in"]
