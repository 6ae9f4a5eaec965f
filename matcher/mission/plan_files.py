"""The plan as files: plan.csv, targets.csv and report.json, and a plan.csv read back for re-planning."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from matcher.formula_cells import neutralised
from matcher.mission.records import Meeting, Mission, Plan

PLAN_COLUMNS = (
    "date",
    "start",
    "end",
    "timezone",
    "city",
    "room",
    "member_id",
    "target_id",
    "interpreter",
    "fit_tenths",
)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV with these columns, no cell of which a spreadsheet takes for a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutralised("" if cell is None else str(cell)) for cell in row])
    return target.getvalue()


def plan_csv(meetings: Iterable[Meeting]) -> str:
    """Return the meetings in time, with the clock times of the place."""
    return csv_text(
        PLAN_COLUMNS,
        (
            (
                meeting.start.date().isoformat(),
                f"{meeting.start:%H:%M}",
                f"{meeting.end:%H:%M}",
                meeting.timezone,
                meeting.city,
                meeting.room,
                meeting.member_id,
                meeting.target_id,
                meeting.interpreter,
                meeting.fit_tenths,
            )
            for meeting in meetings
        ),
    )


def report(mission: Mission, plan: Plan, place_names: Mapping[str, str]) -> dict[str, Any]:
    """Return what report.json says: how good the plan is and what it leaves out."""
    return {
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": round(plan.gap, 6),
        "unit": "tenths of a point",
        "greedy_objective": plan.greedy,
        "seed": plan.seed,
        "n_meetings": len(plan.meetings),
        "musts": {
            "asked": len(mission.wishes("must")),
            "placed": plan.n_musts_placed,
            "not_placed": [
                {
                    "member_id": must.member_id,
                    "target_id": must.target_id,
                    "reason_de": must.reason[0],
                    "reason_en": must.reason[1],
                }
                for must in plan.unplaced_musts
            ],
        },
        "weights": {
            "like_tenths": mission.frame.weights.like_tenths,
            "fair_share_tenths": mission.frame.weights.fair_share_tenths,
            "meeting_tenths": mission.frame.weights.meeting_tenths,
        },
        "municipalities": [
            {
                "id": share.location_id,
                "name": place_names.get(share.location_id, share.location_id),
                "members": share.n_members,
                "meetings": share.n_meetings,
                "share": round(share.n_meetings / len(plan.meetings), 4) if plan.meetings else 0.0,
                "even_share_of_meetings": round(share.even_share, 2),
            }
            for share in plan.shares
        ],
    }


def as_json(data: Mapping[str, Any]) -> str:
    """Return JSON for people and programs: indented, umlauts as they are."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def moment(day: str, clock: str, timezone: str) -> datetime:
    """Return the moment a plan's row names."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(timezone))
