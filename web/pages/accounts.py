"""Signing in and out, one's own account, and the administrator's page of accounts and log."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from matcher.errors import MatcherError
from web.access import ROLES, Role, for_administrators, for_readers, public
from web.addresses import local_target
from web.identity import begin_session, current_user, database, identity
from web.language import said
from web.security import limiter
from web.storage import accounts, audit
from web.storage.models import Account

blueprint = Blueprint("accounts", __name__)
Answer = str | Response | tuple[str, int]


@blueprint.get("/sign-in")
@public
def show_sign_in() -> str | Response:
    """Show the form; whoever is known already goes on."""
    if identity():
        return redirect(local_target(request.args.get("next", "")))
    return render_template("sign_in.html", values={}, errors={})


@blueprint.post("/sign-in")
@public
@limiter.limit("10 per minute")
def sign_in() -> Answer:
    """Check name and password; say only that they do not fit together."""
    name = request.form.get("name", "")
    with database().session() as transaction:
        account = accounts.sign_in(transaction, name, request.form.get("password", ""))
        audit.record(transaction, name[:120], "signed_in" if account else "sign_in_refused")
    if account is None:
        sentence = _(
            "Name and password do not fit, or the account is locked for 15 minutes after five tries."
        )
        return render_template("sign_in.html", values={"name": name}, errors={"password": sentence}), 422
    begin_session(account)
    return redirect(local_target(request.form.get("next", "")))


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End this and every other session of the account."""
    who = identity()
    if who and who.account_id is not None:
        with database().session() as transaction:
            account = transaction.get(Account, who.account_id)
            if account:
                account.session_version += 1
    session.clear()
    return redirect(url_for("accounts.show_sign_in"))


@blueprint.get("/account")
@for_readers
def show_account() -> str:
    """Show one's own account: password and keys for programs."""
    return _account_page({})


@blueprint.post("/account/password")
@for_readers
def change_password() -> Answer:
    """Change one's own password after giving the old one."""
    with database().session() as transaction:
        account = _own_account(transaction)
        if not accounts.verify(account.password_hash, request.form.get("old", "")):
            return _account_page({"old": _("This is not your present password.")}), 422
        try:
            accounts.change_password(account, request.form.get("new", ""))
        except MatcherError:
            return _account_page({"new": _("The new password needs at least 12 characters.")}), 422
        audit.record(transaction, account.name, "account_changed")
    begin_session(account)
    flash(_("The password was changed; other sessions have ended."))
    return redirect(url_for("accounts.show_account"))


@blueprint.post("/account/tokens")
@for_readers
def create_token() -> Answer:
    """Make a key for programs and show it once."""
    days = request.form.get("days", accounts.USUAL_TOKEN_DAYS, type=int)
    try:
        with database().session() as transaction:
            account = _own_account(transaction)
            token = accounts.create_token(transaction, account, request.form.get("label", ""), days)
    except MatcherError as error:
        return _account_page({"days": said(error.said)}), 422
    return _account_page({}, token=token)


@blueprint.post("/account/tokens/<int:token_id>/delete")
@for_readers
def delete_token(token_id: int) -> Response:
    """Withdraw a key."""
    with database().session() as transaction:
        accounts.delete_token(transaction, _own_account(transaction).id, token_id)
    return redirect(url_for("accounts.show_account"))


@blueprint.get("/accounts")
@for_administrators
def show_accounts() -> str:
    """Show all accounts, the form for another, and the log."""
    return _accounts_page({}, {})


@blueprint.post("/accounts")
@for_administrators
def create_account() -> Answer:
    """Make an account; the first one must be an administrator's, or nobody could make the next."""
    form = request.form
    name, role = form.get("name", ""), _role(form.get("role", ""))
    errors: dict[str, str] = {}
    with database().session() as transaction:
        if not accounts.has_accounts(transaction) and role != "administrator":
            errors["role"] = _("The first account must be an administrator.")
        if len(form.get("password", "")) < accounts.MINIMUM_PASSWORD_LENGTH:
            errors["password"] = _("The password needs at least 12 characters.")
        if not errors:
            try:
                accounts.create_account(transaction, name, form["password"], role)
                audit.record(transaction, current_user().name, "account_changed")
            except MatcherError:
                errors["name"] = _("The name is empty, too long or taken; choose another.")
    if errors:
        return _accounts_page(form, errors), 422
    flash(_("The account was made."))
    return redirect(url_for("accounts.show_accounts"))


@blueprint.post("/accounts/<int:account_id>")
@for_administrators
def change_account(account_id: int) -> Response:
    """Change role or activity of another account; both end its sessions."""
    with database().session() as transaction:
        account = transaction.get(Account, account_id)
        if account is None or account.id == current_user().account_id:
            abort(404)
        account.role = _role(request.form.get("role", ""))
        account.is_active = "active" in request.form
        account.session_version += 1
        audit.record(transaction, current_user().name, "account_changed")
    flash(_("The account was changed."))
    return redirect(url_for("accounts.show_accounts"))


def _role(name: str) -> Role:
    found = next((role for role in ROLES if role == name), None)
    if found is None:
        abort(400)
    return found


def _own_account(transaction: Session) -> Account:
    account = transaction.get(Account, current_user().account_id or 0)
    if account is None:
        abort(404)
    return account


def _account_page(errors: dict[str, str], token: str = "") -> str:
    who = current_user()
    with database().session() as transaction:
        tokens = accounts.list_tokens(transaction, who.account_id) if who.account_id else ()
    return render_template(
        "account.html",
        errors=errors,
        tokens=tokens,
        token=token,
        lifetimes=accounts.TOKEN_DAYS,
        usual_lifetime=accounts.USUAL_TOKEN_DAYS,
        values=request.form if errors else {},
    )


def _accounts_page(values: object, errors: dict[str, str]) -> str:
    with database().session() as transaction:
        return render_template(
            "accounts.html",
            accounts=accounts.list_accounts(transaction),
            log=audit.latest(transaction),
            values=values,
            errors=errors,
            roles=ROLES,
        )
