"""A location in this result: each need with its points and evidence, why not us, and what if."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from matcher.shortlist import Match
from matcher.what_if import what_if
from matcher.why import why_not
from web.drafts import draft_or_404
from web.matching import matching
from web.rows import row_of

blueprint = Blueprint("location", __name__)
COMPARED = (2, 4)
"""How many locations stand side by side: more do not fit a page."""


@blueprint.get("/work/<draft_id>/locations/<location_id>")
def show(draft_id: str, location_id: str) -> str:
    """Show how a location came by its score."""
    draft = draft_or_404(draft_id)
    shortlist = matching().full(draft.brief)
    match = shortlist.match_by_location_id.get(location_id)
    if match is None:
        abort(404)
    assumed = frozenset(request.args.getlist("met")) & {need.id for need in draft.brief.needs}
    return render_template(
        "location.html",
        draft=draft,
        shortlist=shortlist,
        row=row_of(match),
        aside=next((a for a in shortlist.set_aside if a.match.location.id == location_id), None),
        why=why_not(shortlist, location_id, this_year=datetime.now(UTC).year),
        assumed=assumed,
        what_if=what_if(shortlist, location_id, assumed) if assumed else None,
    )


@blueprint.get("/work/<draft_id>/compare")
def compare(draft_id: str) -> str | tuple[str, int]:
    """Show two to four locations side by side."""
    draft = draft_or_404(draft_id)
    shortlist = matching().full(draft.brief)
    wanted = list(dict.fromkeys(request.args.getlist("location")))
    matches: list[Match] = [
        shortlist.match_by_location_id[location_id]
        for location_id in wanted
        if location_id in shortlist.match_by_location_id
    ]
    low, high = COMPARED
    error = "" if low <= len(matches) <= high else _("Choose two to four locations to compare.")
    page = render_template(
        "compare.html",
        draft=draft,
        shortlist=shortlist,
        rows=[row_of(match) for match in matches[:high]],
        error=error,
        choices=[*shortlist.matches, *(aside.match for aside in shortlist.set_aside)],
    )
    return (page, 422) if error and wanted else page
