"""The vectors of needs, drawn towards the concepts they name: the same need lies near itself in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matcher.concepts import concepts_in, wordings
from models.encoder import Encoder, Floats
from models.index import StatementIndex
from models.query import load_query_encoder

ANCHORED = 0.2
"""Share of a need's vector that comes from the concepts it names, where needs have an encoder of their own. Of .2, .35 and
.5 the one whose strengths fit the judged pairs best, held out (`models/calibration`)."""
ANCHORED_ALIKE = 0.5
"""The same where needs are encoded like statements. Of .3, .5 and .7 the one whose strengths fitted the judged pairs best, held
out, and whose German and English differ less than without."""


class Anchors:
    """Embeds wordings of needs by their words and, in part, by the concepts that these name.

    A concept's vector comes from its phrases in both languages, so that this part of a need's vector does not
    depend on the language it is written in. The vectors of concepts lie in the user's cache.
    """

    def __init__(self, encoder: Encoder) -> None:
        texts = wordings()
        index = StatementIndex.for_statements(list(texts.values()), list(texts.values()), encoder)
        self._encoder = load_query_encoder(encoder)
        self.share = ANCHORED_ALIKE if self._encoder is encoder else ANCHORED
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
                vectors[row] = unit((1 - self.share) * vectors[row] + self.share * self._middle(named))
        return vectors

    def _middle(self, named: Mapping[str, float]) -> Floats:
        parts = [np.float32(share) * self._by_concept[name] for name, share in sorted(named.items())]
        return unit(np.sum(parts, axis=0))


def unit(vector: Floats) -> Floats:
    """Return a vector of shape (dimension,) at length 1; nothing stays nothing."""
    scaled: Floats = vector / (np.linalg.norm(vector) or np.float32(1))
    return scaled
