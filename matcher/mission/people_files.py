"""Reads targets, delegation and preferences; whatever cannot be used is named by file, row and column."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from babel import Locale

from corpus.records import Region
from matcher.mission.records import Member, Preference, Target
from matcher.mission.tables import Row, known, read_rows, split_list

TARGET_COLUMNS = (
    "id",
    "kind",
    "name",
    "country",
    "city",
    "state",
    "sector",
    "industry",
    "employees",
    "website",
    "description",
)
MEMBER_COLUMNS = (
    "id",
    "name",
    "organisation",
    "municipality",
    "role",
    "themes",
    "languages",
    "offers",
    "seeks",
)
PREFERENCE_COLUMNS = ("member_id", "target_id", "side", "preference")


def read_targets(paths: Iterable[Path]) -> tuple[Target, ...]:
    """Read one or more tables of companies and institutions; an optional column `languages` is kept."""
    targets: dict[str, Target] = {}
    for path in paths:
        for row in read_rows(path, TARGET_COLUMNS):
            target_id = row.required("id")
            if target_id in targets:
                raise row.fault(
                    "id",
                    f"{target_id!r} is there twice; give each target its own id.",
                    de=f"„{target_id}“ gibt es zweimal; bitte jedem Ziel eine eigene Kennung geben.",
                )
            kind = row["kind"]
            if kind not in ("company", "institution"):
                raise row.fault(
                    "kind",
                    f"{kind!r} is unknown; write company or institution.",
                    de=f"„{kind}“ ist unbekannt; bitte company oder institution schreiben.",
                )
            targets[target_id] = Target(
                id=target_id,
                kind="company" if kind == "company" else "institution",
                name=row.required("name"),
                country=row["country"],
                city=row["city"],
                state=row["state"],
                sector=row["sector"],
                industry=row["industry"],
                employees=row["employees"],
                website=row["website"],
                description=row["description"],
                languages=read_languages(row, "languages"),
            )
    return tuple(targets.values())


def read_delegation(path: Path, region: Region) -> tuple[Member, ...]:
    """Read the delegation; municipalities and themes are those of the region."""
    locations = {fold(location.name): location.id for location in region.locations}
    locations |= {location.id: location.id for location in region.locations}
    themes = {fold(theme.id): theme.id for theme in region.themes}
    themes |= {fold(theme.name_de): theme.id for theme in region.themes}
    themes |= {fold(theme.name_en): theme.id for theme in region.themes}
    members: dict[str, Member] = {}
    people: dict[tuple[str, str], int] = {}
    for row in read_rows(path, MEMBER_COLUMNS):
        member_id = row.required("id")
        if member_id in members:
            raise row.fault(
                "id",
                f"{member_id!r} is there twice; give each person one row and an own id.",
                de=f"„{member_id}“ gibt es zweimal; bitte jeder Person eine Zeile und eine eigene Kennung geben.",
            )
        person = (fold(row.required("name")), fold(row["organisation"]))
        if person in people:
            raise row.fault(
                "name",
                f"{row['name']} of {row['organisation']} is already in row {people[person]}; keep one of the two.",
                de=f"{row['name']}, {row['organisation']}, steht schon in Zeile {people[person]}; "
                "bitte nur eine von beiden behalten.",
            )
        people[person] = row.number
        languages = read_languages(row, "languages")
        if not languages:
            raise row.fault(
                "languages",
                "is empty; write the languages spoken, for example de;en.",
                de="ist leer; bitte die gesprochenen Sprachen angeben, zum Beispiel de;en.",
            )
        members[member_id] = Member(
            id=member_id,
            name=row["name"],
            organisation=row.required("organisation"),
            location_id=_location(row, locations, region),
            role=row["role"],
            themes=_themes(row, themes),
            languages=languages,
            offers=row["offers"],
            seeks=row["seeks"],
        )
    return tuple(members.values())


def read_preferences(
    path: Path, members: Sequence[Member], targets: Sequence[Target]
) -> tuple[Preference, ...]:
    """Read what both sides wish; ids must be those of the delegation and of the targets."""
    member_ids, target_ids = {member.id for member in members}, {target.id for target in targets}
    found: dict[tuple[str, str, str], Preference] = {}
    for row in read_rows(path, PREFERENCE_COLUMNS, may_be_empty=True):
        member_id, target_id = row.required("member_id"), row.required("target_id")
        if member_id not in member_ids:
            raise row.fault(
                "member_id",
                f"{member_id!r} is not in the delegation",
                de=f"„{member_id}“ gehört nicht zur Delegation",
                hint=known(member_id, member_ids),
            )
        if target_id not in target_ids:
            raise row.fault(
                "target_id",
                f"{target_id!r} is not among the targets",
                de=f"„{target_id}“ ist nicht unter den Zielen",
                hint=known(target_id, target_ids),
            )
        side, wish = row["side"].casefold(), row["preference"].casefold()
        if side not in ("member", "target"):
            raise row.fault(
                "side",
                f"{row['side']!r} is unknown; write member or target.",
                de=f"„{row['side']}“ ist unbekannt; bitte member oder target schreiben.",
            )
        if wish not in ("must", "like", "no"):
            raise row.fault(
                "preference",
                f"{row['preference']!r} is unknown; write must, like or no.",
                de=f"„{row['preference']}“ ist unbekannt; bitte must, like oder no schreiben.",
            )
        key = (member_id, target_id, side)
        if key in found and found[key].wish != wish:
            raise row.fault(
                "preference",
                f"{side} already says {found[key].wish!r} about {member_id} and {target_id}; keep one.",
                de=f"{side} sagt schon „{found[key].wish}“ zu {member_id} und {target_id}; bitte nur eines behalten.",
            )
        found[key] = Preference(
            member_id,
            target_id,
            "member" if side == "member" else "target",
            "must" if wish == "must" else "like" if wish == "like" else "no",
        )
    return tuple(found.values())


def fold(text: str) -> str:
    """Return the text for comparing names: one Unicode form, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _language_codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for speaker in ("de", "en"):
        for code, name in Locale(speaker).languages.items():
            if len(code) == 2:
                codes[code] = code
                codes[fold(name)] = code
    return codes


