"""Finds the places a brief names: locations of the region, towns, landscapes, rivers, countries, airports, motorways.

A small gazetteer of names and coordinates (`matcher/data`, with its sources) and the locations of the
region pack; nothing here knows one region. Names that are also ordinary words ("Essen", "Datteln") count
only where the words around them speak of a place.
"""

from __future__ import annotations

import csv
import itertools
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from corpus.records import Region
from matcher.brief import Place
from matcher.sentences import quick_language

PlaceKind = Literal["location", "town", "area", "river", "country", "border", "airport", "motorway"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text.

    `span` is the half-open range of the name alone. `name` is the name we know it by. `place` has its
    coordinates and, for a location of the region, its id; None for a motorway, which is no point.
    """

    span: tuple[int, int]
    name: str
    kind: PlaceKind
    place: Place | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as a chain of words, and what it stands for."""

    words: tuple[str, ...]
    name: str
    kind: PlaceKind
    place: Place
    is_word: bool
    weight: int


_TOKEN = re.compile(r"[^\W\d_]+")
_MOTORWAY = re.compile(
    r"(?<![\w.-])(?<!DIN )(?:(?:A|BAB\s?)[ \u00a0]?(?P<number>[1-9]\d{0,2})|(?:Autobahn|autobahn|motorway|Motorway)\s(?P<bare>[1-9]\d{0,2}))(?![\w²³]|[.,]\d|[ -]?(?:Papier|paper|Format|format|Blatt))"
)
_ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        """essen datteln alpen wetter haltern hagen lage halle norden berg burg bad hof stein wald land
        park regen leer rees kamen reading bath nice split most tours orange worms bergen singen heide senden rust
        lippe findel limburg brake stade plan war weil""",
    )
)
"""Names that are also words, first names or units; they need words of place around them. Knowledge of
the two languages, not of a region."""
_ADJECTIVES_ALSO_WORDS = frozenset({"hammer"})
_BEFORE = re.compile(
    r"\b(?:in|aus|nach|bei|bis|über|um|ab|zwischen|between|nahe|richtung|region|stadt|gemeinde|heimatstadt|near|at|from|to|around|of|port|weder|neither|nor|außer|except"
    r"|vorzugsweise|bevorzugt|am\sliebsten|gern|messe|uni|universität|hochschule|bahnhof|\w*(?:ort|lage|raum|gebiet|kreuz|kreis):?"
    r"|\w*(?:terminal|lager|werk|hütte|zentrale|niederlassung|filiale)"
    r"|(?:nähe|norden|süden|osten|westen|zentrum|mitte|innenstadt|innerhalb|umland|\w*hafen)(?:\svon)?"
    r"|(?:unweit|um(?:kreis|gebung|feld)|\w*(?:gebiet|rand)|toren|(?:nörd|süd|öst|west)lich"
    r"|entfernt|entfernung|weg|abstand|km|kilometern?|minuten|stunden?)\svon|an(?:bindung|schluss|grenzung)\san|verbindung\szu)\s*$",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 400
"""Letters around a name in which the end of its line, and whether that is English, is looked for."""
LONGEST_BEFORE = 32
"""Letters in which the words of place before a name are looked for."""
_BEHIND = re.compile(r"\s(?:bevorzugt|wäre|hat\sVorrang|(?:und|oder)\s(?:Umgebung|Umland|Umkreis)\b)")
_LISTED = re.compile(r"\s*(?:,|/|-|–|und|oder|noch|and|or|nor|&|bis|to)\s*(?:in\s|nach\s)?")
LONGEST_JOIN = 9
"""Letters between two names of a list, at most."""
_SIDE_BEFORE = re.compile(
    r"\b(?:(?P<north>nördlich|north)|(?P<south>südlich|south)|(?P<east>östlich|east)|(?P<west>westlich|west))"
    r"(?:e[mnrs]?|ern)?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SIDES: dict[str, tuple[int, int, str]] = {
    "north": (1, 0, "Nord"),
    "south": (-1, 0, "Süd"),
    "east": (0, 1, "Ost"),
    "west": (0, -1, "West"),
}
SIDE_SHIFT, SIDE_RADIUS = 0.5, 0.5
"""The southern part of an area is a circle of half its radius, moved south by half of it. Chosen."""
_KM_PER_DEGREE = 111.2
_OWNERS_AFTER = re.compile(
    r"[\s-]+(?:\w+[\s-]+){0,2}?(?:owner|founder|investor|parent|group|holding|shareholder|famil|management|manager|law|language"
    r"|eigentümer|inhaber|gründer|investor|mutter|konzern|gesellschafter|eigner|sprach|recht)",
    re.IGNORECASE,
)
"""What belongs to a country without lying there for this purpose: its owners, its language."""
_CAPITAL_AFTER = re.compile(r"\s(?:(?:und|oder)\s[A-ZÄÖÜ]\w+er\s)?[A-ZÄÖÜ]")
_ADJECTIVE_FROM = 200_000
"""Inhabitants from which "Kölner" stands for Köln; in smaller towns it is more often a surname or a noun."""
_EITHER_AIRPORT = re.compile(r"\s*(?:,?\s(?:or|oder|bzw\.|and|und)\s|/)\s*(?:the\s|zum\s)?", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\s(?:und\sTrinken|auf\sRädern|[0-9])")
_PART_OF_NAME = re.compile(
    r"[-–/]\w|\s(?:und|and|&)\s(?:der\s|the\s)?(?:Rhein|Rhine|Ruhr|Emscher|Lippe|Main)\b"
)
"""Behind a river these make the name of a region of it: "Rhein-Ruhr", "between Rhine and Ruhr"."""
_CAPITALISED = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{2}|[A-ZÄÖÜ]{3}")
"""A text without any such word is written in small letters throughout, names too."""
_BEFORE_NAME = r"(?:in|nach|bei|aus|raum|um|von|nähe|zwischen|oder|und|near|from|around|between|or|and|to)"
_SMALL_NAME = re.compile(rf"(\b{_BEFORE_NAME}\s+|/)(?!{_BEFORE_NAME}\b)([a-zäöü])(?=[a-zäöüß-]{{3}})")
"""Where such a text may name a place."""
_SCHOOL_BEFORE = re.compile(r"(?:[Hh]ochschule|Universität|University(?: of)?|Uni|FH|TH|HS)\s$")
_SCHOOL_AFTER = re.compile(r"\s(?:University|Hochschule)\b")
SCHOOL_REACH = 20
"""Letters before a name within which the kind of school stands."""
_LEGAL_FORM = re.compile(
    r"\s(?:g?GmbH|AG|SE|KGaA|KG|OHG|GbR|UG|eG|e\.\s?V\.|Ltd\b\.?|Limited|LLC|LLP|PLC|plc|Inc\b\.?|Corp\b\.?|S\.A\.|N\.V\.|B\.V\.|NV|BV|SA|AB|Oy|ApS)"
    r"(?![\w-])"
)
"""Behind a place these make it the end of a company's name: "Alucast Rhein GmbH"."""
Course = tuple[tuple[float, float], ...]
"""Points along a river, in WGS84 degrees, close enough that the straight way between two is good to about 2 km."""


def find_places(text: str, region: Region) -> tuple[PlaceMention, ...]:
    """Return the places that `text` names, in order; spans quote the text and never overlap.

    Parameters
    ----------
    text : str
        A brief or a sentence.
    region : Region
        Its locations carry their id, and win over a town of the same name elsewhere.
    """
    entries = _index(tuple((loc.id, loc.name, loc.latitude, loc.longitude) for loc in region.locations))
    if not _CAPITALISED.search(text):
        text = _SMALL_NAME.sub(lambda found: found[1] + found[2].upper(), text)
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    mentions: list[PlaceMention] = []
    unsure: list[tuple[PlaceMention, int]] = []
    number = 0
    while number < len(tokens):
        start, _ = tokens[number]
        is_compound_end = text[start - 1 : start] == "-" and not (
            mentions and mentions[-1].span[1] == start - 1
        )
        match = None if is_compound_end else _longest(text, tokens, number, entries)
        if match is None:
            number += 1
            continue
        entry, n_tokens, stop = match
        if (
            _LEGAL_FORM.match(text, stop)
            or (entry.kind == "river" and _PART_OF_NAME.match(text, stop))
            or (entry.kind == "area" and _is_of_school(text, start, stop))
            or (entry.kind == "area" and text[start - 1 : start] == "-")
        ):
            number += n_tokens
            continue
        mention = PlaceMention((start, stop), entry.name, entry.kind, entry.place)
        if entry.is_word and n_tokens == 1 and not _is_adjective(text[start:stop], entry):
            unsure.append((mention, number))
        else:
            mentions.append(mention)
        number += n_tokens
    mentions.extend(_nationalities(text, mentions))
    mentions = [_side_of(text, mention) for mention in mentions]
    mentions = _with_airports(text, sorted(mentions, key=lambda mention: mention.span))
    mentions.extend(_motorways(text))
    sure = sorted(mentions, key=lambda mention: mention.span)
    return tuple(_with_meant(text, sure, [mention for mention, _ in unsure]))


def _longest(
    text: str, tokens: list[tuple[int, int]], number: int, entries: dict[str, tuple[_Entry, ...]]
) -> tuple[_Entry, int, int] | None:
    """Return the longest name that begins at a token, how many tokens it takes, and where it ends."""
    start, end = tokens[number]
    word = text[start:end]
    if text[start - 1 : start] in ("@", "."):
        return None
    for key, suffix in _keys(word):
        for entry in entries.get(key, ()):
            n_words = len(entry.words)
            if not _is_cased(word, entry):
                continue
            if n_words == 1:
                is_adjective = suffix == "er"
                if is_adjective and not (entry.weight >= _ADJECTIVE_FROM and _CAPITAL_AFTER.match(text, end)):
                    continue
                return entry, 1, end - (1 if suffix == "s" else 0)
            last = number + n_words - 1
            if last < len(tokens) and _follows(text, tokens, number, entry):
                stop = tokens[last][1]
                closes = text[stop : stop + 1] == ")" and "(" in text[start:stop]
                return entry, n_words, stop + closes
    return None


def _is_of_school(text: str, start: int, stop: int) -> bool:
    """Tell whether an area is part of the name of a university, which may lie elsewhere: "Hochschule Niederrhein"."""
    return bool(
        _SCHOOL_BEFORE.search(text, max(0, start - SCHOOL_REACH), start) or _SCHOOL_AFTER.match(text, stop)
    )


def _keys(word: str) -> list[tuple[str, str]]:
    """Return the forms under which a word may be listed: as it is, without a genitive s, without "-er"."""
    folded = _fold(word)
    keys = [(folded, "")]
    if folded.endswith("s") and len(folded) > 4:
        keys.append((folded[:-1], "s"))
    if folded.endswith("er") and len(folded) > 5 and word[0].isupper():
        keys += [
            (folded[:-2], "er"),
            (folded[:-2] + "en", "er"),
            (folded[:-1], "er"),
            (folded[:-2] + "e", "er"),
        ]
    return keys


def _is_adjective(word: str, entry: _Entry) -> bool:
    """Whether a word is a location's adjective, which nothing else is called: "Essener" but not "Hammer"."""
    return entry.kind == "location" and _fold(word) not in (*entry.words, *_ADJECTIVES_ALSO_WORDS)


def _is_cased(word: str, entry: _Entry) -> bool:
    """Whether a word is written as a name: with a capital, or all in capitals for a code of three letters."""
    if entry.name and len(entry.words) == 1 and len(entry.words[0]) == 3 and entry.kind == "airport":
        return word.isupper()
    return word[0].isupper() or (len(entry.words) > 1 and entry.kind in ("border", "area", "river"))


def _follows(text: str, tokens: list[tuple[int, int]], number: int, entry: _Entry) -> bool:
    """Whether the tokens after `number` are the further words of a name, with little between them."""
    for offset, word in enumerate(entry.words[1:], start=1):
        (_, previous_end), (start, end) = tokens[number + offset - 1], tokens[number + offset]
        if _fold(text[start:end]) not in (word, f"{word}s") or not re.fullmatch(
            r"[\s\u00a0]?[-/(,.]?[\s\u00a0]?", text[previous_end:start]
        ):
            return False
    return True


def _with_meant(
    text: str, sure: Sequence[PlaceMention], unsure: Sequence[PlaceMention]
) -> list[PlaceMention]:
    """Return the places and those that stand for one here, in order; each of a list makes its neighbours sure."""
    open_ones = {mention.span for mention in unsure if not _WORD_AFTER.match(text, mention.span[1])}
    found = [*sure, *(mention for mention in unsure if mention.span in open_ones)]
    found.sort(key=lambda mention: mention.span)
    meant = [mention.span not in open_ones or _is_meant(text, mention) for mention in found]
    gaps = (text[one.span[1] : other.span[0]] for one, other in itertools.pairwise(found))
    listed = [len(gap) <= LONGEST_JOIN and _LISTED.fullmatch(gap) is not None for gap in gaps]
    for at, is_listed in enumerate(listed):
        meant[at + 1] |= is_listed and meant[at]
    for at, is_listed in reversed(list(enumerate(listed))):
        meant[at] |= is_listed and meant[at + 1]
    return [mention for mention, is_meant in zip(found, meant, strict=True) if is_meant]


def _is_meant(text: str, mention: PlaceMention) -> bool:
    """Whether the words around it say that an ordinary word that is also a name stands for the place here."""
    start, end = mention.span
    if _BEFORE.search(text[max(0, start - LONGEST_BEFORE) : start]) or _BEHIND.match(text, end):
        return True
    begin, stop = max(0, start - LONGEST_SENTENCE), end + LONGEST_SENTENCE
    left = max(begin, *(text.rfind(mark, begin, start) + 1 for mark in ("\n", ". ")))
    right = text.find("\n", end, stop)
    sentence = text[left : right if right >= 0 else stop]
    if sentence.strip(" .") == text[start:end]:
        return True
    return quick_language(sentence) == "en"


def _nationalities(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Return the countries named by an adjective, "our Dutch sister plant", in no other name and of no owner."""
    taken = [mention.span for mention in mentions]
    pattern, countries = _adjectives()
    found: list[PlaceMention] = []
    for hit in pattern.finditer(text):
        is_free = all(hit.end() <= start or end <= hit.start() for start, end in taken)
        if is_free and not _OWNERS_AFTER.match(text, hit.end()):
            place = countries[_fold(hit[1])]
            found.append(PlaceMention(hit.span(), place.name, "country", place))
    return found


@cache
def _adjectives() -> tuple[re.Pattern[str], dict[str, Place]]:
    """Return the pattern of the adjectives of countries, and the country of each."""
    countries = {_fold(word): place for _, place, _, words in _landmarks() for word in words}
    names = "|".join(sorted(map(re.escape, countries), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({names})(?:e[mnrs]?)?(?=\s+\w)", re.IGNORECASE), countries


def _side_of(text: str, mention: PlaceMention) -> PlaceMention:
    """Return "the southern Eifel" as the southern part of the circle that stands for the area."""
    side = _SIDE_BEFORE.search(text[max(0, mention.span[0] - 20) : mention.span[0]])
    place = mention.place
    if side is None or side.lastgroup is None or place is None or mention.kind != "area":
        return mention
    north, east, name = _SIDES[side.lastgroup]
    way = SIDE_SHIFT * place.radius_km / _KM_PER_DEGREE
    moved = replace(
        place,
        name=f"{place.name} ({name})",
        latitude=place.latitude + north * way,
        longitude=place.longitude + east * way / math.cos(math.radians(place.latitude)),
        radius_km=SIDE_RADIUS * place.radius_km,
    )
    return replace(mention, name=moved.name, place=moved)


def _with_airports(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the places, the town of "Cologne or Düsseldorf airport" and "Flughafen Ulm oder Bonn" as its airport."""
    found = list(mentions)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for at in order:
            one, other = found[at], found[at - 1 if order.step > 0 else at + 1]
            if one.kind not in ("town", "location") or other.kind != "airport":
                continue
            between = text[min(one.span[1], other.span[1]) : max(one.span[0], other.span[0])]
            town = _TOKEN.search(one.name)
            airport = _airports().get(town[0]) if town else None
            if airport is not None and _EITHER_AIRPORT.fullmatch(between):
                found[at] = PlaceMention(one.span, airport.name, "airport", airport)
    return found


@cache
def _airports() -> dict[str, Place]:
    """Return the airport of each town that one is called after, the first listed of a town."""
    found: dict[str, Place] = {}
    for kind, place, names, _ in _landmarks():
        if kind == "airport":
            for word in itertools.chain.from_iterable(map(_TOKEN.findall, names)):
                found.setdefault(word, place)
    return found


def _motorways(text: str) -> list[PlaceMention]:
    """Return the motorways named as "A40", "A 40", "BAB 2" or "Autobahn 45"."""
    return [
        PlaceMention(found.span(), f"A{found['number'] or found['bare']}", "motorway", None)
        for found in _MOTORWAY.finditer(text)
    ]


@lru_cache(maxsize=8)
def _index(locations: tuple[tuple[str, str, float, float], ...]) -> dict[str, tuple[_Entry, ...]]:
    """Entries by first word, the longest first; a location of the region stands before a town of its name."""
    entries = [*_region_entries(locations), *_shipped()]
    index: dict[str, list[_Entry]] = {}
    for entry in entries:
        index.setdefault(entry.words[0], []).append(entry)
    return {
        word: tuple(sorted(found, key=lambda e: (-len(e.words), e.kind != "location", -e.weight, e.name)))
        for word, found in index.items()
    }


def _region_entries(locations: tuple[tuple[str, str, float, float], ...]) -> list[_Entry]:
    """Return the names of the region's locations, in full and without an addition such as "an der Ruhr"."""
    entries: list[_Entry] = []
    for identity, name, latitude, longitude in locations:
        place = Place(name, latitude, longitude, identity)
        short = re.sub(r"\s*(?:\(.*\)|/.*)$|\s+(?:an der|am|im|in der|ob der|b\.|bei)\s.*$", "", name)
        for written in dict.fromkeys((name, short)):
            entries += _entries(written, name, "location", place, 10**9)
    return entries


@cache
def _shipped() -> tuple[_Entry, ...]:
    """Return the entries of the shipped tables."""
    entries: list[_Entry] = []
    folder = resources.files("matcher.data")
    with folder.joinpath("places.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            place = Place(row["name"], float(row["latitude"]), float(row["longitude"]))
            for written in (row["name"], *filter(None, row["other_names"].split("|"))):
                entries += _entries(written, row["name"], "town", place, int(row["population"]))
    for kind, place, names, _ in _landmarks():
        for written in names:
            entries += _entries(written, place.name, kind, place, 10**8)
    return tuple(entries)


@cache
def _landmark_rows() -> tuple[dict[str, str], ...]:
    with resources.files("matcher.data").joinpath("landmarks.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _landmarks() -> tuple[tuple[PlaceKind, Place, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the kind, the place, the names and the adjectives of each shipped landmark."""
    found: list[tuple[PlaceKind, Place, tuple[str, ...], tuple[str, ...]]] = []
    for row in _landmark_rows():
        kind: PlaceKind = row["kind"]  # type: ignore[assignment]  # our own table
        place = Place(
            row["name"], float(row["latitude"]), float(row["longitude"]), radius_km=float(row["radius_km"])
        )
        names = (row["name"], *filter(None, row["other_names"].split("|")))
        if kind == "airport":
            names = tuple(dict.fromkeys(order for name in names for order in _both_orders(name)))
        found.append((kind, place, names, tuple(filter(None, row["adjectives"].split("|")))))
    return tuple(found)


@cache
def courses() -> dict[str, Course]:
    """Return the course of each shipped river by the river's name."""
    return {row["name"]: _course(row["course"]) for row in _landmark_rows() if row["course"]}


def _course(points: str) -> Course:
    return tuple((float(north), float(east)) for north, east in map(str.split, points.split("|")))


def _both_orders(name: str) -> tuple[str, ...]:
    """Return an airport's name with its kind before and behind it: "Flughafen Ulm", "Ulm Flughafen"."""
    first, *rest = name.split()
    if rest and first in ("Flughafen", "Airport"):
        return name, " ".join((*rest, first))
    if rest and rest[-1] in ("Flughafen", "Airport"):
        return name, " ".join((rest[-1], first, *rest[:-1]))
    return (name,)


def _entries(written: str, name: str, kind: PlaceKind, place: Place, weight: int) -> list[_Entry]:
    """Return one entry for each way to spell a name: umlauts as ae or as a."""
    entries: list[_Entry] = []
    for folded in dict.fromkeys((_fold(written), _fold(_spelt_out(written)), _fold(_stripped(written)))):
        words = tuple(_TOKEN.findall(folded))
        if words and len("".join(words)) > 2:
            is_word = len(words) == 1 and (words[0] in _ALSO_WORDS or len(words[0]) < 3)
            entries.append(_Entry(words, name, kind, place, is_word, weight))
    return entries


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    """Lower case in composed form, ß as ss."""
    return unicodedata.normalize("NFC", word).casefold()


def _spelt_out(word: str) -> str:
    """Umlauts as two letters: Koeln."""
    return "".join(
        {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}.get(letter, letter)
        for letter in word
    )


def _stripped(word: str) -> str:
    """Letters without their marks: Koln, Liege."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
