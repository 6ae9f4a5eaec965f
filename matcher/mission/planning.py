"""From the chosen options to the plan: rooms, interpreters, shares, and why a must is not placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.conflict_words import RuleWords, Words
from matcher.mission.conflicts import find_conflict
from matcher.mission.greedy import fallbacks
from matcher.mission.model import Choice
from matcher.mission.options import Check, Fits, Option, OptionMaker, never_stopped
from matcher.mission.records import Meeting, Mission, Plan, Share, UnplacedMust
from matcher.mission.schedule import Scheduler


def plan_mission(
    mission: Mission, fits: Fits, region: Region, seed: int = 0, *, check: Check = never_stopped
) -> Plan:
    """Plan a mission: the same input and seed give the same plan.

    Parameters
    ----------
    fits : mapping of (str, str) to int
        Mutual fit of each pair in tenths of a point.
    check : callable
        Called before each search; raises `Stopped` when the planning is to stop.

    Raises
    ------
    MatcherError
        If what the plan file demands cannot be held: the smallest conflicting set in words.
    """
    maker = OptionMaker(mission, fits, check)
    scheduler = Scheduler(maker, seed)
    words = RuleWords(maker, {location.id: location.name for location in region.locations})
    found = scheduler.plan()
    if found is None:
        german, english = explain_infeasible(maker, words)
        raise MatcherError(english, de=german)
    choice, bound = found
    return finish_plan(scheduler, choice, words, bound=bound, greedy=scheduler.greedy_objective())


def finish_plan(
    scheduler: Scheduler,
    choice: Choice,
    words: RuleWords,
    *,
    bound: int,
    greedy: int,
    rooms: Mapping[tuple[str, str], str] | None = None,
) -> Plan:
    """Give every meeting its room and interpreter, and say what is missing; `rooms` are kept where free."""
    maker = scheduler.maker
    return Plan(
        meetings=meetings_of(maker, choice, rooms or {}),
        objective=scheduler.objective(choice),
        bound=bound,
        greedy=greedy,
        n_musts_placed=scheduler.n_musts(choice),
        unplaced_musts=unplaced_musts(maker, choice, words),
        shares=shares_of(maker.mission, choice.options),
        seed=scheduler.seed,
        fallbacks=fallbacks(maker, scheduler.options, choice.options),
    )


def meetings_of(
    maker: OptionMaker, choice: Choice, rooms: Mapping[tuple[str, str], str]
) -> tuple[Meeting, ...]:
    """Turn the chosen options into meetings, in time; each room holds no more than its tables."""
    taken: Counter[tuple[str, int]] = Counter()
    room_of_visit: dict[int, str] = {}
    meetings: list[Meeting] = []

    def room_for(option: Option) -> str:
        venue = maker.venues[option.venue]
        if not venue.rooms:
            return venue.place
        wanted = rooms.get(option.pair, "")
        free = [
            room
            for room in maker.rooms_free(option.venue, option.period)
            if all(taken[room.name, period] < room.tables for period in option.periods)
        ]
        room = next((room for room in free if room.name == wanted), free[0])
        for period in option.periods:
            taken[room.name, period] += 1
        return room.name

    in_order = sorted(
        choice.options, key=lambda o: (-o.n_slots, o.pair not in rooms, o.period, o.member_id, o.target_id)
    )
    for option in in_order:
        if option.visit is None:
            room = room_for(option)
        else:
            room = room_of_visit.setdefault(option.visit, "") or room_for(option)
            room_of_visit[option.visit] = room
        first, last = maker.periods[option.period], maker.periods[option.periods[-1]]
        meetings.append(
            Meeting(
                start=first.start,
                end=last.end,
                timezone=first.day.timezone,
                city=first.day.city,
                place=maker.venues[option.venue].place,
                room=room,
                member_id=option.member_id,
                target_id=option.target_id,
                interpreter=option.interpreter or _visit_interpreter(maker, choice, option),
                fit_tenths=option.fit_tenths,
                is_visit=option.visit is not None,
            )
        )
    return tuple(sorted(meetings, key=lambda meeting: meeting.sort_key))


def _visit_interpreter(maker: OptionMaker, choice: Choice, option: Option) -> str:
    """Who interprets for this member of a visiting group; empty when nobody needs to."""
    if option.visit is None:
        return ""
    member, target = maker.member_by_id[option.member_id], maker.target_by_id[option.target_id]
    names = maker.interpreters_for(member, target)
    present = [
        name for visit, start, name in choice.interpreters if (visit, start) == (option.visit, option.period)
    ]
    return next((name for name in present if names is not None and name in names), "")


def shares_of(mission: Mission, options: Sequence[Option]) -> tuple[Share, ...]:
    """How the meetings spread over the municipalities, beside each one's share of the delegation."""
    home = {member.id: member.location_id for member in mission.members}
    n_members = Counter(home.values())
    n_meetings = Counter(home[option.member_id] for option in options)
    return tuple(
        Share(
            location,
            n_members[location],
            n_meetings[location],
            len(options) * n_members[location] / len(home),
        )
        for location in sorted(n_members)
    )


