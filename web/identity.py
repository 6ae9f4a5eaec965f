"""Who is asking: resolved once a request, from the session or a program's key; then let in or turned away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from matcher.errors import MatcherError
from web.access import Role, level_of, may
from web.settings import Settings
from web.storage import accounts
from web.storage.database import Database
from web.storage.models import Account
from web.storage.vault import Vault

LONGEST_SESSION = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Identity:
    """The one who asks; `account_id` is None for the only user of a machine without accounts."""

    name: str
    role: Role
    account_id: int | None = None


class KeyRefused(Exception):
    """A program's key opens nothing; `reason` says why."""

    def __init__(self, reason: MatcherError) -> None:
        super().__init__(str(reason))
        self.reason = reason


LOCAL_NAME = "local"
LOCAL_USER = Identity(LOCAL_NAME, "administrator")


def database() -> Database:
    """Return the open database of the running application."""
    return cast(Database, current_app.extensions["database"])


def installation() -> Settings:
    """Return the settings of the running application."""
    return cast(Settings, current_app.extensions["settings"])


def vault() -> Vault:
    """Return what encrypts investors' real names."""
    return cast(Vault, current_app.extensions["vault"])


def identity() -> Identity | None:
    """Return who is asking, or None."""
    return cast("Identity | None", g.get("identity"))


def current_user() -> Identity:
    """Return who is asking; only for views that nobody reaches unknown."""
    who = identity()
    if who is None:
        abort(401)
    return who


def begin_session(account: Account) -> None:
    """Start a fresh session for an account; nothing of an earlier one survives, except the language."""
    language = session.get("language")
    session.clear()
    session.permanent = True
    session["account_id"] = account.id
    session["session_version"] = account.session_version
    session["signed_in_at"] = datetime.now(UTC).timestamp()
    if language:
        session["language"] = language


def set_up_identity(app: Flask) -> None:
    """Resolve and check the identity before every request."""
    app.before_request(let_in)
    app.context_processor(lambda: {"identity": identity()})


def let_in() -> Response | None:
    """Let the request through, send it to the sign-in page, or refuse it."""
    endpoint = request.endpoint
    g.key_problem = None
    g.identity = None if endpoint == "static" else _resolve()
    if endpoint is None:
        return None
    who = identity()
    level = level_of(current_app, endpoint)
    if may(who.role if who else None, level):
        return None
    if who is not None:
        abort(403)
    if g.key_problem is not None:
        raise KeyRefused(g.key_problem)
    if request.path.startswith("/api/") or request.method != "GET":
        abort(401)
    return redirect(url_for("accounts.show_sign_in", next=request.path))


def _resolve() -> Identity | None:
    with database().session() as transaction:
        header = request.headers.get("Authorization", "")
        if header.startswith("Bearer "):
            try:
                return _of(accounts.account_of_token(transaction, header.removeprefix("Bearer ").strip()))
            except MatcherError as problem:
                g.key_problem = problem
                return None
        account_id = session.get("account_id")
        if account_id is not None:
            account = transaction.get(Account, account_id)
            return _of(account) if account and _is_session_good(account) else None
        if not installation().is_open_to_others and not accounts.has_accounts(transaction):
            return LOCAL_USER
    return None


def _is_session_good(account: Account) -> bool:
    age = datetime.now(UTC).timestamp() - float(session.get("signed_in_at", 0))
    return (
        account.is_active
        and session.get("session_version") == account.session_version
        and age < LONGEST_SESSION.total_seconds()
    )


def _of(account: Account) -> Identity:
    return Identity(account.name, cast(Role, account.role), account.id)
