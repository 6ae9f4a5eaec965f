"""From matches to ranks: the musts enforced, the order fixed, and ranking again under other worths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from matcher.brief import Need, with_worths
from matcher.errors import MatcherError
from matcher.shortlist import Match, SetAside, Shortlist

LONGEST_LABEL = 80


def ranked(matches: Iterable[Match]) -> tuple[tuple[Match, ...], tuple[SetAside, ...]]:
    """Return ranked matches, best score first and equal ones by id, and those that fail a must."""
    kept: list[Match] = []
    aside: list[SetAside] = []
    for match in sorted(matches, key=lambda match: (-match.score_tenths, match.location.id)):
        if why := reasons(match):
            aside.append(SetAside(replace(match, rank=0), why))
        else:
            kept.append(replace(match, rank=len(kept) + 1))
    return tuple(kept), tuple(aside)


def reasons(match: Match) -> tuple[tuple[str, str], ...]:
    """Return a sentence for each must that the location fails, as (German, English)."""
    return tuple(
        (
            f"Muss nicht erfüllt: {_label(c.need)}. {c.explanation[0]}",
            f"Must not met: {_label(c.need)}. {c.explanation[1]}",
        )
        for c in match.unmet_musts
    )


def _label(need: Need) -> str:
    text = " ".join(need.text.split()).rstrip(".")
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def reranked(shortlist: Shortlist, worths: Mapping[str, float], musts: Mapping[str, bool]) -> Shortlist:
    """Return the shortlist under other worths and musts; strengths stay, stability and joint bids go.

    Parameters
    ----------
    worths : mapping of need id to points
        New worths, in points or any unit, not negative. Needs not named keep the points they have;
        afterwards all share 100 points again.
    musts : mapping of need id to bool
        Which needs become musts (True) or wishes (False).

    Raises
    ------
    MatcherError
        If a need is not known, a worth is negative, or all are zero.
    """
    brief = shortlist.brief
    known = {need.id for need in brief.needs}
    unknown = sorted((set(worths) | set(musts)) - known)
    if unknown:
        raise MatcherError(f"The brief has no need {unknown[0]!r}: its needs are {', '.join(sorted(known))}.")
    needs = [replace(need, is_must=musts.get(need.id, need.is_must)) for need in brief.needs]
    try:
        weighted = with_worths(needs, [worths.get(need.id, need.worth_tenths / 10) for need in needs])
    except ValueError as error:
        raise MatcherError(f"These worths cannot be shared: {error}.") from error
    matches = [*shortlist.matches, *(aside.match for aside in shortlist.set_aside)]
    again = [
        Match(
            match.location,
            tuple(c.under(need) for c, need in zip(match.contributions, weighted, strict=True)),
        )
        for match in matches
    ]
    kept, aside = ranked(again)
    return replace(
        shortlist, brief=replace(brief, needs=weighted), matches=kept, set_aside=aside, joint_bids=()
    )
