"""The plan as calendar files: one for each person and one for all, with the time zones in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

import icalendar

from corpus.records import Language
from matcher.mission.phrases import say
from matcher.mission.records import Meeting, Mission

PRODUCT = "-//location-matcher//mission//EN"


def calendars(
    mission: Mission, meetings: Sequence[Meeting], language: Language, revision: int = 0
) -> Mapping[str, bytes]:
    """Return the calendar files by name: `all.ics` and one named after each member's id.

    `revision` counts how often the mission was planned again: a calendar program that has an event with
    the same id replaces it.
    """
    files = {"all.ics": _calendar(mission, meetings, language, revision)}
    for member in mission.members:
        own = [meeting for meeting in meetings if meeting.member_id == member.id]
        files[f"{member.id}.ics"] = _calendar(mission, own, language, revision)
    return files


def _calendar(mission: Mission, meetings: Sequence[Meeting], language: Language, revision: int) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", mission.frame.title_de if language == "de" else mission.frame.title_en)
    for meeting in meetings:
        calendar.add_component(_event(mission, meeting, language, revision))
    if meetings:
        calendar.add_missing_timezones(
            first_date=min(day.date for day in mission.frame.days).replace(month=1, day=1)
        )
    return bytes(calendar.to_ical())


def _event(mission: Mission, meeting: Meeting, language: Language, revision: int) -> icalendar.Event:
    member = next(member for member in mission.members if member.id == meeting.member_id)
    target = next(target for target in mission.targets if target.id == meeting.target_id)
    event = icalendar.Event()
    event.add("uid", event_id(mission, meeting))
    event.add("sequence", revision)
    first_day = min(day.date for day in mission.frame.days)
    event.add("dtstamp", datetime.combine(first_day, time(0, 0), UTC))
    event.add("dtstart", meeting.start)
    event.add("dtend", meeting.end)
    event.add("summary", f"{target.name} – {member.name}, {member.organisation}")
    where = dict.fromkeys((meeting.room, meeting.place, meeting.city))
    event.add("location", ", ".join(filter(None, where)))
    lines = [target.industry or target.sector, target.website]
    if meeting.interpreter:
        lines.append(f"{say('interpreter', language)}: {meeting.interpreter}")
    if meeting.is_visit:
        lines.append(say("visit", language))
    event.add("description", "\n".join(filter(None, lines)))
    return event


def event_id(mission: Mission, meeting: Meeting) -> str:
    """Name the meeting of a pair for good: a new time of the same pair keeps the id."""
    days = ",".join(day.date.isoformat() for day in mission.frame.days)
    text = "|".join((mission.frame.title_en, days, meeting.member_id, meeting.target_id))
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@mission.location-matcher"
