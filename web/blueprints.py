"""Which parts the application has: add a page by naming its module here.

A module exposes `blueprint`. It may expose `NAVIGATION`, the entry it wants in the menu. Every view
is closed to municipal readers unless it carries `web.access.for_readers` (or `public`).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from flask import Blueprint, Flask
from flask_babel import LazyString

MODULES: tuple[str, ...] = (
    "web.pages.start",
    "web.pages.needs",
    "web.pages.result",
    "web.pages.leads",
    "web.pages.leads_api",
    "web.pages.missions",
    "web.pages.location",
    "web.pages.charts",
    "web.pages.downloads",
    "web.pages.questionnaires",
    "web.pages.saved",
    "web.pages.themes",
    "web.pages.profiles",
    "web.pages.method",
    "web.pages.accessibility",
    "web.pages.accounts",
    "web.api",
    "web.pages.errors",
)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link of the menu: endpoint, wording, and whether municipal readers see it."""

    endpoint: str
    label: LazyString
    is_for_readers: bool = False


def register(app: Flask) -> None:
    """Add every part to the application and collect the menu."""
    navigation: list[NavigationEntry] = []
    for name in MODULES:
        module = import_module(name)
        blueprint: Blueprint = module.blueprint
        app.register_blueprint(blueprint)
        if hasattr(module, "NAVIGATION"):
            navigation.append(module.NAVIGATION)
    app.config["NAVIGATION"] = tuple(navigation)
