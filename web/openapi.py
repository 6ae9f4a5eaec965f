"""The OpenAPI 3.1 document of the interface for programs."""

from __future__ import annotations

from typing import Any

from matcher.brief import FACETS, FUNCTIONS
from matcher.intake.limits import MAX_CHARACTERS
from matcher.leads.columns import FIELDS

VERSION = "1.0"
MAXIMUM_LEADS = 100
"""Companies that one request may hold."""


def document() -> dict[str, Any]:
    """Return the description of every address under /api/v1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Location matcher",
            "version": VERSION,
            "description": "Matches an investor's brief with the locations of a region. "
            "Points are in tenths; `Accept-Language` chooses German or English.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}, {}],
        "paths": {
            "/api/v1/places": {"get": _get("List the locations of the region", "places", "Places")},
            "/api/v1/places/{location_id}": {
                "get": _get("Show one location with its evidence", "place", "Place")
                | {
                    "parameters": [
                        {"name": "location_id", "in": "path", "required": True, "schema": {"type": "string"}}
                    ]
                }
            },
            "/api/v1/themes": {"get": _get("List the themes with their locations", "themes", "Themes")},
            "/api/v1/brief": {"post": _post("Split a text into needs", "brief", "Text", "Brief")},
            "/api/v1/match": {"post": _post("Rank the locations", "match", "Question", "Shortlist")},
            "/api/v1/leads/score": {"post": _post("Score companies", "score_leads", "Leads", "ScoredLeads")},
        },
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key made on the page of one's account; it lasts 30, 90 (the usual) or 365 days.",
                }
            },
            "schemas": _schemas(),
        },
    }


def _get(summary: str, name: str, schema: str) -> dict[str, Any]:
    return {"summary": summary, "operationId": name, "responses": _responses(schema, 401, 403, 404, 429)}


def _post(summary: str, name: str, body: str, schema: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "operationId": name,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _reference(body)}}},
        "responses": _responses(schema, 400, 401, 403, 413, 415, 422, 429),
    }


def _responses(schema: str, *problems: int) -> dict[str, Any]:
    answer = {"description": "The answer", "content": {"application/json": {"schema": _reference(schema)}}}
    problem = {
        "description": "What is wrong, in a sentence",
        "content": {"application/problem+json": {"schema": _reference("Problem")}},
    }
    return {"200": answer} | {str(code): problem for code in problems}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _schemas() -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    tenths = {"type": "integer", "minimum": 0, "maximum": 1000}
    field = {"type": ["string", "number", "null"]}
    number, whole = {"type": "number"}, {"type": "integer"}
    wording = {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS, "pattern": "\\S"}
    name = {"type": "string", "minLength": 1, "maxLength": 200}
    need = _object(
        ("text", "facet", "worth_tenths"),
        id=text,
        text=text,
        facet={"enum": list(FACETS)},
        worth_tenths=tenths,
        is_must={"type": "boolean"},
        minimum={"type": ["number", "null"]},
        maximum={"type": ["number", "null"]},
        unit={"type": ["string", "null"]},
    )
    head = _object(
        (), id=text, language={"enum": ["de", "en"]}, function={"enum": list(FUNCTIONS)}, text=text
    )
    place = {
        "id": text,
        "name": text,
        "district": text,
        "latitude": number,
        "longitude": number,
        "population": whole,
        "population_year": whole,
        "area_km2": number,
    }
    match = _object(
        ("rank", "location", "score_tenths", "contributions"),
        rank=whole,
        location=_object(("id", "name"), id=text, name=text),
        score_tenths=tenths,
        contributions=_list({"type": "object"}),
        stability={"type": ["object", "null"]},
    )
    return {
        "Problem": _object(("type", "title", "status"), type=text, title=text, status=whole, detail=text),
        "Text": _object(("text",), text=wording, id=name) | {"additionalProperties": False},
        "Question": _object((), text=wording, id=name, brief=head, needs=_list(need), top=whole, exclude=text)
        | {
            "additionalProperties": False,
            "oneOf": [{"required": ["text"]}, {"required": ["needs"]}],
            "description": "Either a text, or a brief with its needs.",
        },
        "Brief": _object(("brief", "needs"), brief=head, needs=_list(need)),
        "Shortlist": _object(
            ("brief", "needs", "matches", "set_aside", "joint_bids", "versions"),
            brief=head,
            needs=_list(need),
            matches=_list(match),
            set_aside=_list({"type": "object"}),
            joint_bids=_list({"type": "object"}),
            versions=_object(("corpus", "encoder", "ranker"), corpus=text, encoder=text, ranker=text),
        ),
        "Leads": _object(
            ("leads",),
            leads={
                "type": "array",
                "minItems": 1,
                "maxItems": MAXIMUM_LEADS,
                "items": _object((), **dict.fromkeys(FIELDS, field)) | {"additionalProperties": False},
            },
        ),
        "ScoredLeads": _object(
            ("leads", "versions"),
            leads=_list({"type": "object"}),
            versions=_object(("corpus", "model"), corpus=text, model=text),
        ),
        "Places": _object(("places",), places=_list(_object(tuple(place), **place))),
        "Place": _object(
            (*place, "themes", "universities", "evidence"),
            **place,
            themes=_list({"type": "object"}),
            universities=_list({"type": "object"}),
            evidence=_list({"type": "object"}),
        ),
        "Themes": _object(
            ("themes",),
            themes=_list(
                _object(("id", "name", "locations"), id=text, name=text, locations=_list({"type": "object"}))
            ),
        ),
    }
