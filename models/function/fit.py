"""Fits the classifier of function and theme, and measures it by leaving companies out, beside TF-IDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artefact import write_artefact
from models.encoder import Encoder
from models.function import FOLDER, NO_THEME, features, softmax

TASKS = ("function", "theme")
PENALTY = 0.1
"""Inverse strength of the L2 penalty; with .5 themes were told worse, functions alike."""
MARKED_WEIGHT = 0.3
"""Weight of an invented brief of a group beside others. Of 0.3 and 1 the better on real briefs left out."""
LINE_WEIGHT = 0.15
"""Weight of a line that only names a company. Of .15, .3, .5 and 1 the one that costs real briefs left out nothing."""
N_FOLDS = 11
CHOSEN, BASELINE = "vector and counts", "TF-IDF baseline"
GAIN = "gain over TF-IDF"
"""Right with the one and wrong with the other, brief by brief: what the difference of two intervals does not tell."""
SEED = 0
Predict = Callable[[Sequence[int], Sequence[int], NDArray[Any], NDArray[np.float64]], NDArray[Any]]
"""From rows to learn from, rows to tell, and the labels and weights of all rows to the labels told."""


@dataclass(frozen=True)
class Example:
    """A labelled brief. Those of one `group`, a company or an invented brief, are never split; "" is always learned from.

    `weight` is what it counts in a fit beside others.
    """

    text: str
    function: str
    theme: str
    group: str
    is_real: bool
    weight: float


def fit_function(
    examples: Sequence[Example], counts: NDArray[np.int64], encoder: Encoder, folder: Path = FOLDER
) -> dict[str, Any]:
    """Fit on all examples, write weights and manifest with cross-validated figures, return the manifest."""
    vectors = encoder.encode([example.text for example in examples])
    logged = np.log1p(counts.astype(np.float64))
    both = features(logged, vectors)
    weights = _weights(examples)
    arrays: dict[str, NDArray[np.float32]] = {}
    classes: dict[str, list[str]] = {}
    for task in TASKS:
        labels = _labels(examples, task)
        classes[task] = sorted(set(labels.tolist()))
        arrays[task] = _layer(both, labels, weights)
        arrays[f"{task}_counts"] = _layer(logged, labels, weights)
    manifest = {
        "encoder": encoder.fingerprint,
        "seed": SEED,
        "classes": classes,
        "n_examples": len(examples),
        "accuracy": accuracy(examples, both, logged),
    }
    return write_artefact(folder, arrays, manifest)


def _labels(examples: Sequence[Example], task: str) -> NDArray[Any]:
    return np.array([example.function if task == "function" else example.theme for example in examples])


def _weights(examples: Sequence[Example]) -> NDArray[np.float64]:
    return np.array([one.weight for one in examples])


def _layer(
    rows: NDArray[np.float64], labels: NDArray[Any], weights: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return softmax weights with the intercept as last row, classes in alphabetical order."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=PENALTY, max_iter=5000, class_weight="balanced")
    fitted = model.fit(rows, labels, sample_weight=weights)
    layer: NDArray[np.float32] = np.vstack([fitted.coef_.T, fitted.intercept_]).astype(np.float32)
    return layer


def accuracy(
    examples: Sequence[Example], both: NDArray[np.float64], logged: NDArray[np.float64]
) -> dict[str, dict[str, Any]]:
    """Return accuracy on left-out real and invented briefs, with 95 % bootstrap intervals over companies and briefs.

    Theme is also measured over the real briefs that have one. The baseline is TF-IDF of words and pairs of
    words with logistic regression, trained on the same briefs.
    """
    texts = [example.text for example in examples]
    ways: dict[str, Predict] = {
        CHOSEN: _linear(both),
        "counts alone": _linear(logged),
        BASELINE: _tfidf(texts),
    }
    report: dict[str, dict[str, Any]] = {}
    for task in TASKS:
        labels = _labels(examples, task)
        hits = {name: _hits(examples, labels, predict) for name, predict in ways.items()}
        hits[GAIN] = hits[CHOSEN] - hits[BASELINE]
        is_real = np.array([bool(one.group) and one.is_real for one in examples])
        is_invented = np.array([bool(one.group) and not one.is_real for one in examples])
        parts = {task: is_real, f"{task}, invented": is_invented}
        if task == "theme":
            parts["theme where there is one"] = is_real & (labels != NO_THEME)
        for part, chosen in parts.items():
            rows = np.flatnonzero(chosen)
            groups = [examples[int(i)].group for i in rows]
            report[part] = {"n": len(rows)} | {
                name: _interval(found[rows], groups) for name, found in hits.items()
            }
    return report


def _hits(examples: Sequence[Example], labels: NDArray[Any], predict: Predict) -> NDArray[np.float64]:
    """Say of each brief whether it is right when its group was left out; 0 for those without a group."""
    groups = sorted({one.group for one in examples if one.group})
    order = np.random.default_rng(SEED).permutation(len(groups))
    fold = {groups[place]: number % N_FOLDS for number, place in enumerate(order)}
    folds = np.array([fold.get(one.group, -1) for one in examples])
    right, weights = np.zeros(len(examples)), _weights(examples)
    for number in range(N_FOLDS):
        held, rest = np.flatnonzero(folds == number), np.flatnonzero(folds != number)
        guesses = predict(rest.tolist(), held.tolist(), labels, weights)
        right[held] = guesses == labels[held]
    return right


def _linear(rows: NDArray[np.float64]) -> Predict:
    def predict(
        train: Sequence[int], test: Sequence[int], labels: NDArray[Any], weights: NDArray[np.float64]
    ) -> NDArray[Any]:
        layer = _layer(rows[train], labels[train], weights[train])
        names = np.array(sorted(set(labels[train].tolist())))
        guesses: NDArray[Any] = names[softmax(rows[test] @ layer[:-1] + layer[-1]).argmax(axis=1)]
        return guesses

    return predict


def _tfidf(texts: Sequence[str]) -> Predict:
    def predict(
        train: Sequence[int], test: Sequence[int], labels: NDArray[Any], weights: NDArray[np.float64]
    ) -> NDArray[Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        rows = words.fit_transform([texts[i] for i in train])
        model = LogisticRegression(C=10, max_iter=5000, class_weight="balanced")
        fitted = model.fit(rows, labels[train], sample_weight=weights[train])
        guesses: NDArray[Any] = fitted.predict(words.transform([texts[i] for i in test]))
        return guesses

    return predict


def _interval(right: NDArray[np.float64], groups: Sequence[str], n_draws: int = 1000) -> dict[str, float]:
    """Return the mean with a 95 % interval, drawing groups with replacement."""
    names = sorted(set(groups))
    members = [np.flatnonzero(np.array(groups) == name) for name in names]
    rng = np.random.default_rng(SEED)
    means = [
        right[np.concatenate([members[k] for k in rng.integers(0, len(names), len(names))])].mean()
        for _ in range(n_draws)
    ]
    low, high = np.quantile(means, [0.025, 0.975])
    return {
        "accuracy": round(float(right.mean()), 3),
        "low": round(float(low), 3),
        "high": round(float(high), 3),
    }


def as_lines(report: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the figures of `accuracy` as lines to print."""
    return [
        f"{task:26} {name:18} {entry['accuracy']:.3f}  [{entry['low']:.3f}, {entry['high']:.3f}]  n = {ways['n']}"
        for task, ways in report.items()
        for name, entry in ways.items()
        if name != "n"
    ]
