"""How firmly the pieces of a sentence are wanted: must, wish, not needed or refused, and how far each word reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from matcher.phrases import Hit
from matcher.tokens import Word, small_words

Stance = Literal["wish", "plain", "must"]
"""How firmly something is wanted, from the weakest on."""
Piece = tuple[int, int]
"""Half-open range of words between two cuts of a sentence."""

MOST_LABEL_WORDS = 4
"""Words before a colon that still make a line of a form, e.g. "Natural gas: 5 MW"; chosen by judgement."""
LABELS = ("refused", "unneeded", "wish", "must")
"""What a label such as "(Muss)" or "Excluded:" may say, the strongest reading first."""

_KINDS = {"negation_end": "refused", "wish_end": "wish"} | {
    f"label_{stance}": stance for stance in ("refused", "wish", "must")
}
_OWN = frozenset({"calls", "asks", "must", "wish", "unneeded", "negation_end"})
"""Kinds of markers with which a piece says for itself how it is meant."""
_NOT = small_words("not")
_NO = small_words("no")
_AND = small_words("and")
_NEEDED = small_words("needed")
_EMPTY = small_words("lead") | small_words("link") | small_words("self") | small_words("copula")
_BUT = small_words("but")
_OR = small_words("alternative")
_FIRM_VERBS = small_words("firm_verb")
_LIMITS = small_words("limit")
_WOULD = frozenset({"wuerden", "wuerde"})
_WOULD_BE = frozenset({"waere", "waeren", "would"})
_WITHOUT = frozenset({"ohne", "without"})
_TOO = frozenset({"auch", "ebenso", "ebenfalls", "too", "likewise"})
_MUST_BE = frozenset({"muss", "muessen"})
_DOES = frozenset({"does", "do", "is", "are"})
_OTHERWISE = frozenset({"sonst", "ansonsten", "otherwise", "else"})
_LABEL_FILL = small_words("label_fill") | small_words("copula")
_VERBS = small_words("finite") | small_words("modal") | small_words("copula") | small_words("self")
_PARTED = {
    "schliessen": ("aus", "negation_end"),
    "schliesst": ("aus", "negation_end"),
    "scheiden": ("aus", "negation_end"),
    "scheidet": ("aus", "negation_end"),
    "lehnen": ("ab", "negation_end"),
    "lehnt": ("ab", "negation_end"),
    "winken": ("ab", "negation_end"),
    "stellen": ("ein", "asks"),
    "stellt": ("ein", "asks"),
    "ziehen": ("vor", "wish"),
    "zieht": ("vor", "wish"),
}
"""German verbs with the particle that closes their sentence, and the kind of marker both make together."""
_STRONG_CUT = re.compile(r"[:;–—•▪●■|()\[\]]|\s-\s")


@dataclass(frozen=True, slots=True)
class Label:
    """A piece that only names a stance: behind a colon or in brackets it closes what it is about, else it opens it."""

    stance: str
    closes: bool


def firmer(one: Stance, other: Stance) -> Stance:
    """Return the firmer of two stances."""
    return max(one, other, key=get_args(Stance).index)


def in_force(words: Sequence[Word], hits: Sequence[Hit[str]], pieces: Sequence[Piece]) -> list[Hit[str]]:
    """Return the markers as they are meant together.

    A "not" turns them round: "not do without" is a must, "not excluded" is only not needed, and so is
    "no laboratory required". Words of a refusal count for nothing else ("help us" in "do not help us"),
    and what a place must not be without ("plots without a siding are out") is a must.
    """
    found: list[Hit[str]] = []
    longer = [hit for hit in hits if hit.payload in ("negation_end", "unneeded")]
    for hit in (*hits, *_parted_verbs(words, pieces)):
        is_inside = any(
            other.first <= hit.first
            and hit.last <= other.last
            and other.last - other.first > hit.last - hit.first
            for other in longer
        )
        if not (
            is_inside
            and hit.payload
            in ("must", "wish", "wish_end", "emphasis", "unneeded", "negation_end", "negation")
        ):
            found.append(hit)
    for begin, stop in pieces:
        found = _turned(words, found, begin, stop)
    for begin, stop in pieces[1:]:
        if _is_curt(words, begin, stop):
            found.append(Hit(stop - 1, stop, "unneeded"))
    found = _with_musts_of_without(words, found, pieces)
    for begin, stop in pieces:
        found = _plain(words, found, begin, stop)
    return found


def _is_curt(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether a piece denies with its last words what the piece before says: "der Flughafen nicht", "an airport does not"."""
    if words[stop - 1].folded not in ("nicht", "not"):
        return False
    last = stop - 2 if words[stop - 2].folded in _DOES else stop - 1
    return begin < last and is_terse(words, begin, last)


