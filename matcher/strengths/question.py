"""One need put to the facts: what every module of this folder is asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.brief import Function, Need
from matcher.facts import Facts
from matcher.geometry import Doubles


@dataclass(frozen=True, slots=True)
class Question:
    """A need, who asks it, and what each statement means for its wording.

    `meaning`, of shape (n_evidence,), holds the calibrated strength of each statement for the need's
    wording, in [0, 1]. `usable`, of the same shape, is False for statements that must not be used
    for this brief; `meaning` is 0 there.
    """

    need: Need
    function: Function
    facts: Facts
    meaning: Doubles
    usable: NDArray[np.bool_]
