"""Profiles: the list of locations and everything known about one, with sources and the age of facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from flask import Blueprint, Response, abort, render_template
from flask_babel import lazy_gettext

from corpus.records import Evidence, EvidenceKind, Location, Region
from matcher.catchment import Catchment, catchment
from matcher.catchment_chart import catchment_chart, field_name
from matcher.themes import themes_of
from web.access import for_readers
from web.blueprints import NavigationEntry
from web.language import current_language
from web.matching import matching
from web.pages.charts import FONT, drawing
from web.rows import by_name

blueprint = Blueprint("profiles", __name__)
NAVIGATION = NavigationEntry("profiles.show_list", lazy_gettext("Locations"), is_for_readers=True)
KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one kind, newest first; those without a date last."""

    kind: EvidenceKind
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """How old the statements about a location are, counted."""

    recent: int
    older: int
    undated: int
    unconfirmed: int


@blueprint.get("/locations")
@for_readers
def show_list() -> str:
    """List all locations by name."""
    locations = by_name(matching().region.locations)
    return render_template("profiles.html", locations=locations)


@blueprint.get("/locations/<location_id>")
@for_readers
def show(location_id: str) -> str:
    """Show everything known about a location."""
    region = matching().region
    location = _location_or_404(region, location_id)
    evidence = [one for one in region.evidence if one.location_id == location_id]
    near: Catchment = catchment(region, location_id)
    return render_template(
        "profile.html",
        location=location,
        region=region,
        groups=groups(evidence),
        ages=ages(evidence, datetime.now(UTC).year),
        catchment=near,
        field_name=lambda name: field_name(name, current_language()),
        themes=themes_of(region, location_id),
    )


@blueprint.get("/locations/<location_id>/talent.json")
@for_readers
def talent_chart(location_id: str) -> Response:
    """Send the chart of degree programmes in the catchment."""
    region = matching().region
    _location_or_404(region, location_id)
    return drawing(catchment_chart(catchment(region, location_id), current_language(), font=FONT))


def groups(evidence: Iterable[Evidence]) -> tuple[Group, ...]:
    """Group statements by kind, in the fixed order of kinds."""
    by_kind: dict[EvidenceKind, list[Evidence]] = {}
    for one in evidence:
        by_kind.setdefault(one.kind, []).append(one)
    for found in by_kind.values():
        found.sort(key=lambda one: one.id)
        found.sort(key=lambda one: one.as_of[:4], reverse=True)
    return tuple(Group(kind, tuple(by_kind[kind])) for kind in KINDS if kind in by_kind)


def ages(evidence: Iterable[Evidence], this_year: int) -> Ages:
    """Count statements of the last five years, older ones, undated ones, and those not confirmed."""
    found = list(evidence)
    years = [int(one.as_of[:4]) if one.as_of[:4].isdigit() else None for one in found]
    return Ages(
        recent=sum(year is not None and this_year - year <= 5 for year in years),
        older=sum(year is not None and this_year - year > 5 for year in years),
        undated=years.count(None),
        unconfirmed=sum(not one.is_confirmed for one in found),
    )


def _location_or_404(region: Region, location_id: str) -> Location:
    location = region.location_by_id.get(location_id)
    if location is None:
        abort(404)
    return location
