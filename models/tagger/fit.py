"""Fits the tagger of needs on marked sentences: low-rank changes to the network's layers, and its heads.

The network of the encoder stays as it is; what is learned fits in some megabytes.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, dropout

from models.artefact import write_artefact
from models.bert import Bert
from models.lora_fit import Descent, ThinMatrices
from models.tagger import FOLDER, NONE, STANCES

N_EPOCHS = 5
BATCH = 64
RATE, HEAD_RATE = 4e-3, 3e-3
"""Learning rates of the layers and of the heads. At 1e-3 for both nothing was learned in four epochs."""
DROPOUT = 0.1
SIDE_WEIGHT = 0.5
"""Weight of stances and beginnings beside facets and topics."""
SEED = 0
MOST_SCALED = 300
"""Sentences from which the usual size of the states is taken."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mark:
    """A need marked in a sentence.

    Characters `start` to `end` say it; any of `labels`, each a facet and its topics, is right.
    """

    start: int
    end: int
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    stance: str


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence and the needs marked in it."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class _Target:
    """A sentence as tokens, and what each should be told to speak of; shapes as in `models.tagger.Tags`.

    `is_asked` says which topics are asked about: those of the marked facets. The stance is -1 where no need is.
    """

    ids: list[int]
    is_text: NDArray[np.bool_]
    facets: NDArray[np.float32]
    topics: NDArray[np.float32]
    is_asked: NDArray[np.float32]
    stances: NDArray[np.int64]
    begins: NDArray[np.float32]


class _Learner(torch.nn.Module):
    """The network under change, and one head for all columns."""

    def __init__(self, bert: Bert, n_columns: int) -> None:
        super().__init__()
        self.bert = bert
        self.thin = ThinMatrices(bert)
        self.head = torch.nn.Linear(bert.width, n_columns)
        self.middle, self.spread = torch.zeros(bert.width), torch.ones(bert.width)

    def scores(self, targets: Sequence[_Target]) -> Tensor:
        """Return the columns for all tokens, shape (n_tokens, n_columns)."""
        n_tokens = sum(len(target.ids) for target in targets)
        states = self.thin.network().states([target.ids for target in targets])[:n_tokens]
        scaled = (states - self.middle) / self.spread
        columns: Tensor = self.head(dropout(scaled, DROPOUT, self.training))
        return columns

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the artefact's arrays; the head takes the states as the network gives them."""
        weight = self.head.weight / self.spread
        bias = self.head.bias - weight @ self.middle
        return {
            **self.thin.arrays(),
            "heads.weight": weight.detach().numpy(),
            "heads.bias": bias.detach().numpy(),
        }


def fit_tagger(
    sentences: Sequence[MarkedSentence],
    facets: Sequence[str],
    topics: Sequence[str],
    bert: Bert,
    encoder: str,
    folder: Path = FOLDER,
) -> dict[str, Any]:
    """Fit, write weights and manifest, and return the manifest.

    Parameters
    ----------
    sentences : sequence of MarkedSentence
        What is learned from; three quarters of an hour for eighteen thousand on two cores.
    facets, topics : sequence of str
        What marks can name; topics as "facet:topic".
    bert : Bert
        Network of the encoder whose fingerprint is `encoder`.
    """
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    targets = [_target(sentence, facets, topics, bert) for sentence in sentences]
    learner = _Learner(bert, 1 + len(facets) + len(topics) + len(STANCES) + 1)
    _scale(learner, targets)
    descent = Descent(
        [(list(learner.thin.parameters()), RATE), (list(learner.head.parameters()), HEAD_RATE)],
        n_steps=N_EPOCHS * math.ceil(len(targets) / BATCH),
    )
    for epoch in range(N_EPOCHS):
        losses = []
        for batch in _batches(targets, rng):
            loss = _loss(learner.scores(batch), batch, len(facets), len(topics))
            descent.step(loss)
            losses.append(loss.item())
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, N_EPOCHS, np.mean(losses))
    manifest = {
        "encoder": encoder,
        "seed": SEED,
        "n_sentences": len(sentences),
        "n_marks": sum(len(sentence.marks) for sentence in sentences),
        "loss": round(float(np.mean(losses)), 3),
        "facets": [NONE, *facets],
        "topics": list(topics),
    }
    return write_artefact(folder, learner.arrays(), manifest)


