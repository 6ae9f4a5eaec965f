"""Options and small steps that several subcommands share: region, encoder, language, output files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from matcher.errors import MatcherError

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

region_option = click.option(
    "--region",
    "region_folder",
    type=click.Path(path_type=Path),
    help="Folder of a region pack; the Ruhr when not given.",
)
encoder_option = click.option(
    "--encoder", help="`fast`, a folder or a hub id; MATCHER_ENCODER or the default when not given."
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["de", "en"]),
    help="Language of the result; that of the brief when not given.",
)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and move it into place, so that nobody ever sees half of it.

    Raises
    ------
    MatcherError
        If the folder does not exist or cannot be written to.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(file.name).chmod(0o666 & ~umask)
        Path(file.name).replace(path)
    except OSError as error:
        raise MatcherError(f"{path} cannot be written: {error.strerror}; choose another --out.") from error
