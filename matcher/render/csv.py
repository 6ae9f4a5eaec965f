"""A shortlist as CSV: one row for each location and need, for Excel (semicolon, BOM)."""

from __future__ import annotations

import csv
import io

from corpus.records import Language
from matcher.formula_cells import neutralised
from matcher.render.notes import need_label, source_note
from matcher.shortlist import Match, Shortlist
from matcher.words import FACET_NAMES, STATUS_NAMES, in_language, tenths_text

HEADER = {
    "de": (
        "Rang",
        "Schlüssel",
        "Ort",
        "Punkte",
        "Anliegen",
        "Art",
        "Muss",
        "Punkte Anliegen",
        "Gewicht",
        "Status",
        "Beleg",
        "Quelle",
    ),
    "en": (
        "rank",
        "id",
        "location",
        "points",
        "need",
        "facet",
        "must",
        "need points",
        "worth",
        "status",
        "evidence",
        "source",
    ),
}


def render(shortlist: Shortlist, language: Language) -> str:
    """Return the rows of all ranked and set-aside locations; set-aside ones have no rank."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER[language])
    matches = [*shortlist.matches, *(aside.match for aside in shortlist.set_aside)]
    for match in matches:
        for row in _rows(match, shortlist, language):
            writer.writerow([neutralised(cell) for cell in row])
    return out.getvalue()


def _rows(match: Match, shortlist: Shortlist, language: Language) -> list[list[str]]:
    yes_no = in_language(("ja", "yes"), language), in_language(("nein", "no"), language)
    return [
        [
            str(match.rank or ""),
            match.location.id,
            match.location.name,
            tenths_text(match.score_tenths, language),
            need_label(contribution.need),
            in_language(FACET_NAMES[contribution.need.facet], language),
            yes_no[0] if contribution.need.is_must else yes_no[1],
            tenths_text(contribution.tenths, language),
            tenths_text(contribution.need.worth_tenths, language),
            in_language(STATUS_NAMES[contribution.status], language),
            contribution.evidence[0].text(language)
            if contribution.evidence
            else in_language(contribution.explanation, language),
            source_note(contribution.evidence[0], shortlist.region, language)
            if contribution.evidence
            else "",
        ]
        for contribution in match.contributions
    ]
