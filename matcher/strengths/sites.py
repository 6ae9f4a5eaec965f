"""Sites: areas and buildings of the right kind, large enough, and still to be had."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from corpus.records import Evidence, Site
from matcher.brief import Function, Need
from matcher.clauses import LANGUAGES, markers
from matcher.concepts import concepts_in
from matcher.findings import MET, UNKNOWN, UNMET, Codes, Finding, status_codes
from matcher.geometry import Doubles
from matcher.strengths.question import Question
from matcher.strengths.statements import EITHER, counted, explain_where, where
from matcher.tokens import words_of

AVAILABLE: Mapping[str, float] = {"available": 1.0, "planned": 0.6, "unknown": 0.6, "occupied": 0.1}
"""What a site is worth by what its source says of availability. Occupied areas still show what a town has;
parts of them come free."""
READILY: Mapping[str, float] = {"available": 1.0, "planned": 0.2, "unknown": 0.4, "occupied": 0.05}
"""The same where the plot must be ready to build on. Chosen: a plan is not ready, and the unknown may be."""

SPECIAL: Mapping[str, Mapping[str, float]] = {
    "chemical_park": {"industrial": 0.4},
    "technology_park": {"technology_park": 1.0, "office": 0.5},
    "incubator": {"technology_park": 1.0, "office": 0.4},
    "laboratory": {"technology_park": 0.6, "office": 0.3, "industrial": 0.2},
    "clean_room": {"technology_park": 0.7},
    "data_centre": {
        "industrial": 0.7,
        "brownfield": 0.8,
        "technology_park": 0.7,
        "office": 0.6,
        "logistics": 0.5,
    },
    "brownfield": {"brownfield": 1.0, "logistics": 0.4, "industrial": 0.4},
}
"""How far a site of a kind suits a special use. Chosen by reading the sites of the reference region."""
SPACES: Mapping[str, Mapping[str, float]] = {
    "land": {"industrial": 1.0, "brownfield": 0.9, "logistics": 0.8, "technology_park": 0.3, "office": 0.1},
    "hall": {"industrial": 1.0, "logistics": 0.9, "brownfield": 0.8, "technology_park": 0.3},
    "warehouse": {"logistics": 1.0, "industrial": 0.8, "brownfield": 0.7},
    "office": {"office": 1.0, "technology_park": 0.9, "brownfield": 0.4, "industrial": 0.2},
    "greenfield": {"industrial": 0.6, "logistics": 0.6},
}
"""How far a site of a kind suits a plot or building of no special use. Chosen in the same way."""
QUALITIES: Mapping[str, Mapping[str, float]] = {
    "industrial_zoning": {"industrial": 1.0, "brownfield": 0.6, "logistics": 0.5},
    "expansion": {"industrial": 0.8, "brownfield": 0.8, "logistics": 0.7, "technology_park": 0.5},
    "existing_building": {
        "office": 0.6,
        "brownfield": 0.5,
        "industrial": 0.3,
        "logistics": 0.4,
        "technology_park": 0.4,
    },
}
"""How far a site of a kind has a quality that is asked for without saying of what."""
KINDS: Mapping[str, Mapping[str, float]] = {**SPECIAL, **SPACES, **QUALITIES}
NAMED_BY: Mapping[str, frozenset[str]] = {
    "chemical_park": frozenset({"chemical_park"}),
    "technology_park": frozenset({"technology_park", "science_park"}),
    "incubator": frozenset({"incubator", "startup_centre"}),
    "laboratory": frozenset({"laboratory", "life_science_labs"}),
    "clean_room": frozenset({"clean_room"}),
    "data_centre": frozenset({"data_centre"}),
    "brownfield": frozenset({"brownfield", "former_colliery", "former_steelworks", "former_power_plant"}),
}
"""Concepts by which a statement says that a place has what a special use asks for."""
FORMER = frozenset({"former_colliery", "former_steelworks", "former_power_plant", "railway_land"})
OTHER_BROWNFIELD = 0.5
"""What another brownfield counts where land of one former use is asked for. Chosen."""
STANDING = frozenset({"existing_halls", "production_hall"})
"""Concepts by which a statement says that halls stand there."""
MAYBE_STANDING = 0.6
"""What a site counts for an existing hall where no statement says that one stands there. Chosen."""

CONDITIONS = frozenset({"industrial_zoning", "shift_work"})
"""Topics of permits, neighbours, floods and work at night: no site's kind answers them."""
CONDITION_CONCEPTS = frozenset(
    {"away_from_housing", "flood_free", "stable_ground", "shift_work", "hazardous_goods"}
)
"""What a statement must name to answer a condition that names it too."""
AT_WORK = frozenset({"hazardous_goods", "shift_work", "away_from_housing", "housing", "permit"})
"""Conditions that land meets where industry is at work already. Homes in a condition are homes to keep away from."""
WORKING: Mapping[str, float] = {"industrial": 0.6, "logistics": 0.4, "brownfield": 0.3}
CHEMICAL_PARK: Mapping[str, float] = {"site": 0.8, "industry": 0.7, "company": 0.4}
"""How far a site of a kind, or a statement that names a chemical park, lets expect hazards, nights and distance to
housing to be permitted. Chosen: likely, never shown."""
DIRTY_WORK: Mapping[str, float] = {"industry": 0.5, "company": 0.5}
"""The same for a statement of works with dust, smell, noise or hazards of their own."""
DISTURBANCES = frozenset({"emissions", "clean_neighbours"})
"""Words of dust, noise and heavy industry: whose they are the words around them say."""
OWN_DISTURBANCE = frozenset({"permit", "housing", "away_from_housing"})
"""What makes a condition one of what the investor's own plant may do."""
HAZARDOUS = frozenset({"chemical_park", "chemicals", "refinery", "hazardous_waste", "hazardous_goods"})
"""Neighbours whose accidents the law provides for."""
TRADES = frozenset(
    {"foundry", "forging", "metal_recycling", "recycling", "waste", "waste_energy", "hazardous_waste"}
)
"""Trades that are named as disturbing neighbours by themselves."""
DIRTY = TRADES | {"heavy_industry", "chemicals", "refinery", "steel", "carbon_coke"}
"""Neighbours with dust, smell, noise and vibration."""
MINES = frozenset({"former_colliery", "mining_damage"})
UNFIRM = frozenset({"stable_ground", "mining_damage"})
"""What a condition names that old mines under the ground speak against."""
AGAINST: Mapping[str, float] = {"site": 1.0, "industry": 1.0, "company": 1.0}
AGAINST_SHARE = 0.25
"""Each such neighbour or old mine closes this share of what is left of a condition. Chosen."""
UNDISTURBED = 0.5
"""What a condition counts where nothing speaks against it: likely met, not shown. Chosen."""
_AROUND = re.compile(
    r"nachbar|neighbo|umgebung|umfeld|surround|nebenan|neben (?:wohn|schul|kit|klinik|kranken)|next door|next to|nearby|close to"
    r"|in der nähe|kulisse|backdrop",
    re.IGNORECASE,
)
"""Words of what stands around a site."""
_AT_DISTANCE = re.compile(
    r"abstand|sicherheitszone|weit weg|\bfern von|\bmeter bis zur n(?:ä|ae)chsten|(?<!walking )(?<!cycling )(?<!long[- ])distance|safety zone|far from|away from"
    r"|\bclear (?:of|all round)\b|\b(?:no|not) (?:closer|nearer) than|\d m(?:et(?:re|er)s)? from the nearest",
    re.IGNORECASE,
)
"""Words by which what is named is to be elsewhere."""
_REFUSALS = ("negation", "negation_end", "label_refused")
READY = frozenset({"ready_to_build"})
ZONE_CONCEPTS = frozenset({"industrial_area", "heavy_industry"})
"""What makes a condition one of the kind of site: land zoned for industry."""
SITE_CONCEPTS = frozenset().union(*NAMED_BY.values()) | {
    "coworking",
    "commercial_estate",
    "greenfield",
    "industrial_area",
    "modern_office",
    "existing_halls",
    "production_hall",
    "warehouse",
}
"""Concepts of a kind of site by which an unwelcome one can be told."""
WITHIN_OFFICES = frozenset({"coworking"})
"""Concepts of a way to use offices: who shuns it does not shun office buildings."""
ANYWHERE = frozenset({"land", "hall"})
"""Topics so wide that nobody shuns the kind of site itself: what is unwelcome must be named by a concept."""

