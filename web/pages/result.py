"""The result: locations in order, with the points each need adds; moving a worth ranks again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matcher.shortlist import Shortlist
from web.drafts import Draft, change_draft, draft_or_404
from web.language import read_figure
from web.matching import matching
from web.rows import districts, matrix, rows

blueprint = Blueprint("result", __name__)
N_SHOWN = 10
"""A firm looks at two to six places; ten leave room for a second thought."""


@blueprint.get("/work/<draft_id>/result")
def show(draft_id: str) -> str:
    """Show the ranked locations, who is set aside, and joint bids."""
    draft = draft_or_404(draft_id)
    return _page(draft, matching().full(draft.brief), {}, {})


@blueprint.post("/work/<draft_id>/worths")
def change_worths(draft_id: str) -> str | Response | tuple[str, int]:
    """Rank again with the typed worths; a script gets the list alone, a browser the page."""
    draft = draft_or_404(draft_id)
    is_script = request.headers.get("X-Requested-With") == "fetch"
    worths, errors = _read_worths(draft)
    if errors:
        if is_script:
            return next(iter(errors.values())), 422
        return _page(draft, matching().full(draft.brief), errors, request.form), 422
    shortlist = matching().reweighted(draft.brief, worths)
    draft = change_draft(draft, shortlist.brief)
    if is_script:
        return render_template("ranking.html", draft=draft, shortlist=shortlist, **_list(shortlist))
    return redirect(url_for("result.show", draft_id=draft_id, _anchor="worths"))


def _read_worths(draft: Draft) -> tuple[dict[str, float], dict[str, str]]:
    worths: dict[str, float] = {}
    errors: dict[str, str] = {}
    for need in draft.brief.needs:
        name = f"{need.id}-worth"
        try:
            worth = read_figure(request.form.get(name, ""))
        except ValueError:
            worth = None
        if worth is None or not 0 <= worth <= 1000:
            errors[name] = _("The worth is a number from 0 to 100.")
        else:
            worths[need.id] = worth
    if not errors and not any(worths.values()):
        errors[f"{draft.brief.needs[0].id}-worth"] = _("Give at least one need a worth above zero.")
    return worths, errors


def _list(shortlist: Shortlist) -> dict[str, object]:
    """Return what the list shows: the first ten of the chosen district, or all when asked."""
    district = _district(shortlist)
    shown, n_hidden = rows(shortlist.matches, district, None if "all" in request.args else N_SHOWN)
    return {"rows": shown, "n_hidden": n_hidden, "district": district}


def _district(shortlist: Shortlist) -> str | None:
    chosen = request.args.get("district")
    return chosen if chosen in districts(shortlist.region.locations) else None


def _page(draft: Draft, shortlist: Shortlist, errors: dict[str, str], values: object) -> str:
    return render_template(
        "result.html",
        draft=draft,
        shortlist=shortlist,
        **_list(shortlist),
        districts=districts(shortlist.region.locations),
        bids=[matrix(bid, shortlist) for bid in shortlist.joint_bids],
        errors=errors,
        values=values,
    )
