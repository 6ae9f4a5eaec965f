"""Reads the plan file (TOML): days, slots, rooms, interpreters, maxima, travel, meals, unavailable hours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from babel import Locale
from babel.languages import get_official_languages

from matcher.errors import MatcherError
from matcher.mission.people_files import fold
from matcher.mission.plan_table import Table
from matcher.mission.records import (
    WHOLE_DAY,
    Day,
    Fixed,
    Frame,
    Host,
    Hours,
    Interpreter,
    Limits,
    Meal,
    Member,
    Room,
    Target,
    Unavailable,
    Visit,
    Weights,
)
from matcher.mission.tables import known

CITY = ("keine Stadt mit einem Tag", "no city with a day")
TARGET = ("kein Ziel", "no target")
MEMBER = ("kein Mitglied der Delegation", "no member of the delegation")
PLACE = ("kein Ort und keine Stadt", "no place or city")
ANYBODY = (
    "weder Person noch Ziel, Dolmetscher oder Raum der Reise",
    "no person, target, interpreter or room of the mission",
)
"""What a name of the file is not that should be one of them, as (German, English)."""

TOP_KEYS = (
    "title_de",
    "title_en",
    "slots",
    "days",
    "cities",
    "rooms",
    "interpreters",
    "maxima",
    "minima",
    "meals",
    "travel",
    "unavailable",
    "hosts",
    "visits",
    "fixed",
    "weights",
)


def read_frame(path: Path, members: Sequence[Member], targets: Sequence[Target]) -> Frame:
    """Read and check a plan file; ids in it must be those of the delegation and of the targets.

    Raises
    ------
    MatcherError
        One sentence that names the file, the table, the key and what to do. A day on a public holiday
        of its country or subdivision is refused.
    """
    name = path.name
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise MatcherError(
            f"{path}: cannot be read ({error.strerror}); check the name.",
            de=f"{name}: lässt sich nicht lesen ({error.strerror}); bitte den Namen prüfen.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MatcherError(
            f"{name}: is no readable TOML ({error}); correct that place.",
            de=f"{name}: ist kein lesbares TOML{_toml_place(error)}; bitte die Stelle berichtigen.",
        ) from None
    top = Table(name, "", values, TOP_KEYS)
    days = _days(top)
    cities = {day.city for day in days}
    member_ids = {member.id for member in members}
    target_ids = {target.id for target in targets}
    interpreters = tuple(
        Interpreter(
            table.get("name", str),
            tuple(_language(table, "languages", code) for code in table.names("languages")),
            _cities(table, cities),
            table.count("per_day", 99),
        )
        for table in top.tables("interpreters", ("name", "languages", "cities", "per_day"))
    )
    rooms = tuple(
        _room(table, cities, target_ids)
        for table in top.tables("rooms", ("name", "city", "place", "tables", "opening", "targets"))
    )
    for names, what in ((interpreters, "interpreters"), (rooms, "rooms")):
        listed = [item.name for item in names]
        for number, item in enumerate(listed):
            if item in listed[:number]:
                raise MatcherError(
                    f"{name}, {what} {number + 1}, name: {item!r} is there twice; rename one.",
                    de=f"{name}, {what} {number + 1}, name: „{item}“ gibt es zweimal; bitte umbenennen.",
                )
    anybody = member_ids | target_ids | {i.name for i in interpreters} | {room.name for room in rooms}
    dates = {day.date for day in days}
    visits = tuple(
        _visit(table, member_ids, target_ids, dates)
        for table in top.tables(
            "visits", ("target_id", "slots", "at_least", "at_most", "members", "date", "start")
        )
    )
    fixed = tuple(
        _fixed(table, member_ids, target_ids, days)
        for table in top.tables("fixed", ("member_id", "target_id", "date", "start"))
    )
    visited = [visit.target_id for visit in visits]
    for number, target_id in enumerate(visited, start=1):
        if visited.count(target_id) > 1 or any(meeting.target_id == target_id for meeting in fixed):
            raise MatcherError(
                f"{name}, visits {number}, target_id: {target_id!r} has another visit or agreed meeting; "
                "a host that is visited meets nobody beside the visit.",
                de=f"{name}, visits {number}, target_id: „{target_id}“ hat schon einen Besuch oder vereinbarten "
                "Termin; wer besucht wird, trifft daneben niemanden.",
            )
    travel = _travel(top, cities, rooms, targets)
    return Frame(
        title_de=top.get("title_de", str, "Delegationsreise"),
        title_en=top.get("title_en", str, "Trade mission"),
        days=days,
        rooms=rooms,
        limits=_limits(top),
        interpreters=interpreters,
        unavailable=tuple(
            Unavailable(
                table.one_of("who", anybody, ANYBODY),
                _date(table, dates),
                _from_to(table),
            )
            for table in top.tables("unavailable", ("who", "date", "from", "to"))
        ),
        hosts=tuple(
            Host(
                table.one_of("target_id", target_ids, TARGET),
                table.hours("opening", table.values["opening"]) if "opening" in table.values else None,
                table.count("per_day") if "per_day" in table.values else None,
                table.count("in_total") if "in_total" in table.values else None,
            )
            for table in top.tables("hosts", ("target_id", "opening", "per_day", "in_total"))
        ),
        visits=visits,
        fixed=fixed,
        meals=tuple(
            Meal(_from_to(table), table.count("minutes", least=1))
            for table in top.tables("meals", ("from", "to", "minutes"))
        ),
        weights=_weights(top),
        default_travel_minutes=travel[0],
        travel_minutes=travel[1],
        city_of_town=_towns(top, cities),
    )


def _toml_place(error: Exception) -> str:
    """Return the line and column that the parser names, in German."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f" (Zeile {found[1]}, Spalte {found[2]})" if found else ""


