"""Answers from structured facts: each rule names the concepts a question must hold, and looks them up.

Rules never conclude "no" from silence: what the region pack does not say is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Evidence, Indicator, Infrastructure, Institution, Language, Location, Region, Site
from matcher.geometry import distance_km
from matcher.rfi.answer import Answer, listed, marked
from matcher.rfi.reading import SECTORS, Reading
from matcher.words import in_language, number_text

_AVAILABILITY = {
    "available": ("verfügbar", "available"),
    "planned": ("geplant", "planned"),
    "occupied": ("belegt", "taken"),
    "unknown": (
        "gesamte Fläche; was davon frei ist, ist nicht bekannt",
        "whole area; how much of it is free is not known",
    ),
}
_FREE_CITY = ("kreisfreie Stadt", "independent city")
_STRAIGHT_LINE = (
    "{name} in {place}, rund {km} km Luftlinie von Ortsmitte zu Ortsmitte (nächster bekannter)",
    "{name} in {place}, about {km} km in a straight line between town centres (nearest one known)",
)
_IN_TOWN = ("{name}, im Ort", "{name}, in the town itself")
_DENSITY = ("rund {n} Einwohner je km²", "about {n} inhabitants per km²")
_SELECTION = ("Bekannt, nicht unbedingt vollständig: {names}", "Known, not necessarily complete: {names}")
_STUDENTS = ("{name}: {n} ({year})", "{name}: {n} ({year})")
_LEVELS = {
    "bachelor": ("Bachelor", "bachelor"),
    "master": ("Master", "master"),
    "phd_centre": ("Promotion", "doctoral"),
}
_NON_UNIVERSITY = frozenset(
    {"max_planck", "fraunhofer", "leibniz", "helmholtz", "federal_institute", "other_nonuniversity"}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The structured facts of one location, and the language to state them in."""

    region: Region
    location: Location
    language: Language

    def number(self, value: float) -> str:
        """Write a number in the language."""
        return number_text(value, self.language)

    def say(self, pair: tuple[str, str], **values: str) -> str:
        """Fill the gaps of a sentence in the language."""
        return in_language(pair, self.language).format(**values)

    def evidence(self, key: str) -> Evidence:
        """Return the statement that says a structured fact in words."""
        return self.region.evidence_by_id[key]

    def indicator(self, name: str) -> Indicator | None:
        """Return the newest indicator of that name."""
        found = [i for i in self.region.indicators if (i.location_id, i.name) == (self.location.id, name)]
        return max(found, key=lambda i: (i.year, i.id)) if found else None

    def infrastructure(self, *kinds: str) -> list[Infrastructure]:
        """Return what of these kinds lies in the location itself."""
        return [
            i
            for i in self.region.infrastructure
            if i.location_id == self.location.id and i.kind in kinds and i.scope == "location"
        ]

    def institutions(self) -> list[tuple[Institution, Evidence]]:
        """Return the universities with their seat or a campus here, with the statement that says so."""
        found = []
        for institution in self.region.institutions:
            if institution.location_id == self.location.id:
                found.append((institution, self.evidence(institution.id)))
            elif self.location.id in institution.campus_ids:
                found.append((institution, self.evidence(f"{institution.id}-{self.location.id}")))
        return found

    def sites(self) -> list[Site]:
        """Return the sites of the location."""
        return [site for site in self.region.sites if site.location_id == self.location.id]


Rule = Callable[[Facts, Reading], Answer | None]


def _statement(name: str) -> Rule:
    def answer(facts: Facts, reading: Reading) -> Answer | None:
        indicator = facts.indicator(name)
        if indicator is None:
            return None
        evidence = facts.evidence(indicator.id)
        return Answer(marked(evidence.text(facts.language), evidence, facts.language), (evidence,))

    return answer


def _density(facts: Facts, reading: Reading) -> Answer | None:
    population, area = facts.indicator("population"), facts.indicator("area")
    if population is None or area is None:
        return None
    density = facts.number(round(population.value / area.value))
    return Answer(facts.say(_DENSITY, n=density), (facts.evidence(population.id), facts.evidence(area.id)))


def _district(facts: Facts, reading: Reading) -> Answer | None:
    population = facts.indicator("population")
    if population is None:
        return None
    district = facts.location.district or facts.say(_FREE_CITY)
    return Answer(district, (facts.evidence(population.id),))


def _infrastructure(*kinds: str) -> Rule:
    def answer(facts: Facts, reading: Reading) -> Answer | None:
        found = facts.infrastructure(*kinds)
        return listed([(i.name, facts.evidence(i.id)) for i in found], facts.language)

    return answer


