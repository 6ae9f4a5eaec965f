"""Promises about quantities that hold for any text, and the ones our users named first."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.quantities import find_quantities

WORDS = st.sampled_from(
    [
        "wir",
        "suchen",
        "mindestens",
        "ca.",
        "5",
        "ha",
        "2,5",
        "1.200",
        "m²",
        "bis",
        "zu",
        "30",
        "Mio.",
        "Euro",
        "EUR",
        "12",
        "million",
        "within",
        "an",
        "hour",
        "of",
        "Köln",
        "zwischen",
        "und",
        "Q3",
        "2026",
        "ab",
        "2027",
        "A40",
        "24/7",
        ".",
        ",",
        ";",
        "\n",
        "(3–5",
        "acres)",
        "one",
        "hundred",
        "and",
        "fifty",
        "jobs",
        "half",
        "hour",
        "anderthalb",
        "Hektar",
        "10-MW",
        "später",
        "€12m",
    ]
)


@settings(deadline=None)
@example("0 EUR 0")
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_spans_lie_in_the_text_quote_it_and_do_not_overlap(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        start, stop = quantity.span
        assert end <= start < stop <= len(text)
        assert text[start:stop] == quantity.text
        assert quantity.minimum is not None or quantity.maximum is not None
        end = stop


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "unit"),
    [
        ("2,5 ha", 2.5, 2.5, "ha"),
        ("1.200 m²", 1200, 1200, "m²"),
        ("20,000 sqm", 20000, 20000, "m²"),
        ("30 Mio. Euro", 30e6, 30e6, "EUR"),
        ("EUR 12 million", 12e6, 12e6, "EUR"),
        ("fünf Hektar", 5, 5, "ha"),
        ("40 MW", 40, 40, "MW"),
        ("≥ 10 ha", 10, None, "ha"),
    ],
)
def test_figures_of_both_languages_are_read(
    text: str, minimum: float, maximum: float | None, unit: str
) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.minimum, quantity.maximum, quantity.unit) == (minimum, maximum, unit)
    assert quantity.text == text


@pytest.mark.parametrize("text", ["1.200 m²", "1,200 sqm", "1,250 ha"])
def test_an_ambiguous_figure_says_how_it_was_read(text: str) -> None:
    for language in ("de", "en"):
        (quantity,) = find_quantities(text, language)  # type: ignore[arg-type]
        assert quantity.assumption is not None
        assert text.split()[0] in quantity.assumption


@pytest.mark.parametrize(
    "text",
    ["24/7", "direkt an der A40", "Tel. 0201 123456", "Rev. 2", "ISO 9001", "B2B", "gegründet 1998", "mehrere hundert Beschäftigte"],
)  # fmt: skip
def test_what_is_no_quantity_is_not_read_as_one(text: str) -> None:
    assert find_quantities(text) == ()
