"""Gives a limit in minutes or kilometres that names nothing itself to the need it bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matcher.activity import activities_in
from matcher.brief import Facet
from matcher.clauses import Clause
from matcher.compass import mentions
from matcher.lexicon import cues
from matcher.named_places import HOME_STEMS, LIVING, PEOPLE, is_where_home_is, within
from matcher.numbers import read_number
from matcher.quantities import Quantity
from matcher.queries import clean_query
from matcher.stances import firmer
from matcher.tokens import Word, small_words, words_of
from matcher.wanted import Wanted

BEARERS: frozenset[Facet] = frozenset(
    {"access", "utilities", "research", "cluster", "talent", "partners", "agglomeration"}
)
"""What lies somewhere, so that it can be ten minutes away."""
_KEPT_AWAY = ("industrial_zoning",)
_COVERED = frozenset({"short", "small", "little", "walking", "driving", "cycling", "commuting", "easy"})
BEARING_TOPICS = frozenset({"chemical_park", "technology_park", "incubator", "retain_staff"})
"""Topics of sites and of the labour market that lie somewhere too: a park, or where today's staff live."""

NOWHERE_SHARE = 0.1
"""Share of its worth that a way to no known place keeps: a note for the reader. Chosen; checked on the
graded briefs of the part fit."""
_COMMUTE = ("pendel", "commut")
TOLD_SHARE = 0.5
"""Share of its worth that a place keeps where a brief only tells that people sit there. Chosen; checked on the graded briefs
of the part fit."""

_WORKS = re.compile(
    r"(werke?s?|erei|ereien|huette|schmiede|fabrik|fabriken|hersteller|lieferanten?|zulieferer|muehle|raffinerie"
    r"|mills?|works|(?<!work)shop|forge|foundry|foundries|factory|factories|plants?|suppliers?|refinery|smelter)$"
)
"""How a works is called that delivers or buys, whatever it makes."""
_NO_WORKS = ("umspannwerk", "netzwerk", "stockwerk", "handwerk", "stellwerk", "bauwerk", "networks")
"""Words that end like a works and name none that delivers."""
_OWN = (
    small_words("place")
    | small_words("space")
    | small_words("staff")
    | small_words("anywhere")
    | {"hof", "yard"}
)
_OURS = small_words("ours") | small_words("home")
OURS_REACH = 2
"""Words before a works within which "our" or "present" makes it the company's own; chosen by judgement."""
_CONSEQUENCES = frozenset({"dass", "that", "damit"})
"""A clause that one of these opens takes up what the clause before it names."""
MOST_LISTED_WORDS = 4
"""Most words of one more works in a list: "the mill, a large foundry and ..."; chosen by judgement."""
_AROUND = frozenset({"um", "around", "round", "einem", "einer"})
BEHIND_REACH = 6
"""Most words from a limit to the works it is measured from: "of a large integrated steel mill". Chosen."""
_ALL = small_words("taken_up")
"""Words by which a limit speaks of what was named before: "none of them more than 5 km away"."""

_REACH_WORDS = (
    small_words("radius")
    | small_words("reach")
    | small_words("anywhere")
    | small_words("relocation")
    | small_words("home")
    | small_words("pointer")
    | {"ort", "new", "neue", "neuen", "neuer", "neues"}
)
_FILLING = (
    _REACH_WORDS
    | small_words("link")
    | small_words("lead")
    | small_words("finite")
    | small_words("modal")
    | small_words("state")
    | small_words("limit")
    | small_words("beyond")
    | small_words("not")
    | small_words("label_fill")
    | {"mehr", "more", "than", "maximum", "hoechstens", "within", "innerhalb", "binnen", "less", "weniger"}
)
_OR = frozenset({"or", "oder", "a", "an", "ein", "eine", "einen", "einem", "einer"})
_STAFF = small_words("staff")
_COMING = LIVING | small_words("comer")
_WHO_LIVE = frozenset({"workers", "retain_staff"})
_POINTERS = small_words("pointer")


