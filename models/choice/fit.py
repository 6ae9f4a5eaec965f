"""Fits the worths: a conditional logit on decisions and graded lists, shrunk towards readable priors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import Tensor

Doubles = NDArray[np.float64]

GRADE_SHARPNESS = 1.2
"""A grade more makes a location e^1.2, about 3.3 times, as good a recommendation."""
GRADED_SHARE = 3.0
"""A graded list weighs as much as this many decisions: it is the judgement itself, a decision is partly chance."""
FUNCTION_RIDGE = 3.0
"""A function's own departure is held this much more tightly than what all functions share."""
SCALE = 8.0
"""Where the scale of utility begins; it is fitted."""
MOST_STEPS = 150


@dataclass(frozen=True, slots=True)
class Choice:
    """One brief: what each location would earn by need before worths, and what was chosen or graded.

    `earned`, of shape (n_needs, n_locations), is wording weight × strength, `asked`, of shape (n_needs,), the wording
    weight alone; `facets`, of shape (n_needs,), numbers the facet of each need, and `topics`, of shape (n_needs,
    n_topics), says how its topics share it. `steady`, of shape (n_locations,), is earned whatever the worths, and
    `steady_share` what it is of all that can be. `target`, of shape (n_locations,), holds probabilities: 1 at the
    chosen location, or shares by grade; locations with `allowed` False were not choices. `functions`, of shape
    (n_functions,), are the probabilities of what the brief is about. `group` names the case for cross-validation.
    """

    earned: Doubles
    asked: Doubles
    facets: NDArray[np.int64]
    topics: Doubles
    steady: Doubles
    steady_share: float
    target: Doubles
    allowed: NDArray[np.bool_]
    functions: Doubles
    group: int
    weight: float


@dataclass(frozen=True, slots=True)
class LogWorths:
    """Log worths: `facets` by function, shape (n_functions, n_facets); what each topic adds to them, shape (n_topics,)."""

    facets: Doubles
    topics: Doubles


@dataclass(frozen=True, slots=True)
class Stack:
    """Choices as arrays, first axis n_choices; needs are filled up with such as ask for nothing."""

    earned: Doubles
    asked: Doubles
    facets: NDArray[np.int64]
    topics: Doubles
    steady: Doubles
    steady_shares: Doubles
    target: Doubles
    allowed: NDArray[np.bool_]
    functions: Doubles
    groups: NDArray[np.int64]
    weights: Doubles

    def part(self, chosen: NDArray[np.bool_]) -> Stack:
        """Return the choices that `chosen` marks."""
        return Stack(*(getattr(self, name)[chosen] for name in Stack.__slots__))


