"""What a question of a questionnaire asks for: it counts as understood only when each of its words is.

A question is turned into concepts ("nearest", "port", "distance"). Words that are neither a concept nor a
function word are left over, and a question with left-over words is not answered by a rule: "youth
unemployment rate" must not be answered with the unemployment rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import Language

CONCEPTS: tuple[tuple[str, str], ...] = (
    # what a place is
    (
        "density",
        r"bevölkerungsdichte|einwohnerdichte|population density|einwohner (je|pro) (km²|quadratkilometer)"
        r"|(inhabitants|residents|people) per (km²|km2|square kilomet(re|er))",
    ),
    (
        "population",
        r"(gesamt)?einwohner(zahl|innen|n)?|(gesamt)?bevölkerung(szahl|sstand)?|population|inhabitants|residents"
        r"|menschen (leben|wohnen)|(leben|wohnen) menschen|people live",
    ),
    (
        "municipal_area",
        r"(gemeinde|stadt|gebiets|kommunal)fläche|fläche (der (stadt|kommune|gemeinde)|des (stadt|gemeinde)gebiete?s)"
        r"|(surface |land )?area of the (municipality|city|town|municipal territory)|municipal area",
    ),
    ("unemployment", r"arbeitslosenquote|arbeitslosigkeit quote|unemployment rate|rate of unemployment"),
    (
        "trade_tax",
        r"gewerbesteuer ?hebesatz(es)?|hebesatz(es)? ((der|für die|bei der) )?gewerbesteuer"
        r"|(local )?(trade|business) tax (rate )?(multiplier|collection rate|assessment rate)",
    ),
    (
        "property_tax_b",
        r"hebesatz(es)? ((der|für die|bei der) )?grundsteuer b|grundsteuer b ?hebesatz|grundsteuer b"
        r"|property tax b( rate)?( multiplier)?",
    ),
    (
        "employees",
        r"sozialversicherungspflichtig beschäftigten?|employees subject to social (insurance|security)( contributions)?",
    ),
    ("district", r"(land)?kreis(es)?|district|county"),
    (
        "coordinates",
        r"(geo|geografische |geographische )?koordinaten|(geographic |geographical )?coordinates",
    ),
    # access
    (
        "motorway",
        r"autobahn(en|anschlüsse|anschluss|anbindung(en)?)?|(motorway|highway|expressway|freeway)s?( access| connections?)?",
    ),
    (
        "port",
        r"(binnen|kanal|güter)?h(afen|äfen)( anschluss)?|(inland |river |canal |cargo )?(ports?|harbours?|harbors?)",
    ),
    ("waterway", r"(binnen)?wasserstraßen?|kan(al|äle)|(inland )?waterways?|canals?"),
    ("commercial_airport", r"verkehrsflugh(afen|äfen)|(commercial|passenger) airports?"),
    ("airport", r"flugh(afen|äfen)|flugplätze?|airports?|airfields?"),
    (
        "rail_terminal",
        r"((kv|container|umschlag|güter) ?)?terminals? (für den|des) kombinierten verkehrs?|(kv|container|umschlag|güter) ?terminals?"
        r"|(combined (transport|traffic)|intermodal|rail freight|container|freight) terminals?",
    ),
    (
        "station",
        r"(fernverkehrs|ic|ice|fern) ?(bahnh(of|öfe)|halt|anschluss)( ice ic)?|ice halt"
        r"|ice( oder| und)? ic bahnh(of|öfe)|bahnh(of|öfe) (im|mit) fernverkehr(sanschluss)?( ice ic)?"
        r"|long ?distance (rail|railway|train) (stations?|stops?)|ice?( or ic)? stops?"
        r"|(rail|railway|train) stations? (with|for) long ?distance (services?|trains?|connections?)",
    ),
    # utilities
    (
        "hydrogen_pipeline",
        r"wasserstoff(leitung(en)?|netz(es)?|pipelines?)|hydrogen (pipelines?|network|grid)",
    ),
    (
        "chemical_pipeline",
        r"(chemie|produkten|rohstoff)(leitung(en)?|pipelines?)|(chemical|product|feedstock) pipelines?",
    ),
    ("data_centre", r"rechenzentr(um|en)|data cent(re|er)s?"),
    ("broadband", r"breitband(ausbau)?|glasfaser(ausbau)?|broadband|fib(re|er)( optic)?( roll ?out)?"),
    # talent and research
    ("student_count", r"studierenden?zahl(en)?|studierenden?|studenten|student numbers|students"),
    (
        "programme",
        r"studieng(ang|änge|ängen)|studienangebot(e)?|studieren|studiert|studied"
        r"|((degree|study|university) )?(programmes?|programs?|courses?)",
    ),
    ("graduates", r"absolvent(en|innen)( und absolventinnen)?|hochschulabsolvent(en|innen)|graduates"),
    (
        "research_institute",
        r"außeruniversitären?( forschungs(einrichtungen|institute))?"
        r"|forschungs(institute|einrichtungen)( außerhalb (der|von) (hochschulen|universitäten))?"
        r"|(non ?university )?research (institutes?|institutions?|organisations?|cent(re|er)s?)( outside (the )?universities)?",
    ),
    (
        "university",
        r"(fach)?hochschulen?|hochschulstandorte?|universitäten?|universit(y|ies)( of applied sciences)?|colleges"
        r"|higher education institutions?|institutions of higher education",
    ),
    ("fraunhofer", r"fraunhofer( ?institut(e|en)?| institutes?)?"),
    ("max_planck", r"max planck( ?institut(e|en)?| institutes?)?"),
    ("leibniz", r"leibniz( ?institut(e|en)?| institutes?)?"),
    ("hospital", r"kliniken|klinikum|krankenh(aus|äuser)|hospitals?"),
    (
        "incubator",
        r"gründerzentr(um|en)|inkubator(en)?|start ?up zentr(um|en)|incubators?|start ?up cent(re|er)s?",
    ),
    (
        "technology_park",
        r"technologie(parks?|zentr(um|en))|(science|technology) (and technology )?(parks?|cent(re|er)s?)",
    ),
    # economy and sites
    ("company", r"unternehmen|firmen|companies|firms"),
    ("chemical_park", r"chemieparks?|chemical parks?"),
    (
        "brownfield",
        r"(konversions )?(oder |und )?brachflächen?|(industrie)?brachen?|konversionsflächen?"
        r"|(conversion )?(or |and )?brownfields?( sites?| areas?| land)?",
    ),
    (
        "logistics_site",
        r"logistik(flächen?|standorte?|parks?|gebiete?)|logistics (sites?|parks?|areas?)"
        r"|(standorte?|flächen|gebiete) (für|der) (die )?logistik|(sites?|parks?|areas?) for logistics",
    ),
    (
        "site",
        r"(gewerbe |industrie )?(und )?(gewerbe|industrie)(flächen?|gebiete?n?|parks?|standorte?)"
        r"|(industrial|commercial|business)( and (industrial|commercial|business))? (sites?|areas?|parks?|estates?)",
    ),
    # how it is asked
    ("largest", r"größten?r?s?|largest|biggest"),
    ("nearest", r"nächst(gelegenen?r?s?|liegenden?r?s?|en?r?s?)|nearest|closest"),
    ("distance", r"entfernung(en)?|distanz|wie weit|how far|distance|luftlinie|straight line"),
    ("size", r"größe|flächengröße|mit fläche|size|with area"),
    ("total", r"insgesamt|gesamt(zahl)?|total"),
    ("latest", r"aktuellste[rns]?|neueste[rns]?|zuletzt|latest|newest|(most )?recent"),
    ("available", r"verfügbar(e[rnms]?)?|available"),
    ("km2", r"km²|km2|quadratkilometern?|square kilomet(re|er)s?"),
    ("hectares", r"ha|hektar|hectares?"),
    ("km", r"km|kilometern?|kilomet(re|er)s?"),
    ("percent", r"%|prozent|per ?cent|v h"),
)
"""Concepts and the wordings that name them in German and English; the first that fits takes the words."""

FIELDS: dict[str, str] = {
    "automotive": r"fahrzeugtechnik|automotive( engineering)?|fahrzeugelektronik",
    "biomedical_engineering": r"medizintechnik|biomedizintechnik|biomedical engineering|medical technology",
    "chemical_engineering": r"chemieingenieurwesen|verfahrenstechnik|chemical engineering|process engineering",
    "chemistry": r"chemie|chemistry",
    "civil_engineering": r"bauingenieurwesen|civil engineering",
    "computer_science": r"informatik|computer science",
    "data_science_ai": r"data science|künstlichen? intelligenz|ki|artificial intelligence|ai",
    "economics_business": r"wirtschaftswissenschaften|betriebswirtschaft(slehre)?|business administration|economics",
    "electrical_engineering": r"elektrotechnik|electrical engineering",
    "energy_engineering": r"energietechnik|energy engineering",
    "it_security": r"it ?sicherheit|cyber ?sicherheit|cyber ?security|it security",
    "logistics": r"logistik|logistics",
    "materials_science": r"werkstoff(technik|wissenschaften?)|materialwissenschaften?|materials science",
    "mathematics_physics": r"mathematik|physik|mathematics|physics",
    "mechanical_engineering": r"maschinenbau|mechanical engineering",
    "medicine": r"medizin|medicine",
    "robotics_automation": r"robotik|automatisierung(stechnik)?|robotics|automation",
    "urban_planning": r"raumplanung|stadtplanung|urban planning|spatial planning",
}
"""Fields of study and their wordings; a question names at most one."""

SECTORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "chemicals": (
        r"chemie(industrie|branche)?|chemischen? industrie|chemicals?( industry| sector)?",
        ("20",),
    ),
    "logistics": (r"logistik(branche|wirtschaft)?|logistics( industry| sector)?", ("52", "53")),
    "software": (
        r"(it|software)( und software)?( ?branche)?|informationstechnik|(it|software)( and software)?( industry| sector)?",
        ("62", "63"),
    ),
    "machinery": (r"maschinenbau(s|branche)?|mechanical engineering|machinery( industry)?", ("28",)),
    "metal": (
        r"metall( ?industrie)?|stahl( ?industrie)?|metallerzeugung|metals?( industry)?|steel( industry)?",
        ("24", "25"),
    ),
    "electronics": (r"elektronik( ?industrie)?|elektroindustrie|electronics( industry)?", ("26", "27")),
    "energy": (r"energie(wirtschaft|versorgung|branche)?|energy( industry| sector| supply)?", ("35",)),
    "insurance": (r"versicherung(en|swirtschaft|sbranche)?|insurance( industry| sector)?", ("65",)),
}
"""Sectors, their wordings, and the NACE Rev. 2 divisions that make them up."""

_NEUTRAL_TEXT = (
    # German
    "der die das den dem des ein eine einen einem einer eines und oder sowie auch in im an am auf zu zum zur von vom "
    "für mit bei nach aus ist sind hat haben gibt es wie viele viel hoch groß lang was wo welche welcher welches "
    "welchen welchem wird werden liegt liegen befindet befinden sich bitte nennen nenne angeben geben sie ihr ihre "
    "ihrer ihrem ihren vorhanden verfügt verfügen über vor hier dort ort orts örtliche örtlichen aktuelle aktueller "
    "aktuelles aktuellen derzeit derzeitige heute anzahl zahl höhe name namen bezeichnung angabe angaben standort "
    "standorts standortes stadt kommune gemeinde stadtgebiet gemeindegebiet kommunalen kommunaler gehört zugehörig "
    "ansässig ansässigen ansässige bestehen besteht bestehende bestehenden führen führt verlaufen verläuft "
    "angeboten bietet bieten sitz haben anschluss anbindung erreichbar direkt durch campus laut amtlich amtliche dazu "
    "bekannt branche fach fachrichtung bereich zugang je jeweils bis bzw beziehungsweise man kann können stand "
    "liste listen auflistung auflisten verzeichnis "
    "übersicht aufzählung eigene eigenen eigener eigenes eingeschrieben angebunden angeschlossen wichtige wichtigen "
    "wichtigste wichtigsten bedeutende bedeutenden relevante relevanten lokale lokalen lokaler "
    # English
    "the a an of in at on to for and or with by from is are there do does has have which what where who how many "
    "much please state give name names list indicate specify provide describe your you its their it this that "
    "location municipality city town local current currently number level official existing exist exists located "
    "based belong belongs part offered offer offers access connection connected serve serves serving "
    "have any sector industry field known respective per each as can be us we figure figures "
    "listing overview situated enrolled own municipal locally main important key relevant spot"
)
_NEUTRAL = frozenset(_NEUTRAL_TEXT.split())
"""Words that change nothing about what is asked. "within" and "available" are not among them."""

_WORDS_BY_LANGUAGE: dict[Language, frozenset[str]] = {
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "wie",
            "welche",
            "ist",
            "sind",
            "im",
            "gibt",
            "es",
            "für",
            "von",
            "zur",
            "bitte",
            "frage",
            "antwort",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "and",
            "how",
            "which",
            "is",
            "are",
            "in",
            "there",
            "for",
            "of",
            "please",
            "what",
            "question",
            "answer",
            "does",
        ]
    ),
}

_PRONOUN = re.compile(r"\b[Ii]t\b")
"""English "it", which in capitals is a sector."""
_JOINED = re.compile(r"(\w{4,})(studieng(?:ang|änge|ängen)|unternehmen|firmen)\b")
"""German words of field or sector and thing, such as "Informatikstudiengänge", are read as two."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONCEPT_PATTERNS = tuple((name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, pattern in CONCEPTS)
_FIELD_PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, pattern in FIELDS.items()
)
_SECTOR_PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, (pattern, _) in SECTORS.items()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks for: concepts, at most one field and sector, years, and left-over words.

    `words` are all words that carry meaning, in order, for the search in statements.
    """

    concepts: frozenset[str]
    fields: frozenset[str]
    sectors: frozenset[str]
    years: frozenset[str]
    left_over: tuple[str, ...]
    words: tuple[str, ...]
    asks_for_figure: bool


def read_question(question: str, own_names: Iterable[str]) -> Reading:
    """Read a question about locations whose `own_names` carry no meaning of their own."""
    text = _plain(_JOINED.sub(r"\1 \2", _PRONOUN.sub(" ", question)))
    for name in sorted(own_names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(_plain(name))}(?!\w)s?", " ", text)
    words = tuple(word for word in text.split() if word not in _NEUTRAL)
    years = frozenset(_YEAR.findall(text))
    rest = _YEAR.sub(" ", text)
    concepts: set[str] = set()
    for name, pattern in _CONCEPT_PATTERNS:
        rest, n_found = pattern.subn(" ", rest)
        if n_found:
            concepts.add(name)
    fields = {name for name, pattern in _FIELD_PATTERNS if pattern.search(rest)}
    sectors = {name for name, pattern in _SECTOR_PATTERNS if pattern.search(rest)}
    for _, pattern in (*_FIELD_PATTERNS, *_SECTOR_PATTERNS):
        rest = pattern.sub(" ", rest)
    left_over = tuple(word for word in rest.split() if word not in _NEUTRAL)
    asks_for_figure = re.search(
        r"\bwie (viel|hoch|groß)|\bhow (many|much|high|large)|\banzahl|\bnumber of", text
    )
    return Reading(
        frozenset(concepts),
        frozenset(fields),
        frozenset(sectors),
        years,
        left_over,
        words,
        asks_for_figure is not None and not re.search(r"\bnamen?\b|\bnames?\b", text),
    )


def sheet_language(texts: Iterable[str]) -> Language:
    """Tell German from English by the function words of a sheet; German when neither leads."""
    words = [word for text in texts for word in _plain(text).split()]
    n_german, n_english = (
        sum(word in _WORDS_BY_LANGUAGE[language] for word in words) for language in ("de", "en")
    )
    return "en" if n_english > n_german else "de"


def _plain(text: str) -> str:
    """Lower case, every mark but letters, digits, % and ² turned into a space."""
    return " ".join(re.sub(r"[^\w%²]+", " ", text.lower()).split())
