"""The searchable statements of a region: each in both languages, as unit vectors in a FAISS flat index.

A need is compared with a statement in either language and the better one counts, so a German brief finds
what was written in English and the other way round. The index lies in the user's cache under a name made
from everything its vectors depend on (the texts, the encoder, its head and prompt): one that is stale is
never found, hence never used. It is memory-mapped, so processes share one copy.

Every need is compared with every statement, because each similarity becomes a strength. The product has at
least 16 rows on either side, which makes each similarity independent of the others bit by bit (see
`models.packed`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import linear

from corpus.records import Region
from models.cache import build_once, cache_folder
from models.encoder import Encoder, Floats
from models.errors import ModelError
from models.packed import pad_rows

LAYOUT = 1
"""Raised whenever the saved files change their form, so that an older index is not read."""
BATCH = 512
WORTH_SAYING_SECONDS = 3.0
"""Building that takes longer than this is announced; chosen."""
logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class StatementIndex:
    """Cosines between needs and statements. Build or open it with `for_region` or `for_statements`.

    `rows` has shape (2, n_evidence): where each statement's German and English vector lies in `index`.
    A text that several statements share is stored once.
    """

    fingerprint: str
    index: faiss.IndexFlat
    rows: Integers

    @classmethod
    def for_region(cls, region: Region, encoder: Encoder, progress: Progress | None = None) -> StatementIndex:
        """Open the index of a region's evidence, in its order, building it if needed."""
        german = [evidence.text_de for evidence in region.evidence]
        english = [evidence.text_en for evidence in region.evidence]
        return cls.for_statements(german, english, encoder, progress)

    @classmethod
    def for_statements(
        cls,
        texts_de: Sequence[str],
        texts_en: Sequence[str],
        encoder: Encoder,
        progress: Progress | None = None,
    ) -> StatementIndex:
        """Open the index of statements given in both languages, building it if needed.

        Parameters
        ----------
        texts_de, texts_en : sequence of str of length n_evidence
            The same statement in German and English at the same place.
        progress : callable, optional
            Called with texts done and texts in all while the index is built.

        Raises
        ------
        ModelError
            If the cache cannot be written or the saved index is damaged.
        """
        if len(texts_de) != len(texts_en):
            raise ValueError(f"{len(texts_de)} German and {len(texts_en)} English statements")
        fingerprint = _fingerprint(texts_de, texts_en, encoder)
        folder = cache_folder() / f"statements-{fingerprint[:24]}"
        build_once(folder, lambda aside: _build(aside, texts_de, texts_en, encoder, fingerprint, progress))
        return _open(folder, fingerprint, len(texts_de))

    @property
    def n_evidence(self) -> int:
        """Number of statements."""
        return int(self.rows.shape[1])

    @property
    def vectors(self) -> Floats:
        """The unit vectors of the German texts, shape (n_evidence, dimension)."""
        german: Floats = self._vectors()[self.rows[0]]
        return german

    def similarities(self, queries: Floats) -> Floats:
        """Compare every query with every statement.

        Parameters
        ----------
        queries : ndarray of shape (n_queries, dimension)
            Unit vectors.

        Returns
        -------
        ndarray of shape (n_queries, n_evidence)
            Cosines, of the two languages the higher one; each is the same bit by bit whatever other
            queries and statements there are.
        """
        vectors = self._vectors()
        padded = pad_rows(torch.from_numpy(np.asarray(queries, np.float32)))
        products = linear(pad_rows(torch.from_numpy(vectors)), padded)
        cosines: Floats = products[: len(vectors), : len(queries)].numpy().T
        return np.maximum(cosines[:, self.rows[0]], cosines[:, self.rows[1]])

    def _vectors(self) -> Floats:
        n_values = self.index.ntotal * self.index.d
        flat: Floats = faiss.rev_swig_ptr(self.index.get_xb(), n_values)
        return flat.reshape(self.index.ntotal, self.index.d)


def _fingerprint(texts_de: Sequence[str], texts_en: Sequence[str], encoder: Encoder) -> str:
    digest = hashlib.sha256(f"{LAYOUT} {encoder.fingerprint} {len(texts_de)}".encode())
    for text in (*texts_de, *texts_en):
        data = text.encode()
        digest.update(len(data).to_bytes(4, "little"))
        digest.update(data)
    return digest.hexdigest()


def _build(
    folder: Path,
    texts_de: Sequence[str],
    texts_en: Sequence[str],
    encoder: Encoder,
    fingerprint: str,
    progress: Progress | None,
) -> None:
    started = time.perf_counter()
    texts = list(dict.fromkeys((*texts_de, *texts_en)))
    row_by_text = {text: row for row, text in enumerate(texts)}
    index = faiss.IndexFlatIP(encoder.dimension)
    for start in range(0, len(texts), BATCH):
        index.add(encoder.encode(texts[start : start + BATCH]))
        if start == 0:
            _announce(len(texts) - BATCH, (time.perf_counter() - started) / BATCH)
        if progress is not None:
            progress(min(start + BATCH, len(texts)), len(texts))
    faiss.write_index(index, str(folder / "vectors.faiss"))
    rows = [[row_by_text[text] for text in language] for language in (texts_de, texts_en)]
    np.save(folder / "rows.npy", np.array(rows, np.int64).reshape(2, -1))
    manifest = {"fingerprint": fingerprint, "encoder": encoder.fingerprint, "n_evidence": len(texts_de)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    logger.debug("indexed %d texts in %.1f s", len(texts), time.perf_counter() - started)


def _announce(n_left: int, seconds_each: float) -> None:
    """Say how long the rest takes, judged by the first batch, if that is long enough to wonder."""
    seconds = n_left * seconds_each
    if seconds >= WORTH_SAYING_SECONDS:
        logger.info("Indexing %d more texts for search, this once: about %.0f s.", n_left, seconds)


def _open(folder: Path, fingerprint: str, n_evidence: int) -> StatementIndex:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        index = faiss.read_index(str(folder / "vectors.faiss"), faiss.IO_FLAG_MMAP_IFC)
        rows = np.load(folder / "rows.npy")
        is_whole = manifest["fingerprint"] == fingerprint and rows.shape == (2, n_evidence)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"the saved index in {folder} is damaged: delete that folder.") from error
    if not is_whole or not isinstance(index, faiss.IndexFlat):
        raise ModelError(f"the saved index in {folder} belongs to other statements: delete that folder.")
    return StatementIndex(fingerprint, index, rows)
