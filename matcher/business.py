"""What a brief says of the company's business: its fields, and its words without those that tell of its wishes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from types import MappingProxyType

from matcher.brief import Brief, Facet, Function, Need
from matcher.concepts import Mention, mentions_in
from matcher.reading import Reading, reading
from matcher.tokens import Word, small_words, words_of

OF_FUNCTION: Mapping[Function, str] = MappingProxyType(
    {"logistics": "logistics", "data_centre": "data_centre", "spin_off": "startup_centre"}
)
"""The field of business that a function stands for where a brief names none."""

N_FIELDS = 5
"""Fields of business a brief is taken to be about, the most often named; a long one mentions many more."""
SERVED = 0.3
"""How much a field counts that the company only serves, beside its own: software for hospitals is no
hospital. Chosen; checked on the graded briefs of the part fit."""
SERVICES: frozenset[Facet] = frozenset(
    {
        *("talent", "access", "utilities", "cost", "labour_market", "quality_of_life", "distance"),
        *("research", "partners"),
    }
)
"""Facets whose words name a service and not the company's business: solar power on the roof makes no
solar company, fitters wanted no machine works, a chair of chemistry no chemical works."""
_MAKES = re.compile(
    r"(?:(?:ge)?(?:fertig|produzier|bau|entwickel|montier)(?:e|en|t|st)|(?:her)?stellen|stellt|herstell(?:t|en)|gebaut|hergestellt"
    r"|(?:mak|produc|manufactur|build|assembl|develop)(?:e|es|s|ing)|made|built|produced)$"
)
"""Verbs whose object is what the company makes, even if its words name a service: "we make hydrogen tanks"."""
N_MADE = 4
"""Words between such a verb and what is made, at most: "we make large, light hydrogen tanks". Chosen."""
PREMISES = frozenset({"industrial_zoning", "shift_work", "brownfield", "existing_building"})
"""Topics of sites whose words tell what stands there now or must not: a former mine makes no mining company."""
N_REFUSED = 4
"""Words behind a "no" that are taken to be refused: "no neighbours with dust"."""

_FOR = small_words("for")
_ONE = small_words("one")
_JOINS = small_words("join") | small_words("alternative")
_NEEDS = small_words("need_verb")
_CUSTOMERS = re.compile(
    r"(versorger|betreiber|hersteller|haendler|bauer|zulieferer|erzeuger|produzent|versicherer|dienstleister|verarbeiter|"
    r"klinik|krankenhaeuser|krankenhaus|kommune|staedt|bank|kasse|unternehmen|firm|betrieb|konzern|kett|werk|industrie|"
    r"branche|wirtschaft|apotheke|schule|prax|aerzt|patient|giesserei|schmied|brauerei|baeckerei|molkerei|verlag|"
    r"spedition|reederei|landwirt|handwerk|behoerde|makler|labor)(e|en|er|ern|n|s)?$"
    r"|(makers|producers|manufacturers|suppliers|operators|insurers|retailers|builders|processors|carriers|growers|"
    r"companies|firms|industry|industries|sector|trade|utilities|hospitals|clinics|banks|shops|stores|chains|groups|"
    r"municipalities|authorities|pharmacies|schools|airlines|foundries|forges|breweries|bakeries|dairies|publishers|"
    r"farmers|doctors|patients|laboratories|labs|contractors|landlords|brokers)$"
)
"""What those are called that a company works for: many of a kind, or a whole industry."""
_BUYERS = re.compile(
    r"(?:\w*kunden|kundschaft|abnehmer\w*|auftraggeber\w*|auftraege|besteller\w*|customers?|clients?|buyers?|orders|clientele"
    r"|\w*vertrag|contracts?)$"
)
"""Who buys, or what they give: fields named behind it in the sentence are theirs."""
_HAULS = re.compile(
    r"(?:(?:ge)?(?:buendel|liefer|transportier|befoerder|kommissionier|zwischenlager|umschlag|vertreib)(?:e|n|t|en)"
    r"|beliefern|beliefert|lagern|(?:bundl|deliver|haul|stor|transport|carry|distribut|consolidat)(?:e|es|s|ed|ing)|carries)$"
)
"""Verbs of those who only handle goods: "we bundle and deliver roof tiles"."""
N_HANDLED = 6
"""Words between such a verb or buyer and the field, at most: "we deliver sand, gravel and roof tiles". Chosen."""
DEALS_IN: frozenset[str] = frozenset(
    {
        *(
            "logistics",
            "contract_logistics",
            "warehouse",
            "haulage",
            "wholesale",
            "retail",
            "retail_logistics",
        ),
        *(
            "e_commerce",
            "recycling",
            "waste",
            "spare_parts",
            "steel_trade",
            "sales_office",
            "parcel",
            "maintenance",
        ),
        *("certification", "contract_research", "cargo_handling", "insurance", "finance"),
    }
)
"""Trades whose goods stand behind "for": "trading house for raw materials", "a depot for tyres"."""
N_BEHIND = 3
"""Words between "for" and those it serves, at most: "for large regional hospitals"."""


def business_text(text: str, needs: Iterable[Need]) -> str:
    """Return the text of a brief, as long as it was, with blanks for what does not tell of its business.

    Blank are the needs that name a service, and clauses that refuse, give a reason, or say what is not needed;
    but never what stands where a sentence tells of the company.
    """
    read = reading(text)
    letters = list(text)
    for need in needs:
        if need.span and (need.facet in SERVICES or need.is_avoided or PREMISES & set(need.topics)):
            clause = next((c for c in read.clauses if read.words[c.last - 1].end > need.span[0]), None)
            is_asked = clause is None or _start(read, clause.request_from) <= need.span[0]
            if is_asked and not _is_made(read, need.span[0]):
                _blank(letters, need.span[0], _end_of_supply(text, read, need))
    for clause in read.clauses:
        if clause.is_reason:
            _blank(letters, _start(read, clause.first), read.words[clause.last - 1].end)
    _blank_refused(letters, read)
    return "".join(letters)


def planned_text(text: str) -> str:
    """Return the text of a brief, as long as it was, with blanks for what is refused or not needed."""
    letters = list(text)
    _blank_refused(letters, reading(text))
    return "".join(letters)


def _blank_refused(letters: list[str], read: Reading) -> None:
    """Put blanks for clauses that refuse or say what is not needed, and for the words behind a "no"."""
    for clause in read.clauses:
        if clause.is_idle or clause.is_avoided:
            _blank(letters, _start(read, clause.first), read.words[clause.last - 1].end)
        for negation in clause.negations:
            if negation < clause.last:
                last = min(negation + N_REFUSED, clause.last)
                _blank(letters, _start(read, negation), read.words[last - 1].end)


def _is_made(read: Reading, start: int) -> bool:
    """Tell whether what begins at `start` stands behind a verb of making in its clause."""
    at = next((i for i, word in enumerate(read.words) if word.start >= start), 0)
    first = max([clause.first for clause in read.clauses if clause.first <= at], default=0)
    before = read.words[max(first, at - N_MADE) : at]
    return any(_MAKES.match(word.folded) for word in before) and not any(
        word.folded in _NEEDS for word in before
    )


def _end_of_supply(text: str, read: Reading, need: Need) -> int:
    """Return where a need ends; a figure of power goes on with its source: "4 MW solar"."""
    end = need.span[1] if need.span else 0
    if need.facet != "utilities" or need.unit is None:
        return end
    behind = next((word for word in read.words if word.start >= end), None)
    return behind.end if behind is not None and text[end : behind.start].isspace() else end


def _start(read: Reading, word: int) -> int:
    """Return where a word begins; behind the last word, where that ends."""
    return read.words[word].start if word < len(read.words) else read.words[-1].end


def _blank(letters: list[str], start: int, end: int) -> None:
    letters[start:end] = " " * (end - start)


def business_of(brief: Brief) -> Mapping[str, float]:
    """Return the fields of business that a brief names, else its function's, and how much each counts, in (0, 1]."""
    named = fields_of(brief.text, business_text(brief.text, brief.needs), brief.needs)
    of_function = OF_FUNCTION.get(brief.function)
    if of_function and (not named or brief.function == "data_centre"):
        return {**named, of_function: 1.0}
    return named


