"""What the tagger adds to the cues: needs in words the lexicon lacks, and cues that mislead.

Cues decide what they know best: figures, places, whose premises are spoken of. The tagger hears a sentence as a whole:
it brings needs that no cue knows, drops those that a cue only seemed to mean, and tells refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from matcher.brief import FACETS, Facet
from matcher.clauses import Clause, clause_at
from matcher.figures import bare
from matcher.geometry import Doubles
from matcher.limits import BEARERS
from matcher.surroundings import Indexes
from matcher.tokens import Word, small_words
from matcher.wanted import AVOIDABLE, CONDITION_TOPICS, Wanted
from models.tagger import STANCES, Tagger

TOLD_SHARE = 0.5
"""Probability from which on a word speaks of a need; like all shares here chosen on marked briefs of four writers whom
the tagger had not learned from (models/tagger/card.md)."""
BEGIN_SHARE = 0.5
"""Probability from which on a word begins another need of the same facet."""
TOPIC_SHARE = 0.5
"""Probability of a topic, given its facet, from which on the need gets it."""
LEAST_SURE = 0.8
"""Probability of its facet that the surest word of a need has at least which no cue found."""
DROP_SHARE = 0.01
"""A need found by cues is dropped where none of its words speaks of any need with this probability. Chosen on the 35 real
briefs that the lexicon was mended on: at three times as much more of their needs were lost, at the same precision."""
AVOID_SHARE = 0.9
"""Probability of a refusal from which on a need found by cues is turned round."""
REFUSED: frozenset[Facet] = frozenset(
    {"access", "cluster", "labour_market", "talent", "research", "partners", "quality_of_life"}
)
"""What asks for nothing where it is refused: nobody needs a place without a university."""
MOST_WORDS = 150
"""Words that are tagged at once at most; the network takes some three hundred."""
LEAST_LETTERS = 3
"""Letters of the longest word that says a need at least."""
MOST_BETWEEN = 1
"""Words between two words of one need that need not speak of it: "motorway and port"."""

_LEADS = small_words("link") | small_words("lead")
_SEEK = frozenset(
    {
        *("seek", "seeks", "seeking", "wanted", "insist", "insists"),
        *("suche", "suchen", "sucht", "gesucht", "bestehen", "besteht"),
    }
)
_NO = small_words("no")
_DENIALS = _NO | small_words("not") | {"without", "ohne"} | small_words("indifferent")
_EMPTY = _LEADS | small_words("need_verb") | {"only", "nur"}


@dataclass(frozen=True)
class Heard:
    """What the words of a text speak of: means over their tokens, shape (n_words, columns of `Tags`).

    `sentences` numbers the sentence of each word, shape (n_words,); `topic_names` are "facet:topic".
    """

    facets: Doubles
    topics: Doubles
    stances: Doubles
    begins: Doubles
    sentences: Indexes
    topic_names: tuple[str, ...]

    def facet_shares(self, first: int, last: int) -> Doubles:
        """Return, by facet, the probability in the word of `first` to `last` that speaks of it most."""
        shares: Doubles = self.facets[first:last, 1:].max(axis=0, initial=0.0)
        return shares

    def need_share(self, first: int, last: int) -> float:
        """Return the probability of any need in the word of `first` to `last` that most likely speaks of one."""
        return float((1 - self.facets[first:last, 0]).max(initial=0.0))

    def stance_share(self, name: str, first: int, last: int) -> float:
        """Return the probability of a stance in the words of `first` to `last` that speak of a need, 0 without any."""
        speaks = self.facets[first:last, 0] < 1 - TOLD_SHARE
        shares = self.stances[first:last, STANCES.index(name)][speaks]
        return float(shares.mean()) if len(shares) else 0.0

    def topics_of(self, facet: Facet, first: int, last: int) -> tuple[str, ...]:
        """Return the topics of a facet that words `first` to `last` speak of on average."""
        shares = self.topics[first:last].mean(axis=0)
        return tuple(
            name.partition(":")[2]
            for name, share in zip(self.topic_names, shares, strict=True)
            if name.startswith(f"{facet}:") and share >= TOPIC_SHARE
        )


def heard_in(tagger: Tagger, text: str, words: Sequence[Word], sentences: Sequence[tuple[int, int]]) -> Heard:
    """Tag each sentence for itself; `sentences` are half-open character ranges of `text`, in order.

    A sentence too long for the tagger is tagged in parts. Words that it could not read for all that are told nothing
    of, and no need in them is dropped.
    """
    starts, ends = np.array([(word.start, word.end) for word in words]).T
    parts = [part for start, end in sentences for part in _parts(start, end, starts)]
    tagged = tagger.tags([text[start:end] for start, end in parts])
    last_letters = np.concatenate(
        [tags.spans[:, 1] - 1 + start for (start, _), tags in zip(parts, tagged, strict=True)]
    )
    word_of_token = np.searchsorted(starts, last_letters, side="right") - 1
    is_in_word = (word_of_token >= 0) & (last_letters < ends[word_of_token])
    word_of_token = word_of_token[is_in_word]
    n_tokens = np.bincount(word_of_token, minlength=len(words))

    def by_token(name: str) -> Doubles:
        rows: Doubles = np.concatenate([getattr(tags, name) for tags in tagged])[is_in_word]
        return rows

    def by_word(name: str) -> Doubles:
        rows = by_token(name)
        sums = np.zeros((len(words), *rows.shape[1:]))
        np.add.at(sums, word_of_token, rows)
        means: Doubles = sums / np.maximum(n_tokens, 1).reshape(-1, *[1] * (rows.ndim - 1))
        return means

    facets = by_word("facets")
    facets[n_tokens == 0, 0] = 1 - DROP_SHARE
    in_sentence = np.searchsorted([start for start, _ in sentences], starts, side="right")
    begins = np.zeros(len(words))
    heard_words, first_tokens = np.unique(word_of_token, return_index=True)
    begins[heard_words] = by_token("begins")[first_tokens]
    return Heard(facets, by_word("topics"), by_word("stances"), begins, in_sentence, tagger.topics)


def _parts(start: int, end: int, word_starts: Indexes) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or in parts that begin with every `MOST_WORDS`th of its words."""
    first, last = np.searchsorted(word_starts, [start, end])
    cuts = word_starts[first + MOST_WORDS : last : MOST_WORDS].tolist()
    yield from pairwise([start, *cuts, end])


