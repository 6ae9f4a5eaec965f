"""The result of a match: what each need adds to each location's score, and the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.records import Evidence, Location, Region
from matcher.brief import Brief, Need

Status = Literal["met", "partly", "unmet", "unknown"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one need adds to a location's score, and the evidence that earned it.

    `evidence` is empty when nothing is known, which is not the same as "no"; its first statement
    earned the points, the others support it. `explanation` says in both languages how the strength
    came about, as (German, English).
    """

    need: Need
    status: Status
    strength: float
    evidence: tuple[Evidence, ...] = ()
    explanation: tuple[str, str] = ("", "")

    @property
    def tenths(self) -> int:
        """Points earned, in tenths: rounded here, once, and nowhere else."""
        return round(self.need.worth_tenths * self.strength)

    @property
    def tenths_at_stake(self) -> int:
        """Tenths that an unknown need could still earn."""
        return self.need.worth_tenths if self.status == "unknown" else 0

    def under(self, need: Need) -> Contribution:
        """Return what was found, counted for the same need with another worth or as a must or wish."""
        return Contribution(need, self.status, self.strength, self.evidence, self.explanation)


@dataclass(frozen=True, slots=True)
class Stability:
    """How a match fares when the worths are drawn anew: shares in [0, 1], points in tenths."""

    top3_share: float
    top5_share: float
    low_tenths: int
    high_tenths: int
    n_draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Match:
    """A location with its score, the sum of its contributions. `rank` starts at 1."""

    location: Location
    contributions: tuple[Contribution, ...]
    rank: int = 0
    stability: Stability | None = None

    @property
    def score_tenths(self) -> int:
        """The score in tenths of a point: what a reader adds up."""
        return sum(contribution.tenths for contribution in self.contributions)

    @property
    def score(self) -> float:
        """The score in points, from 0 to 100."""
        return self.score_tenths / 10

    @property
    def unmet_musts(self) -> tuple[Contribution, ...]:
        """The musts that evidence speaks against: any of them sets the location aside."""
        return tuple(c for c in self.contributions if c.need.is_must and c.status == "unmet")

    @property
    def unknown_musts(self) -> tuple[Contribution, ...]:
        """The musts that nothing is known about: to be confirmed before an answer goes out."""
        return tuple(c for c in self.contributions if c.need.is_must and c.status == "unknown")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A location that fails a must, with one sentence a reason, each as (German, English)."""

    match: Match
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JointBid:
    """Municipalities that bid together; each need counts once, from the member that serves it best.

    `brings` maps a member's id to the ids of the needs it brings. `gain_tenths` is over the best
    single location of the shortlist. `lead_id` is the proposed lead. `partners` are universities.
    """

    members: tuple[Location, ...]
    contributions: tuple[Contribution, ...]
    brings: Mapping[str, tuple[str, ...]]
    gain_tenths: int
    lead_id: str
    partner_ids: tuple[str, ...] = ()
    is_smallest_cover: bool = False
    """Whether no smaller set of locations covers all musts, proved by enumeration."""

    @property
    def score_tenths(self) -> int:
        """The joint score in tenths of a point."""
        return sum(contribution.tenths for contribution in self.contributions)


@dataclass(frozen=True, slots=True)
class Versions:
    """Fingerprints of what produced a result: same versions and brief, same bytes."""

    corpus: str
    encoder: str
    ranker: str


@dataclass(frozen=True)
class Shortlist:
    """Everything a page or file shows of one match. Renderers add, sort and round nothing."""

    region: Region
    brief: Brief
    matches: tuple[Match, ...]
    set_aside: tuple[SetAside, ...]
    joint_bids: tuple[JointBid, ...]
    versions: Versions
    notes: tuple[tuple[str, str], ...] = field(default=())
    """Sentences that hold for the whole result, as (German, English)."""

    @cached_property
    def match_by_location_id(self) -> Mapping[str, Match]:
        """Ranked and set-aside matches by location id."""
        found = {match.location.id: match for match in self.matches}
        return found | {aside.match.location.id: aside.match for aside in self.set_aside}
