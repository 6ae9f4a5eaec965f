"""A hand-made shortlist with every case a dossier must show: met, partly, unmet, unknown, set aside, jointly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Evidence, Location, Region, Source, Theme
from matcher.brief import Brief, Need
from matcher.shortlist import Contribution, JointBid, Match, SetAside, Shortlist, Stability, Versions
from tests.bare_region import BARE_REGION

INVESTOR = "Nordlicht Zelltechnik GmbH"

_LOCATIONS = tuple(
    Location(f"0{n}000000", name, district, 51.4 + n / 50, 7.0 + n / 20, 40_000 * n, 2022, 50.0 + n)
    for n, name, district in (
        (1, "Adorf", "Kreis Nord"),
        (2, "Bestadt", ""),
        (3, "Cehausen", ""),
        (4, "Deberg", "Kreis Nord"),
        (5, "Ehofen", ""),
        (6, "Efstadt", "Kreis Süd"),
    )
)


def _square(location: Location) -> list[list[list[float]]]:
    x, y, r = location.longitude, location.latitude, 0.02
    return [[[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r], [x - r, y - r]]]


def _evidence(
    key: str, location: Location, german: str, english: str, *, subject: str = "", recalled: bool = False
) -> Evidence:
    return Evidence(
        key,
        location.id,
        "site",
        ("green",),
        german,
        english,
        subject,
        12.5,
        "ha",
        ("S1",),
        "" if recalled else "2024",
        "recalled" if recalled else "verified",
        "location",
    )


def make_region() -> Region:
    """Six square locations with three statements each; one names the investor."""
    evidence = []
    for location in _LOCATIONS:
        name = location.name
        evidence += [
            _evidence(
                f"{location.id}-1", location, f"In {name} sind 12,5 ha frei.", f"{name} has 12.5 ha free."
            ),
            _evidence(
                f"{location.id}-2", location, f"{name} hat einen Hafen.", f"{name} has a port.", recalled=True
            ),
            _evidence(
                f"{location.id}-3",
                location,
                "Nordlicht Zelltechnik betreibt hier ein Labor.",
                "Nordlicht Zelltechnik runs a laboratory here.",
                subject=INVESTOR,
            ),
        ]
    features = [
        {
            "type": "Feature",
            "properties": {"id": location.id},
            "geometry": {"type": "Polygon", "coordinates": _square(location)},
        }
        for location in _LOCATIONS
    ]
    return replace(
        BARE_REGION,
        id="testland",
        name_de="Testland",
        name_en="Testland",
        fingerprint="f" * 64,
        locations=_LOCATIONS,
        themes=(Theme("green", "Grüne Technologien", "Green technologies", "", ""),),
        sources=(Source("S1", "Flächenbericht", "Testamt", "2024", "https://example.org/flaechen"),),
        evidence=tuple(evidence),
        boundaries={"type": "FeatureCollection", "features": features, "attribution": "© Testamt 2024"},
    )


NEEDS = (
    Need(
        "n1",
        "Nordlicht Zelltechnik braucht mindestens 10 ha",
        (0, 40),
        "site",
        400,
        is_must=True,
        minimum=10,
        unit="ha",
    ),
    Need("n2", "=SUMME(A1:A9) Hafen & Bahn <schnell> #set $x$ _kursiv_", (41, 60), "access", 333),
    Need("n3", "Labor in der Nähe", (61, 70), "research", 167, maximum=5.5, unit="km", assumption="5,5 km"),
    Need("n4", "keine Nähe zu Wohngebieten", None, "quality_of_life", 100, is_avoided=True),
)


def make_shortlist() -> Shortlist:
    """Four ranked locations, two set aside, one joint bid."""
    region = make_region()
    brief = Brief(
        "anfrage-nordlicht-zelltechnik",
        "Nordlicht Zelltechnik braucht mindestens 10 ha. Hafen und Bahn. Labor in der Nähe.",
        "de",
        NEEDS,
        "production",
        themes=("green",),
        notes=("„1.200“ wurde als 1200 gelesen.",),
    )

    def contributions(location: Location, strengths: tuple[float, ...]) -> tuple[Contribution, ...]:
        found = []
        for number, (need, strength) in enumerate(zip(NEEDS, strengths, strict=True), start=1):
            status = (
                "unknown" if strength < 0 else "met" if strength > 0.7 else "partly" if strength else "unmet"
            )
            has_evidence = strength >= 0 and number <= 3
            evidence = (region.evidence_by_id[f"{location.id}-{number}"],) if has_evidence else ()
            found.append(
                Contribution(
                    need,
                    status,
                    max(strength, 0.0),
                    evidence,
                    ("Fläche ausreichend", "Large enough") if number == 1 and evidence else ("", ""),
                )
            )
        return tuple(found)

    strengths = ((1.0, 0.9, 0.61, 0.5), (0.873, 0.5, -1, 0.4), (-1, 0.8, 0.3, 0.2), (0.75, 0.1, -1, -1))
    matches = tuple(
        Match(
            location,
            contributions(location, values),
            rank,
            Stability(0.873, 0.95, 610, 912, 1000, 7),
        )
        for rank, (location, values) in enumerate(zip(_LOCATIONS, strengths, strict=False), start=1)
    )
    aside = tuple(
        SetAside(
            Match(location, contributions(location, (0.0, 0.9, 0.2, 0.1))),
            (("Nur 4 ha statt 10 ha.", "Only 4 ha instead of 10 ha."),),
        )
        for location in _LOCATIONS[4:]
    )
    joint = JointBid(
        (_LOCATIONS[0], _LOCATIONS[1]),
        contributions(_LOCATIONS[0], (1.0, 0.9, 0.8, 0.5)),
        {_LOCATIONS[0].id: ("n1", "n2", "n4"), _LOCATIONS[1].id: ("n3",)},
        32,
        _LOCATIONS[0].id,
        is_smallest_cover=True,
    )
    return Shortlist(
        region,
        brief,
        matches,
        aside,
        (joint,),
        Versions("corpus-1", "encoder-1", "ranker-1"),
        notes=(("Zwei Standorte liegen dicht beieinander.", "Two locations are close together."),),
    )


@pytest.fixture(scope="session")
def shortlist() -> Shortlist:
    """The hand-made shortlist."""
    return make_shortlist()


@pytest.fixture(scope="session")
def investor() -> str:
    """The investor's name that the brief and one statement hold."""
    return INVESTOR
