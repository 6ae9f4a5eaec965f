"""`matcher corpus`: check a region pack, naming every fault, or count what it holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus.counts import count_statements
from corpus.errors import CorpusError
from corpus.pack import load_region
from matcher.errors import MatcherError


@click.group(help="Check or describe a region pack.")
def command() -> None:
    """Hold the two subcommands."""


@command.command(help="Check the pack in DIR: every fault is named with file, row and field.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Print one sentence for a sound pack; else list all faults and exit with code 1."""
    _require_folder(folder)
    try:
        region = load_region(folder)
    except CorpusError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        n_problems = len(error.problems)
        click.echo(f"{folder}: {n_problems} {'fault' if n_problems == 1 else 'faults'} found.", err=True)
        sys.exit(1)
    click.echo(
        f"{folder}: sound; {len(region.locations)} locations, {len(region.evidence)} statements, "
        f"{len(region.sources)} sources, fingerprint {region.fingerprint[:12]}."
    )


@command.command(help="Count the statements of the pack in DIR by kind, theme, location, confidence and age.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def stats(folder: Path) -> None:
    """Print one block of counts for each way of dividing the statements."""
    _require_folder(folder)
    region = load_region(folder)
    counts = count_statements(region)
    width = max(len(name) for group in counts.values() for name in group)
    for title, group in counts.items():
        click.echo(f"{title:<{width}}  statements")
        for name, n_statements in group.items():
            click.echo(f"{name:<{width}}  {n_statements:>10}")
        click.echo()
    click.echo(f"{'all':<{width}}  {len(region.evidence):>10}")


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise MatcherError(f"{folder} is no folder: name one that holds a region pack with datapackage.json.")