def _parted_verbs(words: Sequence[Word], pieces: Sequence[Piece]) -> list[Hit[str]]:
    """Return German verbs whose particle closes a piece: "scheiden für uns aus" refuses, "stellen Leute ein" asks."""
    found: list[Hit[str]] = []
    for number, (begin, stop) in enumerate(pieces):
        ends = [words[last - 1].folded for _, last in pieces[number:]]
        for index in range(begin, stop - 1):
            particle, kind = _PARTED.get(words[index].folded, ("", ""))
            if particle == ends[0] or (particle in ends and index - begin == 1):
                hit = Hit(index, stop if index == begin else index + 1, kind)
                found += (hit, replace(hit, payload="calls")) if kind == "wish" else (hit,)
    return found


def _plain(words: Sequence[Word], hits: Sequence[Hit[str]], begin: int, stop: int) -> list[Hit[str]]:
    """Return the markers without those of a piece that its other words outdo.

    "We would rent" and "a siding would be mandatory" ask firmly, "up to 20 euros is acceptable" names a limit.
    """
    inside = {words[index].folded for index in range(begin, stop)}
    is_firm = bool(inside & _FIRM_VERBS)
    is_required = any(hit.payload == "must" and begin <= hit.first < stop for hit in hits)
    is_limit = bool(inside & _LIMITS) and any(word[0].isdigit() for word in inside)

    def is_outdone(hit: Hit[str]) -> bool:
        if hit.payload == "unneeded":
            return is_limit
        verbs = {words[index].folded for index in range(hit.first, hit.last)} - {"be"}
        return hit.payload == "wish" and (
            (is_firm and verbs <= _WOULD) or (is_required and verbs <= _WOULD_BE)
        )

    return [hit for hit in hits if not begin <= hit.first < stop or not is_outdone(hit)]


def _turned(words: Sequence[Word], hits: Sequence[Hit[str]], begin: int, stop: int) -> list[Hit[str]]:
    """Return the markers, those of one piece turned round where a "not" stands before them."""
    nots = [index for index in range(begin, stop) if words[index].folded in _NOT]
    is_turned = any(
        hit.payload == "unneeded"
        and begin <= hit.first < stop
        and not any(hit.first <= index < hit.last for index in nots)
        and any(index < hit.first for index in nots)
        for hit in hits
    )
    found = []
    for hit in hits:
        if not begin <= hit.first < stop:
            found.append(hit)
        elif any(hit.first <= index < hit.last for index in nots):
            if not (is_turned and hit.payload == "negation"):
                found.append(hit)
        elif hit.payload == "unneeded" and is_turned:
            found += (replace(hit, payload="must"), replace(hit, payload="calls"))
        elif hit.payload == "negation_end" and hit.first - 1 in nots:
            found.append(replace(hit, payload="unneeded"))
        elif hit.payload == "negation" and any(
            other.payload == "unneeded" and other.first <= hit.first < other.last for other in hits
        ):
            continue
        else:
            found.append(hit)
    for hit in hits:
        is_none = hit.payload == "negation" and begin <= hit.first < stop and words[hit.first].folded in _NO
        needed = (
            next((i for i in range(hit.last, stop) if words[i].folded in _NEEDED), None) if is_none else None
        )
        if needed is not None and words[hit.last].folded not in ("more", "less", "fewer", "longer", "later"):
            found.append(Hit(needed, needed + 1, "unneeded", 0))
        if (
            is_none
            and hit.first > begin
            and words[hit.first - 1].folded in _MUST_BE
            and words[stop - 1].folded == "sein"
        ):
            found.append(Hit(stop - 1, stop, "unneeded", 0))  # "es muss keine Großstadt sein"
    return found


def _with_musts_of_without(
    words: Sequence[Word], hits: Sequence[Hit[str]], pieces: Sequence[Piece]
) -> list[Hit[str]]:
    """Return the markers, a "without" before a refusal of its sentence replaced by a must that begins behind it.

    So is one beside words that void the project: "without a siding we will not come". A refusal in the same
    piece stays, for the list before it; one in a later piece is spent.
    """
    ends = [hit for hit in hits if hit.payload == "negation_end"]
    is_void = any(hit.payload == "void" for hit in hits)
    withouts = [
        hit
        for hit in hits
        if hit.payload == "negation"
        and words[hit.first].folded in _WITHOUT
        and (is_void or any(end.first >= hit.last for end in ends))
    ]
    outdone = [
        end
        for end in ends
        if any(hit.last <= end.first and not _are_together(hit, end, pieces) for hit in withouts)
    ]
    refused = {end.first for end in ends if any(hit.last <= end.first for hit in withouts)}
    kept = [
        hit
        for hit in hits
        if hit not in withouts
        and hit not in outdone
        and not (hit.payload == "negation" and hit.first in refused)
    ]
    return kept + [replace(hit, payload=kind) for hit in withouts for kind in ("must", "calls", "without")]