def with_limits(
    text: str, words: Sequence[Word], clauses: Sequence[Clause], wanted: Sequence[Wanted]
) -> tuple[Wanted, ...]:
    """Return the entries without limits that stand alone: each bounds the need nearest to it, or nothing.

    "A substation, at most 3 km away" is one need with a reach. A limit with a place, a part of the region
    or a noun of its own ("20 minutes from our present works") stays a need, and so does one that is set
    for the sake of the staff: the way from where its sentence says that they live. What is excluded beyond a limit is asked for within it: "we exclude sites
    more than an hour from Kassel".
    """
    wanted = tuple(_named_kind(words, entry) for entry in wanted)
    excluding = {entry.clause.sentence for entry in wanted if _excludes(words, clauses, entry)}
    entries = [
        replace(within(entry), stance="must") if _excludes(words, clauses, entry) else entry
        for entry in wanted
        if not (entry.clause.sentence in excluding and _is_any_plot(entry))
    ]
    for limit in [entry for entry in entries if _may_speak_of_works(entry)]:
        is_open = not mentions(words[limit.first : limit.last])
        if is_open and (works := _works(words, clauses, limit)) is not None:
            others = [entry for entry in entries if entry is not limit and not _lies_in(entry, works)]
            entries = [*others, works]
    entries = _with_homes(words, entries)
    for bare in [e for e in entries if _is_bare(text, words, e) or _is_of_bearer(words, e, entries)]:
        bearer = _bearer(words, clauses, entries, bare)
        if bearer is None and _is_of_staff(words, clauses, bare):
            if (home := _where_staff_are(words, entries, bare)) is not None:
                entries = [entry for entry in entries if entry not in (home, bare)]
                entries.append(_limited(home, bare))
            continue
        entries.remove(bare)
        if bearer is not None and bare.quantity is not None and bare.quantity.unit != "m":
            for index in _either(words, entries, entries.index(bearer)):
                entries[index] = _bounded(entries[index], bare, bare.quantity)
    return tuple(entries)


def _named_kind(words: Sequence[Word], entry: Wanted) -> Wanted:
    """Return a way without a place as a need for the kind of thing that it leads to.

    "A short distance to our tanks in a neighbouring chemical park" asks for a chemical park.
    """
    if entry.facet != "distance" or entry.place is not None or entry.quantity is not None:
        return entry
    inside = words[entry.first : entry.last]
    if mentions(inside):
        return entry
    for hit in cues(entry.language).longest_hits(inside):
        facet, topic = hit.payload.facet, hit.payload.topic
        if topic in BEARING_TOPICS or (facet in ("access", "research") and topic):
            return replace(entry, facet=facet or entry.facet, topics=(topic,))
    return replace(entry, facet="site", topics=_KEPT_AWAY) if _is_kept_away(words, entry) else entry


def _is_kept_away(words: Sequence[Word], entry: Wanted) -> bool:
    """Tell whether a distance is kept from neighbours, not covered: "distance from foundries"."""
    before = words[entry.cue_first - 1].folded if entry.cue_first > entry.clause.first else ""
    opening = tuple(word.folded for word in words[entry.cue_first : entry.cue_first + 2])
    inside = {word.folded for word in words[entry.first : entry.last]}
    return opening == ("distance", "from") and before not in _COVERED and not inside & _OURS


def is_reach_of_study(words: Sequence[Word], entry: Wanted, entries: Iterable[Wanted]) -> bool:
    """Tell whether an entry only says that universities are to lie within commuting distance: they serve that far.

    Such words name no place and no figure, and a need for talent or research stands in the same sentence.
    """
    is_bare = entry.place is None and entry.quantity is None
    is_way = entry.facet == "distance" or entry.topics == ("retain_staff",)
    commutes = any(word.folded.startswith(_COMMUTE) for word in words[entry.first : entry.last])
    return (
        is_bare
        and is_way
        and commutes
        and any(
            other.facet in ("talent", "research") and other.clause.sentence == entry.clause.sentence
            for other in entries
        )
    )


def share_of_way(words: Sequence[Word], entry: Wanted) -> float:
    """Return the share of a need's worth that a distance keeps: 1 where a brief asks for a known place.

    Where a brief only tells that owners, staff, customers or the present premises are in a place, it is a hint; where
    none is known, nothing can be measured, and only what it should lie next to can be looked for. That today's
    staff should not have far to go is a way to where they are now.
    """
    if entry.topics == ("retain_staff",) and entry.place is None:
        return NOWHERE_SHARE
    if entry.facet != "distance":
        return 1.0
    inside = words[entry.first : entry.last]
    if entry.place is None and not mentions(inside):
        return 1.0 if activities_in(inside) else NOWHERE_SHARE
    if entry.quantity is not None:
        return 1.0
    if is_where_home_is(words, entry.clause, entry.cue_first):
        return TOLD_SHARE
    clause = {word.folded for word in words[entry.clause.first : entry.clause.last]}
    return TOLD_SHARE if not entry.is_asked and (clause & PEOPLE or entry.clause.is_reason) else 1.0


def _excludes(words: Sequence[Word], clauses: Sequence[Clause], entry: Wanted) -> bool:
    """Tell whether the sentence excludes what lies beyond the entry's limit."""
    limit = entry.quantity
    if limit is None or limit.unit not in ("min", "km") or limit.comparison != "at_least":
        return False
    inside = range(entry.clause.first, entry.clause.last)
    at = next((i for i in inside if words[i].end > limit.span[0]), entry.clause.last)
    return any(negation <= at for negation in entry.clause.negations) or any(
        clause.is_avoided for clause in clauses if clause.sentence == entry.clause.sentence
    )


