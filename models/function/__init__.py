"""The committed classifier of a brief's function and themes: two softmax layers on vector and word counts.

An artefact is `weights.npz` with a manifest and a card; `models.function.fit` makes it. It holds
weights for one encoder and weights for word counts alone, which serve any other encoder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.artefact import read_artefact
from models.encoder import Floats
from models.errors import ModelError

FOLDER = Path(__file__).parent
VECTOR_SCALE = 5.0
"""What a unit vector is multiplied with beside the counts; chosen among 0, 5 and 10 by cross-validation."""
NO_THEME = "other"

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class FunctionModel:
    """Softmax layers for "function" and "theme".

    `weights[task]` has shape (n_features + 1, n_classes), the last row being the intercept;
    `count_weights[task]` the same for counts alone.
    """

    classes: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, NDArray[np.float32]]
    count_weights: Mapping[str, NDArray[np.float32]]
    encoder: str
    digest: str

    def probabilities(
        self, task: str, counts: Sequence[int], vector: Floats | None, encoder: str
    ) -> dict[str, float]:
        """Return the probability of each class of `task`.

        Parameters
        ----------
        task : {"function", "theme"}
        counts : sequence of int
            Phrases counted, in the order `matcher.profile` gives them.
        vector : ndarray of shape (dimension,), optional
            Unit vector of the text, used when `encoder` is the fingerprint the weights were made for.
        """
        logged = np.log1p(np.asarray(counts, dtype=np.float64))
        if vector is not None and encoder == self.encoder:
            row, layer = features(logged[None], vector[None]), self.weights[task]
        else:
            row, layer = logged[None], self.count_weights[task]
        if row.shape[1] + 1 != len(layer):
            raise ModelError(
                f"The function model expects {len(layer) - 1} features, not {row.shape[1]}; "
                "run `matcher fit function` after changing the phrases."
            )
        shares = softmax(row @ layer[:-1].astype(np.float64) + layer[-1])[0]
        return dict(zip(self.classes[task], map(float, shares), strict=True))


def features(logged_counts: NDArray[np.float64], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return vectors and logged counts side by side, shape (n_texts, dimension + n_counts)."""
    return np.hstack([VECTOR_SCALE * vectors.astype(np.float64), logged_counts])


def softmax(scores: NDArray[np.float64]) -> Probabilities:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@cache
def load_function_model(folder: Path = FOLDER) -> FunctionModel:
    """Load the artefact and check it against its manifest.

    Raises
    ------
    ModelError
        If a file is missing or is not the one the manifest describes.
    """
    artefact = read_artefact(folder, "matcher fit function")
    manifest, held = artefact.manifest, artefact.arrays
    tasks = tuple(manifest["classes"])
    return FunctionModel(
        {task: tuple(manifest["classes"][task]) for task in tasks},
        {task: held[task] for task in tasks},
        {task: held[f"{task}_counts"] for task in tasks},
        manifest["encoder"],
        artefact.digest,
    )
