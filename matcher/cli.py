"""The `matcher` command: parses arguments, prints results to stdout and everything else to stderr."""

from __future__ import annotations

import importlib
import sys

import click

from corpus.errors import CorpusError
from matcher.errors import MatcherError
from models.errors import ModelError

COMMANDS = {
    "match": "Rank the locations for one or many briefs.",
    "brief": "Show what was understood of a brief.",
    "themes": "Show the strength of each location by theme.",
    "place": "Show the profile of one location, and the companies that fit it.",
    "evaluate": "Backtest on real decisions and graded fits.",
    "score": "Score a file of companies.",
    "mission": "Prepare a trade mission: targets, meetings, papers.",
    "corpus": "Check or describe a region pack.",
    "fit": "Fit an artefact anew: head, calibration, worths, function, leads.",
}
"""Each command lives in `matcher.commands.<name>` as a click command called `command`."""


class LazyGroup(click.Group):
    """Imports a subcommand only when it is called, so that `--help` answers at once."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return the command, or None when there is none of that name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"matcher.commands.{name}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup, help="Match an investor's brief with the locations of a region.")
@click.version_option(package_name="location-matcher")
def group() -> None:
    """Hold the subcommands; what takes long at the first run says so on standard error."""
    import logging

    for name in ("models.e5", "models.index"):
        logging.getLogger(name).setLevel(logging.INFO)
    if logging.lastResort is not None:
        logging.lastResort.setLevel(logging.INFO)


def main() -> None:
    """Run the command line; a known error prints its sentence and exits with code 2."""
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as exit_request:
        sys.exit(exit_request.exit_code)
    except (CorpusError, ModelError, MatcherError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