def _are_together(one: Hit[str], other: Hit[str], pieces: Sequence[Piece]) -> bool:
    """Tell whether two markers stand in one piece."""
    return any(begin <= one.first and other.first < stop for begin, stop in pieces)


def labels_of(
    text: str, words: Sequence[Word], pieces: Sequence[Piece], hits: Sequence[Hit[str]]
) -> dict[int, Label]:
    """Return the pieces that only name a stance, by their number: "Excluded:", "(Muss)", "...: desirable"."""
    found = {}
    for number, (begin, stop) in enumerate(pieces):
        stance = label_stance(words, begin, stop, hits)
        if stance is None:
            continue
        behind = text[words[stop - 1].end :].lstrip(" -*_")[:1]
        before = text[: words[begin].start].rstrip(" -*_")[-1:]
        if behind == ":":
            found[number] = Label(stance, closes=False)
        elif number and before and before in "([:–—" and (behind in ")].;,–—" or not behind.strip()):
            found[number] = Label(stance, closes=True)
    return found


def asides(
    text: str, words: Sequence[Word], pieces: Sequence[Piece], hits: Sequence[Hit[str]]
) -> dict[int, str]:
    """Return the stance that a piece between commas gives to the next piece, by number: "a siding, if possible, a quay".

    At the end of its sentence, or before "otherwise", it speaks of the piece before it.
    """
    given: dict[int, str] = {}
    for number, (begin, stop) in enumerate(pieces):
        stance = label_stance(words, begin, stop, hits)
        earlier = pieces[number - 1][1] if number else begin
        if stance not in ("wish", "must") or "," not in text[words[earlier - 1].end : words[begin].start]:
            continue
        is_last = text[words[stop - 1].end :].lstrip()[:1] != ","
        is_before_other = number + 1 < len(pieces) and words[pieces[number + 1][0]].folded in _OTHERWISE
        given[number - 1 if is_last or is_before_other else number + 1] = stance
    return given


def label_stance(words: Sequence[Word], begin: int, stop: int, hits: Sequence[Hit[str]]) -> str | None:
    """Return the stance that words name when they name nothing else, as "k.o." or "ein klares Muss"."""
    if stop - begin > MOST_LABEL_WORDS:
        return None
    inside = [hit for hit in hits if begin <= hit.first and hit.last <= stop]
    named = {_KINDS.get(hit.payload, hit.payload) for hit in inside}
    covered = {
        index
        for hit in inside
        if _KINDS.get(hit.payload, hit.payload) in LABELS
        for index in range(hit.first, hit.last)
    }
    rest = [index for index in range(begin, stop) if index not in covered]
    if not covered or any(words[index].folded not in _LABEL_FILL for index in rest):
        return None
    return next(stance for stance in LABELS if stance in named)


def with_labels(
    text: str, words: Sequence[Word], pieces: Sequence[Piece], labels: dict[int, Label], is_item: bool
) -> dict[int, str]:
    """Return the stance that labels give to the other pieces of their sentence, by number.

    One that opens holds up to the next; one that closes holds for its item: back to the label before where
    the sentence is an item, the label stands behind a colon or several close, else for one piece.
    """
    given: dict[int, str] = {}
    n_closing = sum(label.closes for label in labels.values())
    for number, label in labels.items():
        if not label.closes:
            for other in range(number + 1, len(pieces)):
                if other in labels:
                    break
                given[other] = label.stance
            continue
        before = text[: words[pieces[number][0]].start].rstrip()[-1:]
        is_whole = is_item or before == ":" or n_closing > 1
        for other in range(number - 1, -1, -1):
            if other in labels or (other < number - 1 and not is_whole):
                break
            given[other] = label.stance
    return given


