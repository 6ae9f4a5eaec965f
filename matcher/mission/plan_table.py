"""One table of the plan file, read key by key; whatever cannot be used is named by file, table and key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any, TypeVar

from matcher.errors import MatcherError
from matcher.mission.records import Hours
from matcher.mission.tables import Hint, known

T = TypeVar("T")
_MISSING: Any = object()
KINDS = {
    str: ("kein Text", "not a text"),
    int: ("keine ganze Zahl", "not a whole number"),
    date: ("kein Datum wie 2026-10-27", "not a date such as 2026-10-27"),
    list: ("keine Liste", "not a list"),
    dict: ("keine Tabelle", "not a table"),
}
"""What a value is not that should be of a kind, as (German, English)."""


class Table:
    """One table of the file with the words that name it in an error; every key must be used."""

    def __init__(self, file: str, where: str, values: Any, keys: Sequence[str]) -> None:
        self.file, self.where = file, where
        if not isinstance(values, dict):
            raise MatcherError(
                f"{file}, {where}: is no table; write its keys under [{where}].",
                de=f"{file}, {where}: ist keine Tabelle; bitte die Angaben unter [{where}] schreiben.",
            )
        self.values: dict[str, Any] = values
        for key in values:
            if key not in keys:
                raise self.fault(
                    key,
                    "is no key of the plan file here",
                    de="ist hier keine Angabe der Plandatei",
                    hint=known(key, keys),
                )

    def fault(self, key: str, problem: str, *, de: str, hint: Hint = ("", "")) -> MatcherError:
        """Return the error that names file, table and key, what is wrong and what could be meant."""
        where = f"{self.where}, " if self.where else ""
        return MatcherError(
            f"{self.file}, {where}{key}: {problem}{hint[1]}", de=f"{self.file}, {where}{key}: {de}{hint[0]}"
        )

    def get(self, key: str, kind: type[T], default: T = _MISSING) -> T:
        """Return the value of a key, checked for its kind."""
        if key not in self.values:
            if default is _MISSING:
                raise self.fault(key, "is missing; add it.", de="fehlt; bitte ergänzen.")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            german, english = KINDS[kind]
            raise self.fault(key, f"{value!r} is {english}.", de=f"„{value}“ ist {german}.")
        return value

    def count(self, key: str, default: int = _MISSING, least: int = 0) -> int:
        """Return a count of at least `least`."""
        value = self.get(key, int, default)
        if value < least:
            raise self.fault(
                key,
                f"{value} is too small; write {least} or more.",
                de=f"{value} ist zu klein; bitte {least} oder mehr schreiben.",
            )
        return value

    def hours(self, key: str, value: Any) -> Hours:
        """Read a stretch of a day such as 09:00-09:45."""
        parts = str(value).replace("–", "-").split("-") if isinstance(value, str) else []
        if len(parts) != 2:
            raise self.fault(
                key,
                f"{value!r} is no stretch of the day; write for example 09:00-09:45.",
                de=f"„{value}“ ist kein Zeitraum; bitte schreiben wie 09:00-09:45.",
            )
        start, end = (self.clock(key, part.strip()) for part in parts)
        if start >= end:
            raise self.fault(key, f"{value!r} ends before it begins.", de=f"„{value}“ endet vor dem Beginn.")
        return Hours(start, end)

    def clock(self, key: str, value: Any) -> time:
        """Read a time of the day such as 09:00."""
        if isinstance(value, time):
            return value
        try:
            return time.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.fault(
                key,
                f"{value!r} is no time; write for example 09:00.",
                de=f"„{value}“ ist keine Uhrzeit; bitte schreiben wie 09:00.",
            ) from None

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when absent."""
        values: list[Any] = self.get(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.fault(
                key,
                "must be a list of texts in quotation marks.",
                de="muss eine Liste von Texten in Anführungszeichen sein.",
            )
        return tuple(values)

    def one_of(self, key: str, options: Collection[str], what: tuple[str, str]) -> str:
        """Return a text that must be one of the options; `what` says what they are not: "kein …", "no …"."""
        value = self.get(key, str)
        if value not in options:
            raise self.fault(
                key, f"{value!r} is {what[1]}", de=f"„{value}“ ist {what[0]}", hint=known(value, options)
            )
        return value

    def tables(self, key: str, keys: Sequence[str]) -> list[Table]:
        """Return the tables of an array of tables, numbered from 1."""
        values: list[Any] = self.get(key, list, [])
        return [Table(self.file, f"{key} {n}", value, keys) for n, value in enumerate(values, start=1)]
