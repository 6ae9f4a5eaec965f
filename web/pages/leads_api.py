"""Leads for programs: up to a hundred companies in, scores with contributions, locations and reasons out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from matcher.errors import MatcherError
from matcher.leads.columns import FIELDS, ColumnMap
from matcher.leads.delimited import Row
from matcher.leads.lead import Lead, lead_of
from matcher.leads.locations import by_need
from matcher.leads.scored import LeadScore
from matcher.leads.scoring import Settings, scorer_for
from web.identity import installation
from web.language import current_language, said
from web.openapi import MAXIMUM_LEADS
from web.security import csrf, limiter

blueprint = Blueprint("leads_api", __name__, url_prefix="/api/v1/leads")
csrf.exempt(blueprint)
_POSITIONS = ColumnMap(**{name: at for at, name in enumerate(FIELDS)})


@blueprint.post("/score")
@limiter.limit("60 per minute")
def score() -> Response:
    """Score the companies of the body: `{"leads": [{"name", "description", …}]}`."""
    body: Any = request.get_json()
    leads = body.get("leads") if isinstance(body, dict) else None
    if not isinstance(leads, list) or not all(isinstance(lead, dict) for lead in leads):
        raise MatcherError(
            'leads: give a list of objects such as {"name": "…", "description": "…"}.',
            de='leads: Geben Sie eine Liste von Objekten an, etwa {"name": "…", "description": "…"}.',
        )
    if not 1 <= len(leads) <= MAXIMUM_LEADS:
        raise MatcherError(
            f"leads: give 1 to {MAXIMUM_LEADS}; larger files belong on the page for leads.",
            de=f"leads: Geben Sie 1 bis {MAXIMUM_LEADS} an; größere Dateien gehören auf die Seite für Leads.",
        )
    read = [_lead(number, lead) for number, lead in enumerate(leads, start=1)]
    scorer = scorer_for(Settings.choose(installation().region_folder))
    scores = scorer.score(read, current_language())
    return jsonify(
        {
            "leads": [_answer(lead, found) for lead, found in zip(read, scores, strict=True)],
            "versions": {"corpus": scorer.versions.corpus, "model": scorer.versions.model},
        }
    )


def _lead(number: int, data: dict[str, Any]) -> Lead:
    unknown = sorted(set(data) - set(FIELDS))
    if unknown:
        raise MatcherError(
            f"leads, {number}: {unknown[0]!r} is not a field; the fields are {', '.join(FIELDS)}. "
            "Contact persons have none.",
            de=f"leads, {number}: „{unknown[0]}“ ist kein Feld; die Felder sind {', '.join(FIELDS)}. "
            "Für Ansprechpersonen gibt es keines.",
        )
    cells = tuple(data.get(name) for name in FIELDS)
    if any(isinstance(cell, (dict, list)) for cell in cells):
        raise MatcherError(
            f"leads, {number}: give each field as text or a number.",
            de=f"leads, {number}: Geben Sie jedes Feld als Text oder Zahl an.",
        )
    return lead_of(Row(number, cells, len(cells)), _POSITIONS)


def _answer(lead: Lead, score: LeadScore | None) -> dict[str, Any]:
    error = said(lead.error)
    if score is None:
        return {"id": lead.id, "name": lead.name, "error": error, "missing": list(lead.missing)}
    return {
        "id": lead.id,
        "name": lead.name,
        "lead_score": score.score_tenths / 10,
        "score_tenths": score.score_tenths,
        "contributions": [{"group": group, "tenths": tenths} for group, tenths in score.by_group.items()],
        "grade": score.grade,
        "percentile": score.percentile,
        "probability": score.probability,
        "theme": score.theme,
        "second_theme": score.second_theme,
        "theme_shares": dict(score.theme_shares),
        "function": score.function,
        "locations": [
            {
                "id": fit.location_id,
                "name": fit.name,
                "points_tenths": fit.points_tenths,
                "contributions": dict(by_need(fit.tenths)),
            }
            for fit in score.locations
        ],
        "reasons": list(score.reasons),
        "missing": list(lead.missing),
        "error": error,
    }
