"""Makes one need of what a brief says several times: repeated, abbreviated, or as a part of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.brief import Facet
from matcher.quantities import Quantity
from matcher.stances import firmer
from matcher.tokens import small_words
from matcher.wanted import (
    CONDITION_TOPICS,
    MOST_TO_EITHER,
    MOST_WORDS_OF_A_PART,
    SPACE_TOPICS,
    STEM,
    Wanted,
)

_SPACE_STEMS = frozenset(word[:STEM] for word in small_words("space"))
_READY_STEMS = frozenset(word[:STEM] for word in small_words("ready"))

SPECIFIC_FACETS: frozenset[Facet] = frozenset(
    {"access", "utilities", "talent", "cost", "research", "quality_of_life"}
)
"""Facets whose topics are so fine that the same topic is the same need."""
MOST_WORDS_OF_A_SHORT_FORM = 2
"""Words of an abbreviation behind the condition that it stands for: "industrial zone (GI)"."""
SINGLE_TOPICS = frozenset({"chemical_park", "technology_park", "incubator", "data_centre"})
"""Sites so special that a brief that speaks of them twice means one."""
MOST_SENTENCES_APART = 2
"""Sentences between two mentions of one space; chosen by judgement."""
_SPACES = SPACE_TOPICS | {"existing_building"}
_OF_A_CONNECTION = frozenset({"voltage", "power"})
SPACE_KINDS = frozenset({"area", "building_area"})
BUILDING_TOPICS = frozenset({"hall", "warehouse", "existing_building"})
"""A hall and what it should have: "a hall of 8,000 m², 12 m clear height, ten docks"."""
STAFF_REACH = 3
"""Words between a number of jobs and those who should fill them, "85 jobs, mainly operators"; chosen by judgement."""


def merged(found: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Return each need once, in order of the words: what is said twice is one need, heavier."""
    joined = _without_dates(_without_contained(_without_contradicted(_joined(_without_pale(found)))))
    return tuple(sorted(joined, key=lambda entry: (entry.first, entry.last, entry.facet, entry.topics)))


def _without_contradicted(found: Sequence[Wanted]) -> list[Wanted]:
    """Drop what is refused in one kind and asked for in another: with an office wanted, "dear offices are out"
    refuses the price."""
    asked = {
        (entry.facet, topic)
        for entry in found
        if not entry.is_avoided and entry.facet == "site"
        for topic in entry.topics
    }
    return [
        entry
        for entry in found
        if not entry.is_avoided
        or not entry.topics
        or any((entry.facet, topic) not in asked for topic in entry.topics)
    ]


def _without_dates(found: Sequence[Wanted]) -> list[Wanted]:
    """Drop a site need that only says by when where the brief names the space itself: "ready by January"."""
    has_space = any(
        entry.facet == "site" and not entry.is_avoided and not entry.cue_stems <= _READY_STEMS
        for entry in found
    )
    return [
        entry
        for entry in found
        if not (has_space and entry.facet == "site" and entry.cue_stems and entry.cue_stems <= _READY_STEMS)
        or entry.quantity is not None
        or entry.is_avoided
    ]


def _without_contained(found: Sequence[Wanted]) -> list[Wanted]:
    """Drop what stands inside another need of its facet with the same figure: "12 ha" in "a plot of 12 ha"."""
    return [
        entry
        for entry in found
        if not any(
            other is not entry
            and other.facet == entry.facet
            and other.is_avoided == entry.is_avoided
            and other.first <= entry.first
            and entry.last <= other.last
            and (other.last - other.first, other.first) != (entry.last - entry.first, entry.first)
            and entry.quantity is not None
            and entry.quantity == other.quantity
            for other in found
        )
    ]


def _without_pale(found: Sequence[Wanted]) -> list[Wanted]:
    """Drop what only a weak cue says where its sentence says the same facet in stronger words.

    Supplies side by side all stay: "Strom, Gas und Wasser".
    """

    def is_pale(entry: Wanted) -> bool:
        return entry.is_weak and entry.quantity is None

    firm = {
        (entry.clause.sentence, entry.facet) for entry in found if not is_pale(entry) and not entry.is_soft
    }
    supplies = [entry for entry in found if entry.facet == "utilities"]
    starts, ends = {entry.first for entry in supplies}, {entry.last for entry in supplies}

    def is_listed(entry: Wanted) -> bool:
        is_beside = bool(starts & {entry.last, entry.last + 1} or ends & {entry.first, entry.first - 1})
        return entry.facet == "utilities" and is_beside

    return [
        entry
        for entry in found
        if not is_pale(entry) or (entry.clause.sentence, entry.facet) not in firm or is_listed(entry)
    ]