def fields_of(text: str, business: str, needs: Sequence[Need]) -> dict[str, float]:
    """Return the fields of business that the text of a brief names, and how much each counts, in (0, 1].

    `business` is what `business_text` leaves of it.
    """
    customers = [need.span for need in needs if need.span and need.facet == "cluster"]
    return _fields(business, customers) or _fields(text, ())


def _fields(text: str, customers: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Return the fields named most often, telling ones first; those only served count in part.

    A mention counts its concept's specificity; equal counts go to the field named earlier.
    """
    words = words_of(text)
    own: dict[str, float] = {}
    served: dict[str, float] = {}
    last_served = -N_BEHIND
    mentions = [mention for mention in mentions_in(words) if mention.is_activity]
    made = {mention.last for mention in mentions if mention.concept not in DEALS_IN}
    for mention in mentions:
        start = words[mention.first].start
        is_served = any(low <= start < high for low, high in customers)
        if is_served or _is_served(text, words, mention, last_served, made):
            last_served = mention.last
            served[mention.concept] = served.get(mention.concept, 0.0) + mention.specificity
        else:
            own[mention.concept] = own.get(mention.concept, 0.0) + mention.specificity
    weights = dict.fromkeys(sorted(own, key=lambda name: -own[name])[:N_FIELDS], 1.0)
    share = SERVED if own else 1.0
    for name in sorted(served, key=lambda name: -served[name])[: N_FIELDS - len(weights)]:
        weights.setdefault(name, share)
    return weights


def _is_served(
    text: str, words: tuple[Word, ...], mention: Mention, last_served: int, made: Container[int]
) -> bool:
    """Tell whether a field is named only as whom the company works for: "software for hospitals and banks".

    "For a maker of pumps" names the client that the brief speaks for, "a plant for pumps" what is made there.
    Goods behind "for" are what a company deals in, "trading house for raw materials", unless goods of its own stand
    before it: "lenses for medical devices". `made` are the words behind those. Fields of buyers, and of goods that are
    only hauled or stored, are served too.
    """
    if mention.first <= last_served or (
        mention.first - last_served <= 2 and words[mention.first - 1].folded in _JOINS
    ):
        return True
    for index in range(mention.first - 1, max(-1, mention.first - 2 - N_HANDLED), -1):
        if re.search(r"[.;:!?\n]", text[words[index].end : words[index + 1].start]):
            return False
        if _BUYERS.match(words[index].folded) or _HAULS.match(words[index].folded):
            return True
        if words[index].folded in _FOR and mention.first - index <= 1 + N_BEHIND:
            is_client = words[index + 1].folded in _ONE
            names_many = any(
                _CUSTOMERS.search(word.folded) for word in words[mention.first : mention.last + 1]
            )
            return (names_many or index in made) and not is_client
    return False
