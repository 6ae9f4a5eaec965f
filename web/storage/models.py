"""The tables: accounts, API tokens, saved briefs and missions with versions, and the audit log."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC that comes back with its time zone, from SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Attach UTC to what a database without time zones returns."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """The tables' common ground."""


class Account(Base):
    """A person who may sign in. `session_version` grows to end all sessions."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    session_version: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class ApiToken(Base):
    """A key for programs, kept as a digest; it acts with the role of its account until it expires."""

    __tablename__ = "api_tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= now()


class SavedBrief(Base):
    """A brief someone chose to keep. `protected_name` is the investor's real name, encrypted."""

    __tablename__ = "briefs"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_name: Mapped[str] = mapped_column(String(120))
    protected_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    versions: Mapped[list[BriefVersion]] = relationship(
        back_populates="brief",
        cascade="all, delete-orphan",
        order_by="BriefVersion.number",
        passive_deletes=True,
    )


class BriefVersion(Base):
    """One state of a saved brief: text and needs as JSON, who saved it and when."""

    __tablename__ = "brief_versions"
    __table_args__ = (UniqueConstraint("brief_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    brief: Mapped[SavedBrief] = relationship(back_populates="versions")


class AuditEntry(Base):
    """Who did what with which brief or mission; outlives both, and holds none of their words."""

    __tablename__ = "audit_log"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    account: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    brief_id: Mapped[int | None] = mapped_column(index=True)
    mission_id: Mapped[int | None] = mapped_column(index=True)


class SavedMission(Base):
    """A mission the team works on; each plan of it is a version."""

    __tablename__ = "missions"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    versions: Mapped[list[MissionVersion]] = relationship(
        cascade="all, delete-orphan", order_by="MissionVersion.number", passive_deletes=True
    )
    outcomes: Mapped[list[MissionOutcome]] = relationship(
        cascade="all, delete-orphan", order_by="MissionOutcome.id", passive_deletes=True
    )


class MissionVersion(Base):
    """One plan of a mission: its input files and everything it handed out, each as a zip archive.

    `cancelled` lists who had cancelled by then, as the command line takes it, one a line.
    """

    __tablename__ = "mission_versions"
    __table_args__ = (UniqueConstraint("mission_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("missions.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    inputs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    outputs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    cancelled: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class MissionOutcome(Base):
    """What came of one meeting of a mission, as JSON."""

    __tablename__ = "mission_outcomes"
    __table_args__ = (UniqueConstraint("mission_id", "member_id", "target_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("missions.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str] = mapped_column(String(80))
    target_id: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
