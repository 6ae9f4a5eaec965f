"""Whether the statements shown for a need are those that readers would show: on the fifth of the judged needs kept apart.

Each need is asked alone, as a ranking asks it; a company's own field as its brief tells it. Beside the matcher stands the order by
the default encoder's cosines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from corpus.records import Language
from matcher.brief import TOTAL_TENTHS, Brief, Need
from matcher.engine import Matcher
from matcher.evaluate import LANGUAGES
from matcher.geometry import Doubles
from matcher.invented import invented_texts
from matcher.marked import MarkedBrief, read_marked
from matcher.metrics import bootstrap, graded
from models.index import StatementIndex
from models.query.fit import JudgedNeed, kept_apart, read_judged
from models.tagger import BRIEFS

ByKind = Mapping[str, Doubles]


def kept_needs() -> list[JudgedNeed]:
    """Return the judged needs that the encoder of needs did not learn from, for which some statement is of grade 2 or more."""
    needs = read_judged()
    return [
        need for need, apart in zip(needs, kept_apart(needs), strict=True) if apart and max(need.grades) >= 2
    ]


def asked(
    matcher: Matcher, needs: list[JudgedNeed], language: Language
) -> Iterator[tuple[JudgedNeed, Brief, int]]:
    """Yield each judged need with the brief that asks it, and its place among the needs of that brief."""
    marked = {
        brief.name: brief for brief in read_marked(BRIEFS, invented_texts()) if brief.language == language
    }
    for judged in needs:
        brief = marked[judged.brief]
        if judged.asks_for != "business":
            yield judged, _alone(brief, judged.texts[LANGUAGES.index(language)]), 0
            continue
        understood = matcher.understand(brief.text)
        for at, need in enumerate(understood.needs):
            if need.facet == "cluster" and need.span is None and not need.is_whole_brief:
                yield judged, understood, at


def _alone(brief: MarkedBrief, text: str) -> Brief:
    """Return a brief that asks for nothing but the need that was marked with these words."""
    labels = next(
        need.labels for need in brief.needs if " ".join(brief.text[slice(*need.span)].split()) == text
    )
    facet, topics = labels[0]
    need = Need("need", text, (0, len(text)), facet, TOTAL_TENTHS, topics=topics)
    return Brief("asked", text, brief.language, (need,), "production")


def measured(matcher: Matcher, needs: list[JudgedNeed]) -> tuple[ByKind, ByKind]:
    """Return nDCG@5 and the share of grade 2 or more in the first three, by what is asked for, shape (n_asked, 2) each.

    Of the matcher, and of the default encoder's cosines alone.
    """
    row = {item.id: i for i, item in enumerate(matcher.facts.evidence)}
    index = StatementIndex.for_region(matcher.region, matcher.encoder)
    shown, by_cosine = defaultdict(list), defaultdict(list)
    for language in LANGUAGES:
        texts = [judged.texts[LANGUAGES.index(language)] for judged in needs]
        cosines = dict(zip(needs, index.similarities(matcher.encoder.encode(texts)), strict=True))
        for judged, brief, at in asked(matcher, needs, language):
            rows = [row[name] for name in judged.evidence]
            grades = np.array(judged.grades, dtype=np.float64)
            strengths = matcher.appraise(brief).findings[at].evidence_strengths
            shown[judged.asks_for].append(graded(strengths[rows], grades))
            by_cosine[judged.asks_for].append(graded(cosines[judged][rows].astype(np.float64), grades))
    return _arrays(shown), _arrays(by_cosine)


def _arrays(found: Mapping[str, list[tuple[float, float]]]) -> ByKind:
    return {name: np.array(values) for name, values in sorted(found.items())}


def run() -> None:
    """Print both figures with 95 % intervals for all kept needs, and their means by what is asked for."""
    needs = kept_needs()
    print(
        f"  {len(needs)} needs kept apart, in both languages; nDCG@5, share of grades of at least 2 in the first three"
    )
    for name, found in zip(("matcher", "cosine"), measured(Matcher.load(), needs), strict=True):
        _print(name, found)


def _print(name: str, found: ByKind) -> None:
    both = [bootstrap(column) for column in np.concatenate(list(found.values())).T]
    print(f"  {name}: " + "   ".join(f"{one.mean:.3f} [{one.low:.2f}, {one.high:.2f}]" for one in both))
    for asked_for, values in found.items():
        figures = "  ".join(f"{mean:.2f}" for mean in values.mean(axis=0))
        print(f"    {asked_for:16} {len(values):4}  {figures}")
