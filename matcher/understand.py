"""Reads a brief: its text becomes needs tied to the words they came from, a function and themes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.records import Language, Region
from matcher.activity import activities_in, codes_of, themes_of
from matcher.brief import WHOLE_BRIEF, Brief, Facet, Function, Need, with_worths
from matcher.business import business_text, fields_of, planned_text
from matcher.clauses import Clause, all_asked
from matcher.compass import with_parts
from matcher.concepts import activities_in as fields_named
from matcher.errors import MatcherError
from matcher.figures import bounds, with_figures
from matcher.gazetteer import find_places
from matcher.headcounts import FEW_REACH, is_hardly_any, share_of_count
from matcher.limits import is_reach_of_study, share_of_way, with_limits
from matcher.merging import merged
from matcher.named_places import with_places
from matcher.profile import gist, profile, profile_texts, telling
from matcher.quantities import find_quantities
from matcher.queries import clean_query, level_in
from matcher.reading import reading
from matcher.sentences import brief_language
from matcher.tagged import heard_in, with_tags
from matcher.tokens import Word, words_of
from matcher.told_places import nearness_to, told_places
from matcher.town_size import is_irrelevant, leaves_city, with_sizes
from matcher.wanted import Wanted, wanted_in, with_rail, with_waterside
from matcher.worths import FunctionShares, need_weight, unasked_weight
from models.encoder import Encoder
from models.tagger import load_tagger

FREIGHT_FUNCTIONS: frozenset[Function] = frozenset({"production", "logistics"})
"""For these plain "rail" means freight, for the others passengers."""
STANCE_WEIGHT = {"must": 1.5, "plain": 1.2, "wish": 0.7}
EMPHASIS_WEIGHT = 1.4
REPEAT_WEIGHT = 0.3
ORDER_SPAN = 0.3
"""Chosen by judgement: a must counts about twice a wish; the first need 15 % more than the middle one."""
SHARING = 0.3
"""Needs of one facet share what it is worth: each of n keeps 1 / n ** SHARING, so that a must among many of its
facet still outweighs a lone wish of another. Chosen; checked on the graded briefs of the part fit."""

MOST_IMPLICIT = 0.3
"""Share of all worth that it may take: what was asked for in words comes first. Chosen; checked on the graded
briefs of the part fit."""
MOST_TOLD = 0.25
"""The same for nearness to all places together that a brief only tells of. Chosen."""
MOST_UNASKED_SIZE = 0.12
"""The same for the size of the place where no brief asks for it, lest big cities gain from needs that were not read.
Chosen."""
MOST_SINGLE = 0.35
N_SEVERAL = 4
"""Share of all worth that a single need may take beside as many others asked for in words: none decides alone. Chosen."""
OWN_BESIDE = 0.5
"""Share of it that is left beside customers, suppliers or neighbours of another field that a brief asks for.
Chosen; checked on the graded briefs of the part fit."""
NO_FIELD_WEIGHT = 0.2
"""Share of it that is left where the brief names no field of business: nothing can be found then."""
DATA_CENTRE_WEIGHT = 0.4
"""Share of any cluster's worth for a data centre, which looks for power and land, not for its like or its users.
Chosen; checked on the graded briefs of the part fit."""
COUNTED_TOPICS = frozenset({"workers", "skilled_workers", "shift_workers", "retain_staff"})
"""Staff of whom a count alone may be told, of today's beside others."""
AGGLOMERATION = {
    "de": "Größe und Sichtbarkeit des Standorts (Ballungsraum)",
    "en": "Size and visibility of the location (agglomeration)",
}
WHOLE_SHARE = 0.1
"""Share of the points for all needs together, compared by meaning: it steadies what single needs miss. Chosen; checked on
all graded briefs and on real decisions, where more gained nothing sure and says less of why."""
WHOLE = {"de": "Das Vorhaben im Ganzen, dem Sinn nach", "en": "The project as a whole, by meaning"}
CLUSTER = {"de": "Unternehmen derselben Branche", "en": "Companies of the same industry"}


