"""A scored lead: its contributions, grade, theme, best locations and reasons, and the columns they give."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Language
from matcher.leads.lead import Lead
from models.leads import GROUPS, Group

SCORE_COLUMNS = (
    "lead_score",
    "grade",
    "theme",
    "second_theme",
    "location_1",
    "location_2",
    "location_3",
    "location_id_1",
    "location_id_2",
    "location_id_3",
    "reason_1",
    "reason_2",
    "reason_3",
    "missing",
    "error",
    "corpus_version",
    "model_version",
)
EXTRA_COLUMNS = ("percentile", "function", "duplicate_of")
ADDED_COLUMNS = (*SCORE_COLUMNS, *EXTRA_COLUMNS)
"""The columns that are added to every row, in this order. They replace columns of the same name."""

N_LOCATIONS = 3
NEEDS = ("theme", "activity", "function", "agglomeration")
"""What a lead is taken to need of a location, in the order of `LocationFit.tenths`."""


@dataclass(frozen=True, slots=True)
class LocationFit:
    """How well one location suits a lead: tenths of a point for each of `NEEDS`, of 1000 in all."""

    location_id: str
    name: str
    tenths: tuple[int, ...]

    @property
    def points_tenths(self) -> int:
        """The location's points in tenths: what a reader adds up."""
        return sum(self.tenths)


@dataclass(frozen=True, slots=True)
class LeadScore:
    """What the model found for a lead: its contributions add up to the score.

    `tenths` follows `models.leads.GROUPS`. `theme_shares` and `function_shares` are probabilities by
    name. `reasons` are in the language that was asked for.
    """

    tenths: tuple[int, ...]
    grade: str
    percentile: int
    probability: float
    theme: str
    second_theme: str
    function: str
    theme_shares: tuple[tuple[str, float], ...]
    function_shares: tuple[tuple[str, float], ...]
    locations: tuple[LocationFit, ...]
    reasons: tuple[str, ...]

    @property
    def score_tenths(self) -> int:
        """The score in tenths of a point."""
        return sum(self.tenths)

    @property
    def by_group(self) -> dict[Group, int]:
        """Contributions in tenths by name."""
        return dict(zip(GROUPS, self.tenths, strict=True))


@dataclass(frozen=True, slots=True)
class Versions:
    """What produced a score: the region pack's and the model's fingerprints, shortened to be readable."""

    corpus: str
    model: str


def added_values(
    lead: Lead, score: LeadScore | None, versions: Versions, language: Language
) -> list[str | float | None]:
    """Return the values of `ADDED_COLUMNS` but the last, which only the whole file can tell."""
    missing = "; ".join(lead.missing)
    error = lead.error[0 if language == "de" else 1]
    if score is None:
        nothing: list[str | float | None] = [None, *[""] * 12]
        return [*nothing, missing, error, versions.corpus, versions.model, None, ""]
    names = [fit.name for fit in score.locations] + [""] * N_LOCATIONS
    ids = [fit.location_id for fit in score.locations] + [""] * N_LOCATIONS
    reasons = [*score.reasons, "", "", ""]
    return [
        score.score_tenths / 10,
        score.grade,
        score.theme,
        score.second_theme,
        *names[:N_LOCATIONS],
        *ids[:N_LOCATIONS],
        *reasons[:3],
        missing,
        error,
        versions.corpus,
        versions.model,
        float(score.percentile),
        score.function,
    ]
