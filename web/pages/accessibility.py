"""The accessibility statement: the standard, how far it is met and how that was tested, what is known to be missing, and whom to tell."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask_babel import format_date

from corpus.records import Language
from web.access import public
from web.identity import installation
from web.language import current_language

blueprint = Blueprint("accessibility", __name__)
REVIEWED = date(2026, 11, 24)
"""When the statement was last gone through beside the tests in `tests/web/browser`: set it anew with them."""

DATE_FORMATS: dict[Language, str] = {"de": "d. MMMM y", "en": "d MMMM y"}


@blueprint.get("/accessibility")
@public
def show() -> str:
    """Show the statement, with the contact this installation has set."""
    contact = installation().contact
    return render_template(
        "accessibility.html",
        contact=contact,
        contact_address=contact_address(contact),
        reviewed=format_date(REVIEWED, DATE_FORMATS[current_language()]),
    )


def contact_address(contact: str) -> str:
    """Return what a contact links to: a page, a mailbox, or nothing when it is neither."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