def _joined(found: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Join entries that say the same; the one that asks, else has a figure, else comes first gives the words."""
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
        main, other = known, wanted
        if (wanted.is_asked, bool(wanted.quantity)) > (known.is_asked, bool(known.quantity)):
            main, other = wanted, known
        is_next = wanted.first - known.last in (0, 1) and wanted.clause.sentence == known.clause.sentence
        kept[index] = replace(
            main,
            first=known.first if is_next else main.first,
            last=wanted.last if is_next else main.last,
            n_mentions=known.n_mentions + wanted.n_mentions - is_next,
            has_emphasis=known.has_emphasis or wanted.has_emphasis,
            stance=firmer(known.stance, wanted.stance),
            topics=tuple(dict.fromkeys((*known.topics, *wanted.topics))),
            is_soft=known.is_soft and wanted.is_soft,
            is_weak=known.is_weak and wanted.is_weak,
            cue_stems=known.cue_stems | wanted.cue_stems,
            quantity=_of_both(main.quantity, other.quantity),
            place=main.place or other.place,
            elsewhere=(
                *main.elsewhere,
                *other.elsewhere,
                *(() if is_next else ((other.first, other.last),)),
            ),
        )
    return tuple(kept)


def _is_bare(entry: Wanted) -> bool:
    """Tell whether an entry is an area alone, e.g. "5 ha"."""
    return not entry.cue_stems and entry.quantity is not None and entry.quantity.kind in SPACE_KINDS


def _is_main_space(entry: Wanted) -> bool:
    """Tell whether an entry only names the building or plot itself, not how it should be."""
    is_named = bool(entry.cue_stems) and entry.cue_stems <= _SPACE_STEMS
    is_space = set(entry.topics) <= _SPACES
    return entry.facet == "site" and (is_named or _is_bare(entry)) and is_space


def _of_both(main: Quantity | None, other: Quantity | None) -> Quantity | None:
    """Return the figure of two mentions: the first that there is, but of voltage and power the power."""
    is_power = main is not None and other is not None and {main.kind, other.kind} == _OF_A_CONNECTION
    return other if main is None or (is_power and main.kind == "voltage") else main


def _is_contrary(one: Quantity | None, other: Quantity | None) -> bool:
    """Tell whether two figures can not bound one need: "110 kV" and "25 MW" can, "5 MW" and "25 MW" not."""
    if one is None or other is None:
        return False
    return one.minimum != other.minimum and {one.kind, other.kind} != _OF_A_CONNECTION


def _is_said_again(one: Quantity | None, other: Quantity | None) -> bool:
    """Tell whether two figures are one, said twice: "3 ha" and, further down, "our 3 ha"."""
    if one is None or other is None:
        return False
    return (one.kind, one.unit, one.minimum, one.maximum) == (
        other.kind,
        other.unit,
        other.minimum,
        other.maximum,
    )


def _is_same_site(known: Wanted, wanted: Wanted) -> bool:
    """Tell whether two entries of the same topics are one site, of which one at most has a figure.

    They are where one sentence asks for both alike, where the kind is so special that a brief looks for one, and
    where one of them only names the space, close by: "a new head office. 6,500 m² at a prestigious address".
    """
    is_listed = (
        _is_bare(known)
        and set(wanted.topics) <= _SPACES
        and known.clause.sentence == wanted.clause.sentence
        and wanted.first - known.last in range(MOST_TO_EITHER)
    )
    if is_listed and wanted.topics:
        return True
    if not known.topics or set(known.topics) != set(wanted.topics):
        return False
    distance = abs(known.clause.sentence - wanted.clause.sentence)
    if CONDITION_TOPICS & set(known.topics):
        return wanted.first == known.last and wanted.last - wanted.first <= MOST_WORDS_OF_A_SHORT_FORM
    is_alike = distance == 0 and (known.stance == "wish") == (wanted.stance == "wish")
    has_area = any(entry.quantity and entry.quantity.kind in SPACE_KINDS for entry in (known, wanted))
    is_main = any(not entry.quantity and _is_main_space(entry) for entry in (known, wanted))
    is_named = distance <= MOST_SENTENCES_APART and has_area and is_main
    return is_alike or is_named or set(known.topics) <= SINGLE_TOPICS


def _is_same_building(known: Wanted, wanted: Wanted) -> bool:
    """Tell whether two entries of a sentence say what one hall should have, or one its bare size."""
    topics = {*known.topics, *wanted.topics}
    is_part = bool(known.topics and wanted.topics) and topics <= BUILDING_TOPICS
    return is_part or (_is_bare(wanted) and bool(set(known.topics) & set(wanted.topics)))


def _is_same_staff(known: Wanted, wanted: Wanted) -> bool:
    """Tell whether two entries of a sentence speak of the same people: "85 jobs, mainly operators"."""
    is_alike = bool(wanted.topics) and set(wanted.topics) <= set(known.topics)
    is_next = 0 <= wanted.first - known.last <= STAFF_REACH
    return is_alike or (is_next and known.clause.stance == wanted.clause.stance)


def _is_same(known: Wanted, wanted: Wanted) -> bool:
    """Tell whether two entries of one facet, both wanted or both avoided, are the same need."""
    if wanted.place is not None and known.place is not None:
        return wanted.place == known.place
    if _is_contrary(known.quantity, wanted.quantity):
        return False
    if known.topics == wanted.topics and _is_said_again(known.quantity, wanted.quantity):
        return True
    is_same_sentence = known.clause.sentence == wanted.clause.sentence
    is_joined = is_same_sentence and wanted.first - known.last == 1
    if known.facet == "labour_market" and is_joined:
        return True
    has_room = not (known.quantity and wanted.quantity)
    if _is_main_space(known) and _is_main_space(wanted) and has_room:
        is_close = abs(known.clause.sentence - wanted.clause.sentence) <= MOST_SENTENCES_APART
        is_alike = not known.topics or not wanted.topics or bool(set(known.topics) & set(wanted.topics))
        return is_close and (is_alike or "land" in (*known.topics, *wanted.topics))
    if has_room and known.facet == "site" and _is_same_site(known, wanted):
        return True
    if is_same_sentence and has_room and known.facet == "site" and _is_same_building(known, wanted):
        return True
    if is_same_sentence and has_room and known.topics == wanted.topics == ("customers",):
        return True
    if is_same_sentence and has_room and known.facet == "labour_market" and _is_same_staff(known, wanted):
        return True
    is_beside = is_same_sentence and wanted.first - known.last in (0, 1, 2)
    if is_beside and known.facet == "talent" and not wanted.topics:
        return True
    if (
        is_beside
        and wanted.last - wanted.first <= MOST_WORDS_OF_A_PART
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
