"""Every way in which a pair can meet: slot, place and interpreter, and what stands against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from matcher.mission.records import Host, Member, Mission, Period, Room, Target, Visit

Fits = Mapping[tuple[str, str], int]
Check = Callable[[], None]
"""Mutual fit in tenths of a point by (member id, target id)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the plan, named so that a conflict can be told: what kind, about whom."""

    kind: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Venue:
    """Rooms at one place that are open to the same hosts; without rooms, a host's own premises."""

    city: str
    place: str
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way for a member to meet a target: `n_slots` periods from index `period`, at a venue.

    `visit` is the index of the group visit it belongs to, or None. `blocked_by` are the rules that
    forbid it; only an option without any can be chosen.
    """

    member_id: str
    target_id: str
    period: int
    n_slots: int
    venue: int
    interpreter: str
    fit_tenths: int
    visit: int | None = None
    blocked_by: tuple[Rule, ...] = ()

    @property
    def periods(self) -> range:
        """Indices of the periods it takes."""
        return range(self.period, self.period + self.n_slots)

    @property
    def pair(self) -> tuple[str, str]:
        """Member id and target id."""
        return (self.member_id, self.target_id)


def never_stopped() -> None:
    """Go on."""


class OptionMaker:
    """Lists the options of the pairs and visits of one mission.

    `check` is called before each search among them; it raises `Stopped` when the planning is to stop.
    """

    def __init__(self, mission: Mission, fits: Fits, check: Check = never_stopped) -> None:
        self.check = check
        self.mission = mission
        self.frame = mission.frame
        self.fits = fits
        self.periods: tuple[Period, ...] = mission.frame.periods
        self.minutes = tuple(period.minutes for period in self.periods)
        self.member_by_id = {member.id: member for member in mission.members}
        self.target_by_id = {target.id: target for target in mission.targets}
        self.periods_by_city: dict[str, list[int]] = defaultdict(list)
        for index, period in enumerate(self.periods):
            self.periods_by_city[period.day.city].append(index)
        self.absences = frozenset(
            (absence.who, index)
            for absence in self.frame.unavailable
            for index, period in enumerate(self.periods)
            if absence.date == period.day.date and absence.hours.meets(period.hours)
        )
        self.venues: list[Venue] = []
        self.venues_by_target = {
            target.id: self._venues_of(target)
            for target in mission.targets
            if target.id in mission.city_by_target_id
        }

    def fair_share_cost(self, member_ids: Iterable[str]) -> int:
        """What the fair share costs a plan in tenths, rounded up, given the member of each meeting."""
        met = Counter(self.member_by_id[member_id].location_id for member_id in member_ids)
        n_members = Counter(member.location_id for member in self.mission.members)
        behind = sum(
            max(0, n * met.total() - n_members.total() * met[location]) for location, n in n_members.items()
        )
        return -(-self.frame.weights.fair_share_tenths * behind // n_members.total())

    def day_key(self, period: int) -> tuple[str, str]:
        """City and date of a period: what maxima of a day count by."""
        day = self.periods[period].day
        return (day.city, day.date.isoformat())

    def _venue(self, venue: Venue) -> int:
        if venue not in self.venues:
            self.venues.append(venue)
        return self.venues.index(venue)

    def _venues_of(self, target: Target) -> tuple[int, ...]:
        """Own rooms; else the rooms open to all; else the host's premises, which seat any number."""
        city = self.mission.city_by_target_id[target.id]
        rooms = [room for room in self.frame.rooms if room.city == city]
        own = [room for room in rooms if target.id in room.target_ids]
        usable = own or [room for room in rooms if not room.target_ids]
        if not usable:
            return (self._venue(Venue(city, target.name, ())),)
        by_place: dict[tuple[str, tuple[str, ...]], list[Room]] = defaultdict(list)
        for room in usable:
            by_place[room.place, room.target_ids].append(room)
        return tuple(self._venue(Venue(city, place, tuple(group))) for (place, _), group in by_place.items())

    def rooms_free(self, venue: int, period: int) -> tuple[Room, ...]:
        """Rooms of the venue that are open and not unavailable in the period."""
        hours = self.periods[period].hours
        return tuple(
            room
            for room in self.venues[venue].rooms
            if room.opening.holds(hours) and (room.name, period) not in self.absences
        )

    def capacity(self, venue: int, period: int) -> int | None:
        """Tables free at the venue in the period; None where tables do not limit meetings."""
        if not self.venues[venue].rooms:
            return None
        return sum(room.tables for room in self.rooms_free(venue, period))

    def travel_minutes(self, venue: int, other: int) -> int:
        """Minutes from one venue to another."""
        here, there = self.venues[venue], self.venues[other]
        return self.frame.travel(here.place, here.city, there.place, there.city)

    def interpreters_for(self, member: Member, target: Target) -> tuple[str, ...] | None:
        """Names of the interpreters who can stand between the two; None when they share a language."""
        city = self.mission.city_by_target_id[target.id]
        spoken = target.languages or next(day.languages for day in self.frame.days if day.city == city)
        if set(member.languages) & set(spoken):
            return None
        return tuple(
            interpreter.name
            for interpreter in self.frame.interpreters
            if set(interpreter.languages) & set(member.languages)
            and set(interpreter.languages) & set(spoken)
            and (not interpreter.cities or city in interpreter.cities)
        )

    def _absence_rules(self, who: str, periods: range) -> tuple[Rule, ...]:
        days = {
            self.periods[index].day.date.isoformat(): None
            for index in periods
            if (who, index) in self.absences
        }
        return tuple(Rule("unavailable", (who, day)) for day in days)

    def _host_rules(self, target_id: str, periods: range) -> tuple[Rule, ...]:
        opening = self.frame.host_by_id.get(target_id, Host(target_id)).opening
        is_open = all(
            (opening or self.periods[index].day.opening).holds(self.periods[index].hours) for index in periods
        )
        closed = () if is_open else (Rule("opening", (target_id,)),)
        return closed + self._absence_rules(target_id, periods)

    def of_pair(self, member_id: str, target_id: str) -> Iterator[Option]:
        """List every option of a single meeting, the blocked ones with the rules against them.

        A host that is visited by a group meets nobody beside the visit.
        """
        pair = (member_id, target_id)
        city = self.mission.city_by_target_id.get(target_id)
        if city is None or any(visit.target_id == target_id for visit in self.frame.visits):
            return
        names = self.interpreters_for(self.member_by_id[member_id], self.target_by_id[target_id])
        against = (Rule("no", pair),) if pair in self.mission.blocked else ()
        fit = self.fits.get(pair, 0)
        for period in self.periods_by_city[city]:
            now = range(period, period + 1)
            rules = against + self._host_rules(target_id, now) + self._absence_rules(member_id, now)
            for venue in self.venues_by_target[target_id]:
                for name in ("",) if names is None else names:
                    blocked = rules + (self._absence_rules(name, now) if name else ())
                    yield Option(member_id, target_id, period, 1, venue, name, fit, None, blocked)

    def blocks_of(self, visit: Visit) -> list[range]:
        """Runs of slots of one day, at the time the visit names if it names one."""
        found: list[range] = []
        indices = self.periods_by_city[self.mission.city_by_target_id.get(visit.target_id, "")]
        for at, first in enumerate(indices):
            run = indices[at : at + visit.n_slots]
            start = self.periods[first]
            if (
                len(run) == visit.n_slots
                and run[-1] - first == visit.n_slots - 1
                and self.periods[run[-1]].day.date == start.day.date
                and visit.date in (None, start.day.date)
                and visit.start in (None, start.hours.start)
            ):
                found.append(range(first, first + visit.n_slots))
        return found

    def visit_venue(self, visit: Visit) -> int:
        """Where the group is received: the host's own room, else its premises."""
        for venue in self.venues_by_target[visit.target_id]:
            if any(visit.target_id in room.target_ids for room in self.venues[venue].rooms):
                return venue
        name = self.target_by_id[visit.target_id].name
        return self._venue(Venue(self.mission.city_by_target_id[visit.target_id], name, ()))

    def of_visit(self, index: int, visit: Visit, member_id: str) -> Iterator[Option]:
        """List every option of one member to join a visit, the blocked ones with their rules."""
        pair = (member_id, visit.target_id)
        against = (Rule("no", pair),) if pair in self.mission.blocked else ()
        fit = self.fits.get(pair, 0)
        for block in self.blocks_of(visit):
            venue = self.visit_venue(visit)
            rules = against + self._host_rules(visit.target_id, block) + self._absence_rules(member_id, block)
            yield Option(member_id, visit.target_id, block.start, visit.n_slots, venue, "", fit, index, rules)
