"""The committed classifier of clauses: what a clause of a brief asks for, told by its vector.

An artefact is `weights.npz` with a manifest and a card; `models.facet.fit` makes it from `clauses.csv`. Its
weights belong to one encoder; with any other it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.artefact import read_artefact
from models.encoder import Floats
from models.function import Probabilities, softmax

FOLDER = Path(__file__).parent
NONE = "none"
"""Label of what asks for nothing: company, courtesy, schedule, present premises."""


@dataclass(frozen=True)
class FacetModel:
    """A softmax layer over clause vectors.

    `labels` are "none", a facet or "facet:topic", in alphabetical order; `weights` has shape
    (dimension + 1, n_labels), the last row being the intercept; the temperature is already in it.
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    encoder: str
    digest: str

    def probabilities(self, vectors: Floats) -> Probabilities:
        """Return calibrated probabilities of shape (n_clauses, n_labels) for unit vectors of `encoder`."""
        return softmax(vectors.astype(np.float64) @ self.weights[:-1] + self.weights[-1])


@cache
def load_facet_model(folder: Path = FOLDER) -> FacetModel:
    """Load the artefact and check it against its manifest.

    Raises
    ------
    ModelError
        If a file is missing or is not the one the manifest describes.
    """
    artefact = read_artefact(folder, "matcher fit facet")
    manifest = artefact.manifest
    return FacetModel(
        tuple(manifest["labels"]), artefact.arrays["weights"], manifest["encoder"], artefact.digest
    )
