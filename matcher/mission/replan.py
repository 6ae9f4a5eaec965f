"""Plan again after a cancellation: the fewest changes first, then what the plan is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from ortools.sat.python import cp_model

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.conflict_words import RuleWords
from matcher.mission.model import Choice, ScheduleModel
from matcher.mission.options import Check, Fits, Option, OptionMaker, never_stopped
from matcher.mission.planning import explain_infeasible, finish_plan
from matcher.mission.records import WHOLE_DAY, Meeting, Mission, Plan, Unavailable
from matcher.mission.schedule import (
    DAY_EFFORT,
    N_FURTHER,
    WHOLE_EFFORT,
    WHOLE_OPTIONS,
    Scheduler,
    new_solver,
)
from matcher.mission.tables import known

ChangeKind = Literal["cancelled", "rebooked", "dropped", "moved", "added"]
ORDER: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A member, target, interpreter or room that cannot be had, on one day or at all."""

    who: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting of the previous plan, as its plan.csv has it."""

    date: str
    start: str
    end: str
    city: str
    room: str
    member_id: str
    target_id: str
    interpreter: str

    @property
    def pair(self) -> tuple[str, str]:
        """Member id and target id."""
        return (self.member_id, self.target_id)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one meeting: `before` and `after` say when and where, empty where there is none.

    A meeting that the cancellation hit is "cancelled", or "rebooked" when it found another time.
    """

    kind: ChangeKind
    member_id: str
    target_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replan:
    """The new plan and every difference; `n_needed` of them were not the cancellation itself.

    `is_fewest` says that no plan has fewer.
    """

    plan: Plan
    changes: tuple[Change, ...]
    is_fewest: bool

    @property
    def n_needed(self) -> int:
        """How many meetings changed beyond those that the cancellation itself hit."""
        return sum(change.kind not in ("cancelled", "rebooked") for change in self.changes)


def parse_cancellation(text: str, mission: Mission) -> Cancellation:
    """Read `ID` or `ID@2027-01-20`.

    Raises
    ------
    MatcherError
        If the id or the day is none of the mission's.
    """
    who, _, day = text.partition("@")
    frame = mission.frame
    everybody = {member.id for member in mission.members} | {target.id for target in mission.targets}
    everybody |= {person.name for person in frame.interpreters} | {room.name for room in frame.rooms}
    if who not in everybody:
        hint = known(who, everybody)
        raise MatcherError(
            f"--cancel {text}: {who!r} is no member, target, interpreter or room{hint[1]}",
            de=f"Absage {text}: „{who}“ ist weder Mitglied noch Ziel, Dolmetscher oder Raum{hint[0]}",
        )
    if not day:
        return Cancellation(who)
    days = {str(item.date): item.date for item in frame.days}
    if day not in days:
        hint = known(day, days)
        raise MatcherError(
            f"--cancel {text}: {day} is no day of the mission{hint[1]}",
            de=f"Absage {text}: {day} ist kein Tag der Reise{hint[0]}",
        )
    return Cancellation(who, days[day])


def without(mission: Mission, cancelled: Iterable[Cancellation]) -> Mission:
    """Return the mission in which those cancelled are unavailable.

    Visits and agreed meetings of a host that drops out altogether are no longer demanded, nor is a
    minimum of meetings for a member who stays at home.
    """
    frame = mission.frame
    absences: list[Unavailable] = []
    gone: set[str] = set()
    for item in cancelled:
        days = [day.date for day in frame.days if item.date in (None, day.date)]
        absences += [Unavailable(item.who, day, WHOLE_DAY) for day in days]
        if all(day.date in days for day in frame.days):
            gone.add(item.who)
    frame = replace(
        frame,
        unavailable=(*frame.unavailable, *absences),
        visits=tuple(
            replace(visit, member_ids=tuple(m for m in visit.member_ids if m not in gone))
            for visit in frame.visits
            if visit.target_id not in gone
        ),
        fixed=tuple(f for f in frame.fixed if f.member_id not in gone and f.target_id not in gone),
    )
    members = tuple(member for member in mission.members if member.id not in gone)
    wishes = tuple(p for p in mission.preferences if p.member_id not in gone)
    return replace(mission, frame=frame, members=members, preferences=wishes)


def replan(
    mission: Mission,
    fits: Fits,
    region: Region,
    previous: Sequence[PlannedMeeting],
    cancelled: Sequence[Cancellation],
    seed: int = 0,
    *,
    refill: bool = False,
    check: Check = never_stopped,
) -> Replan:
    """Plan again so that the fewest meetings change; with `refill`, free slots are then filled.

    Parameters
    ----------
    previous : sequence of PlannedMeeting
        The plan so far; meetings that no option allows any more are cancelled.
    """
    changed = without(mission, cancelled)
    scheduler = Scheduler(OptionMaker(changed, fits, check), seed)
    words = RuleWords(scheduler.maker, {location.id: location.name for location in region.locations})
    kept = _still_possible(scheduler, previous)
    hit = {meeting.pair for meeting in previous} - set(kept)
    choice = _keep_all(scheduler, kept, hit)
    is_fewest = choice is not None
    if choice is None:
        choice, is_fewest = _fewest_changes(scheduler, kept, hit)
    if choice is None:
        german, english = explain_infeasible(scheduler.maker, words)
        raise MatcherError(english, de=german)
    if refill:
        choice = replace(choice, options=(*choice.options, *scheduler.fillers(choice)))
    rooms = {meeting.pair: meeting.room for meeting in previous}
    bound = scheduler.bound(choice)
    plan = finish_plan(
        scheduler, choice, words, bound=bound, greedy=scheduler.greedy_objective(), rooms=rooms
    )
    return Replan(plan, _changes(previous, plan, cancelled), is_fewest and not refill)


