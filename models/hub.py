"""Any SentenceTransformer folder or hub id as an encoder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from models.encoder import Floats
from models.errors import ModelError


class SentenceTransformerEncoder:
    """A model as sentence-transformers runs it, with its own default prompt and without our head.

    Parameters
    ----------
    name : str
        A folder, or a hub id (which needs the network unless it is cached; HF_HUB_OFFLINE=1 forbids it).

    Raises
    ------
    ModelError
        If it cannot be loaded, or needs code from the hub, which is not run.
    """

    def __init__(self, name: str) -> None:
        try:
            self._model = SentenceTransformer(name, device="cpu", trust_remote_code=False)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0]
            raise ModelError(
                f"the encoder {name!r} cannot be loaded ({reason}): "
                'give "default", "fast", a SentenceTransformer folder or a hub id.'
            ) from error
        self.name = name
        self.fingerprint = _fingerprint(self._model)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension = self._model.get_embedding_dimension()
        assert dimension is not None  # only sparse models have none, and those do not load as this class
        return dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, dimension)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def _fingerprint(model: SentenceTransformer) -> str:
    """Digest of all weights and prompts: what makes the vectors, wherever the folder lies."""
    digest = hashlib.sha256(json.dumps([model.prompts, model.default_prompt_name]).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().float().numpy().data)
    return f"st-{digest.hexdigest()[:16]}"
