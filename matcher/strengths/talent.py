"""Talent: programmes of the right field in a catchment that fades with distance."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from corpus.records import Evidence, Institution
from matcher.facts import Facts
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles, decay
from matcher.strengths import indicators
from matcher.strengths.question import Question
from matcher.strengths.statements import explain_where, where
from matcher.tokens import small_words, words_of

HALF_KM = 8.0
"""Half of a university's pull on employers and graduates is left at this distance. Chosen: most
university spin-offs and half of the student jobs stay in the university's town or the next one."""
FULL_SUPPLY = 4.0
"""Supply at which the strength reaches 1 - 1/e: about two programmes of a university of 30,000 next door."""
LEVEL_WEIGHT = {"bachelor": 1.0, "master": 1.0, "phd_centre": 0.5}
TYPICAL_STUDENTS = 2_000
"""Size assumed for an institution whose students are not known."""
WORDED = {
    "talent_supply": 0.8,
    "university": 0.5,
    "programme": 0.5,
    "research_institute": 0.3,
    "industry": 0.5,
}

EMPLOYERS = {"company": 1.0, "industry": 0.8}
"""Statements that show firms in which a trade is learned and worked."""

_TRADES = small_words("trade")
_TRADE_ENDING = re.compile(
    r"(?:mechaniker|elektroniker|techniker|fachinformatiker|schlosser|schweisser|fahrer|(?:anlagen|maschinen|kran|lok)fuehrer"
    r"|facharbeiter|gesell|handwerker|handwerksmeister|giesser|monteur|lackierer)(?:in|innen|n|en|e)?$"
    r"|chemikant|laborant|elektrofachkr|techniker(?:meister|gesell)|mechanics?$|fitters?$|welders?$|operatives?$"
)
"""Endings of trades in both languages, on folded words."""
_SKILLED_TRADES = re.compile(
    r"\bskilled (?:[\w-]+ ){0,4}(?:trades|workers|hands)|\b(?:gelernte|ausgebildete)"
    r"|\btrained (?!in\b|near|at\b|by\b|here|local|there)\w|\blab(?:oratory)? assistants?\b|\bcraftsmen\b",
    re.IGNORECASE,
)
INDUSTRIES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(r"chemi|laborant|lack|coating"),
        frozenset({"chemicals", "specialty_chem", "coatings", "polymers"}),
    ),
    (
        re.compile(
            r"metall?|mechani|maschinenbau|schloss|zerspan|schweiss|dreher|fraeser|fitter|weld|machinist|toolmak|werkzeug"
        ),
        frozenset({"metal_processing", "machinery", "tools"}),
    ),
    (re.compile(r"elektr|electr|wickler|winder"), frozenset({"electrical", "cables"})),
    (re.compile(r"giess|foundry|caster"), frozenset({"foundry", "aluminium"})),
    (
        re.compile(r"logist|lager|fahrer|driver|picker|forklift"),
        frozenset({"logistics", "haulage", "warehouse"}),
    ),
)
"""Fields of business by words of a trade: where its firms are, its people are. Chosen by reading."""
TRADE_SHARE, TRADE_MOST = 0.3, 8
"""How much each firm of the trade's field closes of what is open, and how many count: as for a cluster."""
_ACADEMIC = re.compile(
    r"ingenieur|engineer(?!ing)|absolvent|graduate|studi|student|hochschul|universit|degree|^[ft]hs?$|bachelor|diplom|doktor|doctor"
    r"|promovier|phd|(?:verfahrens|energie|elektro|hochfrequenz|medizin|nachrichten|umwelt|versorgungs|mess)techniker"
    r"|(?:leistungs|mikro)elektroniker"
)
"""Words of degrees; some German technicians are what English calls engineers."""


def is_trade(text: str) -> bool:
    """Tell whether a need for people names a trade that is learned in firms, and nobody with a degree."""
    words = {word.folded for word in words_of(text)}
    names_trade = bool(words & _TRADES) or any(_TRADE_ENDING.search(word) for word in words)
    is_skilled = names_trade or _SKILLED_TRADES.search(text) is not None
    return is_skilled and not any(_ACADEMIC.search(word) for word in words)


