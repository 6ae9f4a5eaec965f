"""The committed Dense head: removes the language direction from the vectors of one base.

The folder is a stock sentence-transformers `Dense` module (config.json, model.safetensors) with a
manifest and a card; `models.head.fit` makes it. It belongs to one base and is used with no other.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Head:
    """A linear map on unit vectors: `normalize(x @ weight.T + bias)`."""

    weight: Tensor
    bias: Tensor
    digest: str

    def apply(self, vectors: Tensor) -> Tensor:
        """Map unit vectors of shape (n_texts, dimension) to unit vectors of the same shape."""
        from torch.nn.functional import linear, normalize

        from models.packed import pad_rows

        return normalize(linear(pad_rows(vectors), self.weight, self.bias)[: len(vectors)])


def load_head(base_digest: str, folder: Path = FOLDER) -> Head | None:
    """Return the committed head if it was fitted on the base with this digest, else None.

    Raises
    ------
    ModelError
        If the head's weights are not those its manifest names.
    """
    manifest_file = folder / "manifest.json"
    if not manifest_file.is_file():
        return None
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    if manifest["base_digest"] != base_digest:
        return None
    from safetensors.torch import load

    data = (folder / "model.safetensors").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != manifest["sha256"]:
        raise ModelError(
            f"{folder / 'model.safetensors'} is not the head its manifest names: "
            "check the file out again, or run `matcher fit head`."
        )
    weights = load(data)
    return Head(weights["linear.weight"], weights["linear.bias"], digest)
