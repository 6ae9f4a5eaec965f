"""Short notes that the text formats share: a need on one line, and where a statement comes from."""

from __future__ import annotations

from corpus.records import Evidence, Language, Region
from matcher.brief import Need
from matcher.words import in_language

UNCONFIRMED = ("unbestätigt", "unconfirmed")


def source_note(evidence: Evidence, region: Region, language: Language) -> str:
    """Return a statement's source, date and, where it is only recalled, that it is unconfirmed."""
    sources = "; ".join(region.source_by_id[source_id].title for source_id in evidence.source_ids)
    parts = [sources, evidence.as_of]
    if not evidence.is_confirmed:
        parts.append(in_language(UNCONFIRMED, language))
    return ", ".join(part for part in parts if part)


def need_label(need: Need) -> str:
    """Return the need's words on one line."""
    return " ".join(need.text.split())
