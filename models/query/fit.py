"""Fits the encoder of needs on judged pairs of a need and a statement: low-rank changes to the encoder's layers.

Statements keep their vectors, so only needs are encoded anew at each step and no index has to be built again.
"""

from __future__ import annotations

import csv
import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from models.artefact import write_artefact
from models.bert import Bert
from models.calibration.fit import MET_FROM_GRADE
from models.encoder import Floats
from models.head import Head
from models.lora_fit import Descent, ThinMatrices
from models.packed import per_text
from models.query import FOLDER

JUDGED = FOLDER / "judged.csv"
GRADES = (0, 1, 2, 3)
"""0: another subject; 1: the same subject, no evidence for the need; 2: met for the most part; 3: met."""
MET_SHARE = (0.0, 0.2, 0.8, 1.0)
"""How far a statement of each grade counts as met."""

N_EPOCHS = 5
BATCH = 64
RATE, SCALE_RATE = 1e-3, 2e-2
"""Learning rates of the layers, and of the scales and offsets that turn cosines into odds."""
SHARPNESS, ODDS_SCALE, OFFSET = 12.0, 8.0, -3.0
"""Where the scales and offsets begin; they are fitted."""
N_OTHERS = 12
"""Statements drawn at random beside those judged: taken to be about another subject."""
MET_WEIGHT = 2.0
"""Weight of "met or not" beside the order of a need's statements and the nearness of its two wordings."""
KEPT_SHARE = 5
"""One brief in five is kept from the fit, and measures it."""
SEED = 0

Integers = NDArray[np.int64]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class JudgedNeed:
    """A need of an invented brief in German and English, and the grades of statements for it.

    `asks_for` is the facet, or "business" where the company's own field is meant. `evidence` holds ids, shape
    (n_judged,), `grades` as long, from 0 to 3.
    """

    brief: str
    asks_for: str
    texts: tuple[str, str]
    evidence: tuple[str, ...]
    grades: tuple[int, ...]


@dataclass(frozen=True)
class Statements:
    """What needs are compared with: ids, and unit vectors of both languages, shape (2, n_evidence, dimension)."""

    ids: Sequence[str]
    vectors: Floats


@dataclass(frozen=True)
class _Example:
    """A need as token ids in both languages, the rows of its judged statements, and their grades."""

    kind: int
    tokens: tuple[list[int], list[int]]
    rows: Integers
    grades: Integers


class _Learner(torch.nn.Module):
    """The network under change, and what turns cosines into odds."""

    def __init__(self, bert: Bert, head: Head, n_kinds: int) -> None:
        super().__init__()
        self.thin = ThinMatrices(bert)
        self._head = head
        self.log_sharpness = torch.nn.Parameter(torch.tensor(math.log(SHARPNESS)))
        self.log_odds_scale = torch.nn.Parameter(torch.tensor(math.log(ODDS_SCALE)))
        self.offsets = torch.nn.Parameter(torch.full((n_kinds,), OFFSET))

    def vectors(self, token_ids: Sequence[list[int]]) -> Tensor:
        """Return the unit vectors of texts, shape (n_texts, dimension), in their order."""
        order = np.argsort([len(ids) for ids in token_ids], kind="stable")
        ids = [token_ids[at] for at in order]
        states = self.thin.network().states(ids)
        pooled = torch.stack([text.mean(dim=0) for text in per_text(states, [len(text) for text in ids])])
        vectors = normalize(normalize(pooled) @ self._head.weight.T + self._head.bias)
        return vectors[torch.from_numpy(np.argsort(order))]

    def others(self) -> list[torch.nn.Parameter]:
        """Return the parameters beside the layers."""
        return [self.log_sharpness, self.log_odds_scale, self.offsets]


