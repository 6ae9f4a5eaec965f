"""Labelled briefs for the classifier of function and themes, with their phrase counts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.invented import invented_texts
from matcher.marked import read_marked
from matcher.profile import gist, phrase_counts, telling
from matcher.sentences import sentences
from models.function import FOLDER
from models.function.fit import LINE_WEIGHT, MARKED_WEIGHT, Example
from models.tagger import BRIEFS


def read_examples(decisions: Path) -> tuple[list[Example], NDArray[np.int64]]:
    """Return the briefs of real decisions, those written for training and the marked ones, with phrase counts by row.

    Raises
    ------
    MatcherError
        If the decisions lack a column or any row, or a marked brief its labels.
    """
    rows: list[tuple[str, str, str, str, bool, float]] = []
    with decisions.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for column in ("brief_de", "brief_en"):
                rows.append((_field(row, column, decisions), *_labels(row, decisions), True, 1.0))
    if not rows:
        raise MatcherError(f"{decisions.name} holds no decisions: add a row for each.")
    for name, weight in (("briefs.csv", 1.0), ("lines.csv", LINE_WEIGHT)):
        with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
            rows += [
                (row["text"], row["function"], row["theme"], "", False, weight)
                for row in csv.DictReader(lines, delimiter=";")
            ]
    with (FOLDER / "labels.csv").open(encoding="utf-8", newline="") as lines:
        labels = {row["brief"]: (row["function"], row["theme"]) for row in csv.DictReader(lines)}
    rows += [
        (brief.text, *_told_by_readers(labels, brief.name), brief.name, False, MARKED_WEIGHT)
        for brief in read_marked(BRIEFS, invented_texts())
    ]
    told = [_told(text) for text, *_ in rows]
    examples = [
        Example(gist(parts), function, theme, group, is_real, weight)
        for parts, (_, function, theme, group, is_real, weight) in zip(told, rows, strict=True)
    ]
    return examples, np.array([phrase_counts(parts) for parts in told], dtype=np.int64)


def _told_by_readers(labels: Mapping[str, tuple[str, str]], name: str) -> tuple[str, str]:
    if name not in labels:
        raise MatcherError(
            f"labels.csv: the brief {name} of {BRIEFS.name} has no function and theme; add a row."
        )
    return labels[name]


def _labels(row: dict[str, Any], path: Path) -> tuple[str, str, str]:
    return _field(row, "function", path), _field(row, "theme", path), _field(row, "company", path)


def _field(row: dict[str, Any], column: str, path: Path) -> str:
    value = row.get(column)
    if not value:
        raise MatcherError(f"{path.name}: the column {column!r} is missing or empty; decisions need it.")
    return str(value)


def _told(text: str) -> tuple[str, ...]:
    def language(found: str) -> Language:
        return "en" if found == "en" else "de"

    return telling([(one.text, language(one.language)) for one in sentences(text)]) or (text,)
