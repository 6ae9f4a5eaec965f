"""The answer to "why not us?" as text: what is missing, who can settle it, and the least that would help."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Language
from matcher.render.notes import UNCONFIRMED, need_label
from matcher.why import Doubt, WhyNot
from matcher.words import STATUS_NAMES, date_text, in_language, tenths_text


def render(why: WhyNot, language: Language) -> str:
    """Return the answer for one location as lines of text."""
    return "\n".join(_lines(why, language)) + "\n"


def _lines(why: WhyNot, language: Language) -> Iterator[str]:
    match = why.match
    rank = in_language((f"Rang {match.rank}", f"rank {match.rank}"), language)
    aside = in_language(("nicht im Rang", "set aside"), language)
    yield f"{match.location.name}: {rank if match.rank else aside}, {tenths_text(match.score_tenths, language)}"
    gap = tenths_text(why.missing_tenths, language)
    yield in_language(
        (f"Zum fünften Platz fehlen {gap} Punkte.", f"{gap} points are missing to the fifth place."), language
    )
    yield in_language(("Hier verdienen die ersten fünf mehr:", "Where the top five earn more:"), language)
    for loss in why.losses:
        own = tenths_text(loss.contribution.tenths, language)
        top = tenths_text(round(loss.top_mean_tenths), language)
        status = in_language(STATUS_NAMES[loss.contribution.status], language)
        yield f"  {own} / {top}  {need_label(loss.contribution.need)} ({status})"
    yield in_language(("Zu klären:", "To be settled:"), language)
    for doubt in why.doubts:
        owner = in_language(doubt.owner, language)
        yield f"  {need_label(doubt.contribution.need)}: {_open_point(doubt, language)} – {owner}"
    if why.changes is None:
        yield in_language(
            (
                "Kein Anliegen, das eine Gemeinde beeinflussen kann, höbe sie unter die ersten fünf.",
                "No need that a municipality can influence would lift it into the top five.",
            ),
            language,
        )
    elif why.changes:
        needs = "; ".join(need_label(need) for need in why.changes)
        yield in_language(
            (
                f"Das Wenigste, was genügt, wenn es ganz erfüllt ist: {needs}",
                f"The least that suffices, if met in full: {needs}",
            ),
            language,
        )
    else:
        yield in_language(("Der Ort ist unter den ersten fünf.", "It is among the top five."), language)


def _open_point(doubt: Doubt, language: Language) -> str:
    if doubt.evidence is None or doubt.contribution.status == "unknown":
        return in_language(("unbekannt", "unknown"), language)
    if doubt.is_old:
        as_of = date_text(doubt.evidence.as_of, language)
        return in_language((f"Angabe von {as_of}", f"fact of {as_of}"), language)
    return in_language(UNCONFIRMED, language)