def understand(text: str, region: Region, encoder: Encoder, *, brief_id: str = "brief") -> Brief:
    """Read a brief in German, English or both.

    Parameters
    ----------
    text : str
        The brief as `matcher.intake` returns it; spans of needs are ranges in it.
    region : Region
        Its themes and the names of its locations give the vocabulary.
    encoder : Encoder
        Called once, for all texts that are compared by meaning. Only with the encoder that the tagger of needs was
        fitted on are needs heard beside the cues.
    brief_id : str
        Name of the brief in results.

    Returns
    -------
    Brief
        The needs in order of the words, behind them those that no words ask for, and last the brief as a whole,
        which is always there; with worths, function, themes, and notes for the reader. Behind the words come the
        company's industry, unless an asked-for cluster stands for it, and the size of the place, unless that is
        asked for or said not to matter.

    Raises
    ------
    MatcherError
        If `text` holds no words.
    """
    read = reading(text)
    words, spans, clauses = read.words, read.spans, read.clauses
    if not words:
        raise MatcherError(
            f"Brief {brief_id!r} holds no words; give the investor's wishes as text.",
            de=f"Die Anfrage „{brief_id}“ enthält keine Wörter; bitte die Wünsche des Investors als Text angeben.",
        )
    language = brief_language(text, spans)
    quantities, places = find_quantities(text), find_places(text, region)

    def completed(entries: Sequence[Wanted]) -> tuple[Wanted, ...]:
        placed = with_places(words, clauses, with_figures(words, clauses, entries, quantities), places)
        sized = with_sizes(text, words, with_parts(words, clauses, placed))
        return with_limits(text, words, clauses, sized)

    named = wanted_in(words, clauses)
    tagger = load_tagger(encoder.fingerprint)
    if tagger is None:
        found = completed(named)
    else:
        heard = heard_in(tagger, text, words, [(start, end) for start, end, _ in spans])
        found = with_tags(heard, words, clauses, named, completed)
    if not found:
        clauses = all_asked(text, words, clauses)
        found = completed(wanted_in(words, clauses))
    planned = planned_text(text)
    told = telling([(planned[start:end], speech) for start, end, speech in spans]) or (text,)
    about = profile(told, region, encoder.encode(profile_texts(told, region)), encoder.fingerprint)
    is_freight = about.function in FREIGHT_FUNCTIONS
    rail = "rail_freight" if is_freight else "long_distance_rail"
    travelled = with_rail(words, found, rail)
    entries = merged(with_waterside(words, travelled, is_freight=is_freight))
    shares = {
        entry: _share_of_count(text, words, clauses, entry, about.function) * share_of_way(words, entry)
        for entry in entries
        if not is_reach_of_study(words, entry, entries)
    }
    wanted = [entry for entry, share in shares.items() if share]
    needs = [_need(text, words, entry, region) for entry in wanted]
    n_by_facet = Counter(entry.facet for entry in wanted)
    weights = [
        shares[entry] * _weight(entry, rank, n_by_facet, about.function_shares)
        for rank, entry in enumerate(wanted)
    ]
    notes = []
    if not wanted:
        notes.append(
            "In dem Text wurde kein einzelner Bedarf erkannt; bitte Bedarfe ergänzen."
            if language == "de"
            else "No single need was recognised in the text; please add needs."
        )
    business = business_text(text, needs)
    fields = fields_of(text, business, needs)
    own_share = _own_share(wanted, needs, fields)
    if own_share:
        said = gist([business[start:end] for start, end, _ in spans if planned[start:end] in told])
        needs.append(_implicit_cluster(words_of(business), language, about.themes, said))
        weights.append(own_share * _implicit_weight(about.function_shares, bool(fields)))
    told_of = told_places(words, clauses, places, needs, region)
    for place, share in told_of.items():
        needs.append(nearness_to(place, language))
        weights.append(share * _told_weight(about.function_shares, len(told_of)))
    if not any(need.facet == "agglomeration" for need in needs) and not is_irrelevant(text):
        is_left = leaves_city(text)
        needs.append(Need("", AGGLOMERATION[language], None, "agglomeration", 0, is_avoided=is_left))
        weights.append(unasked_weight(about.function_shares, "agglomeration"))
    weights = _capped(needs, weights)
    needs.append(Need("", WHOLE[language], None, "cluster", 0, topics=(WHOLE_BRIEF,)))
    weights.append(WHOLE_SHARE / (1 - WHOLE_SHARE) * sum(weights))
    numbered = [replace(need, id=f"n{number}") for number, need in enumerate(needs, start=1)]
    return Brief(
        brief_id,
        text,
        language,
        with_worths(numbered, weights),
        about.function,
        about.function_shares,
        about.themes,
        about.theme_shares,
        tuple(notes),
    )


def _need(text: str, words: Sequence[Word], entry: Wanted, region: Region) -> Need:
    start, end = words[entry.first].start, words[entry.last - 1].end
    inside = words[entry.first : entry.last]
    found = activities_in(inside)
    known = [theme.id for theme in region.themes]
    low, high = bounds(entry.quantity) if entry.quantity else (None, None)
    return Need(
        "",
        text[start:end],
        (start, end),
        entry.facet,
        0,
        is_must=entry.is_must and not entry.is_avoided,
        is_avoided=entry.is_avoided,
        topics=entry.topics,
        themes=themes_of(found, known)[:2],
        codes=codes_of(found) if entry.facet == "cluster" else (),
        minimum=low,
        maximum=high,
        unit=entry.quantity.unit if entry.quantity else None,
        assumption=entry.quantity.assumption if entry.quantity else None,
        place=entry.place,
        level=level_in(inside) if entry.facet == "talent" else None,
        evidence_query=clean_query(words, text, entry),
    )