def read_languages(row: Row, column: str) -> tuple[str, ...]:
    """Return the ISO 639-1 codes of a cell of codes or names, such as de;Englisch."""
    codes = _language_codes()
    found: dict[str, None] = {}
    for part in split_list(row[column]):
        if fold(part) not in codes:
            raise row.fault(
                column,
                f"{part!r} is no known language; write a code such as de, en or fr.",
                de=f"„{part}“ ist keine bekannte Sprache; bitte ein Kürzel wie de, en oder fr schreiben.",
            )
        found[codes[fold(part)]] = None
    return tuple(found)


def _location(row: Row, locations: Mapping[str, str], region: Region) -> str:
    name = row.required("municipality")
    if fold(name) not in locations:
        names = [location.name for location in region.locations]
        raise row.fault(
            "municipality",
            f"{name!r} is no municipality of {region.name_en}",
            de=f"„{name}“ ist keine Kommune der Region {region.name_de}",
            hint=known(name, names),
        )
    return locations[fold(name)]


def _themes(row: Row, themes: Mapping[str, str]) -> tuple[str, ...]:
    if fold(row["themes"]) in themes:
        return (themes[fold(row["themes"])],)
    found: dict[str, None] = {}
    for part in split_list(row["themes"]):
        if fold(part) not in themes:
            raise row.fault(
                "themes",
                f"{part!r} is no theme of the region",
                de=f"„{part}“ ist kein Thema der Region",
                hint=known(part, set(themes.values())),
            )
        found[themes[fold(part)]] = None
    return tuple(found)
