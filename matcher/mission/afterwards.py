"""After the mission: what came of each meeting, what is overdue, and outcomes as judged examples.

The outcome form has five fields. None of them says anything about a person: they are about the organisation met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.plan_files import csv_text
from matcher.mission.records import Mission

Result = Literal["none", "contact", "project", "location"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""What came of a meeting: nothing, a contact, a joint project, or a location that is being looked at."""

DECISION_COLUMNS = (
    "id",
    "company",
    "country_of_origin",
    "year",
    "municipality",
    "also_suitable",
    "theme",
    "function",
    "jobs",
    "area_ha",
    "what_happened",
    "brief_de",
    "brief_en",
    "difficulty",
    "confidence",
    "source",
)
"""Columns of the judged examples that `matcher evaluate` reads."""


class OutcomeError(MatcherError):
    """A field of the outcome form that does not fit; `field` names it."""

    def __init__(self, field: str, sentence: str, *, de: str) -> None:
        super().__init__(sentence, de=de)
        self.field = field


@dataclass(frozen=True, slots=True)
class Outcome:
    """The five fields: did it take place, what came of it, for which municipality, what next, by when."""

    member_id: str
    target_id: str
    took_place: bool
    result: Result
    location_id: str
    next_step: str
    due: date | None
    is_done: bool = False

    def is_overdue(self, today: date) -> bool:
        """Whether a follow-up was promised for a day that has passed, and has not been done."""
        return self.due is not None and self.due < today and not self.is_done


def check_outcome(
    pair: tuple[str, str], fields: Mapping[str, str], mission_pairs: Iterable[tuple[str, str]], region: Region
) -> Outcome:
    """Make an outcome of the fields of a form.

    Raises
    ------
    OutcomeError
        One sentence, and the field it is about.
    """
    if pair not in set(mission_pairs):
        raise OutcomeError(
            "meeting",
            f"{pair[0]} and {pair[1]} have no meeting in this plan.",
            de=f"{pair[0]} und {pair[1]} haben in diesem Plan keinen Termin.",
        )
    result = fields.get("result", "")
    if result not in RESULTS:
        raise OutcomeError(
            "result",
            f"{result!r} is unknown; choose one of {', '.join(RESULTS)}.",
            de=f"„{result}“ ist unbekannt; bitte eines der Ergebnisse wählen.",
        )
    location_id = fields.get("location", "")
    if location_id and location_id not in region.location_by_id:
        raise OutcomeError(
            "location",
            f"{location_id!r} is no municipality of the region; choose one.",
            de=f"„{location_id}“ ist keine Kommune der Region; bitte eine wählen.",
        )
    if result == "location" and not location_id:
        raise OutcomeError(
            "location",
            "say which municipality is being looked at.",
            de="Bitte angeben, welche Kommune betrachtet wird.",
        )
    due: date | None = None
    if fields.get("due"):
        try:
            due = date.fromisoformat(fields["due"])
        except ValueError:
            raise OutcomeError(
                "due",
                f"{fields['due']!r} is no date; write one such as 2027-02-15.",
                de=f"„{fields['due']}“ ist kein Datum; bitte schreiben wie 2027-02-15.",
            ) from None
    return Outcome(
        *pair,
        took_place=fields.get("took_place") == "yes",
        result=next(name for name in RESULTS if name == result),
        location_id=location_id,
        next_step=fields.get("next_step", "").strip()[:500],
        due=due,
        is_done=fields.get("is_done") == "yes",
    )


def overdue(outcomes: Iterable[Outcome], today: date) -> list[Outcome]:
    """List the follow-ups that are overdue, the oldest first."""
    late = [outcome for outcome in outcomes if outcome.is_overdue(today)]
    return sorted(late, key=lambda o: (o.due or today, o.member_id, o.target_id))


def judged_examples(outcomes: Sequence[Outcome], mission: Mission, region: Region) -> str:
    """Return the outcomes that name a municipality as a CSV that `matcher evaluate` reads.

    One row a target: the municipality of its latest furthest result counts, others are also suitable. The
    brief is the target's own description in both columns, as it stands in the target list.
    """
    targets = {target.id: target for target in mission.targets}
    by_target: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.took_place and outcome.location_id and outcome.result != "none":
            by_target.setdefault(outcome.target_id, []).append(outcome)
    rows: list[tuple[object, ...]] = []
    for target_id, found in sorted(by_target.items()):
        target = targets[target_id]
        best = sorted(found, key=lambda o: (-RESULTS.index(o.result), o.member_id))
        names = [region.location_by_id[outcome.location_id].name for outcome in best]
        also = [name for name in dict.fromkeys(names) if name != names[0]]
        text = target.description or f"{target.name}. {target.industry}"
        rows.append(
            (
                f"mission-{target_id}",
                target.name,
                target.country,
                min(day.date for day in mission.frame.days).year,
                names[0],
                ";".join(also),
                "",
                "",
                "",
                "",
                best[0].result,
                text,
                text,
                "",
                "outcome of a mission",
                mission.frame.title_en,
            )
        )
    return csv_text(DECISION_COLUMNS, rows)
