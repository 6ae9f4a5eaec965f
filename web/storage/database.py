"""Opening the database: SQLite in WAL mode by default, PostgreSQL by URL, brought up to date by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from matcher.errors import MatcherError

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA secure_delete = ON",
)
"""Secure deletion overwrites what is erased; a full sync survives a power cut."""


class Database:
    """One open database; `session` is a transaction that is kept whole or not at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session in one transaction: committed at the end, rolled back on any error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def forget_traces(self) -> None:
        """Fold the write-ahead log back, so that erased rows are gone from the disk too."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at `url` and bring its tables up to date.

    Raises
    ------
    MatcherError
        If it cannot be reached; the sentence does not repeat the URL, which may hold a password.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
        migrate(engine)
    except SQLAlchemyError as error:
        raise MatcherError(
            f"DATABASE_URL: the database could not be opened ({type(error).__name__}); "
            "check that the server runs and that the address is right."
        ) from error
    return Database(engine)


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision, the newest by default."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
