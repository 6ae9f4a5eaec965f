"""From clauses and cues to what is wanted: one entry a need, with its words, topics and stance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.records import Language
from matcher.brief import Facet, Place
from matcher.clauses import Clause, Stance
from matcher.lexicon import Cue, cues
from matcher.phrases import Hit
from matcher.quantities import Quantity
from matcher.tokens import Word, small_words

AVOIDABLE: frozenset[Facet] = frozenset({"site", "agglomeration", "distance"})
"""What an investor can want to keep away from; "no siding" only means that none is needed."""

CONTEXT_FACETS: frozenset[Facet] = frozenset({"access", "utilities"})
"""What a sentence that only tells about the company may still ask for: nobody mentions a siding idly."""

LEFT_FACETS: frozenset[Facet] = frozenset({"site", "agglomeration", "distance"})
"""What is not asked for where the premises to be given up are described."""

USUALLY_WISHED: frozenset[Facet] = frozenset({"research", "quality_of_life"})
"""Readers of real briefs took these for wishes unless the wording is firm (research/fit/needs.csv)."""

ABSORBED: frozenset[tuple[Facet, Facet | None]] = frozenset(
    {
        ("distance", "agglomeration"),
        ("distance", "site"),
        ("distance", "labour_market"),
        ("distance", "cluster"),
        ("talent", "labour_market"),
        ("labour_market", "site"),
        ("agglomeration", "site"),
        ("cluster", "utilities"),
        ("talent", "research"),
    }
)
"""Pairs of which the second only completes the first: "eastern side of the conurbation", "close to our plant"."""

CONDITION_TOPICS = frozenset({"industrial_zoning", "shift_work"})
"""Conditions of a site that are worded with "no": no housing close by, no flood risk."""

_RADIUS = small_words("radius")
_NEED_VERBS = small_words("need_verb")
_SPACE_STEMS = frozenset(word[:6] for word in small_words("space"))
_LINKS = small_words("link")


_LEADS = _LINKS | small_words("lead")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need before worths: words `first` to `last` say it, `cue_stems` begin those that cues matched."""

    facet: Facet
    topics: tuple[str, ...]
    first: int
    last: int
    language: Language
    clause: Clause
    stance: Stance
    is_avoided: bool = False
    n_mentions: int = 1
    has_emphasis: bool = False
    is_soft: bool = False
    is_weak: bool = False
    cue_first: int = 0
    cue_stems: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    place: Place | None = None

    @property
    def is_must(self) -> bool:
        """Whether the need is a requirement: worded as one, or stated flatly and usually meant as one."""
        if self.facet == "distance" and self.place and self.place.location_id and self.quantity is None:
            return False
        if self.stance == "plain":
            is_count = self.topics == ("workers",) and (self.is_weak or self.quantity is not None)
            return (
                self.facet not in USUALLY_WISHED
                and self.topics != ("expansion",)
                and not is_count
                and not self.is_soft
            )
        return self.stance == "must"


def distance_to(
    clause: Clause, first: int, last: int, reach: int, *, place: Place | None = None, is_soft: bool = False
) -> Wanted:
    """Return the need to be near what words `first` to `last` name: a wish where the clause only tells of it.

    It is to be kept away from where the clause says so, or a "no" stands at most `reach` words before.
    """
    is_asked = first >= clause.request_from and not clause.is_reason
    is_negated = any(0 <= first - negation <= reach for negation in clause.negations)
    return Wanted(
        "distance",
        (),
        first,
        last,
        clause.language,
        clause,
        clause.stance if is_asked else "wish",
        is_avoided=is_asked and (clause.is_avoided or is_negated),
        is_soft=is_soft or not is_asked,
        cue_first=first,
        place=place,
    )


def wanted_in(words: Sequence[Word], clauses: Sequence[Clause]) -> tuple[Wanted, ...]:
    """Return what the clauses ask for, in order of the words; see `merged` for what is said twice."""
    found: list[Wanted] = []
    for clause in clauses:
        if clause.is_idle:
            continue
        hits = [
            hit.moved(clause.first)
            for hit in cues(clause.language).longest_hits(words[clause.first : clause.last])
        ]
        hits = [hit for hit in hits if hit.payload.facet is not None]
        counted = [hit for hit in hits if _counts(hit, hits, clause)]
        found.extend(_grouped(words, clause, counted))
    return tuple(found)


