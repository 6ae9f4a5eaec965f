"""Fits the worths: a conditional logit on decisions and graded lists, shrunk towards readable priors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Doubles = NDArray[np.float64]

GRADE_SHARPNESS = 1.2
"""A grade more makes a location e^1.2, about 3.3 times, as good a recommendation."""
GRADED_SHARE = 3.0
"""A graded list weighs as much as this many decisions: it is the judgement itself, a decision is partly chance."""
FUNCTION_RIDGE = 3.0
"""A function's own departure is held this much more tightly than what all functions share."""
SCALE = 8.0
"""Where the scale of utility begins; it is fitted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One brief: what each location would earn by facet before worths, and what was chosen or graded.

    `earned`, of shape (n_locations, n_facets), sums wording weight × strength over the needs of a
    facet; `asked`, of shape (n_facets,), sums the wording weights alone. `target`, of shape
    (n_locations,), holds probabilities: 1 at the chosen location, or shares by grade; locations with
    `allowed` False were not choices. `group` names the case for cross-validation.
    """

    earned: Doubles
    asked: Doubles
    target: Doubles
    allowed: NDArray[np.bool_]
    function: int
    group: int
    weight: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Choices as arrays, first axis n_choices."""

    earned: Doubles
    asked: Doubles
    target: Doubles
    allowed: NDArray[np.bool_]
    functions: NDArray[np.int64]
    groups: NDArray[np.int64]
    weights: Doubles

    def part(self, chosen: NDArray[np.bool_]) -> Stack:
        """Return the choices that `chosen` marks."""
        return Stack(
            self.earned[chosen],
            self.asked[chosen],
            self.target[chosen],
            self.allowed[chosen],
            self.functions[chosen],
            self.groups[chosen],
            self.weights[chosen],
        )


def stacked(choices: Sequence[Choice]) -> Stack:
    """Return choices of the same region as arrays."""
    return Stack(
        np.array([choice.earned for choice in choices]),
        np.array([choice.asked for choice in choices]),
        np.array([choice.target for choice in choices]),
        np.array([choice.allowed for choice in choices]),
        np.array([choice.function for choice in choices]),
        np.array([choice.group for choice in choices]),
        np.array([choice.weight for choice in choices]),
    )


def grade_target(grades: Doubles) -> Doubles:
    """Return graded locations, shape (n_graded,), as shares that add to 1."""
    shares: Doubles = np.exp(GRADE_SHARPNESS * grades)
    total: Doubles = shares / shares.sum()
    return total


def scores(stack: Stack, log_worths: Doubles) -> Doubles:
    """Return scores in [0, 1], shape (n_choices, n_locations), under worths (n_functions, n_facets)."""
    worths = np.exp(log_worths)[stack.functions]
    total = (stack.asked * worths).sum(axis=1, keepdims=True)
    result: Doubles = np.einsum("clf,cf->cl", stack.earned, worths) / total
    return result


def log_losses(stack: Stack, log_worths: Doubles, scale: float) -> Doubles:
    """Return the cross entropy of each choice, shape (n_choices,), among the locations allowed."""
    utilities = np.where(stack.allowed, scale * scores(stack, log_worths), -np.inf)
    top = utilities.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(utilities - top).sum(axis=1, keepdims=True))
    losses: Doubles = -(stack.target * np.where(stack.allowed, utilities - log_sum, 0.0)).sum(axis=1)
    return losses


def fit(stack: Stack, prior: Doubles, ridge: float) -> tuple[Doubles, float]:
    """Return fitted log worths, shape (n_functions, n_facets), and the scale of utility.

    Parameters
    ----------
    prior : ndarray of shape (n_functions, n_facets)
        Log worths that the fit is shrunk towards.
    ridge : float
        Strength of the shrinkage, above 0; large keeps the prior.
    """
    n_functions, n_facets = prior.shape

    def unpack(values: Doubles) -> tuple[Doubles, Doubles, float]:
        shared = values[:n_facets]
        own = values[n_facets:-1].reshape(n_functions, n_facets)
        return shared, own, float(np.exp(values[-1]))

    def loss(values: Doubles) -> float:
        shared, own, scale = unpack(values)
        fitted = np.average(log_losses(stack, prior + shared + own, scale), weights=stack.weights)
        return float(fitted + ridge * ((shared**2).sum() + FUNCTION_RIDGE * (own**2).sum()))

    start = np.concatenate([np.zeros(n_facets + prior.size), [np.log(SCALE)]])
    found = minimize(loss, start, method="L-BFGS-B", options={"maxiter": 60, "maxfun": 20_000})
    shared, own, scale = unpack(found.x)
    return prior + shared + own, scale


def held_out_scores(
    stack: Stack, prior: Doubles, ridges: Sequence[float], n_folds: int, seed: int
) -> tuple[Doubles, list[float]]:
    """Return each choice's scores under worths fitted without its case, and the ridge of each fold.

    Nested: within the other folds, the ridge is chosen by the log loss on cases held out once more.
    """
    cases = np.unique(stack.groups)
    fold_of_case = dict(
        zip(np.random.default_rng(seed).permutation(cases), np.arange(len(cases)) % n_folds, strict=True)
    )
    folds = np.array([fold_of_case[group] for group in stack.groups])
    result = np.zeros(stack.target.shape)
    chosen_ridges = []
    for fold in range(n_folds):
        inside = folds != fold
        inner_test = folds == (fold + 1) % n_folds
        best = min(
            ridges, key=lambda ridge: _loss_without(stack, prior, ridge, inside & ~inner_test, inner_test)
        )
        chosen_ridges.append(best)
        log_worths, _ = fit(stack.part(inside), prior, best)
        result[~inside] = scores(stack.part(~inside), log_worths)
    return result, chosen_ridges


def _loss_without(
    stack: Stack, prior: Doubles, ridge: float, train: NDArray[np.bool_], test: NDArray[np.bool_]
) -> float:
    log_worths, scale = fit(stack.part(train), prior, ridge)
    held_out = stack.part(test)
    return float(np.average(log_losses(held_out, log_worths, scale), weights=held_out.weights))
