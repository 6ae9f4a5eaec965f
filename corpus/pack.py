"""Reads a region pack: a folder that is a Frictionless Data Package becomes a checked `Region`.

Every reference between tables is checked, and every fault is named: `CorpusError.problems` holds one
sentence for each, not only for the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import CorpusError
from corpus.records import Region
from corpus.rows import (
    COLUMNS,
    read_company,
    read_evidence,
    read_indicator,
    read_infrastructure,
    read_institute,
    read_institution,
    read_location,
    read_programme,
    read_site,
    read_source,
    read_talent_supply,
    read_theme,
)
from corpus.table import Row, read_rows, read_text

RUHR = Path(__file__).parent / "ruhr"
"""Folder of the built-in pack."""

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
    except (ValueError, RecursionError) as error:
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
    except (ValueError, RecursionError) as error:
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

    sources = read("sources", read_source)
    known_sources = {source.id for source in sources}
    themes = read("themes", read_theme)
    known_themes = {theme.id for theme in themes}
    locations = read("locations", lambda row: read_location(row, known_sources))
    known = {location.id for location in locations}
    evidence = read("evidence", lambda row: read_evidence(row, known, known_themes, known_sources))
    statements = {statement.id: statement for statement in evidence}
    institutions = read("institutions", lambda row: read_institution(row, known, statements))
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
        indicators=read("indicators", lambda row: read_indicator(row, known, known_sources, statements)),
        institutions=institutions,
        programmes=read("programmes", lambda row: read_programme(row, places, statements)),
        talent_supply=read("talent_supply", lambda row: read_talent_supply(row, places, statements)),
        sites=read("sites", lambda row: read_site(row, known, statements)),
        infrastructure=read("infrastructure", lambda row: read_infrastructure(row, known, statements)),
        companies=read("companies", lambda row: read_company(row, known, known_themes, statements)),
        research_institutes=read(
            "research_institutes", lambda row: read_institute(row, known, known_themes, statements)
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
        elif not _has_outline(feature):
            problems.append(
                f"boundaries.geojson, feature {number}, geometry: is no polygon; "
                "give it the type Polygon or MultiPolygon and its coordinates."
            )
        drawn.add(identity)
    problems += [
        f"boundaries.geojson: has no feature for location {identity!r}; add its outline."
        for identity in sorted(known - drawn)
        if boundaries
    ]


def _has_outline(feature: Mapping[str, Any]) -> bool:
    geometry = feature.get("geometry")
    return (
        isinstance(geometry, dict)
        and geometry.get("type") in ("Polygon", "MultiPolygon")
        and isinstance(geometry.get("coordinates"), list)
    )
