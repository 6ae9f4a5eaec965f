"""From clauses and cues to what is wanted: one entry a need, with its words, topics and stance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import Language
from matcher.brief import Facet, Place
from matcher.clauses import Clause, clause_at, markers
from matcher.lexicon import Cue, cues
from matcher.phrases import Hit
from matcher.quantities import Quantity
from matcher.stances import Stance
from matcher.tokens import Word, small_words

AVOIDABLE: frozenset[Facet] = frozenset({"site", "agglomeration", "distance"})
"""What an investor can want to keep away from; "no siding" only means that none is needed."""

MOST_TO_EITHER = 3
"""Most words between two ways of which either will do: "a siding or at least a canal". Chosen."""

CONTEXT_FACETS: frozenset[Facet] = frozenset({"access", "utilities"})
"""What a sentence that only tells about the company may still ask for: nobody mentions a siding idly."""

PASSENGER_TOPICS = frozenset({"public_transport", "long_distance_rail"})
"""Of these a sentence that only tells asks for nothing, "we overhaul trams", unless it speaks of staff as well."""

STAFF_FACETS: frozenset[Facet | None] = frozenset({"labour_market", "talent"})

LEFT_FACETS: frozenset[Facet] = frozenset({"site", "agglomeration", "distance", "access"})
"""What is not asked for where the premises to be given up are described."""

USUALLY_WISHED: frozenset[Facet] = frozenset({"research", "quality_of_life"})
"""Readers of real briefs took these for wishes unless the wording is firm (research/fit/needs.csv)."""

ABSORBED: frozenset[tuple[Facet, Facet | None]] = frozenset(
    {
        ("distance", "agglomeration"),
        ("distance", "site"),
        ("distance", "labour_market"),
        ("distance", "cluster"),
        ("talent", "labour_market"),
        ("labour_market", "site"),
        ("agglomeration", "site"),
        ("cluster", "utilities"),
        ("talent", "research"),
    }
)
"""Pairs of which the second only completes the first: "eastern side of the conurbation", "close to our plant"."""

SPACE_TOPICS = frozenset({"land", "hall", "warehouse", "office", "laboratory"})
"""Parts of one building or plot when they are only listed: "10,000 m² with hall, workshop and office"."""

CONDITION_TOPICS = frozenset({"industrial_zoning", "shift_work"})
"""Conditions of a site that are worded with "no": no housing close by, no flood risk."""

STEM = 6
"""Letters that must agree for two words to speak of the same thing; chosen by trying."""

MOST_WORDS_OF_A_PART = 4
"""Words of a part of a building that is only listed, "crane runway 50 tonnes"; chosen by judgement."""

_RADIUS = small_words("radius") | {"distance", "kurzer", "kurze", "short"}
_REACH = small_words("radius") | small_words("reach")
_BEYOND = small_words("beyond")
_PASSED = small_words("passed")
_NEED_VERBS = small_words("need_verb")
_EITHER = frozenset({"oder", "or", "bzw", "beziehungsweise"})
_LINKS = small_words("link")
_PLACES = small_words("place")


_LEADS = (_LINKS | small_words("lead")) - {"direkt"}
"""Words before a need that say nothing of it; "directly at" does."""
_OWNERS = frozenset({"of", "der", "des", "von", "einer", "eines", *_EITHER})
_WITH = frozenset({"with", "mit"})
_PERMITS = ("permi", "genehmig", "approv")
"""What an authority guides through: no condition of a site beside one."""
_AREA_UNITS = frozenset(
    {"m2", "qm", "quadratmeter", "quadratmetern", "sqm", "square", "ha", "hektar", "hectares"}
)
_ROLES = frozenset({"as", "als"})
_WHERE = small_words("where")
_PASSENGER_SIGNS = small_words("passenger")
_FREIGHT_SIGNS = small_words("freight")
ROLE_REACH = 4
"""Words from "as" to the customers that what stands before it should become; chosen by judgement."""

_FOR = small_words("for")
_OUTSIDE = small_words("outside")
_DESPITE = small_words("despite")
_OURS = small_words("ours")
_COMERS = small_words("comer")
_ARE = frozenset({"are", "sind"})
_TENURES = small_words("tenure")
_PRICES = small_words("price")
_COPULAS = small_words("copula")
_MODALS = small_words("modal")
_RESEARCHERS = frozenset({"forschende", "forschenden", "forscher", "researchers", "scientists"})
_VERB_LEADS = small_words("verb_lead")
_PASTS = small_words("past")
_WOULD = _MODALS | frozenset({"wuerden", "wuerde", "wollen", "will", "moechten", "koennen"})
_ROOMS = small_words("space") | small_words("room")
_SHOWN = small_words("shown")
_ON_BEHALF = _FOR | small_words("behalf")
_AND = small_words("and")
_BUILDINGS = frozenset({"gebaeude", "building"})
_ALSO = frozenset({"auch", "also"})
_DEFINITE = small_words("definite")
_TO = frozenset({"to", "zu", "zwischen", "between"})
_INDEFINITE = frozenset({"a", "an", "ein", "eine", "einem", "einer", "einen"})
_NEAR = small_words("near")
_RELATIVES = small_words("relative")
_BY = frozenset({"by", "per", "mit"})
_VERBS = small_words("finite") | _MODALS
_TIMES = frozenset({"minuten", "minutes", "minute", "stunde", "stunden", "hour", "hours", "min"})
_ONLY_IF = small_words("only_if")
BENEFICIARIES: frozenset[Facet | None] = frozenset({"labour_market", "talent", "cluster"})
"""Facets of those for whom something is wanted, who are not wanted themselves: "a showroom for architects"."""
SHOWN_REACH = 6
"""Words between customers and the verb that makes guests of them, "an address that impresses"; chosen by judgement."""
EXPLAINED: frozenset[Facet] = frozenset({"cluster", "research", "partners"})
"""Facets whose needs name many of a kind, which a list behind "such as" or "namely" spells out."""
EXPLAINER_WORDS = 2
"""Most words of "for instance" and its like."""
MOST_FELLOW_WORDS = 4
"""Words of a first subject that shares the verb of the second; chosen by judgement."""
MOST_SPELLED_OUT = 6
"""Words behind a noun that say of what it is, "institute for surface technology"; chosen by judgement."""
ASIDE_REACH = 4
"""Words between "for", "outside" or "despite" and what they set aside; chosen by judgement."""

ZONE_REACH = 7
"""Words between "outside" and the name of the zone's owner; chosen by judgement."""