def _days(top: Table) -> tuple[Day, ...]:
    keys = ("date", "city", "country", "subdivision", "timezone", "languages", "slots", "opening")
    tables = top.tables("days", keys)
    if not tables:
        raise top.fault(
            "days",
            "is missing; add one [[days]] with date, city and timezone for each day.",
            de="fehlt; bitte für jeden Tag [[days]] mit date, city und timezone ergänzen.",
        )
    default: list[Any] = top.get("slots", list, [])
    days: list[Day] = []
    for table in tables:
        when, timezone = table.get("date", date), table.get("timezone", str)
        try:
            ZoneInfo(timezone)
        except (ValueError, OSError, KeyError):
            raise table.fault(
                "timezone",
                f"{timezone!r} is no time zone; write one such as America/Toronto.",
                de=f"„{timezone}“ ist keine Zeitzone; bitte schreiben wie America/Toronto.",
            ) from None
        slots = tuple(table.hours("slots", value) for value in table.get("slots", list, default))
        if not slots:
            raise table.fault(
                "slots",
                'there are none; write for example slots = ["09:00-09:45"].',
                de='Es gibt keine; bitte schreiben wie slots = ["09:00-09:45"].',
            )
        for number, slot in enumerate(slots):
            for other in slots[:number]:
                if slot.meets(other):
                    raise table.fault(
                        "slots",
                        f"{other} and {slot} overlap; let each begin after the last.",
                        de=f"{other} und {slot} überschneiden sich; bitte nacheinander beginnen lassen.",
                    )
        country = table.get("country", str)
        subdivision = table.get("subdivision", str, "")
        _refuse_holiday(table, when, country, subdivision)
        languages = tuple(_language(table, "languages", code) for code in table.names("languages"))
        day = Day(
            when,
            table.get("city", str),
            country,
            subdivision,
            timezone,
            languages or (get_official_languages(country, de_facto=True)[:1] or ("en",)),
            tuple(sorted(slots, key=lambda slot: slot.start)),
            table.hours("opening", table.values["opening"]) if "opening" in table.values else WHOLE_DAY,
        )
        for other_day, other_table in zip(days, tables, strict=False):
            if other_day.date == when:
                raise table.fault(
                    "date",
                    f"{when} overlaps with {other_table.where}; give each day its own.",
                    de=f"{when} steht auch in {other_table.where}; bitte jedem Tag ein eigenes Datum geben.",
                )
            if other_day.city == day.city and other_day.timezone != timezone:
                raise table.fault(
                    "timezone",
                    f"{day.city} already has {other_day.timezone}; keep one.",
                    de=f"{day.city} hat schon {other_day.timezone}; bitte nur eine behalten.",
                )
        days.append(day)
    return tuple(sorted(days, key=lambda day: day.date))


