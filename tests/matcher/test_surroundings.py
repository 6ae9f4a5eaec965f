"""What reaches a location from around it, against every pair written out."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.geometry import decay, distance_km
from matcher.surroundings import N_PAIRS_AT_ONCE, Surroundings


@pytest.mark.parametrize("n_locations", [1, 2, 40, 400])
@pytest.mark.parametrize("half_km", [0.0, 3.0, 12.0])
def test_the_strongest_value_in_reach_counts_less_what_the_way_takes(
    n_locations: int, half_km: float
) -> None:
    rng = np.random.default_rng(n_locations)
    latitudes, longitudes = rng.uniform(51.3, 51.7, n_locations), rng.uniform(6.8, 7.6, n_locations)
    values = rng.random(n_locations) * (rng.random(n_locations) < 0.7)
    between = distance_km(latitudes[:, None], longitudes[:, None], latitudes, longitudes)
    expected = (decay(between, half_km) * values).max(axis=1)
    found = Surroundings(latitudes, longitudes).strongest(values, half_km)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_many_neighbours_are_worked_on_in_portions_that_leave_none_out() -> None:
    rng = np.random.default_rng(1)
    around = Surroundings(rng.uniform(51.45, 51.55, 600), rng.uniform(7.0, 7.2, 600))
    near = around._neighbours(12.0)
    portions = near.portions()
    assert len(portions) > near.starts[-1] / N_PAIRS_AT_ONCE > 2
    assert [at for first, last in portions for at in range(first, last)] == list(range(600))
