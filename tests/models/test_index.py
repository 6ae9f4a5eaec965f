"""The statement index: exact, in both languages, never stale."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ModelError
from models.index import BATCH, StatementIndex
from tests.models.stand_in import StandInEncoder

GERMAN = ["Hafen mit Containerterminal", "Institut für Wasserstoff", "Gewerbegebiet mit Gleisanschluss"]
ENGLISH = ["Harbour with container terminal", "Hydrogen institute", "Business park with railway siding"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path))
    return tmp_path


def test_a_need_is_compared_with_the_statement_in_either_language() -> None:
    encoder = StandInEncoder()
    index = StatementIndex.for_statements(GERMAN, ENGLISH, encoder)
    found = index.similarities(encoder.encode(["Institut für Wasserstoff", "Hydrogen institute"]))
    assert found[:, 1] == pytest.approx([1, 1])
    assert found.argmax(axis=1).tolist() == [1, 1]


def test_similarities_equal_brute_force() -> None:
    encoder = StandInEncoder()
    index = StatementIndex.for_statements(GERMAN, ENGLISH, encoder)
    queries = encoder.encode(["Hafen", "hydrogen", "siding"])
    expected = np.maximum(queries @ encoder.encode(GERMAN).T, queries @ encoder.encode(ENGLISH).T)
    np.testing.assert_allclose(index.similarities(queries), expected, atol=1e-6)


def test_faiss_itself_finds_the_same_nearest_text() -> None:
    encoder = StandInEncoder()
    index = StatementIndex.for_statements(GERMAN, ENGLISH, encoder)
    queries = encoder.encode(["Hafen", "hydrogen", "siding"])
    cosines, texts = index.index.search(queries, 1)
    nearest = index.similarities(queries)
    assert cosines[:, 0] == pytest.approx(nearest.max(axis=1))
    assert all(texts[i, 0] in index.rows[:, nearest[i].argmax()] for i in range(3))


def test_an_index_is_built_once_and_then_opened() -> None:
    StatementIndex.for_statements(GERMAN, ENGLISH, StandInEncoder())
    second = StandInEncoder()
    StatementIndex.for_statements(GERMAN, ENGLISH, second)
    assert second.encoded == []


def test_only_building_that_takes_long_says_how_long(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Betrieb {i}" for i in range(2 * BATCH)]
    with caplog.at_level(logging.INFO):
        StatementIndex.for_statements(texts, texts, StandInEncoder())
        assert caplog.messages == []
        monkeypatch.setattr("models.index.WORTH_SAYING_SECONDS", 0.0)
        for _ in range(2):
            StatementIndex.for_statements(texts, texts, StandInEncoder(fingerprint="slow"))
    (message,) = caplog.messages
    assert f"Indexing {BATCH} more texts" in message


@pytest.mark.parametrize("changed", ["a statement", "the encoder"])
def test_a_stale_index_is_rebuilt(changed: str) -> None:
    StatementIndex.for_statements(GERMAN, ENGLISH, StandInEncoder())
    german = ["Hafen ohne Terminal", *GERMAN[1:]] if changed == "a statement" else GERMAN
    encoder = StandInEncoder(fingerprint="another" if changed == "the encoder" else "stand-in")
    index = StatementIndex.for_statements(german, ENGLISH, encoder)
    assert encoder.encoded == [*german, *ENGLISH]
    assert index.similarities(encoder.encode([german[0]]))[0, 0] == pytest.approx(1)


def test_a_text_that_statements_share_is_encoded_once() -> None:
    encoder = StandInEncoder()
    index = StatementIndex.for_statements(["Autobahn"] * 50, ["motorway"] * 50, encoder)
    assert encoder.encoded == ["Autobahn", "motorway"]
    assert index.similarities(encoder.encode(["motorway"])) == pytest.approx(np.ones((1, 50)))


@given(n_queries=st.integers(1, 40), n_statements=st.integers(1, 60))
@settings(deadline=None, max_examples=30)
def test_a_similarity_does_not_depend_on_other_needs_or_statements(n_queries: int, n_statements: int) -> None:
    rng = np.random.default_rng(7)
    texts = [" ".join(rng.choice(["Hafen", "Gleis", "Werk", "Labor"], 5)) + f" {i}" for i in range(60)]
    encoder = StandInEncoder(dimension=384)
    vectors = encoder.encode([text[::-1] for text in texts[:40]])
    full = StatementIndex.for_statements(texts, texts, encoder).similarities(vectors)
    part = StatementIndex.for_statements(texts[:n_statements], texts[:n_statements], encoder)
    np.testing.assert_array_equal(part.similarities(vectors[:n_queries]), full[:n_queries, :n_statements])


def test_no_statements_and_no_needs_give_empty_results() -> None:
    encoder = StandInEncoder()
    empty = StatementIndex.for_statements([], [], encoder)
    assert empty.similarities(encoder.encode(["Hafen"])).shape == (1, 0)
    index = StatementIndex.for_statements(GERMAN, ENGLISH, encoder)
    assert index.similarities(encoder.encode([])).shape == (0, 3)


def test_a_damaged_index_says_what_to_do(cache: Path) -> None:
    StatementIndex.for_statements(GERMAN, ENGLISH, StandInEncoder())
    (folder,) = cache.iterdir()
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"fingerprint": "other"}))
    with pytest.raises(ModelError, match="delete that folder"):
        StatementIndex.for_statements(GERMAN, ENGLISH, StandInEncoder())
    (folder / "vectors.faiss").write_bytes(b"half")
    with pytest.raises(ModelError, match="delete that folder"):
        StatementIndex.for_statements(GERMAN, ENGLISH, StandInEncoder())
