"""Access and utilities: harbours, motorways, rail, airports, pipelines, and how far each one serves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence, Infrastructure
from matcher.brief import Need, Place
from matcher.facts import Facts
from matcher.findings import Explain, Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths import roads, substances
from matcher.strengths.agglomeration import size_share
from matcher.strengths.distance import distances_to, to_place, way_to
from matcher.strengths.question import Question
from matcher.strengths.statements import EITHER, explain_where, from_statements, where

Sources = tuple[tuple[str, Mapping[str, float], float], ...]

SERVES: Mapping[str, Mapping[str, float]] = {
    "motorway": {"motorway": 1.0},
    "rail_freight": {"rail_freight_terminal": 1.0, "inland_port": 0.5},
    "combined_terminal": {"rail_freight_terminal": 1.0, "inland_port": 0.7},
    "inland_port": {"inland_port": 1.0, "canal": 0.4},
    "airport": {"airport": 1.0},
    "long_distance_rail": {"long_distance_rail": 1.0},
    "public_transport": {"long_distance_rail": 0.5},
    "parcel_network": {},
    "power": {"data_centre": 0.3},
    "gas": {"hydrogen_pipeline": 0.3, "chemical_pipeline": 0.3},
    "hydrogen": {"hydrogen_pipeline": 1.0},
    "heat": {},
    "fibre": {"broadband": 1.0, "data_centre": 0.8},
    "water": {"canal": 0.5, "inland_port": 0.4},
    "chemical_pipeline": {"chemical_pipeline": 1.0, "hydrogen_pipeline": 0.4},
}
"""How far infrastructure of a kind serves a need; what is not listed is left to the statements' wording."""

HALF_KM: Mapping[str, float] = {
    "motorway": 3.0,
    "rail_freight": 3.0,
    "combined_terminal": 8.0,
    "inland_port": 3.0,
    "airport": 15.0,
    "long_distance_rail": 7.0,
    "public_transport": 4.0,
    "parcel_network": 8.0,
    "power": 3.0,
    "gas": 3.0,
    "hydrogen": 4.0,
    "heat": 3.0,
    "fibre": 3.0,
    "water": 3.0,
    "chemical_pipeline": 4.0,
}
"""Distance in km at which half of the use is left: a siding or a quay must be near, an airport need not. Chosen;
town centres of the reference region are 5 to 10 km apart, so a neighbour's motorway counts a quarter. Siding and
quay checked on the graded briefs of the part fit."""

BY_WORDING = {"infrastructure": 0.9, "industry": 0.9, "site": 0.8, "company": 0.5}
"""Statements that may meet an access or utility need by what they say."""

WORDED_BESIDE_TABLE = 0.5
"""Share of a statement's strength where the infrastructure table answers the need: what is listed there counts first."""
OPERATOR = 0.5
"""The most that an operator's statement says of a town's buses and trams, as company or as industry: every town has
an operator, few have one's seat. Chosen."""
BY_SIZE = 0.8
"""What the largest cities' buses and trams count, smaller towns' by the share of their size: nothing else is known
of how dense a town's network is. Chosen; checked on the graded briefs of the part fit."""
TRAIN_ANYWHERE = 0.5
"""What a stop of regional trains counts in the smallest town: nearly every town has one, and no table says which
do not. Chosen."""
BY_TOWN_SIZE = frozenset({"public_transport", "long_distance_rail"})
"""Topics that a town's size answers where nothing else is known."""
STATION_BY_SIZE = 0.4
"""What a plain station counts in the largest cities without a row in the table, in smaller ones by their size. Chosen."""
HEAT_FROM: Sources = (
    ("energy_plant", BY_WORDING, 0.5),
    ("waste_energy", BY_WORDING, 0.8),
    ("district_heating", BY_WORDING, 0.9),
)
STEAM_FROM: Sources = (
    ("district_heating", BY_WORDING, 0.3),
    ("energy_plant", BY_WORDING, 0.4),
    ("waste_energy", BY_WORDING, 0.6),
    ("chemical_park", {"site": 1.0}, 0.8),
    ("steam", BY_WORDING, 0.9),
)
"""Concept, kinds of statement and how far one that names the concept serves: heat has no table, so its sources
answer it. A heating network carries no steam; a chemical park does, not the pipeline that leads there. Chosen by
reading."""
TABLE_ALONE = frozenset({"far", "hub", "long_distance_rail", "road"})
"""What other statements say nothing of, so that the table answers alone: stations, and motorways by
their numbers."""
ONE = 0.8
"""Strength of a harbour, terminal, station or pipeline in the location: it is there, not yet at the plot."""
NEXT_TOWN = 0.7
"""Within a stated limit a neighbour's station or junction counts this far of the town's own: the way to it is part
of the limit. Chosen; checked on the graded briefs of the part fit."""
OUTSIDE = 0.4
"""An infrastructure row that names something outside its location serves it this far."""
PIPELINES = frozenset({"chemical_pipeline", "hydrogen_pipeline"})
AIRPORT_OUTSIDE = 0.7
"""An airport is used from outside its town anyway. Chosen."""

