"""Saved briefs: keeping a draft, its versions and who changed what, opening, showing the name, erasing."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from matcher.brief_json import brief_from_json, brief_to_json
from matcher.errors import MatcherError
from web.blueprints import NavigationEntry
from web.changes import changes
from web.codename import conceal_brief, spelled_names
from web.drafts import Draft, draft_or_404, keep, start_draft
from web.identity import current_user, database, vault
from web.language import said
from web.storage import audit, briefs
from web.storage.models import SavedBrief

blueprint = Blueprint("saved", __name__)
NAVIGATION = NavigationEntry("saved.show_list", lazy_gettext("Saved briefs"))
Answer = str | Response | tuple[str, int]


@blueprint.get("/saved")
def show_list() -> str:
    """List the saved briefs by code name."""
    with database().session() as transaction:
        return render_template("saved_list.html", briefs=briefs.list_briefs(transaction))


@blueprint.get("/work/<draft_id>/save")
def show_form(draft_id: str) -> str:
    """Ask under which code name to keep the draft."""
    draft = draft_or_404(draft_id)
    values = {"code_name": draft.code_name, "real_name": "; ".join(draft.real_names)}
    return render_template("save.html", draft=draft, values=values, errors={})


@blueprint.post("/work/<draft_id>/save")
def save(draft_id: str) -> Answer:
    """Keep the draft: as a new brief, or as the next version of the one it came from."""
    draft = draft_or_404(draft_id)
    form = request.form
    is_next = draft.saved_id is not None and form.get("as") != "new"
    errors: dict[str, str] = {}
    try:
        draft = _named(draft, form.get("code_name", ""), form.get("real_name", ""), errors)
        if not errors:
            draft = keep(_save_next(draft) if is_next else _save_new(draft))
    except MatcherError as error:
        errors["code_name"] = said(error.said)
    if errors:
        return render_template("save.html", draft=draft, values=form, errors=errors), 422
    flash(_("Saved as version %(number)s.", number=draft.saved_version))
    return redirect(url_for("saved.show", brief_id=draft.saved_id))


def _named(draft: Draft, code_name: str, real_name: str, errors: dict[str, str]) -> Draft:
    """Return the draft under its code name, every real name in it replaced."""
    code_name, names = code_name.strip(), spelled_names(real_name)
    if not code_name or len(code_name) > briefs.MAXIMUM_NAME:
        errors["code_name"] = _("Give a code name of at most 120 characters, such as “Project Heron”.")
        return draft
    try:
        brief = conceal_brief(draft.brief, code_name, names)
    except MatcherError:
        errors["code_name"] = _("The code name holds the name it should hide; choose another.")
        return draft
    return replace(draft, brief=brief, code_name=code_name, real_names=names)


def _save_new(draft: Draft) -> Draft:
    who = current_user()
    with database().session() as transaction:
        saved = briefs.save_new(
            transaction,
            _content(draft),
            code_name=draft.code_name,
            protected_name=vault().lock("; ".join(draft.real_names)) if draft.real_names else None,
            owner_id=who.account_id,
            author=who.name,
        )
        audit.record(transaction, who.name, "saved", saved.id)
    return replace(draft, saved_id=saved.id, saved_version=1)


def _save_next(draft: Draft) -> Draft:
    who = current_user()
    brief_id = draft.saved_id or 0
    with database().session() as transaction:
        version = briefs.save_version(
            transaction, brief_id, _content(draft), based_on=draft.saved_version, author=who.name
        )
        saved = _saved_or_404(briefs.find_brief(transaction, brief_id))
        saved.code_name = draft.code_name
        if draft.real_names:
            saved.protected_name = vault().lock("; ".join(draft.real_names))
        audit.record(transaction, who.name, "saved", brief_id)
    return replace(draft, saved_version=version.number)


@blueprint.get("/saved/<int:brief_id>")
def show(brief_id: int) -> str:
    """Show a saved brief: versions with what changed, and who read it."""
    return _page(brief_id, "read", "")


@blueprint.post("/saved/<int:brief_id>/reveal")
def reveal(brief_id: int) -> str:
    """Show the real name, to its owner and to administrators, and log it."""
    with database().session() as transaction:
        saved = _saved_or_404(briefs.find_brief(transaction, brief_id))
    if not _may_reveal(saved):
        abort(403)
    name = vault().unlock(saved.protected_name) if saved.protected_name else ""
    return _page(brief_id, "revealed", name)


@blueprint.post("/saved/<int:brief_id>/open")
def open_version(brief_id: int) -> Response:
    """Open a version as a draft."""
    number = request.form.get("version", type=int)
    with database().session() as transaction:
        saved = _saved_or_404(briefs.find_brief(transaction, brief_id))
        version = next((version for version in saved.versions if version.number == number), None)
        if version is None:
            abort(404)
        audit.record(transaction, current_user().name, "opened", brief_id)
    names = vault().unlock(saved.protected_name) if saved.protected_name else ""
    draft = start_draft(
        Draft(
            brief_from_json(json.loads(version.content)),
            saved.code_name,
            spelled_names(names),
            saved.id,
            saved.versions[-1].number,
        )
    )
    return redirect(url_for("needs.show", draft_id=draft.id))


@blueprint.post("/saved/<int:brief_id>/erase")
def erase(brief_id: int) -> Response:
    """Erase a brief with all versions and its real name, down to the file."""
    with database().session() as transaction:
        if not briefs.erase(transaction, brief_id):
            abort(404)
        audit.record(transaction, current_user().name, "erased", brief_id)
    database().forget_traces()
    flash(_("The brief was erased with all its versions."))
    return redirect(url_for("saved.show_list"))


def _content(draft: Draft) -> str:
    return json.dumps(brief_to_json(draft.brief), ensure_ascii=False)


def _saved_or_404(saved: SavedBrief | None) -> SavedBrief:
    if saved is None:
        abort(404)
    return saved


def _may_reveal(saved: SavedBrief) -> bool:
    who = current_user()
    return who.role == "administrator" or (who.account_id is not None and who.account_id == saved.owner_id)


def _page(brief_id: int, action: audit.Action, real_name: str) -> str:
    with database().session() as transaction:
        saved = _saved_or_404(briefs.find_brief(transaction, brief_id))
        audit.record(transaction, current_user().name, action, brief_id)
        transaction.flush()
        log = audit.of_brief(transaction, brief_id)
        states = [brief_from_json(json.loads(version.content)) for version in saved.versions]
    changed = [(), *(changes(old, new) for old, new in pairwise(states))]
    return render_template(
        "saved.html",
        saved=saved,
        history=list(zip(saved.versions, changed, strict=True))[::-1],
        brief=states[-1],
        log=log,
        may_reveal=_may_reveal(saved),
        real_name=real_name,
    )
