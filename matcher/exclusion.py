"""Which statements must not be used for a brief: those that name the company whose decision is replayed."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from corpus.records import Region

_GENERIC = """
ag und and the co kg kgaa gmbh se ev inc ltd llc plc nv bv sa spa corp corporation company holding
holdings group gruppe konzern international global europe europa european deutschland germany german
deutsche deutscher ruhr rhein rhine nrw westfalen north nord sued süd ost west services service
solutions solution systems system systeme technologies technology technologie technik tech software
security networks network netzwerke digital data energy energie power logistics logistik logistic
industries industrie industry chemie chemical chemicals pharma medical health food foods steel stahl
metall metal werke werk maschinenbau engineering automotive bank versicherung zentrum center centre
institut institute labs lab innovation innovations consulting management handel retail recycling
environmental umwelt immobilien real estate bau construction stadt city new neue first green smart
home haus park hafen transport express post media fenster türen print druck hydrogen wasserstoff
battery batterie solar wind water wasser gas air aktiengesellschaft gesellschaft stiftung verein
kommunales kommunale rechenzentrum niederrhein ruhrgebiet distribution spedition partner partners
parts aluminium
"""
GENERIC = frozenset(_GENERIC.split())
"""Words that name no single company: legal forms, sectors, regions. Chosen."""

SHORTEST = 4
"""A word of a name with fewer letters is too common to stand for a company, unless it is the whole name
or an abbreviation in capitals."""
_WORD = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*")
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"


def place_words(region: Region) -> frozenset[str]:
    """Return the words of the names of a region's locations and districts, folded.

    A town in a company's name ("Lidl (Herne)") stands for the town, and its statements stay usable.
    """
    names = (name for location in region.locations for name in (location.name, location.district))
    return frozenset(part for name in names for word in _words(name) for part in (word, *word.split("-")))


def distinctive_words(name: str, places: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the words of a company's name that stand for it; empty when there are none.

    They are folded, except for abbreviations of three letters, which keep their capitals. `places` are
    words that name a town. A name of common words only stands as a whole.
    """
    telling = []
    for word in _WORD.findall(name):
        folded = word.casefold()
        if all(part in GENERIC or part in places for part in folded.split("-")) or folded in places:
            continue
        if len(word) >= SHORTEST:
            telling.append(folded)
        elif len(word) == SHORTEST - 1 and word.isupper():
            telling.append(word)
    if telling:
        return tuple(dict.fromkeys(telling))
    return (name.casefold().strip(),) if name.strip() else ()


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def usable_mask(region: Region, exclude: str | None) -> NDArray[np.bool_]:
    """Return which of the region's statements may be used, shape (n_evidence,), when `exclude` names a company.

    A statement is left out when its subject or its text, in either language, has a distinctive word
    of the name as a whole word, or as the first part of a compound with a hyphen. An abbreviation must
    stand in capitals, so that UPS is no start-up.
    """
    usable = np.ones(len(region.evidence), dtype=bool)
    words = distinctive_words(exclude, place_words(region)) if exclude else ()
    if not words:
        return usable
    folded = [re.escape(word) for word in words if not word.isupper()]
    capitals = [re.escape(word) for word in words if word.isupper()]
    in_folded = re.compile(f"{_BEFORE}(?:{'|'.join(folded)}){_AFTER}") if folded else None
    in_text = re.compile(f"{_BEFORE}(?:{'|'.join(capitals)}){_AFTER}") if capitals else None
    for i, item in enumerate(region.evidence):
        text = f"{item.subject}\n{item.text_de}\n{item.text_en}"
        if (in_folded and in_folded.search(text.casefold())) or (in_text and in_text.search(text)):
            usable[i] = False
    return usable
