"""Gives the places a brief names to the needs they belong to, or makes them needs the reader can remove."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from matcher.brief import Facet, Place
from matcher.clauses import Clause, clause_at
from matcher.gazetteer import PlaceMention
from matcher.geometry import distance_km
from matcher.tokens import Word, small_words
from matcher.wanted import Wanted, distance_to

_NEAR = small_words("near")
NEAR_REACH = 3
"""Words before a name within which "near" or "to" makes a place outside the region a need."""
_TOWARDS = frozenset({"richtung", "toward", "towards"})
_FOR = frozenset({"fuer", "for"})
_BETWEEN = frozenset({"zwischen", "between"})
_JOINS = small_words("join")
SPAN_REACH = 8
"""Most words from "between" to the far end of what lies between: "between the river and the eastern edge". Chosen."""
_FROM, _UP_TO = frozenset({"von", "from"}), frozenset({"bis", "to"})
_LIST = small_words("join") | small_words("lead") | frozenset({"bzw"})
_SMALL = _LIST | small_words("link")
HOME_REACH = 6
"""Words before a name within which the present premises are said to be there: "at our present works in Hagen"."""
HOME_STEMS = (
    "stammwerk",
    "stammhaus",
    "stammsitz",
    "mutterhaus",
    "mutterwerk",
    "hauptwerk",
    "heimatstandort",
)
_PRESENT = small_words("home")
_PREMISES = (
    *(
        "plant",
        "works",
        "site",
        "location",
        "factory",
        "premises",
        "building",
        "office",
        "house",
        "base",
        "hall",
    ),
    *("standort", "werk", "sitz", "betrieb", "haus", "gebaeude", "buero", "halle"),
)
_DRIVE = small_words("drive")
_MOVES = small_words("relocation")
_OUT_OF = frozenset({"aus", "from"})
_WANTS = frozenset({"will", "wollen", "moechte", "moechten"})
_INTO, _ACCUSATIVE = frozenset({"in", "an"}), small_words("accusative")
_FAR_FROM = small_words("far_from")
_AWAY_FROM = _OUT_OF | {"von", "vom"}
_LINKS = (
    *("verbindung", "anbindung", "anschluss", "link", "connection", "zug", "train", "flug", "flight"),
    *("latenz", "latency"),
)
"""What leads to a place, so that nobody has to be near it: "a link to Antwerp on the water"."""
POSTAL_DIGITS = 5
_HAPPENED = small_words("happened")
_ASKED = small_words("modal") | small_words("need_verb") | small_words("hiring") | {"be", "werden"}
_HEADS = small_words("staff") | small_words("heads")
_SINCE = frozenset({"nach", "seit", "after", "since", "for"})
_YEARS = frozenset({"jahren", "jahrzehnten", "years", "decades"})
_LEAVES = small_words("leaves")
_AWAY = small_words("away")
_REPLACES = small_words("replacement")
_LEAVING = _LEAVES | _AWAY | small_words("modal")
_STAYS = small_words("stays")
LIVING = small_words("living")
PEOPLE = small_words("staff") | small_words("insider") | small_words("buyer")
_OWNERS: dict[str, tuple[Facet, ...]] = {"location": ("distance",), "river": ("access", "distance")}
"""Facets that a place of a kind completes, the likeliest first; other places complete a distance, then a way there."""
_SEAPORTS = frozenset(
    ("Rotterdam", "Antwerp", "Vlissingen", "Bremerhaven", "Wilhelmshaven", "ARA-Häfen", "Nordseehäfen")
)
"""Places that a brief hardly names but as the ports its goods come from or go to, by the gazetteer's names."""
_BY_WATER = frozenset({"inland_port", "combined_terminal"})
SPAN_SHARE = 0.5
"""Who serves two places sits near the middle: half of the way between them counts in full. Chosen; checked on
the graded briefs of the part fit."""
MOST_BETWEEN = 3
"""Most small words between two names of one list: "Ghent or also the port of Antwerp" has one too many."""


