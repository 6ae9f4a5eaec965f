"""Drafts: the brief someone is working on, before she says that it may be stored.

A draft lies in working memory (a memory file system where there is one) so that every process can
answer, encrypted with a key that only the browser's session holds. It expires some hours after its last
change; `web.housekeeping` then removes it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from flask import abort, current_app, session

from matcher.brief import Brief
from matcher.brief_json import brief_from_json, brief_to_json
from matcher.errors import MatcherError
from web.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief being worked on; `code_name` stands for the investor wherever it is shown.

    `saved_id` and `saved_version` say which saved brief it was opened from, if any.
    """

    brief: Brief
    code_name: str = ""
    real_names: tuple[str, ...] = ()
    saved_id: int | None = None
    saved_version: int = 0
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))


class Drafts:
    """Keeps drafts for `hours`, each readable only with the key of the session that made it."""

    def __init__(self, folder: Path, server_key: bytes, hours: float) -> None:
        self._folder = folder
        self._server_key = server_key
        self._seconds = hours * 3600
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, owner_key: str, draft: Draft) -> None:
        """Keep a draft, replacing its earlier state whole."""
        content = {
            "document": brief_to_json(draft.brief),
            "code_name": draft.code_name,
            "real_names": draft.real_names,
            "saved_id": draft.saved_id,
            "saved_version": draft.saved_version,
        }
        path = self._path(owner_key, draft.id)
        beside = path.with_suffix(f".{secrets.token_hex(4)}")
        beside.write_bytes(self._vault(owner_key).lock(json.dumps(content)))
        beside.replace(path)

    def get(self, owner_key: str, draft_id: str) -> Draft | None:
        """Return a draft to the session that made it, and to no other; not when its time is over."""
        path = self._path(owner_key, draft_id)
        try:
            if path.stat().st_mtime < self._limit:
                return None
            locked = path.read_bytes()
        except FileNotFoundError:
            return None
        content = json.loads(self._vault(owner_key).unlock(locked))
        return Draft(
            brief_from_json(content["document"]),
            content["code_name"],
            tuple(content["real_names"]),
            content["saved_id"],
            content["saved_version"],
            draft_id,
        )

    def drop_old(self) -> None:
        """Forget every draft that nobody has touched for the agreed hours."""
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < self._limit:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                continue

    @property
    def _limit(self) -> float:
        return time.time() - self._seconds

    def _path(self, owner_key: str, draft_id: str) -> Path:
        return self._folder / hashlib.sha256(f"{owner_key}/{draft_id}".encode()).hexdigest()[:40]

    def _vault(self, owner_key: str) -> Vault:
        return Vault(self._server_key + owner_key.encode(), "draft")


def drafts() -> Drafts:
    """Return the drafts of the running application."""
    return cast(Drafts, current_app.extensions["drafts"])


def owner_key() -> str:
    """Return the key that ties drafts to this browser session, made on first use."""
    key = session.get("draft_key")
    if not key:
        key = session["draft_key"] = secrets.token_urlsafe(24)
    return str(key)


def keep(draft: Draft) -> Draft:
    """Keep a draft for this browser session."""
    drafts().put(owner_key(), draft)
    return draft


def start_draft(draft: Draft) -> Draft:
    """Begin a draft for this browser session.

    Raises
    ------
    MatcherError
        If nothing was understood: a brief without a need has no result.
    """
    if not draft.brief.needs:
        raise MatcherError(
            "Nothing that a location could offer was found in the text.",
            de="Im Text wurde nichts gefunden, was ein Standort bieten könnte.",
        )
    return keep(draft)


def change_draft(draft: Draft, brief: Brief) -> Draft:
    """Put the changed brief in the place of the old one."""
    return keep(replace(draft, brief=brief))


def draft_or_404(draft_id: str) -> Draft:
    """Return the draft of this browser session, or answer "not found"."""
    found = drafts().get(owner_key(), draft_id)
    if found is None:
        abort(404)
    return found