def _is_any_plot(entry: Wanted) -> bool:
    """Tell whether an unwelcome site is only the word for what is excluded: "sites more than 20 km from ..."."""
    return entry.facet == "site" and entry.is_avoided and set(entry.topics) <= {"land"} and not entry.quantity


def _is_bare(text: str, words: Sequence[Word], entry: Wanted) -> bool:
    """Tell whether a distance says only how far, not from what."""
    if entry.facet != "distance" or entry.place is not None:
        return False
    inside = words[entry.first : entry.last]
    named = {word.folded for word in words_of(clean_query(words, text, entry))} - _REACH_WORDS
    return all(_is_number(name) for name in named) and not mentions(inside)


def _is_of_bearer(words: Sequence[Word], entry: Wanted, entries: Iterable[Wanted]) -> bool:
    """Tell whether a distance to no place only says how far another need may be: "steel mills nearby, 30 km at most"."""
    if entry.facet != "distance" or entry.place is not None or mentions(words[entry.first : entry.last]):
        return False
    return any(
        one.clause is entry.clause
        and one.facet in BEARERS - {"agglomeration"}
        and not one.is_avoided
        and min(one.last, entry.last) > max(one.first, entry.first)
        for one in entries
    )


def _is_number(word: str) -> bool:
    number = read_number(word, 0)
    return number is not None and number.end == len(word)


def _is_of_staff(words: Sequence[Word], clauses: Sequence[Clause], bare: Wanted) -> bool:
    """Tell whether the sentence speaks of the staff: then the way from today's premises is meant."""
    return any(
        word.folded in _STAFF
        for clause in clauses
        if clause.sentence == bare.clause.sentence
        for word in words[clause.first : clause.last]
    )


def _with_homes(words: Sequence[Word], entries: Sequence[Wanted]) -> list[Wanted]:
    """Return the entries without those on staff that only say where they live, or how far they may have to go.

    "Our staff live in the east", "staff in the west should drive half an hour at most" wish for a place near them,
    not for a labour market; the limit is one on the way from there.
    """
    kept = list(entries)
    for staff in entries:
        if staff.facet != "labour_market" or not set(staff.topics) <= _WHO_LIVE:
            continue
        is_limited = staff.quantity is not None and staff.quantity.kind in ("time", "distance")
        clause = {word.folded for word in words[staff.clause.first : staff.clause.last]}
        home = _where_staff_are(words, [e for e in kept if is_limited or e.clause is staff.clause], staff)
        if home is None or not (is_limited or (clause & _COMING and staff.quantity is None)):
            continue
        kept = [entry for entry in kept if entry not in (staff, home)]
        kept.append(_limited(home, staff) if is_limited else home)
    return kept


def _limited(home: Wanted, limit: Wanted) -> Wanted:
    """Return the way from where staff live with the limit set for it, as firm as that."""
    return replace(home, quantity=limit.quantity, stance=limit.stance, is_soft=limit.is_soft)


def _where_staff_are(words: Sequence[Word], entries: Sequence[Wanted], bare: Wanted) -> Wanted | None:
    """Return the place or part of the region from which a sentence says that its staff come, None without one."""
    return next(
        (
            entry
            for entry in entries
            if entry.facet == "distance"
            and entry.clause.sentence == bare.clause.sentence
            and entry.quantity is None
            and (entry.place is not None or mentions(words[entry.first : entry.last]))
        ),
        None,
    )


def _bearer(
    words: Sequence[Word], clauses: Sequence[Clause], entries: Sequence[Wanted], bare: Wanted
) -> Wanted | None:
    """Return the entry that a limit bounds.

    The nearest of its clause or, behind "minutes to", of its sentence; else the last one before it in
    its sentence, or in the sentence before where the limit opens its own. In a sentence about the staff
    only their staying can be meant.
    """
    is_of_staff = _is_of_staff(words, clauses, bare)
    opens = not any(
        clause.sentence == bare.clause.sentence and clause.first < bare.clause.first for clause in clauses
    )
    opens = opens and not _has_own_noun(words, bare)
    looks_ahead = any(word.folded in _POINTERS for word in words[bare.last - 1 : bare.last + 1])

    def can_bear(entry: Wanted) -> bool:
        is_near = 0 <= bare.clause.sentence - entry.clause.sentence <= int(opens)
        is_ahead = entry.first > bare.first and entry.clause is not bare.clause and not looks_ahead
        if entry.is_avoided or is_ahead or not is_near:
            return False
        if is_of_staff:
            return "retain_staff" in entry.topics
        return entry.facet in BEARERS or bool(BEARING_TOPICS & set(entry.topics))

    return min(
        filter(can_bear, entries),
        key=lambda entry: (
            bare.clause.sentence - entry.clause.sentence,
            entry.clause is not bare.clause,
            max(entry.first - bare.last, bare.first - entry.last, 0),
            entry.first,
        ),
        default=None,
    )


