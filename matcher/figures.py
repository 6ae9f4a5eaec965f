"""Gives each figure of a brief to the need it belongs to, or makes it a need of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from matcher.brief import Facet
from matcher.clauses import Clause, clause_at
from matcher.comparisons import Comparison
from matcher.quantities import Quantity
from matcher.tokens import Word, small_words
from matcher.wanted import SPACE_TOPICS, Wanted

FACETS_OF_KIND: dict[str, tuple[Facet, ...]] = {
    "area": ("site",),
    "building_area": ("site",),
    "power": ("utilities",),
    "voltage": ("utilities",),
    "data_rate": ("utilities",),
    "jobs": ("labour_market", "talent", "site"),
    "distance": (
        "distance",
        "access",
        "cluster",
        "research",
        "labour_market",
        "partners",
        "talent",
        "site",
        "agglomeration",
    ),
    "time": ("distance", "access", "cluster", "research", "labour_market", "partners", "talent"),
    "price": ("cost",),
    "percentage": ("cost",),
    "money": ("cost",),
    "people": ("agglomeration", "talent"),
}
"""Which needs a figure can bound, the likeliest first. Dates, durations and masses bound none."""

LONGEST_TRIP_MIN = 240
"""A longer time is a shift or an opening hour, not a journey; chosen by judgement."""

HIGHEST_RENT_EUR = 40
"""A price per m² above it is one of land, up to it a monthly rent; chosen by judgement."""

AT_LEAST_KINDS = frozenset({"area", "building_area", "power", "voltage", "data_rate", "jobs", "people"})
"""More of these than asked for still serves; of distance, time and price less does."""

LEAST_CATCHMENT = 100_000
"""From this number on people are inhabitants, not staff; no firm of a brief employs as many. Chosen."""
PART_REACH = 2
"""Words before an area among which "davon" or "of which" makes it a part; chosen by judgement."""
_PART = small_words("part_word")
_OF_IT = frozenset({("of", "it"), ("of", "which"), ("of", "them")})
_ON = frozenset({"auf", "on"})
_FLOORS = SPACE_TOPICS - {"land"}
"""Topics of a building: the hectares it stands on are those of the land."""
GROWTH_REACH = 3
"""Words around an area among which "later", "another" or "option" makes it a later stage; chosen by judgement."""
_LATER = small_words("later")
_GROWTH = _LATER | small_words("growth")
_EVERY = small_words("every")
_PER = small_words("per")
_PERIODS = small_words("period")
_INTERVALS = frozenset({"takt", "interval", "intervals", "abstaenden"})
_OUTPUT = small_words("output")
_DENIALS = small_words("no") | small_words("not") | {"nichts", "nothing"}
_BEFORE_DENIAL = small_words("copula") | {"do", "does", "will", "can", "darf", "duerfen", "kann", "koennen"}
_PASSED = small_words("passed")
"""Words with which a figure is passed: what a "no" before them denies is wanted the other way round."""
DENIAL_REACH = 4
"""Most words between the "no" and such a figure: "no rent of clearly more than 7 euros". Chosen."""
_NOW = small_words("held_now")
_HAVE = frozenset(
    {
        *("haben", "hat", "nutzen", "nutzt", "belegen", "belegt"),
        *("have", "has", "use", "uses", "occupy", "occupies"),
    }
)
_NO_LOAD = frozenset({"fibre", "water"})
"""Supplies that no figure of power bounds."""
_NO_SIZE = frozenset({"industrial_zoning", "expansion", "shift_work"})


def with_figures(
    words: Sequence[Word],
    clauses: Sequence[Clause],
    wanted: Sequence[Wanted],
    quantities: Sequence[Quantity],
) -> tuple[Wanted, ...]:
    """Return the entries with their figures, in order of the words, with entries for figures alone."""
    by_sentence: dict[int, list[Wanted]] = {}
    for entry in wanted:
        by_sentence.setdefault(entry.clause.sentence, []).append(entry)
    starts = [word.start for word in words]
    placed = [(bisect_left(starts, q.span[0]), bisect_left(starts, q.span[1]), q) for q in quantities]
    rivals = {
        kind: [first for first, _, quantity in placed if _dimension(quantity) == kind]
        for kind in ("area", "jobs")
    }
    denied = set()
    for first, last, quantity in placed:
        clause = clause_at(clauses, first)
        if clause is None or not _is_read(words, clause, first, last, quantity):
            continue
        if _is_denied(words, clause, first, last, quantity):
            quantity = _other_way_round(quantity)
            denied.add(quantity)
        alike = rivals.get(_dimension(quantity), [])
        inside = alike[bisect_left(alike, clause.first) : bisect_left(alike, clause.last)]
        by_sentence[clause.sentence] = _given(
            words, by_sentence.get(clause.sentence, []), clause, first, last, quantity, inside
        )
    entries = [
        replace(entry, is_avoided=False) if entry.quantity in denied else entry
        for found in by_sentence.values()
        for entry in found
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.last, entry.facet)))


def _is_denied(words: Sequence[Word], clause: Clause, first: int, last: int, quantity: Quantity) -> bool:
    """Tell whether what lies beyond a figure, words `first` to `last`, is denied: "no plots below 2 ha", "below 2 ha is not enough"."""
    said = {word.folded for word in words[first:last]}
    if quantity.comparison not in ("at_least", "at_most") or not _PASSED & said or _DENIALS & said:
        return False
    before = [word.folded for word in words[max(clause.first, first - DENIAL_REACH) : first]]
    is_denied_ahead = bool(_DENIALS & {*before}) and not any(word[0].isdigit() for word in before)
    return clause.is_avoided or is_denied_ahead or _is_denied_behind(words, clause, last)


def _is_denied_behind(words: Sequence[Word], clause: Clause, last: int) -> bool:
    """Tell whether a "not" behind a figure ends its clause or follows its verb: not as in "more than 5 ha not by a road"."""
    return any(
        words[index].folded in _DENIALS
        and (index == clause.last - 1 or words[index - 1].folded in _BEFORE_DENIAL)
        for index in range(last, clause.last)
    )


def _other_way_round(quantity: Quantity) -> Quantity:
    """Return a figure with its least value as the most that is allowed, or the other way round."""
    comparison: Comparison = "at_most" if quantity.comparison == "at_least" else "at_least"
    return replace(quantity, minimum=quantity.maximum, maximum=quantity.minimum, comparison=comparison)


def _is_read(words: Sequence[Word], clause: Clause, first: int, last: int, quantity: Quantity) -> bool:
    """Tell whether a figure can bound a need: not an opening hour, an output or the company's own size."""
    if quantity.kind not in FACETS_OF_KIND or clause.is_idle or first >= clause.after_versus:
        return False
    if _dimension(quantity) == "area" and (clause.is_leaving or _is_held(words, clause)):
        return False
    before, behind = words[max(0, first - 1)].folded, tuple(word.folded for word in words[last : last + 2])
    if quantity.kind == "time":
        ahead = {word.folded for word in words[max(0, first - 2) : first]}
        is_interval = before in _EVERY or bool(_INTERVALS & {*behind[:1], *ahead})
        return quantity.value <= LONGEST_TRIP_MIN and not is_interval
    if quantity.kind == "jobs":
        is_rate = len(behind) == 2 and behind[0] in _PER and behind[1] in _PERIODS
        return first >= clause.request_from and not is_rate
    return not (quantity.kind == "power" and last < len(words) and words[last].folded in _OUTPUT)


