"""A structured brief as a JSON document that a person can edit, and back; see `data/brief.schema.json`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, get_args

from corpus.records import Language
from matcher.brief import (
    FACETS,
    FUNCTIONS,
    TOTAL_TENTHS,
    ActivityCode,
    Brief,
    Need,
    Place,
    share_tenths,
)
from matcher.errors import MatcherError

Choice = TypeVar("Choice", bound=str)
LANGUAGES: tuple[Language, ...] = get_args(Language)
LEVELS = ("bachelor", "master", "phd_centre")

RESHARED = {
    "de": "Die Gewichte der Datei ergaben {total} statt 1000 Zehntel und wurden im selben Verhältnis neu verteilt.",
    "en": "The worths in the file added up to {total} tenths instead of 1000 and were shared anew in the same proportion.",
}


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """Return the document of a brief; `brief_from_json` gives the equal brief back."""
    return {
        "brief": {
            "id": brief.id,
            "language": brief.language,
            "function": brief.function,
            "function_shares": dict(brief.function_shares),
            "themes": list(brief.themes),
            "theme_shares": dict(brief.theme_shares),
            "notes": list(brief.notes),
            "text": brief.text,
        },
        "needs": [_need_to_json(need) for need in brief.needs],
    }


def _need_to_json(need: Need) -> dict[str, Any]:
    place = need.place
    return {
        "id": need.id,
        "text": need.text,
        "span": list(need.span) if need.span else None,
        "facet": need.facet,
        "worth_tenths": need.worth_tenths,
        "is_must": need.is_must,
        "is_avoided": need.is_avoided,
        "topics": list(need.topics),
        "themes": list(need.themes),
        "minimum": need.minimum,
        "maximum": need.maximum,
        "unit": need.unit,
        "place": None
        if place is None
        else {
            "name": place.name,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "location_id": place.location_id,
            "radius_km": place.radius_km,
        },
        "level": need.level,
        "codes": [{"scheme": code.scheme, "version": code.version, "code": code.code} for code in need.codes],
        "assumption": need.assumption,
        "evidence_query": need.evidence_query,
    }


def brief_from_json(data: object) -> Brief:
    """Read a brief from its document.

    Only the text of the brief and each need's facet, text and worth must be there. Worths that do
    not add up to 1000 are shared anew in their proportion, and a note says so.

    Raises
    ------
    MatcherError
        If a field is missing or wrong: the sentence names it and says what to write.
    """
    document = _Object(data, "the document")
    head = document.item("brief")
    needs = [_need_from_json(item) for item in document.items("needs")]
    text = head.text("text", default="")
    if not needs:
        raise MatcherError(
            "needs: the list is empty; write at least one need.",
            de="needs: Die Liste ist leer; bitte mindestens eine Anforderung schreiben.",
        )
    ids = [need.id or f"n{number}" for number, need in enumerate(needs, start=1)]
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        raise MatcherError(
            f"needs: the id {repeated!r} stands twice; give each need its own id.",
            de=f"needs: Die Kennung „{repeated}“ steht zweimal da; bitte jeder Anforderung eine eigene geben.",
        )
    for need in needs:
        if need.span and not 0 <= need.span[0] < need.span[1] <= len(text):
            raise MatcherError(
                f"needs: the span {list(need.span)} of need {need.id!r} lies outside the brief's text"
                f" of {len(text)} characters; correct it or write null.",
                de=f"needs: Die Stelle {list(need.span)} der Anforderung „{need.id}“ liegt außerhalb des Textes"
                f" von {len(text)} Zeichen; bitte berichtigen oder null schreiben.",
            )
    language = head.choice("language", LANGUAGES, default="de")
    notes = head.texts("notes")
    total = sum(need.worth_tenths for need in needs)
    if total <= 0:
        raise MatcherError(
            "needs: every worth_tenths is 0; give at least one need a worth.",
            de="needs: Jedes worth_tenths ist 0; bitte mindestens einer Anforderung ein Gewicht geben.",
        )
    tenths = [need.worth_tenths for need in needs]
    if total != TOTAL_TENTHS:
        tenths = list(share_tenths(tenths))
        notes = (*notes, RESHARED[language].format(total=total))
    return Brief(
        head.text("id", default="brief"),
        text,
        language,
        tuple(
            replace(need, id=name, worth_tenths=worth)
            for need, name, worth in zip(needs, ids, tenths, strict=True)
        ),
        head.choice("function", FUNCTIONS, default="services"),
        head.shares("function_shares"),
        head.texts("themes"),
        head.shares("theme_shares"),
        notes,
    )


def _need_from_json(item: _Object) -> Need:
    span = item.get("span")
    if span is not None and not (
        isinstance(span, Sequence) and len(span) == 2 and all(type(end) is int for end in span)
    ):
        raise MatcherError(
            f"{item.where}.span: {span!r} is not a pair of positions; write [from, to] or null.",
            de=f"{item.where}.span: {span!r} ist kein Paar von Stellen; bitte [von, bis] oder null schreiben.",
        )
    place = item.optional_item("place")
    level = item.get("level")
    if level is not None and level not in LEVELS:
        raise MatcherError(
            f"{item.where}.level: {level!r} is not a level; use one of {', '.join(LEVELS)}.",
            de=f"{item.where}.level: {level!r} ist keine Stufe; möglich sind {', '.join(LEVELS)}.",
        )
    return Need(
        item.text("id", default=""),
        item.text("text"),
        (span[0], span[1]) if span is not None else None,
        item.choice("facet", FACETS),
        item.whole("worth_tenths"),
        is_must=item.truth("is_must"),
        is_avoided=item.truth("is_avoided"),
        topics=item.texts("topics"),
        themes=item.texts("themes"),
        minimum=item.number("minimum"),
        maximum=item.number("maximum"),
        unit=item.optional_text("unit"),
        place=None if place is None else _place(place),
        level=level,
        codes=tuple(
            ActivityCode(code.text("scheme"), code.text("version"), code.text("code"))
            for code in item.items("codes", default=())
        ),
        assumption=item.optional_text("assumption"),
        evidence_query=item.text("evidence_query", default=""),
    )


def _place(item: _Object) -> Place:
    latitude, longitude = item.number("latitude"), item.number("longitude")
    if latitude is None or longitude is None:
        raise MatcherError(
            f"{item.where}: a place needs latitude and longitude in degrees.",
            de=f"{item.where}: Ein Ort braucht latitude und longitude in Grad.",
        )
    radius_km = item.number("radius_km") or 0.0
    return Place(item.text("name"), latitude, longitude, item.optional_text("location_id"), radius_km)


class _Object:
    """A JSON object that is read field by field; a wrong one is named with its path."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            german, english = _kind(data)
            raise MatcherError(
                f"{where}: an object with named fields is expected, not {english}.",
                de=f"{where}: Erwartet wird ein Objekt mit benannten Feldern, nicht {german}.",
            )
        self._data = data
        self.where = where

    def _path(self, name: str) -> str:
        return name if self.where == "the document" else f"{self.where}.{name}"

    def get(self, name: str) -> Any:
        """Return a field as it is, None where it is missing."""
        return self._data.get(name)

    def _wrong(self, name: str, german: str, english: str) -> MatcherError:
        value = self._data.get(name)
        found = ("es fehlt", "it is missing") if value is None else (f"nicht {value!r}", f"not {value!r}")
        return MatcherError(
            f"{self._path(name)}: {english} is expected, {found[1]}.",
            de=f"{self._path(name)}: Erwartet wird {german}, {found[0]}.",
        )

    def item(self, name: str) -> _Object:
        """Return a field that is an object."""
        if name not in self._data:
            raise self._wrong(name, "ein Objekt mit benannten Feldern", "an object with named fields")
        return _Object(self._data[name], self._path(name))

    def optional_item(self, name: str) -> _Object | None:
        """Return a field that is an object or null."""
        return None if self.get(name) is None else self.item(name)

    def items(self, name: str, default: Sequence[object] | None = None) -> list[_Object]:
        """Return a field that is a list of objects."""
        value = self._data.get(name, default)
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self._wrong(name, "eine Liste von Objekten", "a list of objects")
        return [_Object(item, f"{self._path(name)}[{index}]") for index, item in enumerate(value)]

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field that is text."""
        value = self._data.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, "ein Text", "a text")
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a field that is text or null."""
        return None if self.get(name) is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that is a list of texts, empty where it is missing."""
        value = self._data.get(name, ())
        if (
            not isinstance(value, Sequence)
            or isinstance(value, str)
            or not all(isinstance(v, str) for v in value)
        ):
            raise self._wrong(name, "eine Liste von Texten", "a list of texts")
        return tuple(value)

    def choice(self, name: str, choices: Sequence[Choice], default: Choice | None = None) -> Choice:
        """Return a field that is one of `choices`."""
        value = self._data.get(name, default)
        found = next((choice for choice in choices if choice == value), None)
        if found is None:
            raise self._wrong(name, f"eines von {', '.join(choices)}", f"one of {', '.join(choices)}")
        return found

    def truth(self, name: str) -> bool:
        """Return a field that is true or false, false where it is missing."""
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, "true oder false", "true or false")
        return value

    def whole(self, name: str) -> int:
        """Return a field that is a whole number of at least 0."""
        value = self._data.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._wrong(
                name, "eine ganze Zahl von Zehnteln ab 0", "a whole number of tenths, 0 or more,"
            )
        return value

    def number(self, name: str) -> float | None:
        """Return a field that is a finite number or null."""
        value = self._data.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise self._wrong(name, "eine Zahl oder null", "a number or null")
        return float(value)

    def shares(self, name: str) -> tuple[tuple[str, float], ...]:
        """Return a field that maps names to probabilities, empty where it is missing."""
        value = self._data.get(name, {})
        if not isinstance(value, Mapping):
            raise self._wrong(
                name, "ein Objekt aus Namen und Wahrscheinlichkeiten", "an object of probabilities by name"
            )
        inner = _Object(value, self._path(name))
        found = [(str(key), inner.number(str(key))) for key in value]
        if any(share is None or not 0 <= share <= 1 for _, share in found):
            raise self._wrong(
                name,
                "ein Objekt aus Wahrscheinlichkeiten von 0 bis 1",
                "an object of probabilities between 0 and 1",
            )
        return tuple((key, share) for key, share in found if share is not None)


def _kind(data: object) -> tuple[str, str]:
    """Say in German and English what a JSON value is that is no object."""
    if data is None:
        return "null", "null"
    kinds = {
        str: ("ein Text", "a text"),
        list: ("eine Liste", "a list"),
        bool: ("true oder false", "true or false"),
    }
    return kinds.get(type(data), ("eine Zahl", "a number"))
