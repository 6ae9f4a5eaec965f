"""Whom to meet: targets in order, each with the members it fits, its theme and the locations to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.records import Evidence, Region
from matcher.mission.fit import FitMaker, LocationFit, PairFit
from matcher.mission.records import Mission, Target

BALANCE_TENTHS = 15
"""How far a target moves back for each target of its theme before it: chosen, so that a list of 160 mixes
themes of like merit and still begins with the best."""
N_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One target of the list: where it stands and why.

    `score_tenths` is the mean of the lead score, where there is one, and of the mutual fit with the
    three members that fit best. `theme` is None when no theme of the region is near.
    """

    rank: int
    target: Target
    city: str | None
    theme: str | None
    lead_tenths: int | None
    fits: tuple[PairFit, ...]
    locations: tuple[LocationFit, ...]

    @property
    def score_tenths(self) -> int:
        """Points in tenths before the balance of themes."""
        mean = sum(fit.tenths for fit in self.fits) // max(1, len(self.fits))
        return mean if self.lead_tenths is None else (mean + self.lead_tenths) // 2

    def shown(self) -> tuple[Evidence, ...]:
        """Evidence that stands with the target: the strongest statement of each location."""
        return tuple(location.evidence[0] for location in self.locations)


def rank_targets(
    mission: Mission, region: Region, fits: FitMaker, lead_tenths: Mapping[str, int]
) -> tuple[Card, ...]:
    """Order the targets by score, themes in balance; members that said no or were refused do not count."""
    blocked = mission.blocked
    cards = []
    for number, target in enumerate(mission.targets):
        own = [
            fits.pairs[member.id, target.id]
            for member in mission.members
            if (member.id, target.id) not in blocked
        ]
        best = sorted(own, key=lambda fit: (-fit.tenths, fit.member_id))[:N_MEMBERS]
        cards.append(
            Card(
                0,
                target,
                mission.city_by_target_id.get(target.id),
                fits.theme_of(number),
                lead_tenths.get(target.id),
                tuple(best),
                fits.locations(number),
            )
        )
    return _balanced(cards)


def _balanced(cards: list[Card]) -> tuple[Card, ...]:
    """Take the best card again and again; each card taken sets its theme back a little."""
    waiting: dict[str | None, list[Card]] = {}
    for card in sorted(cards, key=lambda card: (-card.score_tenths, card.target.id)):
        waiting.setdefault(card.theme, []).append(card)
    taken: Counter[str | None] = Counter()
    ordered: list[Card] = []
    while waiting:
        theme = min(
            waiting,
            key=lambda name: (
                BALANCE_TENTHS * taken[name] - waiting[name][0].score_tenths,
                waiting[name][0].target.id,
            ),
        )
        card = waiting[theme].pop(0)
        taken[theme] += 1
        ordered.append(
            Card(
                len(ordered) + 1,
                card.target,
                card.city,
                card.theme,
                card.lead_tenths,
                card.fits,
                card.locations,
            )
        )
        if not waiting[theme]:
            del waiting[theme]
    return tuple(ordered)
