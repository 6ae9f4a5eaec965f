"""Fits the Dense head: finds the directions that separate German from English text, and removes them.

"All but the top": the mean and the first principal directions of neutral text in both languages carry
language and length rather than content; see Mu and Viswanath (2018), arXiv:1702.01417. The text is
`pairs.csv`, written for this purpose, and never a statement of a region or a brief.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from models.encoder import Encoder, Floats
from models.head import FOLDER

N_DIRECTIONS = 4
"""Anything from 2 to 8 measured the same; 4 was taken before this project's own texts were seen."""
N_FOLDS = 5
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Alignment:
    """How well the two languages lie together, on pairs that were held out.

    `found_share`: how often the nearest text of the other language is the translation.
    `same_language_share`: how much of the ten nearest texts, of both languages, has the query's own
    language; 0.5 would show none of a language direction.
    """

    found_share: float
    same_language_share: float


def read_pairs(path: Path = FOLDER / "pairs.csv") -> tuple[list[str], list[str]]:
    """Return German and English sentences that say the same at the same place."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["german"] for row in rows], [row["english"] for row in rows]


def language_removal(vectors: Floats, n_directions: int = N_DIRECTIONS) -> tuple[Floats, Floats]:
    """Return weight (d, d) and bias (d,) of the map that takes the mean and first directions away.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, d)
        Unit vectors of neutral text, as much of it in either language.
    """
    values = vectors.astype(np.float64)
    mean = values.mean(axis=0)
    _, _, directions = np.linalg.svd(values - mean, full_matrices=False)
    top = directions[:n_directions]
    weight = np.eye(values.shape[1]) - top.T @ top
    return weight.astype(np.float32), (-weight @ mean).astype(np.float32)


def apply_map(vectors: Floats, weight: Floats, bias: Floats) -> Floats:
    """Map unit vectors to unit vectors."""
    mapped = vectors @ weight.T + bias
    unit: Floats = mapped / np.linalg.norm(mapped, axis=1, keepdims=True)
    return unit


def alignment(german: Floats, english: Floats) -> Alignment:
    """Measure how well translations find each other; row i of both says the same."""
    cosines = german @ english.T
    n_pairs = len(cosines)
    own = np.arange(n_pairs)
    found = np.concatenate([cosines.argmax(axis=1) == own, cosines.argmax(axis=0) == own])
    both = np.vstack([german, english])
    is_english = np.arange(2 * n_pairs) >= n_pairs
    pool = both @ both.T
    np.fill_diagonal(pool, -np.inf)
    nearest = np.argsort(-pool, axis=1, kind="stable")[:, :NEAREST]
    return Alignment(float(found.mean()), float((is_english[nearest] == is_english[:, None]).mean()))


def held_out_alignment(german: Floats, english: Floats) -> tuple[Alignment, Alignment]:
    """Alignment of raw vectors and of vectors whose map was fitted without them, over the same folds."""
    fold = np.arange(len(german)) % N_FOLDS
    raw, mapped = [], []
    for i in range(N_FOLDS):
        held, rest = fold == i, fold != i
        weight, bias = language_removal(np.vstack([german[rest], english[rest]]))
        raw.append(alignment(german[held], english[held]))
        mapped.append(
            alignment(apply_map(german[held], weight, bias), apply_map(english[held], weight, bias))
        )
    return _mean(raw), _mean(mapped)


def fit_head(encoder: Encoder, base_digest: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Fit the head for a base without one, write it into `folder`, and return its manifest."""
    german_texts, english_texts = read_pairs()
    german, english = encoder.encode(german_texts), encoder.encode(english_texts)
    weight, bias = language_removal(np.vstack([german, english]))
    data = save({"linear.weight": weight, "linear.bias": bias})
    raw, mapped = held_out_alignment(german, english)
    manifest = {
        "version": 1,
        "base_digest": base_digest,
        "sha256": hashlib.sha256(data).hexdigest(),
        "method": f"all but the top {N_DIRECTIONS} directions",
        "n_pairs": len(german_texts),
        "pairs_sha256": hashlib.sha256((FOLDER / "pairs.csv").read_bytes()).hexdigest(),
        "held_out": {
            "n_folds": N_FOLDS,
            "translation_found_share": {"raw": raw.found_share, "head": mapped.found_share},
            "same_language_share": {"raw": raw.same_language_share, "head": mapped.same_language_share},
        },
    }
    config = {
        "in_features": weight.shape[1],
        "out_features": weight.shape[0],
        "bias": True,
        "activation_function": "torch.nn.modules.linear.Identity",
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(data)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _mean(parts: Sequence[Alignment]) -> Alignment:
    return Alignment(
        round(float(np.mean([part.found_share for part in parts])), 3),
        round(float(np.mean([part.same_language_share for part in parts])), 3),
    )
