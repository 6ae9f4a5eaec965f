"""Outcomes: five fields, overdue follow-ups, and examples that the evaluation reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.pack import RUHR
from corpus.records import Region
from matcher.evaluate import read_cases
from matcher.mission.afterwards import Outcome, OutcomeError, check_outcome, judged_examples, overdue
from matcher.mission.reading import read_mission

SAMPLE = RUHR / "missions"
BOCHUM, ESSEN = "05911000", "05113000"


def outcome(
    target: str, result: str, location: str, due: date | None = None, *, done: bool = False
) -> Outcome:
    return Outcome("M01", target, True, result, location, "send figures", due, done)  # type: ignore[arg-type]


def test_only_promised_and_undone_follow_ups_of_past_days_are_overdue() -> None:
    late = outcome("T01", "contact", "", date(2027, 2, 1))
    later = outcome("T02", "contact", "", date(2027, 2, 9))
    done = outcome("T03", "contact", "", date(2027, 2, 1), done=True)
    assert overdue([later, done, late, outcome("T04", "none", "")], date(2027, 2, 9)) == [late]


def test_the_exported_outcomes_are_cases_of_the_evaluation(ruhr: Region, tmp_path: Path) -> None:
    mission = read_mission(
        [SAMPLE / "targets.csv"], SAMPLE / "delegation.csv", SAMPLE / "plan.toml", None, ruhr
    )
    path = tmp_path / "outcomes.csv"
    outcomes = [
        outcome("T01", "location", BOCHUM),
        Outcome("M02", "T01", True, "contact", ESSEN, "", None),
        outcome("T02", "contact", ""),
        Outcome("M03", "T03", False, "location", ESSEN, "", None),
    ]
    path.write_text(judged_examples(outcomes, mission, ruhr), encoding="utf-8")

    class Loaded:
        region = ruhr

    (case,) = read_cases(path, Loaded())  # type: ignore[arg-type]
    assert case.company == "Lakeshore Quantum Security Inc. (invented)"
    assert ruhr.locations[case.chosen].id == BOCHUM
    assert [ruhr.locations[number].id for number in case.also] == [ESSEN]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"result": "love"}, "result", "'love' is unknown"),
        ({"result": "location"}, "location", "say which municipality"),
        ({"result": "contact", "location": "1"}, "location", "'1' is no municipality"),
        ({"result": "contact", "due": "soon"}, "due", "'soon' is no date"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(
    ruhr: Region, fields: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(OutcomeError, match=sentence) as caught:
        check_outcome(("M1", "T1"), fields, [("M1", "T1")], ruhr)
    assert caught.value.field == field
