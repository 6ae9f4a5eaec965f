"""The user's cache folder, and building something in it once even when two processes start together."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from models.errors import ModelError

NAME = "location-matcher"
ABANDONED_AFTER_SECONDS = 24 * 3600
"""A half-built folder older than this belongs to a process that was killed; a build takes under a minute."""


def cache_folder() -> Path:
    """Return the folder for things that can be built again: MATCHER_CACHE, else the platform's own place."""
    if chosen := os.environ.get("MATCHER_CACHE"):
        return Path(chosen).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / NAME
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / NAME / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / NAME


def build_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """Return `folder`, after building it if it is not there.

    `build` writes into a folder beside it, which is renamed when it is complete: a reader never sees
    half of it. When two processes build at once, the first to finish wins and the other's copy is removed.

    Raises
    ------
    ModelError
        If the cache cannot be written.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder.parent)
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    except OSError as error:
        raise ModelError(
            f"the cache folder {folder.parent} cannot be written ({error.strerror}); "
            "set MATCHER_CACHE to a folder that can."
        ) from error
    try:
        build(aside)
        aside.chmod(0o755)
        aside.rename(folder)
    except OSError as error:
        if not folder.is_dir():
            raise ModelError(
                f"building {folder} failed ({error.strerror}); free some space or set MATCHER_CACHE "
                "to another folder."
            ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def _remove_abandoned(parent: Path) -> None:
    oldest = time.time() - ABANDONED_AFTER_SECONDS
    for folder in parent.glob(".building-*"):
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