def _counts(hit: Hit[Cue], hits: Sequence[Hit[Cue]], clause: Clause) -> bool:
    cue = hit.payload
    if hit.first >= clause.after_versus or (clause.is_leaving and cue.facet in LEFT_FACETS):
        return False
    is_asked = hit.first >= clause.request_from
    if cue.kind == "weak":
        return is_asked and all(other.payload.kind in ("weak", "field") for other in hits)
    if cue.kind == "field":
        return any(_takes_field(other.payload) for other in hits if other is not hit)
    if clause.is_reason:
        return cue.topic == "retain_staff"
    return is_asked or (clause.is_telling and cue.facet in CONTEXT_FACETS)


def _takes_field(cue: Cue) -> bool:
    """Tell whether a field of study beside this cue says in what: "graduates in robotics"."""
    is_person = cue.facet == "talent" or (cue.facet == "labour_market" and cue.topic == "skilled_workers")
    return cue.kind != "field" and is_person


def _grouped(words: Sequence[Word], clause: Clause, hits: Sequence[Hit[Cue]]) -> Iterable[Wanted]:
    """Put neighbouring cues of one facet together and share the clause's words among the groups."""
    groups: list[list[Hit[Cue]]] = []
    for hit in hits:
        if groups and _belongs(words, groups[-1], hit):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    begin = min(clause.request_from, groups[0][0].first) if groups else clause.first
    for number, group in enumerate(groups):
        last_group = number + 1 == len(groups)
        stop = clause.last if last_group else _cut(words, group[-1].last, groups[number + 1][0].first)
        facet = _facet_of(group)
        topics = tuple(
            dict.fromkeys(
                hit.payload.topic for hit in group if hit.payload.topic and hit.payload.facet == facet
            )
        )
        negated = not CONDITION_TOPICS & set(topics) and (
            clause.is_avoided
            or any(0 <= group[0].first - negation <= 3 and negation >= begin for negation in clause.negations)
        )
        if negated and _is_only_unneeded(words, clause, facet):
            begin = stop
            continue
        first = _without_lead(words, begin, group[0].first)
        yield Wanted(
            facet,
            topics,
            first,
            stop,
            clause.language,
            clause,
            clause.stance,
            is_avoided=negated,
            has_emphasis=clause.has_emphasis,
            is_soft=all(hit.payload.kind == "soft" for hit in group),
            is_weak=all(hit.payload.kind == "weak" for hit in group),
            cue_first=group[0].first,
            cue_stems=frozenset(words[i].folded[:STEM] for hit in group for i in range(hit.first, hit.last)),
        )
        begin = stop


def _belongs(words: Sequence[Word], group: Sequence[Hit[Cue]], hit: Hit[Cue]) -> bool:
    """Tell whether a cue continues its neighbours' need: ways to travel are needs of their own."""
    facet, topic = hit.payload.facet, hit.payload.topic
    leading = group[0].payload.facet
    if facet == "distance" != leading and words[hit.first].folded in _RADIUS:
        return leading != "site"
    if facet != leading:
        return (leading, facet) in ABSORBED or hit.payload.kind == "field" or group[0].payload.kind == "field"
    before = {other.payload.topic for other in group}
    return facet not in {"access", "utilities"} or topic in before or not topic or before == {""}


def _is_only_unneeded(words: Sequence[Word], clause: Clause, facet: Facet) -> bool:
    """Tell whether a "no" means that something is not needed, not that it is unwelcome."""
    if facet not in AVOIDABLE:
        return True
    return any(words[negation - 2].folded in _NEED_VERBS for negation in clause.negations if negation >= 2)


def _facet_of(group: Sequence[Hit[Cue]]) -> Facet:
    """Return the facet of cues that stand together: skilled workers in a field of study are talent."""
    facets = [hit.payload.facet for hit in group if hit.payload.facet is not None]
    return "talent" if "talent" in facets else facets[0]


def _without_lead(words: Sequence[Word], begin: int, cue: int) -> int:
    """Skip articles, prepositions and pronouns before the words that matter."""
    while begin < cue and words[begin].folded in _LEADS:
        begin += 1
    return begin


def _cut(words: Sequence[Word], after: int, before: int) -> int:
    """Return where the words between two needs part: before a linking word, or before the second."""
    for index in range(after, before):
        if words[index].folded in _LINKS:
            return index
    return after if after < before else before


