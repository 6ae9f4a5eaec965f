"""The same functions for programs: JSON under /api/v1, described by an OpenAPI 3.1 document.

A request proves who it is with a key (`Authorization: Bearer …`); on a machine without accounts none
is needed. Bodies must be JSON, which no form of another site can send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from corpus.records import Evidence, Location, Region
from matcher.brief import Brief
from matcher.brief_json import brief_from_json, brief_to_json
from matcher.catchment import catchment
from matcher.errors import MatcherError
from matcher.intake.limits import MAX_CHARACTERS
from matcher.render.json import as_data
from matcher.themes import ThemeStrength, theme_strengths, themes_of
from web.access import for_readers, public
from web.language import current_language
from web.matching import matching
from web.openapi import document
from web.security import csrf, limiter

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
csrf.exempt(blueprint)
MATCH_FIELDS = frozenset({"text", "id", "brief", "needs", "top", "exclude"})
BRIEF_FIELDS = frozenset({"text", "id"})


@blueprint.get("/openapi.json")
@public
def show_document() -> Response:
    """Describe the interface."""
    return jsonify(document())


@blueprint.get("/places")
@for_readers
def list_places() -> Response:
    """List the locations of the region."""
    return jsonify({"places": [_location(location) for location in matching().region.locations]})


@blueprint.get("/places/<location_id>")
@for_readers
def show_place(location_id: str) -> Response:
    """Show one location with its evidence, themes and the universities around."""
    region = matching().region
    location = region.location_by_id.get(location_id)
    if location is None:
        abort(404)
    return jsonify(
        {
            **_location(location),
            "themes": [
                {"id": one.theme.id, "strength": one.strength} for one in themes_of(region, location_id)
            ],
            "universities": [
                {
                    "id": near.institution.id,
                    "name": near.institution.name_de
                    if current_language() == "de"
                    else near.institution.name_en,
                    "distance_km": near.distance_km,
                    "students": near.institution.students,
                }
                for near in catchment(region, location_id).universities
            ],
            "evidence": [_evidence(one, region) for one in region.evidence if one.location_id == location_id],
        }
    )


@blueprint.get("/themes")
@for_readers
def list_themes() -> Response:
    """List the themes with the strength of each location."""
    region = matching().region
    strengths = theme_strengths(region)
    return jsonify(
        {
            "themes": [
                {
                    "id": theme.id,
                    "name": theme.name(current_language()),
                    "locations": [_strength(one) for one in strengths.get(theme.id, [])],
                }
                for theme in region.themes
            ]
        }
    )


@blueprint.post("/brief")
@limiter.limit("60 per minute")
def understand() -> Response:
    """Split a text into needs."""
    body = _body(BRIEF_FIELDS)
    return jsonify(brief_to_json(_understood(body)))


@blueprint.post("/match")
@limiter.limit("60 per minute")
def match() -> Response:
    """Rank the locations for a text, or for a brief whose needs were corrected."""
    body = _body(MATCH_FIELDS)
    top = body.get("top", 0)
    if isinstance(top, bool) or not isinstance(top, int) or top < 0:
        raise MatcherError(
            "top: give a whole number, 0 for all locations.",
            de="top: Geben Sie eine ganze Zahl an, 0 für alle Standorte.",
        )
    exclude = body.get("exclude")
    if exclude is not None and not isinstance(exclude, str):
        raise MatcherError(
            "exclude: give the name of a company as text.",
            de="exclude: Geben Sie den Namen eines Unternehmens als Text an.",
        )
    brief = _corrected(body) if "needs" in body else _understood(body)
    if not brief.needs:
        raise MatcherError(
            "text: nothing that a location could offer was found; say what is needed.",
            de="text: Es wurde nichts gefunden, was ein Standort bieten könnte; sagen Sie, was gebraucht wird.",
        )
    matcher = matching().matcher
    shortlist = matching().full(brief) if exclude is None else matcher.match(brief, exclude=exclude)
    data = as_data(shortlist, current_language())
    if top:
        data["matches"] = data["matches"][:top]
    return jsonify(data)


def _body(fields: frozenset[str]) -> Mapping[str, Any]:
    if not request.is_json:
        abort(415)
    body = request.get_json()
    if not isinstance(body, dict):
        raise MatcherError(
            "The body must be a JSON object.", de="Der Inhalt der Anfrage muss ein JSON-Objekt sein."
        )
    for name in sorted(set(body) - fields):
        raise MatcherError(
            f"{name[:40]}: this field is not known; use {', '.join(sorted(fields))}.",
            de=f"{name[:40]}: Dieses Feld ist nicht bekannt; möglich sind {', '.join(sorted(fields))}.",
        )
    return body


def _understood(body: Mapping[str, Any]) -> Brief:
    text, brief_id = body.get("text"), body.get("id", "brief")
    if not isinstance(text, str) or not text.strip():
        raise MatcherError("text: give the text of the brief.", de="text: Geben Sie den Text der Anfrage an.")
    if len(text) > MAX_CHARACTERS:
        raise MatcherError(
            f"text: it is longer than {MAX_CHARACTERS} characters; send only the brief itself.",
            de=f"text: Er ist länger als {MAX_CHARACTERS} Zeichen; senden Sie nur die Anfrage selbst.",
        )
    if not isinstance(brief_id, str) or not brief_id or len(brief_id) > 200:
        raise MatcherError(
            "id: give a text of 1 to 200 characters.", de="id: Geben Sie einen Text von 1 bis 200 Zeichen an."
        )
    return matching().matcher.understand(text, brief_id=brief_id)


def _corrected(body: Mapping[str, Any]) -> Brief:
    if "text" in body:
        raise MatcherError(
            "Give either a text, or a brief with its needs.",
            de="Geben Sie entweder einen Text an oder eine Anfrage mit ihren Anforderungen.",
        )
    return brief_from_json({"brief": body.get("brief", {}), "needs": body["needs"]})


def _location(location: Location) -> dict[str, Any]:
    return {
        "id": location.id,
        "name": location.name,
        "district": location.district,
        "latitude": location.latitude,
        "longitude": location.longitude,
        "population": location.population,
        "population_year": location.population_year,
        "area_km2": location.area_km2,
    }


def _evidence(evidence: Evidence, region: Region) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "kind": evidence.kind,
        "text": evidence.text(current_language()),
        "sources": [region.source_by_id[id_].title for id_ in evidence.source_ids],
        "as_of": evidence.as_of,
        "confidence": evidence.confidence,
    }


def _strength(strength: ThemeStrength) -> dict[str, Any]:
    return {"id": strength.location.id, "name": strength.location.name, "strength": strength.strength}