def _target(sentence: MarkedSentence, facets: Sequence[str], topics: Sequence[str], bert: Bert) -> _Target:
    (encoding,) = bert.tokens([sentence.text])
    spans = np.array(encoding.offsets) - len(bert.prompt)
    is_text = (spans[:, 1] > spans[:, 0]) & (spans[:, 1] > 0)
    n_tokens = len(spans)
    of_facet = np.zeros((n_tokens, 1 + len(facets)), np.float32)
    of_facet[:, 0] = 1
    of_topic = np.zeros((n_tokens, len(topics)), np.float32)
    is_asked = np.zeros_like(of_topic)
    stances = np.full(n_tokens, -1)
    begins = np.zeros(n_tokens, np.float32)
    for mark in sentence.marks:
        inside = np.flatnonzero(is_text & (spans[:, 0] < mark.end) & (spans[:, 1] > mark.start))
        of_facet[inside] = 0
        for facet, named in mark.labels:
            of_facet[inside, 1 + facets.index(facet)] += 1 / len(mark.labels)
            for column, topic in enumerate(topics):
                if topic.startswith(f"{facet}:"):
                    is_asked[inside, column] = 1
                    of_topic[inside, column] = topic.partition(":")[2] in named
        stances[inside] = STANCES.index(mark.stance)
        begins[inside] = 0
        begins[inside[:1]] = 1
    return _Target(list(encoding.ids), is_text, of_facet, of_topic, is_asked, stances, begins)


def _scale(learner: _Learner, targets: Sequence[_Target]) -> None:
    """Bring the states to one scale, column by column, as some are a hundred times as large as others."""
    chosen = targets[:: max(1, len(targets) // MOST_SCALED)]
    with torch.inference_mode():
        states = learner.bert.states([target.ids for target in chosen])
    learner.middle, learner.spread = states.mean(dim=0).clone(), states.std(dim=0).clone()


def _batches(targets: Sequence[_Target], rng: np.random.Generator) -> Iterator[list[_Target]]:
    """Yield sentences of like length together, in a random order of batches."""
    lengths = np.array([len(target.ids) for target in targets]) + rng.random(len(targets)) * 8
    order = np.argsort(lengths)
    starts = rng.permutation(np.arange(0, len(order), BATCH))
    for start in starts:
        batch = [targets[at] for at in order[start : start + BATCH]]
        yield sorted(batch, key=lambda target: len(target.ids))


def _loss(scores: Tensor, batch: Sequence[_Target], n_facets: int, n_topics: int) -> Tensor:
    facet, topic, stance, begin = torch.split(scores, [1 + n_facets, n_topics, len(STANCES), 1], dim=1)

    def joined(name: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(target, name) for target in batch]))

    is_text, facets, stances, is_asked = (
        joined(name) for name in ("is_text", "facets", "stances", "is_asked")
    )
    of_facet = -(facets * facet.log_softmax(dim=1)).sum(dim=1)[is_text].mean()
    of_topic = binary_cross_entropy_with_logits(topic, joined("topics"), reduction="none") * is_asked
    total: Tensor = of_facet + of_topic.sum() / is_asked.sum().clamp(min=1)
    is_need = stances >= 0
    if is_need.any():
        of_begin = binary_cross_entropy_with_logits(begin[is_need, 0], joined("begins")[is_need])
        total = total + SIDE_WEIGHT * (cross_entropy(stance[is_need], stances[is_need]) + of_begin)
    return total
