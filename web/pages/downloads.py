"""Downloads: the result as documents and data, and a questionnaire answered, from what the page shows."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.rfi import answer_sheet
from web.drafts import Draft, draft_or_404
from web.identity import current_user, database
from web.language import current_language
from web.matching import matching
from web.security import limiter
from web.storage import audit

blueprint = Blueprint("downloads", __name__)
MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
DATA_TYPES = {"json": "application/json", "csv": "text/csv", "md": "text/markdown"}


@blueprint.get("/work/<draft_id>/dossier.<file_type>")
@limiter.limit("30 per minute")
def dossier(draft_id: str, file_type: str) -> Response:
    """Send the dossier in one format; the investor appears by code name only."""
    if file_type not in MIME_TYPES:
        abort(404)
    draft = draft_or_404(draft_id)
    shortlist = matching().full(draft.brief)
    renderer = import_module(f"matcher.render.{file_type}")
    data: bytes = renderer.render(
        shortlist,
        _language(),
        code_name=draft.code_name or None,
        hidden_names=draft.real_names,
        top=min(len(shortlist.matches), max(1, request.args.get("top", 10, type=int))),
    )
    return _attachment(draft, data, file_type, MIME_TYPES[file_type])


@blueprint.get("/work/<draft_id>/result.<file_type>")
@limiter.limit("60 per minute")
def data(draft_id: str, file_type: str) -> Response:
    """Send the whole result as JSON, CSV or Markdown."""
    if file_type not in DATA_TYPES:
        abort(404)
    draft = draft_or_404(draft_id)
    text: str = import_module(f"matcher.render.{file_type}").render(matching().full(draft.brief), _language())
    return _attachment(draft, text.encode(), file_type, DATA_TYPES[file_type])


@blueprint.get("/work/<draft_id>/questionnaire")
def show_questionnaire(draft_id: str) -> str:
    """Ask for an investor's questionnaire and for whom to answer it."""
    return _questionnaire(draft_or_404(draft_id), {})


@blueprint.post("/work/<draft_id>/questionnaire")
@limiter.limit("10 per minute")
def answer_questionnaire(draft_id: str) -> Response | tuple[str, int]:
    """Send the questionnaire back with its answers filled in, form and formatting kept."""
    draft = draft_or_404(draft_id)
    file = request.files.get("file")
    chosen = tuple(dict.fromkeys(request.form.get("answer_for", "").split()))
    known = matching().region.location_by_id
    errors: dict[str, str] = {}
    if file is None or not file.filename:
        errors["file"] = _("Choose the investor's questionnaire, an Excel or Word file.")
    if not chosen or not all(location_id in known for location_id in chosen):
        errors["answer_for"] = _("Choose the location or the joint bid to answer for.")
    if not errors and file is not None and file.filename:
        suffix = PurePath(file.filename).suffix.lower().lstrip(".")
        try:
            filled = answer_sheet(
                file.read(), file.filename, matching().region, matching().matcher.encoder, chosen
            )
        except MatcherError as error:
            errors["file"] = str(error)
        else:
            return _attachment(draft, filled, suffix, MIME_TYPES[suffix])
    return _questionnaire(draft, errors), 422


def _questionnaire(draft: Draft, errors: dict[str, str]) -> str:
    shortlist = matching().full(draft.brief)
    return render_template("questionnaire.html", draft=draft, shortlist=shortlist, errors=errors)


def _attachment(draft: Draft, data: bytes, file_type: str, mime_type: str) -> Response:
    """Send a file under the code name; that a saved brief left the house is logged."""
    if draft.saved_id is not None:
        with database().session() as transaction:
            audit.record(transaction, current_user().name, "exported", draft.saved_id)
    name = re.sub(r"[^\w-]+", "-", draft.code_name or "dossier").strip("-") or "dossier"
    response = Response(data, mimetype=mime_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{file_type}")
    return response


def _language() -> Language:
    chosen = request.args.get("language")
    return "de" if chosen == "de" else "en" if chosen == "en" else current_language()
