"""Backtests: how well the matcher ranks where companies really went, and where readers would send them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.records import Language
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.exclusion import usable_mask
from matcher.geometry import Doubles
from matcher.metrics import Estimate, bootstrap, by_case, graded
from models.baselines import best_three, bm25, tfidf, whole_brief

LANGUAGES: tuple[Language, ...] = ("de", "en")
NEEDED = ("id", "company", "municipality", "brief_de", "brief_en")
ASIDE_PENALTY = 10_000
"""Set-aside locations rank below all others: a must is never violated in a ranking."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A brief in both languages, and the company behind it, whose own evidence is left out; empty if invented."""

    id: str
    company: str
    briefs: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Case(Enquiry):
    """A real decision: an enquiry, and the positions of the chosen and the also suitable locations."""

    function: str
    theme: str
    chosen: int
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GradedBrief:
    """A brief whose candidate locations were graded 0 to 3; grades are means over readers."""

    id: str
    case_id: str
    language: Language
    positions: tuple[int, ...]
    grades: tuple[float, ...]

    @classmethod
    def of(
        cls, brief_id: str, case_id: str, language: Language, by_location: Mapping[int, Sequence[float]]
    ) -> GradedBrief:
        """Return the brief with the mean of each location's grades, given by position."""
        positions = tuple(sorted(by_location))
        means = tuple(float(np.mean(by_location[at])) for at in positions)
        return cls(brief_id, case_id, language, positions, means)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the matcher's results rest on: shares in [0, 1], and who is in a top five how often."""

    needs_known: float
    points_unconfirmed: float
    top_five_counts: Mapping[str, int]


def read_cases(path: Path, matcher: Matcher) -> list[Case]:
    """Read decisions from a CSV with the columns of a backtest table.

    Raises
    ------
    MatcherError
        If the file cannot be read, lacks a column, or names a location the region does not have.
    """
    rows = _rows(path, NEEDED)
    by_name = {location.name: i for i, location in enumerate(matcher.region.locations)}
    cases = []
    for number, row in enumerate(rows, start=2):
        if row["municipality"] not in by_name:
            raise MatcherError(
                f"{path.name}, row {number}: municipality {row['municipality']!r} is not in region "
                f"{matcher.region.id!r}; correct the name or choose the region with --region."
            )
        also = [by_name[name] for name in (row.get("also_suitable") or "").split(";") if name in by_name]
        cases.append(
            Case(
                id=row["id"],
                company=row["company"],
                function=row.get("function") or "",
                theme=row.get("theme") or "",
                chosen=by_name[row["municipality"]],
                also=tuple(also),
                briefs={"de": row["brief_de"], "en": row["brief_en"]},
            )
        )
    if not cases:
        raise MatcherError(f"{path.name} holds no cases: add a row for each decision.")
    return cases