def _nearest(kind: str) -> Rule:
    """Name what lies in the location, else the nearest one of the region with its distance."""

    def answer(facts: Facts, reading: Reading) -> Answer | None:
        own = facts.infrastructure(kind)
        if own:
            items = [(facts.say(_IN_TOWN, name=i.name), facts.evidence(i.id)) for i in own]
            return listed(items, facts.language)
        here = facts.location
        found = []
        for i in facts.region.infrastructure:
            if i.kind == kind and i.scope == "location":
                there = facts.region.location_by_id[i.location_id]
                km = float(distance_km(here.latitude, here.longitude, there.latitude, there.longitude))
                found.append((km, i.id, i.name, there.name))
        if not found:
            return None
        km, key, name, place = min(found)
        evidence = facts.evidence(key)
        text = facts.say(_STRAIGHT_LINE, name=name, place=place, km=facts.number(round(km)))
        return Answer(marked(text, evidence, facts.language), (evidence,))

    return answer


def _selection(facts: Facts, items: Sequence[tuple[str, Evidence]]) -> Answer | None:
    """List what is known, and say that there may be more."""
    found = listed(items, facts.language)
    return found and Answer(facts.say(_SELECTION, names=found.text), found.evidence)


def _universities(facts: Facts, reading: Reading) -> Answer | None:
    items = [
        (in_language((institution.name_de, institution.name_en), facts.language), evidence)
        for institution, evidence in facts.institutions()
    ]
    return listed(items, facts.language)


def _students(facts: Facts, reading: Reading) -> Answer | None:
    """State each university's own figure with its year: years differ, so nothing is added up."""
    items = [
        (
            facts.say(
                _STUDENTS,
                name=in_language((institution.name_de, institution.name_en), facts.language),
                n=facts.number(institution.students),
                year=institution.students_year,
            ),
            evidence,
        )
        for institution, evidence in facts.institutions()
        if institution.students is not None
        and institution.location_id == facts.location.id
        and institution.is_regional_talent
    ]
    return listed(items, facts.language)


def _programmes(facts: Facts, reading: Reading) -> Answer | None:
    if len(reading.fields) != 1:
        return None
    seated = {i.id: i for i, _ in facts.institutions() if i.location_id == facts.location.id}
    items = []
    for programme in facts.region.programmes:
        if programme.institution_id in seated and programme.field in reading.fields:
            institution = seated[programme.institution_id]
            name = in_language((institution.name_de, institution.name_en), facts.language)
            level = in_language(_LEVELS[programme.level], facts.language)
            items.append((f"{name}: {programme.name} ({level})", facts.evidence(programme.id)))
    return _selection(facts, items)


def _institutes(*kinds: str) -> Rule:
    def answer(facts: Facts, reading: Reading) -> Answer | None:
        items = [
            (institute.name, facts.evidence(institute.id))
            for institute in facts.region.research_institutes
            if institute.location_id == facts.location.id and institute.kind in kinds
        ]
        return _selection(facts, items)

    return answer


def _technology_parks(facts: Facts, reading: Reading) -> Answer | None:
    items = [(s.name, facts.evidence(s.id)) for s in facts.sites() if s.kind == "technology_park"]
    return listed(items, facts.language)


def _companies(facts: Facts, reading: Reading) -> Answer | None:
    if len(reading.sectors) != 1:
        return None
    _, divisions = SECTORS[next(iter(reading.sectors))]
    items = [
        (company.name, facts.evidence(company.id))
        for company in facts.region.companies
        if company.location_id == facts.location.id and company.nace in divisions
    ]
    return _selection(facts, items)


def _site_text(facts: Facts, site: Site) -> str:
    return site.name if site.area_ha is None else f"{site.name}, {facts.number(site.area_ha)} ha"


def _sites(*kinds: str) -> Rule:
    def answer(facts: Facts, reading: Reading) -> Answer | None:
        items = [
            (_site_text(facts, site), facts.evidence(site.id)) for site in facts.sites() if site.kind in kinds
        ]
        return _selection(facts, items)

    return answer


def _largest_site(facts: Facts, reading: Reading) -> Answer | None:
    sized = [(site.area_ha, site.id, site) for site in facts.sites() if site.area_ha is not None]
    if not sized:
        return None
    _, key, site = max(sized)
    evidence = facts.evidence(key)
    text = f"{_site_text(facts, site)} ({facts.say(_AVAILABILITY[site.availability])})"
    return Answer(marked(text, evidence, facts.language), (evidence,))


def _chemical_park(facts: Facts, reading: Reading) -> Answer | None:
    names = ("chemiepark", "chemical park")
    items = [
        (_site_text(facts, site), facts.evidence(site.id))
        for site in facts.sites()
        if any(name in site.name.lower() for name in names)
    ]
    return listed(items, facts.language)


