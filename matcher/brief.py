"""A brief as structure: its needs, each tied to the words it came from, sharing 1000 tenths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from corpus.records import Language

TOTAL_TENTHS = 1000

Facet = Literal[
    "talent",
    "research",
    "cluster",
    "site",
    "access",
    "utilities",
    "cost",
    "labour_market",
    "quality_of_life",
    "partners",
    "distance",
    "agglomeration",
]
Function = Literal["headquarters", "rnd", "production", "logistics", "data_centre", "services", "spin_off"]
FACETS: tuple[Facet, ...] = get_args(Facet)
FUNCTIONS: tuple[Function, ...] = get_args(Function)

WHOLE_BRIEF = "whole_brief"
"""Topic of the need that stands for all others together."""

TOPICS: dict[str, tuple[str, ...]] = {
    "talent": (
        "automotive",
        "biomedical_engineering",
        "chemical_engineering",
        "chemistry",
        "civil_engineering",
        "computer_science",
        "data_science_ai",
        "economics_business",
        "electrical_engineering",
        "energy_engineering",
        "environmental_engineering",
        "health_sciences",
        "it_security",
        "law_social_design",
        "logistics",
        "materials_science",
        "mathematics_physics",
        "mechanical_engineering",
        "medicine",
        "robotics_automation",
        "urban_planning",
    ),
    "research": ("university", "institute", "laboratory", "hospital", "incubator", "technology_park"),
    "cluster": ("customers", "suppliers", "industry", WHOLE_BRIEF),
    "site": (
        "land",
        "hall",
        "warehouse",
        "office",
        "laboratory",
        "clean_room",
        "data_centre",
        "brownfield",
        "greenfield",
        "industrial_zoning",
        "chemical_park",
        "technology_park",
        "incubator",
        "expansion",
        "existing_building",
        "shift_work",
    ),
    "access": (
        "motorway",
        "rail_freight",
        "combined_terminal",
        "inland_port",
        "airport",
        "long_distance_rail",
        "public_transport",
        "parcel_network",
    ),
    "utilities": ("power", "gas", "hydrogen", "heat", "fibre", "water", "chemical_pipeline"),
    "cost": ("trade_tax", "property_tax", "rent", "land_price", "funding", "wages"),
    "labour_market": ("workers", "skilled_workers", "unskilled_workers", "shift_workers", "retain_staff"),
    "quality_of_life": ("housing", "childcare", "culture", "green", "gastronomy", "international_schools"),
    "partners": ("municipality", "neighbouring_cities", "investors", "chamber", "associations"),
    "distance": (),
    "agglomeration": (),
}
"""What a need of a facet can be about: the controlled vocabulary that facts are matched with."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place a brief names: WGS84 degrees; `location_id` when it is a location of the region.

    An area, such as a landscape, is a circle: within `radius_km` of its middle one is in it.
    """

    name: str
    latitude: float
    longitude: float
    location_id: str | None = None
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class ActivityCode:
    """An economic activity with its classification, e.g. ("NACE", "Rev. 2", "29.32")."""

    scheme: str
    version: str
    code: str


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the investor asks for.

    `span` is the half-open character range in the brief's text that says it; None for a need that
    the reader added (agglomeration by default, or by hand). `minimum` and `maximum` are in `unit`
    (ha, m², MW, km, min, jobs, %, EUR, year, ...). `worth_tenths` is its share of 1000.
    `is_avoided` turns it round: the investor does not want this. `assumption` says which reading
    of an ambiguous figure was taken. `evidence_query` is the wording compared with statements;
    empty means `text`.
    """

    id: str
    text: str
    span: tuple[int, int] | None
    facet: Facet
    worth_tenths: int
    is_must: bool = False
    is_avoided: bool = False
    topics: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    place: Place | None = None
    level: Literal["bachelor", "master", "phd_centre"] | None = None
    codes: tuple[ActivityCode, ...] = ()
    assumption: str | None = None
    evidence_query: str = ""

    @property
    def query(self) -> str:
        """The wording that is embedded and compared with statements."""
        return self.evidence_query or self.text

    @property
    def is_whole_brief(self) -> bool:
        """Whether this stands for all other needs together: compared by meaning only."""
        return WHOLE_BRIEF in self.topics


@dataclass(frozen=True, slots=True)
class Brief:
    """An investor's brief: its text and what was understood.

    `function_shares` and `theme_shares` are probabilities in [0, 1] by name. `unasked` lists
    places of the region named as a preference, which the reader sees and can remove.
    """

    id: str
    text: str
    language: Language
    needs: tuple[Need, ...]
    function: Function
    function_shares: tuple[tuple[str, float], ...] = ()
    themes: tuple[str, ...] = ()
    theme_shares: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = field(default=())
    """Sentences for the reader: ambiguous figures, parts that were not read, and the like."""

    def __post_init__(self) -> None:
        total = sum(need.worth_tenths for need in self.needs)
        if self.needs and total != TOTAL_TENTHS:
            raise ValueError(f"the needs of brief {self.id!r} share {total} tenths, not {TOTAL_TENTHS}")

    @property
    def musts(self) -> tuple[Need, ...]:
        """The needs that set a location aside when they are unmet."""
        return tuple(need for need in self.needs if need.is_must)


def share_tenths(weights: Sequence[float]) -> tuple[int, ...]:
    """Share exactly 1000 tenths in proportion to `weights`, by largest remainder.

    Parameters
    ----------
    weights : sequence of float of length n_needs
        Relative worths, unitless, not negative; not all zero.

    Returns
    -------
    tuple of int of length n_needs
        Tenths of a point that add up to 1000. Equal remainders go to the earlier need.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all are zero.

    Notes
    -----
    The largest remainder method (Hamilton); see Balinski and Young, Fair Representation (1982).
    """
    if any(not 0 <= weight < float("inf") for weight in weights) or not any(weights):
        raise ValueError("worths must be finite, not negative, and at least one above zero")
    total = sum(weights)
    exact = [TOTAL_TENTHS * weight / total for weight in weights]
    tenths = [int(value) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (tenths[i] - exact[i], i))
    for i in by_remainder[: TOTAL_TENTHS - sum(tenths)]:
        tenths[i] += 1
    return tuple(tenths)


def with_worths(needs: Iterable[Need], weights: Sequence[float]) -> tuple[Need, ...]:
    """Return the needs with worths that share 1000 tenths in proportion to `weights`."""
    return tuple(
        replace(need, worth_tenths=tenths) for need, tenths in zip(needs, share_tenths(weights), strict=True)
    )
