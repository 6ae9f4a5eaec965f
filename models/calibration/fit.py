"""Fits and tests the calibration on pairs of a need and a statement that were judged by hand.

Every pair counts twice, with the need in German and in English. Tests leave one theme out at a time; the
intervals draw needs anew, because the pairs of one need are alike.
"""

from __future__ import annotations

import csv
import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from corpus.records import Region
from models.calibration import (
    FOLDER,
    Calibration,
    Curve,
    Doubles,
    background_statements,
    kinds_fit,
    themes_shared,
)
from models.encoder import Encoder, Floats
from models.index import StatementIndex

MET_FROM_GRADE = 2
"""0: another subject; 1: the same subject, the need is not met; 2: met for the most part; 3: met."""
FEATURES = ("above_usual", "kind_fits", "shares_theme")
INVERSE_PENALTY = 10.0
"""Of the logistic regression: weak, as 946 pairs bear three features; 1 to 100 give the same figures."""
N_DRAWS = 1000
SEED = 20
BIN_EDGES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)

Integers = NDArray[np.int64]
Embed = Callable[[Sequence[str]], Floats]
"""Unit vectors, shape (n_texts, dimension), of texts."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class JudgedPairs:
    """The judged pairs as columns, German wording first, then English.

    `cosine` is the plain similarity, `features` has shape (n_pairs, 3) in the order of `FEATURES`,
    `n_statements` is how many statements the location of the pair's evidence has.
    """

    need: Integers
    theme: Sequence[str]
    drawn: Sequence[str]
    is_met: Integers
    cosine: Doubles
    features: Doubles
    n_statements: Integers


def read_judged_pairs(region: Region, encoder: Encoder, embed: Embed, folder: Path = FOLDER) -> JudgedPairs:
    """Read the judgements and compute their features with an encoder, needs by `embed`.

    Notes
    -----
    A pair whose statement has left the region is passed over, with a warning.
    """
    needs = _rows(folder / "needs.csv")
    judgements = _rows(folder / "judgements.csv")
    need_row = {need["id"]: i for i, need in enumerate(needs)}
    evidence_row = {evidence.id: i for i, evidence in enumerate(region.evidence)}
    n_missing = sum(row["evidence"] not in evidence_row for row in judgements)
    if n_missing:
        logger.warning("%d judged statements have left the region; their pairs are passed over.", n_missing)
        judgements = [row for row in judgements if row["evidence"] in evidence_row]
    i = np.array([need_row[row["need"]] for row in judgements])
    j = np.array([evidence_row[row["evidence"]] for row in judgements])
    fits = kinds_fit([need["facet"] for need in needs], [evidence.kind for evidence in region.evidence])[i, j]
    themes = [[need["theme"]] if need["theme"] else [] for need in needs]
    shares = themes_shared(themes, [evidence.themes for evidence in region.evidence])[i, j]
    index = StatementIndex.for_region(region, encoder)
    usual = Calibration(Curve("", 0, 0, 0, 0), False, background_statements(encoder, folder))
    cosines, above_usual = [], []
    for language in ("de", "en"):
        vectors = embed([need[f"text_{language}"] for need in needs])
        background = usual.background(vectors)
        cosine = index.similarities(vectors).astype(np.float64)
        cosines.append(cosine[i, j])
        above_usual.append(((cosine - background.mean) / background.spread)[i, j])
    counts = {location.id: 0 for location in region.locations}
    for evidence in region.evidence:
        counts[evidence.location_id] += 1
    n_statements = np.array([counts[region.evidence[row].location_id] for row in j])
    met = np.array([int(row["grade"]) >= MET_FROM_GRADE for row in judgements], np.int64)
    return JudgedPairs(
        need=np.tile(i, 2),
        theme=[needs[row]["theme"] or "none" for row in i] * 2,
        drawn=[row["drawn"] for row in judgements] * 2,
        is_met=np.tile(met, 2),
        cosine=np.concatenate(cosines),
        features=np.column_stack([np.concatenate(above_usual), np.tile(fits, 2), np.tile(shares, 2)]),
        n_statements=np.tile(n_statements, 2),
    )


def fit_calibration(
    region: Region, encoders: Sequence[tuple[Encoder, Embed]], folder: Path = FOLDER
) -> dict[str, Any]:
    """Fit one curve an encoder, test it, write `calibration.json`, and return its contents.

    Beside each encoder stands how it embeds the wordings of needs: as they are embedded in a ranking.
    """
    curves, reports, n_pairs = [], {}, 0
    for encoder, embed in encoders:
        pairs = read_judged_pairs(region, encoder, embed, folder)
        model = _regression(pairs.features, pairs.is_met)
        values = dict(zip(FEATURES, (round(float(value), 4) for value in model.coef_[0]), strict=True))
        curves.append(Curve(encoder.fingerprint, round(float(model.intercept_[0]), 4), **values))
        reports[encoder.fingerprint] = held_out_report(pairs)
        n_pairs = len(pairs.need) // 2
    files = ("needs.csv", "judgements.csv", "background.csv")
    artefact = {
        "version": 1,
        "data_sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
        "seed": SEED,
        "n_judged_pairs": n_pairs,
        "curves": [asdict(curve) for curve in curves],
        "held_out": reports,
    }
    text = json.dumps(artefact, indent=2) + "\n"
    (folder / "calibration.json").write_text(text, encoding="utf-8")
    return artefact


def held_out_report(pairs: JudgedPairs) -> dict[str, Any]:
    """Measure strengths on themes that were left out of the fit, beside a fit on the cosine alone."""
    strengths = leave_one_theme_out(pairs.features, pairs)
    by_cosine = leave_one_theme_out(pairs.cosine[:, None], pairs)
    constant = np.full(len(strengths), pairs.is_met.mean())
    n_half = len(strengths) // 2
    return {
        "auc": _with_interval(roc_auc_score, pairs, strengths),
        "log_loss": _with_interval(log_loss, pairs, strengths),
        "brier": _with_interval(brier_score_loss, pairs, strengths),
        "cosine_alone": {
            "auc": _with_interval(roc_auc_score, pairs, by_cosine),
            "log_loss": _with_interval(log_loss, pairs, by_cosine),
        },
        "log_loss_of_a_constant": round(float(log_loss(pairs.is_met, constant)), 3),
        "mean_difference_german_english": round(
            float(np.abs(strengths[:n_half] - strengths[n_half:]).mean()), 3
        ),
        "reliability": _reliability(pairs, strengths),
        "best_of_location": _best_of_location(pairs, strengths),
    }


def leave_one_theme_out(features: Doubles, pairs: JudgedPairs) -> Doubles:
    """Strengths of each theme's pairs from a fit on all other themes."""
    themes = np.array(pairs.theme)
    strengths = np.empty(len(features))
    for theme in sorted(set(pairs.theme)):
        held = themes == theme
        model = _regression(features[~held], pairs.is_met[~held])
        strengths[held] = model.predict_proba(features[held])[:, 1]
    return strengths


