"""The same brief in German and in English: how alike the rankings are.

The lexica were mended on `twins.csv` and `twins_more.csv`. Nobody read `twins_unseen.csv` while mending, but
its totals were watched. The invented briefs of `models/choice/briefs.csv` came after all mending of words.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from scipy.stats import kendalltau

from corpus.records import Language
from matcher.engine import Matcher
from matcher.shortlist import Shortlist
from models.choice import BRIEFS

TWINS = Path(__file__).parent / "data" / "twins.csv"
MORE = TWINS.with_name("twins_more.csv")
UNSEEN = TWINS.with_name("twins_unseen.csv")
LANGUAGES: tuple[Language, ...] = ("de", "en")
GAPS = (0.0, 1.0, 2.0, 4.0)
"""From how many points on the third place is ahead of the fourth: groups of pairs."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two rankings of the same brief are: Kendall's tau-b over all scores, and the top three.

    `gap` is what the third place is ahead of the fourth, in points, a mean over both rankings; `difference` how far the scores of a
    place in the two rankings lie apart, beside what they differ on average (standard deviation over places, in points).
    """

    id: str
    tau: float
    n_top3_shared: int
    functions: tuple[str, str]
    is_read_alike: bool
    gap: float
    difference: float


def read_twins(path: Path = TWINS) -> list[dict[str, str]]:
    """Read the pairs: id, brief_de, brief_en, function, theme."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(matcher: Matcher, twins: Sequence[dict[str, str]]) -> list[Likeness]:
    """Rank every pair and compare the two results."""
    found = []
    for twin in twins:
        german, english = (
            matcher.match(matcher.understand(twin[f"brief_{language}"], brief_id=twin["id"]))
            for language in LANGUAGES
        )
        ids = sorted(german.match_by_location_id)
        scores = [
            [result.match_by_location_id[key].score_tenths for key in ids] for result in (german, english)
        ]
        tau = float(kendalltau(*scores).statistic)
        shared = _top3(german) & _top3(english)
        functions = (german.brief.function, english.brief.function)
        is_read_alike = _gist(german) == _gist(english)
        gap = (_gap(german) + _gap(english)) / 2
        difference = float(np.std(np.subtract(*scores))) / 10
        found.append(Likeness(twin["id"], tau, len(shared), functions, is_read_alike, gap, difference))
    return found


def _gist(result: Shortlist) -> tuple[str, Counter[tuple[object, ...]]]:
    """Return all that the needs of a brief say but their words and worths."""
    needs = Counter(
        (
            *(need.facet, frozenset(need.topics), need.is_must, need.is_avoided),
            *(need.minimum, need.maximum, need.unit, need.place and need.place.name),
        )
        for need in result.brief.needs
    )
    return result.brief.function, needs


def _top3(result: Shortlist) -> set[str]:
    return {match.location.id for match in result.matches[:3]}


def _gap(result: Shortlist) -> float:
    ahead = result.matches[2:4]
    return (ahead[0].score_tenths - ahead[-1].score_tenths) / 10 if ahead else 0.0


def mean_tau(found: Sequence[Likeness]) -> float:
    """Average Kendall's tau over the pairs."""
    return sum(one.tau for one in found) / len(found)


def share_of_same_top3(found: Sequence[Likeness]) -> float:
    """Share of the pairs with the same three locations in front, in any order."""
    return sum(one.n_top3_shared == 3 for one in found) / len(found)


def run() -> None:
    """Print how alike the rankings are in each set, and the pairs that differ most."""
    matcher = Matcher.load()
    for path in (TWINS, MORE, UNSEEN, BRIEFS):
        print(f"  {path.name}")
        _print_set(compare(matcher, read_twins(path)))


def _print_set(found: Sequence[Likeness]) -> None:
    n_alike = sum(one.tau >= 0.9 for one in found)
    n_same_function = sum(len(set(one.functions)) == 1 for one in found)
    print(f"  {len(found)} pairs: mean Kendall tau {mean_tau(found):.3f} (aim .9), {n_alike} of at least .9")
    print(f"  same top three in {share_of_same_top3(found):.0%} (aim 90%)")
    print(f"  two or more of the top three shared in {sum(x.n_top3_shared >= 2 for x in found)}")
    print(f"  same function in {n_same_function} of {len(found)}")
    alike = [one for one in found if one.is_read_alike]
    if alike:
        print(
            f"  read into the same needs: {len(alike)}, of these the same top three in {share_of_same_top3(alike):.0%}"
        )
    gap, difference = (median(getattr(one, name) for one in found) for name in ("gap", "difference"))
    print(
        f"  third place ahead of the fourth by {gap:.1f} points, scores differ by {difference:.1f} (medians)"
    )
    for low, high in zip(GAPS, (*GAPS[1:], float("inf")), strict=True):
        group = [one for one in found if low <= one.gap < high]
        if group:
            print(
                f"  ahead by {low:g} to {high:g} points: {len(group)}, the same top three in {share_of_same_top3(group):.0%}"
            )
    worst = sorted(found, key=lambda one: (one.tau, one.id))[:5]
    print("  least alike: " + ", ".join(f"{one.id} {one.tau:.2f}" for one in worst))
