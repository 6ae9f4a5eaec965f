"""Mutual fit of members and targets: common theme, what we offer and they do, what they do and we seek.

What is compared are the texts of organisations; nothing rates a person. A target is its sentences, and the one
sentence that comes closest earns the points and is shown. How close is close is read from the region's own
statements, so that a fit never depends on who else is on the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence, Location, Region
from matcher.mission.records import Mission, Target
from matcher.sentences import split_spans
from models.encoder import Encoder, Floats
from models.index import StatementIndex

FitKind = Literal["theme", "offer", "seek"]
WORTHS: Mapping[FitKind, int] = {"theme": 300, "offer": 350, "seek": 350}
"""Tenths of a point that each part of a fit is worth: chosen, so that both directions count alike."""
NOTHING, EVERYTHING = 1.0, 5.0
"""Standard deviations above the mean similarity with the region's statements at which a strength is 0 and 1.

Chosen by reading pairs of the sample delegation with the Pittsburgh file: below the first nothing is in common."""
N_LOCATIONS = 3
LOCATION_KINDS = frozenset(
    {"industry", "company", "research_institute", "university", "programme", "site", "infrastructure"}
)
"""Kinds of evidence that can speak to a target; indicators and totals of students say nothing about it."""
UNCONFIRMED = 0.8
"""What a statement that was not read in its source counts beside one that was: chosen."""
BOILERPLATE = re.compile(
    r"\b(founded in|incorporated|headquartered|is based in|formerly known as|changed its name|subsidiar(y|ies) of"
    r"|gegründet|hat ihren Sitz|mit Sitz in)\b",
    re.IGNORECASE,
)
"""Sentences of a description that tell how old or where a company is, not what it does."""

FIELDS: Mapping[str, str] = {
    "art": "art, design and media",
    "design": "art, design and media",
    "music": "music and performing arts",
    "theolog": "theology",
    "seminary": "theology",
    "bible": "theology",
    "medic": "medicine, health and life sciences",
    "health": "medicine, health and life sciences",
    "business": "business and management",
    "law": "law",
    "technolog": "engineering, computer science and technology",
    "technion": "engineering, computer science and technology",
    "polytechnic": "engineering, computer science and technology",
    "agricultur": "agriculture and life sciences",
}
"""Words in the name of an institution and the fields they tell; the lists of institutions say no more."""
ALL_FIELDS = "engineering, computer science, natural sciences, medicine and business"


@dataclass(frozen=True, slots=True)
class FitPart:
    """What one side of a fit adds: `sentence` is the target's, `theme` the common theme's id if any."""

    kind: FitKind
    strength: float
    sentence: str
    theme: str = ""

    @property
    def tenths(self) -> int:
        """Tenths of a point earned: rounded here, once."""
        return round(WORTHS[self.kind] * self.strength)


@dataclass(frozen=True, slots=True)
class PairFit:
    """Why a member and a target should meet; the fit is the sum of its parts."""

    member_id: str
    target_id: str
    parts: tuple[FitPart, ...]

    @property
    def tenths(self) -> int:
        """Mutual fit in tenths of a point, from 0 to 1000."""
        return sum(part.tenths for part in self.parts)

    def part(self, kind: FitKind) -> FitPart:
        """Return one part."""
        return next(part for part in self.parts if part.kind == kind)


@dataclass(frozen=True, slots=True)
class LocationFit:
    """A location for a target, with the statements that speak for it, the strongest first."""

    location: Location
    evidence: tuple[Evidence, ...]
    strength: float


def field_of(target: Target) -> str:
    """Tell the fields of an institution from its name."""
    name = target.name.casefold()
    return next((field for word, field in FIELDS.items() if word in name), ALL_FIELDS)


def own_words(target: Target) -> list[str]:
    """List the sentences that stand for a target: its description, its industry, or its fields."""
    if target.kind == "institution" and not target.description:
        return [
            f"{target.name}: research and teaching in {field_of(target)}.",
            "Students and graduates, joint research projects, spin-offs and technology transfer.",
        ]
    told = [target.description[start:end] for start, end in split_spans(target.description)]
    found = [sentence for sentence in told if not BOILERPLATE.search(sentence)]
    if target.industry or target.sector:
        found.append(" – ".join(filter(None, (target.sector, target.industry))))
    return found or [target.name]


class FitMaker:
    """Computes the fits of one mission; what is compared is encoded once."""

    def __init__(self, mission: Mission, region: Region, encoder: Encoder) -> None:
        self.mission = mission
        self.region = region
        self.index = StatementIndex.for_region(region, encoder)
        self.words = [own_words(target) for target in mission.targets]
        self.starts = np.cumsum([0, *(len(words) for words in self.words)])
        self._sentences = encoder.encode([text for words in self.words for text in words])
        self._members = [
            encoder.encode([member.offers or member.organisation, member.seeks or member.organisation])
            for member in mission.members
        ]
        self._known: dict[int, list[float]] = {}
        self._is_confirmed = np.array([evidence.is_confirmed for evidence in region.evidence])
        self._themes = encoder.encode([f"{theme.name_en}. {theme.description_en}" for theme in region.themes])

    def _strengths(self, queries: Floats) -> Floats:
        """Strength of every sentence of every target for each query: shape (n_queries, n_sentences)."""
        known = self.index.similarities(queries)
        middle, spread = known.mean(axis=1, keepdims=True), known.std(axis=1, keepdims=True)
        # Not a matrix product: that adds in an order that depends on how many sentences there are.
        return _scaled(np.einsum("qd,sd->qs", queries, self._sentences), middle, spread)

    @cached_property
    def theme_strengths(self) -> Floats:
        """Strength of each theme for each target: shape (n_themes, n_targets)."""
        return self._best(self._strengths(self._themes))[0]

    def theme_of(self, target: int) -> str | None:
        """Return the id of the theme a target is closest to, or None when it is close to none."""
        best = int(np.argmax(self.theme_strengths[:, target]))
        return self.region.themes[best].id if self.theme_strengths[best, target] > 0 else None

    def _best(self, strengths: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """By query and target: the best strength, and which sentence of the target has it."""
        parts = [strengths[:, a:b] for a, b in zip(self.starts, self.starts[1:], strict=False)]
        return (
            np.stack([part.max(axis=1) for part in parts], axis=1),
            np.stack([part.argmax(axis=1) for part in parts], axis=1),
        )

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], PairFit]:
        """The fit of every member with every target."""
        theme_ids = [theme.id for theme in self.region.themes]
        theme_best, theme_sentence = self._best(self._strengths(self._themes))
        found: dict[tuple[str, str], PairFit] = {}
        for member, vectors in zip(self.mission.members, self._members, strict=True):
            best, sentence = self._best(self._strengths(vectors))
            rows = [theme_ids.index(theme) for theme in member.themes]
            for number, target in enumerate(self.mission.targets):
                words = self.words[number]
                row = max(rows, key=lambda r: (theme_best[r, number], -r), default=None)
                theme = FitPart("theme", 0.0, "")
                if row is not None:
                    strength = float(theme_best[row, number])
                    theme = FitPart("theme", strength, words[theme_sentence[row, number]], theme_ids[row])
                parts = [theme]
                sides: tuple[tuple[FitKind, str], ...] = (("offer", member.offers), ("seek", member.seeks))
                for side, (kind, text) in enumerate(sides):
                    strength = float(best[side, number]) if text else 0.0
                    parts.append(FitPart(kind, strength, words[sentence[side, number]]))
                found[member.id, target.id] = PairFit(member.id, target.id, tuple(parts))
        return found

    @cached_property
    def tenths(self) -> Mapping[tuple[str, str], int]:
        """Mutual fit in tenths by pair: what the schedule weighs."""
        return {pair: fit.tenths for pair, fit in self.pairs.items()}

    def locations(self, target: int) -> tuple[LocationFit, ...]:
        """Return the locations with the most to show a target: the sum of their three best statements."""
        strengths = self._evidence_strengths(target)
        by_location: dict[str, list[tuple[float, Evidence]]] = {}
        for evidence, strength in zip(self.region.evidence, strengths, strict=True):
            if strength > 0 and evidence.scope == "location" and evidence.kind in LOCATION_KINDS:
                by_location.setdefault(evidence.location_id, []).append((float(strength), evidence))
        fits = []
        for location_id, held in by_location.items():
            best = sorted(held, key=lambda item: (-item[0], item[1].id))[:3]
            fits.append(
                LocationFit(
                    self.region.location_by_id[location_id],
                    tuple(evidence for _, evidence in best),
                    sum(strength for strength, _ in best),
                )
            )
        return tuple(sorted(fits, key=lambda fit: (-fit.strength, fit.location.id))[:N_LOCATIONS])

    def home_evidence(self, location_id: str, target: int) -> Evidence | None:
        """Return the statement about a municipality that comes closest to a target, if any does."""
        strengths = self._evidence_strengths(target)
        held = [
            (float(strength), evidence)
            for evidence, strength in zip(self.region.evidence, strengths, strict=True)
            if evidence.location_id == location_id and strength > 0 and evidence.kind in LOCATION_KINDS
        ]
        return min(held, key=lambda item: (-item[0], item[1].id))[1] if held else None

    def _evidence_strengths(self, target: int) -> Sequence[float]:
        if target not in self._known:
            own = self._sentences[self.starts[target] : self.starts[target + 1]]
            known = self.index.similarities(own)
            middle, spread = known.mean(axis=1, keepdims=True), known.std(axis=1, keepdims=True)
            strengths = _scaled(known, middle, spread).max(axis=0)
            self._known[target] = np.where(self._is_confirmed, strengths, UNCONFIRMED * strengths).tolist()
        return self._known[target]


def _scaled(similarities: Floats, middle: Floats, spread: Floats) -> Floats:
    """Map similarities to strengths in [0, 1], given mean and standard deviation of each row's reference."""
    deviations = (similarities - middle) / np.maximum(spread, 1e-6)
    scaled: Floats = np.clip((deviations - NOTHING) / (EVERYTHING - NOTHING), 0.0, 1.0).astype(np.float32)
    return scaled
