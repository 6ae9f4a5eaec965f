"""Pages for what goes wrong: designed, in both languages, without a trace of the inside."""

from __future__ import annotations

import logging
import traceback

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from corpus.errors import CorpusError
from matcher.errors import MatcherError
from models.errors import ModelError

blueprint = Blueprint("errors", __name__)
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
        422: (_("Something in the input does not fit"), _("Go back and correct it.")),
        429: (_("Too many requests"), _("Wait a minute, then try again.")),
    }
    return known.get(
        code, (_("Something went wrong on our side"), _("Your draft is kept. Try again in a moment."))
    )


@blueprint.app_errorhandler(HTTPException)
def show_http_error(error: HTTPException) -> tuple[str, int]:
    """Show the page for a status code."""
    code = error.code or 500
    heading, advice = explanation(code)
    return render_template("error.html", heading=heading, advice=advice, code=code), code


@blueprint.app_errorhandler(SecurityError)
def show_foreign_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Refuse a host name that is not this machine's: no page can be addressed under it."""
    return (
        "This server is asked for under a host name that is not its own.\n",
        400,
        {"Content-Type": "text/plain"},
    )


@blueprint.app_errorhandler(CSRFError)
def show_forgery(error: CSRFError) -> tuple[str, int]:
    """Say that the form has expired."""
    return (
        render_template(
            "error.html",
            heading=_("The form has expired"),
            advice=_("Go back, reload the page and send it again. Nothing was changed."),
            code=400,
        ),
        400,
    )


@blueprint.app_errorhandler(CorpusError)
@blueprint.app_errorhandler(ModelError)
@blueprint.app_errorhandler(MatcherError)
def show_known_error(error: Exception) -> tuple[str, int]:
    """Show the sentence of a known error."""
    heading = _("That did not work")
    return render_template("error.html", heading=heading, advice=str(error), code=422), 422


@blueprint.app_errorhandler(Exception)
def show_unknown_error(error: Exception) -> tuple[str, int]:
    """Log where an unknown error arose, without its words, which may be a brief's, and show the page."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-5:]))
    LOGGER.error("unexpected %s in %s", type(error).__name__, places)
    heading, advice = explanation(500)
    return render_template("error.html", heading=heading, advice=advice, code=500), 500