def with_places(
    words: Sequence[Word],
    clauses: Sequence[Clause],
    wanted: Sequence[Wanted],
    mentions: Sequence[PlaceMention],
) -> tuple[Wanted, ...]:
    """Return the entries with their places, and entries for places that no need of the clause owns.

    A location of the region becomes a wish of its own; a place outside only where the words say that
    it should be near. Of what a brief tells of the company only the part of the country counts, as a
    wish: it is where staff and customers are. Places it only compares with are left, and so are
    markets ("for customers in Poland"), where a line or a road of the same clause leads, who somebody is ("a practice from
    Herne"), and what stays where it is or is moved away from, unless the way from there is limited. Why a place is wished for also says where staff and customers are.
    """
    entries = list(wanted)
    seaport: Place | None = None
    has_way_home = any(_is_way_home(words, clauses, entry) for entry in entries)
    starts = [word.start for word in words]
    named = [
        (bisect_left(starts, mention.span[0]), bisect_left(starts, mention.span[1]), mention)
        for mention in mentions
    ]
    is_market = False
    before = 0
    taken: Literal["route", "wish", "told", None] = None
    spans = _with_spans(words, named)
    for first, last, mention in spans:
        is_listed = bool(before) and _are(words, before, first, _LIST)
        before = last
        clause = clause_at(clauses, first)
        is_market = mention.kind == "country" and (
            (is_listed and is_market) or _stands_before(words, first, _FOR)
        )
        taken_before, taken = taken if is_listed else None, None
        if mention.place is None or clause is None or clause.is_idle or _is_address(words, first):
            continue
        is_left = is_left_behind(words, clause, first, last)
        is_home = is_left and has_way_home
        if is_left:
            entries = [e for e in entries if not _only_names(words, e, clause, first, last, beside=_LEAVING)]
        if (is_left and not is_home) or (clause.is_reason and not _is_of_people(words, clauses, clause)):
            continue
        if mention.name in _SEAPORTS and not clause.is_avoided:
            seaport = seaport or mention.place
        if (first >= clause.after_versus and not is_home) or (
            taken_before == "route" and mention.kind != "location"
        ):
            taken = taken_before
            continue
        if is_market:
            entries = [e for e in entries if not _only_names(words, e, clause, first, last)]
            continue
        if any(entry.clause is clause and entry.place == mention.place for entry in entries):
            continue
        if mention.kind != "area" and (taken_before == "told" or _is_told(words, clause, first)):
            taken = "told"
            entries = [e for e in entries if not _only_names(words, e, clause, first, last)]
            continue
        owner = _owner(entries, clause, first, mention)
        is_towards = _stands_before(words, first, _TOWARDS)
        if owner is not None:
            taken = "route" if entries[owner].facet == "access" else "wish"
            entry = entries[owner]
            is_of_several = entry.quantity is None and any(last < other < entry.last for other, _, _ in spans)
            end = last if is_of_several else max(last, entry.last)
            entry = replace(entry, first=min(first, entry.first), last=end, place=mention.place)
            entries[owner] = told_of_home(words, entry, first)
            continue
        if is_towards and any(e.clause is clause and e.facet in ("access", "utilities") for e in entries):
            continue
        ends_span = _ends_span(words, clauses, clause, first)
        if (
            first >= clause.request_from
            and not _is_origin(words, first)
            and _is_wished(words, clause, mention, first)
        ):
            entries = [e for e in entries if not (e.clause is clause and e.is_weak and e.facet == "cluster")]
            is_soft = ends_span or mention.kind in ("location", "area", "country")
            entry = distance_to(clause, first, last, NEAR_REACH, place=mention.place, is_soft=is_soft)
        elif (mention.kind == "area" and not _is_home_region(words, first, last)) or (
            clause.is_reason and mention.kind == "location"
        ):
            entry = distance_to(clause, first, last, NEAR_REACH, place=mention.place)
        else:
            continue
        is_second = taken_before == "wish" and mention.kind != "location"
        if is_towards or is_second or ends_span:
            entry = replace(entry, stance="wish")
        entries.append(told_of_home(words, entry, first))
        taken = "wish"
    named_words = {index for first, last, _ in spans for index in range(first, last)}
    entries = [entry for entry in entries if not _is_space_of_names(words, entry, named_words)]
    bounded = tuple(within(entry) if _rules_out_more(entry) else entry for entry in entries)
    return _with_home(words, clauses, _with_seaport(bounded, seaport), named)


def _ends_span(words: Sequence[Word], clauses: Sequence[Clause], clause: Clause, first: int) -> bool:
    """Tell whether a place is the far end of a way whose near end has no name: "between our plant and the Rhine"."""
    start_of_sentence = min(one.first for one in clauses if one.sentence == clause.sentence)
    return start_of_span(words, first, start_of_sentence) is not None