def _refuse_holiday(table: Table, when: date, country: str, subdivision: str) -> None:
    try:
        calendar = holidays.country_holidays(country, subdiv=subdivision or None, years=when.year)
    except NotImplementedError:
        supported = holidays.list_supported_countries()
        if country in supported:
            raise table.fault(
                "subdivision",
                f"{subdivision!r} is none of {country}",
                de=f"„{subdivision}“ gehört nicht zu {country}",
                hint=known(subdivision, supported[country]),
            ) from None
        raise table.fault(
            "country",
            f"{country!r} is unknown; write a code such as CA or US.",
            de=f"„{country}“ ist unbekannt; bitte ein Kürzel wie CA oder US schreiben.",
        ) from None
    if when in calendar:
        where = f"{country}-{subdivision}" if subdivision else country
        raise table.fault(
            "date",
            f"{when} is a public holiday in {where} ({calendar[when]}); take another.",
            de=f"{when} ist in {where} ein Feiertag ({calendar[when]}); bitte einen anderen Tag nehmen.",
        )


def _language(table: Table, key: str, code: str) -> str:
    if len(code) != 2 or code not in Locale("en").languages:
        raise table.fault(
            key,
            f"{code!r} is no language code; write one such as de, en or fr.",
            de=f"„{code}“ ist kein Sprachkürzel; bitte schreiben wie de, en oder fr.",
        )
    return code


def _cities(table: Table, cities: Collection[str]) -> tuple[str, ...]:
    for city in table.names("cities"):
        if city not in cities:
            raise table.fault(
                "cities", f"{city!r} has no day", de=f"„{city}“ hat keinen Tag", hint=known(city, cities)
            )
    return table.names("cities")


def _room(table: Table, cities: Collection[str], target_ids: Collection[str]) -> Room:
    for target_id in table.names("targets"):
        if target_id not in target_ids:
            raise table.fault(
                "targets",
                f"{target_id!r} is {TARGET[1]}",
                de=f"„{target_id}“ ist {TARGET[0]}",
                hint=known(target_id, target_ids),
            )
    name = table.get("name", str)
    return Room(
        name,
        table.one_of("city", cities, CITY),
        table.get("place", str, name),
        table.count("tables", 1, least=1),
        table.hours("opening", table.values["opening"]) if "opening" in table.values else WHOLE_DAY,
        table.names("targets"),
    )


def _date(table: Table, dates: Collection[date]) -> date:
    when = table.get("date", date)
    if when not in dates:
        raise table.fault(
            "date",
            f"{when} is no day of the mission",
            de=f"{when} ist kein Tag der Reise",
            hint=known(str(when), [str(day) for day in dates]),
        )
    return when


def _from_to(table: Table) -> Hours:
    start = table.clock("from", table.values.get("from", time.min))
    end = table.clock("to", table.values.get("to", time.max))
    if start >= end:
        raise table.fault(
            "to",
            f"{end:%H:%M} is not after {start:%H:%M}.",
            de=f"{end:%H:%M} liegt nicht nach {start:%H:%M}.",
        )
    return Hours(start, end)


def _limits(top: Table) -> Limits:
    keys = ("per_member_per_day", "per_member", "per_target_per_day", "per_target")
    maxima = Table(top.file, "maxima", top.get("maxima", dict, {}), keys)
    minima = Table(top.file, "minima", top.get("minima", dict, {}), ("per_member", "per_municipality"))
    return Limits(
        maxima.count("per_member_per_day", 999),
        maxima.count("per_member", 999),
        maxima.count("per_target_per_day", 999),
        maxima.count("per_target", 999),
        minima.count("per_member", 0),
        minima.count("per_municipality", 0),
    )


def _weights(top: Table) -> Weights:
    plain = Weights()
    keys = ("like_tenths", "fair_share_tenths", "meeting_tenths")
    table = Table(top.file, "weights", top.get("weights", dict, {}), keys)
    return Weights(
        table.count("like_tenths", plain.like_tenths),
        table.count("fair_share_tenths", plain.fair_share_tenths),
        table.count("meeting_tenths", plain.meeting_tenths),
    )


