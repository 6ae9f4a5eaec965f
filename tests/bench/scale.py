"""All of Germany: 10,773 municipalities with 20 statements each, beside the 53 of the reference region."""

from __future__ import annotations

import csv
import gzip
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.pack import RUHR, load_region
from corpus.records import Evidence, EvidenceKind, Location, Region
from matcher.brief import Brief
from matcher.engine import Matcher
from matcher.intake import read_document
from matcher.shortlist import Shortlist
from models.encoder import Floats
from models.load import load_encoder
from tests.conftest import ROOT

SHARED = Path(os.environ.get("MATCHER_SHARED", ROOT.parent / "shared"))
TABLE = SHARED / "data" / "scale" / "german_municipalities.csv.gz"
N_STATEMENTS = 20
REPEATS = 5
SEED = 20261124

TEMPLATES: tuple[tuple[EvidenceKind, str, str], ...] = (
    ("company", "Ein Maschinenbauer mit {n} Beschäftigten fertigt hier.", "A machine builder makes parts here with {n} staff."),
    ("company", "Eine Spedition betreibt hier ein Lager mit {n} Plätzen.", "A haulier runs a warehouse of {n} bays here."),
    ("company", "Eine Softwarefirma mit {n} Beschäftigten sitzt hier.", "A software firm with {n} staff is based here."),
    ("company", "Ein Chemiewerk beschäftigt hier {n} Menschen.", "A chemical plant employs {n} people here."),
    ("company", "Ein Recyclingbetrieb verwertet hier {n} Tonnen im Jahr.", "A recycling plant handles {n} tonnes a year here."),
    ("industry", "Die Metallverarbeitung hat hier {n} Betriebe.", "Metalworking counts {n} firms here."),
    ("industry", "Die Gesundheitswirtschaft zählt hier {n} Stellen.", "The health economy counts {n} jobs here."),
    ("industry", "Der Hafen liegt {n} Minuten entfernt.", "The port is {n} minutes away."),
    ("industry", "Die Autobahn ist in {n} Minuten erreicht.", "The motorway is {n} minutes away."),
    ("research_institute", "Ein Institut für Werkstoffe forscht hier mit {n} Leuten.", "A materials institute does research here with {n} people."),
    ("research_institute", "Ein Zentrum für Batterien hat hier {n} Stellen.", "A battery centre has {n} posts here."),
    ("site", "Ein Gewerbegebiet von {n} Hektar ist hier frei.", "A business park of {n} hectares is free here."),
)  # fmt: skip


@dataclass
class RandomEncoder:
    """Random unit vectors: as much arithmetic as a real encoder's, without its time for 430,000 texts."""

    dimension: int = 384
    fingerprint: str = f"random-{SEED}"

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(SEED)

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = self._rng.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def germany() -> Region:
    """Return the municipalities of Germany with statements from seeded templates."""
    rng = np.random.default_rng(SEED)
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["population"] or 0) > 0 and row["lat"]]
    locations, evidence = [], []
    for row in rows:
        locations.append(
            Location(
                row["ags"], row["name"], row["district"], float(row["lat"]), float(row["lon"]),
                int(row["population"]), 2022, float(row["area_km2"]),
            )
        )  # fmt: skip
        for k in range(N_STATEMENTS):
            kind, german, english = TEMPLATES[int(rng.integers(len(TEMPLATES)))]
            n = int(rng.integers(3, 900))
            evidence.append(
                Evidence(
                    f"{row['ags']}-{k}", row["ags"], kind, (), f"{row['name']}: {german.format(n=n)}",
                    f"{row['name']}: {english.format(n=n)}", "", None, None, (), "2024", "verified", "location",
                )
            )  # fmt: skip
    ruhr = load_region(RUHR)
    return replace(
        ruhr, id="germany", fingerprint=f"germany-{SEED}", locations=tuple(locations),
        evidence=tuple(evidence), indicators=(), institutions=(), programmes=(), talent_supply=(), sites=(),
        infrastructure=(), companies=(), research_institutes=(),
    )  # fmt: skip


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of one call in milliseconds, after one that does not count."""
    work()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def peak_mb() -> float:
    """Return the largest memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print_times(matcher: Matcher, brief: Brief, top: int | None, bars: tuple[int, int]) -> None:
    def rerank(shortlist: Shortlist) -> Shortlist:
        return matcher.rerank(shortlist, {brief.needs[0].id: 30.0, brief.needs[-1].id: 0.0})

    embed = median_ms(lambda: matcher.encoder.encode([need.query for need in brief.needs]))
    whole = median_ms(lambda: matcher.match(brief, top=top))
    shortlist = matcher.match(brief)
    again = median_ms(lambda: rerank(shortlist))
    n_locations = len(matcher.region.locations)
    print(
        f"  {n_locations:,} locations, {len(matcher.region.evidence):,} statements, {len(brief.needs)} needs: "
        f"ranked in {whole - embed:.0f} ms beyond {embed:.0f} ms of embedding (bar: {bars[0]}); "
        f"ranked again under other worths in {again:.0f} ms (bar: {bars[1]})",
        flush=True,
    )


def run() -> None:
    """Print times and memory at both sizes."""
    ruhr = Matcher(load_region(RUHR), load_encoder())
    path = next((RUHR / "briefs").glob("*.txt"))
    brief = ruhr.understand(read_document(path), path.stem)
    _print_times(ruhr, brief, None, (25, 50))
    joint = median_ms(lambda: ruhr.with_joint_bids(ruhr.match(brief)))
    print(f"  the same with joint bids {joint:.0f} ms")
    if not TABLE.is_file():
        print(f"  Germany: left out, {TABLE.name} is not there (MATCHER_SHARED names the folder)")
        return
    region = germany()
    before = peak_mb()
    with tempfile.TemporaryDirectory() as cache:
        kept = os.environ.get("MATCHER_CACHE")
        os.environ["MATCHER_CACHE"] = cache
        try:
            started = time.perf_counter()
            matcher = Matcher(region, RandomEncoder())
            built = time.perf_counter() - started
            _print_times(matcher, brief, 50, (150, 1000))
        finally:
            if kept is None:
                del os.environ["MATCHER_CACHE"]
            else:
                os.environ["MATCHER_CACHE"] = kept
    print(
        f"  index of {2 * len(region.evidence):,} vectors built in {built:.1f} s without encoding; "
        f"peak memory {peak_mb():,.0f} MB, {peak_mb() - before:,.0f} MB of it for Germany's matcher"
    )
