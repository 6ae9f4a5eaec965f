"""A shortlist as Markdown: a ranked table, then each location with its needs and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Language
from matcher.render.notes import need_label, source_note
from matcher.shortlist import Match, Shortlist
from matcher.words import FACET_NAMES, STATUS_NAMES, in_language, tenths_text


def render(shortlist: Shortlist, language: Language) -> str:
    """Return the whole shortlist as one Markdown document."""
    return "\n".join(_lines(shortlist, language)) + "\n"


def _cell(text: str) -> str:
    for sign in "\\|*_`[]<>#":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _lines(shortlist: Shortlist, language: Language) -> Iterator[str]:
    yield in_language(("# Passende Standorte", "# Matching locations"), language)
    yield ""
    yield in_language(("| Rang | Ort | Punkte |", "| Rank | Location | Points |"), language)
    yield "|---:|---|---:|"
    for match in shortlist.matches:
        yield f"| {match.rank} | {_cell(match.location.name)} | {tenths_text(match.score_tenths, language)} |"
    for match in shortlist.matches:
        yield from _section(match, shortlist, language)
    if shortlist.set_aside:
        yield ""
        yield in_language(("## Nicht im Rang", "## Set aside"), language)
        yield ""
        for aside in shortlist.set_aside:
            reasons = " ".join(in_language(reason, language) for reason in aside.reasons)
            yield f"- **{_cell(aside.match.location.name)}**: {_cell(reasons)}"


def _section(match: Match, shortlist: Shortlist, language: Language) -> Iterator[str]:
    yield ""
    yield f"## {match.rank}. {_cell(match.location.name)}: {tenths_text(match.score_tenths, language)}"
    yield ""
    yield in_language(
        (
            "| Anliegen | Art | Punkte | von | Status | Beleg |",
            "| Need | Facet | Points | of | Status | Evidence |",
        ),
        language,
    )
    yield "|---|---|---:|---:|---|---|"
    for contribution in match.contributions:
        evidence = "; ".join(
            f"{item.text(language)} ({source_note(item, shortlist.region, language)})"
            for item in contribution.evidence[:1]
        )
        yield (
            f"| {_cell(need_label(contribution.need))} | {in_language(FACET_NAMES[contribution.need.facet], language)} "
            f"| {tenths_text(contribution.tenths, language)} | {tenths_text(contribution.need.worth_tenths, language)} "
            f"| {in_language(STATUS_NAMES[contribution.status], language)} "
            f"| {_cell(evidence or in_language(contribution.explanation, language))} |"
        )