def reached(
    text: str,
    words: Sequence[Word],
    pieces: Sequence[Piece],
    hits: Sequence[Hit[str]],
    kind: str,
) -> dict[int, str]:
    """Return the pieces that markers of a kind speak of, by number, and how: "full", or "weak" behind a "but".

    A predicate behind its subject holds for the whole list before it ("a port, a quay and a siding are
    irrelevant"), one that opens for the list behind it ("excluded are ..."); neither reaches a piece that
    says for itself how it is meant, or one across a colon, a semicolon, a bracket or a "but". One without
    a subject of its own speaks of the piece before it, unless it only says that either will do ("rail or
    canal, no matter"). What is not needed has no figure.
    """
    found: dict[int, str] = {}
    for number, (begin, stop) in enumerate(pieces):
        places = _places(words, pieces, number, hits, kind)
        if not places:
            continue
        first, last = places[0]
        found[number] = (
            "weak" if kind == "unneeded" and _is_liked(words, pieces, number + 1, hits) else "full"
        )
        is_last = all(words[index].folded in _EMPTY for index in range(last, stop))
        if not is_last and all(words[index].folded in _EMPTY for index in range(begin, first)):
            others = range(number + 1, len(pieces))
            step = 1
        else:
            others = range(number - 1, -1, -1)
            step = -1
        is_bare = all(
            words[i].folded in _EMPTY | _VERBS or first <= i < last or words[i].folded in _NOT
            for i in range(begin, last)
        )
        if is_bare and number and is_last and not _is_parted(text, words, pieces, number):
            is_but = pieces[number][0] > pieces[number - 1][1] and words[begin - 1].folded in _BUT
            is_but = is_but or any(words[i].folded in _BUT for i in range(begin, last))
            is_wished = any(
                hit.payload == "wish" and pieces[number - 1][0] <= hit.first < begin for hit in hits
            )
            if kind == "unneeded" and _names_either(words, pieces[number - 1]):
                continue
            found[number - 1] = "weak" if kind == "unneeded" and (is_but or is_wished) else "full"
        if step < 0 and not is_bare and is_terse(words, begin, stop):
            continue
        is_of_all = any(words[i].folded == "them" for i in range(first, last))
        for other in others:
            if kind == "negation_end" and is_bare and other == number - 1 and other in found:
                continue  # "Bochum and Herne we have looked at and ruled out"
            if is_of_all and not _is_parted(text, words, pieces, other + 1, but=True):
                found.setdefault(other, "full")  # "we looked at Bochum and Herne and ruled them out"
            if kind == "unneeded" and any(words[i].folded[0].isdigit() for i in range(*pieces[other])):
                break
            if _is_parted(text, words, pieces, max(other, other - step), but=True) or says_itself(
                words, pieces[other], hits
            ):
                break
            found.setdefault(other, "full")
    return found


def is_terse(words: Sequence[Word], begin: int, stop: int, *, verbs: frozenset[str] = frozenset()) -> bool:
    """Tell whether a piece of a list says of itself alone how it is meant, with no verb but `verbs`, nor "and": "a port, taxes secondary"."""
    is_joined = words[begin - 1].folded in _AND
    return not is_joined and not any(words[index].folded in _VERBS - verbs for index in range(begin, stop))


def _is_liked(words: Sequence[Word], pieces: Sequence[Piece], number: int, hits: Sequence[Hit[str]]) -> bool:
    """Tell whether a piece only says that something is liked all the same: "no must, but welcome"."""
    if number == len(pieces):
        return False
    begin, stop = pieces[number]
    liked = [hit for hit in hits if hit.payload in ("wish", "label_wish") and begin <= hit.first < stop]
    said = {index for hit in liked for index in range(hit.first, hit.last)}
    is_but = words[begin - 1].folded in _BUT or words[begin].folded in _BUT
    return (
        is_but
        and bool(liked)
        and all(index in said or words[index].folded in _EMPTY | _BUT for index in range(begin, stop))
    )


def _names_either(words: Sequence[Word], piece: Piece) -> bool:
    return any(words[index].folded in _OR for index in range(*piece))


def _places(
    words: Sequence[Word], pieces: Sequence[Piece], number: int, hits: Sequence[Hit[str]], kind: str
) -> list[Piece]:
    """Return where markers of a kind stand in a piece; a parted verb ("schließen ... aus") is one refusal."""
    begin, stop = pieces[number]
    found = [(hit.first, hit.last) for hit in hits if hit.payload == kind and begin <= hit.first < stop]
    return sorted(found)


def _is_parted(
    text: str, words: Sequence[Word], pieces: Sequence[Piece], number: int, *, but: bool = False
) -> bool:
    """Tell whether more than a comma or an "and" parts a piece from the one before it."""
    earlier, later = pieces[number - 1][1], pieces[number][0]
    is_but = but and later > earlier and words[later - 1].folded in _BUT
    return is_but or bool(_STRONG_CUT.search(text[words[earlier - 1].end : words[later].start]))


def says_itself(words: Sequence[Word], piece: Piece, hits: Sequence[Hit[str]]) -> bool:
    """Tell whether a piece says how it is meant, or has a verb of its own, or says "so is this": "the motorway too"."""
    begin, stop = piece
    return (
        words[stop - 1].folded in _TOO
        or any(hit.payload in _OWN and begin <= hit.first < stop for hit in hits)
        or any(words[index].folded in _VERBS for index in range(begin, stop))
    )
