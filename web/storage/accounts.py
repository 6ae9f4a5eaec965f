"""Accounts: passwords by argon2, locking after failures, sessions that can be ended, keys for programs."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matcher.errors import MatcherError
from web.access import ROLES, Role
from web.storage.models import Account, ApiToken, now

MINIMUM_PASSWORD_LENGTH = 12
"""BSI and NIST both ask for length rather than for odd signs."""
MAXIMUM_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
TOKEN_DAYS = (30, 90, 365)
"""How long a key for programs may open the door; the one who makes it chooses."""
USUAL_TOKEN_DAYS = 90
_hasher = PasswordHasher()
_UNKNOWN_HASH = _hasher.hash(secrets.token_hex(16))


def has_accounts(session: Session) -> bool:
    """Return whether any account exists."""
    return session.scalar(select(func.count()).select_from(Account)) != 0


def has_administrator(session: Session) -> bool:
    """Return whether someone active may administer."""
    query = (
        select(func.count()).select_from(Account).where(Account.role == "administrator", Account.is_active)
    )
    return session.scalar(query) != 0


def list_accounts(session: Session) -> Sequence[Account]:
    """Return all accounts by name."""
    return session.scalars(select(Account).order_by(Account.name, Account.id)).all()


def create_account(session: Session, name: str, password: str, role: Role) -> Account:
    """Make an account.

    Raises
    ------
    MatcherError
        If the name is empty or taken, the password too short, or the role unknown.
    """
    name = name.strip()
    if not name or len(name) > 120:
        raise MatcherError(
            "Account: the name is empty or longer than 120 characters; choose a shorter one.",
            de="Konto: Der Name ist leer oder länger als 120 Zeichen; wählen Sie einen kürzeren.",
        )
    if role not in ROLES:
        raise MatcherError(
            f"Account: {role!r} is no role; choose one of {', '.join(ROLES)}.",
            de=f"Konto: „{role}“ ist keine Rolle; möglich sind {', '.join(ROLES)}.",
        )
    if session.scalar(select(Account).where(func.lower(Account.name) == name.lower())):
        raise MatcherError(
            f"Account: the name {name!r} is taken; choose another.",
            de=f"Konto: Der Name „{name}“ ist vergeben; wählen Sie einen anderen.",
        )
    account = Account(name=name, role=role, password_hash=hash_password(password))
    session.add(account)
    session.flush()
    return account


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password of at least 12 characters."""
    if len(password) < MINIMUM_PASSWORD_LENGTH:
        raise MatcherError(
            f"Password: it needs at least {MINIMUM_PASSWORD_LENGTH} characters; add some words.",
            de=f"Passwort: Es braucht mindestens {MINIMUM_PASSWORD_LENGTH} Zeichen; ergänzen Sie einige Wörter.",
        )
    return _hasher.hash(password)


def change_password(account: Account, password: str) -> None:
    """Set a new password and end every session of the account."""
    account.password_hash = hash_password(password)
    account.session_version += 1
    account.failed_attempts = 0
    account.locked_until = None


def sign_in(session: Session, name: str, password: str) -> Account | None:
    """Return the account when name and password are right and it is not locked.

    A wrong password counts; the fifth locks the account for 15 minutes. The answer takes as long
    for an unknown name as for a known one.
    """
    account = session.scalar(
        select(Account).where(func.lower(Account.name) == name.strip().lower()).with_for_update()
    )
    is_right = verify(account.password_hash if account else _UNKNOWN_HASH, password)
    if account is None or not account.is_active:
        return None
    if account.locked_until is not None and account.locked_until > now():
        return None
    if not is_right:
        account.failed_attempts += 1
        if account.failed_attempts >= MAXIMUM_FAILURES:
            account.failed_attempts = 0
            account.locked_until = now() + LOCKED_FOR
        return None
    account.failed_attempts = 0
    account.locked_until = None
    if _hasher.check_needs_rehash(account.password_hash):
        account.password_hash = _hasher.hash(password)
    return account


def verify(password_hash: str, password: str) -> bool:
    """Return whether a password belongs to a hash."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def create_token(session: Session, account: Account, label: str, days: int = USUAL_TOKEN_DAYS) -> str:
    """Make a key for programs that works for so many days, and return it; only its digest is kept.

    Raises
    ------
    MatcherError
        If `days` is none of those that can be chosen.
    """
    if days not in TOKEN_DAYS:
        offered = ", ".join(map(str, TOKEN_DAYS))
        raise MatcherError(
            f"Key: it lasts one of {offered} days; choose one of them.",
            de=f"Schlüssel: Er gilt {offered} Tage; wählen Sie eine dieser Fristen.",
        )
    token = secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            account_id=account.id,
            label=label.strip()[:80] or "API",
            digest=_digest(token),
            expires_at=now() + timedelta(days=days),
        )
    )
    return token


def list_tokens(session: Session, account_id: int) -> Sequence[ApiToken]:
    """Return an account's keys, oldest first."""
    return session.scalars(
        select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id)
    ).all()


def delete_token(session: Session, account_id: int, token_id: int) -> None:
    """Withdraw one of an account's keys."""
    session.execute(delete(ApiToken).where(ApiToken.account_id == account_id, ApiToken.id == token_id))


def account_of_token(session: Session, token: str) -> Account:
    """Return the active account that a key belongs to.

    Raises
    ------
    MatcherError
        If no account has such a key, or its time is over.
    """
    found = session.execute(
        select(Account, ApiToken)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.digest == _digest(token), Account.is_active)
    ).one_or_none()
    if found is None:
        raise MatcherError(
            "This key is not known here; make one under “Your account”.",
            de="Dieser Schlüssel ist hier nicht bekannt; erstellen Sie einen unter „Ihr Konto“.",
        )
    account, key = found
    if key.is_expired:
        raise MatcherError(
            f"This key expired on {key.expires_at.date()}; make a new one under “Your account”.",
            de=f"Dieser Schlüssel ist am {key.expires_at:%d.%m.%Y} abgelaufen; erstellen Sie einen neuen unter „Ihr Konto“.",
        )
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
