"""The real decisions again, their briefs rewritten in other words: what hangs on the words of the tables.

The rewriter kept every wish and figure, avoided the words of the original wherever another said the same,
and had seen nothing of this software. Cues, concepts and training clauses were not mended on these texts;
how far meaning counts in a cluster was chosen with both wordings in view.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from matcher.engine import Matcher
from matcher.evaluate import (
    LANGUAGES,
    Case,
    baseline_scores,
    case_metrics,
    engine_scores,
    frequency_scores,
    graded_metrics,
    read_cases,
    read_grades,
    summary,
)
from matcher.metrics import bootstrap

SHARED = Path(os.environ.get("MATCHER_SHARED", Path(__file__).parents[3] / "shared"))
REWRITTEN = Path(__file__).parent / "data" / "rewritten.csv"
SHOWN = ("hit@5", "MRR", "nDCG@10", "size AUC")


def read_rewritten(path: Path = REWRITTEN) -> Mapping[str, dict[str, str]]:
    """Read the rewritten briefs by case: columns brief_de and brief_en."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def rewritten_cases(matcher: Matcher, decisions: Path) -> list[Case]:
    """Return the decisions with rewritten briefs."""
    texts = read_rewritten()
    return [
        replace(case, briefs={language: texts[case.id][f"brief_{language}"] for language in LANGUAGES})
        for case in read_cases(decisions, matcher)
        if case.id in texts
    ]


def run() -> None:
    """Print the metrics of the matcher and the baselines in both languages, with 95 % intervals."""
    decisions = SHARED / "research" / "backtest" / "decisions.csv"
    if not decisions.is_file():
        print(f"  no decisions in {decisions}: set MATCHER_SHARED")
        return
    matcher = Matcher.load()
    cases = rewritten_cases(matcher, decisions)
    scores = {}
    for language in LANGUAGES:
        scores[language] = engine_scores(matcher, cases, language)[0]
        for name, values in {
            "matcher": scores[language],
            "frequency": frequency_scores(matcher, cases),
            **baseline_scores(matcher, cases, language),
        }.items():
            found = summary(case_metrics(matcher, cases, values))
            figures = "  ".join(
                f"{key} {found[key].mean:.2f} [{found[key].low:.2f}, {found[key].high:.2f}]" for key in SHOWN
            )
            print(f"  {language} {name:14} {figures}")
    graded = graded_metrics(read_grades(SHARED / "research" / "fit", matcher), cases, scores)
    for label, values in zip(("graded nDCG@5", "grade >= 2 in top three"), graded, strict=True):
        found_grade = bootstrap(np.asarray(values))
        print(f"  {label} {found_grade.mean:.2f} [{found_grade.low:.2f}, {found_grade.high:.2f}]")