_SOME = re.compile(r"\b(?:einzelne|einige|wenige|some|few|occasional)\b")
_SMALL_AIRCRAFT = re.compile(r"landeplatz|flugplatz|airfield|airstrip")
_PLANNED = re.compile(r"\b(?:ist|sind)\b[^.;]*\bgeplant\b|\b(?:is|are) planned\b")
_SIDING = re.compile(r"\A.*(?:anschluss|siding)")
_MARSHALLING = re.compile(r"\A.*(?:rangierbahnhof|marshalling)")
_CONTAINERS = re.compile(
    r"container|\bkombinierte|combined transport|trimodal|intermodal|umschlagterminal|\bteu\b"
)
_ANY = re.compile(r"")
_GRADES: tuple[tuple[str, str | None, re.Pattern[str], float], ...] = (
    ("long_distance_rail", "far", _SOME, 0.5),
    ("long_distance_rail", "hub", _SOME, 0.8),
    ("airport", "airfield", _SMALL_AIRCRAFT, 1.0),
    ("airport", "airfield", _ANY, 0.5),
    ("airport", None, _SMALL_AIRCRAFT, 0.4),
    ("rail_freight_terminal", None, _PLANNED, 0.4),
    ("rail_freight_terminal", "combined_terminal", _SIDING, 0.3),
    ("rail_freight_terminal", "combined_terminal", _MARSHALLING, 0.3),
    ("rail_freight_terminal", "combined_terminal", _CONTAINERS, 1.0),
    ("rail_freight_terminal", "combined_terminal", _ANY, 0.4),
    ("inland_port", "combined_terminal", _CONTAINERS, 1.0),
    ("inland_port", "combined_terminal", _ANY, 0.4),
    ("rail_freight_terminal", "rail_freight", _MARSHALLING, 0.7),
)
"""Kind of infrastructure, what is asked of it or anything, words of its name (first line) or statement, and how
far one that these fit serves, the first that fits. Chosen by reading: a works siding or a port for bulk handles no
containers, a marshalling yard loads nothing, what is planned may come, where only some long-distance trains stop most
do not, and small aircraft are a nuisance at a commercial airport."""