def read_judged(path: Path = JUDGED) -> tuple[JudgedNeed, ...]:
    """Read the judged needs: columns brief, asks_for, text_de, text_en, and for each grade ids parted by blanks."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    result = []
    for row in rows:
        by_grade = [(name, grade) for grade in GRADES for name in row[f"grade_{grade}"].split()]
        names, grades = zip(*by_grade, strict=True)
        result.append(
            JudgedNeed(row["brief"], row["asks_for"], (row["text_de"], row["text_en"]), names, grades)
        )
    return tuple(result)


def kept_apart(needs: Sequence[JudgedNeed]) -> NDArray[np.bool_]:
    """Return which needs, shape (n_needs,), are of the briefs that measure the fit."""
    briefs = sorted({need.brief for need in needs})
    kept = set(np.random.default_rng(SEED).permutation(briefs)[: len(briefs) // KEPT_SHARE])
    return np.array([need.brief in kept for need in needs])


def fit_query(
    needs: Sequence[JudgedNeed],
    statements: Statements,
    bert: Bert,
    head: Head,
    encoder: str,
    folder: Path = FOLDER,
) -> dict[str, Any]:
    """Fit on four fifths of the briefs, measure on the fifth, write weights and manifest, and return the manifest.

    Parameters
    ----------
    needs : sequence of JudgedNeed
        A quarter of an hour for three thousand on two cores. Judgements on other statements are passed over.
    statements : Statements
        As the encoder whose fingerprint is `encoder` encodes them with `bert` and `head`.
    """
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    kinds = sorted({need.asks_for for need in needs})
    row_by_id = {name: row for row, name in enumerate(statements.ids)}
    examples = [_example(need, row_by_id, kinds, bert) for need in needs]
    is_kept = kept_apart(needs)
    taught = [example for example, kept in zip(examples, is_kept, strict=True) if not kept]
    learner = _Learner(bert, head, len(kinds))
    vectors = torch.from_numpy(statements.vectors)
    descent = Descent(
        [(list(learner.thin.parameters()), RATE), (learner.others(), SCALE_RATE)],
        n_steps=N_EPOCHS * math.ceil(len(taught) / BATCH),
    )
    for epoch in range(N_EPOCHS):
        losses = []
        for batch in _batches(taught, rng):
            loss = _loss(learner, batch, vectors, rng)
            descent.step(loss)
            losses.append(loss.item())
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, N_EPOCHS, np.mean(losses))
    apart = [example for example, kept in zip(examples, is_kept, strict=True) if kept]
    manifest = {
        "encoder": encoder,
        "seed": SEED,
        "n_needs": len(needs),
        "n_pairs": sum(len(example.rows) for example in examples),
        "n_needs_kept": len(apart),
        "loss": round(float(np.mean(losses)), 3),
        "kept": {
            "before": _measured(_Learner(bert, head, len(kinds)), apart, statements),
            "after": _measured(learner, apart, statements),
        },
    }
    return write_artefact(folder, learner.thin.arrays(), manifest)


def _example(need: JudgedNeed, row_by_id: Mapping[str, int], kinds: Sequence[str], bert: Bert) -> _Example:
    known = [
        (row_by_id[name], grade)
        for name, grade in zip(need.evidence, need.grades, strict=True)
        if name in row_by_id
    ]
    rows, grades = np.array(known, np.int64).reshape(-1, 2).T
    german, english = bert.token_ids(need.texts)
    return _Example(kinds.index(need.asks_for), (german, english), rows, grades)


def _batches(examples: Sequence[_Example], rng: np.random.Generator) -> Iterator[list[_Example]]:
    order = rng.permutation(len(examples))
    for start in range(0, len(order), BATCH):
        yield [examples[at] for at in order[start : start + BATCH]]


def _loss(
    learner: _Learner, batch: Sequence[_Example], statements: Tensor, rng: np.random.Generator
) -> Tensor:
    """Return the mean over needs: order of the statements, met or not, and nearness of the two wordings."""
    rows, grades, is_there = _drawn(batch, statements.shape[1], rng)
    gains = (2.0**grades - 1) * is_there
    shares = gains / gains.sum(dim=1, keepdim=True).clamp(min=1)
    met = torch.tensor(MET_SHARE)[grades]
    offsets = learner.offsets[torch.tensor([example.kind for example in batch])][:, None]
    wordings = learner.vectors([ids for example in batch for ids in example.tokens])
    total = (1 - (wordings[0::2] * wordings[1::2]).sum(dim=1)).mean()
    for own in (wordings[0::2], wordings[1::2]):
        cosines = torch.maximum(own @ statements[0].T, own @ statements[1].T).gather(1, rows)
        logits = (cosines * learner.log_sharpness.exp()).masked_fill(~is_there, -torch.inf)
        ordered = -(shares * logits.log_softmax(dim=1).masked_fill(~is_there, 0)).sum(dim=1)
        odds = learner.log_odds_scale.exp() * cosines + offsets
        each = binary_cross_entropy_with_logits(odds, met, reduction="none") * is_there
        told = each.sum(dim=1) / is_there.sum(dim=1)
        total = total + (ordered + MET_WEIGHT * told).mean() / 2
    return total


def _drawn(
    batch: Sequence[_Example], n_statements: int, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Return rows, grades and which are there, shape (n_needs, n_most): judged statements and some at random."""
    width = max(len(example.rows) for example in batch) + N_OTHERS
    rows = np.zeros((len(batch), width), np.int64)
    grades = np.zeros((len(batch), width), np.int64)
    is_there = np.zeros((len(batch), width), dtype=bool)
    for at, example in enumerate(batch):
        others = np.setdiff1d(rng.integers(0, n_statements, N_OTHERS), example.rows)
        n_judged, n_all = len(example.rows), len(example.rows) + len(others)
        rows[at, :n_judged], rows[at, n_judged:n_all] = example.rows, others
        grades[at, :n_judged] = example.grades
        is_there[at, :n_all] = True
    return torch.from_numpy(rows), torch.from_numpy(grades), torch.from_numpy(is_there)


def _measured(learner: _Learner, examples: Sequence[_Example], statements: Statements) -> dict[str, float]:
    """Return how well judged statements are told apart, a mean over needs and languages, and how near wordings are.

    `auc`: the chance that a statement that meets the need lies nearer than one that does not.
    """
    aucs, nearness = [], []
    vectors = statements.vectors
    with torch.inference_mode():
        for start in range(0, len(examples), BATCH):
            batch = examples[start : start + BATCH]
            wordings = learner.vectors([ids for example in batch for ids in example.tokens]).numpy()
            nearness += list((wordings[0::2] * wordings[1::2]).sum(axis=1))
            for example, pair in zip(batch, wordings.reshape(len(batch), 2, -1), strict=True):
                is_met = example.grades >= MET_FROM_GRADE
                if is_met.all() or not is_met.any():
                    continue
                for own in pair:
                    cosines = np.maximum(*(side[example.rows] @ own for side in vectors))
                    aucs.append(roc_auc_score(is_met, cosines))
    return {"auc": round(float(np.mean(aucs)), 3), "cosine_of_wordings": round(float(np.mean(nearness)), 3)}