WEAKLY_WISHED: frozenset[Facet] = frozenset({"cluster", "access"})
"""What only a weak cue names is no requirement here unless worded as one: "in the neighbourhood"."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need before worths: words `first` to `last` say it, `cue_stems` begin those that cues matched.

    `elsewhere` are the words, as half-open ranges, of other places that say the same.
    """

    facet: Facet
    topics: tuple[str, ...]
    first: int
    last: int
    language: Language
    clause: Clause
    stance: Stance
    is_avoided: bool = False
    n_mentions: int = 1
    has_emphasis: bool = False
    is_soft: bool = False
    is_weak: bool = False
    cue_first: int = 0
    cue_stems: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    place: Place | None = None
    elsewhere: tuple[tuple[int, int], ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether its clause asks for it, rather than telling of the company or of premises to be given up."""
        return self.cue_first >= self.clause.request_from and not self.clause.is_leaving

    @property
    def is_must(self) -> bool:
        """Whether the need is a requirement: worded as one, or stated flatly and usually meant as one."""
        if self.facet == "distance" and self.place and self.place.location_id and self.quantity is None:
            return False
        if self.stance == "plain":
            is_area = self.place is not None and self.place.radius_km > 0 and not self.cue_stems
            is_count = self.topics == ("workers",) and (self.is_weak or self.quantity is not None)
            return (
                self.facet not in USUALLY_WISHED
                and self.topics != ("expansion",)
                and not is_count
                and not (is_area and self.facet == "distance" and self.quantity is None)
                and not self.is_soft
                and not (self.is_weak and self.facet in WEAKLY_WISHED)
            )
        return self.stance == "must"


def distance_to(
    clause: Clause, first: int, last: int, reach: int, *, place: Place | None = None, is_soft: bool = False
) -> Wanted:
    """Return the need to be near what words `first` to `last` name: a wish where the clause only tells of it.

    It is to be kept away from where the clause says so, or a "no" stands at most `reach` words before.
    """
    is_asked = first >= clause.request_from and not clause.is_reason
    is_negated = any(0 <= first - negation <= reach for negation in clause.negations)
    return Wanted(
        "distance",
        (),
        first,
        last,
        clause.language,
        clause,
        clause.stance if is_asked else "wish",
        is_avoided=is_asked and (clause.is_avoided or is_negated),
        is_soft=is_soft or not is_asked,
        cue_first=first,
        place=place,
    )


def wanted_in(words: Sequence[Word], clauses: Sequence[Clause]) -> tuple[Wanted, ...]:
    """Return what the clauses ask for, in order of the words; see `merged` for what is said twice."""
    found: list[Wanted] = []
    named = [_named(words, clause) for clause in clauses]
    of_staff = {
        clause.sentence
        for clause, hits in zip(clauses, named, strict=True)
        if any(hit.payload.facet in STAFF_FACETS for hit in hits)
    }
    for place, (clause, hits) in enumerate(zip(clauses, named, strict=True)):
        if clause.is_idle:
            continue
        is_of_staff = clause.sentence in of_staff
        counted: list[Hit[Cue]] = []
        beside = [hit for hit in hits if not _is_guest(words, clause, hit)]
        for hit in hits:
            is_counted = _counts(hit, beside, clause, is_of_staff=is_of_staff)
            if is_counted and not _is_aside(words, clause, counted, hit, hits):
                counted.append(hit)
        grouped = [
            entry
            for entry in _grouped(words, clause, _without_bearers(words, counted))
            if not _means_earlier(words, entry, found)
        ]
        before = clauses[place - 1] if place else None
        is_bare = not found or found[-1].clause is not before
        found.extend(_with_fellow(words, before, entry) if is_bare else entry for entry in grouped)
    return tuple(_with_antecedent(words, clauses, entry) for entry in _with_examples(words, clauses, found))


def _means_earlier(words: Sequence[Word], entry: Wanted, found: Sequence[Wanted]) -> bool:
    """Tell whether "the building" is only the space asked for before: "the building must stand at a station"."""
    at = entry.cue_first
    is_named_again = at > 0 and words[at - 1].folded in _DEFINITE and words[at].folded in _BUILDINGS
    return (
        is_named_again
        and entry.last - at <= MOST_WORDS_OF_A_PART
        and any(other.facet == "site" for other in found)
    )


def _with_examples(words: Sequence[Word], clauses: Sequence[Clause], found: Sequence[Wanted]) -> list[Wanted]:
    """Give the list behind "such as", "also" or "namely" to the need it explains: "customers, namely mills, works"."""
    kept = list(found)
    for place, clause in enumerate(clauses):
        before = clauses[place - 1] if place else None
        if before is None or before.sentence != clause.sentence or not _explains(words, clause):
            continue
        head = next((entry for entry in reversed(kept) if entry.clause is before), None)
        if head is None or head.facet not in EXPLAINED:
            continue
        listed = [clause]
        for following in clauses[place + 1 :]:
            own = [entry for entry in kept if entry.clause is following]
            if following.sentence != clause.sentence or any(entry.facet != head.facet for entry in own):
                break
            if not _only_lists(words, following):
                break
            listed.append(following)
        at = kept.index(head)
        kept[at] = replace(head, elsewhere=(*head.elsewhere, *((one.first, one.last) for one in listed)))
        kept = [entry for entry in kept if not any(entry.clause is one for one in listed)]
    return kept


def _explains(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether a clause opens with a word that explains and only lists: "such as mills and works"."""
    hits = markers(clause.language).hits(
        words[clause.first : min(clause.last, clause.first + EXPLAINER_WORDS)]
    )
    return any(hit.payload == "explains" and hit.first == 0 for hit in hits) and _only_lists(words, clause)


def _only_lists(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether a clause has neither verb nor figure."""
    inside = [word.folded for word in words[clause.first : clause.last]]
    return not any(word in _VERBS or word[0].isdigit() for word in inside)


def _with_fellow(words: Sequence[Word], before: Clause | None, entry: Wanted) -> Wanted:
    """Let a need for neighbours begin with the first of its subjects: "banks and insurers must be close neighbours"."""
    if (
        before is not None
        and before.sentence == entry.clause.sentence
        and entry.first == entry.clause.first == before.last + 1
        and words[before.last].folded in _AND
        and entry.facet == "cluster"
        and before.last - before.first <= MOST_FELLOW_WORDS
        and _only_lists(words, before)
    ):
        return replace(entry, first=_without_lead(words, before.first, before.last))
    return entry


def _with_antecedent(words: Sequence[Word], clauses: Sequence[Clause], entry: Wanted) -> Wanted:
    """Let "the institute" mean the one told of before: "a spin-off of an institute for optics"."""
    at, follows = entry.cue_first, entry.cue_first + 1
    if entry.facet != "research" or at == 0 or words[at - 1].folded not in _DEFINITE:
        return entry
    if follows < len(words) and words[follows].folded in _FOR | _OWNERS:
        return entry
    for earlier in range(at - 2, 0, -1):
        clause = clause_at(clauses, earlier)
        if words[earlier].folded != words[at].folded or clause is None:
            continue
        is_spelled_out = earlier + 1 < clause.last and words[earlier + 1].folded in _FOR | _OWNERS
        is_modified = words[earlier - 1].folded not in _DEFINITE | _INDEFINITE | _OURS and not is_spelled_out
        if is_spelled_out or is_modified:
            first = earlier - is_modified
            stop = min(clause.last, earlier + 1 + (MOST_SPELLED_OUT if is_spelled_out else 0))
            return replace(entry, elsewhere=(*entry.elsewhere, (first, stop)))
    return entry


def _named(words: Sequence[Word], clause: Clause) -> list[Hit[Cue]]:
    """Return the cues of a clause, those left out that stand for nothing."""
    hits = cues(clause.language).longest_hits(words[clause.first : clause.last])
    return _with_modifiers(words, [hit.moved(clause.first) for hit in hits if hit.payload.facet is not None])


def _with_modifiers(words: Sequence[Word], hits: Sequence[Hit[Cue]]) -> list[Hit[Cue]]:
    """Return the cues, a supply that only says what kind of institute is meant joined to it: "hydrogen research centre"."""
    kept: list[Hit[Cue]] = []
    for hit in hits:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.payload.facet == "utilities"
            and hit.payload.facet == "research"
            and before.last == hit.first
            and words[hit.first].start - words[before.last - 1].end == 1
        ):
            kept[-1] = replace(hit, first=before.first)
        else:
            kept.append(hit)
    return kept


def _is_aside(
    words: Sequence[Word], clause: Clause, before: Sequence[Hit[Cue]], hit: Hit[Cue], hits: Sequence[Hit[Cue]]
) -> bool:
    """Tell whether a cue names no need of its own, by the words around it.

    Aside are those for whom another need is ("a siding for our fitters"), what a place should lie outside of, what is
    put up with ("despite the neighbours' doubts"), the company's own staff, customers who only come, or to whom
    a road leads, a way to travel to a place with its minutes, the market of a product ("valves for hydrogen
    pipelines") and renting without a word of its price. `before` are the cues of `hits`, all those of the
    clause, that count so far.
    """
    facet, topic = hit.payload.facet, hit.payload.topic
    nearest = [word.folded for word in words[max(clause.first, hit.first - ASIDE_REACH) : hit.first]]
    if _DESPITE & {*nearest} or (facet == "access" and _is_outside(words, clause, hit)):
        return True
    if facet in STAFF_FACETS and topic != "retain_staff" and _OURS & {*nearest[-2:]}:
        return True
    if facet == "site" and topic == "brownfield" and _is_conditional(words, clause, hit):
        return True
    if _is_guest(words, clause, hit) or (topic == "rent" and _is_tenure(words, clause, hit)):
        return True
    is_market = hit.first < clause.request_from or (not before and bool(_ALSO & {*nearest}))
    if facet in CONTEXT_FACETS and is_market and _FOR & {*nearest[-2:]}:
        return True
    if _is_verb(words, clause, hit, hits) or (topic == "municipality" and _is_history(words, clause, hit)):
        return True
    if facet == "research" and _is_seated(words, clause, hit):
        return True
    if not before and facet == "site" and _is_served(words, clause, hit):
        return True
    if not before:
        opens = hit.first == clause.first + 1 and words[clause.first].folded in _FOR
        return (
            opens
            and facet in STAFF_FACETS
            and any(other.payload.facet in CONTEXT_FACETS for other in hits if other.first > hit.first)
        )
    is_other = before[-1].payload.facet not in BENEFICIARIES | {"research"}
    between = [word.folded for word in words[max(before[-1].last, hit.first - ASIDE_REACH) : hit.first]]
    served = next((place for place, word in enumerate(between) if word in _FOR), len(between))
    is_counted = any(word[0].isdigit() for word in between[served:])
    if facet in BENEFICIARIES and is_other and served < len(between) and not is_counted:
        return True
    if facet == "cluster" and (_is_led_to(between) or _is_in_relative(words, clause, hit)):
        return True
    is_ride = topic in PASSENGER_TOPICS | {"rail"} and bool(
        _BY & {*between[-2:], *(word.folded for word in words[hit.first : hit.last])}
    )
    return is_ride and bool(_TIMES & {*between, words[before[-1].last - 1].folded})


def _is_outside(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether a place should lie outside of what a cue names: "outside the control zone of an airport"."""
    return any(
        words[index].folded in _OUTSIDE
        for index in range(max(clause.first, hit.first - ZONE_REACH), hit.first)
    )


def _is_conditional(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether something is only put up with on a condition: "polluted land only with an indemnity"."""
    behind = [word.folded for word in words[hit.last : min(clause.last, hit.last + ASIDE_REACH)]]
    return any(word in ("only", "nur") and follows in _ONLY_IF for word, follows in pairwise(behind))


def _is_tenure(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether renting is only how to have the space: "purchase or lease", "rent 500 m²", not "a low rent"."""
    named = {word.folded for word in words[hit.first : hit.last]}
    follows = {word.folded for word in words[hit.last : min(clause.last, hit.last + 1)]}
    around = {word.folded for word in words[clause.first : clause.last]}
    return named <= _TENURES and not around & _PRICES and not follows & (_COPULAS | _MODALS)


def _is_verb(words: Sequence[Word], clause: Clause, hit: Hit[Cue], hits: Sequence[Hit[Cue]]) -> bool:
    """Tell whether a cue, of `hits` of its clause, is a verb: "we would train", "a university trains", "wollen schulen"."""
    word = words[hit.first].folded
    if hit.last - hit.first > 1 or hit.first == clause.first:
        return False
    before = words[hit.first - 1].folded
    if word in ("train", "trains"):
        is_taught = before in _VERB_LEADS | _RELATIVES or any(
            other.payload.facet == "research" and other.last == hit.first for other in hits
        )
        return is_taught and before not in _BY
    around = {word.folded for word in words[clause.first : hit.first]}
    return word == "schulen" and hit.last == clause.last and bool(around & _WOULD)


def _is_history(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether a relative clause only tells what a town went through: "a town that lost its steelworks"."""
    is_relative = words[hit.last - 1].folded in _RELATIVES | {"that"}
    return is_relative and any(words[index].folded in _PASTS for index in range(hit.last, clause.last))


def _is_served(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether products only serve spaces of a kind: "robots for warehouses", not "3 ha for a warehouse"."""
    lead = [word.folded for word in words[clause.first : hit.first]]
    return (
        len(lead) > 1
        and lead[-1] in _FOR
        and clause.request_from == clause.first
        and lead[-2] not in _ROOMS
        and not any(word[0].isdigit() for word in lead)
    )


def _is_seated(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether a number of researchers are the company's own: "desks for 28 researchers"."""
    is_counted = hit.first > clause.first and words[hit.first - 1].folded[0].isdigit()
    return is_counted and words[hit.first].folded in _RESEARCHERS


def _is_guest(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether neighbours or customers only come, are received, or are those on whose behalf is asked."""
    if hit.payload.facet != "cluster" or hit.payload.kind == "weak":
        return False
    is_received = hit.payload.topic == "customers" and (
        _is_shown(words, clause, hit) or _is_principal(words, clause, hit) or _is_counted(words, clause, hit)
    )
    return is_received or _only_come(words, clause, hit)


def _only_come(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether customers are the subject of a visit or an order: "most clients come from there"."""
    behind = [word.folded for word in words[hit.last : min(clause.last, hit.last + 1)]]
    is_turned = words[clause.last - 1].folded in _COMERS and words[clause.first].folded in _RELATIVES | {
        "woher"
    }
    is_told = clause.stance == "plain" and hit.payload.topic == "customers" and bool(_ARE & {*behind})
    led = {word.folded for word in words[max(clause.first, hit.first - 1) : hit.first]}
    return bool(_COMERS & {*behind, *led}) or is_turned or is_told


def _is_shown(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether customers are only received or impressed: "an address that impresses customers"."""
    first, last = max(clause.first, hit.first - SHOWN_REACH), min(clause.last, hit.last + SHOWN_REACH)
    return any(words[index].folded in _SHOWN for index in range(first, last))


def _is_principal(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether a clause opens with those on whose behalf it asks: "for a client in the steel trade we seek"."""
    lead = [words[index].folded for index in range(clause.first, hit.first)]
    return len(lead) <= ASIDE_REACH and bool(_ON_BEHALF & {*lead[:2]}) and not _NEAR & {*lead}


def _is_counted(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether something is done for the customers the company has: "we store stands for 140 customers"."""
    at = hit.first
    return at - 2 >= clause.first and words[at - 1].folded[0].isdigit() and words[at - 2].folded in _FOR


def _is_led_to(between: Sequence[str]) -> bool:
    """Tell whether words lead to one of a kind that is not looked for: "flights to a hospital", not "close to a"."""
    pairs = zip(["", *between], between, between[1:], strict=False)
    return any(to in _TO and article in _INDEFINITE and lead not in _NEAR for lead, to, article in pairs)


def _is_in_relative(words: Sequence[Word], clause: Clause, hit: Hit[Cue]) -> bool:
    """Tell whether a cue stands in a relative clause that ends its clause: "a team, who could win customers"."""
    return any(
        words[index].folded in _RELATIVES
        and words[index].start - words[index - 1].end == len(", ")
        and index > clause.first
        for index in range(clause.first, hit.first)
    )


def _without_bearers(words: Sequence[Word], hits: Sequence[Hit[Cue]]) -> list[Hit[Cue]]:
    """Leave out cues that only say who or where: "utilities as customers", "head offices of insurers"."""
    kept: list[Hit[Cue]] = []
    for hit in hits:
        if kept and _is_only_where(words, kept[-1], hit):
            continue
        if hit.payload.facet == "cluster" and hit.payload.kind != "weak":
            if kept and _is_owned(words, kept[-1], hit):
                kept.pop()
            role = _role_word(words, hit)
            while role is not None and kept and role - kept[-1].last in range(MOST_TO_EITHER):
                role = kept.pop().first
        kept.append(hit)
    return kept


def _is_only_where(words: Sequence[Word], before: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Tell whether a plot is only where another need should be met: "a siding on the plot", "reach the site"."""
    is_plot = hit.payload.facet == "site" and hit.payload.topic == "land"
    nearest = words[max(before.last, hit.first - MOST_TO_EITHER) : hit.first]
    is_led = any(word.folded in _WHERE for word in nearest)
    return is_plot and is_led and before.payload.facet in CONTEXT_FACETS


def _is_owned(words: Sequence[Word], before: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Tell whether offices are only those of the neighbours asked for: "head offices of insurers"."""
    linked = _between(words, before, hit)
    return before.payload.topic == "office" and words[before.last].folded in linked & _OWNERS - _EITHER


def _role_word(words: Sequence[Word], hit: Hit[Cue]) -> int | None:
    """Return where the "as" stands that makes customers of what is named before it, None without one."""
    nearest = range(hit.first - 1, max(-1, hit.first - 1 - ROLE_REACH), -1)
    return next((index for index in nearest if words[index].folded in _ROLES), None)


def _counts(hit: Hit[Cue], hits: Sequence[Hit[Cue]], clause: Clause, *, is_of_staff: bool) -> bool:
    cue = hit.payload
    if hit.first >= clause.after_versus or (clause.is_leaving and cue.facet in LEFT_FACETS):
        return False
    is_asked = hit.first >= clause.request_from
    if cue.kind == "weak":
        return is_asked and all(other.payload.kind in ("weak", "field") for other in hits)
    if cue.kind == "field":
        return any(_takes_field(other.payload) for other in hits if other is not hit)
    if clause.is_reason:
        return cue.topic == "retain_staff"
    if is_asked or not clause.is_telling:
        return is_asked
    return cue.facet in CONTEXT_FACETS and (is_of_staff or cue.topic not in PASSENGER_TOPICS)


def _takes_field(cue: Cue) -> bool:
    """Tell whether a field of study beside this cue says in what: "graduates in robotics"."""
    is_person = cue.facet == "talent" or (cue.facet == "labour_market" and cue.topic == "skilled_workers")
    return cue.kind != "field" and is_person


def _grouped(words: Sequence[Word], clause: Clause, hits: Sequence[Hit[Cue]]) -> Iterable[Wanted]:
    """Put neighbouring cues of one facet together and share the clause's words among the groups."""
    groups: list[list[Hit[Cue]]] = []
    for hit in hits:
        if groups and _belongs(words, groups[-1], hit):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    begin = min(clause.request_from, groups[0][0].first) if groups else clause.first
    for number, group in enumerate(groups):
        last_group = number + 1 == len(groups)
        stop = clause.last if last_group else _cut(words, group[-1].last, groups[number + 1][0].first)
        facet = _facet_of(group)
        topics = _topics(words, group, facet)
        is_condition = CONDITION_TOPICS & set(topics) and not _is_industrial_zone(words, group)
        negated = not is_condition and (
            clause.is_avoided
            or any(0 <= group[0].first - negation <= 3 and negation >= begin for negation in clause.negations)
        )
        if negated and facet != "site" and _excludes_beyond(words, clause):
            negated = False
        if negated and (_is_only_unneeded(words, clause, facet) or _is_any_place(words, group)):
            begin = stop
            continue
        first = _without_lead(words, begin, group[0].first)
        stop = min(stop, max(clause.after_versus, group[-1].last))
        yield Wanted(
            facet,
            topics,
            first,
            stop,
            clause.language,
            clause,
            clause.stance,
            is_avoided=negated,
            has_emphasis=clause.has_emphasis,
            is_soft=all(hit.payload.kind == "soft" for hit in group),
            is_weak=all(hit.payload.kind == "weak" for hit in group)
            and not (facet == "utilities" and any(words[i].folded[0].isdigit() for i in range(first, stop))),
            cue_first=group[0].first,
            cue_stems=frozenset(words[i].folded[:STEM] for hit in group for i in range(hit.first, hit.last)),
        )
        begin = stop


def _topics(words: Sequence[Word], group: Sequence[Hit[Cue]], facet: Facet) -> tuple[str, ...]:
    """Return the topics of a group: not the trains of a terminal "with trains", not the land of "flood-prone land"."""
    named = [
        hit.payload.topic
        for number, hit in enumerate(group)
        if hit.payload.topic
        and hit.payload.facet == facet
        and not (number and facet == "access" and _between(words, group[number - 1], hit) & _WITH)
    ]
    if CONDITION_TOPICS & {*named}:
        named = [topic for topic in named if topic != "land"]
    return tuple(dict.fromkeys(named))


def _between(words: Sequence[Word], before: Hit[Cue], hit: Hit[Cue]) -> set[str]:
    """Return the words between two cues that stand close together, none where they do not."""
    inside = {word.folded for word in words[before.last : hit.first]}
    return inside if hit.first - before.last <= MOST_TO_EITHER else set()


def _belongs(words: Sequence[Word], group: Sequence[Hit[Cue]], hit: Hit[Cue]) -> bool:
    """Tell whether a cue continues its neighbours' need: ways to travel are needs of their own, unless either will do."""
    facet, topic = hit.payload.facet, hit.payload.topic
    leading = group[0].payload.facet
    linked = _between(words, group[-1], hit)
    is_reach = any(words[index].folded in _RADIUS for index in range(hit.first, hit.last))
    if facet == "distance" != leading and is_reach:
        return leading != "site"
    if leading == "research" and (
        topic == "laboratory" or (facet == "cluster" and linked & (_EITHER | _WITH))
    ):
        return True
    if leading == "site" and facet == "research" and group[-1].payload.topic == "laboratory":
        return bool(linked & _OWNERS) and len(group) == 1
    if (
        leading == "partners"
        and topic == "industrial_zoning"
        and words[hit.first].folded.startswith(_PERMITS)
    ):
        return True
    if facet != leading:
        return (leading, facet) in ABSORBED or hit.payload.kind == "field" or group[0].payload.kind == "field"
    before = {other.payload.topic for other in group}
    if facet == "site" and topic not in before and _has_area_of_its_own(words, group[-1].last, hit.first):
        return False
    if facet not in CONTEXT_FACETS or topic in before or not topic or before == {""}:
        return True
    return bool(linked & (_EITHER | (_WITH if "combined_terminal" in before else frozenset())))


def _has_area_of_its_own(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether "with" and an area stand between two spaces: "a building with 900 m² of clean rooms"."""
    inside = [word.folded for word in words[first:last]]
    opens = next((place for place, word in enumerate(inside) if word in _WITH), len(inside))
    return bool(_AREA_UNITS & {*inside[opens:]})


def _excludes_beyond(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether the clause excludes only what lies beyond a figure: "more than ten minutes from a motorway", "no rent above 7 euros"."""
    return any(
        (words[i].folded in _BEYOND and any(word.folded in _REACH for word in words[i + 2 : i + 4]))
        or (words[i].folded in _PASSED and any(word.folded[0].isdigit() for word in words[i + 1 : i + 3]))
        for i in range(clause.first, clause.last)
    )


def _is_only_unneeded(words: Sequence[Word], clause: Clause, facet: Facet) -> bool:
    """Tell whether a "no" means that something is not needed, not that it is unwelcome."""
    if facet not in AVOIDABLE:
        return True
    return any(words[negation - 2].folded in _NEED_VERBS for negation in clause.negations if negation >= 2)


def _is_any_place(words: Sequence[Word], group: Sequence[Hit[Cue]]) -> bool:
    """Tell whether cues name no more than a place to build: "plots with old waste are out" refuses the waste."""
    return all(words[i].folded in _PLACES for hit in group for i in range(hit.first, hit.last))


def _is_industrial_zone(words: Sequence[Word], group: Sequence[Hit[Cue]]) -> bool:
    """Tell whether cues name industry itself: "no industrial area" refuses one, "no housing" asks for one."""
    return all(words[hit.first].folded.startswith("industri") for hit in group)


def _facet_of(group: Sequence[Hit[Cue]]) -> Facet:
    """Return the facet of cues that stand together: skilled workers in a field of study are talent.

    A laboratory of a university is research, a buyer for waste heat a matter of utilities.
    """
    facets = [hit.payload.facet for hit in group if hit.payload.facet is not None]
    if any(hit.payload.topic == "heat" for hit in group):
        return "utilities"
    if "talent" in facets:
        return "talent"
    return "research" if "research" in facets and facets[0] == "site" else facets[0]


def _without_lead(words: Sequence[Word], begin: int, cue: int) -> int:
    """Skip articles, prepositions and pronouns before the words that matter."""
    while begin < cue and words[begin].folded in _LEADS:
        begin += 1
    return begin


def _cut(words: Sequence[Word], after: int, before: int) -> int:
    """Return where the words between two needs part: before a linking word, or before the second."""
    for index in range(after, before):
        if words[index].folded in _LINKS:
            return index
    return after if after < before else before


def with_rail(words: Sequence[Word], entries: Sequence[Wanted], usual: str) -> tuple[Wanted, ...]:
    """Return the entries with "rail" read as freight or passenger rail.

    Its clause's words tell, else another way by rail that the sentence names, else it is as `usual`.
    """
    beside = {
        entry.clause.sentence: topic
        for entry in entries
        for topic in entry.topics
        if topic in ("rail_freight", "long_distance_rail")
    }

    def meant(entry: Wanted) -> str:
        around = {word.folded for word in words[entry.clause.first : entry.clause.last]}
        is_freight, is_passenger = bool(around & _FREIGHT_SIGNS), bool(around & _PASSENGER_SIGNS)
        if entry.place is not None and entry.quantity is not None:
            is_passenger = True
        if is_freight == is_passenger:
            return beside.get(entry.clause.sentence, usual)
        return "rail_freight" if is_freight else "long_distance_rail"

    return tuple(
        replace(
            entry,
            topics=tuple(dict.fromkeys(meant(entry) if topic == "rail" else topic for topic in entry.topics)),
        )
        if "rail" in entry.topics
        else entry
        for entry in entries
    )


def with_waterside(
    words: Sequence[Word], entries: Sequence[Wanted], *, is_freight: bool
) -> tuple[Wanted, ...]:
    """Return the entries, a place "by the water" read as a port for freight, else as pleasant surroundings."""

    def meant(entry: Wanted) -> Wanted:
        around = {word.folded for word in words[entry.clause.first : entry.clause.last]}
        if is_freight or around & _FREIGHT_SIGNS or set(entry.topics) != {"waterside"}:
            topics = ("inland_port" if topic == "waterside" else topic for topic in entry.topics)
            return replace(entry, topics=tuple(dict.fromkeys(topics)))
        return replace(entry, facet="quality_of_life", topics=("green",))

    return tuple(meant(entry) if "waterside" in entry.topics else entry for entry in entries)
