"""`python -m web` serves the pages with waitress."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus.errors import CorpusError
from matcher.errors import MatcherError
from models.errors import ModelError
from web.settings import make_settings
from web.storage.accounts import create_account
from web.storage.database import open_database

DATA_OPTION = click.option(
    "--data", type=click.Path(path_type=Path), help="Folder for database and keys (default: the user's own)."
)


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@DATA_OPTION
@click.option("--region", type=click.Path(path_type=Path), help="Region pack; the built-in one by default.")
@click.option("--workers", default=1, show_default=True, help="Processes that answer.")
@click.option("--rate-limits/--no-rate-limits", default=True, help="Limit requests by address.")
@click.pass_context
def main(
    context: click.Context,
    host: str,
    port: int,
    data: Path | None,
    region: Path | None,
    workers: int,
    rate_limits: bool,
) -> None:
    """Serve the matcher in a browser."""
    if context.invoked_subcommand:
        return
    from web.serve import serve

    settings = make_settings(data, host=host, rate_limits=rate_limits, region_folder=region)
    serve(settings, host=host, port=port, n_workers=workers)


@main.command()
@click.argument("name")
@DATA_OPTION
@click.password_option(help="Asked for when not given.")
def create_admin(name: str, data: Path | None, password: str) -> None:
    """Make an administrator's account; needed before others may reach the server."""
    database = open_database(make_settings(data).database_url)
    with database.session() as session:
        create_account(session, name, password, "administrator")
    click.echo(f"Administrator {name!r} may sign in now.", err=True)


def run() -> None:
    """Run the command line; a known error prints its sentence and exits with code 2."""
    try:
        main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (CorpusError, ModelError, MatcherError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
