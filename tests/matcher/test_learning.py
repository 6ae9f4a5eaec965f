"""The choice model finds the worths that made the choices, and stays with its priors without choices."""

from __future__ import annotations

import numpy as np

from models.choice.fit import Choice, Stack, fit, grade_target, held_out_scores, log_losses, scores, stacked

N_FACETS, N_FUNCTIONS, N_LOCATIONS = 4, 2, 12
PLANTED = np.log([[3.0, 1.0, 0.4, 1.0], [3.0, 1.0, 0.4, 1.0]])
SCALE = 12.0
FLAT = np.zeros((N_FUNCTIONS, N_FACETS))


def drawn(n_choices: int, log_worths: np.ndarray, seed: int) -> Stack:
    """Return choices drawn from a logit with these worths."""
    rng = np.random.default_rng(seed)
    choices = []
    for group in range(n_choices):
        asked = rng.uniform(0.2, 1.0, N_FACETS)
        earned = asked * rng.uniform(0, 1, (N_LOCATIONS, N_FACETS))
        function = group % N_FUNCTIONS
        worths = np.exp(log_worths[function])
        utilities = SCALE * (earned @ worths) / (asked @ worths)
        shares = np.exp(utilities - utilities.max())
        target = np.zeros(N_LOCATIONS)
        target[rng.choice(N_LOCATIONS, p=shares / shares.sum())] = 1.0
        allowed = np.ones(N_LOCATIONS, dtype=bool)
        choices.append(Choice(earned, asked, target, allowed, function, group, 1.0))
    return stacked(choices)


def relative(log_worths: np.ndarray) -> np.ndarray:
    """Return log worths around their mean: only ratios of worths change a score."""
    centred: np.ndarray = log_worths - log_worths.mean(axis=1, keepdims=True)
    return centred


def test_planted_worths_are_found_again() -> None:
    found, scale = fit(drawn(500, PLANTED, 3), FLAT, 1e-4)
    assert np.abs(relative(found) - relative(PLANTED)).max() < 0.4
    assert 0.6 * SCALE < scale < 1.6 * SCALE
    order = [np.argsort(row).tolist() for row in relative(found)]
    assert all(row[0] == 2 and row[-1] == 0 for row in order)


def test_functions_that_choose_otherwise_get_worths_of_their_own() -> None:
    planted = np.log([[3.0, 0.5, 1.0, 1.0], [0.5, 3.0, 1.0, 1.0]])
    found, _ = fit(drawn(500, planted, 4), FLAT, 1e-4)
    assert found[0, 0] > found[0, 1]
    assert found[1, 0] < found[1, 1]


def test_strong_shrinkage_keeps_the_priors() -> None:
    prior = np.log([[1.0, 2.0, 0.5, 1.0], [2.0, 1.0, 1.0, 0.5]])
    found, _ = fit(drawn(40, PLANTED, 5), prior, 1e4)
    assert np.abs(found - prior).max() < 0.01


def test_held_out_scores_of_learned_worths_beat_flat_ones() -> None:
    stack = drawn(160, PLANTED, 6)
    learned, ridges = held_out_scores(stack, FLAT, (0.003, 0.1), n_folds=4, seed=1)
    chosen = stack.target.argmax(axis=1)
    rows = np.arange(len(chosen))

    def mean_rank(values: np.ndarray) -> float:
        return float((values >= values[rows, chosen][:, None]).sum(axis=1).mean())

    assert len(ridges) == 4
    assert mean_rank(learned) < mean_rank(scores(stack, FLAT))


def test_scores_are_shares_of_what_could_be_earned() -> None:
    stack = drawn(10, PLANTED, 7)
    found = scores(stack, PLANTED)
    by_hand = [
        sum(np.exp(PLANTED[stack.functions[2], f]) * stack.earned[2, 5, f] for f in range(N_FACETS))
        / sum(np.exp(PLANTED[stack.functions[2], f]) * stack.asked[2, f] for f in range(N_FACETS))
    ]
    assert found[2, 5] == np.float64(by_hand[0]) or abs(found[2, 5] - by_hand[0]) < 1e-12
    assert (found >= 0).all()
    assert (found <= 1).all()


def test_locations_that_were_no_choice_change_no_loss() -> None:
    stack = drawn(6, PLANTED, 8)
    allowed = stack.target.astype(bool)
    allowed[:, :4] = True
    narrow = Stack(
        stack.earned, stack.asked, stack.target, allowed, stack.functions, stack.groups, stack.weights
    )
    changed = stack.earned.copy()
    changed[~allowed] = 0.123
    other = Stack(changed, stack.asked, stack.target, allowed, stack.functions, stack.groups, stack.weights)
    assert (log_losses(narrow, PLANTED, SCALE) == log_losses(other, PLANTED, SCALE)).all()


def test_a_better_grade_is_a_larger_share() -> None:
    shares = grade_target(np.array([0.0, 1.0, 3.0, 3.0]))
    assert shares.sum() == np.float64(1) or abs(shares.sum() - 1) < 1e-12
    assert shares[0] < shares[1] < shares[2] == shares[3]
