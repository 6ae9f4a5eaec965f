"""The words for controlled vocabularies: facets, topics, functions, statuses, in both languages."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from corpus.records import EvidenceKind
from matcher.brief import Facet, Function
from matcher.mission.afterwards import Result
from matcher.mission.replan import ChangeKind
from matcher.shortlist import Status
from web.access import Role
from web.storage.audit import Action

FACET_WORDS: dict[Facet, LazyString] = {
    "talent": _("Talent"),
    "research": _("Research"),
    "cluster": _("Industry around"),
    "site": _("Site and building"),
    "access": _("Transport"),
    "utilities": _("Utilities"),
    "cost": _("Cost"),
    "labour_market": _("Labour market"),
    "quality_of_life": _("Quality of life"),
    "partners": _("Partners"),
    "distance": _("Distance"),
    "agglomeration": _("Size of the area"),
}
FUNCTION_WORDS: dict[Function, LazyString] = {
    "headquarters": _("Headquarters"),
    "rnd": _("Research and development"),
    "production": _("Production"),
    "logistics": _("Logistics"),
    "data_centre": _("Data centre"),
    "services": _("Services"),
    "spin_off": _("Spin-off"),
}
STATUS_WORDS: dict[Status, LazyString] = {
    "met": _("met"),
    "partly": _("partly met"),
    "unmet": _("not met"),
    "unknown": _("unknown"),
}
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
