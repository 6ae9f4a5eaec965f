"""The committed tagger of needs: for each token of a sentence, which need it speaks of, and how firmly.

It is the default encoder's network with low-rank changes to its layers and four linear
heads over the token states. An artefact is `weights.npz` with a manifest and a card; `models.tagger.fit` makes it
from `briefs.txt`. It belongs to one encoder; with any other there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.artefact import read_artefact
from models.encoder import Floats
from models.function import Probabilities, softmax
from models.lora import changed

if TYPE_CHECKING:
    from torch import Tensor

    from models.bert import Bert
    from models.packed import TokenIds

FOLDER = Path(__file__).parent
BRIEFS = FOLDER / "briefs.txt"
REMEDY = "matcher fit tagger"
NONE = "none"
"""First of a tagger's facets: the token speaks of no need."""
STANCES = ("must", "wish", "avoid")


@dataclass(frozen=True)
class Tags:
    """What the tokens of a sentence speak of.

    `spans` are half-open character ranges in the sentence, shape (n_tokens, 2); `facets` the probabilities of
    "none" and of each facet, shape (n_tokens, n_facets + 1); `topics` those of each topic where its facet is meant,
    (n_tokens, n_topics); `stances` those of must, wish and avoid, (n_tokens, 3); `begins` that a need begins here,
    (n_tokens,).
    """

    spans: NDArray[np.int64]
    facets: Probabilities
    topics: Probabilities
    stances: Probabilities
    begins: Probabilities


class Tagger:
    """Reads sentences word by word.

    `facets` begin with "none"; `topics` are "facet:topic"; both in the order of the columns of `Tags`.
    """

    def __init__(self, bert: Bert, arrays: Mapping[str, Floats], manifest: Mapping[str, Any]) -> None:
        from torch import from_numpy

        from models.packed import ChunkRunner

        self.facets: tuple[str, ...] = tuple(manifest["facets"])
        self.topics: tuple[str, ...] = tuple(manifest["topics"])
        weights = {name: from_numpy(array.astype(np.float32)) for name, array in arrays.items()}
        self._bert = changed(bert, weights)
        self._heads = weights["heads.weight"], weights["heads.bias"]
        self._run = ChunkRunner(self._scores)

    def tags(self, sentences: Sequence[str]) -> list[Tags]:
        """Return the tags of each sentence, whatever sentences stand beside it; blank ones have no tokens."""
        tokens = self._bert.tokens(sentences)
        shift = len(self._bert.prompt)
        found = []
        for encoding, scores in zip(tokens, self._run([one.ids for one in tokens]), strict=True):
            spans = np.array(encoding.offsets, dtype=np.int64) - shift
            is_text = (spans[:, 1] > spans[:, 0]) & (spans[:, 1] > 0)
            found.append(self._tags(np.maximum(spans[is_text], 0), scores[is_text]))
        return found

    def _tags(self, spans: NDArray[np.int64], scores: Floats) -> Tags:
        ends = np.cumsum([len(self.facets), len(self.topics), len(STANCES)])
        facet, topic, stance, begin = np.split(scores.astype(np.float64), ends, axis=1)
        return Tags(spans, softmax(facet), _sigmoid(topic), softmax(stance), _sigmoid(begin[:, 0]))

    def _scores(self, token_ids: Sequence[TokenIds]) -> list[Tensor]:
        from torch.nn.functional import linear

        from models.packed import per_text

        scores = linear(self._bert.states(token_ids), *self._heads)
        return list(per_text(scores, [len(ids) for ids in token_ids]))


def _sigmoid(scores: Probabilities) -> Probabilities:
    return 1 / (1 + np.exp(-scores))


@cache
def load_tagger(fingerprint: str, folder: Path = FOLDER) -> Tagger | None:
    """Load the tagger if it was fitted on the encoder of this fingerprint, else return None.

    Raises
    ------
    ModelError
        If a file is missing or is not the one the manifest describes.
    """
    artefact = read_artefact(folder, REMEDY)
    if artefact.manifest["encoder"] != fingerprint:
        return None
    from models.bert import load_bert
    from models.e5 import e5_folder

    return Tagger(load_bert(e5_folder()), artefact.arrays, artefact.manifest)
