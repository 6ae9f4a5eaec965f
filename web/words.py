"""The words for controlled vocabularies in the request's language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from corpus.records import EvidenceKind
from matcher.brief import FACETS, FUNCTIONS, Facet, Function
from matcher.mission.afterwards import Result
from matcher.mission.replan import ChangeKind
from matcher.shortlist import Status
from matcher.words import FACET_NAMES, FUNCTION_NAMES, STATUS_NAMES, TOPIC_NAMES, in_language, unit_text
from web.access import Role
from web.identity import LOCAL_NAME
from web.language import current_language
from web.storage.audit import Action

KIND_WORDS: dict[EvidenceKind, LazyString] = {
    "industry": _("Industry"),
    "company": _("Company"),
    "research_institute": _("Research institute"),
    "university": _("University"),
    "programme": _("Degree programme"),
    "talent_supply": _("Graduates"),
    "site": _("Site"),
    "infrastructure": _("Infrastructure"),
    "indicator": _("Figure"),
}
ROLE_WORDS: dict[Role, LazyString] = {
    "administrator": _("Administrator"),
    "developer": _("Business developer"),
    "reader": _("Municipal reader"),
}
ACTION_WORDS: dict[Action, LazyString] = {
    "saved": _("saved"),
    "read": _("read"),
    "opened": _("opened as a draft"),
    "exported": _("exported"),
    "revealed": _("real name shown"),
    "erased": _("deleted"),
    "signed_in": _("signed in"),
    "sign_in_refused": _("sign-in refused"),
    "account_changed": _("account changed"),
}
MISSION_RESULT_WORDS: dict[Result, LazyString] = {
    "none": _("nothing"),
    "contact": _("a contact"),
    "project": _("a joint project"),
    "location": _("a location is being looked at"),
}
MISSION_CHANGE_WORDS: dict[ChangeKind, LazyString] = {
    "cancelled": _("cancelled"),
    "rebooked": _("booked for another time"),
    "dropped": _("dropped"),
    "moved": _("moved"),
    "added": _("new"),
}


def facet(name: Facet) -> str:
    """Return the name of a facet."""
    return in_language(FACET_NAMES[name], current_language())


def topic(name: str) -> str:
    """Return the name of a topic."""
    return in_language(TOPIC_NAMES[name], current_language())


def function(name: Function) -> str:
    """Return the name of a function."""
    return in_language(FUNCTION_NAMES[name], current_language())


def status(name: Status) -> str:
    """Return the name of a status."""
    return in_language(STATUS_NAMES[name], current_language())


def unit(name: str) -> str:
    """Return a unit as people say it."""
    return unit_text(name, current_language())


def who(name: str) -> str:
    """Return the name of the one who did something, the only user of a machine without accounts in words."""
    return str(_("this computer")) if name == LOCAL_NAME else name


def facets() -> list[tuple[Facet, str]]:
    """Return the facets with their names, in their fixed order."""
    return [(name, facet(name)) for name in FACETS]


def functions() -> list[tuple[Function, str]]:
    """Return the functions with their names, in their fixed order."""
    return [(name, function(name)) for name in FUNCTIONS]
