"""A mission from its files to everything it hands out: the one path that command line and pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Language, Region
from matcher.mission.fit import FitMaker
from matcher.mission.options import Check, never_stopped
from matcher.mission.papers import Papers
from matcher.mission.planning import plan_mission
from matcher.mission.produce import produce
from matcher.mission.reasons import Reasons
from matcher.mission.records import Mission, Plan
from matcher.mission.replan import Cancellation, PlannedMeeting, Replan, replan
from matcher.mission.targets import Card, rank_targets
from models.encoder import Encoder


@dataclass(frozen=True)
class Prepared:
    """A planned mission with its list of targets and, after a cancellation, the differences."""

    mission: Mission
    plan: Plan
    cards: tuple[Card, ...]
    fits: FitMaker
    replanned: Replan | None
    revision: int

    def papers(self, region: Region, language: Language) -> Papers:
        """Return the papers in a language."""
        return Papers(self.plan, self.cards, self.fits, Reasons(self.mission, region, language))

    def files(self, region: Region, language: Language) -> Mapping[str, bytes]:
        """Return every file of the mission in a language."""
        return produce(self.papers(region, language), language, self.replanned, self.revision)


def prepare(
    mission: Mission,
    region: Region,
    encoder: Encoder,
    *,
    seed: int = 0,
    lead_tenths: Mapping[str, int] | None = None,
    previous: Sequence[PlannedMeeting] = (),
    cancelled: Sequence[Cancellation] = (),
    refill: bool = False,
    revision: int = 0,
    check: Check = never_stopped,
) -> Prepared:
    """Rank the targets and plan the meetings; with a previous plan, plan again with the fewest changes.

    Raises
    ------
    MatcherError
        If what the plan file demands cannot be held: the smallest conflicting set in words.
    Stopped
        If `check`, which is called again and again, raises it.
    """
    check()
    fits = FitMaker(mission, region, encoder)
    replanned = None
    if previous:
        replanned = replan(
            mission, fits.tenths, region, previous, cancelled, seed, refill=refill, check=check
        )
        plan = replanned.plan
    else:
        plan = plan_mission(mission, fits.tenths, region, seed, check=check)
    check()
    cards = rank_targets(mission, region, fits, lead_tenths or {})
    return Prepared(mission, plan, cards, fits, replanned, revision)
