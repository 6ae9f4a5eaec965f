"""Country names and codes, German and English, read as ISO 3166 two-letter codes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel import Locale

_ALSO = {
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "vereinigte staaten von amerika": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "großbritannien": "GB",
    "vereinigtes königreich": "GB",
    "hong kong": "HK",
    "hongkong": "HK",
    "macau": "MO",
    "turkey": "TR",
    "türkei": "TR",
    "czech republic": "CZ",
    "tschechische republik": "CZ",
    "holland": "NL",
    "korea": "KR",
    "republic of korea": "KR",
    "südkorea": "KR",
    "russland": "RU",
    "russian federation": "RU",
    "prc": "CN",
    "people's republic of china": "CN",
    "volksrepublik china": "CN",
    "vae": "AE",
    "uae": "AE",
    "brd": "DE",
}
_ALPHA_3 = {
    "DEU": "DE",
    "GBR": "GB",
    "FRA": "FR",
    "NLD": "NL",
    "BEL": "BE",
    "AUT": "AT",
    "CHE": "CH",
    "ITA": "IT",
    "ESP": "ES",
    "POL": "PL",
    "DNK": "DK",
    "SWE": "SE",
    "NOR": "NO",
    "FIN": "FI",
    "CAN": "CA",
    "JPN": "JP",
    "CHN": "CN",
    "KOR": "KR",
    "IND": "IN",
    "ISR": "IL",
    "TUR": "TR",
    "AUS": "AU",
    "BRA": "BR",
    "MEX": "MX",
    "TWN": "TW",
}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("en", "de"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(_key(name), code)
                found.setdefault(code.casefold(), code)
    return (
        found
        | {_key(name): code for name, code in _ALSO.items()}
        | {code.casefold(): short for code, short in _ALPHA_3.items()}
    )


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("&", "and").split()).strip(" .")


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """Return the ISO 3166 code of a country's name or code; empty when it is not known."""
    return _codes().get(_key(name), "")