def read_grades(folder: Path, matcher: Matcher) -> list[GradedBrief]:
    """Read `grades.csv` of a folder: the mean grade of each brief and location."""
    rows = _rows(folder / "grades.csv", ("brief", "case", "lang", "municipality", "grade"))
    by_name = {location.name: i for i, location in enumerate(matcher.region.locations)}
    grades: dict[tuple[str, str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["municipality"] in by_name:
            key = (row["brief"], row["case"], row["lang"])
            grades[key][by_name[row["municipality"]]].append(float(row["grade"]))
    return [
        GradedBrief.of(brief, case, "de" if language == "de" else "en", by_location)
        for (brief, case, language), by_location in grades.items()
    ]


def _rows(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise MatcherError(f"{path.name} has no column {missing[0]!r}: add it.")
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MatcherError(f"{path} cannot be read as a UTF-8 CSV file: {error}.") from error


def engine_scores(
    matcher: Matcher, enquiries: Sequence[Enquiry], language: Language
) -> tuple[Doubles, Coverage]:
    """Return the matcher's scores in tenths, shape (n_enquiries, n_locations), and what they rest on.

    Evidence about each enquiry's company is not used for it. Set-aside locations come after all others.
    """
    scores = np.zeros((len(enquiries), len(matcher.region.locations)))
    known = total = earned = unconfirmed = 0
    top_five: Counter[str] = Counter()
    position = matcher.facts.position
    for row, enquiry in enumerate(enquiries):
        brief = matcher.understand(enquiry.briefs[language], enquiry.id)
        shortlist = matcher.match(brief, exclude=enquiry.company)
        for match in shortlist.matches:
            scores[row, position[match.location.id]] = match.score_tenths
        for item in shortlist.set_aside:
            at = position[item.match.location.id]
            scores[row, at] = item.match.score_tenths - ASIDE_PENALTY
        for match in shortlist.matches[:5]:
            top_five[match.location.name] += 1
            for contribution in match.contributions:
                total += 1
                known += contribution.status != "unknown"
                earned += contribution.tenths
                first = contribution.evidence[:1]
                unconfirmed += contribution.tenths if first and not first[0].is_confirmed else 0
    return scores, Coverage(known / max(total, 1), unconfirmed / max(earned, 1), dict(top_five))


def frequency_scores(matcher: Matcher, cases: Sequence[Case]) -> Doubles:
    """Return how often each location was chosen in the other cases, shape (n_cases, n_locations)."""
    n_locations = matcher.facts.n_locations
    chosen_counts = np.bincount([case.chosen for case in cases], minlength=n_locations)
    return np.array([chosen_counts - np.eye(n_locations)[case.chosen] for case in cases], dtype=np.float64)


def baseline_scores(matcher: Matcher, enquiries: Sequence[Enquiry], language: Language) -> dict[str, Doubles]:
    """Return the scores of each method that comes for free, shape (n_enquiries, n_locations) each."""
    facts = matcher.facts
    briefs = [enquiry.briefs[language] for enquiry in enquiries]
    statements = [evidence.text(language) for evidence in facts.evidence]
    usable = np.array([usable_mask(matcher.region, enquiry.company) for enquiry in enquiries])
    methods: dict[str, Callable[[], Doubles]] = {
        "BM25": lambda: bm25(statements, briefs, language),
        "TF-IDF": lambda: tfidf(statements, briefs),
        "e5 whole brief": lambda: whole_brief(statements, briefs, matcher.encoder),
    }
    result = {"population": np.tile(facts.populations, (len(enquiries), 1))}
    for name, method in methods.items():
        scores = np.where(usable, method(), 0.0)
        result[name] = np.array(
            [best_three(row, facts.evidence_location, facts.n_locations) for row in scores]
        )
    return result


def case_metrics(matcher: Matcher, cases: Sequence[Case], scores: Doubles) -> Mapping[str, Doubles]:
    """Return every metric for each case, shape (n_cases,) each."""
    also = np.zeros(scores.shape, dtype=bool)
    for row, case in enumerate(cases):
        also[row, list(case.also)] = True
        also[row, case.chosen] = False
    chosen = np.array([case.chosen for case in cases])
    return by_case(scores, chosen, also, matcher.facts.populations)


def graded_metrics(
    briefs: Sequence[GradedBrief], enquiries: Sequence[Enquiry], scores: Mapping[Language, Doubles]
) -> tuple[Doubles, Doubles]:
    """Return nDCG@5 and the share of grades of at least 2 in the top three, for each graded brief."""
    row = {enquiry.id: i for i, enquiry in enumerate(enquiries)}
    results = []
    for brief in briefs:
        own = scores[brief.language][row[brief.case_id], list(brief.positions)]
        results.append(graded(own, np.array(brief.grades)))
    table = np.array(results).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def summary(metrics: Mapping[str, Doubles]) -> dict[str, Estimate]:
    """Return the mean and interval of each metric."""
    return {name: bootstrap(values) for name, values in metrics.items()}
