"""The product's fixed words in German and English: facets, functions, statuses, and figures as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from corpus.records import EvidenceKind, Language
from matcher.brief import Facet, Function
from matcher.shortlist import Status
from matcher.worths import NO_TOPIC, UNASKED

FACET_NAMES: Mapping[Facet, tuple[str, str]] = {
    "talent": ("Fachkräfte und Nachwuchs", "Talent"),
    "research": ("Forschung", "Research"),
    "cluster": ("Branchenumfeld", "Industry cluster"),
    "site": ("Fläche und Gebäude", "Land and buildings"),
    "access": ("Verkehrsanbindung", "Transport access"),
    "utilities": ("Energie und Versorgung", "Energy and utilities"),
    "cost": ("Kosten und Förderung", "Cost and funding"),
    "labour_market": ("Arbeitsmarkt", "Labour market"),
    "quality_of_life": ("Lebensqualität", "Quality of life"),
    "partners": ("Partner", "Partners"),
    "distance": ("Entfernung", "Distance"),
    "agglomeration": ("Größe und Umfeld", "Agglomeration"),
}
"""Names of the facets, as (German, English)."""

FUNCTION_NAMES: Mapping[Function, tuple[str, str]] = {
    "headquarters": ("Zentrale", "Headquarters"),
    "rnd": ("Forschung und Entwicklung", "Research and development"),
    "production": ("Produktion", "Production"),
    "logistics": ("Logistik", "Logistics"),
    "data_centre": ("Rechenzentrum", "Data centre"),
    "services": ("Dienstleistung", "Services"),
    "spin_off": ("Ausgründung", "Spin-off"),
}
"""Names of the functions, as (German, English)."""

STATUS_NAMES: Mapping[Status, tuple[str, str]] = {
    "met": ("erfüllt", "met"),
    "partly": ("teilweise erfüllt", "partly met"),
    "unmet": ("nicht erfüllt", "unmet"),
    "unknown": ("unbekannt", "unknown"),
}
"""Names of the statuses, as (German, English)."""

FIELD_NAMES: Mapping[str, tuple[str, str]] = {
    "automotive": ("Fahrzeugtechnik", "automotive engineering"),
    "biomedical_engineering": ("Medizintechnik", "biomedical engineering"),
    "chemical_engineering": ("Verfahrenstechnik", "chemical engineering"),
    "chemistry": ("Chemie", "chemistry"),
    "civil_engineering": ("Bauingenieurwesen", "civil engineering"),
    "computer_science": ("Informatik", "computer science"),
    "data_science_ai": ("Datenwissenschaft und KI", "data science and AI"),
    "economics_business": ("Wirtschaftswissenschaften", "business and economics"),
    "electrical_engineering": ("Elektrotechnik", "electrical engineering"),
    "energy_engineering": ("Energietechnik", "energy engineering"),
    "environmental_engineering": ("Umwelttechnik", "environmental engineering"),
    "health_sciences": ("Gesundheitswissenschaften", "health sciences"),
    "it_security": ("IT-Sicherheit", "IT security"),
    "law_social_design": ("Recht, Soziales und Gestaltung", "law, social work and design"),
    "logistics": ("Logistik", "logistics"),
    "materials_science": ("Werkstoffwissenschaft", "materials science"),
    "mathematics_physics": ("Mathematik und Physik", "mathematics and physics"),
    "mechanical_engineering": ("Maschinenbau", "mechanical engineering"),
    "medicine": ("Medizin", "medicine"),
    "robotics_automation": ("Robotik und Automatisierung", "robotics and automation"),
    "urban_planning": ("Raum- und Stadtplanung", "urban planning"),
}
"""Names of the fields of study, as (German, English)."""

TOPIC_NAMES: Mapping[str, tuple[str, str]] = {
    "university": ("Hochschule", "university"),
    "institute": ("Institut", "institute"),
    "laboratory": ("Labor", "laboratory"),
    "hospital": ("Klinik", "hospital"),
    "incubator": ("Gründerzentrum", "incubator"),
    "technology_park": ("Technologiepark", "technology park"),
    "customers": ("Kunden", "customers"),
    "suppliers": ("Zulieferer", "suppliers"),
    "industry": ("Branche", "industry"),
    "land": ("Grundstück", "plot"),
    "hall": ("Halle", "hall"),
    "warehouse": ("Lager", "warehouse"),
    "office": ("Büro", "office"),
    "clean_room": ("Reinraum", "clean room"),
    "data_centre": ("Rechenzentrum", "data centre"),
    "brownfield": ("Brachfläche", "brownfield"),
    "greenfield": ("unbebautes Land", "greenfield"),
    "industrial_zoning": ("Industriegebiet, Genehmigung", "industrial zoning, permit"),
    "chemical_park": ("Chemiepark", "chemical park"),
    "expansion": ("Erweiterung", "expansion"),
    "existing_building": ("Bestandsgebäude", "existing building"),
    "shift_work": ("Schicht- und Nachtarbeit", "shift and night work"),
    "motorway": ("Autobahn", "motorway"),
    "rail_freight": ("Gleisanschluss", "rail siding"),
    "combined_terminal": ("Terminal für Kombinierten Verkehr", "combined transport terminal"),
    "inland_port": ("Binnenhafen", "inland port"),
    "airport": ("Flughafen", "airport"),
    "long_distance_rail": ("Fernverkehr der Bahn", "long-distance rail"),
    "public_transport": ("Nahverkehr", "public transport"),
    "parcel_network": ("Paketnetz", "parcel network"),
    "power": ("Strom", "power"),
    "gas": ("Gas", "gas"),
    "hydrogen": ("Wasserstoff", "hydrogen"),
    "heat": ("Wärme und Dampf", "heat and steam"),
    "fibre": ("Glasfaser", "fibre"),
    "water": ("Wasser und Abwasser", "water and waste water"),
    "chemical_pipeline": ("Chemie-Pipeline", "chemical pipeline"),
    "trade_tax": ("Gewerbesteuer", "trade tax"),
    "property_tax": ("Grundsteuer", "property tax"),
    "rent": ("Miete", "rent"),
    "land_price": ("Bodenpreis", "land price"),
    "funding": ("Förderung", "funding"),
    "wages": ("Löhne", "wages"),
    "workers": ("Arbeitskräfte", "workers"),
    "skilled_workers": ("gelernte Kräfte", "skilled workers"),
    "unskilled_workers": ("angelernte Kräfte", "unskilled workers"),
    "shift_workers": ("Schichtkräfte", "shift workers"),
    "retain_staff": ("heutige Belegschaft", "present staff"),
    "housing": ("Wohnen", "housing"),
    "childcare": ("Kinderbetreuung", "childcare"),
    "culture": ("Kultur", "culture"),
    "green": ("Grün und Erholung", "green space"),
    "gastronomy": ("Gastronomie", "gastronomy"),
    "international_schools": ("internationale Schulen", "international schools"),
    "municipality": ("Stadtverwaltung", "municipality"),
    "neighbouring_cities": ("Nachbarstädte", "neighbouring cities"),
    "investors": ("Kapitalgeber", "investors"),
    "chamber": ("Kammer", "chamber"),
    "associations": ("Verbände und Netzwerke", "associations and networks"),
    NO_TOPIC: ("ohne nähere Angabe", "not specified"),
    UNASKED: ("ungefragt", "not asked for"),
}
"""Names of the topics of needs beside fields of study, as (German, English)."""

KIND_NAMES: Mapping[EvidenceKind, tuple[str, str]] = {
    "industry": ("Aussagen zur Wirtschaft", "statements on the economy"),
    "company": ("Unternehmen", "companies"),
    "research_institute": ("Forschungseinrichtungen", "research institutes"),
    "university": ("Hochschulen", "universities"),
    "programme": ("Studiengänge", "study programmes"),
    "talent_supply": ("Studierendenzahlen", "student numbers"),
    "site": ("Flächen", "sites"),
    "infrastructure": ("Infrastruktur", "infrastructure"),
    "indicator": ("Kennzahlen", "figures"),
}
"""Names of the kinds of evidence, as (German, English)."""


UNIT_NAMES: Mapping[str, tuple[str, str]] = {
    "jobs": ("Stellen", "jobs"),
    "year": ("Jahr", "year"),
    "half_year": ("Halbjahr", "half-year"),
    "quarter": ("Quartal", "quarter"),
    "month": ("Monat", "month"),
    "months": ("Monate", "months"),
    "day": ("Tag", "day"),
}
"""Units that are words, as (German, English); signs such as ha or MW are the same in both."""


def in_language(pair: tuple[str, str], language: Language) -> str:
    """Return the German or the English half of a (German, English) pair."""
    return pair[0] if language == "de" else pair[1]


def unit_text(unit: str | None, language: Language) -> str:
    """Write a need's unit as people say it; empty without one."""
    names = UNIT_NAMES.get(unit or "")
    return in_language(names, language) if names else unit or ""


def tenths_text(tenths: int, language: Language) -> str:
    """Write tenths of a point as points with one decimal: 784 is "78,4" or "78.4"."""
    sign = "−" if tenths < 0 else ""
    mark = "," if language == "de" else "."
    return f"{sign}{abs(tenths) // 10}{mark}{abs(tenths) % 10}"


def number_text(value: float, language: Language) -> str:
    """Write a number the way the language does, with up to three decimals: "1.200" or "1,200"."""
    text: str = format_decimal(value, format="#,##0.###", locale=language)
    return text


def date_text(as_of: str, language: Language) -> str:
    """Write a date such as 2025-05-22 or 2021-03 the way the language does; anything else stays as it is."""
    try:
        when = date.fromisoformat(as_of if len(as_of) != 7 else f"{as_of}-01")
    except ValueError:
        return as_of
    written: str = (
        format_skeleton("yMMMM", when, locale=language)
        if len(as_of) == 7
        else format_date(when, locale=language)
    )
    return written


def share_text(share: float, language: Language) -> str:
    """Write a share in [0, 1] as whole per cent: "87 %" or "87%"."""
    text: str = format_percent(
        share, format="#,##0\u00a0%" if language == "de" else "#,##0%", locale=language
    )
    return text
