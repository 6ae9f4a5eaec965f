"""Committed weights as an artefact: `weights.npz` beside a `manifest.json` that names its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError

WEIGHTS, MANIFEST = "weights.npz", "manifest.json"


@dataclass(frozen=True)
class Artefact:
    """Weights by name, what the manifest says of them, and the SHA-256 of their file."""

    arrays: Mapping[str, NDArray[Any]]
    manifest: Mapping[str, Any]
    digest: str


def read_artefact(folder: Path, remedy: str) -> Artefact:
    """Read weights and check them against their manifest.

    Parameters
    ----------
    folder : Path
        Holds `weights.npz` and `manifest.json`.
    remedy : str
        The command that makes them anew, e.g. ``matcher fit tagger``; errors name it.

    Raises
    ------
    ModelError
        If a file is missing or is not the one the manifest describes.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
        if digest != manifest["sha256"]:
            raise ModelError(f"{folder / WEIGHTS} is not the file of its manifest; run `{remedy}`.")
        with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
            return Artefact({name: arrays[name] for name in arrays.files}, manifest, digest)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"The model in {folder} cannot be read; run `{remedy}`.") from error


def write_artefact(
    folder: Path, arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]
) -> dict[str, Any]:
    """Write weights and manifest, and return the manifest with the weights' SHA-256 in it."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / WEIGHTS, **arrays)  # type: ignore[arg-type]  # the stub takes the keywords for allow_pickle
    whole = {
        "version": 1,
        "sha256": hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest(),
        **manifest,
    }
    (folder / MANIFEST).write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return whole
