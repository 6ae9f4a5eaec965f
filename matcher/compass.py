"""Parts of the region that a brief speaks of: its east, the western conurbation, its middle or north.

A brief asks for them, or tells where staff, customers or the present premises are; either way they say
where the investor would feel at home, the second way as a wish the reader can remove.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from matcher.clauses import Clause, clause_at
from matcher.named_places import start_of_span, told_of_home
from matcher.phrases import Hit, Phrases
from matcher.tokens import Word, small_words, words_of
from matcher.wanted import Wanted, distance_to

Side = Literal["east", "west", "north", "south", "centre"]
SIDES: tuple[Side, ...] = get_args(Side)
Alternatives = tuple[frozenset[Side], ...]
"""Parts any of which will do; each is a side, or two that must hold together (the south-east)."""

_GERMAN: dict[str, Side] = {"ost": "east", "west": "west", "nord": "north", "sued": "south"}
_ADJECTIVES = {"ost": "oestlich", "west": "westlich", "nord": "noerdlich", "sued": "suedlich"}
_EDGE_ENDS = ("rand", "zipfel", "spitze")
_PARTS_OF_COMPOUNDS = (*_EDGE_ENDS, "teil", "haelfte", "seite", "ende", "ecke")
_CENTRE = (
    *("mitte", "mittig", "mittelpunkt", "zentral", "zentralen", "zentraler", "zentrales", "herz", "herzen"),
    *("middle", "centre", "center", "central", "centrally", "heart", "core"),
)
_AREA = (
    *("region", "*region", "gebiet*", "ballungsraum*", "ballungsgebiet*", "siedlungsraum*", "grossraum*"),
    *("revier", "reviers", "metropole ruhr", "ruhrgebiet*", "ruhr", "gegend", "kommunen", "gemeinden"),
    *("staedte", "staedten", "conurbation", "metropolitan area", "agglomeration", "urban area", "area"),
    *("metropolis", "towns", "cities", "municipalities"),
)
"""Words for the region or its towns: "the middle of our four plants" is no part of it."""
_POSITION = (
    *("lage", "teil", "rand", "haelfte", "seite", "position", "location", "part", "section", "half", "edge"),
    *("fringe", "rim", "side"),
)
"""These mean the region even unnamed, unless they are said to be part of something else."""
_WORKFORCE = ("mitarbeiter*", "beschaeftigte*", "belegschaft", "personal", "staff", "employees", "workforce")
"""Staff in the east are in the east of the region; customers or suppliers there may be anywhere."""
_SITUATION = frozenset({"lage", "position", "location"})
"""A central situation is one in the middle of things, not of the region."""
_OF = small_words("part_of")
_NAMED_OF = frozenset({"of", "von"})
_OURS = small_words("ours")
_MIDDLES_OF_TOWNS = frozenset({"centre", "center", "core", "heart"})
_BETWEEN = small_words("side_part") | small_words("link") | small_words("lead") | small_words("join")
REACH = 5
"""Most words between a side and the region: "in the middle and in the east of the urban area"."""
MIDDLE: Alternatives = (frozenset[Side](("centre",)),)
_ADJECTIVE = re.compile(r"(?:lich(?:e|en|em|er|es)|ern)$")
_EDGES = small_words("edge")
_HALVES = small_words("halves")
_EITHER = small_words("alternative")
_DAYLIGHT = small_words("daylight")
_GROWS_BY = small_words("grows_by")
_OPPOSITES: tuple[frozenset[Side], ...] = (
    frozenset[Side](("north", "south")),
    frozenset[Side](("east", "west")),
)
HALVES_REACH = 8
"""Most words between "half" and the sides from which each half comes: "half of our people live in the north"."""


def _side_phrases() -> Phrases[frozenset[Side]]:
    entries: list[tuple[str, frozenset[Side]]] = [(word, frozenset[Side](("centre",))) for word in _CENTRE]
    for german, side in _GERMAN.items():
        one = frozenset[Side]((side,))
        entries += [(f"{german}{ending}", one) for ending in ("", "en", "ens", *_PARTS_OF_COMPOUNDS)]
        entries += [(f"{_ADJECTIVES[german]}*", one)]
        entries += [(word, one) for word in (side, f"{side}ern", f"{side}wards")]
    for upright in ("nord", "sued"):
        for across in ("ost", "west"):
            both = frozenset[Side]((_GERMAN[upright], _GERMAN[across]))
            english = f"{_GERMAN[upright]}{_GERMAN[across]}"
            entries += [(f"{upright}{ending}", both) for ending in (across, f"{across}en", f"{across}ens")]
            entries += [(f"{upright}{_ADJECTIVES[across]}*", both)]
            entries += [(word, both) for word in (english, f"{english}ern")]
    return Phrases(entries)


_SIDES = _side_phrases()
Anchor = Literal["area", "position", "people"]
"""What beside a side makes it one of the region: its name, a position, or people who come to work from there."""
_AREAS: Phrases[Anchor] = Phrases(
    (
        *((word, "area") for word in _AREA),
        *((word, "position") for word in _POSITION),
        *((word, "people") for word in _WORKFORCE),
    )
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` up to `last` speak of parts of the region."""

    first: int
    last: int
    alternatives: Alternatives


