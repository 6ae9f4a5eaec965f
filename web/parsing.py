"""Reading an upload in a process of its own: a hostile file costs some seconds, never the server."""

from __future__ import annotations

import json
import subprocess
import sys

from flask_babel import gettext as _

from matcher.errors import MatcherError

MAXIMUM_MEMORY_BYTES = 1024**3
"""A brief of 500 pages takes about 300 MB to read; chosen with room."""


def read_upload(name: str, data: bytes, seconds: float) -> str:
    """Return the text of an uploaded brief.

    Raises
    ------
    MatcherError
        If the file cannot be read, or not within `seconds`; the sentence says what to do.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "web.parsing", name],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MatcherError(_("The file takes too long to read; paste its text instead.")) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise MatcherError(_("The file could not be read; paste its text instead.")) from error
    if "error" in answer:
        raise MatcherError(str(answer["error"]))
    return str(answer["text"])


def main() -> None:
    """Read the file named on the command line from standard input and print its text as JSON."""
    from matcher.intake import read_bytes

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY_BYTES, MAXIMUM_MEMORY_BYTES))
    try:
        answer = {"text": read_bytes(sys.argv[1], sys.stdin.buffer.read())}
    except MatcherError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
