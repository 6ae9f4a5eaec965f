"""Serving: load the matcher once, then answer with waitress, never with the development server."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import waitress

from web.app import create_app
from web.settings import make_settings


def serve(*, host: str, port: int, data_folder: Path | None, region: Path | None) -> None:
    """Load the matcher and answer until interrupted."""
    click.echo("Loading the region and its index …", err=True)
    app = create_app(
        import_module("matcher.engine").Matcher.load(region), make_settings(data_folder, host=host)
    )
    click.echo(f"Open http://{host}:{port} in a browser. Stop with Ctrl+C.", err=True)
    waitress.serve(app, host=host, port=port, threads=8, ident="")
