"""The server as users start it: `python -m web` in a process of its own, at a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: its address, port, and process."""

    address: str
    port: int
    pid: int


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Server]:
    """Start the server on a data folder with more options, and end it.

    Raises
    ------
    RuntimeError
        If it ends before it says its address.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "web", "--port", "0", "--data", str(data), "--no-rate-limits", *options],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert process.stderr is not None
    seen = []
    try:
        for line in process.stderr:
            seen.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                yield Server(found.group(), int(found.group(1)), process.pid)
                break
        else:
            raise RuntimeError("the server did not start: " + "".join(seen))
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()
