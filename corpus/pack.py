"""Reads a region pack: a folder that is a Frictionless Data Package becomes a checked `Region`.

Every reference between tables is checked, and every fault is named: `CorpusError.problems` holds one
sentence for each, not only for the first.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from corpus import records
from corpus.errors import CorpusError
from corpus.records import (
    Company,
    Evidence,
    Indicator,
    Infrastructure,
    Institution,
    Location,
    Programme,
    Region,
    ResearchInstitute,
    Site,
    Source,
    TalentSupply,
    Theme,
)
from corpus.table import Row, read_rows, read_text

RUHR = Path(__file__).parent / "ruhr"
"""Folder of the built-in pack."""

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
Record = TypeVar("Record")


def load_region(folder: Path) -> Region:
    """Read and check the region pack in `folder`.

    Raises
    ------
    CorpusError
        If the folder is unknown or its pack has faults; `problems` names all of them.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"There is no region pack in {folder}: name a folder that holds a datapackage.json."
        )
    problems: list[str] = []
    package = _read_package(folder, problems)
    paths = {
        resource["name"]: folder / resource["path"]
        for resource in package["resources"]
        if _is_inside(folder, resource["path"])
    }
    absent = [name for name in (*COLUMNS, "boundaries") if name not in paths]
    if absent:
        raise CorpusError(
            [
                f"datapackage.json: lists no resource {name!r} with a file inside the folder; add its name and path."
                for name in absent
            ]
        )
    tables = {name: read_rows(paths[name], columns, problems) for name, columns in COLUMNS.items()}
    region = _build(
        tables, package, problems, _fingerprint(paths), _read_boundaries(paths["boundaries"], problems)
    )
    if problems:
        raise CorpusError(problems)
    return region


def _read_package(folder: Path, problems: list[str]) -> Any:
    """Return the parsed datapackage.json, or raise when it cannot serve as one."""
    text = read_text(folder / "datapackage.json", problems)
    if text is None:
        raise CorpusError(problems)
    try:
        package = json.loads(text)
    except ValueError as error:
        raise CorpusError(f"datapackage.json: is not valid JSON ({error}); correct that place.") from None
    if not isinstance(package, dict):
        raise CorpusError("datapackage.json: is not a JSON object; write name, titles and resources.")
    faults = [
        f"datapackage.json: has no {key!r}; add {meaning}."
        for key, meaning in (
            ("name", "a short identifier of the region"),
            ("title", "the region's English name"),
            ("title_de", "the region's German name"),
        )
        if not isinstance(package.get(key), str) or not package[key]
    ]
    resources = package.get("resources")
    is_list = isinstance(resources, list) and all(
        isinstance(entry, dict) and isinstance(entry.get("name"), str) and isinstance(entry.get("path"), str)
        for entry in resources
    )
    if not is_list:
        faults.append("datapackage.json: 'resources' is not a list of objects with name and path; write one.")
    if faults:
        raise CorpusError(faults)
    return package


def _is_inside(folder: Path, path: str) -> bool:
    return (folder / path).resolve().is_relative_to(folder.resolve())


