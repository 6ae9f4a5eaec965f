"""The vectors of needs, drawn towards the concepts they name: the same need lies near itself in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matcher.concepts import concepts_in, wordings
from models.encoder import Encoder, Floats
from models.index import StatementIndex

ANCHORED = 0.5
"""Share of a need's vector that comes from the concepts it names. Of .3, .5 and .7 the one whose strengths fit the
judged pairs best, held out (AUC .892 without, .900, .901, .895), and whose German and English differ less than
without (`models/calibration`)."""


class Anchors:
    """Embeds wordings of needs, half by their words and half by the concepts that these name.

    A concept's vector comes from its phrases in both languages, so that half of a need's vector does not
    depend on the language it is written in. The vectors of concepts lie in the user's cache.
    """

    def __init__(self, encoder: Encoder) -> None:
        texts = wordings()
        index = StatementIndex.for_statements(list(texts.values()), list(texts.values()), encoder)
        self._encoder = encoder
        self._by_concept = dict(zip(texts, index.vectors, strict=True))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the unit vector of each text with the concepts that it names, shape (n_texts, dimension)."""
        return self.vectors(texts, [dict.fromkeys(concepts_in(text), 1.0) for text in texts])

    def vectors(self, texts: Sequence[str], concepts: Sequence[Mapping[str, float]]) -> Floats:
        """Return the unit vector of each text, drawn towards its concepts by how much each counts.

        Shape (n_texts, dimension); a text without concepts keeps its own vector.
        """
        vectors = np.array(self._encoder.encode(texts))
        for row, named in enumerate(concepts):
            if named:
                vectors[row] = unit((1 - ANCHORED) * vectors[row] + ANCHORED * self._middle(named))
        return vectors

    def _middle(self, named: Mapping[str, float]) -> Floats:
        parts = [np.float32(share) * self._by_concept[name] for name, share in sorted(named.items())]
        return unit(np.sum(parts, axis=0))


def unit(vector: Floats) -> Floats:
    """Return a vector of shape (dimension,) at length 1; nothing stays nothing."""
    scaled: Floats = vector / (np.linalg.norm(vector) or np.float32(1))
    return scaled