def _regression(features: Doubles, is_met: Integers) -> LogisticRegression:
    return LogisticRegression(C=INVERSE_PENALTY).fit(features, is_met)


def _with_interval(
    measure: Callable[[Integers, Doubles], float], pairs: JudgedPairs, strengths: Doubles
) -> list[float]:
    """Value, and the 95 % interval over needs drawn anew."""
    rng = np.random.default_rng(SEED)
    needs = np.unique(pairs.need)
    rows_by_need = {need: np.flatnonzero(pairs.need == need) for need in needs}
    values = []
    for _ in range(N_DRAWS):
        rows = np.concatenate([rows_by_need[need] for need in rng.choice(needs, len(needs))])
        values.append(measure(pairs.is_met[rows], strengths[rows]))
    low, high = np.quantile(values, [0.025, 0.975])
    return [round(float(value), 3) for value in (measure(pairs.is_met, strengths), low, high)]


def _reliability(pairs: JudgedPairs, strengths: Doubles) -> list[dict[str, Any]]:
    """Mean strength and share met in each bin of strength."""
    bins = np.digitize(strengths, BIN_EDGES[1:-1])
    return [
        {
            "from": BIN_EDGES[k],
            "to": BIN_EDGES[k + 1],
            "n": int((bins == k).sum()),
            "strength": round(float(strengths[bins == k].mean()), 3),
            "met": round(float(pairs.is_met[bins == k].mean()), 3),
        }
        for k in range(len(BIN_EDGES) - 1)
        if (bins == k).any()
    ]


def _best_of_location(pairs: JudgedPairs, strengths: Doubles) -> dict[str, Any]:
    """Whether the best of many statements is overrated: strength and share met by size of the location.

    `log_n_weight` is what the logarithm of the number of statements adds to the fit, with its interval; a weight
    below zero would mean that well-documented locations are favoured by chance.
    """
    drawn = np.array(pairs.drawn)
    groups = {}
    for size in ("large", "mid", "small"):
        rows = np.array([name.startswith(f"best_{size}") for name in drawn])
        groups[size] = {
            "n": int(rows.sum()),
            "strength": round(float(strengths[rows].mean()), 3),
            "met": round(float(pairs.is_met[rows].mean()), 3),
        }
    features = np.column_stack([pairs.features, np.log(pairs.n_statements)])
    rng = np.random.default_rng(SEED)
    needs = np.unique(pairs.need)
    rows_by_need = {need: np.flatnonzero(pairs.need == need) for need in needs}
    weights = []
    for _ in range(200):
        rows = np.concatenate([rows_by_need[need] for need in rng.choice(needs, len(needs))])
        weights.append(_regression(features[rows], pairs.is_met[rows]).coef_[0, -1])
    weight = _regression(features, pairs.is_met).coef_[0, -1]
    low, high = np.quantile(weights, [0.025, 0.975])
    return {**groups, "log_n_weight": [round(float(value), 3) for value in (weight, low, high)]}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
