"""Calendar files hold the plan's moments, read by a calendar parser, across the autumn clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from matcher.mission.calendars import calendars
from matcher.mission.records import Day, Frame, Hours, Limits, Meeting, Member, Mission, Period, Target

SLOT = Hours(time(9, 0), time(9, 40))


def mission_on(days: list[date], zone: str) -> tuple[Mission, list[Meeting]]:
    frame = Frame(
        "Reise",
        "Mission",
        tuple(Day(day, "City", "CA", "", zone, ("en",), (SLOT,)) for day in days),
        (),
        Limits(9, 9, 9, 9),
    )
    member = Member("M1", "Ada Müller", "Werk; Ost", "05911000", "", (), ("de",), "", "")
    targets = tuple(
        Target(f"T{n}", "company", f"Host, {n}", "Canada", "City", "", "", "", "", "", "")
        for n in range(len(days))
    )
    mission = Mission(frame, (member,), targets, (), {target.id: "City" for target in targets})
    meetings = [
        Meeting(period.start, period.end, zone, "City", "Hall", "Hall", "M1", target.id, "", 100)
        for period, target in zip((Period(day, SLOT) for day in frame.days), targets, strict=True)
    ]
    return mission, meetings


@pytest.mark.parametrize("zone", ["America/Toronto", "America/New_York"])
@pytest.mark.parametrize("year", [2026, 2027])
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_go_back(zone: str, year: int) -> None:
    sunday = next(date(year, 11, day) for day in range(1, 8) if date(year, 11, day).weekday() == 6)
    days = [sunday - timedelta(days=2), sunday, sunday + timedelta(days=1)]
    mission, meetings = mission_on(days, zone)
    calendar = icalendar.Calendar.from_ical(calendars(mission, meetings, "de")["M1.ics"])
    events = sorted(calendar.walk("VEVENT"), key=lambda event: event.start)
    assert [event.start.astimezone(UTC) for event in events] == [
        datetime.combine(days[0], time(13, 0), UTC),
        datetime.combine(days[1], time(14, 0), UTC),
        datetime.combine(days[2], time(14, 0), UTC),
    ]
    assert [event.start.strftime("%H:%M") for event in events] == ["09:00"] * 3
    assert {event["dtstart"].params["TZID"] for event in events} == {zone}


@pytest.mark.parametrize("zone", ["America/Toronto", "America/New_York"])
def test_the_file_carries_the_zone_with_both_offsets(zone: str) -> None:
    """A program that knows no zones reads the offsets from the VTIMEZONE."""
    mission, meetings = mission_on([date(2026, 10, 30), date(2026, 11, 2)], zone)
    data = calendars(mission, meetings, "en")["all.ics"]
    (timezone,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    zone_info = timezone.to_tz()
    assert str(timezone["TZID"]) == zone
    assert datetime(2026, 10, 30, 9, tzinfo=zone_info).utcoffset() == timedelta(hours=-4)
    assert datetime(2026, 11, 2, 9, tzinfo=zone_info).utcoffset() == timedelta(hours=-5)


def test_commas_and_umlauts_survive_and_a_new_time_keeps_the_id() -> None:
    mission, meetings = mission_on([date(2026, 10, 30)], "America/Toronto")
    first = icalendar.Calendar.from_ical(calendars(mission, meetings, "en")["M1.ics"]).walk("VEVENT")[0]
    assert str(first["SUMMARY"]) == "Host, 0 – Ada Müller, Werk; Ost"
    again = icalendar.Calendar.from_ical(calendars(mission, meetings, "en", revision=2)["M1.ics"]).walk(
        "VEVENT"
    )[0]
    assert (again["UID"], again["SEQUENCE"]) == (first["UID"], 2)
