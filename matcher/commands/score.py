"""`matcher score`: a file of companies in, the same file with scores, locations and reasons out."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from corpus.records import Language


@click.command(help="Score a file of companies (csv, tsv, xlsx, parquet, jsonl, also .gz).")
@click.argument("leads", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write; the ending says the format.",
)
@click.option(
    "--columns", metavar="MAP", help="hubspot, salesforce, dynamics, cobra, cas, or a .toml or .json mapping."
)
@click.option(
    "--lang", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Of the reasons."
)
@click.option("--region", metavar="DIR", type=click.Path(path_type=Path), help="Another region pack.")
@click.option(
    "--encoder",
    default="fast",
    show_default=True,
    help="fast; student: many times faster, for English descriptions; default: the slowest.",
)
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True, help="On this machine.")
@click.option("--scheduler", metavar="tcp://...", help="Score on the workers of a Dask scheduler.")
@click.option("--no-cache", is_flag=True, help="Do not keep vectors of descriptions in the user's cache.")
def command(
    leads: Path,
    out: Path,
    columns: str | None,
    lang: Language,
    region: Path | None,
    encoder: str,
    processes: int,
    scheduler: str | None,
    no_cache: bool,
) -> None:
    """Score the file; progress and a summary go to stderr."""
    from matcher.leads.backends import backend_for
    from matcher.leads.columns import map_columns
    from matcher.leads.job import Job
    from matcher.leads.scoring import Settings
    from matcher.leads.tables import open_table

    settings = Settings.choose(region, encoder, uses_cache=not no_cache)
    table = open_table(leads)
    mapped = map_columns(table.columns, columns, leads.name)
    started = time.perf_counter()
    job = Job(
        table,
        mapped,
        out,
        settings,
        lang,
        backend=backend_for(processes, scheduler),
        report=_progress if sys.stderr.isatty() else None,
    )
    summary = job.run()
    seconds = time.perf_counter() - started
    grades = ", ".join(f"{grade} {count}" for grade, count in summary.by_grade.items())
    click.echo(
        f"{out}: {summary.n_rows} rows, {summary.n_rows - summary.n_errors} scored ({grades}), "
        f"{summary.n_errors} with an error, {summary.n_duplicates} marked as duplicates; "
        f"{seconds:.1f} s, {summary.n_rows / seconds:.0f} rows a second.",
        err=True,
    )


def _progress(n_done: int, n_rows: int) -> None:
    click.echo(f"\r{n_done} rows" + ("\n" if n_done == n_rows else ""), err=True, nl=False)
