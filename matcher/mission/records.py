"""The nouns of a trade mission: delegation, targets, the frame of days and rooms, and the meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

Side = Literal["member", "target"]
Wish = Literal["must", "like", "no"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who travels: what the organisation offers and seeks; nothing here rates the person.

    `location_id` is the municipality's id, `themes` are theme ids, `languages` ISO 639 codes.
    """

    id: str
    name: str
    organisation: str
    location_id: str
    role: str
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    offers: str
    seeks: str


@dataclass(frozen=True, slots=True)
class Target:
    """A company or institution at the destination. `languages` is empty when the file does not say."""

    id: str
    kind: Literal["company", "institution"]
    name: str
    country: str
    city: str
    state: str
    sector: str
    industry: str
    employees: str
    website: str
    description: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preference:
    """What one side wishes about one pair; a "no" from either side always blocks it."""

    member_id: str
    target_id: str
    side: Side
    wish: Wish


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of one day by the clock on the wall there, half-open."""

    start: time
    end: time

    def holds(self, other: Hours) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Hours) -> bool:
        """Whether the two share any minute."""
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


WHOLE_DAY = Hours(time.min, time.max)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the mission in one city. `country` is ISO 3166-1, `subdivision` as in ISO 3166-2.

    `languages` are those in which hosts of the city receive; `opening` the hours in which they do.
    """

    date: date
    city: str
    country: str
    subdivision: str
    timezone: str
    languages: tuple[str, ...]
    slots: tuple[Hours, ...]
    opening: Hours = WHOLE_DAY


