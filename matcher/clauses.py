"""Cuts a brief into clauses and says of each whether it asks, and how firmly: must, wish or neither."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

from corpus.records import Language
from matcher.brief import Facet
from matcher.lexicon import Cue, cues
from matcher.phrases import Hit, Phrases
from matcher.stances import (
    LABELS,
    MOST_LABEL_WORDS,
    Stance,
    asides,
    in_force,
    is_terse,
    label_stance,
    labels_of,
    reached,
    says_itself,
    with_labels,
)
from matcher.terms import read_term
from matcher.tokens import Word, small_words

MARKERS = Path(__file__).parent / "data" / "markers.csv"
_CUT = re.compile(r"[,;:()\[\]–—\n•|]|\s-\s|(?<=\d)\.(?=\s)")
_SIZE = re.compile(
    r"\d\s?(?:m²|(?:m2|qm|sq\.? ?m|ha|hektar|hectares?|mw|mva)\b)"
    r"|\b(?:max\.?|maximal|höchstens|at most|within)\s\d+\s?(?:km|min|minuten|minutes|stunden?|hours?)\b",
    re.IGNORECASE,
)
"""A figure of an area, a connected load or a way that must not be longer."""
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-*•–▪o]|\d{1,2}[.)]|[a-z]\))\s|[•▪●■‣]\s*$")
LANGUAGES: tuple[Language, ...] = get_args(Language)
MOST_HEADING_WORDS = 6
MOST_WORDS_BEHIND = 2
"""Words that may follow "suchen wir" when what is sought stands before it; chosen by judgement."""
_BEFORE_NOUN_PLUS = frozenset({"a", "big", "clear", "ein", "als", "grosses", "huge", "m", "strong"})
_REASONS = small_words("reason")
_REASON_PAIRS = frozenset({("so", "that"), ("so", "dass"), ("in", "case")})
_JOINS = small_words("join")
_BEFORE_INFINITIVE = frozenset({"to", "would", "zu", "zum", "beim"})
_DENIALS = small_words("no") | small_words("not") | {"nein", "none"}
_COMPANY = re.compile(
    r"(firma|firm|company|unternehmen|(?<!schicht)(?<!nacht)(?<!dauer)(?<!saison)betrieb|hersteller|\wbauer|konzern"
    r"|gruppe|group|supplier|maker|manufacturer|producer|operator|anbieter|dienstleister|provider|start ?up|startup"
    r"|venture|agentur|founders?|gruender|ausgruendung|spin ?off|spediteur|spedition|wholesaler|haendler|retailer"
    r"|\w(?<!software)(?<!web)entwickler|specialist|\wspezialist|consultancy|industrieverbund|klinikverbund|merger|fusion|^house|carrier"
    r"|holding|platform|zulieferer|verband|distributor|recycler|^agency|brewery|brauerei|insurer|versicherer|chain|kette|bakery|baeckerei|ingenieurbuero|planungsbuero|^brand|label|manufaktur|mittelstaendler|vendor|grocer"
    r"|cooperative|^bank|aufbereiter|entsorger|discounter|builder|owner|importer|exporter"
    r"|compounder|compoundeur|contractor|haulier|laundry|waescherei|druckerei|printer|processor|verarbeiter|fabrikant|dairy|molkerei|caterer|refiner)$"
)
_HOUSES_OF_FOUNDERS = ("centre", "center", "zentr", "hub", "house", "haus", "campus")
"""What start-ups move into: "a start-up centre" introduces no company."""
_MEANT = frozenset({"calls", "asks", "must", "wish"})
_TAKES_LISTS: frozenset[Facet | None] = frozenset({"talent", "research"})
_LABELS = small_words("label")
_SELF = small_words("self")
_OPENERS = small_words("opener")
_STATES = small_words("state")
_COPULAS = small_words("copula")
_SUBJECTS = small_words("subject")
_NO_CONSEQUENCE = (
    frozenset({"that", "dass", "as", "wie", "far", "called", "genannte", "genannten"}) | _SUBJECTS
)
_AND = small_words("and")
_OF_ITSELF = _COPULAS | {"be"}
"""Verbs with which the last piece of a list without "and" says of itself alone what is wished: "a siding, a quay would be good"."""
_MAKES = small_words("makes")
_WE = frozenset({"wir", "we"})
_TO_US = frozenset({"to", "for", "fuer", "us", "uns"})
_IDEALLY = frozenset({"ideally", "idealerweise"})
_CAN = small_words("can")
_RELATIVES = small_words("relative")
_RELATIVES_EN = frozenset({"which", "whose", "whom", "where", "who", "wo"})
_RELATIVE_LINKS = small_words("relative_link")
_PROTECTED = small_words("protected")
_ARTICLES = frozenset({"a", "an", "the", "any"})
_TAKES_TO = small_words("takes_to")
_PRESENT = small_words("present")
_HOUSES = tuple(sorted(small_words("house")))
"""What present premises end in: "unser jetziges Fabrikgebäude"."""
_OUR = small_words("ours") | {"the", "der", "die", "das", "unser"}
_PREMISES = (*_HOUSES, *sorted(small_words("premises")))
_STAY = small_words("stay")
_TODAY = small_words("today")
_AT = small_words("at")
MOST_PIECES_TOLD = 3
"""Pieces that a sentence without a verb has at most if it only introduces a company; chosen by judgement."""
OUR_REACH = 3
"""Words before premises or a preposition among which what makes them the company's own stands; chosen by judgement."""
_MOVES = small_words("relocation")
_OUT_OF = small_words("out_of")
_AWAY = small_words("away")
_ALONG = small_words("along")
_WITH_US = frozenset({("mit", "um"), ("with", "us"), ("with", "it"), ("with", "them")})
"""With these, and with words such as "mitziehen", it is the staff who move."""
_GOING_AWAY = _AWAY | small_words("leaves") | {"wegziehen", "fortziehen", "hinaus"}
_TOWARD = small_words("toward")
_ACCUSATIVE = small_words("accusative")
_OUTGOING = small_words("outgoing")
_HEADING = small_words("heading")
_PRODUCTS = small_words("product")
_NEED_VERBS = small_words("need_verb")
_COUNTED_SUBJECTS = small_words("counted_subject")
REASON_REACH = 7
"""Words from "as half our customers" to the verb that makes a clause of it; chosen by judgement."""
MOST_LISTED_WORDS = 3
"""Words of a further thing that a distance is kept from; chosen by judgement."""
_MODALS = small_words("modal")
_PLURAL_MODALS = small_words("plural_modal")
"""Behind these the subject is many: "Logistikunternehmen sollen am Ort sein" is no company of the brief."""
_FINITE = small_words("finite")
_RELATIVE_ENDS = small_words("relative_verb") | _FINITE | _COPULAS | _MODALS


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` up to `last` of the text, and what the words around them say about wanting it.

    From word `request_from` on the clause asks for something; before it, it tells about the company.
    `is_idle`: what stands here is said not to be needed. `negations` are the words right behind a
    "no"; from `after_versus` on things are only compared with ("rather than", "statt").
    `is_reason`: it gives the reason of a wish. `is_leaving`: it speaks of today's premises, or of those to
    be given up. `is_telling`: its sentence asks for nothing, but neither introduces the company nor says what
    it makes.
    """

    first: int
    last: int
    language: Language
    sentence: int
    request_from: int
    stance: Stance
    has_emphasis: bool
    is_idle: bool
    is_avoided: bool
    negations: tuple[int, ...]
    after_versus: int
    is_leaving: bool
    is_reason: bool
    is_telling: bool


@cache
def markers(language: Language) -> Phrases[str]:
    """Return the marker phrases of `language`, each standing for its kind."""
    entries: list[tuple[str, str]] = []
    with MARKERS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["language"] in (language, "any"):
                entries.extend((phrase, row["kind"]) for phrase in row["patterns"].split("|"))
    return Phrases(entries)


def _pieces(
    text: str, words: Sequence[Word], first: int, last: int, found: Sequence[Hit[Cue]]
) -> list[tuple[int, int]]:
    """Cut words `first` to `last` at punctuation and at words that join main parts, but in no cue `found`."""
    pieces = []
    begin = first
    inside = {index for hit in found for index in range(hit.first + 1, hit.last)}
    for index in range(first, last):
        before = text[words[index - 1].end : words[index].start] if index > first else ""
        if index in inside:
            continue
        if (
            index > begin
            and (_CUT.search(before) or _adds_figure(before, words[index]))
            and not before.startswith("-")
            and not _is_in_number(text, words, index)
        ):
            pieces.append((begin, index))
            begin = index
        is_join = words[index].folded in _JOINS and index > begin and not before.startswith("-")
        is_join = is_join and words[index - 1].folded not in _BEFORE_NOUN_PLUS
        is_join = is_join and not _joins_figures(words, index, last)
        if index > begin and _opens_reason(text, words, index, last):
            pieces.append((begin, index))
            begin = index
        if is_join and not _is_gendered_pair(words, index, last):
            pieces.append((begin, index))
            begin = index + 1
    if begin < last:
        pieces.append((begin, last))
    return pieces


def _adds_figure(before: str, word: Word) -> bool:
    """Tell whether a figure is added: "a hall of 1,500 m² + 300 m² of offices"."""
    return "+" in before and word.folded[0].isdigit()


def _whole(
    pieces: Sequence[tuple[int, int]],
    words: Sequence[Word],
    hits: Sequence[Hit[str]],
    found: Sequence[Hit[Cue]],
) -> list[tuple[int, int]]:
    """Put back together what only lists: "a university with physics and chemistry", "graduates in law, history"."""
    kept: list[tuple[int, int]] = []
    for begin, stop in pieces:
        if kept and _continues(kept[-1], begin, stop, words, hits, found):
            kept[-1] = (kept[-1][0], stop)
        else:
            kept.append((begin, stop))
    return kept


def _continues(
    before: tuple[int, int],
    begin: int,
    stop: int,
    words: Sequence[Word],
    hits: Sequence[Hit[str]],
    found: Sequence[Hit[Cue]],
) -> bool:
    """Tell whether a piece only names more of what the piece before it names: it has no cue and no verb of its own."""
    earlier = [hit.payload for hit in found if before[0] <= hit.first < before[1]]
    here = [hit.payload for hit in found if begin <= hit.first < stop]
    if any(cue.kind != "field" and cue.facet != "distance" for cue in here):
        return bool(earlier) and all(cue.kind == "field" for cue in earlier) and here[0].kind == "field"
    if not any(cue.facet in _TAKES_LISTS for cue in earlier):
        return False
    opening = words[begin].folded
    if opening in _FINITE or opening in _MODALS or any(hit.first == begin for hit in hits):
        return False
    return bool(here) or words[begin - 1].folded in _JOINS


def _opens_reason(text: str, words: Sequence[Word], index: int, last: int) -> bool:
    """Tell whether a word opens a clause that gives a reason or a case, not a wish: "because", "in case", ", as we"."""
    word = words[index].folded
    follows = words[index + 1].folded if index + 1 < last else ""
    is_as = word == "as" and (
        (follows in _SUBJECTS and text[: words[index].start].rstrip()[-1:] in ("", ",", "."))
        or _is_reason_as(words, index, last)
    )
    is_for = (
        word == "for"
        and follows not in _RELATIVES
        and text[: words[index].start].rstrip()[-1:] == ","
        and any(words[place].folded in _FINITE for place in range(index + 2, min(last, index + 5)))
    )
    if word == "damit" and text[: words[index].start].rstrip()[-1:] not in ("", ",", ".", ";", ":", "–", "-"):
        return False  # "that settles it", not "so that"
    return word in _REASONS or is_as or is_for or (word, follows) in _REASON_PAIRS


def _is_reason_as(words: Sequence[Word], index: int, last: int) -> bool:
    """Tell whether "as" opens a clause with its subject: "as half our customers are there", not "as far as the"."""
    if index + 1 >= last or words[index + 1].folded not in _COUNTED_SUBJECTS:
        return False
    if "as" in (words[place].folded for place in range(max(0, index - 3), index)):
        return False
    return any(words[place].folded in _FINITE for place in range(index + 2, min(last, index + REASON_REACH)))


def _joins_figures(words: Sequence[Word], join: int, last: int) -> bool:
    """Tell whether "and" stands between two bare figures: "between 20 and 60 km"."""
    return join + 1 < last and words[join - 1].folded.isdigit() and words[join + 1].folded[0].isdigit()


def _is_gendered_pair(words: Sequence[Word], join: int, last: int) -> bool:
    """Tell whether "und" joins two forms of one word: "Biologinnen und Biologen"."""
    if join + 1 >= last:
        return False
    left, right = words[join - 1].folded, words[join + 1].folded
    return left[:5] == right[:5] and len(left) >= 6 and ("innen" in left or "innen" in right)


def _is_in_number(text: str, words: Sequence[Word], index: int) -> bool:
    """Tell whether the sign before a word stands inside a figure such as 20,000 or 2,5."""
    left, right = words[index - 1].end, words[index].start
    return right - left == 1 and text[left - 1].isdigit() and text[right].isdigit()


def _request_start(text: str, words: Sequence[Word], first: int, last: int, hits: Sequence[Hit[str]]) -> int:
    """Return the word from which a sentence asks; `last` when it only tells about the company."""
    first = _behind_heading(text, words, first, last)
    head = next((i for i in range(first + 1, last) if "," in text[words[i - 1].end : words[i].start]), last)
    calls = [hit for hit in hits if hit.payload == "calls"]
    asks = [hit for hit in hits if hit.payload == "asks"]
    if calls:
        if asks and asks[0].first < calls[0].first:
            return asks[0].last
        if all(words[hit.first].folded in _STATES for hit in calls) and _names_company(
            text, words, first, head
        ):
            return last
        is_modal = words[calls[0].first].folded in _MODALS - _PLURAL_MODALS
        return calls[0].last if is_modal and _names_company(text, words, first, calls[0].first) else first
    if asks and _is_of_product(words, first, asks[0]):
        return last
    if asks:
        hit = asks[0]
        is_turned = hit.last < last and words[hit.last].folded in {"wir", "werden", "wird"}
        opens = hit.last + is_turned
        is_object_ahead = is_turned and words[hit.last].folded == "wir" and last - opens <= MOST_WORDS_BEHIND
        return first if opens == last or is_object_ahead else opens
    if (consequence := _consequence_from(text, words, first, last, hits)) is not None:
        return consequence
    is_meant = any(hit.payload in ("must", "wish") for hit in hits)
    colon = _colon_word(text, words, first, last)
    if colon > first and words[colon - 1].folded not in _LABELS:
        if words[colon].folded in (_FINITE - _MODALS - _COPULAS) | _SUBJECTS:
            return last
        if not is_meant and _tells_behind(words, first, colon, last):
            return last
        is_form = first > 0 and not _names_company(text, words, first, colon)
        is_form = is_form and not any(word.folded in _FINITE for word in words[first:colon])
        return first if colon - first <= MOST_LABEL_WORDS or is_form else colon
    if words[first].folded in _SELF or (not is_meant and _has_subject(words, first, last)):
        return last
    reason = next((i for i in range(first + 1, last) if _opens_reason(text, words, i, last)), last)
    if _has_verb(text, words, first, reason):
        return last
    is_intro = any(hit.payload == "introduces" for hit in hits)
    is_about_company = is_intro or _names_company(text, words, first, head)
    return _listed_from(text, words, first, head, last) if is_about_company else first


def _has_verb(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a sentence has a verb, from its first word: not as in "a bay to load lorries", "Strom zum Testen" or Kamen."""
    return any(
        words[index].folded in _FINITE
        and (index == first or not text[words[index].start : words[index].end].istitle())
        and words[max(0, index - 1)].folded not in _BEFORE_INFINITIVE
        for index in range(first, last)
    )


def _listed_from(text: str, words: Sequence[Word], first: int, head: int, last: int) -> int:
    """Return the word from which a company's introduction without a verb lists what it wants: "start-up, | labs of 600 m²".

    It does where it names an area, a connected load or a limit of a way, unless that is what the company has today: from there
    on, or from the semicolon before it.
    """
    if head == last or any(word.folded in _TODAY for word in words[head:last]):
        return last
    size = _SIZE.search(text, words[head].start, words[last - 1].end)
    if size is None:
        return last
    figure = bisect_left(words, size.start(), head, last, key=lambda word: word.start)
    behind = [(text[words[index - 1].end : words[index].start], index) for index in range(figure, first, -1)]
    semicolon = next((index for gap, index in behind if ";" in gap), None)
    return semicolon or next((index for gap, index in behind if "," in gap and index >= head), head)


def _consequence_from(
    text: str, words: Sequence[Word], first: int, last: int, hits: Sequence[Hit[str]]
) -> int | None:
    """Return where a sentence draws a consequence: "130 nurses, mostly part-time - so | a tram at the door"."""
    if marked := next((hit for hit in hits if hit.payload == "so"), None):
        return marked.last
    for index in range(first + 1, last - 1):
        is_so = words[index].folded in ("so", "also") and words[index + 1].folded not in _NO_CONSEQUENCE
        if is_so and _CUT.search(text[words[index - 1].end : words[index].start]):
            return index + 1
    return None


def _behind_heading(text: str, words: Sequence[Word], first: int, last: int) -> int:
    """Return where a sentence begins behind a heading: "Note of a call, | supplier of pumps"."""
    stop = next((i for i in range(first + 1, last) if text[words[i - 1].end] in ",:"), first)
    return stop if all(word.folded in _HEADING for word in words[first:stop]) else first


def _is_of_product(words: Sequence[Word], first: int, verb: Hit[str]) -> bool:
    """Tell whether a product is said to do what else asks: "our software plans routes", "the sensor looks for leaks"."""
    subject = [word.folded for word in words[first : verb.first]]
    is_named = bool(subject) and len(subject) <= OUR_REACH and subject[0] in _OUR
    return is_named and subject[-1] in _PRODUCTS and words[verb.first].folded not in _NEED_VERBS | _MODALS


def _tells_behind(words: Sequence[Word], first: int, colon: int, last: int) -> bool:
    """Tell whether a colon only explains what the company does: "we bundle goods: one lorry drives to the shop"."""
    before, behind = ({word.folded for word in part} for part in (words[first:colon], words[colon:last]))
    return bool(_WE & before and _FINITE & behind)


def _has_subject(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a sentence has a pronoun and its verb, as in "from there they build pumps"."""
    return any(
        words[index].folded in _SUBJECTS and words[index + 1].folded not in _CAN
        for index in range(first, last - 1)
    )


def _reason_start(text: str, words: Sequence[Word], first: int, last: int, hits: Sequence[Hit[str]]) -> int:
    """Return where the reason begins of which a sentence's only asking words are part, `last` without one.

    "260 desks, 5,000 m², because we want to grow" asks for the desks, not for growth.
    """
    asking = [hit.first for hit in hits if hit.payload in ("asks", "calls")]
    for index in range(first + 1, min(asking, default=first)):
        is_open = not any(
            "," in text[words[i - 1].end : words[i].start] for i in range(index + 1, asking[-1] + 1)
        )
        if is_open and _opens_reason(text, words, index, last):
            return index
    return last


def _asks_from(
    text: str,
    words: Sequence[Word],
    first: int,
    last: int,
    hits: Sequence[Hit[str]],
    labels: Sequence[tuple[int, int]],
) -> int:
    """Return the word from which a sentence asks; what labels such as "(Muss)" speak of is asked for anyway."""
    if not labels:
        stop = _reason_start(text, words, first, last, hits)
        start = _request_start(text, words, first, stop, [hit for hit in hits if hit.first < stop])
        return last if start == stop else start
    others = [hit for hit in hits if not any(begin <= hit.first < stop for begin, stop in labels)]
    if any(hit.payload == "asks" and hit.first < labels[0][0] for hit in others):
        return _request_start(text, words, first, last, others)
    return first


def _piece_asks_from(begin: int, stop: int, asks_from: int, inside: Sequence[Hit[str]]) -> int:
    """Return the word from which a piece asks: in "plots without a siding are out" from the siding."""
    without = next((hit for hit in inside if hit.payload == "without"), None)
    if without is not None:
        return without.last
    return min(max(begin, asks_from), stop)


def _names_company(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the words introduce a company, e.g. "haulage firm with thirty employees"."""
    for index in range(first, min(last, first + 12)):
        pair = "".join(word.folded for word in words[index : index + 2])
        is_part = text[words[index].end : words[index].end + 1] == "-" or (
            words[index].folded == "betrieb" and text[words[index].start - 1 : words[index].start] == "-"
        )
        is_house = words[index].folded.startswith("start") and any(
            word.folded.startswith(_HOUSES_OF_FOUNDERS) for word in words[index + 1 : index + 3]
        )
        if not is_house and (
            pair in ("startup", "spinoff") or (_COMPANY.search(words[index].folded) and not is_part)
        ):
            return True
    return False


def clauses_of(
    text: str, words: Sequence[Word], sentences: Sequence[tuple[int, int, Language]]
) -> tuple[Clause, ...]:
    """Return the clauses of `text`, sentence by sentence; sentences addressed to the ranking are left out.

    `sentences` are half-open character ranges with their language.
    """
    starts = [word.start for word in words]
    clauses: list[Clause] = []
    carried: frozenset[str] = frozenset()
    for number, (start, end, language) in enumerate(sentences):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last or any(_is_instruction(words, first, last, speech) for speech in LANGUAGES):
            continue
        hits = _without_idioms([hit.moved(first) for hit in markers(language).hits(words[first:last])])
        is_item = _is_item(text, start)
        if text[:end].rstrip().endswith(":") and last - first <= MOST_HEADING_WORDS:
            named = label_stance(words, first, last, hits)
            carried = frozenset(LABELS) & ({hit.payload for hit in hits} | {named or ""})
        elif not is_item:
            carried = frozenset()
        found = _clauses_in(text, words, first, last, number, language, hits, carried, is_item)
        is_denied = text[:end].rstrip().endswith("?") and last < len(words) and words[last].folded in _DENIALS
        clauses.extend(
            replace(clause, is_idle=True, is_avoided=False) if is_denied else clause for clause in found
        )
    return tuple(clauses)


def all_asked(text: str, words: Sequence[Word], clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses of a text in which nothing was found to be asked for, as if its long lists asked.

    "Engineering office for grids, 120 engineers, offices at a station, a tram": the first piece names who asks. A sentence
    with a verb tells, and so does a short one.
    """
    by_sentence: dict[int, list[Clause]] = {}
    for clause in clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause)
    lists = {
        number
        for number, pieces in by_sentence.items()
        if len(pieces) > MOST_PIECES_TOLD and not _has_verb(text, words, pieces[0].first, pieces[-1].last)
    }
    return tuple(
        replace(clause, request_from=clause.first)
        if clause.sentence in lists and not clause.is_reason and clause is not by_sentence[clause.sentence][0]
        else clause
        for clause in clauses
    )


def _without_idioms(hits: Sequence[Hit[str]]) -> list[Hit[str]]:
    """Leave out markers that are only part of a phrase that says something else: "need" in "if need be"."""
    idioms = [hit for hit in hits if hit.payload == "idiom"]
    return [
        hit
        for hit in hits
        if not any(
            one.first <= hit.first and hit.last <= one.last and hit.last - hit.first < one.last - one.first
            for one in idioms
        )
    ]


def _clauses_in(
    text: str,
    words: Sequence[Word],
    first: int,
    last: int,
    number: int,
    language: Language,
    hits: Sequence[Hit[str]],
    carried: frozenset[str],
    is_item: bool,
) -> list[Clause]:
    """Return the clauses of one sentence; `carried` are the stances of the heading above its list."""
    found = [hit.moved(first) for hit in cues(language).longest_hits(words[first:last])]
    named = [hit for hit in found if hit.payload.facet is not None]
    pieces = _whole(_pieces(text, words, first, last, found), words, hits, named)
    compared_to = _compared_to(words, first, last, hits)
    pieces = _parted(_with_relatives(text, words, pieces), compared_to)
    left = [moved for begin, stop in pieces if (moved := _left(words, begin, stop)) is not None]
    for _, goal in left:
        pieces = _parted(pieces, goal)
    labels = labels_of(text, words, pieces, hits)
    labelled = asides(text, words, pieces, hits) | with_labels(text, words, pieces, labels, is_item)
    hits = in_force(words, hits, pieces)
    kinds = {hit.payload for hit in hits}
    asks_from = _asks_from(text, words, first, last, hits, [pieces[place] for place in labels])
    colon = _colon_word(text, words, first, last)
    heading = (
        {hit.payload for hit in hits if hit.last <= colon} & {"must", "wish"} if colon > first else set()
    )
    heading |= carried if is_item else set()
    heading |= {"must"} if compared_to > first or "only_where" in kinds else set()
    wish_from = _behind_semicolon(text, words, first if colon - first <= MOST_LABEL_WORDS else colon, last)
    consequence = _consequence_from(text, words, first, last, hits)
    wish_from = max(wish_from, consequence or first)
    opening, opening_stop = _opening_stance(text, words, first, last, hits, consequence or last)
    leaving = [piece for piece in pieces if _refuses_leaving(words, *piece, hits)]
    staying = [hit for hit in hits if not any(begin <= hit.first < stop for begin, stop in leaving)]
    refused = reached(text, words, pieces, staying, "negation_end")
    unneeded = reached(text, words, pieces, hits, "unneeded")
    is_telling = asks_from == last and not (
        _names_company(text, words, first, last) or any(word.folded in _MAKES for word in words[first:last])
    )
    clauses: list[Clause] = []
    for place, (begin, stop) in enumerate(pieces):
        if place in labels:
            continue
        inside = [hit for hit in hits if begin <= hit.first < stop]
        own = {hit.payload for hit in inside}
        label = labelled.get(place) or next(
            (name for name in ("refused", "unneeded") if name in heading), None
        )
        is_listed = bool(clauses) and begin > clauses[-1].last and words[begin - 1].folded in _AND
        fellow = clauses[-1] if is_listed else None
        says_nothing = not says_itself(words, (begin, stop), hits)
        is_reason = _opens_reason(text, words, begin, stop) or (
            fellow is not None and fellow.is_reason and not own & _MEANT
        )
        ends_in_wish = any(
            hit.payload == "wish_end"
            and hit.last >= last - 1
            and "," not in text[words[hit.last - 1].end : words[last - 1].start]
            and begin >= wish_from
            and (stop == last or not is_terse(words, *pieces[-1], verbs=_OF_ITSELF))
            for hit in hits
        )
        is_avoided = label == "refused" or (place in refused and "without" not in own)
        request_from = begin if is_avoided else _piece_asks_from(begin, stop, asks_from, inside)
        is_told_of_house = not own & {"asks", "calls"} and _is_at_present_house(words, begin, stop)
        request_from = stop if is_reason or is_told_of_house else request_from
        versus = [
            hit.first for hit in inside if hit.payload == "versus" and not _is_bound(text, words, hit, stop)
        ]
        versus += _less_liked(words, begin, stop) + _consequence(words, stop, inside)
        versus += _replaced(words, begin, stop, inside)
        versus += [start for start, _ in left if begin <= start < stop]
        opens_figure = any(word.folded[0].isdigit() for word in words[begin : min(stop, begin + 2)])
        is_compared = fellow is not None and fellow.after_versus < fellow.last
        if is_compared and says_nothing and not opens_figure:
            versus.append(begin)
        stance = _stance(
            own,
            (ends_in_wish and not own & {"must", "calls"}) or (ends_in_wish and stop == last),
            heading | (opening if begin < opening_stop and not own & {"asks", "calls"} else set()),
        )
        if label in ("must", "wish"):
            stance = "must" if label == "must" else "wish"
        elif unneeded.get(place) == "weak":
            stance = "wish"
        is_idle = label == "unneeded" or unneeded.get(place) == "full" or stop <= compared_to
        is_idle = is_idle or (not own & _MEANT and _stays(words, begin, stop))
        is_idle = is_idle or (
            fellow is not None and says_nothing and _is_protected(words, fellow, begin, stop, named)
        )
        clauses.append(
            Clause(
                begin,
                stop,
                language,
                number,
                request_from=request_from,
                is_reason=is_reason,
                stance=stance,
                has_emphasis="emphasis" in own
                or ("emphasis" in kinds and colon > first)
                or begin >= compared_to > first,
                is_idle=is_idle and not is_avoided,
                is_avoided=is_avoided,
                negations=tuple(
                    hit.last
                    for hit in inside
                    if hit.payload == "negation"
                    and not any(near.payload == "near" and near.first == hit.first for near in inside)
                ),
                after_versus=min(versus, default=stop),
                is_leaving=("leaving" in own and not _is_of_goods(words, begin, stop))
                or is_told_of_house
                or (
                    ("now" in own or _is_of_present_house(words, begin, stop)) and not own & {"asks", "calls"}
                ),
                is_telling=is_telling,
            )
        )
    return clauses


def _refuses_leaving(words: Sequence[Word], begin: int, stop: int, hits: Sequence[Hit[str]]) -> bool:
    """Tell whether a piece only refuses to go away, by no figure: "everyone knows us here, we do not want to leave"."""
    inside = [word.folded for word in words[begin:stop]]
    is_refusal = any(hit.payload == "negation_end" and begin <= hit.first < stop for hit in hits)
    return is_refusal and not _GOING_AWAY.isdisjoint(inside) and not any(word[0].isdigit() for word in inside)


def clause_at(clauses: Sequence[Clause], word: int) -> Clause | None:
    """Return the clause that holds the word, None for a word between clauses."""
    number = bisect_right(clauses, word, key=lambda clause: clause.first) - 1
    return clauses[number] if number >= 0 and word < clauses[number].last else None


def _is_bound(text: str, words: Sequence[Word], hit: Hit[str], stop: int) -> bool:
    """Tell whether words that compare only bound a figure: "not more than 40 km", "further than an hour"."""
    term = read_term(text, words[hit.last].start) if hit.last < stop else None
    return term is not None and (not term.number.is_article or term.unit is not None)


def _less_liked(words: Sequence[Word], begin: int, stop: int) -> list[int]:
    """Return where the less liked of two begins: "prefer a town to | a city", "ziehen wir | einer Großstadt vor"."""
    found = []
    for index in range(begin, stop):
        word = words[index].folded
        if word in ("ziehen", "zieht") and words[stop - 1].folded == "vor":
            found.append(index + 1)
        elif word in ("prefer", "prefers"):
            found += [
                place
                for place in range(index + 2, stop - 1)
                if words[place].folded == "to"
                and words[place + 1].folded in _ARTICLES
                and words[place - 1].folded not in _TAKES_TO
            ]
    return found[:1]


def _consequence(words: Sequence[Word], stop: int, inside: Sequence[Hit[str]]) -> list[int]:
    """Return where a piece tells what follows without something: "without a siding | the works cannot run"."""
    without = next((hit for hit in inside if hit.payload == "without"), None)
    if without is None:
        return []
    verbs = _FINITE | _MODALS | _COPULAS | _SUBJECTS
    return [index for index in range(without.last + 1, stop) if words[index].folded in verbs][:1]


def _opening_stance(
    text: str, words: Sequence[Word], first: int, last: int, hits: Sequence[Hit[str]], consequence: int
) -> tuple[set[str], int]:
    """Return the stance with which a sentence opens, and the word up to which it holds: a semicolon or its consequence.

    "Wichtig sind uns ...", "toll wären ...", "we hope for ..." and "ideally ..." hold for all that they list.
    """
    stop = next(
        (i for i in range(first + 1, consequence) if ";" in text[words[i - 1].end : words[i].start]),
        consequence,
    )
    named = {
        hit.payload
        for hit in hits
        if hit.payload in ("must", "wish")
        and hit.first <= first + 1
        and hit.last < last
        and (
            _is_predicate(words, hit, last)
            or (words[first].folded in _WE and hit.payload == "wish")
            or words[first].folded in _IDEALLY
        )
    }
    return named, stop


def _behind_semicolon(text: str, words: Sequence[Word], first: int, last: int) -> int:
    """Return the first word behind the last semicolon of a range, or `first` without one."""
    behind = range(last - 1, first, -1)
    return next((i for i in behind if ";" in text[words[i - 1].end : words[i].start]), first)


def _is_predicate(words: Sequence[Word], hit: Hit[str], last: int) -> bool:
    """Tell whether a stance stands with its copula: "toll wären", "wichtig sind", "important to us are"."""
    index = hit.last
    while index < last - 1 and words[index].folded in _TO_US:
        index += 1
    return words[index].folded in _COPULAS or words[hit.last - 1].folded in _COPULAS


def _compared_to(words: Sequence[Word], first: int, last: int, hits: Sequence[Hit[str]]) -> int:
    """Return where the main thing begins in "more important than X and Y is Z"; `first` in other sentences."""
    if not any(hit.payload == "emphasis" and hit.first == first for hit in hits):
        return first
    opening = next((hit for hit in hits if hit.payload == "versus" and hit.first == first), None)
    if opening is None:
        return first
    return next((i for i in range(opening.last, last) if words[i].folded in _COPULAS), first)


def _parted(pieces: Sequence[tuple[int, int]], word: int) -> list[tuple[int, int]]:
    """Return the pieces, the one around a word cut before it."""
    cut = []
    for begin, stop in pieces:
        cut += [(begin, word), (word, stop)] if begin < word < stop else [(begin, stop)]
    return cut


def _with_relatives(
    text: str, words: Sequence[Word], pieces: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the pieces, a relative clause put back to its noun: "a plot, on which two lorries can pass"."""
    kept: list[tuple[int, int]] = []
    for begin, stop in pieces:
        gap = text[words[begin - 1].end : words[begin].start].strip() if kept else ""
        if kept and kept[-1][1] == begin and gap == "," and _is_relative(words, begin, stop):
            kept[-1] = (kept[-1][0], stop)
        else:
            kept.append((begin, stop))
    return kept


def _is_relative(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether a piece opens as a relative clause and, in German, has its verb at the end alone."""
    pronoun = begin + (words[begin].folded in _RELATIVE_LINKS)
    if pronoun >= stop or words[pronoun].folded not in _RELATIVES:
        return False
    is_main = any(word.folded in _MODALS | _COPULAS for word in words[pronoun + 1 : stop - 1])
    return words[pronoun].folded in _RELATIVES_EN or (
        words[stop - 1].folded in _RELATIVE_ENDS and not is_main
    )


def _is_of_present_house(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether a piece opens with the premises the company has: "our present building stands by a railway"."""
    opening = [word.folded for word in words[begin : min(stop, begin + 3)]]
    return (
        len(opening) == 3 and opening[0] in _OUR and opening[1] in _PRESENT and opening[2].endswith(_HOUSES)
    )


def _is_at_present_house(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether a piece tells of today's premises: "at its present site in the north"."""
    return any(
        words[index].folded in _TODAY
        and words[index + 1].folded.endswith(_PREMISES)
        and any(word.folded in _AT for word in words[max(begin, index - 2) : index])
        for index in range(begin + 1, stop - 1)
    )


def _is_of_goods(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether goods leave the works, not the company its premises: "the pumps leave the plant by rail"."""
    return any(word.folded in _OUTGOING for word in words[begin:stop])


def _stays(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Tell whether a piece only says that premises are kept: "our warehouse in Ghent stays"."""
    inside = [word.folded for word in words[begin:stop]]
    return (
        any(word in _STAY for word in inside)
        and not any(word in _MODALS or word[0].isdigit() for word in inside)
        and any(
            word.endswith(_PREMISES)
            and any(near in _OUR for near in inside[max(0, place - OUR_REACH) : place])
            for place, word in enumerate(inside)
        )
    )


def _left(words: Sequence[Word], begin: int, stop: int) -> tuple[int, int] | None:
    """Return the words of a piece that name where the company moves from: "moves its office | from Ghent | to a port".

    "From" behind a figure measures a way, "aus Kostengründen" gives a reason; "von" is one of moving away
    only with its goal or "weg". Where staff move along from, the company should stay near.
    """
    inside = [word.folded for word in words[begin:stop]]
    if not any(word in _MOVES for word in inside) or inside[-1] == "vor":
        return None
    if any(word in _ALONG for word in inside) or any(pair in _WITH_US for pair in pairwise(inside)):
        return None
    for index in range(begin + 1, stop - 1):
        word, follows = words[index].folded, words[index + 1].folded
        if word[0].isdigit():
            return None
        goal = next((i for i in range(index + 2, stop - 1) if _leads_to(words, i)), stop)
        is_out = word in _OUT_OF or (word == "von" and (goal < stop or any(w in _AWAY for w in inside)))
        if is_out and not follows[0].isdigit() and not follows.endswith(("grund", "gruenden")):
            return index, goal
    return None


def _leads_to(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word leads to where something moves: "to Ghent", "an die Küste"."""
    word, follows = words[index].folded, words[index + 1].folded
    return word in _TOWARD or (word in ("in", "an", "auf") and follows in _ACCUSATIVE)


def _replaced(words: Sequence[Word], begin: int, stop: int, inside: Sequence[Hit[str]]) -> list[int]:
    """Return where a piece names what is to be replaced: behind "a replacement for", before "ersetzen"."""
    hit = next((hit for hit in inside if hit.payload == "replaced"), None)
    if hit is None:
        return []
    if hit.last < stop:
        return [hit.last]
    before = range(hit.first - 1, begin, -1)
    return [index for index in before if words[index].folded in _OUR | _ACCUSATIVE][:1]


def _is_protected(
    words: Sequence[Word], before: Clause, begin: int, stop: int, named: Sequence[Hit[Cue]]
) -> bool:
    """Tell whether a piece names more of what a distance is kept from: "distance from housing and schools"."""
    facets = {hit.payload.facet for hit in named if begin <= hit.first < stop}
    is_kept = any(words[index].folded in _PROTECTED for index in range(before.first, before.last))
    return is_kept and stop - begin <= MOST_LISTED_WORDS and facets <= {"quality_of_life", "agglomeration"}


def _stance(own: set[str], ends_in_wish: bool, heading: set[str]) -> Stance:
    """Say how firmly a clause asks: its own words first, then those of its heading."""
    if "wish" in own or ends_in_wish:
        return "wish"
    if "must" in own:
        return "must"
    return "wish" if "wish" in heading else "must" if "must" in heading else "plain"


def _is_item(text: str, start: int) -> bool:
    """Tell whether the sentence that starts here is an item of a list, by the sign before it."""
    return bool(_ITEM.search(text[max(0, start - 6) : start + 4]))


def _is_instruction(words: Sequence[Word], first: int, last: int, language: Language) -> bool:
    """Tell whether the sentence speaks to whoever ranks, e.g. "rank Bochum first"."""
    opening = first
    while opening < last - 1 and words[opening].folded in _OPENERS:
        opening += 1
    hits = markers(language).hits(words[opening:last])
    kinds = {hit.payload for hit in hits}
    is_order = any(hit.payload == "system_verb" and hit.first == 0 for hit in hits)
    return "system" in kinds or (is_order and "system_target" in kinds)


def _colon_word(text: str, words: Sequence[Word], first: int, last: int) -> int:
    """Return the first word behind a colon of the sentence outside brackets, or `first` without one."""
    depth = 0
    for index in range(first + 1, last):
        between = text[words[index - 1].end : words[index].start]
        depth += sum(between.count(sign) for sign in "([") - sum(between.count(sign) for sign in ")]")
        if ":" in between and depth <= 0:
            return index
    return first
