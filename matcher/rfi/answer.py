"""An answer to one question about one location, its words and its evidence; and the reply a sheet gets for a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Evidence, Language, Region
from matcher.words import in_language

UNCONFIRMED = ("unbestätigt", "unconfirmed")
UNKNOWN = ("unbekannt – {owner} – anzufragen", "unknown – {owner} – to ask")
GENERAL_KNOWLEDGE = ("allgemeines Wissen", "general knowledge")
UNDATED = ("ohne Datum", "undated")


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes into a row of the sheet; `owners` is empty when every location could answer."""

    text: str
    text_with_sources: str
    sources: str
    dates: str
    owners: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a location, and the statements it rests on (at least one)."""

    text: str
    evidence: tuple[Evidence, ...]

    def source(self, region: Region, language: Language) -> str:
        """Name the titles of the sources, each once; what was not read anywhere is general knowledge."""
        titles: dict[str, None] = {}
        for evidence in self.evidence:
            if evidence.is_confirmed:
                titles.update({region.source_by_id[key].title: None for key in evidence.source_ids})
            else:
                titles[in_language(GENERAL_KNOWLEDGE, language)] = None
        return "; ".join(titles)

    def as_of(self, language: Language) -> str:
        """Say which dates the statements are true for, from the oldest to the newest."""
        dates = sorted({evidence.as_of for evidence in self.evidence if evidence.as_of})
        if not dates:
            return in_language(UNDATED, language)
        return dates[0] if len(dates) == 1 else f"{dates[0]} – {dates[-1]}"


def marked(text: str, evidence: Evidence, language: Language) -> str:
    """Return `text`, marked when its evidence is not confirmed."""
    return text if evidence.is_confirmed else f"{text} ({in_language(UNCONFIRMED, language)})"


def listed(items: Sequence[tuple[str, Evidence]], language: Language) -> Answer | None:
    """Answer with a list of named things, each marked when unconfirmed; None when there are none."""
    if not items:
        return None
    texts = dict.fromkeys(marked(text, evidence, language) for text, evidence in items)
    return Answer("; ".join(texts), tuple(evidence for _, evidence in items))
