"""Turns similarities into strengths: the share of judged cases in which such a statement met such a need.

A cosine means little by itself: some needs lie close to every statement, others close to none. So it is
first compared with the need's own background, a fixed set of statements that never changes with the region
or its locations, and then mapped by a logistic curve fitted on judged pairs. Fitted by `models.calibration.fit`.
"""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.records import EvidenceKind
from models.encoder import Encoder, Floats
from models.errors import ModelError

if TYPE_CHECKING:
    from models.index import StatementIndex

FOLDER = Path(__file__).parent

FITTING_KINDS: Mapping[str, frozenset[EvidenceKind]] = {
    "talent": frozenset({"programme", "talent_supply", "university", "industry"}),
    "research": frozenset({"research_institute", "university", "site", "industry"}),
    "cluster": frozenset({"company", "industry"}),
    "site": frozenset({"site", "infrastructure", "industry"}),
    "access": frozenset({"infrastructure", "site", "industry"}),
    "utilities": frozenset({"infrastructure", "company", "industry"}),
    "cost": frozenset({"indicator", "industry"}),
    "labour_market": frozenset({"indicator", "company", "industry"}),
    "quality_of_life": frozenset({"company", "industry"}),
    "partners": frozenset({"research_institute", "industry"}),
    "distance": frozenset({"industry"}),
    "agglomeration": frozenset({"indicator", "industry"}),
}
"""Kinds of evidence that can answer a need of a facet; "industry" statements speak about anything."""

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Value = TypeVar("Value", bound=Hashable)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Background:
    """What is usual for each need: mean and spread of its cosines with the background statements.

    Both have shape (n_needs, 1), so that they broadcast over evidence.
    """

    mean: Doubles
    spread: Doubles

    def of_need(self, row: int) -> Background:
        """Return that of one need, with both of shape (1,)."""
        return Background(self.mean[row], self.spread[row])


@dataclass(frozen=True, slots=True)
class Curve:
    """The logistic curve of one encoder: log odds = intercept + the weighted features."""

    encoder: str
    intercept: float
    above_usual: float
    kind_fits: float
    shares_theme: float

    def strengths(
        self, similarities: Floats, background: Background, kind_fits: Bools, shares_theme: Bools
    ) -> Doubles:
        """Return the chance that a statement meets a need.

        Parameters
        ----------
        similarities : ndarray of shape (n_needs, n_evidence), or (n_evidence,) for one need
            Cosines, as `StatementIndex.similarities` gives them.
        background : Background
            Of the same needs.
        kind_fits : ndarray of the same shape
            Whether the evidence is of a kind that can answer the need; see `kinds_fit`.
        shares_theme : ndarray of the same shape
            Whether need and evidence name a theme in common.

        Returns
        -------
        ndarray of the same shape
            Strengths in (0, 1): of judged cases given 0.8, about 80 in 100 met the need. Each depends on its
            own need and statement only, so the best statement of a location may be taken freely.
        """
        above_usual = (similarities.astype(np.float64) - background.mean) / background.spread
        log_odds = (
            self.intercept
            + self.above_usual * above_usual
            + self.kind_fits * kind_fits
            + self.shares_theme * shares_theme
        )
        strengths: Doubles = 1 / (1 + np.exp(-log_odds))
        return strengths

    def similarities(
        self, strength: float, background: Background, kind_fits: Bools, shares_theme: Bools
    ) -> Doubles:
        """Return the cosine that gives `strength`, in (0, 1), under each of the flags: `strengths` turned round."""
        log_odds = np.log(strength / (1 - strength))
        rest = log_odds - self.intercept - self.kind_fits * kind_fits - self.shares_theme * shares_theme
        cosines: Doubles = background.mean + background.spread * rest / self.above_usual
        return cosines


@dataclass(frozen=True)
class Calibration:
    """A curve together with the background of its encoder. Load it with `load_calibration`.

    `is_fitted` is False for an encoder that the judged pairs were not fitted for; its strengths then
    follow the default's curve and are only roughly shares.
    """

    curve: Curve
    is_fitted: bool
    statements: StatementIndex

    @property
    def fingerprint(self) -> str:
        """Names what makes the strengths: the curve's values and the background."""
        values = (self.curve.intercept, self.curve.above_usual, self.curve.kind_fits, self.curve.shares_theme)
        return "-".join([self.statements.fingerprint[:12], *(f"{value:.4f}" for value in values)])

    def background(self, needs: Floats) -> Background:
        """Compare unit vectors of needs, of shape (n_needs, dimension), with the background statements."""
        cosines = self.statements.similarities(needs).astype(np.float64)
        return Background(cosines.mean(axis=1, keepdims=True), cosines.std(axis=1, keepdims=True))

    def strengths(
        self, similarities: Floats, background: Background, kind_fits: Bools, shares_theme: Bools
    ) -> Doubles:
        """Return the chance that a statement meets a need, as `Curve.strengths` says."""
        return self.curve.strengths(similarities, background, kind_fits, shares_theme)


def kinds_fit(facets: Sequence[str], kinds: Sequence[EvidenceKind]) -> Bools:
    """Return whether each evidence can answer each need, of shape (n_needs, n_evidence)."""
    names, codes = coded(kinds)
    table = [[kind in FITTING_KINDS[facet] for kind in names] for facet in facets]
    return np.array(table, bool).reshape(len(facets), len(names))[:, codes]


def themes_shared(needs: Sequence[Sequence[str]], evidence: Sequence[tuple[str, ...]]) -> Bools:
    """Return whether each need and each evidence name a theme in common, of shape (n_needs, n_evidence)."""
    combinations, codes = coded(evidence)
    table = [[not set(themes).isdisjoint(combination) for combination in combinations] for themes in needs]
    return np.array(table, bool).reshape(len(needs), len(combinations))[:, codes]


def coded(values: Sequence[Value]) -> tuple[list[Value], NDArray[np.int64]]:
    """Return the distinct values and each value's place among them: hundreds of thousands have only a few."""
    places: dict[Value, int] = {}
    codes = np.fromiter((places.setdefault(value, len(places)) for value in values), np.int64, len(values))
    return list(places), codes


def load_calibration(encoder: Encoder, folder: Path = FOLDER) -> Calibration:
    """Load the curve of an encoder and its background, which is encoded once and cached.

    Raises
    ------
    ModelError
        If the artefact cannot be read.
    """
    try:
        artefact: dict[str, Any] = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
        curves = [Curve(**row) for row in artefact["curves"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder / 'calibration.json'} cannot be read: run `matcher fit calibration`."
        ) from error
    fitted = [curve for curve in curves if curve.encoder == encoder.fingerprint]
    if not fitted:
        logger.warning(
            "strengths were not calibrated for the encoder %s: its strengths follow the default's curve.",
            encoder.fingerprint,
        )
    return Calibration((fitted or curves)[0], bool(fitted), background_statements(encoder, folder))


def background_statements(encoder: Encoder, folder: Path = FOLDER) -> StatementIndex:
    """Return the index of the fixed statements that say what is usual for a need."""
    from models.index import StatementIndex

    with (folder / "background.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    german, english = [row["text_de"] for row in rows], [row["text_en"] for row in rows]
    return StatementIndex.for_statements(german, english, encoder)
