"""Costs and labour market: figures of a location against fixed scales, with their year and level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Evidence, Indicator
from matcher.brief import Function, Need
from matcher.facts import Facts
from matcher.findings import Finding, status_codes
from matcher.geometry import Doubles
from matcher.headcounts import KNOWN_STAFF
from matcher.strengths.agglomeration import size_share
from matcher.strengths.question import Question
from matcher.strengths.statements import counted, where


@dataclass(frozen=True, slots=True)
class Scale:
    """Which figure answers a topic: `worst` earns 0, `best` earns 1, straight in between."""

    indicator: str
    worst: float
    best: float
    words: tuple[str, str]


SCALES: Mapping[str, Scale] = {
    "trade_tax": Scale(
        "trade_tax_multiplier", 600.0, 400.0, ("Gewerbesteuer-Hebesatz", "Trade tax multiplier")
    ),
    "property_tax": Scale(
        "property_tax_b", 1100.0, 500.0, ("Hebesatz Grundsteuer B", "Property tax B multiplier")
    ),
    "workers": Scale("unemployment_rate", 4.0, 14.0, ("Arbeitslosenquote", "Unemployment rate")),
}
"""Scales that no location's facts move. Trade tax: 250 % is usual in small towns, the state average of
North Rhine-Westphalia is about 450 %, its highest about 600 % or more. Unemployment stands for hands
that are free: 4 % is full employment, 14 % the highest of the reference region."""

SAME = {
    "unskilled_workers": "workers",
    "shift_workers": "workers",
    "skilled_workers": "workers",
}
SUBSIDIES = frozenset({"assisted_area", "structural_change"})
"""What a statement must name to answer a wish for public money: a grant that somebody had is no promise of one."""
PRICES = frozenset({"low_cost"})
"""What a statement must name to answer a wish for low rent or cheap land: a hall that was let says nothing of its rent."""
BY_WORDING: Mapping[str, Mapping[str, float]] = {
    "cost": {"industry": 0.9, "site": 0.8},
    "labour_market": {"company": 0.8, "industry": 0.9, "research_institute": 0.4, "programme": 0.3},
}
_LOW = re.compile(
    r"niedrig|günstig|gering|billig|bezahlbar|preiswert|erschwinglich|\blow|\bcheap|affordable|inexpensive|favourable",
    re.IGNORECASE,
)
"""Words of low cost: without saying of what, both taxes that a town sets answer them."""
_JOB_SEEKERS = re.compile(
    r"arbeitslos|arbeits?such|erwerbslos|unemploy|job[- ]?seek|out of work", re.IGNORECASE
)
_LARGE_MARKET = re.compile(
    r"(?:groß|gross|breit|tief|ergiebig)\w*\s+(?:\w+\s+)?(?:arbeitsm(?:a|ä)rkt|arbeitskräfte|personalm)"
    r"|(?:large|big|broad|deep|wide)\s+(?:\w+\s+)?(?:labou?r (?:market|pool)|workforce|pool|talent pool)",
    re.IGNORECASE,
)
"""A market for work is large where many live and work, whoever of them is free."""
_VOCATIONAL = re.compile(r"berufs(?:kolleg|schule|fachschule)|vocational (?:college|school)", re.IGNORECASE)
"""Schools of a trade: no rate answers them, only statements."""

HALF_KM = {"cost": 0.0, "labour_market": 10.0}
"""A tax holds within the town; workers commute: half of them within about 10 km."""


def find(question: Question) -> Finding:
    """Return how the location's figures and statements answer a need for low cost or for workers.

    A cost is answered by its figure or by a statement of its level, else it stays unknown. Hands that are free show in the unemployment rate alone; skilled people are found where many work.
    """
    need, facts = question.need, question.facts
    facet = need.facet
    by_wording = question.meaning * facts.kind_weights(BY_WORDING[facet])
    if facet == "cost":
        by_wording *= facts.naming(SUBSIDIES if "funding" in need.topics else PRICES)
    usable = by_wording * counted(question)
    half_km = HALF_KM[facet]
    worded = facts.surroundings.strongest(facts.best_by_location(usable), half_km)
    asked = _asked(need, question.function)
    scales = [SCALES[topic] for topic in asked if topic in SCALES]
    answers = [_on_scale(facts, scale, usable) for scale in scales]
    if "pool" in asked:
        answers.append(_pool(facts))
    strengths = np.mean(answers, axis=0) if answers else worded
    if facet == "cost":
        strengths = np.maximum(strengths, worded)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        for scale in scales:
            figure = facts.indicators.get(scale.indicator, {}).get(location)
            if figure is not None:
                return _in_words(scale, figure)
        return where(facts, location, witnesses)

    return Finding(need, strengths, status_codes(strengths), usable, half_km, explain)


def _asked(need: Need, function: Function) -> Sequence[str]:
    """Return which scales answer a need, and "pool" for the size of the labour market; none leaves it to wording."""
    topics = dict.fromkeys(SAME.get(topic, topic) for topic in need.topics)
    if need.facet == "cost":
        return tuple(topics) if topics or not _LOW.search(need.text) else ("trade_tax", "property_tax")
    if _VOCATIONAL.search(need.text):
        return ()
    if _JOB_SEEKERS.search(need.text):
        return ("workers",)
    is_count = need.topics == ("workers",) and need.unit == "jobs" and function in KNOWN_STAFF
    if not topics or is_count or _LARGE_MARKET.search(need.text):
        return ("pool",)
    return (*topics, "pool") if "skilled_workers" in need.topics else tuple(topics)


def _in_words(scale: Scale, figure: Indicator) -> tuple[str, str]:
    is_district = figure.level == "district"
    value = f"{figure.value:g}"
    german = f"{scale.words[0]} {value.replace('.', ',')} % ({figure.year})"
    english = f"{scale.words[1]} {value} % ({figure.year})"
    return (
        german + (", Wert des Kreises." if is_district else "."),
        english + (", figure of the district." if is_district else "."),
    )


def _on_scale(facts: Facts, scale: Scale, evidence_strengths: Doubles) -> Doubles:
    strengths = np.zeros(facts.n_locations)
    for at, figure in facts.indicators.get(scale.indicator, {}).items():
        share = float(np.clip((figure.value - scale.worst) / (scale.best - scale.worst), 0.0, 1.0))
        strengths[at] = share
        evidence_strengths[facts.evidence_position[figure.id]] = max(share, 1e-6)
    return strengths


def _pool(facts: Facts) -> Doubles:
    """Return the size of the largest town whose workers commute here: one town, so that a clone adds none."""
    return facts.surroundings.strongest(size_share(facts.populations), HALF_KM["labour_market"])
