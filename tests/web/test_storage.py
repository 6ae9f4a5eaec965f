"""What is kept, on SQLite and on a real PostgreSQL server alike."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.errors import MatcherError
from tests.web.databases import postgresql
from web.storage import accounts, audit, briefs
from web.storage.database import Database, migrate, open_database
from web.storage.models import Account, ApiToken, AuditEntry, Base, BriefVersion, SavedBrief, now
from web.storage.vault import Vault

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "matcher.sqlite3"
        path.write_bytes(empty_database.read_bytes())
        opened = open_database(f"sqlite:///{path}")
    else:
        opened = open_database(request.getfixturevalue("postgresql_url"))
        with opened.session() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
    yield opened
    opened.close()


def save(
    database: Database,
    content: str = "{}",
    *,
    protected_name: bytes | None = None,
    owner_id: int | None = None,
) -> int:
    with database.session() as session:
        brief = briefs.save_new(
            session,
            content,
            code_name="Heron",
            protected_name=protected_name,
            owner_id=owner_id,
            author="Ada",
        )
        return brief.id


def test_each_save_adds_a_version_and_keeps_the_earlier_ones(database: Database) -> None:
    brief_id = save(database, "first")
    with database.session() as session:
        briefs.save_version(session, brief_id, "second", based_on=1, author="Ben")
    with database.session() as session:
        saved = briefs.find_brief(session, brief_id)
        assert saved is not None
        assert [(v.number, v.content, v.author) for v in saved.versions] == [
            (1, "first", "Ada"),
            (2, "second", "Ben"),
        ]
        assert saved.created_at.tzinfo is not None


def test_a_version_based_on_an_old_one_is_refused(database: Database) -> None:
    brief_id = save(database)
    with database.session() as session:
        briefs.save_version(session, brief_id, "second", based_on=1, author="Ben")
    with pytest.raises(MatcherError, match="Version 2 was saved meanwhile"), database.session() as session:
        briefs.save_version(session, brief_id, "third", based_on=1, author="Ada")


def test_an_error_inside_a_transaction_leaves_nothing_behind(database: Database) -> None:
    def save_twice() -> None:
        with database.session() as session:
            saved = briefs.save_new(
                session, "x", code_name="Heron", protected_name=None, owner_id=None, author="Ada"
            )
            audit.record(session, "Ada", "saved", saved.id)
            session.add(BriefVersion(brief_id=saved.id, number=1, content="twice", author="Ada"))

    with pytest.raises(IntegrityError):
        save_twice()
    with database.session() as session:
        assert session.scalars(select(SavedBrief)).all() == []
        assert session.scalars(select(AuditEntry)).all() == []


def test_erasing_takes_versions_along_and_leaves_the_log(database: Database) -> None:
    brief_id = save(database, protected_name=b"locked")
    with database.session() as session:
        audit.record(session, "Ada", "read", brief_id)
    with database.session() as session:
        assert briefs.erase(session, brief_id)
        assert not briefs.erase(session, brief_id + 1000)
    with database.session() as session:
        assert session.scalars(select(BriefVersion)).all() == []
        assert [entry.action for entry in audit.of_brief(session, brief_id)] == ["read"]


def test_a_deleted_owner_does_not_take_briefs_along(database: Database) -> None:
    with database.session() as session:
        owner = accounts.create_account(session, "Ada", PASSWORD, "developer")
    brief_id = save(database, owner_id=owner.id)
    with database.session() as session:
        session.execute(delete(Account).where(Account.id == owner.id))
    with database.session() as session:
        saved = briefs.find_brief(session, brief_id)
        assert saved is not None
        assert saved.owner_id is None


def test_names_differ_by_more_than_case(database: Database) -> None:
    with database.session() as session:
        accounts.create_account(session, "Ada", PASSWORD, "administrator")
    with pytest.raises(MatcherError, match="taken"), database.session() as session:
        accounts.create_account(session, "ada", PASSWORD, "reader")


def test_a_key_for_programs_is_kept_as_a_digest_and_can_be_withdrawn(database: Database) -> None:
    with database.session() as session:
        account = accounts.create_account(session, "Ada", PASSWORD, "developer")
        token = accounts.create_token(session, account, "CRM")
    with database.session() as session:
        (kept,) = accounts.list_tokens(session, account.id)
        assert token not in (kept.digest, kept.label)
        assert accounts.account_of_token(session, token).name == "Ada"
        accounts.delete_token(session, account.id, kept.id)
        with pytest.raises(MatcherError, match="not known"):
            accounts.account_of_token(session, token)


@pytest.mark.parametrize("days", [None, 30, 90, 365])
def test_a_key_for_programs_lasts_as_long_as_was_chosen_and_90_days_else(
    database: Database, days: int | None
) -> None:
    with database.session() as session:
        account = accounts.create_account(session, "Ada", PASSWORD, "developer")
        token = accounts.create_token(session, account, "CRM", **({"days": days} if days else {}))
    with database.session() as session:
        (kept,) = accounts.list_tokens(session, account.id)
        assert (
            timedelta(0)
            <= kept.created_at + timedelta(days=days or 90) - kept.expires_at
            < timedelta(minutes=1)
        )
        kept.expires_at = now() - timedelta(seconds=1)
    with database.session() as session, pytest.raises(MatcherError, match="expired on"):
        accounts.account_of_token(session, token)


def test_a_key_cannot_be_made_to_last_for_ever(database: Database) -> None:
    with database.session() as session:
        account = accounts.create_account(session, "Ada", PASSWORD, "developer")
        with pytest.raises(MatcherError, match="30, 90, 365 days"):
            accounts.create_token(session, account, "CRM", 100_000)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def engine_before_keys_expired(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database as an earlier version left it, with a key for programs in it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path / 'matcher.sqlite3'}"
        else:
            url = stack.enter_context(postgresql()).replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url)
        migrate(engine, "0002")
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO accounts (name, role, password_hash, failed_attempts, session_version, is_active,"
                " created_at) VALUES ('Ada', 'developer', 'x', 0, 1, true, '2026-01-01 00:00:00')"
            )
            connection.exec_driver_sql(
                "INSERT INTO api_tokens (account_id, label, digest, created_at)"
                " SELECT id, 'CRM', 'd', '2026-01-01 00:00:00' FROM accounts"
            )
            connection.exec_driver_sql(
                "INSERT INTO audit_log (at, account, action) VALUES ('2026-01-01 00:00:00', 'Ada', 'signed_in')"
            )
        yield engine
        engine.dispose()


def test_keys_made_before_they_expired_get_ninety_days(engine_before_keys_expired: Engine) -> None:
    migrate(engine_before_keys_expired, "head")
    with Session(engine_before_keys_expired) as session:
        (key,) = session.scalars(select(ApiToken)).all()
        assert timedelta(days=89, hours=23) < key.expires_at - now() <= timedelta(days=90)
        (entry,) = session.scalars(select(AuditEntry)).all()
        assert (entry.action, entry.mission_id) == ("signed_in", None)
    names = {
        column["name"]: column for column in inspect(engine_before_keys_expired).get_columns("api_tokens")
    }
    assert not names["expires_at"]["nullable"]


def test_erased_words_are_gone_from_the_files(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'matcher.sqlite3'}")
    words = "unmistakable words of a brief " * 200
    brief_id = save(database, words)
    assert any(b"unmistakable" in path.read_bytes() for path in tmp_path.iterdir())
    with database.session() as session:
        briefs.erase(session, brief_id)
    database.forget_traces()
    assert not any(b"unmistakable" in path.read_bytes() for path in tmp_path.iterdir())
    database.close()


def test_a_vault_opens_with_its_own_key_only() -> None:
    locked = Vault(b"k" * 32, "real name").lock("Acme Robotics GmbH")
    assert b"Acme" not in locked
    assert Vault(b"k" * 32, "real name").unlock(locked) == "Acme Robotics GmbH"
    for other in (Vault(b"x" * 32, "real name"), Vault(b"k" * 32, "draft")):
        with pytest.raises(MatcherError, match="key file"):
            other.unlock(locked)


def test_an_unreachable_database_is_named_without_its_password() -> None:
    with pytest.raises(MatcherError) as caught:
        open_database("postgresql://matcher:secret@/none?host=/nonexistent")
    assert "DATABASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


SAVER = """
import sys
from web.storage import audit, briefs
from web.storage.database import open_database
database = open_database(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    with database.session() as session:
        saved = briefs.save_new(session, "x" * 100_000, code_name="Heron", protected_name=b"n", owner_id=None, author="A")
        audit.record(session, "A", "saved", saved.id)
"""


@pytest.mark.slow
def test_a_server_killed_while_saving_leaves_nothing_half_written(
    empty_database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "matcher.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    url = f"sqlite:///{path}"
    for wait in (0.15, 0.22, 0.31):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, url],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    database = open_database(url)
    with database.session() as session:
        saved = briefs.list_briefs(session)
        assert saved, "nothing was saved before the kill: the test asks for longer waits"
        logged = {entry.brief_id for entry in session.scalars(select(AuditEntry))}
        assert {brief.id for brief in saved} == logged
        assert all([version.number for version in brief.versions] == [1] for brief in saved)
        assert all(len(brief.versions[0].content) == 100_000 for brief in saved)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
