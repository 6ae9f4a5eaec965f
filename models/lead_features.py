"""What a company's row says, as numbers: words, industry, reach, substance. No name, no contact enters."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Doubles = NDArray[np.float64]

_TOKEN = re.compile(r"[a-zäöüß]{2,}")

GEOGRAPHY = frozenset(
    """africa african america american americas argentina asia asian asiapacific australia australian austria
    austrian belgian belgium benelux bermuda brazil brazilian britain british bulgaria canada canadian cayman
    chile china chinese colombia countries country croatia cyprus czech danish denmark domestic domestically
    dutch east eastern egypt estonia europe european export exported exporting exports finland finnish france
    french german germany global globally greece greek hong hungary iceland india indian indonesia indonesian
    international internationally ireland irish islands israel israeli italian italy japan japanese kingdom
    kong korea korean kuwait latin latvia lithuania luxembourg macau mainland malaysia malaysian malta mexican
    mexico middle netherlands nigeria north northern norway norwegian overseas pacific pakistan peoples peru
    philippines poland polish portugal portuguese prc qatar regions republic romania russia russian saudi
    singapore slovakia slovenia south southeast southern spain spanish states sweden swedish swiss switzerland
    taiwan taiwanese thai thailand turkey turkish uk ukraine united us usa vietnam western world worldwide
    based headquartered founded incorporated company companies formerly known changed name subsidiary
    subsidiaries together limited ltd inc corporation corp plc co llc ag sa ab oyj asa group holdings
    january february march april may june july august september october november december
    province city county california texas york ontario pennsylvania""".split()  # noqa: SIM905
)
"""Words left out of what a company does: where it is, how far it reaches and its legal form stand elsewhere."""

HOME = frozenset({"DE"})
NEARBY = frozenset({"NL", "BE", "LU", "FR", "AT", "CH", "DK", "PL", "CZ", "LI"})
EUROPE = frozenset(
    {"GB", "IE", "SE", "NO", "FI", "IS", "IT", "ES", "PT", "HU", "GR", "MT", "CY", "MC", "EE", "LV", "LT"}
    | {"SK", "SI", "HR", "RO", "BG", "RS", "TR"}
)
COUNTRY_GROUPS: Mapping[str, frozenset[str]] = {
    "from_home": HOME,
    "from_nearby": NEARBY,
    "from_europe": EUROPE,
    "from_north_america": frozenset({"US", "CA"}),
    "from_japan": frozenset({"JP"}),
    "from_korea": frozenset({"KR"}),
    "from_greater_china": frozenset({"CN", "HK", "TW", "MO"}),
    "from_india": frozenset({"IN"}),
    "from_israel": frozenset({"IL"}),
}

REACH_PHRASES: Mapping[str, str] = {
    "europe": r"\beurop",
    "germany": r"\bgerman|\bdeutsch",
    "european_country": (
        r"\b(?:france|netherlands|belgium|united kingdom|poland|italy|spain|switzerland|austria|"
        r"frankreich|niederlande|belgien|großbritannien|polen|italien|spanien|schweiz|österreich)\b"
    ),
    "worldwide": r"\b(?:worldwide|globally|around the world|across the globe|weltweit)\b|\b\d+ (?:countries|länder)",
    "internationally": r"\binternational",
    "export": r"\bexport",
    "continents": r"\b(?:asia|america|americas|amerika|asien)\b",
}
SUBSTANCE_PHRASES: Mapping[str, str] = {
    "makes": r"\b(?:manufactur|produc|produz|herstell|fertig)",
    "segments": r"\b(?:segments?|divisions?|segmente?|sparten?|geschäftsbereich)",
    "shell": r"\bshell company|blank check|business combination|significant operations|keine geschäftstätigkeit",
    "clinical": r"\bclinical|\bklinische[rn]? (?:phase|studie)",
    "explores": r"\bexplor(?:es|ation|ing)\b",
    "subsidiaries": r"\bsubsidiar|tochter(?:gesellschaft|unternehmen)",
    "develops_only": r"\b(?:pre-?revenue|development stage|early[- ]stage|pilot|prototype)",
    "machinery": r"\b(?:machine|equipment|systems|maschine|anlagen)",
    "software": r"\b(?:software|platform|plattform|saas|app)\b",
    "future_energy": r"\b(?:hydrogen|recycl|renewable|batter|wasserstoff|erneuerbar)",
}
_REACH = {name: re.compile(pattern) for name, pattern in REACH_PHRASES.items()}
_SUBSTANCE = {name: re.compile(pattern) for name, pattern in SUBSTANCE_PHRASES.items()}
COUNTRY_NAMES = tuple(COUNTRY_GROUPS)
REACH_NAMES = tuple(REACH_PHRASES)
SUBSTANCE_NAMES = (*SUBSTANCE_PHRASES, "employees_log10")
USUAL_EMPLOYEES_LOG10 = 2.0
"""What an unknown number of employees counts as: 100, about the middle of the leads that state it."""


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """The fields of a row that may enter a score. `country` is an ISO 3166 code or empty."""

    description: str
    sector: str = ""
    industry: str = ""
    country: str = ""
    employees: float | None = None

    @property
    def text(self) -> str:
        """What is embedded: the description, or the industry where there is none."""
        return self.description or ". ".join(part for part in (self.industry, self.sector) if part)


def tokens(text: str) -> list[str]:
    """Return the words of `text` that may say what a company does, lower case, in order."""
    return [word for word in _TOKEN.findall(text.lower()) if word not in GEOGRAPHY]


def terms(text: str) -> list[str]:
    """Return words and pairs of neighbouring words."""
    words = tokens(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def origin(facts: LeadFacts) -> list[float]:
    """Return the features `COUNTRY_NAMES`: which group of countries the company is from."""
    return [float(facts.country in group) for group in COUNTRY_GROUPS.values()]


def reach(facts: LeadFacts) -> list[float]:
    """Return the features `REACH_NAMES`: how far the company's business reaches, by its own words."""
    text = facts.description.lower()
    return [float(pattern.search(text) is not None) for pattern in _REACH.values()]


