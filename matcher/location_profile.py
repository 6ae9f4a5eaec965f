"""The profile of one location: what it is strong in, who studies around it, what is open and how old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from corpus.records import Evidence, EvidenceKind, Indicator, Institution, Location, Region, Site
from matcher.brief import TOPICS
from matcher.errors import MatcherError
from matcher.facts import Facts
from matcher.strengths.talent import strength_of, supply
from matcher.themes import ThemeStrength, themes_of


@dataclass(frozen=True, slots=True)
class FieldSupply:
    """Graduates of a field within reach: a strength in [0, 1), and the institutions that supply most."""

    field: str
    strength: float
    institutions: tuple[Institution, ...]


@dataclass(frozen=True, slots=True)
class LocationProfile:
    """What the region pack knows of one location.

    `counts` are its own statements by kind, `gaps` the kinds it has none of; `by_year` counts them by
    the year they are true for, "" where that is not known.
    """

    location: Location
    themes: tuple[ThemeStrength, ...]
    talent: tuple[FieldSupply, ...]
    indicators: tuple[Indicator, ...]
    sites: tuple[Site, ...]
    infrastructure: tuple[Evidence, ...]
    counts: Mapping[str, int]
    gaps: tuple[EvidenceKind, ...]
    by_year: Mapping[str, int]
    unconfirmed_share: float


def find_location(region: Region, name: str) -> Location:
    """Return the location of that id or name, letter case aside.

    Raises
    ------
    MatcherError
        If the region has none; the sentence names close ones.
    """
    wanted = name.strip().casefold()
    for location in region.locations:
        if wanted in (location.id.casefold(), location.name.casefold()):
            return location
    starting = [x.name for x in region.locations if wanted and x.name.casefold().startswith(wanted)]
    if len(starting) == 1:
        return find_location(region, starting[0])
    hint = f" Did you mean {', '.join(starting)}?" if starting else ""
    raise MatcherError(
        f"{name!r} is no location of region {region.id!r}: give a name or an id of its table.{hint}"
    )


def profile_of(region: Region, location: Location) -> LocationProfile:
    """Return the profile of a location of the region."""
    facts = Facts(region)
    at = facts.position[location.id]
    own = [evidence for evidence in region.evidence if evidence.location_id == location.id]
    counts = Counter(evidence.kind for evidence in own)
    years = Counter(evidence.as_of[:4] for evidence in own)
    return LocationProfile(
        location=location,
        themes=tuple(themes_of(region, location.id)),
        talent=_talent(facts, at),
        indicators=tuple(x for x in region.indicators if x.location_id == location.id),
        sites=tuple(x for x in region.sites if x.location_id == location.id),
        infrastructure=tuple(evidence for evidence in own if evidence.kind == "infrastructure"),
        counts=dict(sorted(counts.items())),
        gaps=tuple(kind for kind in get_args(EvidenceKind) if not counts[kind]),
        by_year=dict(sorted(years.items())),
        unconfirmed_share=float(np.mean([not evidence.is_confirmed for evidence in own])) if own else 0.0,
    )


def _talent(facts: Facts, at: int) -> tuple[FieldSupply, ...]:
    rows = []
    for field in TOPICS["talent"]:
        by_institution = {key: float(values[at]) for key, values in supply(facts, {field}).items()}
        total = sum(by_institution.values())
        if total > 0:
            ranked = sorted(by_institution.items(), key=lambda item: (-item[1], item[0]))
            institutions = tuple(facts.region.institution_by_id[key] for key, share in ranked if share > 0)
            rows.append(FieldSupply(field, float(strength_of(np.array(total), 1)), institutions))
    return tuple(sorted(rows, key=lambda row: (-row.strength, row.field)))
