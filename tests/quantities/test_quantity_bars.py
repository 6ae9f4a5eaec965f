"""The bars for quantities: 98 of 100 read exactly, of generated phrases and of those annotated by hand."""

from __future__ import annotations

import pint
import pytest

from matcher.units import UNITS
from tests.quantities.generated import generated_phrases
from tests.quantities.scoring import phrases_by_hand, score

BAR = 0.98


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


def test_generated_phrases_in_both_languages_are_read_exactly() -> None:
    phrases = generated_phrases()
    assert len(phrases) >= 600
    assert {phrase.language for phrase in phrases} == {"de", "en"}
    result = score(phrases)
    assert result.rate >= BAR, "\n".join(result.misses)


def test_another_seed_makes_other_phrases_that_are_read_as_well() -> None:
    result = score(generated_phrases(600, seed=7))
    assert result.rate >= BAR, "\n".join(result.misses)


def test_phrases_annotated_by_hand_are_read_exactly() -> None:
    phrases = phrases_by_hand()
    assert len(phrases) >= 150
    result = score(phrases)
    assert result.rate >= BAR, "\n".join(result.misses)


@pytest.mark.parametrize(
    ("kept", "named", "factor"),
    [
        ("ha", "acre", 0.40468564224), ("m²", "foot**2", 0.09290304), ("ha", "km**2", 100), ("km", "mile", 1.609344),
        ("m", "foot", 0.3048), ("MW", "kW", 0.001), ("MW", "GW", 1000), ("MWh", "TWh", 1e6), ("t", "kilogram", 0.001),
        ("t", "kilotonne", 1000), ("min", "hour", 60), ("Gbit/s", "Mbit/s", 0.001),
    ],
)  # fmt: skip
def test_the_fixed_factors_are_those_of_the_unit_library(
    kept: str, named: str, factor: float, registry: pint.UnitRegistry
) -> None:
    into = {"m²": "m**2", "ha": "hectare", "t": "tonne", "Gbit/s": "Gbit/s"}.get(kept, kept)
    assert registry.Quantity(1, named).to(into).magnitude == pytest.approx(factor, rel=1e-5)
    assert any(unit.unit == kept and unit.factor == factor for unit in UNITS)