def parts_in(text: str) -> Alternatives:
    """Return the parts of the region that the words of a need name; empty when they name none."""
    return tuple(part for mention in mentions(words_of(text)) for part in mention.alternatives)


def names_edge(text: str) -> bool:
    """Tell whether a part of the region that the words of a need name is its outermost: the rim, the far south."""
    words = words_of(text)
    return any(
        word.folded.endswith(_EDGE_ENDS) or word.folded in _EDGES
        for mention in mentions(words)
        if mention.alternatives != MIDDLE
        for word in words[mention.first : mention.last]
    )


def mentions(words: Sequence[Word]) -> tuple[Mention, ...]:
    """Return where words name parts of the region, in order; a side without an area beside it is none.

    Who comes in halves from opposite sides is met in the middle.
    """
    found: list[Mention] = []
    for mention in _named(words):
        joined = _halves(words, found[-1], mention) if found else None
        if joined is not None:
            found.pop()
        found.append(joined or _halves(words, None, mention) or mention)
    return tuple(found)


def _halves(words: Sequence[Word], before: Mention | None, mention: Mention) -> Mention | None:
    """Return the middle as what two mentions, or one, name together where halves come from opposite sides."""
    first = mention.first if before is None else before.first
    if before is not None and mention.first - before.last > HALVES_REACH:
        return None
    parts = {
        side for one in (before, mention) if one is not None for part in one.alternatives for side in part
    }
    half = next(
        (i for i in range(max(0, first - HALVES_REACH), mention.last) if words[i].folded in _HALVES), None
    )
    is_either = any(words[index].folded in _EITHER for index in range(first, mention.last))
    if half is None or is_either or not any(pair <= parts for pair in _OPPOSITES):
        return None
    return Mention(min(half, first), mention.last, MIDDLE)


def _named(words: Sequence[Word]) -> list[Mention]:
    """Return where words name parts of the region, each taken by itself."""
    found: list[Mention] = []
    areas = _AREAS.longest_hits(words)
    named = {hit.first for hit in areas}
    sides = [
        hit
        for hit in _SIDES.longest_hits(words)
        if not _is_of_a_town(words, hit) and not _is_of_a_name(words, hit, named)
    ]
    nouns = named | {hit.first for hit in sides}
    for area in areas:
        if area.payload == "position" and _is_of_something_else(words, area):
            continue
        if area.first and words[area.first - 1].folded.endswith("hochschule"):
            continue  # "Hochschule Ruhr West" is a name
        near = [
            side
            for side in sides
            if _is_joined(words, sides, side, area)
            and not (side.first >= area.last and _is_of_what_follows(words, side, nouns))
            and not (area.payload == "people" and (side.first < area.last or side.payload == {"centre"}))
        ]
        if words[area.first].folded in _SITUATION and all(side.payload == {"centre"} for side in near):
            continue
        if near:
            first = min(area.first, near[0].first)
            first -= first > 0 and words[first - 1].folded in _EDGES
            if found and first < found[-1].last:
                continue
            last, alternatives = max(area.last, near[-1].last), _alternatives(near)
            if (start := start_of_span(words, near[0].first)) is not None:
                first, alternatives = start, MIDDLE  # of what lies between, not the side at its end
            found.append(Mention(first, last, alternatives))
    return found


