"""Reads a brief: its text becomes needs tied to the words they came from, a function and themes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Language, Region
from matcher.activity import activities_in, codes_of, themes_of
from matcher.brief import Brief, Facet, Function, Need, with_worths
from matcher.business import business_text
from matcher.clause_meaning import asked_of_model, meanings, with_meanings
from matcher.clauses import clauses_of, markers
from matcher.compass import with_parts
from matcher.errors import MatcherError
from matcher.figures import bounds, with_figures
from matcher.gazetteer import find_places
from matcher.lexicon import cues
from matcher.named_places import with_places
from matcher.profile import gist, profile, profile_texts, telling
from matcher.quantities import find_quantities
from matcher.queries import clean_query, level_in
from matcher.sentences import SentenceLanguage, brief_language, sentences
from matcher.tokens import Word, words_of
from matcher.wanted import Wanted, merged, wanted_in
from matcher.worths import facet_weight
from models.encoder import Encoder
from models.facet import load_facet_model

LANGUAGES: tuple[Language, Language] = ("de", "en")
FREIGHT_FUNCTIONS: frozenset[Function] = frozenset({"production", "logistics"})
"""For these plain "rail" means freight, for the others passengers."""
STANCE_WEIGHT = {"must": 1.5, "plain": 1.2, "wish": 0.7}
EMPHASIS_WEIGHT = 1.4
REPEAT_WEIGHT = 0.3
ORDER_SPAN = 0.3
"""Chosen by judgement: a must counts about twice a wish; the first need 15 % more than the middle one."""

IMPLICIT_CLUSTER_WEIGHT = 1.25
AGGLOMERATION = {
    "de": "Größe und Sichtbarkeit des Standorts (Ballungsraum)",
    "en": "Size and visibility of the location (agglomeration)",
}
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
        Called once, for all texts that are compared by meaning. Clauses are read by their meaning only with
        the encoder that the model of clauses was fitted on.
    brief_id : str
        Name of the brief in results.

    Returns
    -------
    Brief
        At least the needs that every brief has: size of the place, and the company's industry.

    Raises
    ------
    MatcherError
        If `text` holds no words.
    """
    words = words_of(text)
    if not words:
        raise MatcherError(
            f"Brief {brief_id!r} holds no words; give the investor's wishes as text.",
            de=f"Die Anfrage „{brief_id}“ enthält keine Wörter; bitte die Wünsche des Investors als Text angeben.",
        )
    language = brief_language(text)
    spans = [
        (sentence.start, sentence.end, _certain(sentence.language, sentence.text))
        for sentence in sentences(text)
    ]
    clauses = clauses_of(text, words, spans)
    quantities, places = find_quantities(text), find_places(text, region)

    def completed(entries: Sequence[Wanted]) -> tuple[Wanted, ...]:
        placed = with_places(words, clauses, with_figures(words, clauses, entries, quantities), places)
        return with_parts(words, clauses, placed)

    named = wanted_in(words, clauses)
    model = load_facet_model()
    is_known = model.encoder == encoder.fingerprint
    found = completed(named)
    asked = asked_of_model(clauses, found) if is_known else ()
    told = telling([(text[start:end], speech) for start, end, speech in spans]) or (text,)
    of_profile = profile_texts(told, region)
    of_clauses = [text[words[clause.first].start : words[clause.last - 1].end] for clause in asked]
    vectors = encoder.encode([*of_profile, *of_clauses])
    about = profile(told, region, vectors[: len(of_profile)], encoder.fingerprint)
    meant = meanings(model, asked, vectors[len(of_profile) :])
    wanted = merged(with_meanings(words, named, found, meant, completed))
    needs = [_need(text, words, entry, region, about.function) for entry in wanted]
    n_by_facet = Counter(entry.facet for entry in wanted)
    weights = [_weight(entry, rank, n_by_facet, about.function) for rank, entry in enumerate(wanted)]
    notes = []
    if not wanted:
        notes.append(
            "In dem Text wurde kein einzelner Bedarf erkannt; bitte Bedarfe ergänzen."
            if language == "de"
            else "No single need was recognised in the text; please add needs."
        )
    if not any(need.facet == "cluster" for need in needs):
        business = business_text(text, needs)
        said = gist([business[start:end] for start, end, _ in spans if text[start:end] in told])
        needs.append(_implicit_cluster(words, language, about.themes, said))
        weights.append(IMPLICIT_CLUSTER_WEIGHT * facet_weight(about.function, "cluster"))
    if not any(need.facet == "agglomeration" for need in needs):
        needs.append(Need("", AGGLOMERATION[language], None, "agglomeration", 0))
        weights.append(facet_weight(about.function, "agglomeration"))
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


def _certain(found: SentenceLanguage, sentence: str) -> Language:
    """Return the language of a sentence; of a short one the language of which it holds more known phrases.

    The sentences around it do not count, so that adding one changes nothing.
    """
    if found != "undetermined":
        return found
    inside = words_of(sentence)
    german, english = (
        len(cues(language).hits(inside)) + len(markers(language).hits(inside)) for language in LANGUAGES
    )
    return "de" if german >= english else "en"


def _need(text: str, words: Sequence[Word], entry: Wanted, region: Region, function: Function) -> Need:
    start, end = words[entry.first].start, words[entry.last - 1].end
    inside = words[entry.first : entry.last]
    found = activities_in(inside)
    known = [theme.id for theme in region.themes]
    rail = "rail_freight" if function in FREIGHT_FUNCTIONS else "long_distance_rail"
    low, high = bounds(entry.quantity) if entry.quantity else (None, None)
    return Need(
        "",
        text[start:end],
        (start, end),
        entry.facet,
        0,
        is_must=entry.is_must and not entry.is_avoided,
        is_avoided=entry.is_avoided,
        topics=tuple(rail if topic == "rail" else topic for topic in entry.topics),
        themes=themes_of(found, known)[:2],
        codes=codes_of(found) if entry.facet == "cluster" else (),
        minimum=low,
        maximum=high,
        unit=entry.quantity.unit if entry.quantity else None,
        assumption=entry.quantity.assumption if entry.quantity else None,
        place=entry.place,
        level=level_in(inside) if entry.facet == "talent" else None,
        evidence_query=clean_query(inside, text, entry),
    )


def _weight(entry: Wanted, rank: int, n_by_facet: Counter[Facet], function: Function) -> float:
    """Weigh a need by function and facet, wording, repetition and order; needs of one facet share."""
    order = 1 + ORDER_SPAN * (0.5 - rank / max(1, n_by_facet.total() - 1))
    return (
        facet_weight(function, entry.facet)
        * STANCE_WEIGHT[entry.stance]
        * (EMPHASIS_WEIGHT if entry.has_emphasis else 1.0)
        * (1 + REPEAT_WEIGHT * (entry.n_mentions - 1))
        * order
        / math.sqrt(n_by_facet[entry.facet])
    )


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
