"""One need put to the facts: what every module of this folder is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.brief import Facet, Function, Need
from matcher.facts import Facts
from matcher.geometry import Doubles, km_on_foot, km_within_minutes

_KM = {"km": 1.0, "m": 0.001}
_ON_FOOT = re.compile(
    r"gehminute|(?:geh|lauf)(?:weite|n(?:ä|ae)he)|fu(?:ß|ss)(?!g(?:ä|ae)ng)|\bwalk(?!way)|\bon foot\b",
    re.IGNORECASE,
)
_AT_THE_DOOR = re.compile(
    r"\bvor der t(?:ü|ue)r|\bam tor\b|\bhaust(?:ü|ue)r|\beigene[mnrs]?\b|\b(?:direkt|unmittelbar)\b|\bdirekte[nr]? lage"
    r"|\bgleich (?:nebenan|daneben)\b|\bdoorstep|\b(?:at|outside) the (?:door|gate)\b|\bstop outside\b|(?<!to )\bown\b"
    r"|\b(?:directly|right) (?:at|on|by|next|beside)\b",
    re.IGNORECASE,
)
_SAME_TOWN = re.compile(
    r"\b(?:am|vor) ort\b|\b(?:ö|oe)rtliche[mnrs]?\b|\bin (?:dieser|derselben|der ?selben|der gleichen) stadt\b"
    r"|\bam (?:selben|gleichen) ort\b|\bin der stadt\b|\b(?:hiesig|ans(?:ä|ae)ssig)e[mnrs]?\b"
    r"|\b(?:same|very) (?:city|town|place|municipality)\b|\bin (?:the )?town\b|\bin the city\b(?! cent| of)|\bon the spot\b"
    r"|\blocally\b|\blocal\b(?! (?:authorit|council|plan|government|politic|administration|bus))",
    re.IGNORECASE,
)
NEXT_DOOR_HALF_KM = 1.0
"""Reach of what must be on foot, at the door or one's own: a neighbouring town's does not serve. Chosen."""
SAME_TOWN_HALF_KM = 2.0
"""Reach of a fact that must be in the same town. Chosen, so that a tenth is left in the nearest neighbour;
checked on the graded briefs of the part fit."""
SAME_TOWN_FACETS: frozenset[Facet] = frozenset({"talent", "research", "quality_of_life", "partners"})
"""Where "local" means the very town; a local network or customer may well be the neighbour's."""
HALF_BEYOND_LIMIT = 0.25
"""Half of the use is left where a stated limit is exceeded by this share, as for a distance: town centres stand for whole
towns, so a site may lie nearer than they do. Chosen; checked on the graded briefs of the part fit."""


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

    @property
    def is_on_foot(self) -> bool:
        """Whether what the need asks for is to be within a walk."""
        return _ON_FOOT.search(self.need.text) is not None

    @property
    def limit_km(self) -> float | None:
        """The most that the need allows as a distance or a travel time, in km; None without such a limit."""
        return self._in_km(self.need.maximum)

    @property
    def least_km(self) -> float | None:
        """The least distance or travel time that the need asks for, in km; None where it may be as near as it likes."""
        return self._in_km(self.need.minimum)

    def _in_km(self, bound: float | None) -> float | None:
        need = self.need
        if bound is None:
            return None
        if need.unit == "min":
            return km_on_foot(bound) if self.is_on_foot else km_within_minutes(bound)
        return bound * _KM[need.unit] if need.unit in _KM else None

    def reach(self, half_km: float) -> tuple[float, float]:
        """Return how far facts reach that usually do by `half_km`: (half, full), as `decay` takes them.

        A stated limit decides; what must be on foot or one's own reaches no further than next door, what must be
        in the very town hardly into a neighbour's.
        """
        limit = self.limit_km
        if limit is not None:
            return max(NEXT_DOOR_HALF_KM, HALF_BEYOND_LIMIT * limit), limit
        facet, text = self.need.facet, self.need.text
        # A faculty "with degree programmes of its own" need not stand at the door.
        if self.is_on_foot or (facet != "talent" and _AT_THE_DOOR.search(text)):
            return min(half_km, NEXT_DOOR_HALF_KM), 0.0
        if facet in SAME_TOWN_FACETS and _SAME_TOWN.search(text):
            return min(half_km, SAME_TOWN_HALF_KM), 0.0
        return half_km, 0.0
