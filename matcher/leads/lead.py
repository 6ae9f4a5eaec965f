"""A lead: what is taken from a row by its column map, and what is missing or wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.leads.columns import ColumnMap
from matcher.leads.countries import country_code
from matcher.leads.delimited import Row
from matcher.leads.writing import as_text
from models.lead_features import LeadFacts

WANTED = ("name", "country", "industry", "employees", "description")
"""Fields whose absence is told in `missing`; the first is for people, the others enter the score."""
MAX_CHARACTERS = 4_000
"""Of a description, the part that is read; the longest of 35,075 real ones has 5,251."""

_NOTHING = re.compile(r"(?:n/?a|k\.? ?a\.?|nan|none|null|unbekannt|unknown|-+|\?+|\.+)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")

Sentence = tuple[str, str]
"""The same in German and English."""
NO_ERROR: Sentence = ("", "")


@dataclass(frozen=True, slots=True)
class Lead:
    """One company of a file.

    `name`, `city` and `domain` serve display and the search for duplicates only: scores are made from
    `facts`, which hold neither.
    """

    number: int
    id: str
    name: str
    city: str
    domain: str
    facts: LeadFacts
    missing: tuple[str, ...]
    error: Sentence = NO_ERROR

    @property
    def is_scored(self) -> bool:
        """Whether there is enough to score."""
        return self.error == NO_ERROR


def clean(value: object) -> str:
    """Return a cell as text without outer and double blanks; empty for the usual signs of nothing."""
    text = " ".join(as_text(value).split())
    return "" if _NOTHING.fullmatch(text) else text


def employees(text: str) -> float | None:
    """Read a number of employees: "1.200", "ca. 24", "24 MA", "50-100" (its middle); None if there is none."""
    found = [_number(match) for match in _NUMBER.findall(text)][:2]
    if not found:
        return None
    is_range = len(found) == 2 and re.search(r"\d\s*(?:-|–|bis|to)\s*\d", text) is not None
    return (found[0] + found[1]) / 2 if is_range else found[0]


def _number(text: str) -> float:
    if re.fullmatch(r"\d+(?:[.,' ]\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))


def domain_of(website: str) -> str:
    """Return the host of a web address without `www.`, lower case; empty if it is none."""
    host = re.sub(r"^[a-z]+://", "", website.strip().lower()).split("/")[0].split("?")[0].split(":")[0]
    host = host.removeprefix("www.").strip(".")
    return host if "." in host and " " not in host else ""


def lead_of(row: Row, columns: ColumnMap) -> Lead:
    """Take a lead from a row; what cannot be scored says so in `error`."""

    def value(position: int | None) -> str:
        return "" if position is None else clean(row.cells[position])

    description = value(columns.description)[:MAX_CHARACTERS]
    facts = LeadFacts(
        description=description,
        sector=value(columns.sector),
        industry=value(columns.industry),
        country=country_code(value(columns.country)),
        employees=employees(value(columns.employees)),
    )
    name = value(columns.name)
    present: dict[str, object] = {
        "name": name,
        "country": facts.country,
        "industry": facts.industry or facts.sector,
        "employees": facts.employees is not None,
        "description": description,
    }
    return Lead(
        number=row.number,
        id=value(columns.id),
        name=name,
        city=value(columns.city),
        domain=domain_of(value(columns.website)),
        facts=facts,
        missing=tuple(field for field in WANTED if not present[field]),
        error=_error(row, columns, name, facts),
    )


def _error(row: Row, columns: ColumnMap, name: str, facts: LeadFacts) -> Sentence:
    if row.error != NO_ERROR:
        return row.error
    is_cut = any(position is not None and position >= row.n_read for position in columns.by_field.values())
    if is_cut:
        n_columns = len(row.cells)
        return (
            f"Die Zeile hat nur {row.n_read} von {n_columns} Zellen; sie scheint abgeschnitten.",
            f"The row has only {row.n_read} of {n_columns} cells; it looks cut off.",
        )
    if not name and not facts.text:
        return ("Die Zeile ist leer.", "The row is empty.")
    if columns.name is not None and not name:
        return (
            "Der Name des Unternehmens fehlt; bitte eintragen.",
            "The company's name is missing; fill it in.",
        )
    if not facts.text:
        return (
            "Weder Beschreibung noch Branche sagt, was das Unternehmen tut; bitte eines davon eintragen.",
            "Neither a description nor an industry tells what the company does; fill in one of them.",
        )
    return NO_ERROR