def _fingerprint(paths: Mapping[str, Path]) -> str:
    """Return the SHA-256 of the tables in fixed order; line ends do not count."""
    digest = hashlib.sha256()
    for name in COLUMNS:
        if paths[name].is_file():
            digest.update(name.encode() + b"\0" + paths[name].read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _read_boundaries(path: Path, problems: list[str]) -> Mapping[str, Any]:
    text = read_text(path, problems)
    if text is None:
        return {}
    try:
        boundaries = json.loads(text)
    except ValueError as error:
        problems.append(f"{path.name}: is not valid JSON ({error}); correct that place.")
        return {}
    if not isinstance(boundaries, dict) or not isinstance(boundaries.get("features"), list):
        problems.append(f"{path.name}: is not a GeoJSON FeatureCollection; give it a list of features.")
        return {}
    return boundaries


def _build(
    tables: Mapping[str, list[Row]],
    package: Mapping[str, Any],
    problems: list[str],
    fingerprint: str,
    boundaries: Mapping[str, Any],
) -> Region:
    def read(name: str, build: Callable[[Row], Record]) -> tuple[Record, ...]:
        return tuple(build(row) for row in tables[name])

    sources = read("sources", _source)
    known_sources = {source.id for source in sources}
    themes = read("themes", _theme)
    known_themes = {theme.id for theme in themes}
    locations = read("locations", lambda row: _location(row, known_sources))
    known = {location.id for location in locations}
    evidence = read("evidence", lambda row: _evidence(row, known, known_themes, known_sources))
    statements = {statement.id: statement for statement in evidence}
    institutions = read("institutions", lambda row: _institution(row, known, statements))
    places = {entry.id: {entry.location_id, *entry.campus_ids} for entry in institutions}
    region = Region(
        id=package["name"],
        name_de=package["title_de"],
        name_en=package["title"],
        fingerprint=fingerprint,
        locations=locations,
        themes=themes,
        sources=sources,
        evidence=evidence,
        indicators=read("indicators", lambda row: _indicator(row, known, known_sources, statements)),
        institutions=institutions,
        programmes=read("programmes", lambda row: _programme(row, places, statements)),
        talent_supply=read("talent_supply", lambda row: _talent_supply(row, places, statements)),
        sites=read("sites", lambda row: _site(row, known, statements)),
        infrastructure=read("infrastructure", lambda row: _infrastructure(row, known, statements)),
        companies=read("companies", lambda row: _company(row, known, known_themes, statements)),
        research_institutes=read(
            "research_institutes", lambda row: _institute(row, known, known_themes, statements)
        ),
        boundaries=boundaries,
    )
    if not locations:
        problems.append("locations.csv: holds no location; add at least one row.")
    _check_boundaries(boundaries, known, problems)
    return region


def _check_boundaries(boundaries: Mapping[str, Any], known: set[str], problems: list[str]) -> None:
    drawn = set()
    for number, feature in enumerate(boundaries.get("features", []), start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        identity = properties.get("id") if isinstance(properties, dict) else None
        if identity not in known:
            problems.append(
                f"boundaries.geojson, feature {number}, property 'id': {identity!r} is not an id of locations.csv; "
                "use one, or remove the feature."
            )
        drawn.add(identity)
    problems += [
        f"boundaries.geojson: has no feature for location {identity!r}; add its outline."
        for identity in sorted(known - drawn)
        if boundaries
    ]


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


def _source(row: Row) -> Source:
    return Source(
        id=row.text("id"),
        title=row.text("title"),
        publisher=row.optional("publisher"),
        date=row.optional("date"),
        reference=row.optional("reference"),
    )


def _theme(row: Row) -> Theme:
    return Theme(
        id=row.text("id"),
        name_de=row.text("name_de"),
        name_en=row.text("name_en"),
        description_de=row.text("description_de"),
        description_en=row.text("description_en"),
    )


def _location(row: Row, sources: set[str]) -> Location:
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


def _evidence(row: Row, locations: set[str], themes: set[str], sources: set[str]) -> Evidence:
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


def _indicator(
    row: Row, locations: set[str], sources: set[str], statements: Mapping[str, Evidence]
) -> Indicator:
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


def _institution(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Institution:
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


def _programme(row: Row, places: Mapping[str, set[str]], statements: Mapping[str, Evidence]) -> Programme:
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


def _talent_supply(
    row: Row, places: Mapping[str, set[str]], statements: Mapping[str, Evidence]
) -> TalentSupply:
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


def _site(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Site:
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


def _infrastructure(row: Row, locations: set[str], statements: Mapping[str, Evidence]) -> Infrastructure:
    location_id = row.reference("location_id", locations, "locations.csv")
    return Infrastructure(
        id=_statement(row, statements, "infrastructure", {location_id}),
        location_id=location_id,
        kind=row.one_of("kind", get_args(records.InfrastructureKind)),
        name=row.text("name"),
        scope=row.one_of("scope", get_args(records.Scope)),
        confidence=_confidence(row),
    )


def _company(row: Row, locations: set[str], themes: set[str], statements: Mapping[str, Evidence]) -> Company:
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


def _institute(
    row: Row, locations: set[str], themes: set[str], statements: Mapping[str, Evidence]
) -> ResearchInstitute:
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
