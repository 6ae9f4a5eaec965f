"""The rules of a mission, checked on the files alone: written against the rules, sharing no code with the plan.

Everything is read again from the plan file, the tables and plan.csv; every broken rule is one sentence.
"""

from __future__ import annotations

import csv
import itertools
import tomllib
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def at(day: str, clock: str, zone: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def broken_rules(
    plan_csv: Path, toml: Path, delegation: Path, targets: Path, preferences: Path | None = None
) -> list[str]:
    frame: dict[str, Any] = tomllib.loads(toml.read_text(encoding="utf-8"))
    members = {row["id"]: row for row in rows(delegation)}
    hosts = {row["id"]: row for row in rows(targets)}
    own = {host["target_id"]: host for host in frame.get("hosts", [])}
    days = {str(day["date"]): day for day in frame["days"]}
    rooms = {room["name"]: room for room in frame.get("rooms", [])}
    interpreters = {person["name"]: person for person in frame.get("interpreters", [])}
    maxima = frame.get("maxima", {})
    visits = {visit["target_id"]: visit for visit in frame.get("visits", [])}
    says_no = {
        (row["member_id"], row["target_id"])
        for row in (rows(preferences) if preferences else [])
        if row["preference"] == "no"
    }
    broken: list[str] = []
    held: list[dict[str, Any]] = []
    pairs: Counter[tuple[str, str]] = Counter()

    for number, row in enumerate(rows(plan_csv), start=2):
        where = f"row {number}"
        day = days.get(row["date"])
        if day is None or row["member_id"] not in members or row["target_id"] not in hosts:
            broken.append(f"{where}: unknown day, member or target")
            continue
        member, host = members[row["member_id"]], hosts[row["target_id"]]
        if row["city"] != day["city"] or row["timezone"] != day["timezone"]:
            broken.append(f"{where}: wrong city or time zone for the day")
        calendar = holidays.country_holidays(day["country"], subdiv=day.get("subdivision"))
        if row["date"] in calendar:
            broken.append(f"{where}: on a public holiday")
        visit = visits.get(row["target_id"])
        slots = [slot.split("-") for slot in day.get("slots", frame.get("slots", []))]
        starts, ends = {slot[0] for slot in slots}, {slot[1] for slot in slots}
        if row["start"] not in starts or row["end"] not in ends:
            broken.append(f"{where}: not in the slots")
        if visit is None and [row["start"], row["end"]] not in slots:
            broken.append(f"{where}: longer than a slot")
        pairs[row["member_id"], row["target_id"]] += 1
        if (row["member_id"], row["target_id"]) in says_no:
            broken.append(f"{where}: one side said no")
        opening = own.get(row["target_id"], {}).get("opening") or day.get("opening")
        if opening and not inside(row, opening):
            broken.append(f"{where}: outside the hours of the host")
        for absence in frame.get("unavailable", []):
            who = (row["member_id"], row["target_id"], row["interpreter"], row["room"])
            if absence["who"] in who and str(absence["date"]) == row["date"]:
                start, end = str(absence.get("from", "00:00"))[:5], str(absence.get("to", "23:59"))[:5]
                if row["start"] < end and start < row["end"]:
                    broken.append(f"{where}: {absence['who']} is unavailable")
        room = rooms.get(row["room"])
        usable = [r for r in rooms.values() if r["city"] == day["city"]]
        if room is not None:
            if room["city"] != row["city"]:
                broken.append(f"{where}: the room is in another city")
            if room.get("opening") and not inside(row, room["opening"]):
                broken.append(f"{where}: the room is closed")
            reserved = room.get("targets", [])
            if reserved and row["target_id"] not in reserved:
                broken.append(f"{where}: the room is for other hosts")
            if not reserved and any(row["target_id"] in r.get("targets", []) for r in usable):
                broken.append(f"{where}: the host has a room of its own")
        elif row["room"] != host["name"]:
            broken.append(f"{where}: unknown room")
        elif visit is None and any(not r.get("targets") or row["target_id"] in r["targets"] for r in usable):
            broken.append(f"{where}: there are rooms, but none is used")
        spoken = set((host.get("languages") or "").split(";")) - {""} or set(day.get("languages", ["en"]))
        known = set(member["languages"].split(";"))
        if not spoken & known:
            person = interpreters.get(row["interpreter"])
            if person is None:
                broken.append(f"{where}: no common language and no interpreter")
            elif not (set(person["languages"]) & spoken and set(person["languages"]) & known):
                broken.append(f"{where}: the interpreter does not speak with both")
            elif person.get("cities") and row["city"] not in person["cities"]:
                broken.append(f"{where}: the interpreter is not in this city")
        elif row["interpreter"]:
            broken.append(f"{where}: an interpreter that nobody needs")
        held.append(
            {
                **row,
                "from": at(row["date"], row["start"], row["timezone"]),
                "until": at(row["date"], row["end"], row["timezone"]),
                "place": room["place"] if room and "place" in room else row["room"],
                "visit": visit is not None and room_of_visit(row, visit),
            }
        )

    broken += [f"{pair} meet {n} times" for pair, n in pairs.items() if n > 1]
    broken += two_places(held, frame)
    broken += full_rooms(held, rooms)
    broken += too_many(held, maxima, own, interpreters)
    broken += no_meal(held, frame)
    broken += visits_kept(held, frame)
    for fixed in frame.get("fixed", []):
        wanted = (fixed["member_id"], fixed["target_id"], str(fixed["date"]), str(fixed["start"])[:5])
        if not any((r["member_id"], r["target_id"], r["date"], r["start"]) == wanted for r in held):
            broken.append(f"the agreed meeting {wanted} is missing")
    minima = frame.get("minima", {})
    for member_id in members:
        if sum(r["member_id"] == member_id for r in held) < minima.get("per_member", 0):
            broken.append(f"{member_id} has too few meetings")
    towns = Counter(members[r["member_id"]]["municipality"] for r in held)
    for town in {member["municipality"] for member in members.values()}:
        if towns[town] < minima.get("per_municipality", 0):
            broken.append(f"{town} has too few meetings")
    return broken


def inside(row: dict[str, str], opening: str) -> bool:
    start, end = opening.split("-")
    return start <= row["start"] and row["end"] <= end


def room_of_visit(row: dict[str, str], visit: dict[str, Any]) -> bool:
    return row["target_id"] == visit["target_id"]


def two_places(held: list[dict[str, Any]], frame: dict[str, Any]) -> list[str]:
    """Nobody is in two meetings at once, or arrives before having travelled."""
    travel = frame.get("travel", {})
    ways = {}
    for way in travel.get("between", []):
        ways[way["from"], way["to"]] = ways[way["to"], way["from"]] = way["minutes"]

    def minutes(a: dict[str, Any], b: dict[str, Any]) -> int:
        if (a["place"], a["city"]) == (b["place"], b["city"]):
            return 0
        return ways.get(
            (a["place"], b["place"]), ways.get((a["city"], b["city"]), travel.get("default_minutes", 0))
        )

    found = []
    by_person = defaultdict(list)
    for meeting in held:
        for who in {meeting["member_id"], meeting["target_id"], meeting["interpreter"]} - {""}:
            by_person[who].append(meeting)
    for who, meetings in by_person.items():
        for a, b in itertools.combinations(sorted(meetings, key=lambda m: m["from"]), 2):
            together = (
                a["visit"] and b["visit"] and a["target_id"] == b["target_id"] and a["from"] == b["from"]
            )
            if together and who != a["member_id"]:
                continue
            if b["from"] < a["until"] + timedelta(minutes=minutes(a, b)):
                found.append(f"{who} is in two places: {a['date']} {a['start']} and {b['date']} {b['start']}")
    return found


def full_rooms(held: list[dict[str, Any]], rooms: dict[str, Any]) -> list[str]:
    found = []
    for name, room in rooms.items():
        inside_room = {(m["from"], m["until"], m["target_id"]) for m in held if m["room"] == name}
        for moment in {start for start, _, _ in inside_room}:
            n = sum(start <= moment < end for start, end, _ in inside_room)
            if n > room.get("tables", 1):
                found.append(f"{name} holds {n} meetings at {moment}")
    return found


def too_many(
    held: list[dict[str, Any]], maxima: dict[str, int], own: dict[str, Any], interpreters: dict[str, Any]
) -> list[str]:
    found = []
    for column, in_total, per_day in (
        ("member_id", "per_member", "per_member_per_day"),
        ("target_id", "per_target", "per_target_per_day"),
    ):
        once = {(m[column], m["from"], m["target_id"]): m for m in held}.values()
        total, daily = Counter(m[column] for m in once), Counter((m[column], m["date"]) for m in once)
        for who, n in total.items():
            most = own.get(who, {}).get("in_total", maxima.get(in_total, 999))
            if n > most:
                found.append(f"{who} has {n} meetings in all")
        for (who, day), n in daily.items():
            if n > own.get(who, {}).get("per_day", maxima.get(per_day, 999)):
                found.append(f"{who} has {n} meetings on {day}")
    served = Counter()
    for name, day, _, _ in {
        (m["interpreter"], m["date"], m["from"], m["target_id"]) for m in held if m["interpreter"]
    }:
        served[name, day] += 1
    for (name, day), n in served.items():
        if n > interpreters.get(name, {}).get("per_day", 999):
            found.append(f"{name} interprets {n} times on {day}")
    return found


def no_meal(held: list[dict[str, Any]], frame: dict[str, Any]) -> list[str]:
    """Tries every minute at which a break could begin."""
    found = []
    by_day = defaultdict(list)
    for meeting in held:
        by_day[meeting["member_id"], meeting["date"]].append((clock(meeting["start"]), clock(meeting["end"])))
    for meal in frame.get("meals", []):
        start, end, length = clock(str(meal["from"])[:5]), clock(str(meal["to"])[:5]), meal["minutes"]
        for (who, day), busy in by_day.items():
            if not any(
                all(b <= minute or minute + length <= a for a, b in busy)
                for minute in range(start, end - length + 1)
            ):
                found.append(f"{who} has no meal on {day}")
    return found


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def visits_kept(held: list[dict[str, Any]], frame: dict[str, Any]) -> list[str]:
    found = []
    for visit in frame.get("visits", []):
        group = [m for m in held if m["target_id"] == visit["target_id"]]
        named = visit.get("members", [])
        least = visit.get("at_least", max(1, len(named)))
        if len({(m["from"], m["until"]) for m in group}) != 1:
            found.append(f"the visit to {visit['target_id']} does not take place once")
        if not least <= len(group) <= visit.get("at_most", max(least, len(named))):
            found.append(f"{len(group)} join the visit to {visit['target_id']}")
        if not set(named) <= {m["member_id"] for m in group}:
            found.append(f"somebody misses the visit to {visit['target_id']}")
        for m in group:
            if str(visit.get("date", m["date"])) != m["date"]:
                found.append(f"the visit to {visit['target_id']} is on another day")
            if str(visit.get("start", m["start"]))[:5] != m["start"]:
                found.append(f"the visit to {visit['target_id']} begins at another time")
    return found
