"""Needs drawn towards the concepts they name: nearer to themselves in the other language, and each on its own."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.anchors import ANCHORED_ALIKE, Anchors, unit
from matcher.concepts import concepts_in, wordings
from models.load import load_encoder
from tests.models.stand_in import StandInEncoder

SAME = [
    ("Binnenhafen mit Containerterminal", "inland port with a container terminal"),
    ("Institute für Maschinenbau", "institutes of mechanical engineering"),
    ("Hersteller von Medizintechnik", "makers of medical devices"),
    ("Gießereien und Stahlwerke", "foundries and steelworks"),
]


def test_a_text_that_names_no_concept_keeps_its_own_vector() -> None:
    encoder, text = StandInEncoder(), "qwertz"
    assert not concepts_in(text)
    assert np.array_equal(Anchors(encoder).encode([text]), encoder.encode([text]))


def test_a_vector_lies_between_the_words_and_the_concept() -> None:
    encoder = StandInEncoder()
    of_words, of_concept = encoder.encode(["quay", wordings()["foundry"]])
    (drawn,) = Anchors(encoder).vectors(["quay"], [{"foundry": 1.0}])
    assert drawn == pytest.approx(
        unit((1 - ANCHORED_ALIKE) * of_words + ANCHORED_ALIKE * of_concept), abs=1e-6
    )
    assert np.linalg.norm(drawn) == pytest.approx(1, abs=1e-6)


def test_a_concept_that_counts_less_draws_less() -> None:
    encoder = StandInEncoder()
    anchors = Anchors(encoder)
    little, much = anchors.vectors(["quay"] * 2, [{"foundry": 1.0, "harbour": share} for share in (0.2, 1.0)])
    towards = encoder.encode([wordings()["harbour"]])[0]
    assert little @ towards < much @ towards


def test_each_vector_is_the_same_alone_and_among_others() -> None:
    anchors = Anchors(StandInEncoder())
    texts = [text for pair in SAME for text in pair]
    alone = np.concatenate([anchors.encode([text]) for text in texts])
    assert np.array_equal(alone, anchors.encode(texts))


def test_every_concept_has_a_wording_of_its_own() -> None:
    texts = list(wordings().values())
    assert len(set(texts)) == len(texts) >= 250
    assert all(len(text) > 5 and "*" not in text and "!" not in text for text in texts)


@pytest.mark.slow
def test_german_and_english_needs_come_nearer_to_each_other() -> None:
    encoder = load_encoder(None)
    anchors = Anchors(encoder)
    for german, english in SAME:
        plain, drawn = (encode([german, english]) for encode in (encoder.encode, anchors.encode))
        assert drawn[0] @ drawn[1] > plain[0] @ plain[1]