def _weight(entry: Wanted, rank: int, n_by_facet: Counter[Facet], functions: FunctionShares) -> float:
    """Weigh a need by what it is worth to the functions, wording, repetition and order; needs of one facet share."""
    order = 1 + ORDER_SPAN * (0.5 - rank / max(1, n_by_facet.total() - 1))
    return (
        need_weight(functions, entry.facet, entry.topics)
        * (_cluster_share(functions) if entry.facet == "cluster" else 1.0)
        * STANCE_WEIGHT[entry.stance]
        * (EMPHASIS_WEIGHT if entry.has_emphasis else 1.0)
        * (1 + REPEAT_WEIGHT * (entry.n_mentions - 1))
        * order
        / math.pow(n_by_facet[entry.facet], SHARING)
    )


def _share_of_count(
    text: str, words: Sequence[Word], clauses: Sequence[Clause], entry: Wanted, function: Function
) -> float:
    """Return 1, or less for what is only a count of jobs or speaks of staff who are there already; 0 is no need."""
    is_countable = set(entry.topics) <= COUNTED_TOPICS and entry.topics != ("retain_staff",)
    if entry.facet != "labour_market" or not is_countable:
        return 1.0
    before = words[max(entry.clause.first, entry.first - FEW_REACH) : entry.last]
    if is_hardly_any(frozenset(word.folded for word in before)):
        return 0.0
    is_count = entry.quantity is not None and entry.quantity.kind == "jobs"
    near = [clause for clause in clauses if clause.sentence == entry.clause.sentence]
    sentence, clause = (
        frozenset(word.folded for one in some for word in words[one.first : one.last])
        for some in (near, [entry.clause])
    )
    n_jobs = entry.quantity.value if is_count and entry.quantity else None
    return share_of_count(n_jobs, function, sentence, clause, text)


def _own_share(wanted: Sequence[Wanted], needs: Sequence[Need], fields: Mapping[str, float]) -> float:
    """Return how much the company's own industry counts beside the clusters that a brief asks for.

    0 where one of them is that industry, or names no field and so stands for it; 1 where none is asked for.
    """
    shares = [
        OWN_BESIDE if entry.is_weak or _names_other(need, fields) else 0.0
        for entry, need in zip(wanted, needs, strict=True)
        if entry.facet == "cluster"
    ]
    return min(shares, default=1.0)


def _names_other(need: Need, fields: Mapping[str, float]) -> bool:
    """Tell whether a cluster need names fields of business and none of them is the company's own."""
    named = fields_named(need.query)
    return bool(named) and not any(fields.get(name) == 1.0 for name in named)


def _capped(needs: Sequence[Need], weights: Sequence[float]) -> list[float]:
    """Return the weights with none above its share of all: what nobody asked for in words least of all."""
    n_worded = sum(need.span is not None for need in needs)
    total = sum(weights)
    of_told = sum(weight for need, weight in zip(needs, weights, strict=True) if _is_told(need))
    capped = []
    for need, weight in zip(needs, weights, strict=True):
        most, together = _most(need, n_worded), of_told if _is_told(need) else weight
        others = total - together
        share = min(1.0, most / (1 - most) * others / together) if most < 1 and others else 1.0
        capped.append(share * weight)
    return capped


def _is_told(need: Need) -> bool:
    return need.facet == "distance" and need.span is None


def _most(need: Need, n_worded: int) -> float:
    """Return the share of all worth that a need, or nearness to all places told of together, may take.

    Size may take all where nothing was asked for in words.
    """
    if need.span is not None:
        return MOST_SINGLE if n_worded > N_SEVERAL else 1.0
    if need.facet == "agglomeration":
        return MOST_UNASKED_SIZE if n_worded else 1.0
    return MOST_TOLD if _is_told(need) else MOST_IMPLICIT


def _implicit_weight(functions: FunctionShares, has_field: bool) -> float:
    """Weigh the company's own industry where no need of the brief speaks of it."""
    of_field = 1.0 if has_field else NO_FIELD_WEIGHT
    return unasked_weight(functions, "cluster") * of_field * _cluster_share(functions)


def _cluster_share(functions: FunctionShares) -> float:
    """Return how much of its worth a cluster keeps: less, the likelier the brief is about a data centre."""
    return 1 - (1 - DATA_CENTRE_WEIGHT) * dict(functions).get("data_centre", 0.0)


def _told_weight(functions: FunctionShares, n_places: int) -> float:
    """Weigh the nearness to one of the places that a brief only tells of: like a wish."""
    return STANCE_WEIGHT["wish"] * unasked_weight(functions, "distance") / math.pow(n_places, SHARING)


def _implicit_cluster(
    words: Sequence[Word], language: Language, themes: tuple[str, ...], business: str
) -> Need:
    return Need(
        "",
        CLUSTER[language],
        None,
        "cluster",
        0,
        topics=("industry",),
        themes=themes,
        codes=codes_of(activities_in(words)),
        evidence_query=" ".join(business.split()),
    )