def _has_own_noun(words: Sequence[Word], bare: Wanted) -> bool:
    """Tell whether the clause of a limit says before it what it bounds.

    It does not where only words of reach, verbs and small words stand there, or where it takes up what was
    named before: "none of them", "each house".
    """
    before = {word.folded for word in words[bare.clause.first : bare.first]}
    return not before & _ALL and not all(word in _FILLING or _is_number(word) for word in before)


def _works(words: Sequence[Word], clauses: Sequence[Clause], limit: Wanted) -> Wanted | None:
    """Return the need for the works near by that a limit speaks of, None where it names none.

    Behind the limit, "within 9 km of a strip mill", or before it, also in the clause that "so that" takes up
    and with what is listed beside it: "the mill and the foundry must be so near that we drive 9 km at most".
    """
    if not limit.is_asked or limit.quantity is None:
        return None
    works = replace(limit, facet="cluster", topics=("suppliers",))
    behind = _works_behind(words, limit)
    if behind is not None:
        return replace(works, last=max(limit.last, behind + 1), cue_first=behind)
    named = _works_in(words, limit.clause.first, limit.first) or _works_in(words, limit.first, limit.last)
    first = limit.clause.first
    takes_up = words[first].folded in _CONSEQUENCES
    for clause in reversed([c for c in clauses if c.sentence == limit.clause.sentence and c.last <= first]):
        others = _works_in(words, clause.first, clause.last)
        is_list = clause.last - clause.first <= MOST_LISTED_WORDS and first - clause.last <= 1
        if not others or clause.is_idle or clause.is_avoided or not (takes_up if not named else is_list):
            break
        named, first = [*others, *named], clause.first
    if not named:
        return None
    last = max(limit.last, named[-1] + 1)
    return replace(works, first=min(first, limit.first), last=last, cue_first=named[0])


def _may_speak_of_works(entry: Wanted) -> bool:
    """Tell whether an entry is a limit to no known place, or one that bounds suppliers."""
    return entry.place is None and (
        entry.facet == "distance" or (entry.topics == ("suppliers",) and entry.quantity is not None)
    )


def _lies_in(entry: Wanted, works: Wanted) -> bool:
    """Tell whether an entry only names one of the works that a limit speaks of."""
    return entry.facet == "cluster" and works.first <= entry.cue_first and entry.last <= works.last


def _works_behind(words: Sequence[Word], limit: Wanted) -> int | None:
    """Return the word for a works that a limit is measured from: "within 9 km of a strip mill"."""
    if limit.quantity is None:
        return None
    end = limit.quantity.span[1]
    begin = next(
        (i for i in range(limit.first, limit.clause.last) if words[i].start >= end), limit.clause.last
    )
    if begin == limit.clause.last or words[begin].folded not in _POINTERS | _AROUND:
        return None
    found = _works_in(words, begin, min(limit.clause.last, begin + BEHIND_REACH))
    return found[0] if found else None


def _works_in(words: Sequence[Word], first: int, last: int) -> list[int]:
    """Return the words that name a works of others: not the company's own, present or parent works."""
    return [
        index
        for index in range(first, last)
        if _WORKS.search(words[index].folded)
        and not words[index].folded.endswith(_NO_WORKS)
        and words[index].folded not in _OWN
        and not words[index].folded.startswith(HOME_STEMS)
        and not any(word.folded in _OURS for word in words[max(first, index - OURS_REACH) : index])
    ]


def _either(words: Sequence[Word], entries: Sequence[Wanted], bearer: int) -> list[int]:
    """Return the entry with those of its facet that "or" joins to it: "a port or a siding within 5 km"."""
    joined = [bearer]
    for index, entry in enumerate(entries):
        if index == bearer or entry.facet != entries[bearer].facet:
            continue
        before, after = sorted((entry, entries[bearer]), key=lambda one: one.first)
        between = range(before.last, after.first)
        if between and all(words[place].folded in _OR for place in between):
            joined.append(index)
    return joined


def _bounded(entry: Wanted, bare: Wanted, limit: Quantity) -> Wanted:
    """Return the entry with the limit, as firm as the firmer of the two; another figure of its own stays.

    A place that it named is where a way from it leads ("a port with ships to Rotterdam, at most 10 km
    away"), not what the limit is measured to.
    """
    return replace(
        entry,
        quantity=entry.quantity or limit,
        place=None if entry.quantity is None else entry.place,
        stance=firmer(entry.stance, bare.stance),
        has_emphasis=entry.has_emphasis or bare.has_emphasis,
    )