def substance(facts: LeadFacts) -> list[float]:
    """Return the features `SUBSTANCE_NAMES`: how established the company is and in what way it works."""
    text = facts.description.lower()
    phrases = [float(pattern.search(text) is not None) for pattern in _SUBSTANCE.values()]
    if facts.employees is None:
        return [*phrases, 0.0]
    return [*phrases, math.log10(facts.employees + 1) - USUAL_EMPLOYEES_LOG10]


@dataclass(frozen=True)
class Vocabulary:
    """Terms with their inverse document frequencies; turns lists of terms into unit rows.

    Each row is computed by itself, so it does not depend on the rows beside it.
    """

    terms: tuple[str, ...]
    idf: Doubles

    @cached_property
    def _column(self) -> dict[str, int]:
        return {term: i for i, term in enumerate(self.terms)}

    @classmethod
    def fit(
        cls, documents: Sequence[Sequence[str]], *, min_documents: int, max_share: float = 0.4
    ) -> Vocabulary:
        """Take the terms that stand in at least `min_documents` and at most `max_share` of the documents."""
        counts: dict[str, int] = {}
        for document in documents:
            for term in set(document):
                counts[term] = counts.get(term, 0) + 1
        most = max_share * len(documents)
        chosen = sorted(term for term, count in counts.items() if min_documents <= count <= most)
        idf = [math.log((1 + len(documents)) / (1 + counts[term])) + 1 for term in chosen]
        return cls(tuple(chosen), np.array(idf))

    def rows(self, documents: Sequence[Sequence[str]]) -> csr_array:
        """Return TF-IDF rows (sublinear counts, unit length), shape (n_documents, n_terms)."""
        column = self._column
        starts = [0]
        columns: list[int] = []
        values: list[float] = []
        for document in documents:
            counts: dict[int, int] = {}
            for term in document:
                found = column.get(term)
                if found is not None:
                    counts[found] = counts.get(found, 0) + 1
            row = [(1 + math.log(count)) * float(self.idf[at]) for at, count in counts.items()]
            norm = math.sqrt(math.fsum(value * value for value in row)) or 1.0
            columns.extend(counts)
            values.extend(value / norm for value in row)
            starts.append(len(columns))
        shape = (len(documents), len(self.terms))
        return csr_array((np.array(values), np.array(columns, np.int32), np.array(starts, np.int32)), shape)