def _is_held(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether a clause says what the company has today: "we have 2 ha now"."""
    inside = {word.folded for word in words[clause.first : clause.last]}
    return bool(_NOW & inside and _HAVE & inside) and clause.request_from == clause.last


def _given(
    words: Sequence[Word],
    entries: list[Wanted],
    clause: Clause,
    first: int,
    last: int,
    quantity: Quantity,
    alike: Sequence[int],
) -> list[Wanted]:
    """Return the entries of a sentence after one figure, words `first` to `last`, found its place."""
    if _dimension(quantity) == "area" and _is_part(words, entries, clause, first, last):
        return _with_part(entries, clause, first, quantity)
    if quantity.kind == "jobs" and quantity.value >= LEAST_CATCHMENT:
        return _with_catchment(entries, clause, first, last)
    same = _stage(entries, clause, quantity)
    if _dimension(quantity) == "area":
        growth = _growth(words, entries, clause, first, last, same)
        if growth is not None:
            return _taken(entries, growth, clause, first, last)
        same = None
    elif same is not None and _LATER & {words[max(0, first - 1)].folded, words[first].folded}:
        taken = _taken(entries, same, clause, first, last)
        return [e for e in taken if not (e.clause is clause and e.is_weak and e.quantity is None)]
    rivals = [place for place in alike if place != first and words[max(0, place - 1)].folded not in _ON]
    owner = _owner(words, entries, clause, first, FACETS_OF_KIND[quantity.kind], quantity, rivals)
    if owner is not None:
        entries[owner] = replace(entries[owner], quantity=quantity)
        return _taken(entries, owner, clause, first, last)
    if same is not None:
        taken = _taken(entries, same, clause, first, last)
        return [e for e in taken if not (e.clause is clause and e.topics == ("expansion",))]
    if (alone := _alone(clause, first, last, quantity)) is not None:
        return [*(_moved_behind(entry, clause, last) for entry in entries), alone]
    return entries


def _owner(
    words: Sequence[Word],
    entries: Sequence[Wanted],
    clause: Clause,
    first: int,
    facets: Sequence[Facet],
    quantity: Quantity,
    rivals: Sequence[int],
) -> int | None:
    """Return the index of the entry that the figure bounds: in its clause, or right before it.

    `rivals` are the words where other areas, or counts of people, of the clause stand: the nearest one bounds a
    need. A count of people gives way to an area.
    """
    in_metres = quantity.unit == "m"
    is_ground = quantity.unit == "ha" and words[max(0, first - 1)].folded in _ON
    open_ones = [
        index
        for index, entry in enumerate(entries)
        if (entry.quantity is None or (entry.quantity.kind == "jobs" and _dimension(quantity) == "area"))
        and entry.facet in facets
        and (not in_metres or "industrial_zoning" in entry.topics)
        and not (quantity.kind == "power" and entry.topics and set(entry.topics) <= _NO_LOAD)
        and (in_metres or entry.facet != "site" or quantity.kind != "distance")
        and not (entry.facet == "site" and set(entry.topics) <= _NO_SIZE and quantity.kind != "distance")
        and not (is_ground and entry.topics and set(entry.topics) <= _FLOORS)
    ]
    here = [
        i
        for i in open_ones
        if entries[i].clause is clause
        and not (
            (entries[i].facet == "site" or quantity.kind == "jobs")
            and any(abs(rival - entries[i].cue_first) < abs(first - entries[i].cue_first) for rival in rivals)
        )
    ]
    beside = [
        i
        for i in open_ones
        if quantity.kind in AT_LEAST_KINDS
        and quantity.kind != "jobs"
        and entries[i].clause.sentence == clause.sentence
        and entries[i].last == clause.first
    ]
    for choice in (here, beside):
        if choice:
            return min(
                choice, key=lambda i: (facets.index(entries[i].facet), abs(entries[i].cue_first - first), i)
            )
    return None


def _is_part(words: Sequence[Word], entries: Sequence[Wanted], clause: Clause, first: int, last: int) -> bool:
    """Tell whether an area is a part of the space named before it: "a hall of 8,000 m², 500 m² of it for offices"."""
    is_named = any(entry.facet == "site" and entry.quantity and entry.last <= first for entry in entries)
    before = {word.folded for word in words[max(clause.first, first - PART_REACH) : first]}
    behind = tuple(word.folded for word in words[last : min(clause.last, last + 2)])
    return is_named and (bool(before & _PART) or behind in _OF_IT)


def _with_part(entries: Sequence[Wanted], clause: Clause, first: int, quantity: Quantity) -> list[Wanted]:
    """Return the entries after a part of a space: only a part of a special kind stays a need of its own."""
    kept = []
    for entry in entries:
        if entry.clause is not clause or entry.facet != "site" or entry.quantity or entry.cue_first < first:
            kept.append(entry)
        elif not set(entry.topics) <= SPACE_TOPICS:
            kept.append(replace(entry, first=min(entry.first, first), quantity=quantity))
    return kept


def _with_catchment(entries: list[Wanted], clause: Clause, first: int, last: int) -> list[Wanted]:
    """Return the entries with a wish for a conurbation: so many people live around, nobody employs them."""
    kept = [
        entry
        for entry in entries
        if entry.clause is not clause
        or not (
            entry.facet == "distance"
            or (entry.facet == "labour_market" and entry.cue_first in range(first, last))
        )
    ]
    if any(entry.facet == "agglomeration" for entry in kept):
        return kept
    return [*kept, bare("agglomeration", (), clause, first, last)]


def _stretched(entries: Sequence[Wanted], index: int, clause: Clause, first: int, last: int) -> Wanted:
    """Return the entry stretched to the figure's words, unless another need's cue lies between."""
    entry = entries[index]
    low, high = min(entry.first, first), max(entry.last, last)
    is_crossed = any(
        low <= other.cue_first < high and not entry.first <= other.cue_first < entry.last
        for other in entries
        if other is not entry and not (other.facet == entry.facet and other.is_weak and not other.quantity)
    )
    is_near = clause.first in range(entry.first, entry.last + 2) or entry.clause is clause
    return replace(entry, first=low, last=high) if is_near and not is_crossed else entry


def _taken(entries: Sequence[Wanted], index: int, clause: Clause, first: int, last: int) -> list[Wanted]:
    """Return the entries, one stretched to the figure that it takes and the others of the clause moved behind it."""
    return [
        _stretched(entries, index, clause, first, last) if i == index else _moved_behind(entry, clause, last)
        for i, entry in enumerate(entries)
    ]


def _moved_behind(entry: Wanted, clause: Clause, last: int) -> Wanted:
    """Return the entry without the words up to `last` of a figure before its cue that bounds another need."""
    is_before = entry.clause is clause and entry.first < last <= entry.cue_first
    return replace(entry, first=last) if is_before else entry


def _stage(entries: Sequence[Wanted], clause: Clause, quantity: Quantity) -> int | None:
    """Return the entry of which the figure may be a later stage: "2 MW, later 4 MW", "250, later 400 jobs"."""
    if _dimension(quantity) not in ("power", "jobs", "area"):
        return None
    for index, entry in enumerate(entries):
        if (
            entry.quantity is not None
            and _dimension(entry.quantity) == _dimension(quantity)
            and entry.clause.sentence == clause.sentence
        ):
            return index
    return None


def _dimension(quantity: Quantity) -> str:
    return "area" if quantity.kind == "building_area" else quantity.kind


def _growth(
    words: Sequence[Word], entries: Sequence[Wanted], clause: Clause, first: int, last: int, same: int | None
) -> int | None:
    """Return the entry of which an area is the growth: the wish to expand, else the space itself.

    "4 ha, expandable by another 3 ha" asks for 4 ha and room to grow, "120 m², later 500 m²" for 120 m².
    None where no word of growth stands by, or where the clause names another space.
    """
    near = words[max(clause.first, first - GROWTH_REACH) : min(clause.last, last + GROWTH_REACH)]
    here = [i for i, entry in enumerate(entries) if entry.clause is clause and entry.facet == "site"]
    wishes = [i for i in here if entries[i].topics == ("expansion",)]
    if any(entries[i].quantity is None and i not in wishes for i in here):
        return None
    if wishes:
        return wishes[0] if same is not None else None
    return same if any(word.folded in _GROWTH for word in near) else None


def _alone(clause: Clause, first: int, last: int, quantity: Quantity) -> Wanted | None:
    """Return an entry for a figure that no named need owns, e.g. "20 ha" or "within 25 km"."""
    asked = first >= clause.request_from
    facet: Facet
    topics: tuple[str, ...] = ()
    if _dimension(quantity) == "area":
        facet, topics = "site", ("land",) if quantity.unit == "ha" else ()
    elif quantity.kind == "power" or (quantity.kind == "voltage" and asked):
        facet, topics = "utilities", ("power",)
    elif quantity.kind in ("distance", "time") and asked and quantity.unit != "m":
        facet = "distance"
    elif quantity.kind == "jobs" and asked:
        facet, topics = "labour_market", ("workers",)
    elif quantity.kind == "price" and asked and quantity.unit == "EUR/m²":
        facet, topics = "cost", ("rent",) if quantity.value <= HIGHEST_RENT_EUR else ("land_price",)
    else:
        return None
    return replace(bare(facet, topics, clause, first, last), quantity=quantity)


def bare(facet: Facet, topics: tuple[str, ...], clause: Clause, first: int, last: int) -> Wanted:
    """Return an entry that no cue names, only words `first` to `last`."""
    return Wanted(
        facet,
        topics,
        first,
        last,
        clause.language,
        clause,
        clause.stance,
        has_emphasis=clause.has_emphasis,
        cue_first=first,
    )


def bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Return the least and the most that a figure means as a need.

    "About 3 ha" asks for at least 3 ha, "about 20 minutes" for at most 20 minutes.
    """
    if quantity.comparison in ("exactly", "about"):
        value = quantity.value
        return (value, None) if quantity.kind in AT_LEAST_KINDS else (None, value)
    return quantity.minimum, quantity.maximum
