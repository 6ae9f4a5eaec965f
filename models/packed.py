"""Runs a network over texts in chunks, so that a text's vector does not depend on the texts beside it.

Texts are not padded: the tokens of a chunk lie in one flat matrix. Each chunk runs on a worker thread with
single-threaded matrix products of at least 16 rows, for which a row of the result is the same bit by bit
whatever the other rows are (fewer rows take another path of the matrix library). Encoding one by one
therefore equals encoding a batch, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch import Tensor

from models.encoder import Floats

MIN_ROWS = 16
MAX_CHUNK_TOKENS = 1024
"""Chosen by timing 512, 1024, 2048 and 4096 on two cores: larger ones leave the processor's cache."""

TokenIds = Sequence[int]


class ChunkRunner:
    """Splits token lists into chunks of similar length and runs them on as many workers as torch has threads."""

    def __init__(self, run: Callable[[Sequence[TokenIds]], Sequence[Tensor] | Tensor]) -> None:
        self._run = run
        self._n_workers = torch.get_num_threads()
        self._workers = ThreadPoolExecutor(
            self._n_workers, thread_name_prefix="encoder", initializer=torch.set_num_threads, initargs=(1,)
        )

    def __call__(self, token_ids: Sequence[TokenIds]) -> list[Floats]:
        """Return what the network gives for each token list, float32, in the given order."""
        found: dict[int, Floats] = {}
        order = sorted(range(len(token_ids)), key=lambda i: (-len(token_ids[i]), i))
        chunks = self._chunks(order, [len(ids) for ids in token_ids])
        results = self._workers.map(self._run_chunk, [[token_ids[i] for i in chunk] for chunk in chunks])
        for chunk, result in zip(chunks, results, strict=True):
            found |= zip(chunk, result, strict=True)
        return [found[i] for i in range(len(token_ids))]

    def _run_chunk(self, token_ids: Sequence[TokenIds]) -> list[Floats]:
        with torch.inference_mode():
            return [result.numpy() for result in self._run(token_ids)]

    def _chunks(self, order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
        limit = min(MAX_CHUNK_TOKENS, -(-sum(lengths) // self._n_workers))
        chunks: list[list[int]] = []
        n_tokens = limit
        for i in order:
            if n_tokens >= limit:
                chunks.append([])
                n_tokens = 0
            chunks[-1].append(i)
            n_tokens += lengths[i]
        return chunks


def stacked(vectors: Sequence[Floats], dimension: int) -> Floats:
    """Return vectors as one matrix of shape (n_texts, dimension), also where there are none."""
    matrix = np.empty((len(vectors), dimension), np.float32)
    for row, vector in enumerate(vectors):
        matrix[row] = vector
    return matrix


def pad_rows(rows: Tensor) -> Tensor:
    """Append rows of zeros to a matrix with fewer than 16 rows; see the module's first lines."""
    missing = MIN_ROWS - len(rows)
    return rows if missing <= 0 else torch.nn.functional.pad(rows, (0, 0, 0, missing))


def per_text(rows: Tensor, lengths: Sequence[int]) -> Iterator[Tensor]:
    """Yield the rows of each text of a flat matrix."""
    start = 0
    for length in lengths:
        yield rows.narrow(0, start, length)
        start += length
