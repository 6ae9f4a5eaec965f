"""The structured brief can be written, edited and read back without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import matcher
from matcher.brief import FACETS, FUNCTIONS, ActivityCode, Brief, Need, Place, with_worths
from matcher.brief_json import brief_from_json, brief_to_json
from matcher.errors import MatcherError

SCHEMA = json.loads((Path(matcher.__file__).parent / "data" / "brief.schema.json").read_text("utf-8"))
TEXT = "Wir suchen 5 ha mit Gleisanschluss, gern in der Nähe von Köln."
words = st.text("abcdäöü €", max_size=8)
numbers = st.none() | st.floats(-1e9, 1e9)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    def need(number: int) -> Need:
        start = draw(st.integers(0, len(TEXT) - 2))
        span = draw(st.none() | st.just((start, draw(st.integers(start + 1, len(TEXT))))))
        place = (
            Place(draw(words), 51.0, 7.25, draw(st.none() | words), draw(st.sampled_from([0.0, 25.0])))
            if draw(st.booleans())
            else None
        )
        return Need(
            f"n{number}",
            draw(words),
            span,
            draw(st.sampled_from(FACETS)),
            0,
            is_must=draw(st.booleans()),
            is_avoided=draw(st.booleans()),
            topics=tuple(draw(st.lists(words, max_size=2))),
            minimum=draw(numbers),
            maximum=draw(numbers),
            unit=draw(st.none() | words),
            place=place,
            level=draw(st.sampled_from([None, "bachelor", "master", "phd_centre"])),
            codes=(ActivityCode("NACE", "Rev. 2", "28"),) if draw(st.booleans()) else (),
            assumption=draw(st.none() | words),
            evidence_query=draw(words),
        )

    needs = [need(number) for number in range(1, draw(st.integers(1, 4)) + 1)]
    weights = [draw(st.floats(0.1, 9)) for _ in needs]
    shares = tuple((name, draw(st.floats(0, 1))) for name in FUNCTIONS)
    return Brief("b", TEXT, "de", with_worths(needs, weights), draw(st.sampled_from(FUNCTIONS)), shares)


@given(briefs())
def test_a_brief_comes_back_equal_and_agrees_with_the_published_schema(brief: Brief) -> None:
    document = json.loads(json.dumps(brief_to_json(brief)))
    Draft202012Validator(SCHEMA).validate(document)
    assert brief_from_json(document) == brief


def minimal() -> dict[str, Any]:
    return {
        "brief": {"text": TEXT},
        "needs": [{"text": "Gleis", "facet": "access", "worth_tenths": 1000}],
    }


def test_edited_worths_are_shared_anew_and_a_note_says_so() -> None:
    document = minimal()
    document["needs"].append({"text": "5 ha", "facet": "site", "worth_tenths": 3000})
    brief = brief_from_json(document)
    assert [need.worth_tenths for need in brief.needs] == [250, 750]
    assert "4000" in brief.notes[0]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("facet", "rail", r"needs\[0\]\.facet: one of talent"),
        ("worth_tenths", -1, r"needs\[0\]\.worth_tenths: a whole number"),
        ("worth_tenths", 0, "every worth_tenths is 0"),
        ("text", None, r"needs\[0\]\.text: a text is expected"),
        ("is_must", "yes", r"needs\[0\]\.is_must: true or false"),
        ("span", [5], r"needs\[0\]\.span"),
        ("span", [5, 5000], "lies outside"),
        ("minimum", "five", r"needs\[0\]\.minimum: a number"),
        ("place", {"name": "Köln"}, "latitude and longitude"),
        ("level", "doctor", r"needs\[0\]\.level"),
        ("codes", "28", r"needs\[0\]\.codes: a list of objects"),
    ],
)
def test_a_wrong_field_is_named_in_one_sentence(field: str, value: object, message: str) -> None:
    document = minimal()
    document["needs"][0][field] = value
    with pytest.raises(MatcherError, match=message):
        brief_from_json(document)


@pytest.mark.parametrize("document", [None, [], "text", {"needs": []}, {"brief": {}, "needs": []}])
def test_a_document_of_another_shape_is_refused(document: object) -> None:
    with pytest.raises(MatcherError):
        brief_from_json(document)
