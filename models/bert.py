"""Runs a cached multilingual-e5-small folder with torch and tokenizers alone.

Importing sentence-transformers takes four seconds; the folder's network is small enough to be written
down here, which makes `matcher match` start in a third of that. The vectors are those of
`SentenceTransformer(folder).encode` up to rounding (tests/models/test_e5.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from models.encoder import Floats
from models.errors import ModelError
from models.head import Head
from models.packed import ChunkRunner, TokenIds, pad_rows, per_text

EPSILON = 1e-12


@dataclass(frozen=True)
class BertLayer:
    """The weights of one post-norm transformer layer; query, key and value are joined."""

    qkv: tuple[Tensor, Tensor]
    attended: tuple[Tensor, Tensor]
    attended_norm: tuple[Tensor, Tensor]
    widen: tuple[Tensor, Tensor]
    narrow: tuple[Tensor, Tensor]
    output_norm: tuple[Tensor, Tensor]


class BertEncoder:
    """A BERT with mean pooling, a prompt and an optional head, run over flat tokens.

    Parameters
    ----------
    folder : Path
        SentenceTransformer folder of Transformer, mean Pooling and Normalize.
    name : str
        What the fingerprint and messages call the base.
    head : Head, optional
        Applied to the normalised vectors, which are then normalised again.
    """

    def __init__(self, folder: Path, name: str, head: Head | None) -> None:
        self.name = name
        self._head = head
        self._folder = folder
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            prompts = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
            self._prompt = prompts["prompts"][prompts["default_prompt_name"]]
            self._n_heads = config["num_attention_heads"]
            self._width = config["hidden_size"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.enable_truncation(config["max_position_embeddings"])
            self._load_weights(config["num_hidden_layers"])
        except (OSError, SafetensorError, ValueError, KeyError) as error:
            raise ModelError(
                f"the cached encoder in {folder} is damaged: delete that folder, it is built again."
            ) from error
        self._run = ChunkRunner(self._vectors, self._width)

    def _load_weights(self, n_layers: int) -> None:
        with safe_open(self._folder / "model.safetensors", framework="pt") as weights:

            def pair(name: str) -> tuple[Tensor, Tensor]:
                return weights.get_tensor(f"{name}.weight"), weights.get_tensor(f"{name}.bias")

            def layer(i: int) -> BertLayer:
                prefix = f"encoder.layer.{i}"
                parts = [pair(f"{prefix}.attention.self.{part}") for part in ("query", "key", "value")]
                return BertLayer(
                    qkv=(torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts])),
                    attended=pair(f"{prefix}.attention.output.dense"),
                    attended_norm=pair(f"{prefix}.attention.output.LayerNorm"),
                    widen=pair(f"{prefix}.intermediate.dense"),
                    narrow=pair(f"{prefix}.output.dense"),
                    output_norm=pair(f"{prefix}.output.LayerNorm"),
                )

            self._words = weights.get_tensor("embeddings.word_embeddings.weight")
            positions = weights.get_tensor("embeddings.position_embeddings.weight")
            types = weights.get_tensor("embeddings.token_type_embeddings.weight")
            self._positions = positions + types[0]
            self._norm = pair("embeddings.LayerNorm")
            self._layers = [layer(i) for i in range(n_layers)]

    @cached_property
    def fingerprint(self) -> str:
        """Digest of base (its folder's name holds the digest of the weights), prompt and head."""
        parts = (self._folder.name, self._prompt, self._head.digest if self._head else "")
        return f"{self.name}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._width)

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text with its prompt, cut to the longest input the network takes."""
        encodings = self._tokenizer.encode_batch_fast([self._prompt + text for text in texts])
        return [encoding.ids for encoding in encodings]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, dimension); bit by bit the same for any batch."""
        return self._run(self.token_ids(texts))

    def _vectors(self, token_ids: Sequence[TokenIds]) -> Tensor:
        lengths = [len(ids) for ids in token_ids]
        flat = torch.tensor([token for ids in token_ids for token in ids])
        places = torch.cat([torch.arange(length) for length in lengths])
        x = pad_rows(self._words[flat] + self._positions[places])
        x = layer_norm(x, (self._width,), *self._norm, eps=EPSILON)
        for layer in self._layers:
            context = self._attend(linear(x, *layer.qkv), lengths)
            x = x + linear(context, *layer.attended)
            x = layer_norm(x, (self._width,), *layer.attended_norm, eps=EPSILON)
            x = x + linear(gelu(linear(x, *layer.widen)), *layer.narrow)
            x = layer_norm(x, (self._width,), *layer.output_norm, eps=EPSILON)
        pooled = torch.stack([text.mean(dim=0) for text in per_text(x, lengths)])
        vectors = normalize(pooled)
        return vectors if self._head is None else self._head.apply(vectors)

    def _attend(self, qkv: Tensor, lengths: Sequence[int]) -> Tensor:
        """Self-attention within each text; neighbours of one length go through together."""
        context = torch.zeros(len(qkv), self._width)
        start = 0
        for length, group in groupby(lengths):
            n_texts = len(list(group))
            end = start + n_texts * length
            parts = qkv[start:end].view(n_texts, length, 3, self._n_heads, -1).permute(2, 0, 3, 1, 4)
            attended = scaled_dot_product_attention(parts[0], parts[1], parts[2])
            context[start:end] = attended.transpose(1, 2).reshape(end - start, self._width)
            start = end
        return context