def start_of_span(words: Sequence[Word], end: int, earliest: int = 0) -> int | None:
    """Return where "between ... and" begins, from word `earliest` on, of which word `end` opens the far end."""
    before = range(end - 1, max(earliest, end - SPAN_REACH) - 1, -1)
    start = next((index for index in before if words[index].folded in _BETWEEN), end)
    is_joined = any(words[index].folded in _JOINS for index in range(start, end))
    return start if is_joined else None


def _with_seaport(entries: tuple[Wanted, ...], seaport: Place | None) -> tuple[Wanted, ...]:
    """Return the entries, the first port or terminal as one that leads to the seaport that the brief tells of.

    One with a limit is left: the limit holds for the way to the port, not to the sea.
    """
    by_water = [entry for entry in entries if _BY_WATER & {*entry.topics}]
    if seaport is None or any(entry.place is not None for entry in by_water):
        return entries
    port = next(
        (entry for entry in by_water if entry.quantity is None and not entry.is_avoided),
        None,
    )
    return tuple(replace(entry, place=seaport) if entry is port else entry for entry in entries)


def _with_home(
    words: Sequence[Word],
    clauses: Sequence[Clause],
    entries: tuple[Wanted, ...],
    named: Sequence[tuple[int, int, PlaceMention]],
) -> tuple[Wanted, ...]:
    """Return the entries with a limit on the way home measured to the place where the company is at home.

    "At most an hour from the parent works" names no place, but the brief does: beside a word for the
    parent works or the move, or as the only town where the company is said to be. To somewhere in an area
    no way can be measured, so that nearness to the area alone counts.
    """
    bare = next((entry for entry in entries if _is_way_home(words, clauses, entry)), None)
    home = _home(words, clauses, named) if bare is not None else None
    if bare is None or home is None:
        return entries
    owner = next((e for e in entries if e.facet == "distance" and e.place == home and not e.quantity), None)
    kept = (entry for entry in entries if entry not in (bare, owner))
    return (*kept, replace(bare, place=home))


def _is_way_home(words: Sequence[Word], clauses: Sequence[Clause], entry: Wanted) -> bool:
    """Tell whether an entry limits the way to premises named by no place: the parent works, the present site."""
    if entry.facet != "distance" or entry.place is not None or entry.quantity is None:
        return False
    sentence = [c for c in clauses if c.sentence == entry.clause.sentence]
    inside = [word.folded for word in words[sentence[0].first : sentence[-1].last]]
    if _names_home(inside) or _REPLACES & {*inside}:
        return True
    return bool(_DRIVE & {*inside} and _moves(words, clauses) is not None)


def _names_home(inside: Sequence[str]) -> bool:
    """Tell whether words speak of a parent company's works or of the present premises."""
    return any(word.startswith(HOME_STEMS) for word in inside) or any(
        first in _PRESENT and second.startswith(_PREMISES) for first, second in pairwise(inside)
    )


def is_where_home_is(words: Sequence[Word], clause: Clause, first: int) -> bool:
    """Tell whether a place, from word `first` on, is only where the present premises are or people live."""
    before = [word.folded for word in words[max(clause.first, first - HOME_REACH) : first]]
    if _NEAR - {"around"} & {*before}:
        return False
    is_of_people = any(word.folded in LIVING for word in words[clause.first : clause.last])
    return is_of_people or _names_home(before)


def told_of_home(words: Sequence[Word], entry: Wanted, first: int) -> Wanted:
    """Return a distance to where premises or people are now, named from word `first` on, as the hint that it is."""
    if entry.facet != "distance" or entry.quantity is not None:
        return entry
    if not is_where_home_is(words, entry.clause, first):
        return entry
    return replace(entry, stance="wish", is_soft=True, is_avoided=False, cue_first=first)


def _moves(words: Sequence[Word], clauses: Sequence[Clause]) -> int | None:
    """Return the sentence in which a brief says that the company moves from somewhere, if it does."""
    for clause in clauses:
        inside = {word.folded for word in words[clause.first : clause.last]}
        if inside & _MOVES and inside & _OUT_OF:
            return clause.sentence
    return None


def _home(
    words: Sequence[Word], clauses: Sequence[Clause], named: Sequence[tuple[int, int, PlaceMention]]
) -> Place | None:
    """Return the town where a company is at home: named beside home words or a move, else the only one told."""
    moved_in = _moves(words, clauses)
    told: list[Place] = []
    for first, last, mention in named:
        clause = clause_at(clauses, first)
        if clause is None or mention.place is None or mention.kind not in ("location", "town"):
            continue
        sentence = [c for c in clauses if c.sentence == clause.sentence]
        inside = [word.folded for word in words[sentence[0].first : sentence[-1].last]]
        is_left = clause.sentence == moved_in and _stands_before(words, first, _OUT_OF)
        if is_left or _names_home(inside) or is_left_behind(words, clause, first, last):
            return mention.place
        if first < clause.request_from:
            told.append(mention.place)
    return told[0] if len(set(told)) == 1 else None