def _size(institution: Institution) -> float:
    students = institution.students or TYPICAL_STUDENTS
    return float(np.sqrt(students / 10_000))


def _distance_to_campuses(facts: Facts, institution: Institution) -> Doubles:
    campuses = [facts.position[i] for i in (institution.location_id, *institution.campus_ids)]
    everyone = np.arange(facts.n_locations)
    nearest: Doubles = facts.surroundings.distances(everyone, np.array(campuses)).min(axis=1)
    return nearest


def supply(
    facts: Facts,
    fields: Collection[str],
    level: str | None = None,
    half_km: float = HALF_KM,
    full_km: float = 0.0,
) -> dict[str, Doubles]:
    """Return how much each institution's programmes supply each location with, by institution id.

    Arrays of shape (n_locations,): programmes, weighted by level and by the square root of the
    institution's size, fading from its nearest campus. No field means all; nationwide
    distance-learning and part-time universities are left out.
    """
    masses: dict[str, float] = {}
    for programme in facts.region.programmes:
        institution = facts.region.institution_by_id[programme.institution_id]
        if not institution.is_regional_talent or (fields and programme.field not in fields):
            continue
        if level is None or programme.level == level:
            mass = LEVEL_WEIGHT[programme.level] * _size(institution)
            masses[institution.id] = masses.get(institution.id, 0.0) + mass
    return {
        key: mass * decay(_distance_to_campuses(facts, facts.region.institution_by_id[key]), half_km, full_km)
        for key, mass in masses.items()
    }


def strength_of(total: Doubles, n_fields: int) -> Doubles:
    """Return supply as a strength in [0, 1): saturating, the more slowly the more fields are asked for."""
    full = FULL_SUPPLY * n_fields**0.5 if n_fields else FULL_SUPPLY * 8
    strengths: Doubles = 1 - np.exp(-total / full)
    return strengths


def find(question: Question) -> Finding:
    """Return the supply of graduates around each location for the need's fields and level.

    Trades are learned in firms: the labour market and the firms of their field answer them.
    """
    need, facts = question.need, question.facts
    if is_trade(need.text):
        return _of_trade(question)
    fields = set(need.topics)
    evidence_strengths = np.where(question.usable, question.meaning * facts.kind_weights(WORDED), 0.0)
    for programme in facts.region.programmes:
        institution = facts.region.institution_by_id[programme.institution_id]
        fits = (not fields or programme.field in fields) and need.level in (None, programme.level)
        if institution.is_regional_talent and fits:
            size = min(_size(institution), 2.0)
            evidence_strengths[facts.evidence_position[programme.id]] = 0.7 + 0.1 * size
    half_km, full_km = question.reach(HALF_KM)
    supplies = supply(facts, fields, need.level, half_km, full_km)
    total = np.sum(list(supplies.values()), axis=0) if supplies else np.zeros(facts.n_locations)
    strengths = strength_of(total, len(fields))
    codes = status_codes(strengths)
    return Finding(need, strengths, codes, evidence_strengths, half_km, explain_where(facts), full_km)


def _of_trade(question: Question) -> Finding:
    """Return the mean of the labour market for skilled workers and the depth of the trade's field within reach."""
    need, facts = question.need, question.facts
    skilled = replace(need, facet="labour_market", topics=("skilled_workers",))
    market = indicators.find(replace(question, need=skilled))
    folded = " ".join(word.folded for word in words_of(need.text))
    fields = frozenset[str]().union(*(names for words, names in INDUSTRIES if words.search(folded)))
    if not fields:
        return replace(market, need=need)
    firms = np.where(question.usable & facts.naming(fields), facts.kind_weights(EMPLOYERS), 0.0)
    depth = facts.depth_by_location(firms, TRADE_SHARE, TRADE_MOST)
    half_km = indicators.HALF_KM["labour_market"]
    strengths = (market.strengths + facts.surroundings.strongest(depth, half_km)) / 2

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        shown = where(facts, location, witnesses)
        return (
            f"Nach Betrieben des Fachs und Arbeitsmarkt. {shown[0]}",
            f"By firms of the trade and labour market. {shown[1]}",
        )

    return Finding(
        need,
        strengths,
        status_codes(strengths),
        np.maximum(market.evidence_strengths, firms),
        half_km,
        explain,
    )
