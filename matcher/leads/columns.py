"""Which column holds what: recognised by its name, by the preset of a CRM, or by a mapping file."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from matcher.errors import MatcherError

COMMON: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id",
        "nr",
        "nummer",
        "lead id",
        "record id",
        "company id",
        "account id",
        "firmen id",
        "kundennummer",
        "kunden nr",
        "datensatz id",
        "lfd nr",
    ),
    "name": (
        "name",
        "firma",
        "unternehmen",
        "firmenname",
        "unternehmensname",
        "company",
        "company name",
        "account name",
        "organisation",
        "organization",
        "aussteller",
        "exhibitor",
    ),
    "country": ("country", "land", "staat", "country region", "land region", "company country"),
    "city": ("city", "ort", "stadt", "sitz", "town", "company city"),
    "state": ("state", "bundesstaat", "bundesland", "state region", "state province", "region", "provinz"),
    "sector": ("sector", "sektor", "wirtschaftszweig", "sparte"),
    "industry": ("industry", "branche", "tags", "sub industry", "branchen"),
    "employees": (
        "employees",
        "mitarbeiter",
        "mitarbeiterzahl",
        "beschäftigte",
        "anzahl mitarbeiter",
        "number of employees",
        "no of employees",
        "headcount",
        "team size",
    ),
    "website": (
        "website",
        "webseite",
        "homepage",
        "internet",
        "url",
        "web",
        "www",
        "domain",
        "company domain name",
    ),
    "description": (
        "description",
        "beschreibung",
        "tätigkeit",
        "business description",
        "summary",
        "kurzbeschreibung",
        "long description",
        "profil",
        "about",
        "unternehmensbeschreibung",
        "geschäftstätigkeit",
    ),
}
"""Names a column may have, by field, as compared by `_key`; the first that is present is taken."""

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hubspot": {
        "id": ("record id", "datensatz id"),
        "name": ("company name", "unternehmensname", "name"),
        "country": ("country region", "land region"),
        "city": ("city", "stadt"),
        "state": ("state region", "bundesland region"),
        "industry": ("industry", "branche"),
        "employees": ("number of employees", "anzahl der mitarbeiter"),
        "website": ("website url", "company domain name", "website", "domainname des unternehmens"),
        "description": ("description", "beschreibung", "about us", "über uns"),
    },
    "salesforce": {
        "id": ("account id", "lead id", "id"),
        "name": ("account name", "company account", "company", "name"),
        "country": ("billing country", "billingcountry", "country"),
        "city": ("billing city", "billingcity", "city"),
        "state": ("billing state province", "billingstate", "state province", "state"),
        "industry": ("industry",),
        "employees": ("employees", "numberofemployees", "no of employees"),
        "website": ("website",),
        "description": ("account description", "description"),
    },
    "dynamics": {
        "id": ("do not modify account", "nicht ändern firma", "account number", "firmennummer", "accountid"),
        "name": ("account name", "firmenname", "name"),
        "country": (
            "address 1 country region",
            "adresse 1 land region",
            "address1 country",
            "country region",
        ),
        "city": ("address 1 city", "adresse 1 ort", "address1 city", "city"),
        "state": ("address 1 state province", "adresse 1 bundesland kanton", "address1 stateorprovince"),
        "industry": ("industry", "branche", "industrycode"),
        "employees": (
            "no of employees",
            "number of employees",
            "anzahl der mitarbeiter",
            "numberofemployees",
        ),
        "website": ("website", "websiteurl"),
        "description": ("description", "beschreibung"),
    },
    "cobra": {
        "id": ("adress id", "adressid", "adressnummer", "id"),
        "name": ("firma", "firma1", "firma 1", "firmenname"),
        "country": ("land", "staat"),
        "city": ("ort",),
        "state": ("bundesland",),
        "sector": ("branchengruppe",),
        "industry": ("branche",),
        "employees": ("mitarbeiteranzahl", "mitarbeiterzahl", "mitarbeiter"),
        "website": ("internet", "homepage", "www"),
        "description": ("tätigkeit", "beschreibung", "bemerkung", "notiz"),
    },
    "cas": {
        "id": ("adressnummer", "gguid", "kundennummer"),
        "name": ("firma", "firmenname"),
        "country": ("land", "land1", "land firma"),
        "city": ("ort", "ort1", "ort firma"),
        "state": ("bundesland", "bundesland1"),
        "industry": ("branche",),
        "employees": ("mitarbeiterzahl", "anzahl mitarbeiter", "mitarbeiter"),
        "website": ("internet", "www", "website"),
        "description": ("geschäftstätigkeit", "beschreibung", "notizen", "bemerkung"),
    },
}
"""Column names of the usual company exports of five CRMs, in English and German."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Position of each field among the columns; None for a field the file does not have.

    Only these fields are read. Contact persons, e-mail addresses and telephone numbers have no field
    here and so cannot enter a score.
    """

    id: int | None = None
    name: int | None = None
    country: int | None = None
    city: int | None = None
    state: int | None = None
    sector: int | None = None
    industry: int | None = None
    employees: int | None = None
    website: int | None = None
    description: int | None = None

    @property
    def by_field(self) -> dict[str, int | None]:
        """Positions by field name, in the order of the fields."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(ColumnMap))