def with_tags(
    heard: Heard,
    words: Sequence[Word],
    clauses: Sequence[Clause],
    named: Sequence[Wanted],
    completed: Callable[[Sequence[Wanted]], tuple[Wanted, ...]],
) -> tuple[Wanted, ...]:
    """Return the needs found by cues and by tags, in order of the words.

    `named` are those of cues alone; `completed` adds their figures and places.
    """
    found = completed(named)
    told = [entry for entry in told_in(heard, words, clauses) if not _is_known(entry, found)]
    if told:
        found = completed(sorted((*named, *told), key=lambda entry: (entry.first, entry.last, entry.facet)))
    new = {(entry.first, entry.facet) for entry in told}
    judged = (entry if (entry.first, entry.facet) in new else _judged(heard, words, entry) for entry in found)
    return tuple(entry for entry in judged if entry is not None)


def _is_sought(words: Sequence[Word], entry: Wanted) -> bool:
    """Tell whether a need is the first thing sought: "We seek a siding". The tagger takes such a sentence for a mere opening."""
    before = entry.first - 1
    while before > 0 and words[before].folded in _LEADS:
        before -= 1
    return before >= 0 and words[before].folded in _SEEK and not entry.is_weak


def told_in(heard: Heard, words: Sequence[Word], clauses: Sequence[Clause]) -> list[Wanted]:
    """Return the needs that the words speak of, in order: words of one facet next to each other are one need."""
    kinds = heard.facets[:, 1:].argmax(axis=1)
    groups: list[list[int]] = []
    for at in np.flatnonzero(heard.facets[:, 0] <= 1 - TOLD_SHARE).tolist():
        last = groups[-1][-1] if groups else at
        goes_on = (
            0 < at - last <= 1 + MOST_BETWEEN
            and heard.sentences[at] == heard.sentences[last]
            and kinds[at] == kinds[last]
            and heard.begins[at] < BEGIN_SHARE
        )
        if goes_on:
            groups[-1].append(at)
        else:
            groups.append([at])
    told = (
        _told(heard, words, clauses, FACETS[kinds[group[0]]], group[0], group[-1] + 1) for group in groups
    )
    return [entry for entry in told if entry is not None]


