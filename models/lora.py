"""Low-rank changes to the layers of a network (LoRA, Hu et al. 2021, arXiv:2106.09685), as committed artefacts hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

    from models.bert import Bert, BertLayer

ADAPTED = ("qkv", "attended", "widen", "narrow")
"""The linear maps of a layer that are changed."""
SCALE = 2.0


def changed(bert: Bert, weights: Mapping[str, Tensor]) -> Bert:
    """Return the network with the low-rank changes of `weights`, "LAYER.MAP.up" and ".down", added to its maps."""
    return bert.replaced([_changed(layer, weights, number) for number, layer in enumerate(bert.layers)])


def _changed(layer: BertLayer, weights: Mapping[str, Tensor], number: int) -> BertLayer:
    def pair(name: str) -> tuple[Tensor, Tensor]:
        weight, bias = getattr(layer, name)
        key = f"{number}.{name}"
        return weight + SCALE * (weights[f"{key}.up"] @ weights[f"{key}.down"]), bias

    return replace(layer, **{name: pair(name) for name in ADAPTED})
