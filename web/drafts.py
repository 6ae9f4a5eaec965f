"""Drafts: the brief someone is working on, before she says that it may be stored."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import cast

from flask import abort, current_app, session

from matcher.brief import Brief

MAXIMUM_DRAFTS = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief being worked on; `code_name` stands for the investor wherever it is shown."""

    id: str
    brief: Brief
    code_name: str = ""
    real_names: tuple[str, ...] = ()
    saved_id: int | None = None


class Drafts:
    """Keeps drafts in memory only; the oldest go first."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, tuple[str, Draft]] = OrderedDict()
        self._lock = Lock()

    def put(self, owner: str, draft: Draft) -> None:
        """Keep a draft under the session that works on it."""
        with self._lock:
            self._drafts[draft.id] = (owner, draft)
            self._drafts.move_to_end(draft.id)
            while len(self._drafts) > MAXIMUM_DRAFTS:
                self._drafts.popitem(last=False)

    def get(self, owner: str, draft_id: str) -> Draft | None:
        """Return a draft to the session that made it, and to no other."""
        with self._lock:
            found = self._drafts.get(draft_id)
        return found[1] if found and found[0] == owner else None


def drafts() -> Drafts:
    """Return the drafts of the running application."""
    return cast(Drafts, current_app.extensions["drafts"])


def owner_key() -> str:
    """Return the key that ties drafts to this browser session, made on first use."""
    key = session.get("draft_key")
    if not key:
        key = session["draft_key"] = secrets.token_urlsafe(24)
    return str(key)


def start_draft(brief: Brief, **fields: object) -> Draft:
    """Begin a draft for this browser session."""
    draft = replace(Draft(secrets.token_urlsafe(9), brief), **fields)  # type: ignore[arg-type]
    drafts().put(owner_key(), draft)
    return draft


def change_draft(draft: Draft, brief: Brief) -> Draft:
    """Put the changed brief in the place of the old one."""
    changed = replace(draft, brief=brief)
    drafts().put(owner_key(), changed)
    return changed


def draft_or_404(draft_id: str) -> Draft:
    """Return the draft of this browser session, or answer "not found"."""
    found = drafts().get(owner_key(), draft_id)
    if found is None:
        abort(404)
    return found
