"""How sure a rank is: seeded, holding the score, and wider when something is not known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Region
from matcher.shortlist import Shortlist, Stability
from matcher.stability import N_DRAWS, SEED, with_stability
from tests.matcher.invented import shortlist, tables

Table = tuple[list[list[float | None]], list[float], list[int]]


def intervals(result: Shortlist) -> dict[str, Stability]:
    found = {m.location.id: m.stability for m in with_stability(result).matches}
    return {key: stability for key, stability in found.items() if stability is not None}


ROWS: list[list[float | None]] = [[0.9, 0.2, 0.5], [0.2, 0.9, 0.5], [0.6, 0.6, 0.4], [0.5, 0.5, 0.5]]


def test_the_same_seed_gives_the_same_shares_and_another_seed_others(tiny_region: Region) -> None:
    result = shortlist(tiny_region, ROWS, [2, 2, 1])
    assert with_stability(result) == with_stability(result)
    assert with_stability(result, seed=1) != with_stability(result)
    for stability in intervals(result).values():
        assert (stability.n_draws, stability.seed) == (N_DRAWS, SEED)


def test_the_shares_are_those_of_draws_counted_one_by_one(tiny_region: Region) -> None:
    result = shortlist(tiny_region, ROWS, [2, 2, 1])
    rng = np.random.default_rng(SEED)
    worths = np.array([need.worth_tenths for need in result.brief.needs])
    factors = rng.uniform(0.7, 1.3, size=(1000, 3))
    in_top3 = dict.fromkeys(result.match_by_location_id, 0)
    for row in factors:
        scores = {
            key: sum(w * f * c.strength for w, f, c in zip(worths, row, match.contributions, strict=True))
            for key, match in result.match_by_location_id.items()
        }
        for key in sorted(scores, key=lambda key: (-scores[key], key))[:3]:
            in_top3[key] += 1
    for key, stability in intervals(result).items():
        assert stability.top3_share == in_top3[key] / 1000


def test_one_of_three_is_always_in_the_top_three(tiny_region: Region) -> None:
    for stability in intervals(shortlist(tiny_region, ROWS[:3], [1, 1, 1])).values():
        assert stability.top3_share == stability.top5_share == 1


@settings(deadline=None, max_examples=60)
@given(tables())
def test_the_interval_always_holds_the_score(tiny_region: Region, table: Table) -> None:
    result = shortlist(tiny_region, *table)
    for key, stability in intervals(result).items():
        score = result.match_by_location_id[key].score_tenths
        assert 0 <= stability.low_tenths <= score <= stability.high_tenths <= 1000


@settings(deadline=None, max_examples=60)
@given(tables(), st.data())
def test_a_value_taken_away_widens_the_interval_around_the_old_score(
    tiny_region: Region, table: Table, data: st.DataObject
) -> None:
    rows, weights, _ = table
    place = data.draw(st.integers(0, len(rows) - 1))
    need = data.draw(st.integers(0, len(weights) - 1))
    blanked = [list(row) for row in rows]
    blanked[place][need] = None
    key = f"l{place:02}"
    before = shortlist(tiny_region, rows, weights)
    after = shortlist(tiny_region, blanked, weights)
    old, new = intervals(before)[key], intervals(after)[key]
    assert new.low_tenths <= old.low_tenths
    assert new.high_tenths >= old.high_tenths - 1  # a tenth, as strengths are rounded once
    assert new.low_tenths <= before.match_by_location_id[key].score_tenths <= new.high_tenths + 1
    row = after.match_by_location_id[key].contributions[need]
    assert row.status == "unknown"
    assert row.tenths_at_stake == row.need.worth_tenths


def test_nothing_ranked_gives_nothing(tiny_region: Region) -> None:
    result = replace(shortlist(tiny_region, ROWS, [1, 1, 1]), matches=())
    assert with_stability(result) == result