def _is_of_something_else(words: Sequence[Word], position: Hit[Anchor]) -> bool:
    """Tell whether a side or half is not the region's: "of our plot", "the bright north side", "grow southwards by half"."""
    if position.last < len(words) and words[position.last].folded in _OF:
        return True
    around = words[max(0, position.first - REACH) : position.last + REACH]
    if any(word.folded in _DAYLIGHT for word in around):
        return True
    is_share = words[position.first].folded in _HALVES
    return is_share and any(
        word.folded in _GROWS_BY for word in words[max(0, position.first - 2) : position.first]
    )


def _is_of_a_town(words: Sequence[Word], side: Hit[frozenset[Side]]) -> bool:
    """Tell whether a middle is that of a town or a house: "the city centre", "a data centre"."""
    before = words[side.first - 1].folded if side.first else "the"
    return words[side.first].folded in _MIDDLES_OF_TOWNS and before not in _BETWEEN


def _is_of_a_name(words: Sequence[Word], side: Hit[frozenset[Side]], areas: Collection[int]) -> bool:
    """Tell whether a side is that of what is named behind it, which is not the region: "the south of Bochum"."""
    behind = side.last + 1
    if behind >= len(words) or words[side.last].folded not in _NAMED_OF:
        return False
    return behind not in areas and words[behind].folded not in _BETWEEN | _OF | _OURS


def _is_of_what_follows(words: Sequence[Word], side: Hit[frozenset[Side]], nouns: Collection[int]) -> bool:
    """Tell whether a side behind the region is the adjective of another area: "and the southern Münsterland"."""
    if not _ADJECTIVE.search(words[side.last - 1].folded):
        return False
    return side.last == len(words) or (side.last not in nouns and words[side.last].folded not in _BETWEEN)


def _is_joined(
    words: Sequence[Word],
    sides: Sequence[Hit[frozenset[Side]]],
    side: Hit[frozenset[Side]],
    area: Hit[Anchor],
) -> bool:
    """Tell whether only small words and other sides stand between a side and the word for the region."""
    first, last = (side.last, area.first) if side.first < area.first else (area.last, side.first)
    if not 0 <= last - first <= REACH:
        return False
    others = {index for other in sides for index in range(other.first, other.last)}
    return all(index in others or words[index].folded in _BETWEEN for index in range(first, last))


def _alternatives(near: Sequence[Hit[frozenset[Side]]]) -> Alternatives:
    """Sides side by side hold together ("south-east"), others are alternatives ("middle or north")."""
    parts: list[frozenset[Side]] = []
    last = -1
    for hit in near:
        if hit.first == last:
            parts[-1] |= hit.payload
        else:
            parts.append(hit.payload)
        last = hit.last
    return tuple(dict.fromkeys(parts))


def with_parts(
    words: Sequence[Word], clauses: Sequence[Clause], wanted: Sequence[Wanted]
) -> tuple[Wanted, ...]:
    """Return the entries and one for each part of the region named.

    A distance without a place in the same clause takes the part in; what only the region's name made a
    need of size gives way.
    """
    entries = list(wanted)
    for mention in mentions(words):
        clause = clause_at(clauses, mention.first)
        if clause is None or clause.is_idle or mention.first >= clause.after_versus:
            continue
        entries = [
            entry
            for entry in entries
            if not _only_names_region(entry, clause, mention) and not _ends_span(entry, mention)
        ]
        owner = next((i for i, entry in enumerate(entries) if _takes(entry, clause, mention)), None)
        if owner is None:
            entry = distance_to(clause, mention.first, mention.last, REACH)
        else:
            entry = entries.pop(owner)
            first, last = min(mention.first, entry.first), max(mention.last, entry.last)
            entry = replace(entry, first=first, last=last)
        entries.append(told_of_home(words, entry, mention.first))
    return tuple(entries)


def _only_names_region(entry: Wanted, clause: Clause, mention: Mention) -> bool:
    is_inside = mention.first <= entry.cue_first < mention.last
    return entry.facet == "agglomeration" and entry.clause is clause and is_inside


def _ends_span(entry: Wanted, mention: Mention) -> bool:
    """Tell whether a place is only the near end of what lies between: "between the Rhine and the eastern edge"."""
    is_inside = mention.first <= entry.first and entry.last <= mention.last
    return entry.facet == "distance" and entry.place is not None and not entry.quantity and is_inside


def _takes(entry: Wanted, clause: Clause, mention: Mention) -> bool:
    """Tell whether a distance without a place speaks of a part: in its clause, or in one that begins within it."""
    is_here = entry.clause is clause or mention.first <= entry.clause.first < mention.last
    return entry.facet == "distance" and is_here and entry.place is None
