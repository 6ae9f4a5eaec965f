"""Saved briefs: each save is a new version; the investor's real name lives apart, encrypted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from matcher.errors import MatcherError
from web.storage.models import BriefVersion, SavedBrief

MAXIMUM_NAME = 120


def save_new(
    session: Session,
    content: str,
    *,
    code_name: str,
    protected_name: bytes | None,
    owner_id: int | None,
    author: str,
) -> SavedBrief:
    """Keep a brief for the first time, as version 1."""
    brief = SavedBrief(code_name=check_code_name(code_name), protected_name=protected_name, owner_id=owner_id)
    brief.versions.append(BriefVersion(number=1, content=content, author=author))
    session.add(brief)
    session.flush()
    return brief


def save_version(
    session: Session, brief_id: int, content: str, *, based_on: int, author: str
) -> BriefVersion:
    """Add a version, if nobody else has added one since `based_on` was opened.

    Raises
    ------
    MatcherError
        If the brief is gone, or a newer version exists.
    """
    brief = session.get(SavedBrief, brief_id, with_for_update=True)
    if brief is None:
        raise MatcherError(
            "The saved brief was deleted meanwhile; save your draft as a new one.",
            de="Die gespeicherte Anfrage wurde inzwischen gelöscht; speichern Sie Ihren Entwurf als neue Anfrage.",
        )
    newest = latest_number(session, brief_id)
    if newest != based_on:
        raise MatcherError(
            f"Version {newest} was saved meanwhile by someone else; open it, or save your draft as a new brief.",
            de=f"Version {newest} wurde inzwischen von jemand anderem gespeichert; öffnen Sie diese, "
            "oder speichern Sie Ihren Entwurf als neue Anfrage.",
        )
    version = BriefVersion(brief_id=brief_id, number=newest + 1, content=content, author=author)
    session.add(version)
    session.flush()
    return version


def latest_number(session: Session, brief_id: int) -> int:
    """Return the number of the newest version of a brief."""
    query = select(func.max(BriefVersion.number)).where(BriefVersion.brief_id == brief_id)
    return session.scalar(query) or 0


def list_briefs(session: Session) -> Sequence[SavedBrief]:
    """Return all saved briefs with their versions, newest first."""
    query = select(SavedBrief).options(selectinload(SavedBrief.versions))
    return session.scalars(query.order_by(SavedBrief.created_at.desc(), SavedBrief.id.desc())).all()


def find_brief(session: Session, brief_id: int) -> SavedBrief | None:
    """Return a saved brief with its versions."""
    return session.scalar(
        select(SavedBrief).options(selectinload(SavedBrief.versions)).where(SavedBrief.id == brief_id)
    )


def erase(session: Session, brief_id: int) -> bool:
    """Delete a brief with all versions and its protected name; return whether it was there."""
    brief = session.get(SavedBrief, brief_id)
    if brief is None:
        return False
    session.delete(brief)
    return True


def check_code_name(code_name: str) -> str:
    """Return the code name without spaces around it.

    Raises
    ------
    MatcherError
        If it is empty or too long.
    """
    code_name = code_name.strip()
    if not code_name or len(code_name) > MAXIMUM_NAME:
        raise MatcherError(
            f"Code name: give one of at most {MAXIMUM_NAME} characters, such as “Project Heron”.",
            de=f"Deckname: Geben Sie einen von höchstens {MAXIMUM_NAME} Zeichen an, etwa „Projekt Reiher“.",
        )
    return code_name
