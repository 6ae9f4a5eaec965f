"""Saved missions: each plan is a version with its files; outcomes are kept by meeting."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from matcher.errors import MatcherError
from matcher.mission.afterwards import Outcome
from web.storage.archives import pack
from web.storage.models import MissionOutcome, MissionVersion, SavedMission


def save_new(
    session: Session,
    name: str,
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, bytes],
    *,
    owner_id: int | None,
    author: str,
) -> SavedMission:
    """Keep a mission with its first plan."""
    mission = SavedMission(name=name.strip()[:120], owner_id=owner_id)
    mission.versions.append(
        MissionVersion(number=1, inputs=pack(inputs), outputs=pack(outputs), author=author)
    )
    session.add(mission)
    session.flush()
    return mission


def save_version(
    session: Session,
    mission_id: int,
    outputs: Mapping[str, bytes],
    cancelled: Sequence[str],
    *,
    based_on: int,
    author: str,
) -> MissionVersion:
    """Add a plan, if nobody else has added one since `based_on` was opened.

    Raises
    ------
    MatcherError
        If the mission is gone or has a newer plan.
    """
    versions = session.scalars(
        select(MissionVersion)
        .where(MissionVersion.mission_id == mission_id)
        .order_by(MissionVersion.number)
        .with_for_update()
    ).all()
    if not versions or versions[-1].number != based_on:
        raise changed_meanwhile()
    version = MissionVersion(
        mission_id=mission_id,
        number=based_on + 1,
        inputs=versions[-1].inputs,
        outputs=pack(outputs),
        cancelled="\n".join(cancelled),
        author=author,
    )
    session.add(version)
    session.flush()
    return version


def changed_meanwhile() -> MatcherError:
    """Return what to say when another plan was saved, or the mission deleted, since it was opened."""
    return MatcherError(
        "The mission was planned anew by someone else meanwhile; open it again.",
        de="Die Reise wurde inzwischen von jemand anderem neu geplant; öffnen Sie sie noch einmal.",
    )


def list_missions(session: Session) -> Sequence[SavedMission]:
    """Return all missions with their versions, newest first."""
    query = select(SavedMission).options(selectinload(SavedMission.versions))
    return session.scalars(query.order_by(SavedMission.created_at.desc(), SavedMission.id.desc())).all()


def find_mission(session: Session, mission_id: int) -> SavedMission | None:
    """Return a mission with its versions and outcomes."""
    query = select(SavedMission).options(
        selectinload(SavedMission.versions), selectinload(SavedMission.outcomes)
    )
    return session.scalar(query.where(SavedMission.id == mission_id))


def find_version(session: Session, mission_id: int, number: int) -> MissionVersion | None:
    """Return one plan of a mission with its files."""
    query = select(MissionVersion).options(undefer(MissionVersion.inputs), undefer(MissionVersion.outputs))
    return session.scalar(
        query.where(MissionVersion.mission_id == mission_id, MissionVersion.number == number)
    )


def keep_outcome(session: Session, mission_id: int, outcome: Outcome, author: str) -> None:
    """Keep what came of a meeting, in the place of what was said before."""
    row = session.scalar(
        select(MissionOutcome).where(
            MissionOutcome.mission_id == mission_id,
            MissionOutcome.member_id == outcome.member_id,
            MissionOutcome.target_id == outcome.target_id,
        )
    )
    content = json.dumps({**asdict(outcome), "due": str(outcome.due) if outcome.due else ""})
    if row is None:
        session.add(
            MissionOutcome(
                mission_id=mission_id,
                member_id=outcome.member_id,
                target_id=outcome.target_id,
                content=content,
                author=author,
            )
        )
    else:
        row.content, row.author = content, author


def outcomes_of(mission: SavedMission) -> list[Outcome]:
    """Return what came of the meetings of a mission."""
    found = []
    for row in mission.outcomes:
        fields = json.loads(row.content)
        due = date.fromisoformat(fields["due"]) if fields["due"] else None
        found.append(Outcome(**{**fields, "due": due}))
    return found


def erase(session: Session, mission_id: int) -> bool:
    """Delete a mission with all plans and outcomes; return whether it was there."""
    mission = session.get(SavedMission, mission_id)
    if mission is None:
        return False
    session.delete(mission)
    return True
