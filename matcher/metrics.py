"""Ranking metrics over cases, with bootstrap intervals: bare functions of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.geometry import Doubles

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

N_RESAMPLES = 2000
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over cases with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def ranks_of(scores: Doubles, chosen: Ints) -> Ints:
    """Return the rank, from 1, of the chosen location in each case; equal scores rank by position.

    Shapes (n_cases, n_locations) and (n_cases,) in, (n_cases,) out.
    """
    own = np.take_along_axis(scores, chosen[:, None], axis=1)
    before = np.arange(scores.shape[1])[None, :] < chosen[:, None]
    ranks: Ints = 1 + ((scores > own) | ((scores == own) & before)).sum(axis=1)
    return ranks


def dcg(gains: Doubles, k: int) -> float:
    """Return the discounted cumulative gain of gains in ranked order, at k (log2 discount)."""
    top = gains[:k]
    return float((top / np.log2(np.arange(2, len(top) + 2))).sum())


def ndcg(scores: Doubles, gains: Doubles, k: int) -> float:
    """Return the nDCG at k of one case; 0 when nothing has a gain.

    Shapes (n_locations,). Normalised by the best possible order (Järvelin and Kekäläinen, 2002,
    doi:10.1145/582415.582418).
    """
    order = np.argsort(-scores, kind="stable")
    best = dcg(np.sort(gains)[::-1], k)
    return dcg(gains[order], k) / best if best > 0 else 0.0


def size_matched_auc(scores: Doubles, chosen: int, populations: Doubles, left_out: Bools) -> float:
    """Return how likely the chosen location outranks another drawn in proportion to population.

    `left_out` marks locations that are not drawn (the chosen one and those also suitable). A tie
    counts one half. 0.5 is what size alone explains.
    """
    weights = np.where(left_out, 0.0, populations)
    wins = (scores[chosen] > scores) + 0.5 * (scores[chosen] == scores)
    return float((wins * weights).sum() / weights.sum())


def log_loss(scores: Doubles, chosen: Ints) -> Doubles:
    """Return each case's log loss under a softmax of its scores with the one scale that fits best.

    The scale is fitted on the same cases, so that methods with different units compare; scores are
    centred and divided by their standard deviation over all cases first.
    """
    spread = float(scores.std()) or 1.0
    centred = (scores - scores.mean(axis=1, keepdims=True)) / spread

    def losses(scale: float) -> Doubles:
        utilities = scale * centred
        log_sum = np.log(np.exp(utilities - utilities.max(axis=1, keepdims=True)).sum(axis=1))
        log_sum += utilities.max(axis=1)
        chosen_utilities: Doubles = np.take_along_axis(utilities, chosen[:, None], axis=1)[:, 0]
        result: Doubles = log_sum - chosen_utilities
        return result

    scales = np.geomspace(0.01, 30, 120)
    best = scales[int(np.argmin([losses(scale).mean() for scale in scales]))]
    return losses(float(best))


def bootstrap(values: Doubles) -> Estimate:
    """Return the mean of values (n_cases,) with its 95 % percentile bootstrap interval, seeded."""
    rng = np.random.default_rng(SEED)
    draws = values[rng.integers(0, len(values), size=(N_RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return Estimate(float(values.mean()), float(low), float(high))


def by_case(scores: Doubles, chosen: Ints, also: Bools, populations: Doubles) -> Mapping[str, Doubles]:
    """Return every backtest metric for each case, shape (n_cases,) each.

    Parameters
    ----------
    scores : ndarray of shape (n_cases, n_locations)
    chosen : ndarray of shape (n_cases,)
        Position of the location that was chosen.
    also : ndarray of bool, shape (n_cases, n_locations)
        Locations named as also suitable.
    populations : ndarray of shape (n_locations,)
    """
    ranks = ranks_of(scores, chosen)
    rows = np.arange(len(chosen))
    gains = np.where(also, 1.0, 0.0)
    gains[rows, chosen] = 2.0
    left_out = also.copy()
    left_out[rows, chosen] = True
    result: dict[str, Doubles] = {f"hit@{k}": (ranks <= k).astype(np.float64) for k in (1, 3, 5, 10)}
    result["MRR"] = 1 / ranks
    result["nDCG@10"] = np.array([ndcg(s, g, 10) for s, g in zip(scores, gains, strict=True)])
    result["log loss"] = log_loss(scores, chosen)
    result["size AUC"] = np.array(
        [
            size_matched_auc(s, int(c), populations, out)
            for s, c, out in zip(scores, chosen, left_out, strict=True)
        ]
    )
    return result


def graded(scores: Doubles, grades: Doubles) -> tuple[float, float]:
    """Return nDCG@5 and the share of grades of at least 2 in the top three, over graded locations.

    Shapes (n_graded,): scores and mean grades from 0 to 3; the gain of a grade is the grade.
    """
    order = np.argsort(-scores, kind="stable")
    return ndcg(scores, grades, 5), float((grades[order[:3]] >= 2).mean())
