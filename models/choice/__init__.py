"""The choice model: what each kind of need is worth by function, learned from real decisions.

A conditional logit (McFadden, 1974): the utility of a location is the sum of its contributions, and the
chance that it is chosen the softmax of its utility. The learned worths are the weights of that sum.
Fitted by `models.choice.fit`; the artefact is a table a reader can check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.errors import ModelError

FOLDER = Path(__file__).parent
ARTEFACT = FOLDER / "worths.json"
BRIEFS = FOLDER / "briefs.csv"
"""Invented briefs in both languages, for grading: columns id, lang (the language written first), part (`fit`, or
`test` for those nothing is fitted on), function, theme, brief_de and brief_en."""
GRADES = FOLDER / "grades.csv"
"""Grades 0 to 3 of municipalities for these briefs and the short ones of `models/tagger/briefs.txt`: columns brief, municipality, reader, grade, pooled (`no` where
the reader added the municipality to those asked) and reason."""


@dataclass(frozen=True, slots=True)
class Worths:
    """The learned worths: of facets by function, and what a topic makes of its facet's worth; unitless, 1 is an ordinary need."""

    by_function: Mapping[str, Mapping[str, float]]
    by_topic: Mapping[str, Mapping[str, float]]


@cache
def load_worths(path: Path = ARTEFACT) -> Worths:
    """Return the learned worths.

    Raises
    ------
    ModelError
        If the artefact cannot be read.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Worths(data["worths"], data["topics"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path.name} cannot be read: run `matcher fit worths`.") from error
