"""The metrics of the backtest, beside slow versions written from their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.geometry import Doubles
from matcher.metrics import bootstrap, by_case, graded, log_loss, ndcg, ranks_of, size_matched_auc

Row = list[float]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Doubles, Doubles, int, list[int]]:
    """Draw scores and populations of 2 to 8 locations, the chosen one, and others also suitable."""
    n = draw(st.integers(2, 8))
    scores = draw(st.lists(st.integers(0, 5).map(float), min_size=n, max_size=n))
    populations = draw(st.lists(st.integers(1, 9).map(float), min_size=n, max_size=n))
    chosen = draw(st.integers(0, n - 1))
    also = draw(st.lists(st.integers(0, n - 1).filter(lambda i: i != chosen), max_size=n - 2, unique=True))
    return np.array(scores), np.array(populations), chosen, also


def slow_order(scores: Doubles) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def slow_ndcg(scores: Doubles, gains: Row, k: int) -> float:
    def total(order: list[int]) -> float:
        return sum(gains[i] / math.log2(place + 2) for place, i in enumerate(order[:k]))

    best = total(sorted(range(len(gains)), key=lambda i: -gains[i]))
    return total(slow_order(scores)) / best if best else 0.0


def slow_auc(scores: Doubles, populations: Doubles, chosen: int, also: list[int]) -> float:
    others = [i for i in range(len(scores)) if i != chosen and i not in also]
    won = sum(
        populations[i] * (1.0 if scores[chosen] > scores[i] else 0.5 if scores[chosen] == scores[i] else 0.0)
        for i in others
    )
    return float(won / sum(populations[i] for i in others))


@given(cases())
def test_every_metric_equals_its_definition(case: tuple[Doubles, Doubles, int, list[int]]) -> None:
    scores, populations, chosen, also = case
    marks = np.zeros((1, len(scores)), dtype=bool)
    marks[0, also] = True
    found = by_case(scores[None], np.array([chosen]), marks, populations)
    rank = slow_order(scores).index(chosen) + 1
    gains = [2.0 if i == chosen else 1.0 if i in also else 0.0 for i in range(len(scores))]
    assert found["MRR"][0] == 1 / rank
    for k in (1, 3, 5, 10):
        assert found[f"hit@{k}"][0] == float(rank <= k)
    assert found["nDCG@10"][0] == pytest.approx(slow_ndcg(scores, gains, 10))
    assert found["size AUC"][0] == pytest.approx(slow_auc(scores, populations, chosen, also))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=14))
def test_graded_fit_equals_its_definition(pairs: list[tuple[int, int]]) -> None:
    scores, grades = (np.array(column, dtype=np.float64) for column in zip(*pairs, strict=True))
    at_5, good = graded(scores, grades)
    assert at_5 == pytest.approx(slow_ndcg(scores, grades.tolist(), 5))
    top = [grades[i] for i in slow_order(scores)[:3]]
    assert good == pytest.approx(sum(grade >= 2 for grade in top) / len(top))


def test_a_ranking_by_hand() -> None:
    scores = np.array([[3.0, 9.0, 5.0, 5.0]])
    assert [ranks_of(scores, np.array([i]))[0] for i in range(4)] == [4, 1, 2, 3]
    assert ndcg(scores[0], np.array([0.0, 0.0, 2.0, 0.0]), 10) == pytest.approx(1 / math.log2(3))
    populations = np.array([100.0, 300.0, 50.0, 200.0])
    nobody = np.array([False, False, True, False])
    assert size_matched_auc(scores[0], 2, populations, nobody) == pytest.approx((100 + 0.5 * 200) / 600)


def test_nothing_to_gain_is_nothing_gained() -> None:
    assert ndcg(np.array([1.0, 2.0]), np.zeros(2), 5) == 0


def test_scores_that_say_nothing_have_the_log_loss_of_a_blind_choice() -> None:
    losses = log_loss(np.ones((4, 53)), np.array([0, 10, 20, 52]))
    assert losses == pytest.approx(np.full(4, math.log(53)))


def test_a_sure_and_right_method_loses_almost_nothing() -> None:
    scores = np.eye(6)[[0, 3, 5]] * 40
    assert log_loss(scores, np.array([0, 3, 5])).max() < 0.01
    assert log_loss(scores, np.array([1, 2, 4])).mean() == pytest.approx(math.log(6), abs=0.02)


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=60))
def test_the_interval_is_seeded_and_lies_around_the_mean(values: list[float]) -> None:
    array = np.array(values)
    estimate = bootstrap(array)
    assert estimate == bootstrap(array)
    assert estimate.low - 1e-12 <= estimate.mean <= estimate.high + 1e-12


def test_the_interval_has_the_width_that_theory_gives() -> None:
    values = np.random.default_rng(5).normal(size=400)
    estimate = bootstrap(values)
    assert estimate.high - estimate.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.06)
