"""A shortlist as text for a terminal: scores, the strongest reasons with sources, who is out and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.render.notes import need_label, source_note
from matcher.shortlist import Contribution, Match, Shortlist
from matcher.words import FACET_NAMES, FUNCTION_NAMES, STATUS_NAMES, in_language, tenths_text

WIDTH = 110
N_REASONS = 2


def render(shortlist: Shortlist, language: Language) -> str:
    """Return needs, ranked locations with their strongest reasons, set-aside locations and joint bids."""
    return "\n".join(_lines(shortlist, language)) + "\n"


def render_explanation(shortlist: Shortlist, language: Language, location: str) -> str:
    """Return every need of one location, by name or id, with tenths_text, status and evidence.

    Raises
    ------
    MatcherError
        If no location of the region has that name or id.
    """
    wanted = location.casefold()
    for match in shortlist.match_by_location_id.values():
        if wanted in (match.location.id, match.location.name.casefold()):
            return "\n".join(_explanation(match, shortlist, language)) + "\n"
    raise MatcherError(
        f"{location!r} is no location of region {shortlist.region.id!r}: give a name or an id of its table."
    )


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _lines(shortlist: Shortlist, language: Language) -> Iterator[str]:
    brief = shortlist.brief
    function = in_language(FUNCTION_NAMES[brief.function], language)
    themes = ", ".join(shortlist.region.theme_by_id[theme].name(language) for theme in brief.themes)
    yield (
        in_language(("Verstanden", "Understood"), language)
        + f": {function}"
        + (f"; {themes}" if themes else "")
    )
    for need in brief.needs:
        must = in_language((" [Muss]", " [must]"), language) if need.is_must else ""
        facet = in_language(FACET_NAMES[need.facet], language)
        yield from _wrap(
            f"{tenths_text(need.worth_tenths, language):>5}  {facet}{must}: {need_label(need)}", "  "
        )
    for note in brief.notes:
        yield from _wrap(note, "  ! ")
    yield ""
    for match in shortlist.matches:
        yield from _ranked(match, shortlist, language)
    if shortlist.set_aside:
        yield ""
        yield in_language(
            ("Nicht im Rang, weil ein Muss verfehlt wird:", "Set aside because a must is not met:"), language
        )
        for aside in shortlist.set_aside:
            reason = " ".join(in_language(text, language) for text in aside.reasons)
            yield from _wrap(f"{aside.match.location.name}: {reason}", "  ")
    if shortlist.joint_bids:
        yield ""
        yield in_language(("Gemeinsame Angebote:", "Joint bids:"), language)
        for bid in shortlist.joint_bids:
            names = " + ".join(member.name for member in bid.members)
            gain = tenths_text(bid.gain_tenths, language)
            more = in_language(
                (f"+{gain} gegenüber dem besten Einzelort", f"+{gain} over the best single location"),
                language,
            )
            yield f"  {tenths_text(bid.score_tenths, language):>5}  {names} ({more})"
    yield ""
    yield in_language(
        (
            "Eine Maschine hat gerechnet; sie berät, ein Mensch entscheidet. Punkte von 100.",
            "Ranked by a machine: advice for a person who decides. Points out of 100.",
        ),
        language,
    )


def _ranked(match: Match, shortlist: Shortlist, language: Language) -> Iterator[str]:
    head = f"{match.rank:>3}. {match.location.name:<26} {tenths_text(match.score_tenths, language):>5}"
    if match.stability is not None:
        share = round(100 * match.stability.top3_share)
        low, high = match.stability.low_tenths, match.stability.high_tenths
        span = f"{tenths_text(low, language)}–{tenths_text(high, language)}"
        head += in_language(
            (f"   Spanne {span}, Top 3 in {share} %", f"   range {span}, top 3 in {share} %"), language
        )
    yield head
    for contribution in strongest(match):
        yield from _wrap(_reason(contribution, shortlist, language), "       ")
    for contribution in match.unknown_musts:
        label = need_label(contribution.need)
        yield from _wrap(
            in_language((f"zu klären: {label}", f"to be confirmed: {label}"), language), "     ? "
        )


def strongest(match: Match, n: int = N_REASONS) -> tuple[Contribution, ...]:
    """Return the contributions that earned most and rest on a statement, in that order."""
    with_evidence = [c for c in match.contributions if c.evidence and c.tenths > 0]
    return tuple(sorted(with_evidence, key=lambda c: (-c.tenths, c.need.id))[:n])


def _reason(contribution: Contribution, shortlist: Shortlist, language: Language) -> str:
    evidence = contribution.evidence[0]
    facet = in_language(FACET_NAMES[contribution.need.facet], language)
    note = source_note(evidence, shortlist.region, language)
    return f"+{tenths_text(contribution.tenths, language)} {facet}: {evidence.text(language)} [{note}]"


def _explanation(match: Match, shortlist: Shortlist, language: Language) -> Iterator[str]:
    rank = f"{match.rank}. " if match.rank else ""
    yield f"{rank}{match.location.name}: {tenths_text(match.score_tenths, language)}"
    for contribution in match.contributions:
        need = contribution.need
        of = in_language(("von", "of"), language)
        worth = (
            f"{tenths_text(contribution.tenths, language)} {of} {tenths_text(need.worth_tenths, language)}"
        )
        status = in_language(STATUS_NAMES[contribution.status], language)
        yield from _wrap(
            f"{worth}  {in_language(FACET_NAMES[need.facet], language)} ({status}): {need_label(need)}", "  "
        )
        sentence = in_language(contribution.explanation, language)
        if sentence:
            yield from _wrap(sentence, "      ")
        for evidence in contribution.evidence:
            note = source_note(evidence, shortlist.region, language)
            yield from _wrap(f"- {evidence.text(language)} [{note}]", "      ")
