"""Runs a cached multilingual-e5-small folder with torch and tokenizers alone.

Importing sentence-transformers takes four seconds; the folder's network is small enough to be written
down here, which makes `matcher match` start in a third of that. The vectors are those of
`SentenceTransformer(folder).encode` up to rounding (tests/models/test_e5.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from models.encoder import Floats
from models.errors import ModelError
from models.head import Head
from models.packed import ChunkRunner, TokenIds, pad_rows, per_text, stacked

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


class Bert:
    """The network of a SentenceTransformer folder: token ids in, the states of the last layer out.

    `replaced` gives the same network with other layers; the embeddings are shared.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            prompts = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
            self.prompt: str = prompts["prompts"][prompts["default_prompt_name"]]
            self.width = int(config["hidden_size"])
            self._n_heads = config["num_attention_heads"]
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.enable_truncation(config["max_position_embeddings"])
            self._load_weights(config["num_hidden_layers"])
        except (OSError, SafetensorError, ValueError, KeyError) as error:
            raise ModelError(
                f"the cached encoder in {folder} is damaged: delete that folder, it is built again."
            ) from error

    def _load_weights(self, n_layers: int) -> None:
        with safe_open(self.folder / "model.safetensors", framework="pt") as weights:

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
            self.layers = [layer(i) for i in range(n_layers)]

    def replaced(self, layers: Sequence[BertLayer]) -> Bert:
        """Return this network with other layers."""
        other = copy(self)
        other.layers = list(layers)
        return other

    def tokens(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the tokens of each text with its prompt and their places in both, cut to the longest input."""
        return list(self.tokenizer.encode_batch([self.prompt + text for text in texts]))

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of these tokens, which takes less time."""
        encodings = self.tokenizer.encode_batch_fast([self.prompt + text for text in texts])
        return [encoding.ids for encoding in encodings]

    def states(self, token_ids: Sequence[TokenIds]) -> Tensor:
        """Return the states of all tokens, shape (at least n_tokens, width); each text attends to itself alone."""
        lengths = [len(ids) for ids in token_ids]
        flat = torch.tensor([token for ids in token_ids for token in ids])
        places = torch.cat([torch.arange(length) for length in lengths])
        x = pad_rows(self._words[flat] + self._positions[places])
        x = layer_norm(x, (self.width,), *self._norm, eps=EPSILON)
        for layer in self.layers:
            context = self._attend(linear(x, *layer.qkv), lengths)
            x = x + linear(context, *layer.attended)
            x = layer_norm(x, (self.width,), *layer.attended_norm, eps=EPSILON)
            x = x + linear(gelu(linear(x, *layer.widen)), *layer.narrow)
            x = layer_norm(x, (self.width,), *layer.output_norm, eps=EPSILON)
        return x

    def _attend(self, qkv: Tensor, lengths: Sequence[int]) -> Tensor:
        """Self-attention within each text; neighbours of one length go through together."""
        context = torch.zeros(len(qkv), self.width)
        start = 0
        for length, group in groupby(lengths):
            n_texts = len(list(group))
            end = start + n_texts * length
            parts = qkv[start:end].view(n_texts, length, 3, self._n_heads, -1).permute(2, 0, 3, 1, 4)
            attended = scaled_dot_product_attention(parts[0], parts[1], parts[2])
            context[start:end] = attended.transpose(1, 2).reshape(end - start, self.width)
            start = end
        return context


@cache
def load_bert(folder: Path) -> Bert:
    """Load the network of a folder, once a process.

    Raises
    ------
    ModelError
        If the folder is damaged.
    """
    return Bert(folder)


class BertEncoder:
    """A BERT with mean pooling, a prompt and an optional head, run over flat tokens.

    Parameters
    ----------
    bert : Bert
        Network of a SentenceTransformer folder of Transformer, mean Pooling and Normalize.
    name : str
        What the fingerprint and messages call the base.
    head : Head, optional
        Applied to the normalised vectors, which are then normalised again.
    """

    def __init__(self, bert: Bert, name: str, head: Head | None) -> None:
        self.name = name
        self._head = head
        self._bert = bert
        self._run = ChunkRunner(self._vectors)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of base (its folder's name holds the digest of the weights), prompt and head."""
        parts = (self._bert.folder.name, self._bert.prompt, self._head.digest if self._head else "")
        return f"{self.name}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._bert.width

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text with its prompt, cut to the longest input the network takes."""
        return self._bert.token_ids(texts)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of shape (n_texts, dimension); bit by bit the same for any batch."""
        return stacked(self._run(self.token_ids(texts)), self.dimension)

    def _vectors(self, token_ids: Sequence[TokenIds]) -> Tensor:
        states = self._bert.states(token_ids)
        pooled = torch.stack([text.mean(dim=0) for text in per_text(states, [len(ids) for ids in token_ids])])
        vectors = normalize(pooled)
        return vectors if self._head is None else self._head.apply(vectors)
