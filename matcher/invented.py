"""Invented briefs and the grades that readers of the whole pack gave: `models/choice/briefs.csv`, `grades.csv`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from matcher.engine import Matcher
from matcher.evaluate import LANGUAGES, Enquiry, GradedBrief
from models.choice import BRIEFS, GRADES

Part = Literal["fit", "test"]


def read_invented(matcher: Matcher, part: Part) -> tuple[list[Enquiry], list[GradedBrief]]:
    """Return the briefs of a part, and their grades once for each language: means over readers.

    Grades of municipalities that the matcher's region does not have are left out.
    """
    by_name = {location.name: i for i, location in enumerate(matcher.region.locations)}
    grades: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(GRADES):
        if row["municipality"] in by_name:
            grades[row["brief"]][by_name[row["municipality"]]].append(float(row["grade"]))
    enquiries, graded = [], []
    for row in _rows(BRIEFS):
        if row["part"] != part:
            continue
        enquiries.append(Enquiry(row["id"], "", {"de": row["brief_de"], "en": row["brief_en"]}))
        graded += [
            GradedBrief.of(row["id"], row["id"], language, grades[row["id"]]) for language in LANGUAGES
        ]
    return enquiries, graded


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def invented_texts() -> dict[tuple[str, str], str]:
    """Return the texts of all invented briefs by name and language."""
    return {
        (row["id"], language): row[f"brief_{language}"] for row in _rows(BRIEFS) for language in LANGUAGES
    }