def _keep_all(
    scheduler: Scheduler, kept: Mapping[tuple[str, str], Option], hit: set[tuple[str, str]]
) -> Choice | None:
    """Keep every meeting that is still possible and rebook those hit; None when that is not enough."""
    options = [o for o in scheduler.options if o.pair in hit]
    standing = Choice(tuple(kept.values()), _standing_interpreters(scheduler, kept))
    found = scheduler.solve(options, standing, DAY_EFFORT, counts_missing=False, hint=standing)
    return found if found and found.n_missing == 0 else None


def _standing_interpreters(
    scheduler: Scheduler, kept: Mapping[tuple[str, str], Option]
) -> tuple[tuple[int, int, str], ...]:
    """Name one interpreter for each kept visitor who needs one: a start for the search only."""
    maker = scheduler.maker
    found: dict[tuple[int, int, str], None] = {}
    for option in kept.values():
        if option.visit is not None:
            member, target = maker.member_by_id[option.member_id], maker.target_by_id[option.target_id]
            for name in (maker.interpreters_for(member, target) or ())[:1]:
                found[option.visit, option.period, name] = None
    return tuple(found)


def _fewest_changes(
    scheduler: Scheduler, kept: Mapping[tuple[str, str], Option], hit: set[tuple[str, str]]
) -> tuple[Choice | None, bool]:
    """Change as few meetings as the demands allow, then take the most worth; say whether it is proved."""
    options = scheduler.options
    is_whole = len(options) <= WHOLE_OPTIONS
    if not is_whole:
        further = scheduler.further(options, N_FURTHER)
        tried = {*kept, *hit, *further}
        options = [o for o in options if o.pair in tried or o.visit is not None]
    scheduler.maker.check()
    model = ScheduleModel(scheduler.maker, options)
    standing = set(kept.values())
    costs: list[tuple[cp_model.IntVar, int]] = [
        (literal, 1 if option in standing else -1)
        for option, literal in zip(options, model.chosen, strict=True)
        if option in standing or (option.pair not in kept and option.pair not in hit)
    ]
    saved = cp_model.LinearExpr.weighted_sum([v for v, _ in costs], [f for _, f in costs])
    model.model.maximize(saved)
    model.hint(standing, _standing_interpreters(scheduler, kept))
    solver = new_solver(scheduler.seed, WHOLE_EFFORT)
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, False
    first = model.choice(solver)
    model.model.add(saved >= round(solver.objective_value))
    terms = model.value()
    model.model.maximize(cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [f for _, f in terms]))
    model.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools is untyped here
    model.hint(first.options, first.interpreters)
    scheduler.maker.check()
    again = new_solver(scheduler.seed, WHOLE_EFFORT)
    if again.solve(model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        first = model.choice(again)
    return first, is_whole and status == cp_model.OPTIMAL


def _still_possible(
    scheduler: Scheduler, previous: Sequence[PlannedMeeting]
) -> Mapping[tuple[str, str], Option]:
    """By pair: the option that keeps the meeting where and when it was, if it still exists."""
    maker = scheduler.maker
    where = {meeting.pair: meeting for meeting in previous}
    found: dict[tuple[str, str], Option] = {}
    for option in scheduler.options:
        meeting = where.get(option.pair)
        if meeting is None:
            continue
        period = maker.periods[option.period]
        rooms = {room.name for room in maker.venues[option.venue].rooms} or {maker.venues[option.venue].place}
        same_time = (str(period.day.date), f"{period.hours.start:%H:%M}") == (meeting.date, meeting.start)
        same_help = option.visit is not None or option.interpreter == meeting.interpreter
        if same_time and same_help and meeting.room in rooms:
            found[option.pair] = option
    return found


def _changes(
    previous: Sequence[PlannedMeeting], plan: Plan, cancelled: Sequence[Cancellation]
) -> tuple[Change, ...]:
    """List the differences between the two plans, cancelled meetings first."""
    after = {(m.member_id, m.target_id): m for m in plan.meetings}
    changes: list[Change] = []
    for old in previous:
        people = (old.member_id, old.target_id, old.interpreter, old.room)
        is_hit = any(
            item.who in people and (item.date is None or str(item.date) == old.date) for item in cancelled
        )
        new = after.pop(old.pair, None)
        before = f"{old.date} {old.start}–{old.end} {old.city}, {old.room}"
        if new is None:
            changes.append(Change("cancelled" if is_hit else "dropped", *old.pair, before, ""))
        elif _when(new) != before or new.interpreter != old.interpreter:
            changes.append(Change("rebooked" if is_hit else "moved", *old.pair, before, _when(new)))
    changes += [Change("added", *pair, "", _when(new)) for pair, new in after.items()]
    return tuple(
        sorted(changes, key=lambda c: (ORDER.index(c.kind), c.before, c.after, c.member_id, c.target_id))
    )


def _when(meeting: Meeting) -> str:
    return f"{meeting.start.date()} {meeting.start:%H:%M}–{meeting.end:%H:%M} {meeting.city}, {meeting.room}"
