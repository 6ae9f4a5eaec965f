"""The units a brief uses, each with its kind, the unit we keep and the factor between them.

The factors are fixed here because loading a unit library costs half a second at every start; a test
compares each of them with pint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "area",
    "building_area",
    "power",
    "energy",
    "voltage",
    "money",
    "price",
    "jobs",
    "people",
    "distance",
    "time",
    "duration",
    "mass",
    "date",
    "percentage",
    "volume",
    "data_rate",
    "containers",
    "load",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: its kind, the unit its values are kept in, and the factor to get there."""

    kind: Kind
    unit: str
    factor: float = 1.0
    note: Literal["", "apparent_power"] = ""


_KW_TAIL = r"(?:_?(?:p|el|th|e))?"
_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"(?i:hektar(?:en|s)?|hectares?|ha)", Unit("area", "ha")),
    (
        r"m²|[mM]2|m\^2|㎡|(?i:qm|sqm|sq\.?\s?m(?:trs?|et(?:er|re)s?)?\.?|square[\s-]met(?:er|re)s?|quadratmetern?)",
        Unit("area", "m²"),
    ),
    (
        r"(?i:sq\.?\s?ft\.?|sqft|square[\s-](?:feet|foot)|quadratfuß|ft²|ft2|ft\^2|sf)",
        Unit("area", "m²", 0.09290304),
    ),
    (r"(?i:acres?|ac)", Unit("area", "ha", 0.40468564224)),
    (
        r"km²|km2|km\^2|(?i:qkm|sq\.?\s?km|square[\s-]kilomet(?:er|re)s?|quadratkilometern?)",
        Unit("area", "ha", 100.0),
    ),
    (rf"(?:MW|mw|Mw){_KW_TAIL}|(?i:megawatts?)", Unit("power", "MW")),
    (rf"(?i:kw){_KW_TAIL}|(?i:kilowatts?)", Unit("power", "MW", 0.001)),
    (rf"(?:GW|gw){_KW_TAIL}|(?i:gigawatts?)", Unit("power", "MW", 1000.0)),
    (r"(?i:mva|megavoltampere)", Unit("power", "MW", 1.0, "apparent_power")),
    (r"(?i:kva)", Unit("power", "MW", 0.001, "apparent_power")),
    (r"MWh|mwh|(?i:megawatt[\s-]?(?:stunden?|hours?))", Unit("energy", "MWh")),
    (r"(?i:kwh|kilowatt[\s-]?(?:stunden?|hours?))", Unit("energy", "MWh", 0.001)),
    (r"(?i:gwh|gigawatt[\s-]?(?:stunden?|hours?))", Unit("energy", "MWh", 1000.0)),
    (r"(?i:twh|terawatt[\s-]?(?:stunden?|hours?))", Unit("energy", "MWh", 1e6)),
    (r"kV|KV|kv|(?i:kilovolts?)", Unit("voltage", "kV")),
    (r"t|(?i:(?:jahres)?tonnen?|(?:metric[\s-])?tons?|tonnes?)", Unit("mass", "t")),
    (r"kt|(?i:kilotonnen?|kilotonnes?)", Unit("mass", "t", 1000.0)),
    (r"kg|(?i:kilogramms?|kilogram(?:me)?s?)", Unit("mass", "t", 0.001)),
    (r"(?i:km|(?:autobahn)?kilomet(?:er|re)[sn]?)", Unit("distance", "km")),
    (r"(?i:miles?|meilen?)|mi", Unit("distance", "km", 1.609344)),
    (r"m|(?i:met(?:er|re)[sn]?)", Unit("distance", "m")),
    (r"(?i:feet|foot|ft|fuß)(?![\s-]*container)", Unit("distance", "m", 0.3048)),
    (
        r"(?i:(?:auto|fahr|geh|fuß|bahn|zug|flug|lkw-)?minuten?|minutes?|mins?\b\.?|minütig\w*)",
        Unit("time", "min"),
    ),
    (
        r"h|(?i:(?:auto|fahr|geh|bahn|zug|flug|lkw-)?stunden?|hours?|hrs?\b\.?|std\b\.?|stündig\w*)",
        Unit("time", "min", 60.0),
    ),
    (r"(?i:dreiviertelstunde)", Unit("time", "min", 45.0)),
    (r"(?i:viertelstunden?)", Unit("time", "min", 15.0)),
    (r"(?i:(?:werk|arbeits|kalender)?tage?n?|(?:working\s|business\s)?days?)", Unit("duration", "days")),
    (r"(?i:wochen?|weeks?)", Unit("duration", "days", 7.0)),
    (r"(?i:monat(?:en?|s)?|months?|monatig\w*)", Unit("duration", "months")),
    (r"(?i:jahr(?:en?|es?)?|years?|jährig\w*)", Unit("duration", "months", 12.0)),
    (r"%|(?i:prozent|percent|per\scent|v\.\s?h\.)", Unit("percentage", "%")),
    (r"m³|m3|m\^3|(?i:cbm|kubikmetern?|cubic[\s-]met(?:er|re)s?)", Unit("volume", "m³")),
    (
        r"(?i:gbit/s|gbps|gb/s|gigabit(?:s)?(?:\s(?:pro|per)\s(?:sekunde|second))?)",
        Unit("data_rate", "Gbit/s"),
    ),
    (r"(?i:mbit/s|mbps|mb/s)", Unit("data_rate", "Gbit/s", 0.001)),
    (r"(?i:teu)", Unit("containers", "TEU")),
)
UNITS: tuple[Unit, ...] = tuple(unit for _, unit in _UNITS)
_UNIT = re.compile(
    r"(?:[\s\u00a0]{1,2}|[-‑])?(?:"
    + "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _) in enumerate(_UNITS))
    + r")(?:(?<=[%.])|(?![\w²³^]))(?!/h\b)"
)

CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
    "us-dollar": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "pfund": "GBP",
    "pounds": "GBP",
    "chf": "CHF",
    "franken": "CHF",
    "swiss francs": "CHF",
    "dm": "DEM",
    "mark": "DEM",
    "marks": "DEM",
    "d-mark": "DEM",
}
CURRENCY = (
    r"(?:€|£|(?i:US\$|US-Dollar|swiss\sfrancs|EUROS?\b|EUR\b|USD\b|GBP\b|CHF\b|dollars?\b|pounds\b|franken\b|d-mark\b|marks?\b)"
    r"|\$|DM\b|Pfund\b)"
)
_CURRENCY_AFTER = re.compile(rf"(?:[\s\u00a0]{{1,2}}|[-‑])?(?:,[-–—]+\s?)?(?P<currency>{CURRENCY})")
_CENT = re.compile(r"[\s\u00a0-]?(?:ct\b\.?|(?i:cents?)\b)")
_RATE = re.compile(
    r"(?:\s(?i:kalt|warm|netto(?:kalt)?|brutto(?:kalt)?|net|gross|cold))?\s?(?:/\s?|(?i:pro|je|per|a)\s)(?P<per>m²|m2|qm|sqm|sq\.?\s?m\b|(?i:quadratmeter|square\smet(?:er|re))"
    r"|sq\.?\s?ft\b|(?i:square\sfoot)|kWh|MWh|(?i:kilowattstunde|megawattstunde|hektar|hectare)|ha\b|acre\b|t\b|(?i:tonne)\b|h\b|(?i:stunde|hour)\b)(?!\w)"
)
_PER = {
    "m²": "m²", "m2": "m²", "qm": "m²", "sqm": "m²", "sq m": "m²", "sq. m": "m²", "sq.m": "m²",
    "quadratmeter": "m²", "square metre": "m²", "square meter": "m²",
    "sq ft": "sq ft", "sq. ft": "sq ft", "square foot": "sq ft",
    "kwh": "kWh", "kilowattstunde": "kWh", "mwh": "MWh", "megawattstunde": "MWh",
    "ha": "ha", "hektar": "ha", "hectare": "ha", "acre": "acre",
    "t": "t", "tonne": "t", "h": "h", "stunde": "h", "hour": "h",
}  # fmt: skip

_MULTIPLIER = re.compile(
    rf"""(?:[\s\u00a0]|-)?(?:
        (?P<named>(?i:millionen|million|mill|mio|mln|mn|milliarden|milliarde|mrd|billion|bn|tausend|thousand|tsd
          |hundred|hundert|dozen|dutzend))(?:\b|(?=€|eur))\.?
      | (?P<thousand>[kK])(?:\b|(?=€|EUR))
      | (?P<thousand_euro>T)(?=\s?(?:€|EUR))
      | (?P<million_euro>[mM])(?=\s?{CURRENCY})
    )""",
    re.VERBOSE,
)
_MILLION_AFTER_CURRENCY = re.compile(r"\s?[mM]\b(?![²³])")
_FACTORS = {
    "hundred": 100.0, "hundert": 100.0, "dozen": 12.0, "dutzend": 12.0,
    "tausend": 1e3, "thousand": 1e3, "tsd": 1e3,
    "millionen": 1e6, "million": 1e6, "mill": 1e6, "mio": 1e6, "mln": 1e6, "mn": 1e6,
    "milliarden": 1e9, "milliarde": 1e9, "mrd": 1e9, "billion": 1e9, "bn": 1e9,
}  # fmt: skip


def read_multiplier(text: str, position: int, *, after_currency: bool) -> tuple[float, int] | None:
    """Read "Mio.", "k", "Tsd." and the like at `position`; returns the factor and where it ends."""
    if found := _MULTIPLIER.match(text, position):
        if found["named"]:
            return _FACTORS[found["named"].lower()], found.end()
        return (1e6 if found["million_euro"] else 1e3), found.end()
    if after_currency and (found := _MILLION_AFTER_CURRENCY.match(text, position)):
        return 1e6, found.end()
    return None


def read_unit(text: str, position: int) -> tuple[Unit, int] | None:
    """Read the unit or currency at `position`, with "pro m²" and the like; returns it and where it ends."""
    if found := _CURRENCY_AFTER.match(text, position):
        currency = CURRENCIES[" ".join(found["currency"].lower().split())]
        return _with_rate(text, found.end(), Unit("money", currency))
    if found := _CENT.match(text, position):
        rated, end = _with_rate(text, found.end(), Unit("money", "EUR", 0.01))
        return (rated, end) if rated.kind == "price" else None
    if found := _UNIT.match(text, position):
        unit = UNITS[int(str(found.lastgroup)[1:])]
        if unit.kind in ("mass", "power"):
            rated, end = _with_rate(text, found.end(), unit)
            if rated.kind == "load":
                return rated, end
        return unit, found.end()
    return None


def rate_after_currency(text: str, position: int, currency: str) -> tuple[Unit, int]:
    """Return the unit of an amount whose currency stood before it ("EUR 12 per sqm"), and where it ends."""
    return _with_rate(text, position, Unit("money", currency))


def _with_rate(text: str, position: int, unit: Unit) -> tuple[Unit, int]:
    """Turn an amount into a price or a load per unit when "/m²" or "pro kWh" follows."""
    found = _RATE.match(text, position)
    if not found:
        return unit, position
    per = _PER[" ".join(found["per"].lower().split())]
    kind: Kind = "price" if unit.kind == "money" else "load"
    if kind == "load" and per not in ("m²", "ha"):
        return unit, position
    return Unit(kind, f"{unit.unit}/{per}", unit.factor), found.end()
