"""Who may see which view. Closed by default: a view opens itself to readers or to everyone.

Three roles: *administrator* (everything, accounts too), *developer* (briefs, leads, missions) and
*reader*, a municipality's own reader who sees themes, profiles and the method, never a brief.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from flask import Flask

Role = Literal["administrator", "developer", "reader"]
Level = Literal["public", "reader", "developer", "administrator"]
ROLES: tuple[Role, ...] = ("administrator", "developer", "reader")
LEVELS_OF: dict[Role | None, frozenset[Level]] = {
    None: frozenset({"public"}),
    "reader": frozenset({"public", "reader"}),
    "developer": frozenset({"public", "reader", "developer"}),
    "administrator": frozenset({"public", "reader", "developer", "administrator"}),
}
View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a view to everyone, signed in or not."""
    view.access_level = "public"  # type: ignore[attr-defined]  # set on the function
    return view


def for_readers(view: View) -> View:
    """Open a view to municipal readers as well."""
    view.access_level = "reader"  # type: ignore[attr-defined]  # set on the function
    return view


def for_administrators(view: View) -> View:
    """Keep a view for administrators."""
    view.access_level = "administrator"  # type: ignore[attr-defined]  # set on the function
    return view


def level_of(app: Flask, endpoint: str) -> Level:
    """Return the level that an endpoint asks for: developer unless its view says otherwise."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return "public"
    level: Level = getattr(app.view_functions[endpoint], "access_level", "developer")
    return level


def may(role: Role | None, level: Level) -> bool:
    """Return whether a role reaches a level."""
    return level in LEVELS_OF[role]
