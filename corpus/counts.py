"""How many statements a region pack holds: by kind, theme, location, confidence and age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from corpus.records import Confidence, Evidence, EvidenceKind, Region

AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "2025 to 2026": (2025, 2026),
    "2022 to 2024": (2022, 2024),
    "2018 to 2021": (2018, 2021),
    "before 2018": (0, 2017),
}
"""First and last year of each band; chosen so that the newest holds one reporting year and the next three."""

UNKNOWN = "unknown"
NO_THEME = "no theme"


def count_statements(region: Region) -> dict[str, dict[str, int]]:
    """Return the number of statements for each value of kind, theme, location, confidence and age.

    A statement with two themes counts in both. Values without a statement count 0.
    """
    evidence = region.evidence
    locations = {location.id: location.name for location in region.locations}
    return {
        "kind": _count((row.kind for row in evidence), get_args(EvidenceKind)),
        "theme": _count(
            (theme for row in evidence for theme in row.themes or (NO_THEME,)),
            [*(theme.id for theme in region.themes), NO_THEME],
        ),
        "location": _count((locations[row.location_id] for row in evidence), locations.values()),
        "confidence": _count((row.confidence for row in evidence), get_args(Confidence)),
        "age": _count(map(age_band, evidence), [*AGE_BANDS, UNKNOWN]),
    }


def age_band(statement: Evidence) -> str:
    """Return the name of the band in which the year of the statement lies."""
    if not statement.as_of:
        return UNKNOWN
    year = int(statement.as_of[:4])
    return next((name for name, (first, last) in AGE_BANDS.items() if first <= year <= last), "later")


def _count(values: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {name: counts.pop(name, 0) for name in names} | dict(sorted(counts.items()))