def _key(name: str) -> str:
    """Reduce a column name to what is compared: lower case, one blank between words, no marks."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", composed).strip()


def recognise(columns: Sequence[str], names: Mapping[str, Sequence[str]] = COMMON) -> ColumnMap:
    """Map columns to fields by their names.

    Parameters
    ----------
    columns : sequence of str
        Column names as the file has them, German or English.
    names : mapping
        Names by field, the preferred one first, already reduced.
    """
    position_by_key: dict[str, int] = {}
    for position, column in enumerate(columns):
        position_by_key.setdefault(_key(column), position)
    found: dict[str, int | None] = {}
    taken: set[int] = set()
    for field_name in FIELDS:
        candidates = (position_by_key.get(_key(name)) for name in names.get(field_name, ()))
        chosen = next((p for p in candidates if p is not None and p not in taken), None)
        found[field_name] = chosen
        if chosen is not None:
            taken.add(chosen)
    return ColumnMap(**found)


def map_columns(columns: Sequence[str], choice: str | None, file_name: str) -> ColumnMap:
    """Map the columns of a file by a preset, a mapping file, or by recognising them.

    Parameters
    ----------
    columns : sequence of str
        Column names as the file has them.
    choice : str or None
        The name of a preset; or a path to a .json or .toml file with `field = "column"`; or None.
    file_name : str
        For the error sentence.

    Raises
    ------
    MatcherError
        If the mapping names an unknown field or column, or nothing tells what the companies do.
    """
    if choice is None:
        mapped = recognise(columns)
    elif choice.lower() in PRESETS:
        names = {name: (*PRESETS[choice.lower()].get(name, ()), *COMMON[name]) for name in FIELDS}
        mapped = recognise(columns, names)
    else:
        mapped = _from_assignments(columns, _read_mapping(choice), file_name)
    return checked(mapped, columns, file_name)


def checked(mapped: ColumnMap, columns: Sequence[str], file_name: str) -> ColumnMap:
    """Return the mapping if a company's activity can be read through it.

    Raises
    ------
    MatcherError
        If neither description nor industry nor sector is mapped.
    """
    if mapped.description is None and mapped.industry is None and mapped.sector is None:
        raise MatcherError(
            f"{file_name}: no column tells what the companies do (description, industry or sector); the "
            f"columns are {', '.join(repr(column) for column in columns[:30])}. Name it in a mapping file: "
            '--columns map.toml with a line such as description = "Profile".',
            de=f"{file_name}: Keine Spalte sagt, was die Unternehmen tun (Beschreibung, Branche oder Sektor); "
            f"die Spalten sind {_quoted(columns)}. Bitte eine davon zuordnen.",
        )
    return mapped


def from_assignments(columns: Sequence[str], assignments: Mapping[str, str], file_name: str) -> ColumnMap:
    """Map fields to named columns, as a form or a mapping file says them; an empty name leaves a field out."""
    chosen = {name: column for name, column in assignments.items() if column}
    return checked(_from_assignments(columns, chosen, file_name), columns, file_name)


def _from_assignments(columns: Sequence[str], assignments: Mapping[str, str], file_name: str) -> ColumnMap:
    found: dict[str, int] = {}
    for field_name, column in assignments.items():
        if field_name not in FIELDS:
            raise MatcherError(
                f"The mapping names a field {field_name!r}; the fields are {', '.join(FIELDS)}.",
                de=f"Die Zuordnung nennt ein Feld „{field_name}“; die Felder sind {', '.join(FIELDS)}.",
            )
        if column not in columns:
            raise MatcherError(
                f"{file_name}: the mapping names a column {column!r} for {field_name}, which the file does "
                f"not have; its columns are {', '.join(repr(name) for name in columns[:30])}.",
                de=f"{file_name}: Die Zuordnung nennt für {field_name} eine Spalte „{column}“, die es in der Datei "
                f"nicht gibt; die Spalten sind {_quoted(columns)}.",
            )
        found[field_name] = list(columns).index(column)
    return ColumnMap(**found)


def _quoted(columns: Sequence[str]) -> str:
    """Return the first columns in German quotation marks."""
    return ", ".join(f"„{column}“" for column in columns[:30])


def _read_mapping(choice: str) -> dict[str, str]:
    path = Path(choice)
    if not path.is_file():
        raise MatcherError(
            f"--columns {choice}: neither a preset ({', '.join(PRESETS)}) nor a file with a mapping."
        )
    text = path.read_text(encoding="utf-8-sig")
    try:
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, tomllib.TOMLDecodeError) as error:
        raise MatcherError(
            f"{path.name}: the mapping cannot be read ({error}).",
            de=f"{path.name}: Die Zuordnung lässt sich nicht lesen ({error}).",
        ) from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise MatcherError(
            f'{path.name}: a mapping has lines such as description = "Profile".',
            de=f'{path.name}: Eine Zuordnung hat Zeilen wie description = "Profil".',
        )
    return {str(name): str(value) for name, value in data.items()}