BY_FUNCTION: Mapping[Function, str] = {
    "headquarters": "office",
    "rnd": "technology_park",
    "production": "hall",
    "logistics": "warehouse",
    "data_centre": "data_centre",
    "services": "office",
    "spin_off": "incubator",
}
"""The topic meant when a brief asks for a site without saying which."""
DESK_FUNCTIONS: frozenset[Function] = frozenset({"headquarters", "services", "spin_off"})
"""Functions that mean floors of a building where they ask for space in square metres."""

_PLOT = re.compile(
    r"grundst(?:ü|ue)ck|bau(?:land|feld|fl(?:ä|ae)che)|(?:industrie|frei)fl(?:ä|ae)che|parzelle|hektar|\bplots?\b|\bland\b|hectare|\bacres?\b",
    re.IGNORECASE,
)
"""Words by which desk functions ask for land to build on; their "areas" else are floors."""

LAND = frozenset({"land", "brownfield", "greenfield", "industrial_zoning"})
"""Topics whose square metres are those of the plot, not of a building on it."""
WORDED_WITH_FIGURE = 0.25
"""The most that a statement of no site counts where a size is asked: it says nothing of what is to be had. Chosen;
checked on the graded briefs of the part fit."""
UNKNOWN_AREA = 0.6
"""Share of the strength left for a site whose size is not known, when a size is asked for."""
SITE_COVERAGE = 0.5
"""Building area per plot area: the usual share of a plot that halls cover, with yards and roads beside."""
WORDING = 0.45
"""Share of a site's strength that depends on what its statement says of the need. Chosen; checked on the
graded briefs of the part fit."""
BY_WORDING = {"site": 1.0, "industry": 0.5, "company": 0.15, "research_institute": 0.3, "infrastructure": 0.3}
"""Statements that may meet a site need by what they say: sites above all, for a firm's seat is no site.
Chosen; checked on the graded briefs of the part fit."""
BY_NAME = {"site": 1.0, "industry": 0.8, "company": 0.5, "research_institute": 0.7, "infrastructure": 0.4}
"""The same for statements that name the special use itself, such as a firm in a chemical park."""