def _told(
    heard: Heard, words: Sequence[Word], clauses: Sequence[Clause], facet: Facet, first: int, last: int
) -> Wanted | None:
    """Return the need that words `first` to `last` speak of, None where that is not sure or asks for nothing."""
    clause = clause_at(clauses, first)
    if clause is None or heard.facet_shares(first, last)[FACETS.index(facet)] < LEAST_SURE:
        return None
    topics = heard.topics_of(facet, first, last)
    stance = max(STANCES, key=lambda name: heard.stance_share(name, first, last))
    is_avoided = stance == "avoid" and not CONDITION_TOPICS & set(topics)
    is_denied = clause.is_idle and any(word.folded in _DENIALS for word in words[clause.first : last])
    is_denied = is_denied or (
        facet == "access"
        and any(first <= at <= last and words[at - 1].folded in _NO for at in clause.negations)
    )
    if is_denied and not (is_avoided and facet == "site"):
        return None  # "neither a port nor a siding is needed", "NO PORT", "it does not have to be a big city"
    if is_avoided and facet not in AVOIDABLE:
        return None
    last = min(last, clause.last)
    while first < last - 1 and words[first].folded in _EMPTY:
        first += 1
    while first < last - 1 and words[last - 1].folded in _LEADS:
        last -= 1
    if not any(_says_something(word) for word in words[first:last]):
        return None
    entry = bare(facet, topics, clause, first, last)
    is_wish = stance == "wish" or (clause.is_idle and not is_avoided)
    return replace(entry, stance="wish" if is_wish else "plain", is_avoided=is_avoided)


def _says_something(word: Word) -> bool:
    return word.folded.isalpha() and len(word.folded) >= LEAST_LETTERS and word.folded not in _EMPTY


def _is_known(entry: Wanted, found: Sequence[Wanted]) -> bool:
    """Tell whether a need found by cues shares a word and the facet with another, or most of its words."""

    def n_shared(other: Wanted) -> int:
        return min(other.last, entry.last) - max(other.first, entry.first)

    return any(
        n_shared(other) > 0 and (other.facet == entry.facet or 2 * n_shared(other) > entry.last - entry.first)
        for other in found
        if not (entry.facet in BEARERS and other.facet == "distance" and other.place is None)
    )


def _judged(heard: Heard, words: Sequence[Word], entry: Wanted) -> Wanted | None:
    """Return a need found by cues as the tagger hears it, None where it hears none; what names a place or is sought stays."""
    ranges = ((entry.first, entry.last), *entry.elsewhere)
    is_heard = any(heard.need_share(first, last) >= DROP_SHARE for first, last in ranges)
    if not is_heard and entry.place is None and not _is_sought(words, entry):
        return None
    is_refused = heard.stance_share("avoid", entry.first, entry.last) >= AVOID_SHARE
    if not is_refused or entry.is_avoided or entry.quantity is not None:
        return entry
    if entry.facet in AVOIDABLE and not CONDITION_TOPICS & set(entry.topics):
        return replace(entry, is_avoided=True)
    return None if entry.facet in REFUSED else entry
