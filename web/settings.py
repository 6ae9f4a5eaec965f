"""What an installation decides: where data lives, who is let in, how much is accepted."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
MEMORY_FOLDER = Path("/dev/shm")
MAXIMUM_UPLOAD_BYTES = 10 * 1024 * 1024
"""A four-page brief with pictures is about 2 MB; chosen with room, checked against the sample briefs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: `data_folder` holds the database and the keys, `database_url` replaces the former."""

    data_folder: Path
    database_url: str
    draft_folder: Path
    region_folder: Path | None = None
    """The region pack in use; None for the built-in one."""
    is_open_to_others: bool = False
    """Whether other machines can reach it: then accounts, secure cookies and TLS in front are required."""
    rate_limits: bool = True
    maximum_upload_bytes: int = MAXIMUM_UPLOAD_BYTES
    parsing_seconds: float = 30.0
    session_hours: float = 8.0
    contact: str = ""
    """Whom to tell about barriers: an e-mail address, an address of a page, or words; empty when not set."""


def default_data_folder() -> Path:
    """Return the user's folder for application data (`MATCHER_DATA` names another)."""
    chosen = os.environ.get("MATCHER_DATA")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base) / "location-matcher" if base else Path.home() / ".local" / "share" / "location-matcher"


def make_settings(
    data_folder: Path | None = None,
    *,
    host: str = "127.0.0.1",
    rate_limits: bool = True,
    region_folder: Path | None = None,
) -> Settings:
    """Read the environment: `DATABASE_URL` for another database than SQLite, `MATCHER_CONTACT` for whom to tell about barriers."""
    folder = data_folder or default_data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Settings(
        data_folder=folder,
        draft_folder=_draft_folder(folder),
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'matcher.sqlite3'}",
        is_open_to_others=host not in LOOPBACK_HOSTS,
        rate_limits=rate_limits,
        region_folder=region_folder,
        contact=os.environ.get("MATCHER_CONTACT", "").strip(),
    )


def _draft_folder(data_folder: Path) -> Path:
    """Return a folder in working memory, where there is one, that belongs to one data folder and user."""
    base = MEMORY_FOLDER if os.access(MEMORY_FOLDER, os.W_OK) else Path(gettempdir())
    user = os.getuid() if hasattr(os, "getuid") else 0
    digest = hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:12]
    return base / f"location-matcher-{user}-{digest}"


def read_key(folder: Path, name: str) -> bytes:
    """Return the 32 bytes of the key file `name`, made on first use and readable by its owner only."""
    path = folder / name
    if not path.exists():
        with NamedTemporaryFile("w", dir=folder, encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