def plot_ha(need: Need) -> float | None:
    """Return the plot in hectares that a need's figure asks for, None without an area."""
    asked = need.minimum if need.minimum is not None else need.maximum
    if asked is None or need.unit not in ("ha", "m²"):
        return None
    if need.unit == "ha":
        return asked
    is_plot = LAND & set(need.topics) or _PLOT.search(need.text)
    return asked / 10_000 / (1.0 if is_plot else SITE_COVERAGE)


def _topics(need: Need) -> Sequence[str]:
    """Return the topics that say which kind of site is asked for: of readiness and shape only the plot is left.

    An office on hectares stands beside halls and yards on one plot.
    """
    topics: Sequence[str] = need.topics
    if "industrial_zoning" in topics and not _named(need) & ZONE_CONCEPTS and _is_of_plot(need):
        topics = [topic for topic in topics if topic != "industrial_zoning"] or ["land"]
    if need.unit == "ha" and set(topics) & SPACES.keys() > {"office"} and not EITHER.search(need.text):
        topics = [topic for topic in topics if topic != "office"]
    return topics


def _is_of_plot(need: Need) -> bool:
    """Tell whether a need speaks of the plot itself, ready or level, and of no condition around it."""
    named = _named(need)
    return bool(named & READY) or bool(
        _PLOT.search(need.text) and not named & (CONDITION_CONCEPTS | AT_WORK | UNFIRM)
    )


def _suits(need: Need, function: Function) -> tuple[Mapping[str, float], frozenset[str]]:
    """Return how far each kind of site suits, and the concepts by which a statement names the use.

    A special use decides over the plot it stands on, and both over qualities; of alternatives the best counts.
    Land of one former use is worth more than other brownfields.
    """
    tables = (KINDS,) if EITHER.search(need.text) else (SPECIAL, SPACES, QUALITIES)
    asked = _topics(need)
    named = ([topic for topic in asked if topic in table] for table in tables)
    topics = next(filter(None, named), [])
    is_floor = function in DESK_FUNCTIONS and need.unit != "ha" and not _PLOT.search(need.text)
    if not topics or (topics == ["land"] and is_floor):
        topics = [BY_FUNCTION[function]]
    rows = [KINDS[topic] for topic in topics]
    kinds = {kind: max(row.get(kind, 0.0) for row in rows) for row in rows for kind in row}
    former = _named(need) & FORMER
    if topics == ["brownfield"] and former:
        return {kind: OTHER_BROWNFIELD * share for kind, share in kinds.items()}, former
    return kinds, frozenset().union(*(NAMED_BY.get(topic, frozenset()) for topic in topics))


def _availability(question: Question) -> Doubles:
    """Return what each site counts by what is known of its availability, and of the hall asked for.

    Offices stand where offices are; a hall has to be told of.
    """
    facts, need = question.facts, question.need
    shares = READILY if _named(need) & READY else AVAILABLE
    by_site = np.array([shares[site.availability] for site in facts.region.sites], dtype=np.float64)
    is_hall = "existing_building" in need.topics and not {"land", "office"} & set(need.topics)
    if is_hall and question.function not in DESK_FUNCTIONS:
        stands = facts.naming(STANDING)
        at = [facts.evidence_position[site.id] for site in facts.region.sites]
        by_site *= np.where(stands[at], 1.0, MAYBE_STANDING)
    return by_site


