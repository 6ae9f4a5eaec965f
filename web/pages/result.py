"""The result: locations in order, with the points each need adds."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.bars import segments
from web.drafts import draft_or_404
from web.matching import matching

blueprint = Blueprint("result", __name__)


@blueprint.get("/work/<draft_id>/result")
def show(draft_id: str) -> str:
    """Show the ranked locations."""
    draft = draft_or_404(draft_id)
    shortlist = matching().full(draft.brief)
    return render_template(
        "result.html",
        draft=draft,
        shortlist=shortlist,
        bars={match.location.id: segments(match.contributions) for match in shortlist.matches},
    )
