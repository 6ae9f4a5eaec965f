"""What a brief says of the size of a town without asking for a size: it does not matter, or the city is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.tokens import Word
from matcher.wanted import Wanted

_TOWN = r"(?:stadt|städt|gemeinde|kommune|ort(?:e|s|es|sgröße)?\b|town|cit(?:y|ies)|municipalit|place)"
_SIZE = r"(?:größe|einwohnerzahl|size|population|how (?:big|large)|wie groß)"
_NO_MATTER = (
    r"(?:egal|irrelevant|unwichtig|unerheblich|gleichgültig|zweitrangig|nebensächlich|keine rolle"
    r"|(?:not|n[’']t) matter|no matter|unimportant|no role|no part|not important|secondary)"
)
_BIG = r"(?:großstadt|millionenstadt|metropole|ballungsraum|innenstadt|(?:big |large |major )?cit(?:y|ies)\b|metropolis|conurbation)"
_IRRELEVANT = re.compile(
    rf"(?=[^.;\n]*{_TOWN})(?:{_SIZE}[^.;\n]{{0,60}}{_NO_MATTER}|{_NO_MATTER}[^.;\n]{{0,40}}{_SIZE})"
    rf"|{_TOWN}\w*[^.;\n]{{0,20}}{_SIZE}[^.;\n]{{0,60}}{_NO_MATTER}",
    re.IGNORECASE,
)
_OF_SIZE = re.compile(_SIZE, re.IGNORECASE)
_PARTS = re.compile(r"[.;\n]")
_LEAVING = re.compile(
    rf"\b(?:aus|weg von|fort aus|verlassen|verlässt)\s+(?:der|einer|dem|die|den)\s+(?:\w+\s+)?{_BIG}"
    rf"|\b(?:leav(?:e|es|ing)|(?:out|away) (?:of|from)|mov(?:e|es|ing) (?:out of|away from|from)|quit(?:s|ting)?)"
    rf"\s+(?:the|a)\s+(?:\w+\s+)?{_BIG}|{_BIG}\s+verlassen",
    re.IGNORECASE,
)
_MANY_USERS = re.compile(
    r"^\W*(?:\w+\s+){0,2}?(?:städten?|großstädten?|orten?|kommunen|cities|towns|places|municipalities)\s+(?:mit|with)\s+"
    r"(?:möglichst\s+|as\s+)?(?:vielen|zahlreichen|many|numerous|lots of|plenty of)\b",
    re.IGNORECASE,
)


def is_irrelevant(text: str) -> bool:
    """Tell whether a brief says that the size of the town does not matter."""
    return any(_IRRELEVANT.search(part) for part in _PARTS.split(text) if _OF_SIZE.search(part))


def leaves_city(text: str) -> bool:
    """Tell whether a brief says that the company leaves the big city, or wants to."""
    return _LEAVING.search(text) is not None


def with_sizes(text: str, words: Sequence[Word], wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Return the entries with those on size read as meant.

    A city that is left is not wanted; "cities with many users" asks for cities, not for firms that buy.
    """
    left = [found.span() for found in _LEAVING.finditer(text)]
    return tuple(_read(text, words, entry, left) for entry in wanted)


def _read(text: str, words: Sequence[Word], entry: Wanted, left: Sequence[tuple[int, int]]) -> Wanted:
    start, end = words[entry.first].start, words[entry.last - 1].end
    if entry.facet == "agglomeration" and any(start < stop and begin < end for begin, stop in left):
        return replace(entry, is_avoided=True)
    if entry.facet == "cluster" and _MANY_USERS.search(text[start:end]):
        return replace(entry, facet="agglomeration", topics=())
    return entry
