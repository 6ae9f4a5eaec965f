"""A real PostgreSQL server for the tests: Debian's binaries, a folder of its own, a Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


def binaries() -> Path | None:
    """The newest installed PostgreSQL, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server and yield the URL of its empty database; root hands over to the user postgres."""
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL server installed: `apt-get install postgresql` to run this test")
    user = "postgres" if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="pg", dir="/tmp") as name:
        if user:
            record = pwd.getpwnam(user)
            os.chown(name, record.pw_uid, record.pw_gid)
        data, log = f"{name}/data", f"{name}/log"

        def run(*arguments: str) -> None:
            subprocess.run(arguments, user=user, cwd=name, check=True, capture_output=True)

        run(f"{folder}/initdb", "-D", data, "-U", "matcher", "--auth=trust", "--no-sync", "--encoding=UTF8")
        options = f"-k {name} -c listen_addresses= -c fsync=off"
        run(f"{folder}/pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://matcher@/postgres?host={name}"
        finally:
            run(f"{folder}/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
            shutil.rmtree(data, ignore_errors=True)
