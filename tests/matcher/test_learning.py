"""The choice model finds the worths that made the choices, and stays with its priors without choices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.choice.fit import (
    Choice,
    LogWorths,
    Stack,
    fit,
    grade_target,
    held_out_scores,
    log_losses,
    scores,
    stacked,
)

N_FACETS, N_FUNCTIONS, N_LOCATIONS, N_TOPICS = 4, 2, 12, 2
NO_TOPICS = np.zeros(N_TOPICS)
PLANTED = LogWorths(np.log([[3.0, 1.0, 0.4, 1.0], [3.0, 1.0, 0.4, 1.0]]), NO_TOPICS)
SCALE = 12.0
FLAT = LogWorths(np.zeros((N_FUNCTIONS, N_FACETS)), NO_TOPICS)


def drawn(n_choices: int, planted: LogWorths, seed: int) -> Stack:
    """Return choices drawn from a logit with these worths: a need of each facet, two in three with a topic."""
    rng, of_topics = (np.random.default_rng(one) for one in (seed, [seed, 1]))
    choices = []
    for group in range(n_choices):
        facets = np.arange(N_FACETS)
        topics = np.eye(N_TOPICS + 1)[of_topics.integers(0, N_TOPICS + 1, N_FACETS)][:, :N_TOPICS]
        asked = rng.uniform(0.2, 1.0, N_FACETS)
        earned = (asked * rng.uniform(0, 1, (N_LOCATIONS, N_FACETS))).T
        choice = Choice(
            earned,
            asked,
            facets,
            topics,
            np.zeros(N_LOCATIONS),
            0.0,
            np.eye(N_LOCATIONS)[0],
            np.ones(N_LOCATIONS, dtype=bool),
            np.eye(N_FUNCTIONS)[group % N_FUNCTIONS],
            group,
            1.0,
        )
        utilities = SCALE * scores(stacked([choice]), planted)[0]
        shares = np.exp(utilities - utilities.max())
        chosen = rng.choice(N_LOCATIONS, p=shares / shares.sum())
        choices.append(replace(choice, target=np.eye(N_LOCATIONS)[chosen]))
    return stacked(choices)


def relative(log_worths: np.ndarray) -> np.ndarray:
    """Return log worths around their mean: only ratios of worths change a score."""
    centred: np.ndarray = log_worths - log_worths.mean(axis=1, keepdims=True)
    return centred


def test_planted_worths_are_found_again() -> None:
    found, scale = fit(drawn(500, PLANTED, 3), FLAT, 1e-4)
    assert np.abs(relative(found.facets) - relative(PLANTED.facets)).max() < 0.4
    assert 0.6 * SCALE < scale < 1.6 * SCALE
    order = [np.argsort(row).tolist() for row in relative(found.facets)]
    assert all(row[0] == 2 and row[-1] == 0 for row in order)


def test_what_a_topic_makes_of_its_facet_is_found_again() -> None:
    planted = replace(PLANTED, topics=np.log([3.0, 0.4]))
    found, _ = fit(drawn(500, planted, 9), FLAT, 1e-4)
    assert np.abs(found.topics - planted.topics).max() < 0.4


def test_functions_that_choose_otherwise_get_worths_of_their_own() -> None:
    planted = LogWorths(np.log([[3.0, 0.5, 1.0, 1.0], [0.5, 3.0, 1.0, 1.0]]), NO_TOPICS)
    found, _ = fit(drawn(500, planted, 4), FLAT, 1e-4)
    assert found.facets[0, 0] > found.facets[0, 1]
    assert found.facets[1, 0] < found.facets[1, 1]


def test_strong_shrinkage_keeps_the_priors() -> None:
    prior = LogWorths(np.log([[1.0, 2.0, 0.5, 1.0], [2.0, 1.0, 1.0, 0.5]]), np.log([1.0, 2.0]))
    found, _ = fit(drawn(40, PLANTED, 5), prior, 1e4)
    assert np.abs(found.facets - prior.facets).max() < 0.01
    assert np.abs(found.topics - prior.topics).max() < 0.01


def test_held_out_scores_of_learned_worths_beat_flat_ones() -> None:
    stack = drawn(160, PLANTED, 6)
    learned, ridges = held_out_scores(stack, FLAT, (0.003, 0.1), n_folds=4, seed=1)
    chosen = stack.target.argmax(axis=1)
    rows = np.arange(len(chosen))

    def mean_rank(values: np.ndarray) -> float:
        return float((values >= values[rows, chosen][:, None]).sum(axis=1).mean())

    assert len(ridges) == 4
    assert mean_rank(learned) < mean_rank(scores(stack, FLAT))


def test_scores_are_shares_of_what_could_be_earned_beside_what_is_earned_anyway() -> None:
    planted = replace(PLANTED, topics=np.log([2.0, 0.5]))
    stack = drawn(10, planted, 7)
    steady = np.full(stack.target.shape, 0.05)
    doubtful = np.tile([0.7, 0.3], (len(steady), 1))
    stack = replace(stack, steady=steady, steady_shares=np.full(len(steady), 0.1), functions=doubtful)
    found = scores(stack, planted)
    of_facets = 0.7 * np.exp(planted.facets[0]) + 0.3 * np.exp(planted.facets[1])
    worths = of_facets[stack.facets[2]] * np.exp(stack.topics[2] @ planted.topics)
    by_hand = 0.9 * (worths @ stack.earned[2, :, 5]) / (worths @ stack.asked[2]) + 0.05
    assert abs(found[2, 5] - by_hand) < 1e-12
    assert (found >= 0).all()
    assert (found <= 1).all()


def test_locations_that_were_no_choice_change_no_loss() -> None:
    stack = drawn(6, PLANTED, 8)
    allowed = stack.target.astype(bool)
    allowed[:, :4] = True
    changed = stack.earned.copy()
    changed[np.broadcast_to(~allowed[:, None, :], changed.shape)] = 0.123
    narrow, other = replace(stack, allowed=allowed), replace(stack, allowed=allowed, earned=changed)
    assert (log_losses(narrow, PLANTED, SCALE) == log_losses(other, PLANTED, SCALE)).all()


def test_a_better_grade_is_a_larger_share() -> None:
    shares = grade_target(np.array([0.0, 1.0, 3.0, 3.0]))
    assert shares.sum() == np.float64(1) or abs(shares.sum() - 1) < 1e-12
    assert shares[0] < shares[1] < shares[2] == shares[3]