_AIRFIELD = re.compile(
    r"(?:lande|flug)pl(?:a|ä)tz|\bairfield|\bairstrip|\blanding (?:strip|ground)", re.IGNORECASE
)
_STEAM = re.compile(r"dampf(?!er)|\bsteam\b|prozessw(?:ä|ae)rme|process heat", re.IGNORECASE)
_SAID = (("airport", _AIRFIELD, "airfield"), ("heat", _STEAM, "steam"))
"""Topic, words of a need, and what of the topic they ask for; see `_asked`."""
_FAR = re.compile(
    r"\bice?\b|\bice?-|\bfern(?:bahn|verkehr|z(?:u|ü|ue)g|halt|strecke)|intercity|long[- ]distance|main[- ]?line"
    r"|high[- ]speed|schnellzug",
    re.IGNORECASE,
)
"""Words that ask for long-distance trains: a plain station is one wherever it stands."""
_ON_RAILS = re.compile(
    r"u-?\s?bahn\b|stadtbahn|stra(?:ß|ss)enbahn|\btram|light[- ]rail|underground|\bmetro\b", re.IGNORECASE
)
"""Words that ask for rails in the street or under it, and by which a statement names them."""
_ON_TRACK = re.compile(
    r"regional(?:bahn|express|z(?:u|ü)g|verkehr)|\bregional (?:train|rail|express)|\b(?:commuter|local) (?:train|rail)"
    r"|(?<!u-)(?<!u )\bbahn(?:en)?\b|haltepunkt|bahnhalt|bahnhof|\bstations?\b|\btrains?\b|\brail(?:ways?)?\b|\bz(?:u|ü)ge?n?\b",
    re.IGNORECASE,
)
"""Words that ask for trains which stop in small towns too."""
_ON_WHEELS = re.compile(r"\bbus|busse\b|busverkehr", re.IGNORECASE)
_OF_PIPES = re.compile(
    r"(?:trink|ab|schmutz)wasser|kanal(?:isation|anschluss|kapazit)|kl(?:ä|ae)r(?:anlage|werk)"
    r"|(?:drinking|waste|tap|mains|potable)[- ]?water|sew(?:er|age)|effluent",
    re.IGNORECASE,
)
"""Water that comes and goes in pipes: no canal answers it."""
WATERWAYS = frozenset({"canal", "harbour", "inland_shipping"})
_ON_RIVER = re.compile(
    r"\b(?:am|an der|in den|in die|on the|at the|joins the) (?:rhein|rhine|elbe)\b(?!-)|rheinhafen|\brhine port"
)
"""A port on a river without locks; the Rhine-Herne Canal only bears its name."""
_SEAGOING = re.compile(
    r"schleuse|seehafen|seehäfen|übersee|\blocks?\b|seaport|overseas"
    r"|\brhein\b(?!-)|rhein(?:hafen|schiff|lage|ufer)|\brhine\b(?![- ]h)|schubverb|push(?:ed)? convoy"
    r"|gro(?:ß|ss)motor|large motor (?:vessel|barge)|\b1[13][05][- ]?m(?:et|\b)",
    re.IGNORECASE,
)
"""Words that ask for the river itself: traffic with seaports, no locks, or vessels too long for a canal's."""
CANAL_TO_SEA = 0.6
"""A canal port serves traffic with seaports, without locks or by the Rhine this far: locks cost time and limit size.
Chosen."""
PLACE_BY_WATER = 0.5
"""Share of a port's or terminal's strength that depends on the way to the place it is to lead to. Chosen."""
LEADING = frozenset({"inland_port", "combined_terminal"})
"""Infrastructure that is better the nearer it lies to the seaport named; a train or motorway goes anywhere."""


def _for_topic(question: Question, topic: str) -> Doubles:
    facts, need = question.facts, question.need
    is_of_pipes = topic == "water" and _OF_PIPES.search(need.query) is not None
    serves = {} if is_of_pipes else SERVES.get(topic, {})
    asked = _asked(topic, need)
    if topic == "public_transport":
        strengths = _of_networks(question)
    elif topic == "heat":
        strengths = _of_sources(question, HEAT_FROM if asked == "heat" else STEAM_FROM)
    elif asked in TABLE_ALONE:
        strengths = np.zeros(len(facts.evidence))
    else:
        worded = question.meaning * facts.kind_weights(BY_WORDING)
        strengths = worded * (WORDED_BESIDE_TABLE if serves else 1.0)
    if asked == "hub":
        strengths = np.maximum(strengths, _by_size(facts, 0.0, STATION_BY_SIZE))
    if is_of_pipes:
        strengths = np.where(facts.naming(WATERWAYS), 0.0, strengths)
    is_seagoing = need.place is not None or _SEAGOING.search(need.text) is not None
    is_bound = _is_bound(question, topic)
    on_river = _on_river(facts) if topic == "inland_port" and is_seagoing else None
    for item in facts.region.infrastructure:
        at = facts.evidence_position[item.id]
        if item.kind in serves:
            told = facts.evidence[at]
            words = f"{item.name}\n{told.text_de}\n{told.text_en}"
            strengths[at] = serves[item.kind] * _full(item, words, need.text, is_bound=is_bound)
            strengths[at] *= _grade(item.kind, asked, words)
            if on_river is not None and item.location_id not in on_river:
                strengths[at] *= CANAL_TO_SEA
        elif serves:
            strengths[at] = 0.0
    return strengths