def find(question: Question) -> Finding:
    """Return how well each location's own sites suit the need in kind, size and availability.

    A minimum that all sites of known size miss is unmet; sites of unknown size leave it open. What a site
    must not be is judged by the others that a location has; a mere condition by what stands there.
    """
    need = question.need
    if _is_condition(need):
        return _find_condition(question)
    if need.is_avoided:
        return _find_others(question)
    facts = question.facts
    kinds, concepts = _suits(need, question.function)
    names = facts.naming(concepts)
    asked = plot_ha(need)
    by_wording = facts.kind_weights(BY_WORDING)
    if asked is not None:
        by_wording = np.minimum(by_wording, WORDED_WITH_FIGURE)
    weights = np.where(names, facts.kind_weights(BY_NAME), by_wording)
    strengths = question.meaning * weights
    largest = np.full(facts.n_locations, -1.0)
    is_open = np.zeros(facts.n_locations, dtype=bool)
    for site, available in zip(facts.region.sites, _availability(question), strict=True):
        at = facts.evidence_position[site.id]
        here = facts.position[site.location_id]
        suits = 1.0 if names[at] else kinds.get(site.kind, 0.0)
        structured = suits * available * _size_share(site, asked)
        strengths[at] = structured * (1 - WORDING + WORDING * float(question.meaning[at]))
        if site.availability != "occupied":
            free_ha = _free_ha(site)
            if free_ha is None:
                is_open[here] = True
            else:
                largest[here] = max(largest[here], free_ha)
    strengths *= counted(question)
    by_location = facts.best_by_location(strengths)
    codes: Codes = status_codes(by_location)
    if asked is not None and need.minimum is not None:
        too_small = (largest >= 0) & (largest < asked) & ~is_open
        by_location = np.where(too_small, 0.0, by_location)
        codes = np.where(too_small, UNMET, codes).astype(np.int8)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        if asked is not None and codes[location] == UNMET:
            return (
                f"Die größte bekannte Fläche hat {_ha(largest[location], 'de')}; gebraucht werden {_ha(asked, 'de')}.",
                f"The largest known site has {_ha(largest[location], 'en')}; {_ha(asked, 'en')} are needed.",
            )
        return where(facts, location, witnesses)

    return Finding(need, by_location, codes, strengths, 0.0, explain)


def _is_condition(need: Need) -> bool:
    """Tell whether a need only says under which conditions, not what kind of site or how large.

    Dirty neighbours and undermined ground are such a condition when they are to be avoided, too.
    """
    if plot_ha(need) is not None:
        return False
    if need.is_avoided:
        return bool(_unwelcome(need))
    is_about = bool(need.topics) and set(need.topics) <= CONDITIONS
    return is_about and not _named(need) & ZONE_CONCEPTS and not _is_of_plot(need)


@lru_cache(maxsize=1_024)
def _named(need: Need) -> frozenset[str]:
    """Return the concepts of a need: its words say "at night" and "next door", of which its query keeps less."""
    return concepts_in(need.text, need.query)


def _is_shunned(need: Need) -> bool:
    """Tell whether a condition wants what it names elsewhere: by a "no", a refusal or a distance."""
    if need.is_avoided or _AT_DISTANCE.search(need.text):
        return True
    words = words_of(need.text)
    return any(hit.payload in _REFUSALS for language in LANGUAGES for hit in markers(language).hits(words))


def _unwelcome(need: Need) -> frozenset[str]:
    """Return the concepts that speak against a condition: disturbing neighbours, or old mines under the ground.

    With permits and homes in it, the condition is about the investor's own dust and hazards.
    """
    named = _named(need)
    mines = MINES if named & UNFIRM else frozenset()
    if named & OWN_DISTURBANCE:
        return mines
    is_shunned = _is_shunned(need)
    is_disturbed = named & DISTURBANCES and (
        _AROUND.search(need.text) or (is_shunned and "shift_work" not in need.topics)
    )
    trades = named & TRADES if is_shunned else frozenset()
    hazards = HAZARDOUS if is_shunned and "hazardous_goods" in named else frozenset()
    return mines | trades | hazards | (DIRTY if is_disturbed else frozenset())


