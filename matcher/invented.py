"""Invented briefs and the grades that readers of the whole pack gave: `models/choice/briefs.csv`, `grades.csv`.

The short ones, in the style of real briefs, stand in `models/tagger/briefs.txt`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from corpus.records import Language
from matcher.engine import Matcher
from matcher.evaluate import LANGUAGES, Enquiry, GradedBrief
from matcher.marked import read_marked
from models.choice import BRIEFS, GRADES
from models.tagger import BRIEFS as MARKED

Part = Literal["fit", "test", "short", "short test"]
SHORT, SHORT_TEST = "L", "LG"
"""How the names of short briefs begin, and of those by one writer that are kept from the fit of worths."""


def read_invented(matcher: Matcher, part: Part) -> tuple[list[Enquiry], list[GradedBrief]]:
    """Return the briefs of a part, and their grades once for each language: means over readers.

    Grades of municipalities that the matcher's region does not have are left out.
    """
    by_name = {location.name: i for i, location in enumerate(matcher.region.locations)}
    grades: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(GRADES):
        if row["municipality"] in by_name:
            grades[row["brief"]][by_name[row["municipality"]]].append(float(row["grade"]))
    enquiries = list(_short(part) if part.startswith("short") else _long(part))
    graded = [
        GradedBrief.of(one.id, one.id, language, grades[one.id])
        for one in enquiries
        for language in LANGUAGES
    ]
    return enquiries, graded


def _long(part: Part) -> Iterator[Enquiry]:
    for row in _rows(BRIEFS):
        if row["part"] == part:
            yield Enquiry(row["id"], "", {"de": row["brief_de"], "en": row["brief_en"]})


def _short(part: Part) -> Iterator[Enquiry]:
    texts: dict[str, dict[Language, str]] = defaultdict(dict)
    for brief in read_marked(MARKED, invented_texts()):
        # Beside them stand the long briefs of one writer, "L01" to "L12".
        if brief.name.startswith(SHORT) and not brief.name[1].isdigit():
            texts[brief.name][brief.language] = brief.text
    for name, by_language in texts.items():
        if name.startswith(SHORT_TEST) == (part == "short test"):
            yield Enquiry(name, "", by_language)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def invented_texts() -> dict[tuple[str, str], str]:
    """Return the texts of all invented briefs by name and language."""
    return {
        (row["id"], language): row[f"brief_{language}"] for row in _rows(BRIEFS) for language in LANGUAGES
    }
