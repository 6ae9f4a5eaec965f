"""The lead score of the companies among the targets: the same that `matcher score` gives their row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matcher.leads.countries import country_code
from matcher.leads.lead import MAX_CHARACTERS, Lead, clean, domain_of, employees
from matcher.leads.scoring import Settings, scorer_for
from matcher.mission.records import Target
from models.lead_features import LeadFacts


def lead_tenths(targets: Sequence[Target], region_folder: Path | None = None) -> Mapping[str, int]:
    """Score the companies that have a description, in tenths of a point by target id.

    Institutions are no leads: they are ranked by their fit with the delegation alone.
    """
    companies = [target for target in targets if target.kind == "company" and target.description]
    leads = [_lead(number, target) for number, target in enumerate(companies, start=1)]
    scores = scorer_for(Settings.choose(region_folder)).score(leads, "en")
    return {
        target.id: score.score_tenths
        for target, score in zip(companies, scores, strict=True)
        if score is not None
    }


def _lead(number: int, target: Target) -> Lead:
    facts = LeadFacts(
        description=clean(target.description)[:MAX_CHARACTERS],
        sector=clean(target.sector),
        industry=clean(target.industry),
        country=country_code(clean(target.country)),
        employees=employees(clean(target.employees)),
    )
    return Lead(number, target.id, target.name, target.city, domain_of(target.website), facts, ())
