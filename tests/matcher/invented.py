"""Shortlists written out by hand or drawn at random: what tests of ranks, bids and answers rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from corpus.records import Location, Region
from matcher.brief import Brief, Facet, Need, with_worths
from matcher.ranking import ranked
from matcher.shortlist import Contribution, Match, Shortlist, Status, Versions

CHANGEABLE: tuple[Facet, ...] = ("site", "access", "talent", "cluster", "research", "cost")


def status_of(strength: float | None) -> Status:
    """Return the status of a strength; None is unknown."""
    if strength is None:
        return "unknown"
    return "met" if strength >= 0.6 else "partly" if strength > 0 else "unmet"


def location(number: int) -> Location:
    """Return an invented location; all of them lie within a few kilometres."""
    return Location(f"l{number:02}", f"Ort {number}", "", 50 + number / 100, 9.0, 20_000, 2024, 50.0)


def shortlist(
    region: Region,
    rows: Sequence[Sequence[float | None]],
    weights: Sequence[float],
    musts: Sequence[int] = (),
    facets: Sequence[Facet] = CHANGEABLE,
) -> Shortlist:
    """Return a shortlist of locations with these strengths, None for unknown, one row a location."""
    needs = with_worths(
        [
            Need(f"n{i}", f"Bedarf {i}", None, facets[i % len(facets)], 0, is_must=i in musts)
            for i in range(len(weights))
        ],
        weights,
    )
    matches = [
        Match(
            location(number),
            tuple(
                Contribution(need, status_of(strength), strength or 0.0)
                for need, strength in zip(needs, row, strict=True)
            ),
        )
        for number, row in enumerate(rows)
    ]
    brief = Brief("b", "Text", "de", needs, "production")
    return Shortlist(region, brief, *ranked(matches), (), Versions("c", "e", "r"))


def with_strengths(match: Match, needs: Sequence[Need]) -> Match:
    """Return a match in which these needs are fully met."""
    ids = {need.id for need in needs}
    return replace(
        match,
        contributions=tuple(
            Contribution(c.need, "met", 1.0) if c.need.id in ids else c for c in match.contributions
        ),
    )


@st.composite
def tables(
    draw: st.DrawFn, most_locations: int = 9
) -> tuple[list[list[float | None]], list[float], list[int]]:
    """Draw strengths of 1 to `most_locations` locations, weights of needs, and which needs are musts."""
    n_needs = draw(st.integers(1, 5))
    strength = st.none() | st.sampled_from([0.0, 0.3, 0.6, 0.8, 1.0]) | st.floats(0, 1)
    rows = draw(
        st.lists(st.lists(strength, min_size=n_needs, max_size=n_needs), min_size=1, max_size=most_locations)
    )
    weights = draw(st.lists(st.floats(0.1, 5), min_size=n_needs, max_size=n_needs))
    musts = draw(st.lists(st.integers(0, n_needs - 1), max_size=2, unique=True))
    return rows, weights, musts
