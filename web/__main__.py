"""`python -m web` serves the pages with waitress."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for database and keys.")
@click.option("--region", type=click.Path(path_type=Path), help="Region pack; the built-in one by default.")
@click.pass_context
def main(context: click.Context, host: str, port: int, data: Path | None, region: Path | None) -> None:
    """Serve the matcher in a browser."""
    if context.invoked_subcommand:
        return
    from web.serve import serve

    serve(host=host, port=port, data_folder=data, region=region)


if __name__ == "__main__":
    main()