def _full(item: Infrastructure, words: str, text: str, *, is_bound: bool) -> float:
    """Return what infrastructure, described by `words`, is worth to a need worded like `text`: by where it is, a
    motorway by its number, a pipeline by what it carries."""
    if item.kind == "motorway":
        share = roads.share_of(item.name, text, is_bound=is_bound)
        return OUTSIDE * share if item.scope == "outside" else share
    if item.scope == "outside":
        return AIRPORT_OUTSIDE if item.kind == "airport" else OUTSIDE
    return ONE * substances.share_of(words, text) if item.kind in PIPELINES else ONE


def _asked(topic: str, need: Need) -> str:
    """Return the topic, or what of it is asked: "far" for long-distance trains, "hub" for trains to anywhere,
    "airfield" for small aircraft, "road" for a motorway by its number, "steam" for process heat."""
    if topic == "long_distance_rail":
        return "far" if _FAR.search(need.text) else "hub" if need.place is None else topic
    said = next((name for of, words, name in _SAID if of == topic and words.search(need.text)), topic)
    return "road" if topic == "motorway" and roads.roads_in(need.text) else said


def _is_bound(question: Question, topic: str) -> bool:
    """Tell whether a motorway must be within a stated limit or at the door: then one junction is enough."""
    half_km = HALF_KM.get(topic, 5.0)
    return topic == "motorway" and question.reach(half_km) != (half_km, 0.0)


def _of_networks(question: Question) -> Doubles:
    """Return what statements say of buses and trams, and what a town's size lets expect, by its population figure.

    Where rails are asked for, a statement must name them, and no buses; a stop of regional trains has nearly
    every town.
    """
    facts, text = question.facts, question.need.text
    weights = np.where(facts.kind_weights(BY_WORDING) > 0, OPERATOR, 0.0)
    if _ON_RAILS.search(text):
        weights *= _names_rails(facts)
    strengths: Doubles = question.meaning * weights
    least = TRAIN_ANYWHERE if _ON_TRACK.search(text) and not _ON_RAILS.search(text) else 0.0
    return np.maximum(strengths, _by_size(facts, least, BY_SIZE))


def _by_size(facts: Facts, least: float, most: float) -> Doubles:
    """Return strengths for the population figures: `least` in the smallest towns, `most` in the largest."""
    strengths = np.zeros(len(facts.evidence))
    for at, figure in facts.indicators.get("population", {}).items():
        share = float(size_share(facts.populations[[at]])[0])
        strengths[facts.evidence_position[figure.id]] = least + (most - least) * share
    return strengths


@lru_cache(maxsize=8)
def _names_rails(facts: Facts) -> NDArray[np.bool_]:
    """Return which statements name rails in the street or under it and no buses, shape (n_evidence,)."""
    texts = [f"{told.text_de}\n{told.text_en}" for told in facts.evidence]
    return np.array(
        [bool(_ON_RAILS.search(text)) and not _ON_WHEELS.search(text) for text in texts], dtype=bool
    )


def _of_sources(question: Question, sources: Sources) -> Doubles:
    """Return how far statements serve that name a source, by concept; the others by their wording."""
    facts = question.facts
    strengths: Doubles = question.meaning * facts.kind_weights(BY_WORDING)
    for concept, kinds, share in sources:
        is_source = facts.naming([concept]) & (facts.kind_weights(kinds) > 0)
        strengths = np.where(is_source, np.maximum(strengths, share), strengths)
    return strengths


