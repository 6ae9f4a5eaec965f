"""What an encoder is: texts in, unit vectors out, with a fingerprint that names it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their cosine."""

    @property
    def fingerprint(self) -> str:
        """Digest of base, head and prompt: two encoders with the same one give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, dimension), float32; the order of `texts` is kept."""
