"""Columns are recognised by German and English names, CRM presets and mapping files."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.leads.columns import FIELDS, PRESETS, map_columns, recognise

GERMAN = [
    "Nr.",
    "Firma",
    "Land",
    "Ort",
    "Bundesstaat",
    "Sektor",
    "Branche",
    "Mitarbeiter",
    "Website",
    "Beschreibung",
]


def test_the_german_header_of_an_excel_export_is_recognised_whole() -> None:
    assert list(recognise(GERMAN).by_field.values()) == list(range(10))


def test_the_english_header_is_recognised_in_any_case_and_order() -> None:
    header = [name.upper().replace("_", " ") for name in reversed(FIELDS)]
    assert list(recognise(header).by_field.values()) == list(reversed(range(10)))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_takes_the_columns_of_its_crm_before_any_other(preset: str) -> None:
    names = PRESETS[preset]
    header = ["E-Mail", "Telefon", *(aliases[0].title() for aliases in names.values())]
    mapped = map_columns(header, preset, "x.csv").by_field
    assert {name: mapped[name] for name in names} == {name: i + 2 for i, name in enumerate(names)}


def test_contact_columns_are_never_mapped() -> None:
    header = ["Vorname", "Nachname", "E-Mail", "Telefon", "Ansprechpartner", "Position", "Beschreibung"]
    mapped = recognise(header)
    assert [position for position in mapped.by_field.values() if position is not None] == [6]


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_a_mapping_file_names_fields_and_columns(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"map.{ending}"
    path.write_text(
        'name = "X"\ndescription = "Y"\n' if ending == "toml" else '{"name": "X", "description": "Y"}',
        encoding="utf-8",
    )
    mapped = map_columns(["Y", "Z", "X"], str(path), "x.csv")
    assert (mapped.name, mapped.description, mapped.country) == (2, 0, None)


@pytest.mark.parametrize(
    ("columns", "choice", "sentence"),
    [
        (["a", "b"], None, "no column tells what the companies do"),
        (["description"], "nosuch", "neither a preset"),
    ],
)
def test_a_file_without_activity_and_an_unknown_mapping_are_refused(
    columns: list[str], choice: str | None, sentence: str
) -> None:
    with pytest.raises(MatcherError, match=sentence):
        map_columns(columns, choice, "x.csv")


def test_a_mapping_to_a_missing_column_names_the_columns_there_are(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('description = "Profil"\n', encoding="utf-8")
    with pytest.raises(MatcherError, match=r"'Profil' for description.*'Text'"):
        map_columns(["Text"], str(path), "x.csv")