@dataclass(frozen=True, slots=True)
class Period:
    """One slot of one day: when a meeting can take place."""

    day: Day
    hours: Hours

    @property
    def start(self) -> datetime:
        """Beginning, in the day's time zone."""
        return datetime.combine(self.day.date, self.hours.start, ZoneInfo(self.day.timezone))

    @property
    def end(self) -> datetime:
        """End, in the day's time zone."""
        return datetime.combine(self.day.date, self.hours.end, ZoneInfo(self.day.timezone))

    @property
    def minutes(self) -> tuple[int, int]:
        """Beginning and end in minutes since 1970 UTC, so that zones and clock changes compare."""
        first, last = (int(moment.astimezone(UTC).timestamp()) // 60 for moment in (self.start, self.end))
        return first, last


@dataclass(frozen=True, slots=True)
class Room:
    """Tables at one place of one city; with `target_ids` they are for those hosts only.

    A host's own premises are a room that is for that host only.
    """

    name: str
    city: str
    place: str
    tables: int
    opening: Hours
    target_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter, the languages spoken, the cities served and the most meetings in a day."""

    name: str
    languages: tuple[str, ...]
    cities: tuple[str, ...]
    per_day: int


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Hours of one day in which a member, target, interpreter or room cannot be had."""

    who: str
    date: date
    hours: Hours


@dataclass(frozen=True, slots=True)
class Host:
    """What is particular about one target: its hours and the most meetings it takes."""

    target_id: str
    opening: Hours | None = None
    per_day: int | None = None
    in_total: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A group visits a target on site, over `n_slots` slots in a row.

    `member_ids` must all come; up to `largest` come in all, at least `smallest`. `date` and `start`
    fix the time where the host has named one.
    """

    target_id: str
    n_slots: int
    smallest: int
    largest: int
    member_ids: tuple[str, ...] = ()
    date: date | None = None
    start: time | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A meeting that has been agreed already, with its time."""

    member_id: str
    target_id: str
    date: date
    start: time


@dataclass(frozen=True, slots=True)
class Meal:
    """Every member is free of meetings for `minutes` in a row somewhere within `hours`."""

    hours: Hours
    minutes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Maxima and minima of meetings, each a count; visits count as one meeting."""

    per_member_per_day: int
    per_member: int
    per_target_per_day: int
    per_target: int
    at_least_per_member: int = 0
    at_least_per_municipality: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """The stated dials of the objective, in tenths of a point.

    A liked pair earns `like_tenths` more. Each meeting that a municipality's members lie below their
    share of the delegation costs `fair_share_tenths`. Every meeting costs `meeting_tenths`: what does
    not earn them is left out, unless it is a must or a minimum demands it.
    """

    like_tenths: int = 150
    fair_share_tenths: int = 100
    meeting_tenths: int = 50


@dataclass(frozen=True)
class Frame:
    """What the plan file fixes: days, slots, rooms, interpreters, maxima, travel, meals and hours."""

    title_de: str
    title_en: str
    days: tuple[Day, ...]
    rooms: tuple[Room, ...]
    limits: Limits
    interpreters: tuple[Interpreter, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()
    hosts: tuple[Host, ...] = ()
    visits: tuple[Visit, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    meals: tuple[Meal, ...] = ()
    weights: Weights = field(default_factory=Weights)
    default_travel_minutes: int = 0
    travel_minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By (place, place) or (city, city), both directions."""
    city_of_town: Mapping[str, str] = field(default_factory=dict)
    """Towns around that are visited from a city of the plan, by casefolded name."""

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every slot of every day, in time."""
        found = (Period(day, hours) for day in self.days for hours in day.slots)
        return tuple(sorted(found, key=lambda period: (period.minutes, period.day.city)))

    @cached_property
    def host_by_id(self) -> Mapping[str, Host]:
        """What is particular about targets, by id."""
        return {host.target_id: host for host in self.hosts}

    def most_of_host(self, target_id: str) -> tuple[int, int]:
        """Return the most meetings of a target in all and on one day."""
        host = self.host_by_id.get(target_id, Host(target_id))
        in_total = self.limits.per_target if host.in_total is None else host.in_total
        return in_total, self.limits.per_target_per_day if host.per_day is None else host.per_day

    def travel(self, place: str, city: str, other_place: str, other_city: str) -> int:
        """Minutes from one place to another; between cities the figure for the cities counts."""
        if place == other_place and city == other_city:
            return 0
        if (place, other_place) in self.travel_minutes:
            return self.travel_minutes[place, other_place]
        return self.travel_minutes.get((city, other_city), self.default_travel_minutes)


@dataclass(frozen=True, slots=True)
class Mission:
    """Everything a plan is made from, read and checked; `fits` holds the mutual fit by pair, in tenths."""

    frame: Frame
    members: tuple[Member, ...]
    targets: tuple[Target, ...]
    preferences: tuple[Preference, ...]
    city_by_target_id: Mapping[str, str]
    """The city of the plan in which a target is met; a target far from all of them is missing here."""

    def wishes(self, wish: Wish) -> frozenset[tuple[str, str]]:
        """Pairs (member id, target id) for which either side has the wish."""
        return frozenset((p.member_id, p.target_id) for p in self.preferences if p.wish == wish)

    @property
    def blocked(self) -> frozenset[tuple[str, str]]:
        """Pairs that never meet."""
        return self.wishes("no")

    @property
    def musts(self) -> frozenset[tuple[str, str]]:
        """Pairs that are placed first; a "no" from the other side outranks the must."""
        return self.wishes("must") - self.blocked


@dataclass(frozen=True, slots=True)
class Meeting:
    """One member meets one target; several members in the same visit share a target and a time."""

    start: datetime
    end: datetime
    timezone: str
    city: str
    place: str
    room: str
    member_id: str
    target_id: str
    interpreter: str
    fit_tenths: int
    is_visit: bool = False

    @property
    def sort_key(self) -> tuple[datetime, str, str, str]:
        """Order of the plan: time, city, member, target."""
        return (self.start.astimezone(UTC), self.city, self.member_id, self.target_id)


@dataclass(frozen=True, slots=True)
class UnplacedMust:
    """A must that is not in the plan, with the reason as (German, English)."""

    member_id: str
    target_id: str
    reason: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """How a municipality fares: its members, their meetings, and the even share of all meetings."""

    location_id: str
    n_members: int
    n_meetings: int
    even_share: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The meetings, and how good the plan is. `objective` and `bound` are tenths of a point.

    No plan can reach more than `bound`; `greedy` is what the best pair first, first free slot reaches.
    """

    meetings: tuple[Meeting, ...]
    objective: int
    bound: int
    greedy: int
    n_musts_placed: int
    unplaced_musts: tuple[UnplacedMust, ...]
    shares: tuple[Share, ...]
    seed: int
    fallbacks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By member and target of a meeting: whom the member could meet instead in that slot."""

    @property
    def gap(self) -> float:
        """Share of the bound that could at most be missing, in [0, 1]; 0 is proved best."""
        return 0.0 if self.bound <= self.objective else (self.bound - self.objective) / abs(self.bound)
