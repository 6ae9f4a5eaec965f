"""Three sentences a lead: the contributions that differ most from the usual, each with the region's evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Evidence, Language, Region
from matcher.leads.duplicates import plain_name
from matcher.leads.lead import Lead
from models.lead_features import COUNTRY_GROUPS
from models.leads import GROUPS, Group

N_REASONS = 3


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a lead's reasons may name: likeliest theme, telling words, and near statements, nearest first."""

    theme_name: str
    is_themed: bool
    raising_words: tuple[str, ...]
    lowering_words: tuple[str, ...]
    near: tuple[Evidence, ...]


def reasons(
    lead: Lead,
    tenths: Sequence[int],
    usual: Sequence[int],
    grounds: Grounds,
    region: Region,
    language: Language,
) -> tuple[str, ...]:
    """Return three sentences, of the contributions farthest from the usual first.

    Parameters
    ----------
    lead : Lead
        The company; its name is used only to leave out statements about itself.
    tenths, usual : sequence of int
        Its contributions in tenths, and those of the median reference lead, in the order of `GROUPS`.
    grounds : Grounds
        What can be named.
    """
    order = sorted(range(len(GROUPS)), key=lambda i: (-abs(tenths[i] - usual[i]), i))[:N_REASONS]
    own = plain_name(lead.name)
    examples = [_example(e, region) for e in grounds.near if e.subject and plain_name(e.subject) != own]
    examples = list(dict.fromkeys(examples))
    sentences: list[str] = []
    for place, i in enumerate(order):
        write = _SENTENCES[language][GROUPS[i]]
        shown = examples[place : place + 2] if len(examples) > place else examples[:2]
        sentence = write(lead, grounds, shown, tenths[i] >= usual[i])
        sentences.append(f"{sentence} ({_points(tenths[i], language)}).")
    return tuple(sentences)


def _example(evidence: Evidence, region: Region) -> str:
    place = region.location_by_id[evidence.location_id].name
    return evidence.subject if place in evidence.subject else f"{evidence.subject} (in {place})"


def _points(tenths: int, language: Language) -> str:
    text = f"{tenths / 10:.1f}"
    return f"{text.replace('.', ',')} Punkte" if language == "de" else f"{text} points"


def _quoted(words: Sequence[str], language: Language) -> str:
    marks = ("„", "“", " und ") if language == "de" else ("“", "”", " and ")
    return marks[2].join(f"{marks[0]}{word}{marks[1]}" for word in words)


def _listed(examples: Sequence[str], language: Language) -> str:
    return (" und " if language == "de" else " and ").join(examples)


Write = Callable[[Lead, Grounds, Sequence[str], bool], str]


def _theme_de(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    near = f", dazu passt in der Region etwa {examples[0]}" if examples else ""
    if grounds.is_themed:
        degree = "Gehört klar zum" if is_strong else "Gehört nur knapp zum"
        return f"{degree} Thema {grounds.theme_name}{near}"
    near = f", am nächsten liegt {examples[0]}" if examples else ""
    return f"Kein Thema der Region tritt hervor{near}"


def _theme_en(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    near = f", matched in the region for instance by {examples[0]}" if examples else ""
    if grounds.is_themed:
        degree = "Clearly belongs to" if is_strong else "Only just belongs to"
        return f"{degree} the theme {grounds.theme_name}{near}"
    near = f", nearest is {examples[0]}" if examples else ""
    return f"No theme of the region stands out{near}"


def _activity_de(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    words = grounds.raising_words if is_strong else grounds.lowering_words
    source = "Beschreibung" if lead.facts.description else "Branche"
    often = "oft" if is_strong else "selten"
    if words:
        judged = f"{source} nennt {_quoted(words, 'de')}: Solche Tätigkeiten wurden {often} als aussichtsreich beurteilt"
    else:
        judged = (
            f"Laut {source} handelt es sich um eine Tätigkeit, die {often} als aussichtsreich beurteilt wurde"
        )
    near = "ähnlich arbeitet" if is_strong else "am nächsten kommt"
    return f"{judged}; {near} {examples[0]}" if examples else judged


def _activity_en(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    words = grounds.raising_words if is_strong else grounds.lowering_words
    source = "description" if lead.facts.description else "industry"
    judged = f"activities {'often' if is_strong else 'seldom'} judged promising"
    named = f"The {source} mentions {_quoted(words, 'en')}, " if words else f"By its {source}, "
    if not examples:
        return f"{named}{judged}"
    near = f"{examples[0]} does similar work" if is_strong else f"the nearest is {examples[0]}"
    return f"{named}{judged}; {near}"


def _depth_de(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    if not examples:
        return "Zu dieser Tätigkeit ist in der Region nichts belegt"
    if is_strong:
        return f"Die Region hat darin Substanz, zum Beispiel {_listed(examples, 'de')}"
    return f"Die Region ist darin weniger stark; am nächsten kommt {examples[0]}"


def _depth_en(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    if not examples:
        return "Nothing in the region is on record for this activity"
    if is_strong:
        return f"The region has depth in this, for instance {_listed(examples, 'en')}"
    return f"The region is less strong in this; the nearest is {examples[0]}"


def _reach_de(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    here = f"; ein Anknüpfungspunkt wäre {examples[0]}" if examples else ""
    where = "Herkunftsland und Reichweite" if _has_country(lead) else "Reichweite laut Beschreibung"
    if is_strong:
        return f"{where} machen einen Standort in Europa plausibel{here}".replace(
            "Beschreibung machen", "Beschreibung macht"
        )
    return f"{where} sprechen wenig für einen Standort in Europa{here}".replace(
        "Beschreibung sprechen", "Beschreibung spricht"
    )


def _reach_en(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    here = f"; a starting point would be {examples[0]}" if examples else ""
    where = "Country of origin and reach" if _has_country(lead) else "Its reach by the description"
    verb = "make" if _has_country(lead) else "makes"
    if is_strong:
        return f"{where} {verb} a European site plausible{here}"
    return f"{where} {'speak' if _has_country(lead) else 'speaks'} little for a European site{here}"


def _has_country(lead: Lead) -> bool:
    return any(lead.facts.country in group for group in COUNTRY_GROUPS.values())


def _substance_de(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    here = f", auf Augenhöhe etwa mit {examples[0]}" if examples else ""
    if is_strong:
        return f"Beschreibung und Größe lassen ein etabliertes Geschäft mit Bedarf an Flächen erkennen{here}"
    here = f"; Partner vor Ort wäre etwa {examples[0]}" if examples else ""
    return f"Beschreibung und Größe lassen wenig eigenes Geschäft mit Bedarf an Flächen erkennen{here}"


def _substance_en(lead: Lead, grounds: Grounds, examples: Sequence[str], is_strong: bool) -> str:
    here = f", a peer for instance of {examples[0]}" if examples else ""
    if is_strong:
        return f"Description and size show an established business that needs premises{here}"
    here = f"; a local partner would be {examples[0]}" if examples else ""
    return f"Description and size show little business of its own that needs premises{here}"


_SENTENCES: dict[Language, dict[Group, Write]] = {
    "de": {
        "theme": _theme_de,
        "activity": _activity_de,
        "depth": _depth_de,
        "reach": _reach_de,
        "substance": _substance_de,
    },
    "en": {
        "theme": _theme_en,
        "activity": _activity_en,
        "depth": _depth_en,
        "reach": _reach_en,
        "substance": _substance_en,
    },
}
