"""One row of each table becomes one record; what is wrong with the row joins the problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from corpus import records
from corpus.records import (
    Company,
    Evidence,
    Indicator,
    Infrastructure,
    Institution,
    Location,
    Programme,
    ResearchInstitute,
    Site,
    Source,
    TalentSupply,
    Theme,
)
from corpus.table import Row

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sources": ("id", "title", "publisher", "date", "reference"),
    "themes": ("id", "name_de", "name_en", "description_de", "description_en"),
    "locations": (
        "id",
        "name",
        "district",
        "latitude",
        "longitude",
        "population",
        "population_year",
        "area_km2",
        "postal_codes",
        "source_ids",
    ),
    "evidence": (
        "id",
        "location_id",
        "kind",
        "themes",
        "text_de",
        "text_en",
        "subject",
        "quantity",
        "unit",
        "source_ids",
        "as_of",
        "confidence",
        "scope",
    ),
    "indicators": (
        "id",
        "location_id",
        "name",
        "value",
        "unit",
        "year",
        "period",
        "level",
        "source_id",
        "confidence",
    ),
    "institutions": (
        "id",
        "name_de",
        "name_en",
        "location_id",
        "campus_ids",
        "kind",
        "students",
        "students_year",
        "is_regional_talent",
        "website_domain",
        "students_in_region",
    ),
    "programmes": ("id", "institution_id", "field", "level", "name", "language", "confidence"),
    "talent_supply": (
        "id",
        "institution_id",
        "field",
        "scope",
        "scope_en",
        "students",
        "graduates_per_year",
        "new_entrants_per_year",
        "year",
        "confidence",
    ),
    "sites": (
        "id",
        "location_id",
        "name",
        "kind",
        "area_ha",
        "available_ha",
        "focus",
        "focus_en",
        "availability",
        "confidence",
    ),
    "infrastructure": ("id", "location_id", "kind", "name", "scope", "confidence"),
    "companies": ("id", "location_id", "name", "theme", "nace", "employees", "employees_year", "confidence"),
    "research_institutes": ("id", "location_id", "name", "kind", "theme", "staff", "confidence"),
}
"""Tables of a pack and their columns; the first column is the key. The order is the order of reading."""

AS_OF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _statement(row: Row, statements: Mapping[str, Evidence], kind: str, places: set[str]) -> str:
    """Return the row's id after checking that its evidence row is of this kind and at one of these locations."""
    identity = row.optional("id")
    statement = statements.get(identity)
    if statement is None:
        row.report("id", f"evidence.csv has no row {identity!r}", "add the statement that says this in words")
    elif statement.kind != kind:
        row.report("id", f"evidence {identity!r} is of kind {statement.kind!r}", f"make it {kind!r}")
    elif statement.location_id not in places:
        row.report(
            "id",
            f"evidence {identity!r} is about location {statement.location_id!r}",
            "let both name the same location",
        )
    return identity


def read_source(row: Row) -> Source:
    """Read one row of sources.csv."""
    return Source(
        id=row.text("id"),
        title=row.text("title"),
        publisher=row.optional("publisher"),
        date=row.optional("date"),
        reference=row.optional("reference"),
    )


def read_theme(row: Row) -> Theme:
    """Read one row of themes.csv."""
    return Theme(
        id=row.text("id"),
        name_de=row.text("name_de"),
        name_en=row.text("name_en"),
        description_de=row.text("description_de"),
        description_en=row.text("description_en"),
    )


def read_location(row: Row, sources: set[str]) -> Location:
    """Read one row of locations.csv."""
    return Location(
        id=row.text("id"),
        name=row.text("name"),
        district=row.optional("district"),
        latitude=row.number("latitude", -90, 90),
        longitude=row.number("longitude", -180, 180),
        population=row.whole("population"),
        population_year=row.whole("population_year"),
        area_km2=row.number("area_km2", at_least=0),
        postal_codes=row.items("postal_codes"),
        source_ids=row.references("source_ids", sources, "sources.csv", n_at_least=1),
    )


def read_evidence(row: Row, locations: set[str], themes: set[str], sources: set[str]) -> Evidence:
    """Read one row of evidence.csv."""
    quantity = row.optional_number("quantity")
    unit = row.optional("unit") or None
    if (quantity is None) != (unit is None):
        row.report("unit", "quantity and unit do not come together", "fill in both, or neither")
    as_of = row.optional("as_of")
    if as_of and not AS_OF.fullmatch(as_of):
        row.report("as_of", f"{as_of!r} is no date", "write 2024, 2024-05 or 2024-05-31, or leave it empty")
    return Evidence(
        id=row.text("id"),
        location_id=row.reference("location_id", locations, "locations.csv"),
        kind=row.one_of("kind", get_args(records.EvidenceKind)),
        themes=row.references("themes", themes, "themes.csv"),
        text_de=row.text("text_de"),
        text_en=row.text("text_en"),
        subject=row.optional("subject"),
        quantity=quantity,
        unit=unit,
        source_ids=row.references("source_ids", sources, "sources.csv", n_at_least=1),
        as_of=as_of,
        confidence=_confidence(row),
        scope=row.one_of("scope", get_args(records.Scope)),
    )


