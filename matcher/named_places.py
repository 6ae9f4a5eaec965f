"""Gives the places a brief names to the needs they belong to, or makes them needs the reader can remove."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from matcher.brief import Facet
from matcher.clauses import Clause, clause_at
from matcher.gazetteer import PlaceMention
from matcher.tokens import Word, small_words
from matcher.wanted import Wanted, distance_to

_NEAR = small_words("near")
NEAR_REACH = 3
"""Words before a name within which "near" or "to" makes a place outside the region a need."""


def with_places(
    words: Sequence[Word],
    clauses: Sequence[Clause],
    wanted: Sequence[Wanted],
    mentions: Sequence[PlaceMention],
) -> tuple[Wanted, ...]:
    """Return the entries with their places, and entries for places that no need of the clause owns.

    A location of the region becomes a wish of its own; a place outside only where the words say that
    it should be near. Of what a brief tells of the company only the part of the country counts, as a
    wish: it is where staff and customers are. Places it only compares with are left.
    """
    entries = list(wanted)
    starts = [word.start for word in words]
    for mention in mentions:
        if mention.place is None:
            continue
        first, last = bisect_left(starts, mention.span[0]), bisect_left(starts, mention.span[1])
        clause = clause_at(clauses, first)
        if clause is None or clause.is_idle or clause.is_reason or first >= clause.after_versus:
            continue
        owner = _owner(
            entries, clause, ("distance",) if mention.kind == "location" else ("distance", "access")
        )
        if owner is not None:
            entries[owner] = replace(
                entries[owner],
                first=min(first, entries[owner].first),
                last=max(last, entries[owner].last),
                place=mention.place,
            )
        elif first >= clause.request_from and _is_wished(words, clause, mention, first):
            entries = [e for e in entries if not (e.clause is clause and e.is_weak and e.facet == "cluster")]
            is_soft = mention.kind == "location"
            entries.append(distance_to(clause, first, last, NEAR_REACH, place=mention.place, is_soft=is_soft))
        elif mention.kind == "area" and first < clause.request_from:
            entries.append(distance_to(clause, first, last, NEAR_REACH, place=mention.place))
    return tuple(entries)


def _owner(entries: Sequence[Wanted], clause: Clause, facets: Sequence[Facet]) -> int | None:
    """Return the entry of the clause that a place completes, of the first of `facets` that has one."""
    for facet in facets:
        for index, entry in enumerate(entries):
            if entry.facet == facet and entry.clause is clause and entry.place is None:
                return index
    return None


def _is_wished(words: Sequence[Word], clause: Clause, mention: PlaceMention, first: int) -> bool:
    if mention.kind in ("location", "area"):
        return True
    before = words[max(clause.first, first - NEAR_REACH) : first]
    return any(word.folded in _NEAR for word in before)
