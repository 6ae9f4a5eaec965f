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
PENALTY = 0.5
"""Inverse strength of the L2 penalty; 0.3, 1 and 5 gave the same accuracy within two briefs."""
N_FOLDS = 11
SEED = 0
Predict = Callable[[Sequence[int], Sequence[int], NDArray[Any]], NDArray[Any]]


@dataclass(frozen=True)
class Example:
    """A labelled brief. Briefs of one `company` are never split; "" is one written for training."""

    text: str
    function: str
    theme: str
    company: str


def fit_function(
    examples: Sequence[Example], counts: NDArray[np.int64], encoder: Encoder, folder: Path = FOLDER
) -> dict[str, Any]:
    """Fit on all examples, write weights and manifest with cross-validated figures, return the manifest."""
    vectors = encoder.encode([example.text for example in examples])
    logged = np.log1p(counts.astype(np.float64))
    both = features(logged, vectors)
    arrays: dict[str, NDArray[np.float32]] = {}
    classes: dict[str, list[str]] = {}
    for task in TASKS:
        labels = _labels(examples, task)
        classes[task] = sorted(set(labels.tolist()))
        arrays[task] = _layer(both, labels)
        arrays[f"{task}_counts"] = _layer(logged, labels)
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


def _layer(rows: NDArray[np.float64], labels: NDArray[Any]) -> NDArray[np.float32]:
    """Return softmax weights with the intercept as last row, classes in alphabetical order."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=PENALTY, max_iter=5000, class_weight="balanced").fit(rows, labels)
    layer: NDArray[np.float32] = np.vstack([fitted.coef_.T, fitted.intercept_]).astype(np.float32)
    return layer


def accuracy(
    examples: Sequence[Example], both: NDArray[np.float64], logged: NDArray[np.float64]
) -> dict[str, dict[str, Any]]:
    """Return accuracy on real briefs of left-out companies, with 95 % bootstrap intervals over companies.

    Theme is also measured over the briefs that have one. The baseline is TF-IDF of words and pairs of
    words with logistic regression, trained on the same briefs.
    """
    texts = [example.text for example in examples]
    ways: dict[str, Predict] = {
        "vector and counts": _linear(both),
        "counts alone": _linear(logged),
        "TF-IDF baseline": _tfidf(texts),
    }
    report: dict[str, dict[str, Any]] = {}
    for task in (*TASKS, "theme where there is one"):
        labels = _labels(examples, task.split()[0])
        real = [i for i, example in enumerate(examples) if example.company]
        if task not in TASKS:
            real = [i for i in real if labels[i] != NO_THEME]
        report[task] = {"n": len(real)} | {
            name: _interval(_hits(examples, labels, real, predict), [examples[i].company for i in real])
            for name, predict in ways.items()
        }
    return report


def _hits(
    examples: Sequence[Example], labels: NDArray[Any], real: Sequence[int], predict: Predict
) -> NDArray[np.float64]:
    """Say of each real brief whether it is right when its company was left out."""
    companies = sorted({examples[i].company for i in real})
    order = np.random.default_rng(SEED).permutation(len(companies))
    fold = {companies[place]: number % N_FOLDS for number, place in enumerate(order)}
    right = np.zeros(len(real))
    for number in range(N_FOLDS):
        held = [k for k, i in enumerate(real) if fold[examples[i].company] == number]
        rest = [i for i, e in enumerate(examples) if not e.company or fold.get(e.company, -1) != number]
        guesses = predict(rest, [real[k] for k in held], labels)
        right[held] = guesses == labels[[real[k] for k in held]]
    return right


def _linear(rows: NDArray[np.float64]) -> Predict:
    def predict(train: Sequence[int], test: Sequence[int], labels: NDArray[Any]) -> NDArray[Any]:
        layer = _layer(rows[train], labels[train])
        names = np.array(sorted(set(labels[train].tolist())))
        guesses: NDArray[Any] = names[softmax(rows[test] @ layer[:-1] + layer[-1]).argmax(axis=1)]
        return guesses

    return predict


def _tfidf(texts: Sequence[str]) -> Predict:
    def predict(train: Sequence[int], test: Sequence[int], labels: NDArray[Any]) -> NDArray[Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        rows = words.fit_transform([texts[i] for i in train])
        fitted = LogisticRegression(C=10, max_iter=5000, class_weight="balanced").fit(rows, labels[train])
        guesses: NDArray[Any] = fitted.predict(words.transform([texts[i] for i in test]))
        return guesses

    return predict


def _interval(right: NDArray[np.float64], companies: Sequence[str], n_draws: int = 1000) -> dict[str, float]:
    """Return the mean with a 95 % interval, drawing companies with replacement."""
    names = sorted(set(companies))
    members = [np.flatnonzero(np.array(companies) == name) for name in names]
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