def stacked(choices: Sequence[Choice]) -> Stack:
    """Return choices of the same region as arrays."""
    n_needs = max(len(choice.asked) for choice in choices)

    def filled(rows: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.pad(rows, [(0, n_needs - len(rows))] + [(0, 0)] * (rows.ndim - 1))

    return Stack(
        np.array([filled(choice.earned) for choice in choices]),
        np.array([filled(choice.asked) for choice in choices]),
        np.array([filled(choice.facets) for choice in choices]),
        np.array([filled(choice.topics) for choice in choices]),
        np.array([choice.steady for choice in choices]),
        np.array([choice.steady_share for choice in choices]),
        np.array([choice.target for choice in choices]),
        np.array([choice.allowed for choice in choices]),
        np.array([choice.functions for choice in choices]),
        np.array([choice.group for choice in choices]),
        np.array([choice.weight for choice in choices]),
    )


def grade_target(grades: Doubles) -> Doubles:
    """Return graded locations, shape (n_graded,), as shares that add to 1."""
    shares: Doubles = np.exp(GRADE_SHARPNESS * grades)
    total: Doubles = shares / shares.sum()
    return total


class _Model:
    """Choices as tensors: scores and losses of any log worths."""

    def __init__(self, stack: Stack) -> None:
        (
            self.earned,
            self.asked,
            self.topics,
            self.steady,
            self.steady_shares,
            self.target,
            self.functions,
            self.weights,
        ) = (
            torch.from_numpy(np.ascontiguousarray(array, dtype=np.float64))
            for array in (
                stack.earned,
                stack.asked,
                stack.topics,
                stack.steady,
                stack.steady_shares,
                stack.target,
                stack.functions,
                stack.weights,
            )
        )
        self.facets = torch.from_numpy(stack.facets)
        self.allowed = torch.from_numpy(stack.allowed)

    def scores(self, facets: Tensor, topics: Tensor) -> Tensor:
        """Return scores in [0, 1], shape (n_choices, n_locations)."""
        of_facets = self.functions @ torch.exp(facets)
        worths = torch.gather(of_facets, 1, self.facets) * torch.exp(self.topics @ topics)
        total = (self.asked * worths).sum(dim=1, keepdim=True)
        earned = torch.einsum("cn,cnl->cl", worths, self.earned)
        return (1 - self.steady_shares)[:, None] * earned / total + self.steady

    def losses(self, facets: Tensor, topics: Tensor, scale: Tensor) -> Tensor:
        """Return the cross entropy of each choice, shape (n_choices,), among the locations allowed."""
        utilities = (scale * self.scores(facets, topics)).masked_fill(~self.allowed, -torch.inf)
        shares = torch.log_softmax(utilities, dim=1).masked_fill(~self.allowed, 0.0)
        return -(self.target * shares).sum(dim=1)

    def loss(self, facets: Tensor, topics: Tensor, scale: Tensor) -> Tensor:
        """Return the mean cross entropy by weight."""
        return (self.weights * self.losses(facets, topics, scale)).sum() / self.weights.sum()


def scores(stack: Stack, worths: LogWorths) -> Doubles:
    """Return scores in [0, 1], shape (n_choices, n_locations)."""
    found: Doubles = (
        _Model(stack).scores(torch.from_numpy(worths.facets), torch.from_numpy(worths.topics)).numpy()
    )
    return found


def log_losses(stack: Stack, worths: LogWorths, scale: float) -> Doubles:
    """Return the cross entropy of each choice, shape (n_choices,), among the locations allowed."""
    parts = torch.from_numpy(worths.facets), torch.from_numpy(worths.topics), torch.tensor(scale)
    found: Doubles = _Model(stack).losses(*parts).numpy()
    return found


def fit(stack: Stack, prior: LogWorths, ridge: float) -> tuple[LogWorths, float]:
    """Return fitted log worths and the scale of utility.

    Parameters
    ----------
    prior : LogWorths
        What the fit is shrunk towards.
    ridge : float
        Strength of the shrinkage, above 0; large keeps the prior.
    """
    model = _Model(stack)
    facets, topics = torch.from_numpy(prior.facets), torch.from_numpy(prior.topics)
    n_functions, n_facets = prior.facets.shape
    sizes = [n_facets, n_functions * n_facets, len(prior.topics), 1]

    def moved(values: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        shared, own, added, log_scale = torch.split(values, sizes)
        held = (shared**2).sum() + FUNCTION_RIDGE * (own**2).sum() + (added**2).sum()
        departed = shared + own.reshape(n_functions, n_facets)
        return facets + departed, topics + added, torch.exp(log_scale), held

    def loss(values: Doubles) -> tuple[float, Doubles]:
        at = torch.from_numpy(values).requires_grad_()
        *parts, held = moved(at)
        total = model.loss(*parts) + ridge * held
        (slope,) = torch.autograd.grad(total, at)
        return float(total.detach()), slope.numpy()

    start = np.concatenate([np.zeros(sum(sizes) - 1), [np.log(SCALE)]])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    fitted, added, scale, _ = moved(torch.from_numpy(found.x))
    return LogWorths(fitted.numpy(), added.numpy()), float(scale)


def held_out_scores(
    stack: Stack, prior: LogWorths, ridges: Sequence[float], n_folds: int, seed: int
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
        worths, _ = fit(stack.part(inside), prior, best)
        result[~inside] = scores(stack.part(~inside), worths)
    return result, chosen_ridges


def _loss_without(
    stack: Stack, prior: LogWorths, ridge: float, train: NDArray[np.bool_], test: NDArray[np.bool_]
) -> float:
    worths, scale = fit(stack.part(train), prior, ridge)
    held_out = stack.part(test)
    return float(np.average(log_losses(held_out, worths, scale), weights=held_out.weights))
