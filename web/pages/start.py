"""The first page: paste a brief, or start from a template for a function."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from web.blueprints import NavigationEntry
from web.drafts import start_draft
from web.matching import matching
from web.security import limiter

blueprint = Blueprint("start", __name__)
NAVIGATION = NavigationEntry("start.show", lazy_gettext("New brief"))
MAXIMUM_CHARACTERS = 200_000
"""Some eighty pages: longer is not a brief. Chosen."""


@blueprint.get("/")
def show() -> str:
    """Show the empty form."""
    return render_template("start.html", values={}, errors={})


@blueprint.post("/")
@limiter.limit("30 per minute")
def understand() -> str | Response | tuple[str, int]:
    """Split the brief into needs and show what was understood."""
    text = request.form.get("text", "").strip()
    errors: dict[str, str] = {}
    if not text:
        errors["text"] = _("Paste the text of a brief, or choose a file.")
    elif len(text) > MAXIMUM_CHARACTERS:
        errors["text"] = _("The text is longer than eighty pages; paste only the brief itself.")
    if errors:
        return render_template("start.html", values=request.form, errors=errors), 422
    draft = start_draft(matching().matcher.understand(text))
    return redirect(url_for("needs.show", draft_id=draft.id))