def _find_condition(question: Question) -> Finding:
    """Return where a condition is likely met: by statements that name it, and by what already stands there.

    Hazards and nights suit land where industry is at work; a clean neighbourhood and ground without mining
    suit places that are not known for either. Of floods only statements tell. At a desk one may work at any hour.
    """
    facts, need = question.facts, question.need
    named = _named(need)
    unwelcome = _unwelcome(need)
    asked = named & (CONDITION_CONCEPTS - unwelcome)
    strengths = np.where(facts.naming(asked), question.meaning, 0.0)
    strengths *= facts.kind_weights(BY_NAME) * counted(question)
    is_at_work = named & (AT_WORK - unwelcome) or "shift_work" in need.topics
    if is_at_work and question.function not in DESK_FUNCTIONS:
        strengths = np.maximum(strengths, _of_industry(question))
    by_location = facts.best_by_location(strengths)
    if not unwelcome:
        return Finding(need, by_location, status_codes(by_location), strengths, 0.0, explain_where(facts))
    against = facts.naming(unwelcome) * facts.kind_weights(AGAINST) * counted(question)
    depth = facts.depth_by_location(against, AGAINST_SHARE, len(facts.evidence))
    free = np.where(facts.owns_evidence, UNDISTURBED * (1 - depth), 0.0)
    is_free = free > by_location

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        if not is_free[location]:
            return where(facts, location, witnesses)
        if against[facts.evidence_location == location].any():
            return (
                "Geschätzt nach dem, was von Bergbau und störenden Betrieben am Ort bekannt ist.",
                "Estimated from what is known of mining and disturbing works in the location.",
            )
        return (
            "Vermutet, weil am Ort nichts bekannt ist, das dagegen spricht.",
            "Assumed, as nothing known of the location speaks against it.",
        )

    found = np.maximum(by_location, free)
    return Finding(need, found, status_codes(found), strengths, 0.0, explain)


def _of_industry(question: Question) -> Doubles:
    """Return how far each statement shows land where plants work day and night, with hazards: sites by kind, and dirty works."""
    facts = question.facts
    parks = np.where(facts.naming(NAMED_BY["chemical_park"]), facts.kind_weights(CHEMICAL_PARK), 0.0)
    works = np.where(facts.naming(DIRTY), facts.kind_weights(DIRTY_WORK), 0.0)
    strengths = np.maximum(parks, works)
    for site in facts.region.sites:
        at = facts.evidence_position[site.id]
        strengths[at] = max(strengths[at], WORKING.get(site.kind, 0.0))
    return strengths * counted(question)


def _find_others(question: Question) -> Finding:
    """Return which locations have a site that is not of the unwelcome kind.

    Locations all of whose sites are of that kind do not meet the need; where no site is known, and where no
    fact can tell a site of that kind (a tenure, a safety zone), it stays open.
    """
    need, facts = question.need, question.facts
    concepts = (
        frozenset().union(*(NAMED_BY.get(topic, frozenset()) for topic in need.topics))
        | _named(need) & SITE_CONCEPTS
    )
    told = set(need.topics) & KINDS.keys() - ANYWHERE if not concepts & WITHIN_OFFICES else frozenset()
    kinds = {kind for topic in told for kind, share in KINDS[topic].items() if share == 1}
    names = facts.naming(concepts)
    strengths = np.zeros(len(facts.evidence))
    has_such = np.zeros(facts.n_locations, dtype=bool)
    for site in facts.region.sites:
        at = facts.evidence_position[site.id]
        if not (concepts or kinds) or not question.usable[at] or site.availability == "occupied":
            continue
        if names[at] or site.kind in kinds:
            has_such[facts.position[site.location_id]] = True
        else:
            strengths[at] = 1.0
    by_location = facts.best_by_location(strengths)
    codes = np.where(by_location > 0, MET, np.where(has_such, UNMET, UNKNOWN)).astype(np.int8)

    def explain(location: int, witnesses: Sequence[Evidence]) -> tuple[str, str]:
        if codes[location] == UNMET:
            return ("Bekannt sind nur solche Flächen.", "Only such sites are known.")
        if not witnesses:
            return ("Dazu liegt nichts vor.", "Nothing is known about this.")
        return ("Am Ort gibt es andere Flächen.", "There are other sites in the location.")

    return Finding(need, by_location, codes, strengths, 0.0, explain)


def _size_share(site: Site, asked: float | None) -> float:
    if asked is None:
        return 1.0
    free_ha = _free_ha(site)
    if free_ha is None:
        return UNKNOWN_AREA
    return min(1.0, free_ha / asked) ** 2 if asked > 0 else 1.0


def _free_ha(site: Site) -> float | None:
    """Return the area still to be had where it is known, else the site's whole area, else None."""
    return site.available_ha if site.available_ha is not None else site.area_ha


def _ha(value: float, language: str) -> str:
    text = f"{value:.1f} ha"
    return text.replace(".", ",") if language == "de" else text