def _confidence(row: Row) -> records.Confidence:
    confidence: records.Confidence = row.one_of("confidence", get_args(records.Confidence))
    return confidence


def read_indicator(
    row: Row, locations: set[str], sources: set[str], statements: Mapping[str, Evidence]
) -> Indicator:
    """Read one row of indicators.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return Indicator(
        id=_statement(row, statements, "indicator", {location_id}),
        location_id=location_id,
        name=row.text("name"),
        value=row.number("value"),
        unit=row.text("unit"),
        year=row.whole("year"),
        period=row.optional("period"),
        level=row.one_of("level", get_args(records.Level)),
        source_id=row.reference("source_id", sources, "sources.csv"),
        confidence=_confidence(row),
    )


def read_institution(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Institution:
    """Read one row of institutions.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return Institution(
        id=_statement(row, statements, "university", {location_id}),
        name_de=row.text("name_de"),
        name_en=row.text("name_en"),
        location_id=location_id,
        campus_ids=row.references("campus_ids", locations, "locations.csv"),
        kind=row.one_of("kind", get_args(records.InstitutionKind)),
        students=row.optional_whole("students"),
        students_year=row.optional("students_year"),
        is_regional_talent=row.one_of("is_regional_talent", ("true", "false")) == "true",
        website_domain=row.optional("website_domain"),
        students_in_region=row.optional_whole("students_in_region"),
    )


def read_programme(row: Row, places: Mapping[str, set[str]], statements: Mapping[str, Evidence]) -> Programme:
    """Read one row of programmes.csv; `places` holds the locations of each institution."""
    institution_id = row.reference("institution_id", places, "institutions.csv")
    return Programme(
        id=_statement(row, statements, "programme", places.get(institution_id, set())),
        institution_id=institution_id,
        field=row.text("field"),
        level=row.one_of("level", get_args(records.ProgrammeLevel)),
        name=row.text("name"),
        language=row.one_of("language", get_args(records.Language)),
        confidence=_confidence(row),
    )


def read_talent_supply(
    row: Row, places: Mapping[str, set[str]], statements: Mapping[str, Evidence]
) -> TalentSupply:
    """Read one row of talent_supply.csv; `places` holds the locations of each institution."""
    institution_id = row.optional("institution_id")
    identity = row.optional("id")
    if institution_id:
        row.reference("institution_id", places, "institutions.csv")
        _statement(row, statements, "talent_supply", places.get(institution_id, set()))
    return TalentSupply(
        id=identity,
        institution_id=institution_id,
        field=row.text("field"),
        scope=row.text("scope"),
        scope_en=row.text("scope_en"),
        students=row.optional_whole("students"),
        graduates_per_year=row.optional_whole("graduates_per_year"),
        new_entrants_per_year=row.optional_whole("new_entrants_per_year"),
        year=row.optional("year"),
        confidence=_confidence(row),
    )


def read_site(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Site:
    """Read one row of sites.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return Site(
        id=_statement(row, statements, "site", {location_id}),
        location_id=location_id,
        name=row.text("name"),
        kind=row.one_of("kind", get_args(records.SiteKind)),
        area_ha=row.optional_number("area_ha", at_least=0),
        available_ha=row.optional_number("available_ha", at_least=0),
        focus=row.text("focus"),
        focus_en=row.text("focus_en"),
        availability=row.one_of("availability", get_args(records.Availability)),
        confidence=_confidence(row),
    )


def read_infrastructure(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Infrastructure:
    """Read one row of infrastructure.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return Infrastructure(
        id=_statement(row, statements, "infrastructure", {location_id}),
        location_id=location_id,
        kind=row.one_of("kind", get_args(records.InfrastructureKind)),
        name=row.text("name"),
        scope=row.one_of("scope", get_args(records.Scope)),
        confidence=_confidence(row),
    )


def read_company(
    row: Row, locations: set[str], themes: set[str], statements: Mapping[str, Evidence]
) -> Company:
    """Read one row of companies.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return Company(
        id=_statement(row, statements, "company", {location_id}),
        location_id=location_id,
        name=row.text("name"),
        theme=row.reference("theme", themes, "themes.csv"),
        nace=row.optional("nace"),
        employees=row.optional_whole("employees"),
        employees_year=row.optional("employees_year"),
        confidence=_confidence(row),
    )


def read_institute(
    row: Row, locations: set[str], themes: set[str], statements: Mapping[str, Evidence]
) -> ResearchInstitute:
    """Read one row of research_institutes.csv."""
    location_id = row.reference("location_id", locations, "locations.csv")
    return ResearchInstitute(
        id=_statement(row, statements, "research_institute", {location_id}),
        location_id=location_id,
        name=row.text("name"),
        kind=row.text("kind"),
        theme=row.reference("theme", themes, "themes.csv"),
        staff=row.optional_whole("staff"),
        confidence=_confidence(row),
    )
