"""Pages for what goes wrong: designed, in both languages, without a trace of the inside."""

from __future__ import annotations

import json
import logging
import traceback

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from corpus.errors import CorpusError
from matcher.errors import MatcherError
from models.errors import ModelError
from web.identity import KeyRefused
from web.language import said

blueprint = Blueprint("errors", __name__)
Answer = tuple[str, int, dict[str, str]]
LOGGER = logging.getLogger(__name__)


def explanation(code: int) -> tuple[str, str]:
    """Return heading and advice for a status code."""
    known = {
        400: (_("That request could not be read"), _("Go back, reload the page and try again.")),
        401: (_("Please sign in"), _("This page is for people with an account.")),
        403: (_("This page is not open to you"), _("Ask an administrator if you need it.")),
        404: (
            _("Nothing here"),
            _("The page does not exist, or the draft has expired. Saved briefs are still there."),
        ),
        405: (_("That does not work here"), _("Go back and use the buttons of the page.")),
        413: (_("The file is too large"), _("Send the brief alone, without attachments, up to 10 MB.")),
        415: (
            _("This kind of content is not read here"),
            _("Send JSON with the content type application/json."),
        ),
        422: (_("Something in the input does not fit"), _("Go back and correct it.")),
        429: (_("Too many requests"), _("Wait a minute, then try again.")),
    }
    return known.get(
        code, (_("Something went wrong on our side"), _("Your draft is kept. Try again in a moment."))
    )


@blueprint.app_errorhandler(HTTPException)
def show_http_error(error: HTTPException) -> Answer:
    """Show the page for a status code."""
    code = error.code or 500
    text, status, headers = answer(code, *explanation(code))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(error.valid_methods)
    return text, status, headers


def answer(code: int, heading: str, advice: str) -> Answer:
    """Return a page, or for a program a problem document (RFC 9457)."""
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": heading, "status": code, "detail": advice}
        return json.dumps(problem, ensure_ascii=False), code, {"Content-Type": "application/problem+json"}
    return render_template("error.html", heading=heading, advice=advice, code=code), code, {}


@blueprint.app_errorhandler(SecurityError)
def show_foreign_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Refuse a host name that is not this machine's: no page can be addressed under it."""
    return (
        "Dieser Server wird unter einem Rechnernamen angesprochen, der nicht seiner ist.\n"
        "This server is asked for under a host name that is not its own.\n",
        400,
        {"Content-Type": "text/plain"},
    )


@blueprint.app_errorhandler(CSRFError)
def show_forgery(_error: CSRFError) -> Answer:
    """Say that the form has expired."""
    return answer(
        400,
        _("The form has expired"),
        _("Go back, reload the page and send it again. Nothing was changed."),
    )


@blueprint.app_errorhandler(MatcherError)
def show_known_error(error: MatcherError) -> Answer:
    """Show the sentence of a known error."""
    return answer(422, _("That did not work"), said(error.said))


@blueprint.app_errorhandler(KeyRefused)
def show_refused_key(error: KeyRefused) -> Answer:
    """Say why a program's key opens nothing."""
    text, status, headers = answer(401, _("The key was refused"), said(error.reason.said))
    return text, status, {**headers, "WWW-Authenticate": "Bearer"}


@blueprint.app_errorhandler(CorpusError)
@blueprint.app_errorhandler(ModelError)
def show_damaged_installation(error: Exception) -> Answer:
    """Log which file of the installation cannot be used, and ask for the one who can mend it."""
    LOGGER.error("%s: %s", type(error).__name__, error)
    return answer(
        500,
        _("Something went wrong on our side"),
        _("A file of this installation cannot be used; tell its administrator. The log says which."),
    )


@blueprint.app_errorhandler(Exception)
def show_unknown_error(error: Exception) -> Answer:
    """Log where an unknown error arose, without its words, which may be a brief's, and show the page."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-5:]))
    LOGGER.error("unexpected %s in %s", type(error).__name__, places)
    return answer(500, *explanation(500))
