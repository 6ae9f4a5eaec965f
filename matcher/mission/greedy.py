"""The plan a person would make by hand: best pair first, first free slot. Baseline and first hint."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from matcher.mission.model import minute_of_day, option_worth, possible_breaks
from matcher.mission.options import Option, OptionMaker


class Diary:
    """What has been placed so far, and whether one more option keeps every rule."""

    def __init__(self, maker: OptionMaker) -> None:
        self.maker = maker
        self.stays: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.tables: Counter[tuple[int, int]] = Counter()
        self.clock: dict[tuple[str, tuple[str, str]], list[tuple[int, int]]] = defaultdict(list)
        self.met: set[tuple[str, str]] = set()
        self.limit = {person.name: person.per_day for person in maker.frame.interpreters}

    def _people(self, option: Option) -> list[str]:
        people = [option.member_id, option.target_id]
        return [*people, option.interpreter] if option.interpreter else people

    def _maxima(self, option: Option) -> list[tuple[tuple[str, ...], int]]:
        limits = self.maker.frame.limits
        in_total, per_day = self.maker.frame.most_of_host(option.target_id)
        day = self.maker.day_key(option.period)
        found = [
            ((option.member_id,), limits.per_member),
            ((option.member_id, *day), limits.per_member_per_day),
            ((option.target_id,), in_total),
            ((option.target_id, *day), per_day),
        ]
        if option.interpreter:
            found.append(((option.interpreter, *day), self.limit[option.interpreter]))
        return found

    def _hours(self, option: Option) -> tuple[int, int]:
        return (self.maker.minutes[option.period][0], self.maker.minutes[option.periods[-1]][1])

    def _clock(self, option: Option) -> tuple[int, int]:
        first, last = (self.maker.periods[i].hours for i in (option.period, option.periods[-1]))
        return (minute_of_day(first.start), minute_of_day(last.end))

    def _eats(self, option: Option) -> bool:
        day = self.maker.periods[option.period].day
        busy = [*self.clock[option.member_id, self.maker.day_key(option.period)], self._clock(option)]
        ends = [minute_of_day(slot.end) for slot in day.slots]
        for meal in self.maker.frame.meals:
            start, end = minute_of_day(meal.hours.start), minute_of_day(meal.hours.end)
            breaks = possible_breaks(start, end, meal.minutes, ends)
            if not any(all(b <= s or e <= a for a, b in busy) for s, e in breaks):
                return False
        return True

    def _is_free(self, who: str, option: Option) -> bool:
        start, end = self._hours(option)
        for other_start, other_end, venue in self.stays[who]:
            way = self.maker.travel_minutes(venue, option.venue)
            if start < other_end + way and other_start < end + way:
                return False
        return True

    def takes(self, option: Option) -> bool:
        """Whether the option fits into the diary."""
        if option.pair in self.met or any(self.counts[key] >= limit for key, limit in self._maxima(option)):
            return False
        for period in option.periods:
            tables = self.maker.capacity(option.venue, period)
            if tables is not None and self.tables[option.venue, period] >= tables:
                return False
        return all(self._is_free(who, option) for who in self._people(option)) and self._eats(option)

    def write(self, option: Option) -> None:
        """Enter the option."""
        self.met.add(option.pair)
        for key, _ in self._maxima(option):
            self.counts[key] += 1
        for period in option.periods:
            self.tables[option.venue, period] += 1
        for who in self._people(option):
            self.stays[who].append((*self._hours(option), option.venue))
        self.clock[option.member_id, self.maker.day_key(option.period)].append(self._clock(option))

    def erase(self, option: Option) -> None:
        """Take back an option that was entered."""
        self.met.discard(option.pair)
        for key, _ in self._maxima(option):
            self.counts[key] -= 1
        for period in option.periods:
            self.tables[option.venue, period] -= 1
        for who in self._people(option):
            self.stays[who].remove((*self._hours(option), option.venue))
        self.clock[option.member_id, self.maker.day_key(option.period)].remove(self._clock(option))


def fallbacks(
    maker: OptionMaker, options: Sequence[Option], chosen: Sequence[Option]
) -> dict[tuple[str, str], str]:
    """Find for each single meeting whom the member could meet in its slot if the host dropped out.

    Returns
    -------
    dict of (member id, target id) to target id
        The best target that keeps every rule beside all other meetings; missing where there is none.
    """
    diary = Diary(maker)
    for option in chosen:
        diary.write(option)
    likes = maker.mission.wishes("like")
    by_slot: dict[tuple[str, int], list[Option]] = defaultdict(list)
    for option in options:
        if option.visit is None and option.pair not in diary.met:
            by_slot[option.member_id, option.period].append(option)
    found: dict[tuple[str, str], str] = {}
    for option in chosen:
        if option.visit is not None:
            continue
        diary.erase(option)
        weights = maker.frame.weights
        others = sorted(
            by_slot[option.member_id, option.period],
            key=lambda o: (o.pair not in maker.mission.musts, -option_worth(o, likes, weights), o.target_id),
        )
        other = next((o for o in others if diary.takes(o)), None)
        if other:
            found[option.pair] = other.target_id
        diary.write(option)
    return found


def greedy_choice(maker: OptionMaker, options: Sequence[Option], kept: Sequence[Option] = ()) -> list[int]:
    """Choose options one by one beside the `kept` ones: fixed meetings, musts, then by worth.

    Group visits are left out.

    Returns
    -------
    list of int
        Indices of the chosen options, which together keep every rule but the demands for a minimum.
    """
    diary = Diary(maker)
    for option in kept:
        diary.write(option)
    likes, musts = maker.mission.wishes("like"), maker.mission.musts
    fixed = {(f.member_id, f.target_id, f.date, f.start) for f in maker.frame.fixed}
    order: list[tuple[tuple[bool, bool, int, int], int]] = []
    for index, option in enumerate(options):
        if option.visit is None:
            period = maker.periods[option.period]
            is_fixed = (*option.pair, period.day.date, period.hours.start) in fixed
            worth = option_worth(option, likes, maker.frame.weights)
            if worth >= 0 or is_fixed or option.pair in musts:
                order.append(((not is_fixed, option.pair not in musts, -worth, index), index))
    chosen: list[int] = []
    for _, index in sorted(order):
        if diary.takes(options[index]):
            diary.write(options[index])
            chosen.append(index)
    return chosen
