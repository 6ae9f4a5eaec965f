"""Sites: areas and buildings of the right kind, large enough, and still to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.records import Evidence, Site
from matcher.brief import Need
from matcher.findings import UNMET, Codes, Finding, status_codes
from matcher.strengths.question import Question
from matcher.strengths.statements import where

AVAILABLE: Mapping[str, float] = {"available": 1.0, "planned": 0.4, "unknown": 0.6, "occupied": 0.1}
"""What a site is worth by what its source says of availability. Occupied areas still show what a town has;
parts of them come free."""

KINDS: Mapping[str, Mapping[str, float]] = {
    "land": {"industrial": 1.0, "brownfield": 0.9, "logistics": 0.8, "technology_park": 0.3, "office": 0.1},
    "hall": {"industrial": 1.0, "logistics": 0.9, "brownfield": 0.8, "technology_park": 0.3},
    "warehouse": {"logistics": 1.0, "industrial": 0.8, "brownfield": 0.7},
    "office": {"office": 1.0, "technology_park": 0.9, "brownfield": 0.4, "industrial": 0.2},
    "laboratory": {"technology_park": 1.0, "office": 0.4, "industrial": 0.3},
    "clean_room": {"technology_park": 0.7},
    "data_centre": {
        "industrial": 0.7,
        "brownfield": 0.8,
        "technology_park": 0.7,
        "office": 0.6,
        "logistics": 0.5,
    },
    "brownfield": {"brownfield": 1.0, "logistics": 0.4, "industrial": 0.4},
    "greenfield": {"industrial": 0.6, "logistics": 0.6},
    "industrial_zoning": {"industrial": 1.0, "brownfield": 0.6, "logistics": 0.5},
    "chemical_park": {"industrial": 0.4},
    "technology_park": {"technology_park": 1.0, "office": 0.5},
    "incubator": {"technology_park": 1.0, "office": 0.4},
    "expansion": {"industrial": 0.8, "brownfield": 0.8, "logistics": 0.7, "technology_park": 0.5},
    "existing_building": {
        "office": 0.7,
        "brownfield": 0.7,
        "industrial": 0.6,
        "logistics": 0.6,
        "technology_park": 0.6,
    },
    "shift_work": {"industrial": 1.0, "logistics": 0.7, "brownfield": 0.6},
}
"""How far a site of a kind suits a topic. Chosen by reading the sites of the reference region."""

BY_FUNCTION: Mapping[str, str] = {
    "headquarters": "office",
    "rnd": "technology_park",
    "production": "hall",
    "logistics": "warehouse",
    "data_centre": "data_centre",
    "services": "office",
    "spin_off": "incubator",
}
"""The topic meant when a brief asks for a site without saying which."""

UNKNOWN_AREA = 0.6
"""Share of the strength left for a site whose size is not known, when a size is asked for."""
SITE_COVERAGE = 0.5
"""Building area per plot area: the usual share of a plot that halls cover, with yards and roads beside."""
WORDING = 0.3
"""Share of a site's strength that depends on what its statement says of the need."""
BY_WORDING = {"site": 1.0, "industry": 0.8, "company": 0.5, "research_institute": 0.7, "infrastructure": 0.4}


def plot_ha(need: Need) -> float | None:
    """Return the plot in hectares that a need's figure asks for, None without an area."""
    asked = need.minimum if need.minimum is not None else need.maximum
    if asked is None or need.unit not in ("ha", "m²"):
        return None
    if need.unit == "ha":
        return asked
    is_building = not {"land", "brownfield", "greenfield", "industrial_zoning"} & set(need.topics)
    return asked / 10_000 / (SITE_COVERAGE if is_building else 1.0)


def find(question: Question) -> Finding:
    """Return how well each location's own sites suit the need in kind, size and availability.

    A minimum that all sites of known size miss is unmet; sites of unknown size leave it open.
    """
    need, facts = question.need, question.facts
    topics = [topic for topic in need.topics if topic in KINDS] or [BY_FUNCTION[question.function]]
    asked = plot_ha(need)
    strengths = question.meaning * facts.kind_weights(BY_WORDING)
    largest = np.full(facts.n_locations, -1.0)
    is_open = np.zeros(facts.n_locations, dtype=bool)
    for site in facts.region.sites:
        at = facts.evidence_position[site.id]
        here = facts.position[site.location_id]
        suits = max(KINDS[topic].get(site.kind, 0.0) for topic in topics)
        structured = suits * AVAILABLE[site.availability] * _size_share(site, asked)
        strengths[at] = structured * (1 - WORDING + WORDING * float(question.meaning[at]))
        if site.availability != "occupied":
            free_ha = _free_ha(site)
            if free_ha is None:
                is_open[here] = True
            else:
                largest[here] = max(largest[here], free_ha)
    strengths = np.where(question.usable, strengths, 0.0)
    by_location = facts.best_by_location(strengths)
    codes: Codes = status_codes(by_location)
    if asked is not None and need.minimum is not None:
        too_small = (largest >= 0) & (largest < asked) & ~is_open
        by_location = np.where(too_small, 0.0, by_location)
        codes = np.where(too_small, UNMET, codes).astype(np.int8)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        if asked is not None and codes[location] == UNMET:
            return (
                f"Die größte bekannte Fläche hat {_ha(largest[location], 'de')}; gebraucht werden {_ha(asked, 'de')}.",
                f"The largest known site has {_ha(largest[location], 'en')}; {_ha(asked, 'en')} are needed.",
            )
        return where(facts, location, witnesses)

    return Finding(need, by_location, codes, strengths, 0.0, explain)


def _size_share(site: Site, asked: float | None) -> float:
    if asked is None:
        return 1.0
    free_ha = _free_ha(site)
    if free_ha is None:
        return UNKNOWN_AREA
    return min(1.0, free_ha / asked) ** 2 if asked > 0 else 1.0


def _free_ha(site: Site) -> float | None:
    """Return the area still to be had where it is known, else the site's whole area, else None."""
    return site.available_ha if site.available_ha is not None else site.area_ha


def _ha(value: float, language: str) -> str:
    text = f"{value:.1f} ha"
    return text.replace(".", ",") if language == "de" else text
