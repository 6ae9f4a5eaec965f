"""Themes: how strong each location is in each specialisation theme, and on what that rests."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_babel import lazy_gettext

from matcher.themes import ThemeStrength, theme_strengths
from web.access import for_readers
from web.blueprints import NavigationEntry
from web.matching import matching
from web.rows import by_name

blueprint = Blueprint("themes", __name__)
NAVIGATION = NavigationEntry("themes.show_list", lazy_gettext("Themes"), is_for_readers=True)
N_LEADING = 5


@blueprint.get("/themes")
@for_readers
def show_list() -> str:
    """Show each theme with its strongest locations, and the whole table."""
    region = matching().region
    strengths = theme_strengths(region)
    by_location: dict[str, dict[str, ThemeStrength]] = {}
    for theme_id, found in strengths.items():
        for strength in found:
            by_location.setdefault(strength.location.id, {})[theme_id] = strength
    locations = by_name(region.locations)
    return render_template(
        "themes.html",
        region=region,
        leading={theme_id: found[:N_LEADING] for theme_id, found in strengths.items()},
        lines=[(location, by_location.get(location.id, {})) for location in locations],
    )


@blueprint.get("/themes/<theme_id>")
@for_readers
def show(theme_id: str) -> str:
    """Show one theme: its locations in order with how many statements of each kind count."""
    region = matching().region
    theme = region.theme_by_id.get(theme_id)
    if theme is None:
        abort(404)
    return render_template("theme.html", theme=theme, strengths=theme_strengths(region).get(theme_id, []))
