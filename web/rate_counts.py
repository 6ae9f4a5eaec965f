"""Counts of requests for the rate limits, in a file that all processes of a server share.

Registered with `limits` under the scheme `matcher-counts`; only fixed windows are counted.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote, urlsplit

from limits.storage import Storage

SCHEME = "matcher-counts"
_TABLE = "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, n INTEGER NOT NULL, ends_at REAL NOT NULL)"
_COUNT = """
    INSERT INTO counts VALUES (:key, :amount, :now + :seconds)
    ON CONFLICT (key) DO UPDATE SET
        n = CASE WHEN ends_at > :now THEN n + :amount ELSE :amount END,
        ends_at = CASE WHEN ends_at > :now THEN ends_at ELSE :now + :seconds END
    RETURNING n
"""


def counts_uri(path: Path) -> str:
    """Return the address by which `limits` opens the counts in a file."""
    return f"{SCHEME}://{quote(str(path))}"


class SharedCounts(Storage):
    """Counts by key in SQLite; they need not survive a power cut, so nothing waits for the disk."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the base class declares it so

    def __init__(self, uri: str, wrap_exceptions: bool = False, **_options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._lock = Lock()
        self._connection = sqlite3.connect(
            unquote(urlsplit(uri).path), timeout=10, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(_TABLE)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what may go wrong."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more under a key, anew after `expiry` seconds; return the count."""
        values = {"key": key, "amount": amount, "now": time.time(), "seconds": expiry}
        with self._lock:
            return int(self._connection.execute(_COUNT, values).fetchone()[0])

    def get(self, key: str) -> int:
        """Return the count under a key."""
        n, ends_at = self._row(key)
        return n if ends_at > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the count under a key begins anew, in seconds since 1970."""
        return self._row(key)[1]

    def check(self) -> bool:
        """Return whether the file can be read."""
        return self._row("") is not None

    def reset(self) -> int:
        """Forget all counts; return how many there were."""
        with self._lock:
            return self._connection.execute("DELETE FROM counts").rowcount

    def clear(self, key: str) -> None:
        """Forget the count under a key."""
        with self._lock:
            self._connection.execute("DELETE FROM counts WHERE key = ?", (key,))

    def forget_old(self) -> int:
        """Forget the counts whose time is over, and the addresses in them; return how many there were."""
        with self._lock:
            return self._connection.execute("DELETE FROM counts WHERE ends_at <= ?", (time.time(),)).rowcount

    def _row(self, key: str) -> tuple[int, float]:
        with self._lock:
            found = self._connection.execute("SELECT n, ends_at FROM counts WHERE key = ?", (key,)).fetchone()
        return (int(found[0]), float(found[1])) if found else (0, time.time())
