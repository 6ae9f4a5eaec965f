"""How sure a rank is: the worths are drawn anew many times, and unknown needs keep their range open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.geometry import Doubles
from matcher.shortlist import Shortlist, Stability

N_DRAWS = 1000
SPREAD = 0.3
"""Each worth is drawn evenly from 70 to 130 % of itself, then all share 100 points again."""
SEED = 20261124
TAIL = 5.0
"""Percent of draws left out at either end of the interval of points."""


def with_stability(shortlist: Shortlist, *, seed: int = SEED) -> Shortlist:
    """Return the shortlist with each match's share of draws in the top 3 and 5, and its points' range.

    The low end counts what is unknown as nothing, the high end as fully met, so missing values
    widen the interval and the score itself always lies in it.
    """
    matches = shortlist.matches
    if not matches:
        return shortlist
    worths = _draws(shortlist, seed)
    strengths = np.array([[c.strength for c in match.contributions] for match in matches]).T
    unknown = np.array([[c.status == "unknown" for c in match.contributions] for match in matches]).T
    low_scores = worths @ strengths
    high_scores = worths @ np.where(unknown, 1.0, strengths)
    top3, top5 = _top_shares(low_scores, shortlist)
    low = np.percentile(low_scores, TAIL, axis=0)
    high = np.percentile(high_scores, 100 - TAIL, axis=0)
    sure = (
        replace(
            match,
            stability=Stability(
                top3_share=float(top3[j]),
                top5_share=float(top5[j]),
                low_tenths=min(match.score_tenths, round(float(low[j]))),
                high_tenths=max(match.score_tenths, round(float(high[j]))),
                n_draws=N_DRAWS,
                seed=seed,
            ),
        )
        for j, match in enumerate(matches)
    )
    return replace(shortlist, matches=tuple(sure))


def _draws(shortlist: Shortlist, seed: int) -> Doubles:
    rng = np.random.default_rng(seed)
    worths = np.array([need.worth_tenths for need in shortlist.brief.needs], dtype=np.float64)
    drawn = worths * rng.uniform(1 - SPREAD, 1 + SPREAD, size=(N_DRAWS, len(worths)))
    total: Doubles = drawn / drawn.sum(axis=1, keepdims=True) * worths.sum()
    return total


def _top_shares(scores: Doubles, shortlist: Shortlist) -> tuple[Doubles, Doubles]:
    by_id = np.argsort([match.location.id for match in shortlist.matches], kind="stable")
    order = by_id[np.argsort(-scores[:, by_id], axis=1, kind="stable")]
    shares = [np.bincount(order[:, :k].ravel(), minlength=scores.shape[1]) / len(scores) for k in (3, 5)]
    return shares[0], shares[1]