@lru_cache(maxsize=65_536)
def _grade(kind: str, asked: str, words: str) -> float:
    """Return how far infrastructure serves by what its name and statement say of it; see `_GRADES`."""
    folded = words.casefold()
    return next(
        (
            share
            for of_kind, of, pattern, share in _GRADES
            if of_kind == kind and of in (None, asked) and pattern.search(folded)
        ),
        1.0,
    )


@lru_cache(maxsize=8)
def _on_river(facts: Facts) -> frozenset[str]:
    """Return the ids of the locations whose ports or canals are said to lie on a river without locks."""
    return frozenset(
        item.location_id
        for item in facts.region.infrastructure
        if item.kind in ("inland_port", "canal")
        and _names_river(facts.evidence[facts.evidence_position[item.id]])
    )


def _names_river(told: Evidence) -> bool:
    return _ON_RIVER.search(f"{told.text_de}\n{told.text_en}".casefold()) is not None


def find(question: Question) -> Finding:
    """Return how well a need's infrastructure is in reach; several topics count equally, alternatives by the best."""
    findings = [_of_topic(question, topic) for topic in question.need.topics]
    if not findings:
        strengths = question.meaning * question.facts.kind_weights(BY_WORDING)
        return from_statements(question, strengths, HALF_KM["inland_port"])
    if len(findings) == 1:
        return findings[0]
    return _together(findings, question.facts, is_either=EITHER.search(question.need.text) is not None)


def _of_topic(question: Question, topic: str) -> Finding:
    """Return how well one kind of infrastructure is in reach, and leads to the place that the need names.

    An airport named is that place itself; a way that must not take longer than the limit ends there.
    """
    place = question.need.place
    half_km = HALF_KM.get(topic, 5.0)
    if place is None:
        elsewhere = 1.0 if question.limit_km is None else NEXT_TOWN
        found = from_statements(question, _for_topic(question, topic), half_km, elsewhere)
        return replace(found, explain=_explain_network(question.facts)) if topic in BY_TOWN_SIZE else found
    if topic == "airport":
        return to_place(question, place, half_km)
    return _leading_to(question, topic, place, half_km)


def _explain_network(facts: Facts) -> Explain:
    """Return the wording for buses and trams: a town's size is no timetable, and is said to be an estimate."""

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        shown = where(facts, location, witnesses)
        if not witnesses or witnesses[0].kind != "indicator":
            return shown
        return (
            f"Nach der Größe der Stadt geschätzt. {shown[0]}",
            f"Estimated from the size of the town. {shown[1]}",
        )

    return explain


def _leading_to(question: Question, topic: str, place: Place, half_km: float) -> Finding:
    """Return how well infrastructure is in reach that leads to a place, at most as far as the need's limit.

    A walk ends at the station, not where its trains go.
    """
    limit, facts = None if question.is_on_foot else question.limit_km, question.facts
    there = to_place(question, place)
    usual = question if question.is_on_foot else replace(question, need=replace(question.need, maximum=None))
    finding = from_statements(usual, _for_topic(question, topic), half_km)
    if limit is not None:
        strengths = finding.strengths * there.strengths
    elif topic in LEADING:
        strengths = finding.strengths * (1 - PLACE_BY_WATER + PLACE_BY_WATER * there.strengths)
    else:
        return replace(finding, need=question.need)
    distances = distances_to(facts, place)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        shown = where(facts, location, witnesses)
        way = way_to(place, float(distances[location]), limit)
        return f"{shown[0]} {way[0]}", f"{shown[1]} {way[1]}"

    return replace(
        finding, need=question.need, strengths=strengths, codes=status_codes(strengths), explain=explain
    )


def _together(findings: list[Finding], facts: Facts, *, is_either: bool) -> Finding:
    several = [finding.strengths for finding in findings]
    strengths = np.max(several, axis=0) if is_either else np.mean(several, axis=0)
    evidence_strengths = np.max([finding.evidence_strengths for finding in findings], axis=0)
    widest = max(findings, key=lambda finding: (finding.full_km, finding.half_km))
    return replace(
        widest,
        strengths=strengths,
        codes=status_codes(strengths),
        evidence_strengths=evidence_strengths,
        explain=explain_where(facts),
    )
