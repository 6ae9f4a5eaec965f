"""The audit log: who read, saved, exported, revealed or erased which brief or mission, without its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.storage.models import AuditEntry

Action = Literal[
    "saved",
    "read",
    "opened",
    "exported",
    "revealed",
    "erased",
    "signed_in",
    "sign_in_refused",
    "account_changed",
]


def record(
    session: Session,
    account: str,
    action: Action,
    brief_id: int | None = None,
    *,
    mission_id: int | None = None,
) -> None:
    """Add a line to the log, in the transaction of what it tells of."""
    session.add(AuditEntry(account=account, action=action, brief_id=brief_id, mission_id=mission_id))


def latest(session: Session, limit: int = 200) -> Sequence[AuditEntry]:
    """Return the latest entries, newest first."""
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)).all()


def of_mission(session: Session, mission_id: int, limit: int = 100) -> Sequence[AuditEntry]:
    """Return the latest entries about one mission, newest first."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.mission_id == mission_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()


def of_brief(session: Session, brief_id: int, limit: int = 100) -> Sequence[AuditEntry]:
    """Return the latest entries about one brief, newest first."""
    return session.scalars(
        select(AuditEntry).where(AuditEntry.brief_id == brief_id).order_by(AuditEntry.id.desc()).limit(limit)
    ).all()
