"""Downloads: the result as documents and data, from what the page shows."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Response, abort, request

from corpus.records import Language
from web.attachments import attachment, log_export
from web.drafts import Draft, draft_or_404
from web.language import current_language
from web.matching import matching
from web.security import limiter

blueprint = Blueprint("downloads", __name__)
DOCUMENTS = ("pdf", "docx", "xlsx", "html")
DATA = ("json", "csv", "md")


@blueprint.get("/work/<draft_id>/dossier.<file_type>")
@limiter.limit("30 per minute")
def dossier(draft_id: str, file_type: str) -> Response:
    """Send the dossier in one format; the investor appears by code name only."""
    if file_type not in DOCUMENTS:
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
    return _sent(draft, data, file_type)


@blueprint.get("/work/<draft_id>/result.<file_type>")
@limiter.limit("60 per minute")
def data(draft_id: str, file_type: str) -> Response:
    """Send the whole result as JSON, CSV or Markdown."""
    if file_type not in DATA:
        abort(404)
    draft = draft_or_404(draft_id)
    text: str = import_module(f"matcher.render.{file_type}").render(matching().full(draft.brief), _language())
    return _sent(draft, text.encode(), file_type)


def _sent(draft: Draft, data: bytes, file_type: str) -> Response:
    """Send a file under the code name."""
    log_export(draft)
    return attachment(data, draft.code_name or "dossier", file_type)


def _language() -> Language:
    chosen = request.args.get("language")
    return "de" if chosen == "de" else "en" if chosen == "en" else current_language()
