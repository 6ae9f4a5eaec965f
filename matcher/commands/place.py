"""`matcher place`: the profile of one location, and the companies of a file that fit it best."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from corpus.pack import RUHR, load_region
from corpus.records import Language, Region
from matcher.commands.options import region_option
from matcher.leads.reverse import LocationLead, fit_by_location, leads_of_file
from matcher.leads.scoring import Settings, scorer_for
from matcher.location_profile import LocationProfile, find_location, profile_of
from matcher.words import FIELD_NAMES, KIND_NAMES, in_language, number_text, tenths_text


@click.command("place", help="Show the profile of one location, and the companies that fit it.")
@click.argument("name", metavar="NAME|ID")
@click.option(
    "--leads", type=click.Path(path_type=Path), help="A file of companies, as `matcher score` reads it."
)
@click.option("--columns", metavar="MAP", help="Column mapping of --leads, as for `matcher score`.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1), help="Companies to show.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--lang", "language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--encoder", default="fast", show_default=True, help="Encoder for --leads.")
@region_option
def command(
    name: str,
    leads: Path | None,
    columns: str | None,
    top: int,
    format_: str,
    language: Language,
    encoder: str,
    region_folder: Path | None,
) -> None:
    """Print the profile, then the best-fitting companies when a file is given."""
    region = load_region(region_folder or RUHR)
    location = find_location(region, name)
    profile = profile_of(region, location)
    found: list[LocationLead] = []
    if leads is not None:
        scorer = scorer_for(Settings.choose(region_folder, encoder))
        found = fit_by_location(scorer, leads_of_file(leads, columns), location.id, language, top=top)
    if format_ == "json":
        click.echo(json.dumps(_data(profile, found, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(profile, found, region, language)))


def _data(profile: LocationProfile, leads: list[LocationLead], language: Language) -> dict[str, Any]:
    return {
        "location": {"id": profile.location.id, "name": profile.location.name},
        "themes": {row.theme.id: row.strength for row in profile.themes},
        "talent": {
            row.field: {
                "strength": row.strength,
                "institutions": [institution.id for institution in row.institutions],
            }
            for row in profile.talent
        },
        "indicators": [
            {
                "name": x.name,
                "value": x.value,
                "unit": x.unit,
                "year": x.year,
                "level": x.level,
                "source": x.source_id,
            }
            for x in profile.indicators
        ],
        "sites": [
            {"id": x.id, "name": x.name, "kind": x.kind, "area_ha": x.area_ha, "availability": x.availability}
            for x in profile.sites
        ],
        "access": [evidence.text(language) for evidence in profile.infrastructure],
        "counts": profile.counts,
        "gaps": list(profile.gaps),
        "by_year": profile.by_year,
        "unconfirmed_share": profile.unconfirmed_share,
        "leads": [
            {"name": x.lead.name, "fit_tenths": x.fit_tenths, "lead_score_tenths": x.score.score_tenths}
            for x in leads
        ],
    }


def _lines(
    profile: LocationProfile, leads: list[LocationLead], region: Region, language: Language
) -> Iterator[str]:
    location = profile.location
    people = number_text(location.population, language)
    yield f"{location.name} ({location.id}), {people} " + in_language(("Einwohner", "inhabitants"), language)
    yield in_language(("Stärke je Thema:", "Strength by theme:"), language)
    for row in profile.themes:
        yield f"  {row.strength:.2f}  {row.theme.name(language)}"
    yield in_language(
        (
            "Absolventen im Einzugsgebiet (Fach, Stärke, Hochschulen):",
            "Graduates in the catchment (field, strength, universities):",
        ),
        language,
    )
    for supply in profile.talent[:12]:
        names = ", ".join(
            in_language((institution.name_de, institution.name_en), language)
            for institution in supply.institutions[:3]
        )
        yield f"  {supply.strength:.2f}  {in_language(FIELD_NAMES[supply.field], language)}: {names}"
    yield in_language(("Flächen:", "Sites:"), language)
    for site in profile.sites:
        yield f"  - {region.evidence_by_id[site.id].text(language)}"
    yield in_language(("Anbindung und Netze:", "Access and networks:"), language)
    for evidence in profile.infrastructure:
        yield f"  - {evidence.text(language)}"
    yield in_language(("Kennzahlen:", "Figures:"), language)
    for indicator in profile.indicators:
        yield f"  - {region.evidence_by_id[indicator.id].text(language)}"
    gaps = ", ".join(in_language(KIND_NAMES[kind], language) for kind in profile.gaps) or in_language(
        ("keine", "none"), language
    )
    yield in_language((f"Ohne Angaben: {gaps}", f"Nothing known of: {gaps}"), language)
    years = ", ".join(f"{year or '?'}: {count}" for year, count in profile.by_year.items())
    yield in_language((f"Aussagen nach Jahr: {years}", f"Statements by year: {years}"), language)
    if leads:
        yield in_language(
            (
                "Passende Unternehmen (Punkte für diesen Ort):",
                "Companies that fit (points for this location):",
            ),
            language,
        )
        for rank, lead in enumerate(leads, start=1):
            yield f"  {rank:>3}. {tenths_text(lead.fit_tenths, language):>5}  {lead.lead.name}"
