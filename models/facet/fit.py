"""Fits the classifier of clauses on pairs in two languages, and measures it by leaving pairs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artefact import write_artefact
from models.encoder import Encoder, Floats
from models.facet import FOLDER, NONE
from models.function import Probabilities, softmax

VECTOR_SCALE = 10.0
PENALTY = 1.0
"""Inverse strength of the L2 penalty; scale 5 to 20 and penalty 1 to 3 gave the same accuracy within .01."""
PHRASE_WEIGHT = 0.3
"""Weight of a phrase of the lexicon beside a written clause; chosen among 0, .1, .3, .6 and 1 by leaving pairs
out: without phrases labels are told less often."""
N_FOLDS = 5
SEED = 0
TEMPERATURES = np.linspace(0.4, 2.0, 33)
SURE = (0.5, 0.7, 0.9)
"""Probabilities from which on the manifest counts how many clauses are told, and how many of them rightly."""


@dataclass(frozen=True)
class ClausePair:
    """A clause in both languages and what it asks for."""

    german: str
    english: str
    label: str


@dataclass(frozen=True)
class Phrase:
    """A phrase of the lexicon and what it speaks of: a weaker example, in one language."""

    text: str
    label: str


@dataclass(frozen=True)
class Examples:
    """Vectors and labels as they are fitted: pairs in both languages, and phrases."""

    german: Floats
    english: Floats
    labels: NDArray[Any]
    phrases: Floats
    phrase_labels: NDArray[Any]


def fit_facet(
    pairs: Sequence[ClausePair], phrases: Sequence[Phrase], encoder: Encoder, folder: Path = FOLDER
) -> dict[str, Any]:
    """Fit on all examples, write weights and manifest with held-out figures, return the manifest."""
    examples = Examples(
        encoder.encode([pair.german for pair in pairs]),
        encoder.encode([pair.english for pair in pairs]),
        np.array([pair.label for pair in pairs]),
        encoder.encode([phrase.text for phrase in phrases]),
        np.array([phrase.label for phrase in phrases]),
    )
    names = np.unique(examples.labels)
    scores = held_out(examples)
    temperature = best_temperature(scores, examples.labels, names)
    layer = _layer(examples, np.ones(len(pairs), dtype=bool))
    manifest = {
        "encoder": encoder.fingerprint,
        "seed": SEED,
        "labels": names.tolist(),
        "n_pairs": len(pairs),
        "n_phrases": len(phrases),
        "temperature": round(temperature, 3),
        "held_out": figures(softmax(scores / temperature), examples.labels, names),
    }
    return write_artefact(folder, {"weights": (layer / temperature).astype(np.float32)}, manifest)


def _layer(examples: Examples, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return softmax weights on the chosen pairs and all phrases, the intercept as last row."""
    from sklearn.linear_model import LogisticRegression

    labels = examples.labels[chosen]
    rows = np.vstack([examples.german[chosen], examples.english[chosen], examples.phrases])
    weights = np.r_[np.ones(2 * len(labels)), np.full(len(examples.phrases), PHRASE_WEIGHT)]
    fitted = LogisticRegression(C=PENALTY, max_iter=2000).fit(
        VECTOR_SCALE * rows.astype(np.float64), np.r_[labels, labels, examples.phrase_labels], weights
    )
    layer: NDArray[np.float64] = np.vstack([VECTOR_SCALE * fitted.coef_.T, fitted.intercept_])
    return layer


def held_out(examples: Examples) -> NDArray[np.float64]:
    """Return scores of shape (2, n_pairs, n_labels), German first, of pairs that were left out whole."""
    fold = np.random.default_rng(SEED).permutation(len(examples.labels)) % N_FOLDS
    n_labels = len(np.unique(examples.labels))
    scores = np.zeros((2, len(fold), n_labels))
    for number in range(N_FOLDS):
        layer = _layer(examples, fold != number)
        for side, vectors in enumerate((examples.german, examples.english)):
            scores[side, fold == number] = vectors[fold == number].astype(np.float64) @ layer[:-1] + layer[-1]
    return scores


def best_temperature(scores: NDArray[np.float64], labels: NDArray[Any], names: NDArray[Any]) -> float:
    """Return the temperature under which the left-out labels are likeliest (Guo et al. 2017)."""
    truth = np.searchsorted(names, labels)

    def loss(temperature: float) -> float:
        shares = softmax(scores / temperature)
        return float(-np.log(shares[:, np.arange(len(truth)), truth]).mean())

    return float(min(TEMPERATURES, key=loss))


def figures(shares: Probabilities, labels: NDArray[Any], names: NDArray[Any]) -> dict[str, Any]:
    """Return accuracy by language, agreement of the languages, and precision where the model is sure."""
    facets = np.array([name.split(":")[0] for name in names])
    kinds = np.unique(facets)
    by_facet = shares @ (facets[:, None] == kinds[None]).astype(float)
    truth = np.array([label.split(":")[0] for label in labels])
    told, kind = names[shares.argmax(axis=2)], kinds[by_facet.argmax(axis=2)]
    sure = {}
    for least in SURE:
        is_sure = (by_facet.max(axis=2) >= least) & (kind != NONE)
        sure[f"{least:g}"] = {
            "share": _share(is_sure),
            "precision": _share((kind == truth[None])[is_sure]),
            "agreement": _share((kind[0] == kind[1])[is_sure.any(axis=0)]),
        }
    return {
        "label": {"de": _share(told[0] == labels), "en": _share(told[1] == labels)},
        "facet": {"de": _share(kind[0] == truth), "en": _share(kind[1] == truth)},
        "agreement": {"label": _share(told[0] == told[1]), "facet": _share(kind[0] == kind[1])},
        "sure": sure,
    }


def _share(right: NDArray[np.bool_]) -> float:
    return round(float(right.mean()), 3)