def merged(found: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Return each need once, in order of the words: what is said twice is one need, heavier."""
    joined = _joined(_without_pale(found))
    return tuple(sorted(joined, key=lambda entry: (entry.first, entry.last, entry.facet, entry.topics)))


def _without_pale(found: Sequence[Wanted]) -> list[Wanted]:
    """Drop what only a weak cue says where its sentence says the same facet in stronger words."""

    def is_pale(entry: Wanted) -> bool:
        return entry.is_weak and entry.quantity is None

    firm = {
        (entry.clause.sentence, entry.facet) for entry in found if not is_pale(entry) and not entry.is_soft
    }
    return [
        entry for entry in found if not is_pale(entry) or (entry.clause.sentence, entry.facet) not in firm
    ]


def _joined(found: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Join entries that say the same; the one with a figure, else the first, gives the words."""
    kept: list[Wanted] = []
    alike: dict[tuple[Facet, bool], list[int]] = {}
    for wanted in found:
        candidates = alike.setdefault((wanted.facet, wanted.is_avoided), [])
        index = next((i for i in candidates if _is_same(kept[i], wanted)), None)
        if index is None:
            candidates.append(len(kept))
            kept.append(wanted)
            continue
        known = kept[index]
        main = wanted if wanted.quantity and not known.quantity else known
        is_next = wanted.first - known.last in (0, 1) and wanted.clause.sentence == known.clause.sentence
        kept[index] = replace(
            main,
            first=known.first if is_next else main.first,
            last=wanted.last if is_next else main.last,
            n_mentions=known.n_mentions + wanted.n_mentions - is_next,
            has_emphasis=known.has_emphasis or wanted.has_emphasis,
            stance=max(known.stance, wanted.stance, key=("wish", "plain", "must").index),
            topics=tuple(dict.fromkeys((*known.topics, *wanted.topics))),
            is_soft=known.is_soft and wanted.is_soft,
            place=main.place or known.place or wanted.place,
        )
    return tuple(kept)


SPECIFIC_FACETS: frozenset[Facet] = frozenset(
    {"access", "utilities", "talent", "cost", "research", "quality_of_life"}
)
"""Facets whose topics are so fine that the same topic is the same need."""
SPACE_TOPICS = frozenset({"land", "hall", "warehouse", "office", "laboratory"})
"""Parts of one building or plot when they are only listed: "10,000 m² with hall, workshop and office"."""
STEM = 6
"""Letters that must agree for two words to speak of the same thing; chosen by trying."""


def _is_main_space(entry: Wanted) -> bool:
    """Tell whether an entry only names the building or plot itself, not how it should be."""
    is_named = bool(entry.cue_stems) and entry.cue_stems <= _SPACE_STEMS
    return entry.facet == "site" and is_named and set(entry.topics) <= SPACE_TOPICS | {"existing_building"}


def _is_same(known: Wanted, wanted: Wanted) -> bool:
    """Tell whether two entries of one facet, both wanted or both avoided, are the same need."""
    if wanted.place is not None and known.place is not None:
        return wanted.place == known.place
    if known.quantity and wanted.quantity and known.quantity.minimum != wanted.quantity.minimum:
        return False
    is_joined = known.clause.sentence == wanted.clause.sentence and wanted.first - known.last == 1
    if known.facet == "labour_market" and is_joined:
        return True
    if _is_main_space(known) and _is_main_space(wanted) and not (known.quantity and wanted.quantity):
        is_close = abs(known.clause.sentence - wanted.clause.sentence) <= 2
        return is_close and bool(
            set(known.topics) & set(wanted.topics) or "land" in (*known.topics, *wanted.topics)
        )
    is_beside = known.clause.sentence == wanted.clause.sentence and wanted.first - known.last in (0, 1, 2)
    if is_beside and known.facet == "talent" and not wanted.topics:
        return True
    if (
        is_beside
        and wanted.last - wanted.first <= 3
        and set(wanted.topics) <= SPACE_TOPICS >= set(known.topics)
    ):
        return known.facet == "site" and wanted.quantity is None
    if known.cue_stems & wanted.cue_stems:
        return bool(set(known.topics) & set(wanted.topics))
    if not wanted.topics or not set(wanted.topics) <= set(known.topics):
        return False
    return (
        known.facet in SPECIFIC_FACETS or is_joined or (known.last == wanted.first and known.facet != "site")
    )
