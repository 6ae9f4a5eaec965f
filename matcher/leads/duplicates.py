"""Duplicates: the same company under another spelling or on the same domain, found in one pass and marked.

Each lead is compared only with earlier leads that share a block: its domain, or the first word of its
name with marks, umlauts and legal form removed. The blocks lie in a SQLite file, so a million rows need
no more memory than a thousand.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cleanco import basename
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from matcher.leads.lead import Lead
from models.lead_features import LeadFacts

MAX_BLOCK = 400
"""Earlier leads of a block that are compared; no block of 35,075 real companies holds more."""
SHARED_HOSTS = frozenset(
    {
        "facebook.com",
        "linkedin.com",
        "instagram.com",
        "twitter.com",
        "x.com",
        "youtube.com",
        "xing.com",
        "google.com",
        "sites.google.com",
        "wordpress.com",
        "wixsite.com",
        "github.com",
        "example.com",
    }
)
"""Hosts where many companies have a page: sharing one says nothing."""

_FOLDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "œ": "oe", "ł": "l"}
)
_LEGAL = re.compile(
    r"\b(?:gmbh|ggmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|haftungsbeschraenkt|se|ek|e k|co|cie|company|companies|inc|"
    r"incorporated|corp|corporation|ltd|limited|llc|llp|lp|plc|sa|sas|sarl|srl|spa|s a|s p a|s r l|bv|nv|b v|"
    r"n v|ab|publ|oy|oyj|as|asa|a s|aps|sp z o o|pty|pte|pt|tbk|bhd|berhad|kk|k k|kabushiki kaisha|und|and|the|"
    r"sdn|jsc|pjsc|zrt|nyrt|kft|doo|dd|sab de cv|sa de cv|public|group|gruppe|holding|holdings)\b"
)
_DISTINCTIVE = frozenset({"group", "gruppe", "holding", "holdings"})
_NUMBERS = re.compile(r"\d+|\b(?:ii|iii|iv|v|vi|vii|viii|ix|x)\b")
_SHARE_CLASS = re.compile(r"(?: (?:sv|units?|cl [a-c]|class [a-c]|pref|ord|adr|com))+$")
_ABBREVIATED = {
    "intl": "international",
    "mng": "mining",
    "res": "resources",
    "tech": "technologies",
    "technology": "technologies",
    "mfg": "manufacturing",
    "ind": "industries",
    "inds": "industries",
    "industrie": "industries",
    "pharm": "pharmaceuticals",
    "pharma": "pharmaceuticals",
    "sys": "systems",
    "systeme": "systems",
    "svcs": "services",
    "chem": "chemicals",
    "elec": "electric",
    "engg": "engineering",
    "eng": "engineering",
    "fin": "financial",
    "natl": "national",
    "gebr": "gebrueder",
    "masch": "maschinenbau",
    "maschbau": "maschinenbau",
    "st": "sankt",
}
_ELSEWHERE = frozenset(
    [
        "asia",
        "america",
        "americas",
        "europe",
        "europa",
        "pacific",
        "north",
        "south",
        "east",
        "west",
        "global",
        "international",
        "india",
        "china",
        "japan",
        "korea",
        "deutschland",
        "germany",
        "france",
        "uk",
        "usa",
        "us",
        "canada",
        "brasil",
        "brazil",
        "indonesia",
        "malaysia",
        "thailand",
        "taiwan",
        "singapore",
        "arabia",
        "africa",
        "mexico",
        "australia",
        "services",
        "finance",
        "capital",
        "bank",
        "fund",
        "trust",
        "energy",
        "acquisition",
        "partners",
    ]
)
"""What a subsidiary or sister company adds to the name it shares."""


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """Return a company's name to compare: lower case, no marks, no legal form, ü, ue and u alike.

    "Müller Maschinenbau GmbH", "MUELLER MASCHINENBAU" and "Muller Maschinenbau" give the same.
    """
    stripped = basename(name) or name
    folded = stripped.casefold().translate(_FOLDED)
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    if not ascii_only.strip():
        ascii_only = folded
    words = re.sub(r"[^\w]+", " ", ascii_only.replace("&", " and ").replace("'", "")).replace("_", " ")
    bare = _SHARE_CLASS.sub("", " ".join(_LEGAL.sub(" ", words).split()))
    full = " ".join(_ABBREVIATED.get(word, word) for word in bare.split())
    return re.sub("([aou])e", r"\1", full or " ".join(words.split()))


def _is_holding(name: str) -> bool:
    return not _DISTINCTIVE.isdisjoint(re.findall(r"\w+", name.casefold()))


def _blocks(plain: str, domain: str) -> list[str]:
    first = plain.split(" ", 1)[0]
    squeezed = plain.replace(" ", "")
    last = plain.rsplit(" ", 1)[-1]
    keys = [f"n:{squeezed[:5]}", f"e:{first[:2]}{last[-4:]}{len(squeezed) // 4}"] if squeezed else []
    keys += [f"e:{first[:2]}{last[-4:]}{len(squeezed) // 4 + 1}"] if len(squeezed) % 4 == 3 else []
    if domain and domain not in SHARED_HOSTS:
        keys.append(f"d:{domain}")
    return keys


def is_same_company(first: Lead, second: Lead) -> bool:
    """Tell whether two leads are the same company.

    Names that agree but for marks, spacing, umlauts, abbreviations and legal form are the same unless the
    countries, or domain and city, contradict. Names that differ by a letter need a shared domain or city.
    On a shared domain one name may begin or hold the other, unless the rest is a country or a number: a
    subsidiary or the next fund of a family is another company.
    """
    one, two = plain_name(first.name), plain_name(second.name)
    if not one or not two or _numbers(one) != _numbers(two):
        return False
    same_domain = bool(first.domain) and first.domain == second.domain and first.domain not in SHARED_HOSTS
    other_domain = bool(first.domain) and bool(second.domain) and first.domain != second.domain
    other_country = len({first.facts.country, second.facts.country} - {""}) == 2
    same_city = bool(first.city) and bool(second.city) and _city(first.city) == _city(second.city)
    other_city = bool(first.city) and bool(second.city) and not same_city
    if one.replace(" ", "") == two.replace(" ", ""):
        if _is_holding(first.name) != _is_holding(second.name) and not same_domain:
            return False
        if other_country:
            return same_domain and (same_city or first.name.casefold() == second.name.casefold())
        return same_domain or not (other_domain and other_city)
    if other_country:
        return False
    if same_domain:
        rest = set(one.split()) ^ set(two.split())
        is_part = set(one.split()) <= set(two.split()) or set(two.split()) <= set(one.split())
        return (is_part and rest.isdisjoint(_ELSEWHERE)) or fuzz.ratio(one, two) >= 90
    one_letter = min(len(one), len(two)) >= 8 and Levenshtein.distance(one, two, score_cutoff=1) <= 1
    return one_letter and same_city and not other_domain


def _city(city: str) -> str:
    folded = city.casefold().split(",")[0].split("(")[0].translate(_FOLDED)
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().strip()


def _numbers(name: str) -> list[str]:
    return _NUMBERS.findall(name)


class DuplicateFinder:
    """Finds for each lead, in order, the first earlier lead that is the same company."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(
            "CREATE TABLE lead (number INTEGER PRIMARY KEY, id TEXT, name TEXT, city TEXT, domain TEXT, country TEXT)"
        )
        database.execute(
            "CREATE TABLE block (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID"
        )

    def first_of(self, lead: Lead) -> str:
        """Return the id of the earlier lead that is the same company (its row number without an id), or "".

        The lead is then known to those that follow.
        """
        plain = plain_name(lead.name)
        keys = _blocks(plain, lead.domain)
        found = ""
        if plain:
            marks = ",".join("?" * len(keys))
            rows = self._database.execute(
                "SELECT DISTINCT lead.number, id, name, city, domain, country FROM block JOIN lead USING (number) "
                f"WHERE key IN ({marks}) ORDER BY lead.number LIMIT {MAX_BLOCK}",
                keys,
            )
            for number, other_id, name, city, domain, country in rows:
                other = Lead(number, other_id, name, city, domain, LeadFacts("", country=country), ())
                if is_same_company(other, lead):
                    found = other_id or str(number)
                    break
        self._database.execute(
            "INSERT INTO lead VALUES (?, ?, ?, ?, ?, ?)",
            (lead.number, lead.id, lead.name, lead.city, lead.domain, lead.facts.country),
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO block VALUES (?, ?)", [(key, lead.number) for key in keys]
        )
        return found


@contextmanager
def duplicate_finder(folder: Path) -> Iterator[DuplicateFinder]:
    """Open a finder whose blocks lie in a file of `folder`, which is removed afterwards."""
    path = folder / "duplicates.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        yield DuplicateFinder(database)
    finally:
        database.close()
        path.unlink(missing_ok=True)
