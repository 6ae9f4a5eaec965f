"""What fits of low-rank changes share: the thin matrices under change, and the course of the learning rate."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.bert import Bert
from models.lora import ADAPTED, changed

RANK = 8
WARM_UP = 0.1
LEAST_RATE = 0.02
DECAY = 0.01
MOST_GRADIENT = 1.0


class ThinMatrices(torch.nn.Module):
    """Two thin matrices for each adapted map of a network, whose product is added to it; at first nothing."""

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self._bert = bert
        self.thin = torch.nn.ParameterDict()
        for number, layer in enumerate(bert.layers):
            for name in ADAPTED:
                n_out, n_in = getattr(layer, name)[0].shape
                key = f"{number}_{name}"
                self.thin[f"{key}_down"] = torch.nn.Parameter(torch.randn(RANK, n_in) / math.sqrt(n_in))
                self.thin[f"{key}_up"] = torch.nn.Parameter(torch.zeros(n_out, RANK))

    def network(self) -> Bert:
        """Return the network as it is changed now; gradients flow into the thin matrices."""
        return changed(self._bert, self._weights())

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the thin matrices under the names of an artefact."""
        return {name: value.detach().numpy().astype(np.float16) for name, value in self._weights().items()}

    def _weights(self) -> dict[str, Tensor]:
        return {name.replace("_", "."): value for name, value in self.thin.items()}


class Descent:
    """AdamW over groups of parameters, whose rates rise over a tenth of the steps and then fall to almost nothing."""

    def __init__(self, groups: list[tuple[list[torch.nn.Parameter], float]], n_steps: int) -> None:
        self._optimizer = torch.optim.AdamW(
            [{"params": parameters, "rate": rate} for parameters, rate in groups], weight_decay=DECAY
        )
        self._n_steps = n_steps
        self._step = 0

    def step(self, loss: Tensor) -> None:
        """Go one step down the gradient of a loss."""
        share = min(1.0, (self._step + 1) / (WARM_UP * self._n_steps))
        share *= max(LEAST_RATE, 1 - self._step / self._n_steps)
        parameters = []
        for group in self._optimizer.param_groups:
            group["lr"] = group["rate"] * share
            parameters += group["params"]
        self._optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(parameters, MOST_GRADIENT)
        self._optimizer.step()
        self._step += 1
