"""Scores leads: the pure function from a batch of leads to their scores, best locations and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.pack import RUHR, load_region
from corpus.records import Evidence, Language, Region
from matcher.brief import Function
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.leads.implied import function_strengths
from matcher.leads.lead import Lead
from matcher.leads.locations import LocationStrengths, Nearest
from matcher.leads.reasons import Grounds, reasons
from matcher.leads.scored import LeadScore, Versions
from matcher.leads.vectors import VectorCache, halved
from models.encoder import Encoder, Floats
from models.index import StatementIndex
from models.lead_student import load_student
from models.leads import LeadModel, LeadRead, depth, load_lead_model, near_themes, theme_members

EncoderName = Literal["fast", "default", "student"]
ENCODERS: tuple[EncoderName, ...] = ("fast", "default", "student")
REGION_ENCODER: dict[EncoderName, str] = {"fast": "fast", "default": "default", "student": "fast"}
"""The encoder of the region's statements: the student imitates the fast one."""
SECOND_THEME_SHARE = 0.15
N_NEAR = 8
NAMED_KINDS = frozenset({"company", "research_institute"})

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a scorer is made from; small, so that it can be sent to other processes and machines."""

    region_folder: str
    encoder: EncoderName
    uses_cache: bool = True

    @classmethod
    def choose(
        cls, region_folder: Path | None = None, encoder: str = "fast", *, uses_cache: bool = True
    ) -> Settings:
        """Check the choices.

        Raises
        ------
        MatcherError
            If no lead model belongs to the encoder.
        """
        for name in ENCODERS:
            if name == encoder:
                return cls(str(region_folder or RUHR), name, uses_cache)
        raise MatcherError(f"--encoder {encoder}: leads can be scored with {', '.join(ENCODERS)}.")


def versions_of(settings: Settings) -> Versions:
    """Return what will stand in the version columns, without loading an encoder."""
    region = load_region(Path(settings.region_folder))
    return Versions(region.fingerprint[:16], load_lead_model(settings.encoder).version)


class LeadScorer:
    """Scores leads for one region; the same lead gets the same score in any batch, process and machine."""

    def __init__(
        self, matcher: Matcher, index: StatementIndex, model: LeadModel, encoder: Encoder | VectorCache
    ) -> None:
        self.region: Region = matcher.region
        self.model = model
        self.versions = Versions(self.region.fingerprint[:16], model.version)
        self._index = index
        self._encoder = encoder
        functions: Sequence[Function] = model.functions  # type: ignore[assignment]  # the model was fitted on these names
        self._members = theme_members(self.region.evidence, model.themes)
        self._nearest = Nearest.of_region(self.region)
        self._locations = LocationStrengths.of_region(
            self.region, model.themes, function_strengths(matcher, functions)
        )
        self._named = np.array(
            [row for row, e in enumerate(self.region.evidence) if e.kind in NAMED_KINDS and e.subject],
            dtype=np.int64,
        )
        carried = [self.region.evidence[row].themes for row in self._named]
        self._named_themes = np.array(
            [[float(theme in themes) for themes in carried] for theme in model.themes], np.float32
        ).reshape(len(model.themes), len(self._named))

    @classmethod
    def load(cls, settings: Settings) -> LeadScorer:
        """Load region, encoder and lead model.

        Raises
        ------
        CorpusError, ModelError
            When one of them cannot be used; the sentence says what to do.
        """
        model = load_lead_model(settings.encoder)
        matcher = Matcher.load(Path(settings.region_folder), REGION_ENCODER[settings.encoder])
        index = StatementIndex.for_region(matcher.region, matcher.encoder)
        if settings.encoder == "student":
            return cls(matcher, index, model, load_student())
        cached = VectorCache(matcher.encoder) if settings.uses_cache else matcher.encoder
        return cls(matcher, index, model, cached)

    def score(self, leads: Sequence[Lead], language: Language) -> list[LeadScore | None]:
        """Score a batch; a lead with an error has no score.

        Parameters
        ----------
        leads : sequence of Lead
            The rows, in order.
        language : "de" or "en"
            Of the reasons.
        """
        scored = [lead for lead in leads if lead.is_scored]
        found = iter(self._score(scored, language) if scored else ())
        return [next(found) if lead.is_scored else None for lead in leads]

    def location_tenths(self, leads: Sequence[Lead]) -> Integers:
        """Return each location's tenths by need, shape (n_leads, n_locations, 4), for leads without error."""
        read, similarities = self._read(leads)
        return self._location_tenths(read, similarities)

    def _read(self, leads: Sequence[Lead]) -> tuple[LeadRead, Floats]:
        vectors = halved(self._encoder.encode([lead.facts.text for lead in leads])).astype(np.float32)
        read = self.model.read([lead.facts for lead in leads], vectors)
        return read, self._index.similarities(vectors)

    def _location_tenths(self, read: LeadRead, similarities: Floats) -> Integers:
        nearest = self._nearest.similarities(similarities)
        return self._locations.tenths(read.theme_shares, read.function_shares, nearest, self.model.near_ends)

    def _score(self, leads: Sequence[Lead], language: Language) -> list[LeadScore]:
        read, similarities = self._read(leads)
        near = near_themes(similarities, self._members)
        tenths = self.model.tenths(self.model.strengths(read, depth(read.theme_shares, near)))
        best = self._locations.best(self._location_tenths(read, similarities))
        examples = self._examples(similarities, read.theme_shares)
        themes = self.model.themes
        result: list[LeadScore] = []
        for row, lead in enumerate(leads):
            shares = read.theme_shares[row]
            theme, second = _themes(shares, themes)
            raising, lowering = read.telling[row]
            grounds = Grounds(
                self._theme_name(theme, language), bool(theme), raising, lowering, examples[row]
            )
            own = tuple(int(value) for value in tenths[row])
            score_tenths = sum(own)
            functions = read.function_shares[row]
            result.append(
                LeadScore(
                    tenths=own,
                    grade=self.model.grade(score_tenths),
                    percentile=self.model.percentile(score_tenths),
                    probability=round(self.model.probability(score_tenths), 4),
                    theme=theme or "none",
                    second_theme=second,
                    function=self.model.functions[int(functions.argmax())],
                    theme_shares=_named_shares((*themes, "none"), shares),
                    function_shares=_named_shares(self.model.functions, functions),
                    locations=best[row],
                    reasons=reasons(lead, own, self.model.usual_tenths, grounds, self.region, language),
                )
            )
        return result

    def _examples(
        self, similarities: Floats, theme_shares: NDArray[np.float64]
    ) -> list[tuple[Evidence, ...]]:
        """Return the named statements nearest to each lead, those of its theme first, then by the pack's order."""
        if not len(self._named):
            return [()] * len(similarities)
        themes = theme_shares[:, :-1].argmax(axis=1)
        among = similarities[:, self._named] + self._named_themes[themes]
        n_near = min(N_NEAR, len(self._named))
        order = np.argsort(-among, axis=1, kind="stable")[:, :n_near]
        return [tuple(self.region.evidence[self._named[column]] for column in row) for row in order]

    def _theme_name(self, theme: str, language: Language) -> str:
        known = self.region.theme_by_id.get(theme)
        return known.name(language) if known else theme


def _themes(shares: NDArray[np.float64], themes: Sequence[str]) -> tuple[str, str]:
    """Return the likeliest theme ("" for none) and a second one that is likely too, or ""."""
    first = int(shares.argmax())
    order = [int(i) for i in np.argsort(-shares[:-1], kind="stable") if int(i) != first]
    second = order[0] if order and shares[order[0]] >= SECOND_THEME_SHARE else None
    return (themes[first] if first < len(themes) else "", "" if second is None else themes[second])


def _named_shares(names: Sequence[str], shares: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
    return tuple((name, round(float(share), 4)) for name, share in zip(names, shares, strict=True))


@lru_cache(maxsize=2)
def scorer_for(settings: Settings) -> LeadScorer:
    """Return the scorer of this process for these settings, loading it once."""
    return LeadScorer.load(settings)
