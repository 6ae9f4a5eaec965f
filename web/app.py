"""The application: settings and a matcher in, a Flask application out."""

from __future__ import annotations

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response

from web import words
from web.access import public
from web.addresses import local_target
from web.blueprints import register
from web.drafts import Drafts
from web.identity import set_up_identity
from web.language import LANGUAGES, current_language, set_up_languages
from web.matching import Matcher, Matching
from web.pages.charts import bundle_url
from web.security import set_up_security
from web.settings import Settings, read_key
from web.storage.database import open_database
from web.storage.vault import Vault


def create_app(matcher: Matcher, settings: Settings) -> Flask:
    """Build the application around a loaded matcher.

    Parameters
    ----------
    matcher : Matcher
        Answers with shortlists; loaded once a process.
    settings : Settings
        Where data lives and who is let in.
    """
    app = Flask(__name__)
    app.extensions["matching"] = Matching(matcher)
    app.extensions["settings"] = settings
    app.extensions["vault"] = Vault(read_key(settings.data_folder, "names.key"), "real name")
    app.extensions["drafts"] = Drafts(
        settings.draft_folder,
        read_key(settings.data_folder, "drafts.key"),
        settings.session_hours,
    )
    app.extensions["database"] = open_database(settings.database_url)
    set_up_security(app, settings)
    set_up_languages(app)
    set_up_identity(app)
    register(app)
    app.add_url_rule("/language/<language>", view_func=switch_language)
    app.add_url_rule("/healthz", view_func=healthz)
    app.jinja_env.globals.update(words=words, current_language=current_language, bundle_url=bundle_url)
    app.context_processor(lambda: {"language": current_language()})
    return app


@public
def switch_language(language: str) -> Response:
    """Remember the language and go back to the page."""
    if language in LANGUAGES:
        session["language"] = language
    return redirect(local_target(request.args.get("next", "")))


@public
def healthz() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}
