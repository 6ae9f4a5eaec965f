"""Vectors of descriptions, kept in the user's cache by content: an unchanged row is not embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.cache import cache_folder
from models.encoder import Encoder, Floats
from models.errors import ModelError

FILE = "lead-vectors.sqlite"
MAX_QUERY = 500


class VectorCache:
    """Encodes texts through a cache; vectors are half precision, so a cached one equals a fresh one."""

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self._encoder = encoder
        self._path = path or cache_folder() / FILE
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, timeout=120, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
            )
            self._database.commit()
        except (OSError, sqlite3.Error) as error:
            raise ModelError(
                f"the cache {self._path} cannot be used ({error}); delete it, set MATCHER_CACHE to another "
                "folder, or score with --no-cache."
            ) from error
        self.n_encoded = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, dimension), encoding only texts that are new."""
        keys = [self._key(text) for text in texts]
        known = self._read(list(dict.fromkeys(keys)))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            fresh = halved(self._encoder.encode(list(new.values())))
            self.n_encoded += len(new)
            rows = [(key, vector.tobytes()) for key, vector in zip(new, fresh, strict=True)]
            with self._database:
                self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", rows)
            known |= dict(rows)
        stored = [np.frombuffer(known[key], np.float16) for key in keys]
        result: Floats = np.array(stored, np.float16).astype(np.float32).reshape(-1, self._encoder.dimension)
        return result

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._encoder.fingerprint}\n{text}".encode()).digest()[:16]

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), MAX_QUERY):
            part = keys[start : start + MAX_QUERY]
            marks = ",".join("?" * len(part))
            found |= dict(
                self._database.execute(f"SELECT key, value FROM vector WHERE key IN ({marks})", part)
            )
        return found

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def halved(vectors: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
    """Round vectors to half precision, as they are kept."""
    return vectors.astype(np.float16)
