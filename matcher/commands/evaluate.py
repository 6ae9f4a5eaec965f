"""`matcher evaluate`: backtests the ranking on real decisions and graded fits, beside the baselines."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from corpus.records import Language
from matcher.commands.options import encoder_option, region_option
from matcher.engine import Matcher
from matcher.evaluate import (
    LANGUAGES,
    Case,
    Coverage,
    baseline_scores,
    case_metrics,
    engine_scores,
    frequency_scores,
    graded_metrics,
    read_cases,
    read_grades,
    summary,
)
from matcher.geometry import Doubles
from matcher.metrics import Estimate, bootstrap

ENGINE = "matcher"
SHOWN = ("hit@1", "hit@3", "hit@5", "hit@10", "MRR", "nDCG@10", "log loss", "size AUC")


@click.command("evaluate", help="Backtest on real decisions and graded fits.")
@click.argument("cases", type=click.Path(path_type=Path))
@click.option(
    "--fit", "fit_folder", type=click.Path(path_type=Path), help="Folder with graded fits (grades.csv)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@region_option
@encoder_option
def command(
    cases: Path, fit_folder: Path | None, as_json: bool, region_folder: Path | None, encoder: str | None
) -> None:
    """Score every case in both languages with the matcher and each baseline, and print the metrics."""
    matcher = Matcher.load(region_folder, encoder)
    read = read_cases(cases, matcher)
    scores: dict[str, dict[Language, Doubles]] = defaultdict(dict)
    coverage: dict[Language, Coverage] = {}
    for language in LANGUAGES:
        scores[ENGINE][language], coverage[language] = engine_scores(matcher, read, language)
        for name, values in baseline_scores(matcher, read, language).items():
            scores[name][language] = values
        scores["frequency"][language] = frequency_scores(matcher, read)
    report = _report(matcher, read, scores, coverage, fit_folder)
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _table(report, len(read)))


def _numbers(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}


def _report(
    matcher: Matcher,
    cases: Sequence[Case],
    scores: Mapping[str, Mapping[Language, Doubles]],
    coverage: Mapping[Language, Coverage],
    fit_folder: Path | None,
) -> dict[str, Any]:
    report: dict[str, Any] = {"n_cases": len(cases), "languages": {}, "groups": {}}
    for language in LANGUAGES:
        metrics = {
            name: case_metrics(matcher, cases, by_language[language]) for name, by_language in scores.items()
        }
        report["languages"][language] = {
            "methods": {
                name: {key: _numbers(value) for key, value in summary(values).items()}
                for name, values in metrics.items()
            },
            "matcher_minus": {
                name: {
                    key: _numbers(bootstrap(metrics[ENGINE][key] - values[key]))
                    for key in ("hit@5", "MRR", "nDCG@10", "size AUC")
                }
                for name, values in metrics.items()
                if name != ENGINE
            },
            "coverage": _coverage(coverage[language], matcher)
            | {"chosen_set_aside": _share_set_aside(scores[ENGINE][language], cases)},
        }
        report["groups"][language] = _groups(cases, metrics[ENGINE])
    if fit_folder is not None:
        report["fit"] = _fit(matcher, cases, scores, fit_folder)
    return report


def _coverage(coverage: Coverage, matcher: Matcher) -> dict[str, Any]:
    populations = {location.name: location.population for location in matcher.region.locations}
    total_population, total = sum(populations.values()), sum(coverage.top_five_counts.values())
    return {
        "needs_known": coverage.needs_known,
        "points_unconfirmed": coverage.points_unconfirmed,
        "exposure": {
            name: {"top_five_share": count / total, "population_share": populations[name] / total_population}
            for name, count in sorted(coverage.top_five_counts.items(), key=lambda item: (-item[1], item[0]))
        },
    }


def _share_set_aside(scores: Doubles, cases: Sequence[Case]) -> float:
    return float(np.mean([row[case.chosen] < 0 for row, case in zip(scores, cases, strict=True)]))


def _groups(cases: Sequence[Case], metrics: Mapping[str, Doubles]) -> dict[str, Any]:
    groups: dict[str, list[int]] = defaultdict(list)
    for row, case in enumerate(cases):
        groups[f"theme {case.theme}"].append(row)
        groups[f"function {case.function}"].append(row)
    return {
        name: {"n": len(rows)}
        | {key: float(np.mean(metrics[key][rows])) for key in ("hit@5", "MRR", "nDCG@10", "size AUC")}
        for name, rows in sorted(groups.items())
    }


def _fit(
    matcher: Matcher,
    cases: Sequence[Case],
    scores: Mapping[str, Mapping[Language, Doubles]],
    fit_folder: Path,
) -> dict[str, Any]:
    briefs = read_grades(fit_folder, matcher)
    known = {case.id for case in cases}
    briefs = [brief for brief in briefs if brief.case_id in known]
    methods = {}
    for name, by_language in scores.items():
        both = {}
        for forced in (None, *LANGUAGES):
            chosen = {language: by_language[forced or language] for language in LANGUAGES}
            ndcg, good = graded_metrics(briefs, cases, chosen)
            both[forced or "as graded"] = {
                "nDCG@5": _numbers(bootstrap(ndcg)),
                "grade>=2 in top 3": _numbers(bootstrap(good)),
            }
        methods[name] = both
    return {"n_briefs": len(briefs), "methods": methods}


def _table(report: Mapping[str, Any], n_cases: int) -> str:
    lines = [f"{n_cases} decisions; mean with 95 % bootstrap interval over cases"]
    for language, part in report["languages"].items():
        lines += ["", f"briefs in {'German' if language == 'de' else 'English'}"]
        lines.append(f"{'method':<16}" + "".join(f"{key:>17}" for key in SHOWN))
        for name, metrics in part["methods"].items():
            lines.append(f"{name:<16}" + "".join(f"{_cell(metrics[key]):>17}" for key in SHOWN))
        for name, metrics in part["matcher_minus"].items():
            cells = "  ".join(f"{key} {_cell(value, sign=True)}" for key, value in metrics.items())
            lines.append(f"  {ENGINE} minus {name}: {cells}")
        coverage = part["coverage"]
        lines.append(
            f"  needs with a known answer {coverage['needs_known']:.2f}; points on unconfirmed facts "
            f"{coverage['points_unconfirmed']:.2f}; chosen location set aside {coverage['chosen_set_aside']:.2f}"
        )
        exposure = ", ".join(
            f"{name} {row['top_five_share']:.2f} ({row['population_share']:.2f})"
            for name, row in list(coverage["exposure"].items())[:12]
        )
        lines.append(f"  share of top-five places (share of population): {exposure}")
    lines += ["", "by theme and function (German / English)"]
    for name, german in report["groups"]["de"].items():
        english = report["groups"]["en"][name]
        cells = "  ".join(f"{key} {german[key]:.2f}/{english[key]:.2f}" for key in german if key != "n")
        lines.append(f"  {name:<38} n={german['n']:<3} {cells}")
    if "fit" in report:
        lines += ["", f"graded fit, {report['fit']['n_briefs']} briefs"]
        for name, by_language in report["fit"]["methods"].items():
            for forced, metrics in by_language.items():
                cells = "  ".join(f"{key} {_cell(value)}" for key, value in metrics.items())
                lines.append(f"  {name:<16} {forced:<10} {cells}")
    return "\n".join(lines)


def _cell(value: Mapping[str, float], *, sign: bool = False) -> str:
    form = "+.2f" if sign else ".2f"
    return f"{value['mean']:{form}} [{value['low']:{form}},{value['high']:{form}}]"
