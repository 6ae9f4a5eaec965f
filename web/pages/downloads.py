"""Downloads: the result as PDF, Word, Excel and HTML, rendered from the same shortlist as the page."""

from __future__ import annotations

import re
from importlib import import_module

from flask import Blueprint, Response, abort, request

from corpus.records import Language
from web.drafts import draft_or_404
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
    if draft.saved_id is not None:
        with database().session() as transaction:
            audit.record(transaction, current_user().name, "exported", draft.saved_id)
    name = re.sub(r"[^\w-]+", "-", draft.code_name or "dossier").strip("-") or "dossier"
    response = Response(data, mimetype=MIME_TYPES[file_type])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{file_type}")
    return response


def _language() -> Language:
    chosen = request.args.get("language")
    return "de" if chosen == "de" else "en" if chosen == "en" else current_language()