def _set(*names: str) -> frozenset[str]:
    return frozenset(names)


RULES: tuple[tuple[frozenset[str], frozenset[str], Rule], ...] = (
    (_set("population"), _set("total", "latest"), _statement("population")),
    (_set("density"), _set("km2"), _density),
    (_set("density", "population"), _set("km2"), _density),
    (_set("municipal_area"), _set("km2", "total", "size"), _statement("area")),
    (_set("unemployment"), _set("percent", "latest"), _statement("unemployment_rate")),
    (_set("trade_tax"), _set("percent", "latest"), _statement("trade_tax_multiplier")),
    (_set("property_tax_b"), _set("percent", "latest"), _statement("property_tax_b")),
    (_set("employees"), _set("total", "latest"), _statement("employees")),
    (_set("district"), _set(), _district),
    (_set("motorway"), _set("available"), _infrastructure("motorway")),
    (_set("port"), _set("available"), _infrastructure("inland_port")),
    (_set("port", "nearest"), _set("distance", "km"), _nearest("inland_port")),
    (_set("port", "distance"), _set("nearest", "km"), _nearest("inland_port")),
    (_set("waterway"), _set("available"), _infrastructure("canal")),
    (_set("airport"), _set("available"), _infrastructure("airport")),
    (_set("rail_terminal"), _set("available"), _infrastructure("rail_freight_terminal")),
    (_set("rail_terminal", "nearest"), _set("distance", "km"), _nearest("rail_freight_terminal")),
    (_set("rail_terminal", "distance"), _set("nearest", "km"), _nearest("rail_freight_terminal")),
    (_set("station"), _set("available"), _infrastructure("long_distance_rail")),
    (_set("hydrogen_pipeline"), _set("available"), _infrastructure("hydrogen_pipeline")),
    (_set("chemical_pipeline"), _set("available"), _infrastructure("chemical_pipeline")),
    (_set("data_centre"), _set("available"), _infrastructure("data_centre")),
    (_set("broadband"), _set("available"), _infrastructure("broadband")),
    (_set("university"), _set(), _universities),
    (_set("student_count"), _set("university", "latest"), _students),
    (_set("programme"), _set("university", "available"), _programmes),
    (_set("fraunhofer"), _set(), _institutes("fraunhofer")),
    (_set("max_planck"), _set(), _institutes("max_planck")),
    (_set("leibniz"), _set(), _institutes("leibniz")),
    (_set("research_institute"), _set(), _institutes(*_NON_UNIVERSITY)),
    (_set("hospital"), _set(), _institutes("hospital")),
    (_set("incubator"), _set(), _institutes("incubator")),
    (_set("technology_park"), _set(), _technology_parks),
    (_set("company"), _set(), _companies),
    (_set("chemical_park"), _set("size", "hectares"), _chemical_park),
    (_set("brownfield"), _set("size", "hectares"), _sites("brownfield")),
    (_set("logistics_site"), _set("size", "hectares"), _sites("logistics")),
    (_set("site"), _set("size", "hectares"), _sites("industrial", "brownfield", "logistics")),
    (_set("site", "largest"), _set("size", "hectares"), _largest_site),
)
"""What a question must ask for, what it may say besides, and the rule that answers it.

Concepts without a rule of their own ("largest" employers, "commercial airport", "graduates") keep a
question from being answered.
"""

_FIELD_RULES = (_programmes,)
_SECTOR_RULES = (_companies,)


_INCOMPLETE = tuple(
    rule
    for required, _, rule in RULES
    if required
    & _set("programme", "university", "research_institute", "hospital", "incubator", "company", "brownfield")
    or required in (_set("fraunhofer"), _set("leibniz"), _set("logistics_site"), _set("site"))
)
"""Rules that list what is known, which is no answer to how many there are."""


def answer_from_facts(facts: Facts, reading: Reading) -> Answer | None:
    """Answer a question that a rule understands in full; None otherwise."""
    if reading.left_over:
        return None
    for required, allowed, rule in RULES:
        if not required <= reading.concepts <= required | allowed:
            continue
        if reading.fields and rule is _universities:
            rule = _programmes
        if reading.asks_for_figure and rule in _INCOMPLETE:
            return None
        if (reading.fields or reading.sectors) and rule not in (*_FIELD_RULES, *_SECTOR_RULES):
            return None
        answer = rule(facts, reading)
        return answer if answer and _is_of(answer, reading.years) else None
    return None


def _is_of(answer: Answer, years: frozenset[str]) -> bool:
    """Whether the evidence is from the years that the question names."""
    return all(any(year in evidence.as_of for evidence in answer.evidence) for year in years)