def unplaced_musts(maker: OptionMaker, choice: Choice, words: RuleWords) -> tuple[UnplacedMust, ...]:
    """Every must that is not in the plan, with the reason."""
    placed = {option.pair for option in choice.options}
    return tuple(
        UnplacedMust(*pair, _reason(maker, pair, placed, words))
        for pair in sorted(maker.mission.wishes("must") - placed)
    )


def _reason(
    maker: OptionMaker, pair: tuple[str, str], placed: set[tuple[str, str]], words: RuleWords
) -> Words:
    member, target = maker.member_by_id[pair[0]], maker.target_by_id[pair[1]]
    if pair in maker.mission.blocked:
        return ("Eine Seite hat Nein gesagt.", "One side said no.")
    if target.id not in maker.mission.city_by_target_id:
        return (
            f"{target.name} sitzt in {target.city or target.country}, weit von den Städten der Reise.",
            f"{target.name} is in {target.city or target.country}, far from the cities of the mission.",
        )
    if maker.interpreters_for(member, target) == ():
        return (
            f"{member.name} und {target.name} haben keine gemeinsame Sprache, und niemand dolmetscht dazwischen.",
            f"{member.name} and {target.name} share no language, and no interpreter speaks with both.",
        )
    musts = {must for must in maker.mission.musts & placed if must[0] == pair[0] or must[1] == pair[1]} | {
        pair
    }
    conflict = find_conflict(maker, demanded_options(maker, musts), musts)
    if conflict is None:
        return (
            "Vorrang hatten andere Muss-Termine; mehr davon lassen sich zusammen nicht unterbringen.",
            "Other musts came first; no more of them fit together.",
        )
    return words.sentence(conflict.rules)


def demanded_options(maker: OptionMaker, musts: set[tuple[str, str]]) -> list[Option]:
    """List the options, blocked ones too, that serve the demands of the plan file and these musts."""
    frame = maker.frame
    pairs = sorted(musts | {(fixed.member_id, fixed.target_id) for fixed in frame.fixed})
    if frame.limits.at_least_per_member or frame.limits.at_least_per_municipality:
        pairs = [(m.id, t.id) for m in maker.mission.members for t in maker.mission.targets]
    options = [option for pair in pairs for option in maker.of_pair(*pair)]
    for index, visit in enumerate(frame.visits):
        for member in maker.mission.members:
            options += maker.of_visit(index, visit, member.id)
    return options


def explain_infeasible(maker: OptionMaker, words: RuleWords) -> Words:
    """Say in both languages why no plan can hold what is demanded."""
    conflict = find_conflict(maker, demanded_options(maker, set()))
    if conflict is None:
        return (
            "Für die Vorgaben wurde in der erlaubten Zeit kein Plan gefunden; lockern Sie Mindestzahlen oder Besuche.",
            "No plan was found in the time allowed; ease the minima or the visits of the plan file.",
        )
    return words.sentence(conflict.rules)
