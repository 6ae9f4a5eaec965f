"""Every file that cannot be used is explained in one sentence naming file, place and fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.records import Region
from matcher.errors import MatcherError
from matcher.mission.reading import read_mission

TARGETS = """id,kind,name,country,city,state,sector,industry,employees,website,description
T1,company,Host One,Canada,Toronto,ON,,,,,makes pumps
T2,institution,Host Two,Canada,Oakville,ON,,,,,
T3,company,Host Three,Israel,Haifa,,,,,,makes lenses
"""
DELEGATION = """id;name;organisation;municipality;role;themes;languages;offers;seeks
M1;Ada Beispiel;Werk A;Bochum;Leitung;health_economy;de,en;pumps;partners
M2;Bert Beispiel;Werk B;Mülheim an der Ruhr;Leitung;Smart City;Deutsch;;
"""
PREFERENCES = "member_id,target_id,side,preference\nM1,T1,member,must\n"
PLAN = """slots = ["09:00-09:40", "10:00-10:40"]
[[days]]
date = 2026-10-27
city = "Toronto"
country = "CA"
subdivision = "ON"
timezone = "America/Toronto"
[[rooms]]
name = "Hall"
city = "Toronto"
tables = 2
"""


def read(folder: Path, region: Region, **changed: str):
    files = {
        "targets": TARGETS,
        "delegation": DELEGATION,
        "preferences": PREFERENCES,
        "plan": PLAN,
        **changed,
    }
    paths = {}
    for name, text in files.items():
        paths[name] = folder / f"{name}.{'toml' if name == 'plan' else 'csv'}"
        paths[name].write_text(text, encoding="cp1252")
    return read_mission([paths["targets"]], paths["delegation"], paths["plan"], paths["preferences"], region)


def test_a_semicolon_file_in_windows_1252_with_names_of_themes_and_languages_is_read(
    ruhr: Region, tmp_path: Path
) -> None:
    mission = read(tmp_path, ruhr)
    ada, bert = mission.members
    assert (ada.themes, ada.languages) == (("health_economy",), ("de", "en"))
    assert (bert.themes, bert.languages) == (("smart_city",), ("de",))
    assert ruhr.location_by_id[bert.location_id].name == "Mülheim an der Ruhr"


def test_a_host_in_a_town_around_is_met_in_the_only_city_of_its_state(ruhr: Region, tmp_path: Path) -> None:
    assert dict(read(tmp_path, ruhr).city_by_target_id) == {"T1": "Toronto", "T2": "Toronto"}


BAD = {
    "unknown municipality": (
        "delegation",
        DELEGATION.replace("Bochum", "Bochun"),
        "delegation.csv, row 2, municipality: 'Bochun' is no municipality of Ruhr; did you mean 'Bochum'?",
    ),
    "duplicate person": (
        "delegation",
        DELEGATION + "M3;ada beispiel;Werk  A;Bochum;Leitung;;de;;\n",
        "delegation.csv, row 4, name: ada beispiel of Werk  A is already in row 2; keep one of the two.",
    ),
    "duplicate id": (
        "delegation",
        DELEGATION + "M1;Cora;Werk C;Bochum;Leitung;;de;;\n",
        "delegation.csv, row 4, id: 'M1' is there twice; give each person one row and an own id.",
    ),
    "missing column": (
        "delegation",
        DELEGATION.replace("municipality", "municipalty"),
        "delegation.csv, row 1: the column 'municipality' is missing; is it the one called 'municipalty'?",
    ),
    "unknown theme": (
        "delegation",
        DELEGATION.replace("Smart City", "smart_cities"),
        "delegation.csv, row 3, themes: 'smart_cities' is no theme of the region; did you mean 'smart_city'?",
    ),
    "unknown language": (
        "delegation",
        DELEGATION.replace("Deutsch", "Klingonisch"),
        "delegation.csv, row 3, languages: 'Klingonisch' is no known language; write a code such as de, en or fr.",
    ),
    "unknown target": (
        "preferences",
        PREFERENCES.replace("T1", "T9"),
        "preferences.csv, row 2, target_id: 'T9' is not among the targets; known are T1, T2, T3.",
    ),
    "unknown wish": (
        "preferences",
        PREFERENCES.replace("must", "maybe"),
        "preferences.csv, row 2, preference: 'maybe' is unknown; write must, like or no.",
    ),
    "unknown kind": (
        "targets",
        TARGETS.replace("institution", "university"),
        "targets.csv, row 3, kind: 'university' is unknown; write company or institution.",
    ),
    "no slots": (
        "plan",
        PLAN.replace('slots = ["09:00-09:40", "10:00-10:40"]', ""),
        'plan.toml, days 1, slots: there are none; write for example slots = ["09:00-09:45"].',
    ),
    "overlapping slots": (
        "plan",
        PLAN.replace("10:00-10:40", "09:30-10:40"),
        "plan.toml, days 1, slots: 09:00–09:40 and 09:30–10:40 overlap; let each begin after the last.",
    ),
    "overlapping days": (
        "plan",
        PLAN + PLAN[PLAN.index("[[days]]") : PLAN.index("[[rooms]]")],
        "plan.toml, days 2, date: 2026-10-27 overlaps with days 1; give each day its own.",
    ),
    "no days": (
        "plan",
        "slots = ['09:00-09:40']",
        "plan.toml, days: is missing; add one [[days]] with date, city and timezone for each day.",
    ),
    "bad time zone": (
        "plan",
        PLAN.replace("America/Toronto", "America/Torronto"),
        "plan.toml, days 1, timezone: 'America/Torronto' is no time zone; write one such as America/Toronto.",
    ),
    "Canada Day": (
        "plan",
        PLAN.replace("2026-10-27", "2026-07-01"),
        "plan.toml, days 1, date: 2026-07-01 is a public holiday in CA-ON (Canada Day); take another.",
    ),
    "a holiday of the province only": (
        "plan",
        PLAN.replace("2026-10-27", "2026-02-16"),
        "plan.toml, days 1, date: 2026-02-16 is a public holiday in CA-ON (Family Day); take another.",
    ),
    "unknown key": (
        "plan",
        PLAN.replace("tables", "table"),
        "plan.toml, rooms 1, table: is no key of the plan file here; did you mean 'tables'?",
    ),
    "room in an unknown city": (
        "plan",
        PLAN.replace('city = "Toronto"\ntables', 'city = "Torronto"\ntables'),
        "plan.toml, rooms 1, city: 'Torronto' is no city with a day; did you mean 'Toronto'?",
    ),
    "no TOML": (
        "plan",
        "slots = [",
        "plan.toml: is no readable TOML (Invalid value (at end of document)); correct that place.",
    ),
    "agreed outside the slots": (
        "plan",
        PLAN + '[[fixed]]\nmember_id = "M1"\ntarget_id = "T1"\ndate = 2026-10-27\nstart = 09:10:00\n',
        "plan.toml, fixed 1, start: no slot of 2026-10-27 begins at 09:10; slots begin at 09:00, 10:00.",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_explained_in_one_sentence(ruhr: Region, tmp_path: Path, fault: str) -> None:
    name, text, sentence = BAD[fault]
    with pytest.raises(MatcherError) as raised:
        read(tmp_path, ruhr, **{name: text})
    assert str(raised.value) == sentence