def within(entry: Wanted) -> Wanted:
    """Return the entry with its least distance turned into the most that is allowed."""
    limit = entry.quantity
    if limit is None:
        return entry
    turned = replace(limit, minimum=None, maximum=limit.minimum, comparison="at_most")
    return replace(entry, quantity=turned, is_avoided=False)


def _rules_out_more(entry: Wanted) -> bool:
    """Tell whether an entry's clause rules out what lies beyond its limit: "nothing further than 40 km"."""
    limit, clause = entry.quantity, entry.clause
    return (
        limit is not None
        and limit.kind in ("distance", "time")
        and limit.comparison == "at_least"
        and entry.facet in ("distance", "access")
        and bool(clause.is_avoided or clause.negations)
    )


def _with_spans(
    words: Sequence[Word], named: Sequence[tuple[int, int, PlaceMention]]
) -> list[tuple[int, int, PlaceMention]]:
    """Return the places named, two of "between Münster and Siegen" or "from Ulm to Bonn" as the area between them."""
    spanned: list[tuple[int, int, PlaceMention]] = []
    for first, last, mention in named:
        if spanned:
            begin, end, known = spanned[-1]
            if (
                known.place is not None
                and mention.place is not None
                and _are(words, end, first, _LIST | _UP_TO)
                and _opens_span(words, begin, end, first, known)
            ):
                middle = _between(known.place, mention.place)
                span = (known.span[0], mention.span[1])
                spanned[-1] = (begin, last, PlaceMention(span, middle.name, "area", middle))
                continue
        spanned.append((first, last, mention))
    return spanned


def _opens_span(words: Sequence[Word], begin: int, end: int, first: int, near_end: PlaceMention) -> bool:
    """Tell whether a name, words `begin` to `end`, is one end of a span that the name from `first` on closes.

    Between towns alone "to" makes one: "the area Ulm to Bonn".
    """
    if _stands_before(words, begin, _BETWEEN):
        return True
    is_up_to = any(word.folded in _UP_TO for word in words[end:first])
    is_of_towns = near_end.kind in ("location", "town") and first - end == 1
    return is_up_to and (is_of_towns or _stands_before(words, begin, _FROM))


def _between(one: Place, other: Place) -> Place:
    """Return the circle around the middle of the way between two places, `SPAN_SHARE` of the way across."""
    latitude, longitude = (one.latitude + other.latitude) / 2, (one.longitude + other.longitude) / 2
    radius_km = SPAN_SHARE * float(distance_km(latitude, longitude, one.latitude, one.longitude))
    return Place(f"{one.name} – {other.name}", latitude, longitude, radius_km=radius_km)


def _is_origin(words: Sequence[Word], first: int) -> bool:
    """Tell whether a place only says who somebody is: "a practice from Herne", not "not far from Herne"."""
    return _stands_before(words, first, _OUT_OF, reach=1) and not _stands_before(
        words, first - 1, _FAR_FROM, reach=1
    )


def _is_told(words: Sequence[Word], clause: Clause, first: int) -> bool:
    """Tell whether a place, from word `first` on, is only where somebody works or where something has happened.

    "800 people in Essen", "after sixty years at the Rhine", "the depot in Herne burnt down", "developed in Witten".
    """
    before = [word.folded for word in words[clause.first : first]]
    if any(one in _SINCE and other in _YEARS for one, other in zip(before, before[2:], strict=False)):
        return True
    inside = {word.folded for word in words[clause.first : clause.last]}
    if inside & _ASKED:
        return False
    is_of_heads = not _FOR & {*before} and any(
        one[0].isdigit() and other in _HEADS for one, other in pairwise(before[-HOME_REACH:])
    )
    return is_of_heads or bool(_HAPPENED & inside)


