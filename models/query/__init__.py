"""The committed encoder of needs: it puts a need where the statements lie that meet it, in whichever language it is written.

Statements keep the vectors of the default encoder; needs go through the same network with low-rank changes to its
layers, learned from needs and statements that readers judged (`judged.csv`; `models.query.fit`). Two encoders for two
sides are usual in retrieval (Karpukhin et al. 2020, arXiv:2004.04906). It belongs to one encoder; with any other,
needs and statements share theirs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from models.artefact import read_artefact
from models.encoder import Encoder
from models.lora import changed

FOLDER = Path(__file__).parent
REMEDY = "matcher fit query"


def load_query_encoder(encoder: Encoder, folder: Path = FOLDER) -> Encoder:
    """Return the encoder of needs for statements that `encoder` encoded: the committed one, or `encoder` itself.

    Raises
    ------
    ModelError
        If a file is missing or is not the one the manifest describes.
    """
    return _loaded(folder, encoder.fingerprint) or encoder


@cache
def _loaded(folder: Path, fingerprint: str) -> Encoder | None:
    artefact = read_artefact(folder, REMEDY)
    if artefact.manifest["encoder"] != fingerprint:
        return None
    from torch import from_numpy

    from models.base import load_base
    from models.bert import BertEncoder, load_bert
    from models.e5 import NAME, e5_folder
    from models.head import load_head

    thin = {name: from_numpy(array.astype(np.float32)) for name, array in artefact.arrays.items()}
    network = changed(load_bert(e5_folder()), thin)
    return BertEncoder(network, f"{NAME}-query-{artefact.digest[:8]}", load_head(load_base(NAME).digest))
