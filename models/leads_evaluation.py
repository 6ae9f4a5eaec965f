"""How good the lead model is: cross-validated figures with intervals, beside two baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from models.encoder import Floats
from models.lead_features import Doubles
from models.leads_fit import NONE, SEED, Integers, Labelled, Texts

N_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % bootstrap interval over the judged leads."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Quality:
    """What one method reaches on the judged leads."""

    name: str
    auc: Figure
    average_precision: Figure
    spearman: Figure
    theme_accuracy: Figure

    @property
    def row(self) -> list[str]:
        """The figures as text, for a table."""
        figures = (self.auc, self.average_precision, self.spearman, self.theme_accuracy)
        return [self.name, *map(str, figures)]


HEADER = ["method", "ROC AUC, fit >= 2", "average precision", "Spearman with fit", "theme accuracy (7)"]


def quality(name: str, scores: Doubles, themes: Texts, judged: Labelled) -> Quality:
    """Compare scores and themes with the labels."""
    promising = judged.fit >= 2
    return Quality(
        name,
        _interval(lambda rows: float(roc_auc_score(promising[rows], scores[rows])), promising),
        _interval(lambda rows: float(average_precision_score(promising[rows], scores[rows])), promising),
        _interval(lambda rows: float(spearmanr(scores[rows], judged.fit[rows]).statistic), promising),
        _interval(lambda rows: float((themes[rows] == judged.theme[rows]).mean()), promising),
    )


def _interval(measure: Callable[[Integers], float], promising: NDArray[np.bool_]) -> Figure:
    rng = np.random.default_rng(SEED)
    n_rows = len(promising)
    draws: list[float] = []
    while len(draws) < N_DRAWS:
        rows = rng.integers(0, n_rows, n_rows)
        if promising[rows].any() and not promising[rows].all():
            draws.append(measure(rows))
    low, high = np.quantile(draws, [0.025, 0.975])
    return Figure(measure(np.arange(n_rows)), float(low), float(high))


def word_baseline(judged: Labelled) -> tuple[Doubles, Texts]:
    """Return out-of-fold scores and themes of TF-IDF with logistic regression, on the judged labels alone."""
    texts = np.array([f"{x.sector} {x.industry} {x.country} {x.description}" for x in judged.leads])
    scores = np.zeros(len(texts))
    themes = np.empty(len(texts), dtype=object)
    for train, test in StratifiedKFold(10, shuffle=True, random_state=SEED).split(texts, judged.fit):
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        seen = words.fit_transform(texts[train])
        unseen = words.transform(texts[test])
        fit = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
        scores[test] = fit.fit(seen, judged.fit[train] >= 2).predict_proba(unseen)[:, 1]
        theme = LogisticRegression(C=30, max_iter=1000).fit(seen, judged.theme[train])
        themes[test] = theme.predict(unseen)
    return scores, themes.astype(str)


def cosine_baseline(judged: Labelled, theme_vectors: Floats, themes: Sequence[str]) -> tuple[Doubles, Texts]:
    """Return the best cosine to the themes' descriptions, and that theme; "none" below the best threshold.

    The threshold is chosen on the judged leads themselves, in the baseline's favour.
    """
    cosines = judged.vectors @ theme_vectors.T
    best = cosines.max(axis=1)
    names = np.array(themes)[cosines.argmax(axis=1)]
    accuracies = [
        float((np.where(best < threshold, NONE, names) == judged.theme).mean()) for threshold in best
    ]
    threshold = best[int(np.argmax(accuracies))]
    return best.astype(np.float64), np.where(best < threshold, NONE, names).astype(str)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """Judged leads of one grade: how many, and the share with a fit of 2 or 3."""

    grade: str
    n_leads: int
    n_promising: int

    @property
    def share(self) -> float:
        """Share of promising leads; 0 without any lead."""
        return self.n_promising / self.n_leads if self.n_leads else 0.0


def grade_table(grades: Sequence[str], judged: Labelled) -> list[GradeRow]:
    """Count the judged leads by grade."""
    found = np.array(grades)
    return [
        GradeRow(grade, int((found == grade).sum()), int((judged.fit[found == grade] >= 2).sum()))
        for grade in "ABCDE"
    ]
