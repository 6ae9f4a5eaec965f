"""What was understood: the brief's text beside the list of its needs, to be corrected."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.reread import reread
from web.drafts import change_draft, draft_or_404
from web.matching import matching
from web.needs_form import NeedsForm, form_of, read_needs
from web.spans import runs

blueprint = Blueprint("needs", __name__)


@blueprint.get("/work/<draft_id>/needs")
def show(draft_id: str) -> str:
    """Show text and needs."""
    draft = draft_or_404(draft_id)
    return _page(draft_id, form_of(draft.brief))


@blueprint.post("/work/<draft_id>/needs")
def correct(draft_id: str) -> str | Response | tuple[str, int]:
    """Take the corrected needs; remove or add one; or go on to the result."""
    draft = draft_or_404(draft_id)
    form = read_needs(request.form, draft.brief)
    if form.brief is None:
        return _page(draft_id, form), 422
    before = {need.id: need for need in draft.brief.needs}
    understand = matching().matcher.understand
    needs = tuple(reread(before.get(need.id), need, understand) for need in form.brief.needs)
    change_draft(draft, replace(form.brief, needs=needs))
    if "go" in request.form:
        return redirect(url_for("result.show", draft_id=draft_id))
    anchor = f"need-{form.brief.needs[-1].id}" if "add" in request.form else None
    return redirect(url_for("needs.show", draft_id=draft_id, _anchor=anchor))


def _page(draft_id: str, form: NeedsForm) -> str:
    draft = draft_or_404(draft_id)
    return render_template(
        "needs.html",
        draft=draft,
        brief=draft.brief,
        form=form,
        opened=_opened(form),
        runs=runs(draft.brief.text, draft.brief.needs),
    )


def _opened(form: NeedsForm) -> frozenset[str]:
    """Return the needs whose details stand open: those with a mistake in them, and new ones."""
    wrong = {name.rpartition("-")[0] for name in form.errors}
    return frozenset(need.id for need in form.needs if need.id in wrong or need.id.startswith("added"))
