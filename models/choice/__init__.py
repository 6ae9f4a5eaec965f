"""The choice model: what each kind of need is worth by function, learned from real decisions.

A conditional logit (McFadden, 1974): the utility of a location is the sum of its contributions, and the
chance that it is chosen the softmax of its utility. The learned worths are the weights of that sum.
Fitted by `models.choice.fit`; the artefact is a table a reader can check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.errors import ModelError

FOLDER = Path(__file__).parent
ARTEFACT = FOLDER / "worths.json"
BRIEFS = FOLDER / "briefs.csv"
"""Invented briefs in both languages, for grading: columns id, lang (the language written first), part (`fit`, or
`test` for those nothing is fitted on), function, theme, brief_de and brief_en."""
GRADES = FOLDER / "grades.csv"
"""Grades 0 to 3 of municipalities for these briefs: columns brief, municipality, reader, grade, pooled (`no` where
the reader added the municipality to those asked) and reason."""


@cache
def load_worths(path: Path = ARTEFACT) -> Mapping[str, Mapping[str, float]]:
    """Return the learned worth of each facet by function: unitless, relative within a function.

    Raises
    ------
    ModelError
        If the artefact cannot be read.
    """
    try:
        table: Mapping[str, Mapping[str, float]] = json.loads(path.read_text(encoding="utf-8"))["worths"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path.name} cannot be read: run `matcher fit worths`.") from error
    return table
