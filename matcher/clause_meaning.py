"""What the meaning of clauses adds to their cues: needs in words the lexicon lacks, and cues that mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.brief import FACETS, TOPICS, Facet
from matcher.clauses import Clause
from matcher.lexicon import cues
from matcher.tokens import Word, small_words
from matcher.wanted import AVOIDABLE, CONDITION_TOPICS, Wanted, set_aside
from models.encoder import Floats
from models.facet import NONE, FacetModel

ASKING_SHARE = 0.9
"""Probability of a facet from which on a clause that asks, and in which no cue counted, gives a need.

All shares were chosen on the 35 briefs for tuning and the twins, with left-out clauses beside: .7 found
no more marked needs and cost precision (models/facet/card.md).
"""
HINTED_SHARE = 0.5
"""The same where a cue of that facet stands in the clause but did not count."""
TOPIC_SHARE = 0.5
"""Probability of a topic, given its facet, from which on the need gets it."""
DROP_SHARE = 0.95
"""Probability of "none" from which on a need found by a cue is dropped: "our customers are hospitals"."""
TURN_SHARE = 0.95
"""Probability of another facet from which on such a need takes it: "we train career changers ourselves"."""
OWN_SHARE = 0.05
"""Probability of its own facet up to which a need found by a cue is doubted at all."""
LEAST_WORDS = 2
NEIGHBOURS: frozenset[Facet] = frozenset({"talent", "labour_market"})
"""Facets between which cues decide: whether a training is a degree hangs on the word, not on the meaning."""

_LEADS = small_words("link") | small_words("lead")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a clause means: the probability of each facet and of "none", and the likeliest topic of each."""

    shares: Mapping[str, float]
    topics: Mapping[Facet, tuple[str, ...]]

    @property
    def facet(self) -> Facet | None:
        """The likeliest facet; None where "none" is likelier."""
        best = max(FACETS, key=lambda facet: self.shares[facet])
        return best if self.shares[best] > self.shares[NONE] else None


def asked_of_model(clauses: Sequence[Clause], found: Sequence[Wanted]) -> tuple[Clause, ...]:
    """Return the clauses whose meaning matters: without a need, or with a single one that a cue alone made."""
    n_in = Counter(entry.clause for entry in found)
    plain = {e.clause for e in found if e.cue_stems and e.quantity is None and e.place is None}
    heard = [(entry.first, entry.last) for entry in found]
    return tuple(
        clause
        for clause in clauses
        if clause.last - clause.first >= LEAST_WORDS
        and ((n_in[clause] == 1 and clause in plain) or (n_in[clause] == 0 and _is_unheard(clause, heard)))
    )


def _is_unheard(clause: Clause, heard: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a clause may ask for something though none of its words is in a need."""
    is_aside = clause.is_idle or clause.is_reason or clause.is_leaving or clause.after_versus < clause.last
    return (
        clause.request_from < clause.last
        and not is_aside
        and not any(a < clause.last and clause.first < b for a, b in heard)
    )


def meanings(model: FacetModel, clauses: Sequence[Clause], vectors: Floats) -> dict[Clause, Meaning]:
    """Return what each clause means by its vector; row by row as `clauses`."""
    if not clauses:
        return {}
    facets = [label.split(":")[0] for label in model.labels]
    found = {}
    for clause, row in zip(clauses, model.probabilities(vectors), strict=True):
        shares = dict.fromkeys((NONE, *FACETS), 0.0)
        for facet, share in zip(facets, row, strict=True):
            shares[facet] += float(share)
        by_label = dict(zip(model.labels, map(float, row), strict=True))
        found[clause] = Meaning(shares, {facet: _topics(facet, shares[facet], by_label) for facet in FACETS})
    return found


def _topics(facet: Facet, share: float, by_label: Mapping[str, float]) -> tuple[str, ...]:
    """Return the topic that makes up most of the facet's probability, if one does."""
    return tuple(
        topic for topic in TOPICS[facet] if by_label.get(f"{facet}:{topic}", 0.0) > TOPIC_SHARE * share
    )


def with_meanings(
    words: Sequence[Word],
    named: Sequence[Wanted],
    found: Sequence[Wanted],
    meant: Mapping[Clause, Meaning],
    completed: Callable[[Sequence[Wanted]], tuple[Wanted, ...]],
) -> tuple[Wanted, ...]:
    """Return the needs found by cues and by meaning, in order of the words.

    `named` are those of cues alone, `found` the same with their figures and places, which `completed` gives.
    """
    heard = {entry.clause for entry in found}
    told = [
        entry
        for clause, meaning in meant.items()
        if clause not in heard and (entry := _told(words, clause, meaning)) is not None
    ]
    if told:
        found = completed(sorted((*named, *told), key=lambda entry: (entry.first, entry.last, entry.facet)))
    doubted = {clause: meant[clause] for clause in meant if clause in heard}
    turned = (_turned(entry, doubted[entry.clause]) if entry.clause in doubted else entry for entry in found)
    return tuple(entry for entry in turned if entry is not None)


def _told(words: Sequence[Word], clause: Clause, meaning: Meaning) -> Wanted | None:
    """Return the need that a clause without one means, None where that is not sure enough."""
    facet = meaning.facet
    if facet is None or meaning.shares[facet] < _least(words, clause, facet):
        return None
    if facet in set_aside(words, clause):
        return None
    topics = meaning.topics[facet]
    is_negated = not CONDITION_TOPICS & set(topics) and (clause.is_avoided or bool(clause.negations))
    if is_negated and facet not in AVOIDABLE:
        return None
    first = clause.request_from if clause.last - clause.request_from >= LEAST_WORDS else clause.first
    while first < clause.last - 1 and words[first].folded in _LEADS:
        first += 1
    return Wanted(
        facet,
        topics,
        first,
        clause.last,
        clause.language,
        clause,
        clause.stance,
        is_avoided=is_negated,
        has_emphasis=clause.has_emphasis,
        is_soft=True,
        cue_first=first,
    )


def _least(words: Sequence[Word], clause: Clause, facet: Facet) -> float:
    """Return how sure the model must be of the facet of a clause without a need."""
    hits = cues(clause.language).longest_hits(words[clause.first : clause.last])
    return HINTED_SHARE if any(hit.payload.facet == facet for hit in hits) else ASKING_SHARE


def _turned(entry: Wanted, meaning: Meaning) -> Wanted | None:
    """Return the entry as its clause means it: unchanged, of another facet, or None where it asks for nothing."""
    facet = meaning.facet
    if meaning.shares[entry.facet] > OWN_SHARE:
        return entry
    if facet is None:
        return None if meaning.shares[NONE] >= DROP_SHARE else entry
    if meaning.shares[facet] < TURN_SHARE or {facet, entry.facet} == NEIGHBOURS:
        return entry
    return replace(entry, facet=facet, topics=meaning.topics[facet], cue_stems=frozenset())
