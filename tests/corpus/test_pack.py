"""The loader reads a sound pack into frozen records and names every fault of a broken one."""

from __future__ import annotations

import dataclasses
import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.pack import RUHR, load_region
from corpus.records import Region


@pytest.fixture
def broken(tiny_region_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack that a test may damage."""
    return Path(shutil.copytree(tiny_region_folder, tmp_path / "pack"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CorpusError) as caught:
        load_region(folder)
    return caught.value.problems


def test_the_tiny_pack_becomes_typed_records(tiny_region: Region) -> None:
    assert [location.name for location in tiny_region.locations] == [
        "Altmoor",
        "Birkenfurt",
        "Calmweiler",
        "Dornsee",
        "Eschwald",
        "Finkenau",
    ]
    site = tiny_region.sites[0]
    assert (site.name, site.area_ha, site.availability) == ("Industriepark Birkenfurt", 24.0, "available")
    statement = tiny_region.evidence_by_id[site.id]
    assert (statement.quantity, statement.unit, statement.as_of) == (24.0, "ha", "2025")
    assert statement.text("de").startswith("Im Industriepark")
    assert statement.text("en").startswith("In the Birkenfurt")
    assert tiny_region.location_by_id["altmoor"].postal_codes == ("91001", "91002")
    assert not tiny_region.institution_by_id["fern"].is_regional_talent
    assert tiny_region.institution_by_id["th-dornsee"].campus_ids == ("finkenau",)
    assert not tiny_region.evidence_by_id["res-2"].is_confirmed


def test_records_cannot_be_changed(tiny_region: Region) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        tiny_region.locations[0].name = "Neustadt"  # type: ignore[misc]


def test_all_faults_are_named_not_only_the_first(broken: Path) -> None:
    replace(broken / "sites.csv", "site-1,birkenfurt", "site-1,birkenfort")
    replace(broken / "sites.csv", "technology_park,6,", "technology_park,sechs,")
    replace(broken / "evidence.csv", "s2,2024,verified", "s9,2024,sure")
    replace(broken / "locations.csv", "50.10,9.10", "150.10,9.10")
    assert problems_of(broken) == (
        "locations.csv, row 2, field 'latitude': 150.10 is outside -90 to 90; correct the figure.",
        "evidence.csv, row 2, field 'source_ids': 's9' is not an id of sources.csv; "
        "use an id of sources.csv, or add the row there.",
        "evidence.csv, row 2, field 'confidence': 'sure' is not allowed; use one of: verified, recalled.",
        "sites.csv, row 2, field 'location_id': 'birkenfort' is not an id of locations.csv; "
        "use an id of locations.csv, or add the row there.",
        "sites.csv, row 2, field 'id': evidence 'site-1' is about location 'birkenfurt'; "
        "let both name the same location.",
        "sites.csv, row 3, field 'area_ha': 'sechs' is not a number; "
        "write digits with a decimal point, e.g. 12.5.",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("themes.csv", "digital_security,", "clean_industry,", "'clean_industry' stands in row 2 too"),
        ("evidence.csv", "18000,students,s2", "18000,,s2", "quantity and unit do not come together"),
        ("evidence.csv", "s2,2024,", "s2,2024-13,", "'2024-13' is no date"),
        ("evidence.csv", "site-2,calmweiler,site", "site-2,calmweiler,sight", "'sight' is not allowed"),
        ("evidence.csv", "site-2,calmweiler,site", "site-2,calmweiler,company", "is of kind 'company'"),
        ("evidence.csv", "com-2,finkenau", "com-9,finkenau", "evidence.csv has no row 'com-2'"),
        ("evidence.csv", "recalled,,recalled", ",,recalled", "name at least one id of sources.csv"),
        (
            "programmes.csv",
            "prog-1,uni-altmoor",
            "prog-1,uni-neumoor",
            "'uni-neumoor' is not an id of institutions",
        ),
        ("locations.csv", "210000,2024", "210000.5,2024", "210000.5 is not whole"),
        ("locations.csv", "210000,2024", ",2024", "is empty; write the number"),
        ("locations.csv", "Altmoor", '"Alt"moor', "is not valid CSV"),
        ("companies.csv", "Moorchemie,", "Moorchemie,Lacke,", "has 9 cells where the header has 8"),
        ("sites.csv", "area_ha", "area", "has no column area_ha"),
        ("institutions.csv", "true", "yes", "use one of: true, false"),
        ("boundaries.geojson", '"id": "altmoor"', '"id": "neumoor"', "has no feature for location 'altmoor'"),
        ("boundaries.geojson", '"FeatureCollection"', "", "is not valid JSON"),
        ("boundaries.geojson", '"features"', '"shapes"', "is not a GeoJSON FeatureCollection"),
        ("boundaries.geojson", '"Polygon"', '"Point"', "feature 1, geometry: is no polygon"),
        ("datapackage.json", "{", "[", "is not valid JSON"),
        ("datapackage.json", "{", "[" * 100_000, "is not valid JSON"),
        ("datapackage.json", '"title_de"', '"titel"', "has no 'title_de'"),
        ("datapackage.json", '"path": "sites.csv"', '"file": "sites.csv"', "is not a list of objects"),
        ("datapackage.json", '"path": "sites.csv"', '"path": "../sites.csv"', "lists no resource 'sites'"),
        ("datapackage.json", '"path": "sites.csv"', '"path": "areas.csv"', "areas.csv: cannot be read"),
    ],
)
def test_a_fault_is_named_with_its_file(broken: Path, file: str, old: str, new: str, expected: str) -> None:
    replace(broken / file, old, new)
    assert any(expected in problem for problem in problems_of(broken)), problems_of(broken)


def test_a_table_in_another_encoding_is_named(broken: Path) -> None:
    text = (broken / "sites.csv").read_text(encoding="utf-8")
    (broken / "sites.csv").write_bytes(text.encode("cp1252"))
    assert "sites.csv, row 3: is not UTF-8; save the file with the encoding UTF-8." in problems_of(broken)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_cell_is_read_or_named_and_never_breaks_the_loader(
    tiny_region_folder: Path, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(sorted(path.name for path in tiny_region_folder.glob("*.csv"))))
    damage = data.draw(st.text(max_size=12))
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(tiny_region_folder, Path(name) / "pack"))
        text = (folder / file).read_text(encoding="utf-8")
        position = data.draw(st.integers(0, len(text)))
        damaged = text[:position] + damage + text[position + len(damage) :]
        (folder / file).write_bytes(damaged.encode("utf-8", "surrogatepass"))
        problems: tuple[str, ...] = ()
        try:
            load_region(folder)
        except CorpusError as error:
            problems = error.problems
    for problem in problems:
        assert re.fullmatch(r"\w+\.(csv|geojson)\b.+\.", problem, re.DOTALL)


def test_an_unknown_folder_and_a_folder_without_a_package_are_told_apart(tmp_path: Path) -> None:
    assert "There is no region pack in" in problems_of(tmp_path / "nowhere")[0]
    assert problems_of(tmp_path)[0].startswith("datapackage.json: cannot be read")


def test_the_fingerprint_follows_the_tables_and_not_their_line_ends(
    broken: Path, tiny_region: Region
) -> None:
    path = broken / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_region(broken).fingerprint == tiny_region.fingerprint
    replace(path, ",24,", ",25,")
    assert load_region(broken).fingerprint != tiny_region.fingerprint


def test_the_built_in_pack_loads_within_150_milliseconds_of_processor_time() -> None:
    load_region(RUHR)
    durations = []
    for _ in range(5):
        start = time.process_time()
        load_region(RUHR)
        durations.append(time.process_time() - start)
    assert min(durations) < 0.15
