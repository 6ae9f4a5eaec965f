"""An investor's questionnaire, answered for one location or a joint bid; nothing of it is kept.

It is reached from the menu and from a location's profile, and from a result, whose order and joint bids
it then offers. Its file is opened in a process of its own only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.joint import MAX_MEMBERS
from matcher.rfi.answering import replies
from web.attachments import attachment, log_export
from web.blueprints import NavigationEntry
from web.drafts import Draft, draft_or_404
from web.identity import installation
from web.language import LANGUAGES, said
from web.matching import matching
from web.parsing import fill_questionnaire, read_questionnaire
from web.rows import by_name
from web.security import limiter

blueprint = Blueprint("questionnaires", __name__)
NAVIGATION = NavigationEntry("questionnaires.show", lazy_gettext("Questionnaire"))


@blueprint.get("/questionnaire", defaults={"draft_id": None})
@blueprint.get("/work/<draft_id>/questionnaire")
def show(draft_id: str | None) -> str:
    """Ask for a questionnaire and for whom to answer it; the address may name locations."""
    chosen = [one for one in request.args.getlist("answer_for") if one in matching().region.location_by_id]
    return _page(draft_or_404(draft_id) if draft_id else None, chosen, "", {})


@blueprint.post("/questionnaire", defaults={"draft_id": None})
@blueprint.post("/work/<draft_id>/questionnaire")
@limiter.limit("10 per minute")
def answer(draft_id: str | None) -> Response | tuple[str, int]:
    """Send the questionnaire back with its answers filled in, form and formatting kept."""
    draft = draft_or_404(draft_id) if draft_id else None
    chosen = request.form.getlist("answer_for")
    location_ids = tuple(dict.fromkeys(" ".join(chosen).split()))
    language = request.form.get("language", "")
    errors: dict[str, str] = {}
    if not location_ids or not all(one in matching().region.location_by_id for one in location_ids):
        errors["answer_for"] = _("Choose the location or the joint bid to answer for.")
    elif len(location_ids) > MAX_MEMBERS:
        errors["answer_for"] = _("Choose at most %(count)s locations together.", count=MAX_MEMBERS)
    if language and language not in LANGUAGES:
        errors["language"] = _("Choose the language of the answers.")
    file = request.files.get("file")
    if file is None or not file.filename:
        errors["file"] = _("Choose the investor's questionnaire, an Excel or Word file.")
    elif errors:
        errors["file"] = _("Choose the file once more: a browser does not keep it.")
    else:
        spoken: Language | None = "de" if language == "de" else "en" if language == "en" else None
        try:
            filled = _answered(file.read(), file.filename, location_ids, spoken)
        except MatcherError as error:
            errors["file"] = said(error.said)
        else:
            return _download(filled, PurePath(file.filename), draft)
    return _page(draft, chosen, language, errors), 422


def _answered(data: bytes, name: str, location_ids: Sequence[str], language: Language | None) -> bytes:
    seconds = installation().parsing_seconds
    asked = read_questionnaire(name, data, seconds)
    spoken = language or asked.language
    found = replies(asked, matching().region, matching().matcher.encoder, location_ids, spoken)
    return fill_questionnaire(name, data, found, spoken, seconds)


def _download(filled: bytes, sent: PurePath, draft: Draft | None) -> Response:
    """Name the file after the code name, or after the file that was sent."""
    if draft is not None:
        log_export(draft)
    if draft is not None and draft.code_name:
        name = _("%(name)s-questionnaire", name=draft.code_name)
    else:
        name = _("%(name)s-answered", name=sent.stem)
    return attachment(filled, name, sent.suffix.lower().lstrip("."))


def _page(draft: Draft | None, chosen: Sequence[str], language: str, errors: Mapping[str, str]) -> str:
    region = matching().region
    return render_template(
        "questionnaire.html",
        draft=draft,
        shortlist=matching().full(draft.brief) if draft else None,
        locations=by_name(region.locations),
        chosen=[*chosen, *[""] * MAX_MEMBERS][:MAX_MEMBERS],
        answer_language=language,
        errors=errors,
    )
