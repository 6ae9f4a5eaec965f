"""Why not us: where a location loses against the top five, and the least that would lift it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.records import Evidence
from matcher.brief import Need
from matcher.errors import MatcherError
from matcher.shortlist import Contribution, Match, Shortlist

TOP = 5
OLD_AFTER_YEARS = 5
"""A fact older than this is worth a call before it is sent to an investor. Chosen."""

UNCHANGEABLE = frozenset({"distance", "agglomeration"})
"""Facets that no municipality can change: where it lies and how large it is."""

OWNER: Mapping[str, tuple[str, str]] = {
    "talent": ("Hochschulen und Arbeitsagentur", "universities and employment agency"),
    "research": ("Hochschulen und Institute", "universities and institutes"),
    "cluster": ("Wirtschaftsförderung und Kammer", "economic development and chamber"),
    "site": ("Wirtschaftsförderung und Liegenschaften", "economic development and property office"),
    "access": ("Verkehrsplanung und Betreiber", "transport planning and operators"),
    "utilities": ("Stadtwerke und Netzbetreiber", "utilities and grid operator"),
    "cost": ("Kämmerei", "treasury"),
    "labour_market": ("Arbeitsagentur", "employment agency"),
    "quality_of_life": ("Stadtmarketing", "city marketing"),
    "partners": ("Wirtschaftsförderung", "economic development"),
    "distance": ("Vermessung", "survey office"),
    "agglomeration": ("Statistikstelle", "statistics office"),
}
"""Who can confirm or change facts of a facet, as (German, English)."""


def is_changeable(need: Need) -> bool:
    """Tell whether a municipality can do something about a need; all needs taken together are no such thing."""
    return need.facet not in UNCHANGEABLE and not need.is_whole_brief


@dataclass(frozen=True, slots=True)
class Loss:
    """A need in which a location earns less than the top five do on average."""

    contribution: Contribution
    top_mean_tenths: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A need of its own that is open, or that rests on an old or unconfirmed fact, and who can settle it."""

    contribution: Contribution
    evidence: Evidence | None
    is_old: bool
    owner: tuple[str, str]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer for one location.

    `changes` is the smallest set of needs which, fully met, lift it into the top five; empty when it
    is there already, None when no set of changeable needs does. `missing_tenths` is the gap to the
    last place of the top five.
    """

    match: Match
    missing_tenths: int
    losses: tuple[Loss, ...]
    doubts: tuple[Doubt, ...]
    changes: tuple[Need, ...] | None


def why_not(shortlist: Shortlist, location_id: str, *, this_year: int) -> WhyNot:
    """Return why a location is not in the top five, and what would change that.

    Raises
    ------
    MatcherError
        If the location is not in the shortlist.
    """
    match = shortlist.match_by_location_id.get(location_id)
    if match is None:
        raise MatcherError(f"{location_id!r} is not in this result: give the id of a location of the region.")
    others = [m for m in shortlist.matches if m.location.id != location_id]
    top = others[:TOP]
    bar = others[TOP - 1] if len(others) >= TOP else None
    means = {
        need.id: sum(m.contributions[i].tenths for m in top) / len(top) if top else 0.0
        for i, need in enumerate(shortlist.brief.needs)
    }
    losses = [Loss(c, means[c.need.id]) for c in match.contributions if c.tenths < means[c.need.id]]
    losses.sort(key=lambda loss: (loss.contribution.tenths - loss.top_mean_tenths, loss.contribution.need.id))
    return WhyNot(
        match=match,
        missing_tenths=max(0, bar.score_tenths - match.score_tenths) if bar else 0,
        losses=tuple(losses),
        doubts=tuple(_doubts(match, this_year)),
        changes=_smallest_changes(match, bar),
    )


def _doubts(match: Match, this_year: int) -> list[Doubt]:
    doubts = []
    for contribution in match.contributions:
        if contribution.need.is_whole_brief:
            continue
        owner = OWNER[contribution.need.facet]
        first = contribution.evidence[0] if contribution.evidence else None
        is_old = (
            first is not None
            and _year(first) is not None
            and this_year - (_year(first) or 0) > OLD_AFTER_YEARS
        )
        if contribution.status == "unknown" or is_old or (first is not None and not first.is_confirmed):
            doubts.append(Doubt(contribution, first, is_old, owner))
    return doubts


def _year(evidence: Evidence) -> int | None:
    digits = evidence.as_of[:4]
    return int(digits) if digits.isdigit() else None


def _smallest_changes(match: Match, bar: Match | None) -> tuple[Need, ...] | None:
    """Return the fewest needs to meet in full so that the location passes `bar`; None if none suffice.

    Unmet musts come first, as they keep the location out; then the needs with most to gain. Points
    add up, so taking the largest gains first proves that no smaller set suffices.
    """
    if not all(is_changeable(c.need) for c in match.unmet_musts):
        return None
    changes = [c.need for c in match.unmet_musts]
    score = match.score_tenths + sum(c.need.worth_tenths - c.tenths for c in match.unmet_musts)
    open_gains = [c for c in match.contributions if is_changeable(c.need) and c.need not in changes]
    open_gains.sort(key=lambda c: (c.tenths - c.need.worth_tenths, c.need.id))
    for contribution in [None, *open_gains]:
        if contribution is not None:
            changes.append(contribution.need)
            score += contribution.need.worth_tenths - contribution.tenths
        if bar is None or (-score, match.location.id) < (-bar.score_tenths, bar.location.id):
            return tuple(changes)
    return None
