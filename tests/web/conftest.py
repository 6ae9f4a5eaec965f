"""Six locations written out, a stand-in matcher that needs no weights, and an application around them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from corpus.records import Evidence, Location, Region, Source, Theme
from matcher.brief import Brief, Need, with_worths
from matcher.shortlist import Contribution, JointBid, Match, SetAside, Shortlist, Stability, Versions
from tests.bare_region import BARE_REGION
from tests.models.stand_in import StandInEncoder
from web.app import create_app
from web.settings import Settings
from web.storage import accounts
from web.storage.database import open_database

NAMES = ("Ahlen", "Bochum", "Castrop", "Dortmund", "Essen", "Fröndenberg")
LOCATIONS = tuple(
    Location(
        f"0590000{i}",
        name,
        "Kreis Nord" if i % 2 else "",
        51.4 + i / 20,
        7.0 + i / 20,
        90_000 * i,
        2023,
        60.0,
    )
    for i, name in enumerate(NAMES, start=1)
)
BRIEF_TEXT = "Wir suchen mindestens 5 ha mit Gleisanschluss, dazu Absolventen der Informatik. Kontakt: Acme Robotics GmbH."


def make_region() -> Region:
    square = [[7.0, 51.4], [7.1, 51.4], [7.1, 51.5], [7.0, 51.5], [7.0, 51.4]]
    evidence = tuple(
        Evidence(
            f"e{i}-{kind}",
            location.id,
            "site" if kind == "site" else "talent_supply",
            ("smart_logistics",),
            f"{location.name}: {kind} belegt",
            f"{location.name}: {kind} shown",
            f"{kind} {location.name}",
            float(i * 3),
            "ha",
            ("s1",),
            "2023",
            "verified" if i % 2 else "recalled",
            "location",
        )
        for i, location in enumerate(LOCATIONS, start=1)
        for kind in ("site", "talent")
    )
    features = [
        {
            "type": "Feature",
            "properties": {"id": location.id},
            "geometry": {"type": "Polygon", "coordinates": [[[x + i / 10, y] for x, y in square]]},
        }
        for i, location in enumerate(LOCATIONS)
    ]
    return replace(
        BARE_REGION,
        id="test",
        name_de="Prüfregion",
        name_en="Test region",
        fingerprint="0" * 64,
        locations=LOCATIONS,
        themes=(Theme("smart_logistics", "Intelligente Logistik", "Smart logistics", "Güter", "Goods"),),
        sources=(Source("s1", "Flächenbericht", "Amt", "2023", "https://example.org/report"),),
        evidence=evidence,
        boundaries={"type": "FeatureCollection", "features": features},
    )


class StandInMatcher:
    """Earns points by the digits of ids: a result anyone can recompute by hand."""

    def __init__(self, region: Region | None = None) -> None:
        self.region = region or make_region()
        self.encoder = StandInEncoder()

    def understand(self, text: str, *, brief_id: str = "brief") -> Brief:
        needs = []
        for pattern, facet in ((r"\d+ ha[^,.]*", "site"), (r"Absolventen[^,.]*", "talent")):
            found = re.search(pattern, text)
            span = found.span() if found else None
            words = found.group() if found else pattern
            minimum, unit = (5.0, "ha") if facet == "site" else (None, None)
            needs.append(
                Need(f"n{len(needs) + 1}", words, span, facet, 0, facet == "site", minimum=minimum, unit=unit)  # type: ignore[arg-type]
            )
        needs.append(Need("n3", "Agglomeration", None, "agglomeration", 0))
        return Brief(brief_id, text, "de", with_worths(needs, [2, 2, 1]), "production")

    def match(self, brief: Brief, *, exclude: str | None = None) -> Shortlist:
        matches = []
        for i, location in enumerate(self.region.locations, start=1):
            site, talent = self.region.evidence[2 * i - 2 : 2 * i]
            contributions = []
            for need in brief.needs:
                if need.facet == "site":
                    status, strength, evidence = ("unmet", 0.0, (site,)) if i == 1 else ("met", 1.0, (site,))
                elif need.facet == "talent":
                    status, strength, evidence = "partly", i / 7, (talent,)
                else:
                    status, strength, evidence = "unknown", 0.0, ()
                contributions.append(Contribution(need, status, strength, evidence, ("Weil", "Because")))  # type: ignore[arg-type]
            matches.append(Match(location, tuple(contributions)))
        return self._shortlist(brief, matches)

    def _shortlist(self, brief: Brief, matches: list[Match]) -> Shortlist:
        order = sorted(matches, key=lambda m: (-m.score_tenths, m.location.id))
        kept = [m for m in order if not m.unmet_musts]
        return Shortlist(
            self.region,
            brief,
            tuple(replace(m, rank=rank) for rank, m in enumerate(kept, start=1)),
            tuple(SetAside(m, (("Zu klein", "Too small"),)) for m in order if m.unmet_musts),
            (),
            Versions("corpus0", "encoder0", "ranker0"),
            (("Hinweis", "A remark"),),
        )

    def with_stability(self, shortlist: Shortlist) -> Shortlist:
        matches = tuple(
            replace(m, stability=Stability(1 / m.rank, 1.0, m.score_tenths - 5, m.score_tenths + 5, 1000, 1))
            for m in shortlist.matches
        )
        return replace(shortlist, matches=matches)

    def with_joint_bids(self, shortlist: Shortlist) -> Shortlist:
        first, second = shortlist.matches[:2]
        bid = JointBid(
            (first.location, second.location),
            first.contributions,
            {first.location.id: tuple(n.id for n in shortlist.brief.needs[:2]), second.location.id: ()},
            12,
            first.location.id,
        )
        return replace(shortlist, joint_bids=(bid,))

    def rerank(self, shortlist: Shortlist, worths: Mapping[str, float]) -> Shortlist:
        needs = with_worths(shortlist.brief.needs, [worths[n.id] for n in shortlist.brief.needs])
        by_id = {need.id: need for need in needs}
        matches = [
            replace(
                match,
                contributions=tuple(replace(c, need=by_id[c.need.id]) for c in match.contributions),
                rank=0,
            )
            for match in shortlist.match_by_location_id.values()
        ]
        return self._shortlist(replace(shortlist.brief, needs=needs), matches)


@pytest.fixture(scope="session")
def stand_in() -> StandInMatcher:
    return StandInMatcher()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Argon2 with the least cost: its strength is not what these tests ask about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database brought up to date once, to be copied for each test."""
    path = tmp_path_factory.mktemp("database") / "matcher.sqlite3"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def settings(tmp_path: Path, empty_database: Path) -> Settings:
    shutil.copy(empty_database, tmp_path)
    return Settings(
        tmp_path,
        f"sqlite:///{tmp_path / 'matcher.sqlite3'}",
        draft_folder=tmp_path / "drafts",
        rate_limits=False,
    )


@pytest.fixture
def app(stand_in: StandInMatcher, settings: Settings) -> Flask:
    return create_app(stand_in, settings)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_client() as client:
        yield client


@pytest.fixture
def draft_url(client: FlaskClient) -> str:
    """The address of a draft that was just understood, without its last part."""
    response = client.post("/", data={"text": BRIEF_TEXT})
    assert response.status_code == 302
    return response.headers["Location"].removesuffix("/needs")


@pytest.fixture
def planner(ruhr: Region, settings: Settings) -> Iterator[FlaskClient]:
    """A client of an application for the built-in region, in which missions are planned."""
    app = create_app(StandInMatcher(ruhr), settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_client() as client:
        yield client
