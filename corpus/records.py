"""The nouns of a region pack: locations, their evidence, and the structured facts behind it.

A structured fact (site, programme, infrastructure, ...) carries the id of the evidence row that says
the same in words, so `region.evidence_by_id[site.id]` is the statement to show for a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["de", "en"]
Confidence = Literal["verified", "recalled"]
Scope = Literal["location", "district", "outside"]
Level = Literal["municipality", "district"]
InstitutionKind = Literal["university", "applied_sciences", "private", "art", "distance"]
ProgrammeLevel = Literal["bachelor", "master", "phd_centre"]
SiteKind = Literal["industrial", "brownfield", "logistics", "technology_park", "office"]
Availability = Literal["available", "planned", "occupied", "unknown"]
InfrastructureKind = Literal[
    "motorway",
    "canal",
    "rail_freight_terminal",
    "chemical_pipeline",
    "inland_port",
    "airport",
    "long_distance_rail",
    "broadband",
    "hydrogen_pipeline",
    "data_centre",
]
EvidenceKind = Literal[
    "industry",
    "company",
    "research_institute",
    "university",
    "programme",
    "talent_supply",
    "site",
    "infrastructure",
    "indicator",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: title, publisher, date as the source gives it, and address or licence."""

    id: str
    title: str
    publisher: str
    date: str
    reference: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One specialisation theme of the region."""

    id: str
    name_de: str
    name_en: str
    description_de: str
    description_en: str

    def name(self, language: Language) -> str:
        """Return the theme's name in `language`."""
        return self.name_de if language == "de" else self.name_en


@dataclass(frozen=True, slots=True)
class Location:
    """A municipality: the unit that is ranked. Never a site or a place.

    `latitude` and `longitude` are WGS84 degrees; `district` names its Kreis, or is empty.
    `source_ids` name where position, area and postal codes were read.
    """

    id: str
    name: str
    district: str
    latitude: float
    longitude: float
    population: int
    population_year: int
    area_km2: float
    postal_codes: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sourced statement about a location.

    `scope` says whether it holds for the location itself, for its whole district, or describes
    something outside that serves it (an airport next door). `subject` is the company, institute or
    site it is about. `as_of` is the year or date the fact is true for, empty when unknown.
    `quantity` is in `unit`; both are None together.
    """

    id: str
    location_id: str
    kind: EvidenceKind
    themes: tuple[str, ...]
    text_de: str
    text_en: str
    subject: str
    quantity: float | None
    unit: str | None
    source_ids: tuple[str, ...]
    as_of: str
    confidence: Confidence
    scope: Scope

    def text(self, language: Language) -> str:
        """Return the statement in `language`."""
        return self.text_de if language == "de" else self.text_en

    @property
    def is_confirmed(self) -> bool:
        """Whether the fact was read in the named source, not only recalled."""
        return self.confidence == "verified"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a location, e.g. the trade tax multiplier: value, unit, year and level."""

    id: str
    location_id: str
    name: str
    value: float
    unit: str
    year: int
    period: str
    level: Level
    source_id: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Institution:
    """A university: seat, further campuses (location ids), kind and size.

    `students` counts the whole institution, `students_in_region` only its campuses in the region, where a
    source gives that figure.
    """

    id: str
    name_de: str
    name_en: str
    location_id: str
    campus_ids: tuple[str, ...]
    kind: InstitutionKind
    students: int | None
    students_year: str
    is_regional_talent: bool
    """False where students are no supply of graduates here: nationwide distance or part-time learning,
    training for the civil service, or a university that has merged and is counted elsewhere."""
    website_domain: str
    students_in_region: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A degree programme of an institution, in one field and level."""

    id: str
    institution_id: str
    field: str
    level: ProgrammeLevel
    name: str
    language: Language
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TalentSupply:
    """Students, graduates and new entrants a year of an institution in a field; None is unknown.

    `institution_id` is empty for totals of the whole region; these have no evidence row, since evidence
    belongs to one location. `scope` (German) and `scope_en` say whom the figures count.
    """

    id: str
    institution_id: str
    field: str
    scope: str
    students: int | None
    graduates_per_year: int | None
    new_entrants_per_year: int | None
    year: str
    confidence: Confidence
    scope_en: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """An area or building where a company could settle, in hectares where known.

    `availability` is what the source says about whether it can still be had, `available_ha` how much of
    `area_ha` that is, where it says so; `focus` is German. The quantity of the site's evidence row is
    `available_ha` where known, else `area_ha`.
    """

    id: str
    location_id: str
    name: str
    kind: SiteKind
    area_ha: float | None
    focus: str
    availability: Availability
    confidence: Confidence
    focus_en: str = ""
    available_ha: float | None = None


@dataclass(frozen=True, slots=True)
class Infrastructure:
    """A harbour, motorway, terminal, airport, pipeline or data centre that serves a location."""

    id: str
    location_id: str
    kind: InfrastructureKind
    name: str
    scope: Scope
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Company:
    """A company that is already there: its theme, NACE Rev. 2 section or division and size."""

    id: str
    location_id: str
    name: str
    theme: str
    nace: str
    employees: int | None
    employees_year: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ResearchInstitute:
    """A research institute, hospital, incubator or technology park, with its kind and theme."""

    id: str
    location_id: str
    name: str
    kind: str
    theme: str
    staff: int | None
    confidence: Confidence


@dataclass(frozen=True)
class Region:
    """A checked region pack: every reference in it resolves. Build it with `corpus.pack.load_region`.

    `fingerprint` is the SHA-256 of the pack's tables; it stands in every result and index.
    """

    id: str
    name_de: str
    name_en: str
    fingerprint: str
    locations: tuple[Location, ...]
    themes: tuple[Theme, ...]
    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    indicators: tuple[Indicator, ...]
    institutions: tuple[Institution, ...]
    programmes: tuple[Programme, ...]
    talent_supply: tuple[TalentSupply, ...]
    sites: tuple[Site, ...]
    infrastructure: tuple[Infrastructure, ...]
    companies: tuple[Company, ...]
    research_institutes: tuple[ResearchInstitute, ...]
    boundaries: Mapping[str, Any]
    """GeoJSON FeatureCollection; each feature's property `id` is a location id."""

    @cached_property
    def location_by_id(self) -> Mapping[str, Location]:
        """Locations by id."""
        return MappingProxyType({location.id: location for location in self.locations})

    @cached_property
    def evidence_by_id(self) -> Mapping[str, Evidence]:
        """Evidence by id, which is also the id of its structured fact."""
        return MappingProxyType({evidence.id: evidence for evidence in self.evidence})

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return MappingProxyType({source.id: source for source in self.sources})

    @cached_property
    def institution_by_id(self) -> Mapping[str, Institution]:
        """Institutions by id."""
        return MappingProxyType({institution.id: institution for institution in self.institutions})

    @cached_property
    def theme_by_id(self) -> Mapping[str, Theme]:
        """Themes by id."""
        return MappingProxyType({theme.id: theme for theme in self.themes})
