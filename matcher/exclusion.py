"""Which statements must not be used for a brief: those that name the company whose decision is replayed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.records import Evidence

GENERIC = frozenset(
    [
        "ag",
        "und",
        "and",
        "the",
        "co",
        "kg",
        "kgaa",
        "gmbh",
        "se",
        "ev",
        "inc",
        "ltd",
        "llc",
        "plc",
        "nv",
        "bv",
        "sa",
        "spa",
        "corp",
        "corporation",
        "company",
        "holding",
        "holdings",
        "group",
        "gruppe",
        "konzern",
        "international",
        "global",
        "europe",
        "europa",
        "european",
        "deutschland",
        "germany",
        "german",
        "deutsche",
        "deutscher",
        "ruhr",
        "rhein",
        "rhine",
        "nrw",
        "westfalen",
        "north",
        "nord",
        "sued",
        "süd",
        "ost",
        "west",
        "services",
        "service",
        "solutions",
        "solution",
        "systems",
        "system",
        "systeme",
        "technologies",
        "technology",
        "technologie",
        "technik",
        "tech",
        "software",
        "security",
        "networks",
        "network",
        "netzwerke",
        "digital",
        "data",
        "energy",
        "energie",
        "power",
        "logistics",
        "logistik",
        "logistic",
        "industries",
        "industrie",
        "industry",
        "chemie",
        "chemical",
        "chemicals",
        "pharma",
        "medical",
        "health",
        "food",
        "foods",
        "steel",
        "stahl",
        "metall",
        "metal",
        "werke",
        "werk",
        "maschinenbau",
        "engineering",
        "automotive",
        "bank",
        "versicherung",
        "zentrum",
        "center",
        "centre",
        "institut",
        "institute",
        "labs",
        "lab",
        "innovation",
        "innovations",
        "consulting",
        "management",
        "handel",
        "retail",
        "recycling",
        "environmental",
        "umwelt",
        "immobilien",
        "real",
        "estate",
        "bau",
        "construction",
        "stadt",
        "city",
        "new",
        "neue",
        "first",
        "green",
        "smart",
        "home",
        "haus",
        "park",
        "hafen",
        "transport",
        "express",
        "post",
        "media",
        "fenster",
        "türen",
        "print",
        "druck",
        "hydrogen",
        "wasserstoff",
        "battery",
        "batterie",
        "solar",
        "wind",
        "water",
        "wasser",
        "gas",
        "air",
    ]
)
"""Words that name no single company: legal forms, sectors, regions. Chosen."""

SHORTEST = 4
"""A word of a name with fewer letters is too common to stand for a company, unless it is the whole name."""


def distinctive_words(name: str) -> tuple[str, ...]:
    """Return the words of a company's name that stand for it, folded; empty when there are none."""
    words = re.findall(r"[^\W_]+(?:[-'&][^\W_]+)*", name.casefold())
    telling = [word for word in words if word not in GENERIC and len(word) >= SHORTEST]
    if telling:
        return tuple(dict.fromkeys(telling))
    return (name.casefold().strip(),) if name.strip() else ()


def usable_mask(evidence: Sequence[Evidence], exclude: str | None) -> NDArray[np.bool_]:
    """Return which statements may be used, shape (n_evidence,), when `exclude` names a company.

    A statement is left out when its subject or its text, in either language, has a distinctive word
    of the name as a whole word, or its subject and the name contain one another.
    """
    usable = np.ones(len(evidence), dtype=bool)
    words = distinctive_words(exclude) if exclude else ()
    if not words:
        return usable
    pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, words)) + r")(?![^\W_])")
    for i, item in enumerate(evidence):
        if pattern.search(f"{item.subject}\n{item.text_de}\n{item.text_en}".casefold()):
            usable[i] = False
    return usable
