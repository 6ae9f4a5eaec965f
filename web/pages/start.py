"""The first page: paste a brief, drop a file, or start from a template for a function."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from matcher.brief import FUNCTIONS, Function
from matcher.errors import MatcherError
from matcher.intake.limits import MAX_CHARACTERS
from web.blueprints import NavigationEntry
from web.codename import conceal, spelled_names
from web.drafts import Draft, start_draft
from web.identity import installation
from web.language import said
from web.matching import matching
from web.parsing import read_upload
from web.security import limiter
from web.templates_by_function import TEMPLATES

blueprint = Blueprint("start", __name__)
NAVIGATION = NavigationEntry("start.show", lazy_gettext("New brief"))


@blueprint.get("/")
def show() -> str:
    """Show the form, empty or with the template of a function."""
    function = _function(request.args.get("template", ""))
    text = TEMPLATES[function] if function else ""
    return render_template("start.html", values={"text": text}, errors={}, template=function)


@blueprint.post("/")
@limiter.limit("30 per minute")
def understand() -> str | Response | tuple[str, int]:
    """Split the brief into needs and show what was understood."""
    form = request.form
    errors: dict[str, str] = {}
    text = _text(form.get("text", ""), request.files.get("file"), errors)
    code_name, names = form.get("code_name", "").strip(), spelled_names(form.get("real_name", ""))
    if names and not code_name:
        errors["code_name"] = _("Give a code name, which then stands for the real name everywhere.")
    if len(code_name) > 120:
        errors["code_name"] = _("The code name is longer than 120 characters.")
    if not errors:
        try:
            text = conceal(text, code_name, names)
        except MatcherError:
            errors["code_name"] = _("The code name holds the name it should hide; choose another.")
    if errors:
        return render_template("start.html", values=form, errors=errors, template=None), 422
    try:
        draft = start_draft(Draft(matching().matcher.understand(text), code_name, names))
    except MatcherError:
        sentence = _(
            "Nothing that a location could offer was found in the text; say what the investor needs."
        )
        return render_template("start.html", values=form, errors={"text": sentence}, template=None), 422
    return redirect(url_for("needs.show", draft_id=draft.id))


def _text(pasted: str, file: FileStorage | None, errors: dict[str, str]) -> str:
    """Return the pasted text, or the text of the file, which then is preferred."""
    if file is not None and file.filename:
        try:
            text = read_upload(file.filename, file.read(), installation().parsing_seconds)
        except MatcherError as error:
            errors["file"] = said(error.said)
            return ""
        name = "file"
    else:
        text, name = pasted.strip(), "text"
    if not text.strip():
        errors[name] = _("Paste the text of a brief, or choose a file.")
    elif len(text) > MAX_CHARACTERS:
        errors[name] = _("The text is longer than fifty pages; paste only the brief itself.")
    return text


def _function(name: str) -> Function | None:
    return next((function for function in FUNCTIONS if function == name), None)
