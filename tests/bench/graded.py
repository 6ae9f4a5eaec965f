"""The invented briefs graded by readers: the matcher beside the free methods, and the readers beside each other.

The worths learn from the part `fit`, on which mistakes were read too; nobody looked into the part `test`. The part `short test`
is kept from the worths, but the tagger of needs learned from its marks, and its totals were watched when places that a brief only
tells of began to count.
"""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np

from matcher.engine import Matcher
from matcher.evaluate import LANGUAGES, baseline_scores, engine_scores, graded_metrics
from matcher.geometry import Doubles
from matcher.invented import Part, read_invented
from matcher.metrics import bootstrap
from models.choice import GRADES

PARTS: tuple[Part, ...] = ("fit", "test", "short test")
N_GRADES = 4


def weighted_kappa(first: Doubles, second: Doubles) -> float:
    """Return Cohen's kappa with quadratic weights of two readers' grades, shape (n_pairs,) each."""
    difference = np.subtract.outer(np.arange(N_GRADES), np.arange(N_GRADES)) ** 2
    seen = np.histogram2d(first, second, bins=np.arange(N_GRADES + 1))[0]
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    return float(1 - (difference * seen).sum() / (difference * by_chance).sum())


def read_twice() -> tuple[Doubles, Doubles]:
    """Return the grades of the pairs that two readers graded, shape (n_pairs,) each."""
    grades: dict[tuple[str, str], list[float]] = defaultdict(list)
    with GRADES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            grades[row["brief"], row["municipality"]].append(float(row["grade"]))
    twice = np.array([found for found in grades.values() if len(found) == 2])
    return twice[:, 0], twice[:, 1]


def run() -> None:
    """Print how far the readers agree, and each method's graded metrics with 95 % intervals by part and language."""
    first, second = read_twice()
    print(
        f"  {len(first)} pairs read twice: the same grade in {np.mean(first == second):.0%}, "
        f"quadratic weighted kappa {weighted_kappa(first, second):.2f}"
    )
    matcher = Matcher.load()
    for part in PARTS:
        enquiries, graded = read_invented(matcher, part)
        print(f"  {part}: {len(enquiries)} briefs; nDCG@5, share of grades of at least 2 in the top three")
        for language in LANGUAGES:
            briefs = [brief for brief in graded if brief.language == language]
            methods = {"matcher": engine_scores(matcher, enquiries, language)[0]}
            methods |= baseline_scores(matcher, enquiries, language)
            for name, scores in methods.items():
                both = [bootstrap(values) for values in graded_metrics(briefs, enquiries, {language: scores})]
                figures = "   ".join(f"{one.mean:.3f} [{one.low:.2f}, {one.high:.2f}]" for one in both)
                print(f"    {language} {name:14} {figures}")
