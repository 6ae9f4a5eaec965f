"""Provide what the tests need beside Python: a browser, a PostgreSQL server, LibreOffice, PDF tools.

Installs Debian packages where it may (root and apt-get present); otherwise prints the command to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGE_BY_PROGRAM = {
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftoppm": "poppler-utils",
    "pg_ctlcluster": "postgresql",
}


def main() -> int:
    """Install the missing programs; return 0 when all are there."""
    missing = [package for program, package in PACKAGE_BY_PROGRAM.items() if not shutil.which(program)]
    if not missing:
        return 0
    packages = " ".join(missing).split()
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"The tests need more programs. Please run: sudo {' '.join(command)}", file=sys.stderr)
        return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
    subprocess.run(command, check=True, env=environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