def _is_home_region(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether an area, words `first` to `last`, is where somebody comes from: "aus Bayern", not "from Herten to Bottrop"."""
    return _is_origin(words, first) and not any(word.folded in _UP_TO for word in words[first:last])


def _are(words: Sequence[Word], first: int, last: int, kind: frozenset[str]) -> bool:
    """Tell whether only a few words of a kind stand from `first` up to `last`."""
    return last - first <= MOST_BETWEEN and all(word.folded in kind for word in words[first:last])


def _stands_before(words: Sequence[Word], first: int, kind: frozenset[str], reach: int = NEAR_REACH) -> bool:
    """Tell whether one of the words stands at most `reach` words before a name."""
    return any(word.folded in kind for word in words[max(0, first - reach) : first])


def _only_names(
    words: Sequence[Word],
    entry: Wanted,
    clause: Clause,
    first: int,
    last: int,
    *,
    beside: frozenset[str] = frozenset(),
) -> bool:
    """Tell whether a distance need says no more than a name, words `first` to `last`, and small words or those `beside` it."""
    if entry.facet != "distance" or entry.clause is not clause or entry.quantity is not None:
        return False
    return all(
        first <= index < last or words[index].folded in _SMALL | beside
        for index in range(entry.first, entry.last)
    )


def _is_address(words: Sequence[Word], first: int) -> bool:
    """Tell whether a place stands behind its postal code: it is where a letter comes from, not where somebody wants to be."""
    before = [word.folded for word in words[max(0, first - 2) : first]]
    is_code = bool(before) and before[-1].isdigit() and len(before[-1]) == POSTAL_DIGITS
    return is_code and before[0] not in _SMALL


def _is_space_of_names(words: Sequence[Word], entry: Wanted, named: Set[int]) -> bool:
    """Tell whether a need for a site says nothing but the names of places, words `named`, which are needs of their own."""
    is_bare = entry.facet == "site" and not entry.topics and entry.quantity is None
    return is_bare and all(
        index in named or words[index].folded in _SMALL for index in range(entry.first, entry.last)
    )


def _owner(entries: Sequence[Wanted], clause: Clause, first: int, mention: PlaceMention) -> int | None:
    """Return the entry of the clause that a place completes, of several of a facet the nearest.

    A distance, else a way that leads there; a river first completes the port or terminal that should lie on it.
    """
    for facet in _OWNERS.get(mention.kind, ("distance", "access")):
        open_ones = [
            index
            for index, entry in enumerate(entries)
            if entry.facet == facet
            and entry.clause is clause
            and entry.place is None
            and not (mention.kind == "river" and entry.facet == "access" and not _BY_WATER & {*entry.topics})
        ]
        if open_ones:
            return min(open_ones, key=lambda index: (abs(entries[index].cue_first - first), index))
    return None


def is_left_behind(words: Sequence[Word], clause: Clause, first: int, last: int) -> bool:
    """Tell whether the company moves away from a place, words `first` to `last`, or has what stays there.

    "The head office moves from the Eifel", "we are leaving Herne", "our depot in the Eifel stays".
    """
    inside = [word.folded for word in words[clause.first : clause.last]]
    if _MOVES & {*inside} and _stands_before(words, first, _AWAY_FROM):
        return True
    behind = [word.folded for word in words[last : clause.last]]
    if behind and behind[0] in _AWAY and _stands_before(words, first, _OUT_OF):
        return True  # "muss aus Hagen weg"
    is_goal_behind = any(pair[0] in _INTO and pair[1] in _ACCUSATIVE for pair in pairwise(behind))
    if is_goal_behind and _WANTS & {*inside} and _stands_before(words, first, _OUT_OF):
        return True  # "will aus dem Münsterland in die Stadt"
    around = {
        word.folded for word in words[max(clause.first, first - HOME_REACH) : min(clause.last, last + 1)]
    }
    return bool(_LEAVES & around or _STAYS & {*inside})


def _is_of_people(words: Sequence[Word], clauses: Sequence[Clause], reason: Clause) -> bool:
    """Tell whether a reason says where staff or customers are, and nothing with "not"."""
    near = [clause for clause in clauses if clause.sentence == reason.sentence and clause.is_reason]
    inside = {word.folded for clause in near for word in words[clause.first : clause.last]}
    return bool(PEOPLE & inside) and not any(clause.negations for clause in near)


def _is_wished(words: Sequence[Word], clause: Clause, mention: PlaceMention, first: int) -> bool:
    if mention.kind in ("location", "area", "river"):
        return True
    before = [word.folded for word in words[max(clause.first, first - NEAR_REACH) : first]]
    if clause.is_leaving and mention.kind == "town":
        return False
    return any(word in _NEAR for word in before) and not any(word.endswith(_LINKS) for word in before)
