"""`matcher themes`: the strength of each location in each theme, from counted evidence."""

from __future__ import annotations

import json
from pathlib import Path

import click

from corpus.pack import RUHR, load_region
from corpus.records import Language
from matcher.commands.options import region_option
from matcher.themes import theme_strengths
from matcher.words import KIND_NAMES, in_language


@click.command("themes", help="Show the strength of each location by theme.")
@click.option(
    "--top", default=8, show_default=True, type=click.IntRange(1), help="Locations to show for each theme."
)
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--lang", "language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@region_option
def command(top: int, format_: str, language: Language, region_folder: Path | None) -> None:
    """Print a block for each theme, strongest location first."""
    region = load_region(region_folder or RUHR)
    strengths = theme_strengths(region)
    if format_ == "json":
        data = {
            theme: [
                {
                    "location": {"id": row.location.id, "name": row.location.name},
                    "strength": row.strength,
                    "counts": dict(sorted(row.counts.items())),
                }
                for row in rows[:top]
            ]
            for theme, rows in strengths.items()
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for theme in region.themes:
        click.echo(theme.name(language))
        for rank, row in enumerate(strengths[theme.id][:top], start=1):
            counts = ", ".join(
                f"{n} {in_language(KIND_NAMES[kind], language)}" for kind, n in sorted(row.counts.items())
            )
            click.echo(f"  {rank:>2}. {row.location.name:<26} {row.strength:.2f}  ({counts})")
        click.echo()
