"""An encoder without weights for tests: a text's vector follows from its words alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from models.encoder import Floats


@dataclass
class StandInEncoder:
    """Sums one random direction a word; texts that share words are alike. Counts what it is asked."""

    dimension: int = 32
    fingerprint: str = "stand-in"
    encoded: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> Floats:
        self.encoded.extend(texts)
        vectors = np.array([self._sum(text) for text in texts], np.float32).reshape(-1, self.dimension)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _sum(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        words = text.lower().split() or [""]
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:8]) for word in words]
        return np.sum([np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds], axis=0)
