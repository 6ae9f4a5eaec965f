"""The matcher: a brief's needs put to a region's facts, added up, and ranked into a shortlist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.pack import RUHR, load_region
from corpus.records import Region
from matcher.brief import Brief
from matcher.exclusion import usable_mask
from matcher.facts import Facts
from matcher.findings import UNMET, Finding
from matcher.geometry import Doubles
from matcher.joint import with_joint_bids
from matcher.meaning import Meaning
from matcher.ranking import ranked, reranked
from matcher.shortlist import Contribution, Match, Shortlist, Versions
from matcher.stability import with_stability
from matcher.strengths import find
from matcher.strengths.question import Question
from matcher.surroundings import Indexes
from matcher.understand import understand
from models.index import StatementIndex
from models.load import load_encoder

if TYPE_CHECKING:
    from models.encoder import Encoder

RANKER = "5"
"""Version of the rules from needs to points; it stands in every result."""


@dataclass(frozen=True)
class Appraisal:
    """What was found for each need of a brief, before any worth is applied: re-ranking starts here."""

    brief: Brief
    findings: tuple[Finding, ...]

    @property
    def strengths(self) -> Doubles:
        """Strengths in [0, 1], shape (n_needs, n_locations)."""
        return np.array([finding.strengths for finding in self.findings])

    def tenths(self, worths: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return contributions in tenths, shape (n_needs, n_locations), for worths (n_needs,) in tenths."""
        rounded: NDArray[np.int64] = np.rint(worths[:, None] * self.strengths).astype(np.int64)
        return rounded

    @property
    def is_set_aside(self) -> NDArray[np.bool_]:
        """Which locations fail a must, shape (n_locations,)."""
        failing = [finding.codes == UNMET for finding in self.findings if finding.need.is_must]
        n_locations = len(self.findings[0].strengths) if self.findings else 0
        return np.any(failing, axis=0) if failing else np.zeros(n_locations, dtype=bool)


class Matcher:
    """Ranks the locations of one region for briefs; holds the region's facts and the encoder."""

    def __init__(self, region: Region, encoder: Encoder) -> None:
        self.region = region
        self.encoder = encoder
        self.facts = Facts(region)
        index = StatementIndex.for_region(region, encoder)
        self.meaning = Meaning(region.evidence, self.facts.concepts, index, encoder)

    @classmethod
    def load(cls, region_folder: Path | None = None, encoder: str | None = None) -> Matcher:
        """Load the region pack and encoder, and build or open the statement index.

        Raises
        ------
        CorpusError, ModelError
            When the pack or the encoder cannot be used; the sentence says what to do.
        """
        return cls(load_region(region_folder or RUHR), load_encoder(encoder))

    @property
    def versions(self) -> Versions:
        """Fingerprints of everything that decides a result."""
        return Versions(self.region.fingerprint, self.encoder.fingerprint, RANKER)

    def understand(self, text: str, brief_id: str = "brief") -> Brief:
        """Return the structured brief of a text."""
        return understand(text, self.region, self.encoder, brief_id=brief_id)

    def appraise(self, brief: Brief, *, exclude: str | None = None) -> Appraisal:
        """Put each need of the brief to the facts; statements naming `exclude` are not used."""
        usable = usable_mask(self.region, exclude)
        meanings = self.meaning.strengths(brief)
        questions = (
            Question(need, brief.function, self.facts, np.where(usable, meaning, 0.0), usable)
            for need, meaning in zip(brief.needs, meanings, strict=True)
        )
        return Appraisal(brief, tuple(find(question) for question in questions))

    def explained(self, brief: Brief, *, exclude: str | None = None) -> Shortlist:
        """Return the whole shortlist of a brief with stability and joint bids."""
        return with_joint_bids(with_stability(self.match(brief, exclude=exclude)))

    def match(self, brief: Brief, *, exclude: str | None = None, top: int | None = None) -> Shortlist:
        """Return the shortlist of a brief: all locations, or the first `top` and those set aside."""
        return self.shortlist(self.appraise(brief, exclude=exclude), top=top)

    def with_stability(self, shortlist: Shortlist) -> Shortlist:
        """Return the shortlist with how sure each rank is."""
        return with_stability(shortlist)

    def with_joint_bids(self, shortlist: Shortlist) -> Shortlist:
        """Return the shortlist with the best joint bids."""
        return with_joint_bids(shortlist)

    def rerank(
        self,
        shortlist: Shortlist,
        worths: Mapping[str, float],
        musts: Mapping[str, bool] | None = None,
    ) -> Shortlist:
        """Return the shortlist under other worths and musts, from the strengths it holds already."""
        return reranked(shortlist, worths, musts or {})

    def shortlist(self, appraisal: Appraisal, *, top: int | None = None) -> Shortlist:
        """Add up an appraisal and rank it: best score first, equal scores by location id."""
        brief = appraisal.brief
        worths = np.array([need.worth_tenths for need in brief.needs], dtype=np.int64)
        scores = appraisal.tenths(worths).sum(axis=0)
        is_aside = appraisal.is_set_aside
        order: Indexes = np.lexsort((self.facts.place_by_id, -scores, is_aside))
        n_ranked = int((~is_aside).sum())
        kept = np.concatenate([order[:n_ranked][:top], order[n_ranked:]])
        matches = [
            Match(self.region.locations[at], contributions)
            for at, contributions in zip(kept, self._contributions(appraisal, kept), strict=True)
        ]
        return Shortlist(self.region, brief, *ranked(matches), (), self.versions)

    def _contributions(self, appraisal: Appraisal, locations: Indexes) -> list[tuple[Contribution, ...]]:
        by_need = [finding.contributions(self.facts, locations) for finding in appraisal.findings]
        return list(zip(*by_need, strict=True)) if by_need else [()] * len(locations)
