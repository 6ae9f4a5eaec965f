"""Addresses that a visitor hands in, kept to this site."""

from __future__ import annotations

from flask import url_for


def local_target(target: str) -> str:
    """Return `target` when it is a path on this site, else the first page."""
    is_local = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target
    return target if is_local else url_for("start.show")
