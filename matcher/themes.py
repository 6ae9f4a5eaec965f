"""How strong each location is in each theme: firms, institutes, programmes and jobs counted as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from corpus.records import Evidence, EvidenceKind, Location, Region, Theme
from matcher.geometry import Doubles

WEIGHT: Mapping[str, float] = {
    "company": 1.0,
    "research_institute": 1.5,
    "industry": 0.7,
    "programme": 0.3,
    "site": 0.5,
    "talent_supply": 0.3,
}
"""What one statement of a kind counts. An institute draws firms; a programme is one of several."""
UNCONFIRMED = 0.6
"""A fact that is only recalled counts this share."""
EMPLOYEES_PER_DOUBLING = 100.0
"""A firm or institute counts once more for each doubling of its staff above this many."""
HALF_FULL = 6.0
"""Evidence count at which the strength reaches one half."""


@dataclass(frozen=True, slots=True)
class ThemeStrength:
    """A location's strength in a theme, in [0, 1], with how many statements of each kind count for it."""

    location: Location
    theme: Theme
    strength: float
    counts: Mapping[EvidenceKind, int]


def weight(evidence: Evidence) -> float:
    """Return what one statement counts for its themes."""
    base = WEIGHT.get(evidence.kind, 0.0) * (1.0 if evidence.is_confirmed else UNCONFIRMED)
    if evidence.kind in ("company", "research_institute") and evidence.quantity and evidence.unit == "jobs":
        base *= 1 + max(0.0, float(np.log2(evidence.quantity / EMPLOYEES_PER_DOUBLING)))
    return base


def theme_masses(region: Region, usable: np.ndarray | None = None) -> Doubles:
    """Return weighted evidence counts, shape (n_locations, n_themes); `usable` masks statements."""
    row = {location.id: i for i, location in enumerate(region.locations)}
    column = {theme.id: j for j, theme in enumerate(region.themes)}
    masses = np.zeros((len(row), len(column)))
    for k, evidence in enumerate(region.evidence):
        if usable is None or usable[k]:
            for theme in evidence.themes:
                masses[row[evidence.location_id], column[theme]] += weight(evidence)
    return masses


def saturated(masses: Doubles) -> Doubles:
    """Return masses as strengths in [0, 1): one half at `HALF_FULL`, never decreasing."""
    return masses / (masses + HALF_FULL)


def themes_of(region: Region, location_id: str) -> list[ThemeStrength]:
    """Return the strengths of one location, strongest theme first, equal ones by id."""
    found = (row for rows in theme_strengths(region).values() for row in rows)
    own = (row for row in found if row.location.id == location_id)
    return sorted(own, key=lambda row: (-row.strength, row.theme.id))


def theme_strengths(region: Region) -> dict[str, list[ThemeStrength]]:
    """Return for each theme the locations with any evidence, strongest first, equal ones by id."""
    strengths = saturated(theme_masses(region))
    counts: dict[tuple[str, str], dict[EvidenceKind, int]] = {}
    for evidence in region.evidence:
        for theme in evidence.themes:
            if evidence.kind in WEIGHT:
                by_kind = counts.setdefault((evidence.location_id, theme), {})
                by_kind[evidence.kind] = by_kind.get(evidence.kind, 0) + 1
    result: dict[str, list[ThemeStrength]] = {}
    for j, theme_record in enumerate(region.themes):
        rows = [
            ThemeStrength(
                location, theme_record, float(strengths[i, j]), counts.get((location.id, theme_record.id), {})
            )
            for i, location in enumerate(region.locations)
            if strengths[i, j] > 0
        ]
        result[theme_record.id] = sorted(rows, key=lambda row: (-row.strength, row.location.id))
    return result