def _travel(
    top: Table, cities: Collection[str], rooms: Sequence[Room], targets: Sequence[Target]
) -> tuple[int, Mapping[tuple[str, str], int]]:
    table = Table(top.file, "travel", top.get("travel", dict, {}), ("default_minutes", "between"))
    places = {*cities, *(room.place for room in rooms), *(target.name for target in targets)}
    minutes: dict[tuple[str, str], int] = {}
    for way in table.tables("between", ("from", "to", "minutes")):
        one, other = way.one_of("from", places, PLACE), way.one_of("to", places, PLACE)
        minutes[one, other] = minutes[other, one] = way.count("minutes")
    return table.count("default_minutes", 0), minutes


def _visit(
    table: Table, member_ids: Collection[str], target_ids: Collection[str], dates: Collection[date]
) -> Visit:
    for member_id in table.names("members"):
        if member_id not in member_ids:
            raise table.fault(
                "members",
                f"{member_id!r} is not in the delegation",
                de=f"„{member_id}“ gehört nicht zur Delegation",
                hint=known(member_id, member_ids),
            )
    named = table.names("members")
    smallest = table.count("at_least", max(1, len(named)), least=1)
    largest = table.count("at_most", max(smallest, len(named)), least=1)
    if largest < max(smallest, len(named)):
        raise table.fault(
            "at_most",
            f"{largest} is fewer than must come; raise it or name fewer members.",
            de=f"{largest} sind weniger, als kommen müssen; bitte erhöhen oder weniger Mitglieder nennen.",
        )
    return Visit(
        table.one_of("target_id", target_ids, TARGET),
        table.count("slots", 1, least=1),
        smallest,
        largest,
        named,
        _date(table, dates) if "date" in table.values else None,
        table.clock("start", table.values["start"]) if "start" in table.values else None,
    )


def _fixed(
    table: Table, member_ids: Collection[str], target_ids: Collection[str], days: Sequence[Day]
) -> Fixed:
    when = _date(table, {day.date for day in days})
    start = table.clock("start", table.values.get("start", ""))
    starts = [f"{slot.start:%H:%M}" for day in days if day.date == when for slot in day.slots]
    if f"{start:%H:%M}" not in starts:
        raise table.fault(
            "start",
            f"no slot of {when} begins at {start:%H:%M}; slots begin at {', '.join(starts)}.",
            de=f"Kein Termin am {when} beginnt um {start:%H:%M}; sie beginnen um {', '.join(starts)}.",
        )
    return Fixed(
        table.one_of("member_id", member_ids, MEMBER),
        table.one_of("target_id", target_ids, TARGET),
        when,
        start,
    )


def _towns(top: Table, cities: Collection[str]) -> Mapping[str, str]:
    towns: dict[str, str] = {}
    for table in top.tables("cities", ("name", "includes")):
        city = table.one_of("name", cities, CITY)
        for town in table.names("includes"):
            if towns.setdefault(fold(town), city) != city:
                raise table.fault(
                    "includes",
                    f"{town!r} is already visited from {towns[fold(town)]}.",
                    de=f"„{town}“ wird schon von {towns[fold(town)]} aus besucht.",
                )
    return towns


def city_of(target: Target, frame: Frame) -> str | None:
    """Return the city of the plan in which a target is met, or None when it is too far from all.

    Its own city, else the city whose list of towns names it, else the only city of the plan in its state
    or, where the file names no state, in its country.
    """
    cities = {fold(day.city): day.city for day in frame.days}
    if fold(target.city) in cities:
        return cities[fold(target.city)]
    if fold(target.city) in frame.city_of_town:
        return frame.city_of_town[fold(target.city)]
    country = Locale("en").territories
    around = {
        day.city
        for day in frame.days
        if fold(target.country) in (fold(day.country), fold(country.get(day.country, "")))
        and (not target.state or not day.subdivision or fold(target.state) == fold(day.subdivision))
    }
    return around.pop() if len(around) == 1 else None
