"""Finds dates in a brief: days, months, quarters, half years, seasons, and years with a word of time.

A date is kept as a decimal year, the moment at which the named period begins: 2026.5 is the third
quarter of 2026. A bare year ("gegründet 1998") is not a date that anybody asks for and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.comparisons import Comparison
from matcher.units import read_unit

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan", "februar february feb", "märz maerz march mär mar", "april apr", "mai may",
            "juni june jun", "juli july jul", "august aug", "september sept sep", "oktober october okt oct",
            "november nov", "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_ORDINALS = {
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
_ORDINAL = r"(?:erste|zweite|dritte|vierte)[nrsm]?|first|second|third|fourth|1st|2nd|3rd|4th|[1-4]\.?|IV\.?|I{1,3}\.?"
_PARTS = {
    "anfang": 0.0, "jahresanfang": 0.0, "beginn": 0.0, "early": 0.0, "beginning": 0.0, "start": 0.0, "jahresbeginn": 0.0,
    "mitte": 0.5, "jahresmitte": 0.5, "mid": 0.5, "middle": 0.5,
    "ende": 0.75, "year-end": 0.75, "year end": 0.75, "jahresende": 0.75, "late": 0.75, "end": 0.75,
    "frühjahr": 0.25, "frühling": 0.25, "spring": 0.25, "sommer": 0.5, "summer": 0.5,
    "herbst": 0.75, "autumn": 0.75, "fall": 0.75,
}  # fmt: skip
_PART = (
    r"(?:the\s)?(?:(?P<part>year[\s-]end|Jahresanfang|Jahresbeginn|Jahresmitte|Jahresende|Anfang|Beginn|Mitte|Ende|early|mid|late|Frühjahr|Frühling"
    r"|Sommer|Herbst|spring|summer|autumn|fall|(?:end|beginning|middle|start)(?=\sof))(?:\sof|\sdes\sJahres|(?<=mid)-)?\s?)"
)
_YEAR = r"(?:19|20)\d\d"
_CORE = re.compile(
    rf"""(?<![\w.,/-])(?:
        (?P<iso>(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d))
      | (?P<dotted>(?P<d_day>\d{{1,2}})\.\s?(?P<d_month>\d{{1,2}})\.\s?(?P<d_year>{_YEAR}))
      | (?P<worded>(?P<w_day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:of\s)?(?P<w_month>{_MONTH})\.?,?\s(?P<w_year>{_YEAR}))
      | (?P<american>(?P<a_month>{_MONTH})\.?\s(?P<a_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<a_year>{_YEAR}))
      | (?P<month>(?P<m_month>{_MONTH})\.?,?\s(?:of\s)?(?P<m_year>{_YEAR}))
      | (?P<quarter>(?:Q(?P<q_digit>[1-4])|(?:the\s)?(?P<q_ordinal>{_ORDINAL})\s?(?:Quartal|quarter))
            (?:\s?/\s?|\s(?:of\s|des\sJahres\s|in\s)?|-)?(?P<q_year>{_YEAR}))
      | (?P<quarters>Q(?P<qs_first>[1-4])\s?[-–/]\s?Q?(?P<qs_last>[1-4])(?:\s?/\s?|\s)(?P<qs_year>{_YEAR}))
      | (?P<quarter_last>(?P<ql_year>{_YEAR})[\s/-]?\s?Q(?P<ql_digit>[1-4]))
      | (?P<half>(?:H(?P<h_digit>[12])|(?:the\s)?(?P<h_ordinal>{_ORDINAL})\s?(?:Halbjahr|Jahreshälfte|half(?:[\s-]year)?))
            (?:\s?/\s?|\s(?:of\s|des\sJahres\s)?)?(?P<h_year>{_YEAR}))
      | (?P<season>{_PART}(?P<s_year>{_YEAR}))
      | (?P<span_of_years>(?P<from_year>{_YEAR})\s?(?P<joint>-|–|/|\sbis\s|\sto\s|\sund\s|\sand\s|\soder\s|\sor\s)\s?(?P<to_year>{_YEAR}|\d\d(?!\d)))
      | (?P<year>(?:dem\sJahre?\s|des\sJahres\s|(?:the\s)?year\s)?(?P<y_year>{_YEAR}))
    )(?![\w-]|[.,]\d)(?:er\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_PREFIX = re.compile(
    r"""(?<!\w)(?:
        (?P<until>(?:bis|spätestens|by|until|till)(?:\s(?:spätestens|bis|im|zum|zur|ab|the|latest|at\sthe\slatest))*|(?:no|not)\slater\sthan(?:\sthe)?
            |nicht\sspäter\sals(?:\sim)?|at\sthe\slatest\s(?:by|in)|vor(?:\sdem|\sder)?|before(?:\sthe)?|noch\svor|latest(?:\sby)?)
      | (?P<from>(?:frühestens|ab|from|starting|beginning|beginnend|as\sof|after|nach|not\s(?:before|earlier\sthan)|nicht\svor|onwards\sfrom|erst)
            (?:\s(?:ab|im|in|from|on|dem|der|den|the|frühestens|ca\.|etwa|about))*)
      | (?P<between>zwischen|between|von|from)(?:\sdem|\sthe)?
      | (?P<about>(?:voraussichtlich|etwa|ca\.|circa|rund|around|about|approximately|gegen|um)(?:\s(?:im|in|dem))*)
      | (?P<exactly>(?:im\sLaufe\s(?:des|von)|in\sthe\scourse\sof|during|im\sJahre?|in\sthe\syear|in|im|zum|am|on|for|zu
            |Baubeginn|Fertigstellung|Inbetriebnahme|Produktionsstart|Start|Bezug|Einzug|Eröffnung|completion|opening|start|start-up|SOP|go-live)(?:\s(?:the|dem|der|year))*)
    )\s?$""",
    re.VERBOSE | re.IGNORECASE,
)
_SAID: Mapping[str, Comparison] = {"from": "from", "until": "until", "about": "about"}
_SUFFIX = re.compile(
    r"""(?P<from>,?\s(?:onwards?|or\slater|oder\sspäter|or\safter)\b|\+)
      | (?P<until>,?\s(?:at\sthe\slatest|or\searlier|oder\sfrüher|spätestens)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_PAST = re.compile(
    r"(?i)\b(?:gegründet|gründete|gegr\.|founded|established|since|seit|stand|geboren|born|copyright|©|fassung|version|"
    r"din|en|iso|vom|dated|incorporated|bestehend|zuletzt|geschäftsjahr|fiscal|umsatz|turnover|revenue)\b"
)
_RANGE_JOINT = re.compile(r"\s?(?:-|–|bis|to|und|and)\s(?:zum\s|the\s)?|\s?[-–]\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its span: decimal years at which the named periods begin, and the period's name.

    `is_read_loosely` marks words such as "Ende 2025" and seasons, which we take as a quarter.
    """

    start: int
    end: int
    minimum: float | None
    maximum: float | None
    unit: str
    comparison: Comparison
    is_read_loosely: bool


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return the dates of `text` in order of their place; bare years are left out."""
    found_dates: list[FoundDate] = []
    position = 0
    while core := _CORE.search(text, position):
        read = _read(text, core, floor=found_dates[-1].end if found_dates else 0)
        if read is None:
            position = core.end()
            continue
        found_dates.append(read)
        position = read.end
    return tuple(found_dates)


def _read(text: str, core: re.Match[str], floor: int) -> FoundDate | None:
    """Put words of time around one date, or refuse a bare year."""
    value = _value(core)
    if value is None:
        return None
    begins, unit, loosely = value
    window_start = max(floor, core.start() - 40)
    prefix = _PREFIX.search(text[window_start : core.start()])
    kind = str(prefix.lastgroup) if prefix else ""
    start = window_start + prefix.start() if prefix else core.start()
    if core["span_of_years"]:
        return _years(
            core,
            start if kind == "between" and "von" not in text[start : start + 4].lower() else core.start(),
        )
    if core["quarters"]:
        last = int(core["qs_year"]) + (int(core["qs_last"]) - 1) / 4
        return (
            FoundDate(core.start(), core.end(), begins, last, unit, "between", False)
            if last > begins
            else None
        )
    is_bare_year = core["year"] is not None
    if is_bare_year and (not kind or _refuses(text, core, kind, start)):
        return None
    end = core.end()
    second = _second(text, core, end) if kind in ("", "between", "from") else None
    if second:
        closing, later = second
        first = (
            start
            if kind == "between" and not text[start:].lower().startswith(("von", "from"))
            else core.start()
        )
        return FoundDate(first, closing.end(), begins, later[0], unit, "between", loosely or later[2])
    comparison: Comparison = "exactly"
    suffix = _SUFFIX.match(text, end)
    if suffix:
        comparison = "from" if suffix["from"] else "until"
        end = suffix.end()
    elif kind in _SAID:
        comparison = _SAID[kind]
    elif kind == "between" and text[start:].lower().startswith("from"):
        comparison = "from"
    if (comparison == "exactly" and not kind) or kind == "exactly":
        start = core.start()
    minimum = None if comparison == "until" else begins
    maximum = None if comparison == "from" else begins
    return FoundDate(start, end, minimum, maximum, unit, comparison, loosely)


def _refuses(text: str, core: re.Match[str], kind: str, start: int) -> bool:
    """Whether a year with a word before it still is no date: a figure with a unit, or the past."""
    if read_unit(text, core.end()):
        return True
    if kind == "exactly":
        clause = re.split(r"[.;\n]", text[max(0, start - 60) : start])[-1]
        return bool(_PAST.search(clause)) or core["y_year"] < "2000"
    return kind == "between" and text[start:].lower().startswith("von")


def _second(text: str, core: re.Match[str], end: int) -> tuple[re.Match[str], tuple[float, str, bool]] | None:
    """Read the closing date of "Q1 2026 bis Q3 2026"; None when there is none."""
    joint = _RANGE_JOINT.match(text, end)
    if not joint:
        return None
    closing = _CORE.match(text, joint.end())
    if not closing or closing["span_of_years"]:
        return None
    later = _value(closing)
    first = _value(core)
    return (closing, later) if later and first and later[0] > first[0] else None


def _years(core: re.Match[str], start: int) -> FoundDate | None:
    """Read "2027 bis 2029" and "2026/27"."""
    first = int(core["from_year"])
    last = int(core["to_year"]) if len(core["to_year"]) == 4 else first - first % 100 + int(core["to_year"])
    if not first < last <= first + 30 or first < 2000:
        return None
    return FoundDate(start, core.end(), float(first), float(last), "year", "between", False)


def _value(core: re.Match[str]) -> tuple[float, str, bool] | None:
    """Decimal year, period, and whether it was read loosely; None for an impossible day."""
    for name, prefix in (("iso", "iso_"), ("dotted", "d_"), ("worded", "w_"), ("american", "a_")):
        if core[name]:
            month = core[f"{prefix}month"].lower()
            return _day(
                int(core[f"{prefix}year"]), _MONTHS.get(month) or int(month), int(core[f"{prefix}day"])
            )
    if core["month"]:
        return int(core["m_year"]) + (_MONTHS[core["m_month"].lower()] - 1) / 12, "month", False
    if core["quarter"] or core["quarter_last"]:
        ordinal = core["q_digit"] or core["ql_digit"] or _plain(core["q_ordinal"])
        year = int(core["q_year"] or core["ql_year"])
        return year + (_ORDINALS[ordinal] - 1) / 4, "quarter", False
    if core["quarters"]:
        return int(core["qs_year"]) + (int(core["qs_first"]) - 1) / 4, "quarter", False
    if core["half"]:
        number = _ORDINALS[core["h_digit"] or _plain(core["h_ordinal"])]
        return (int(core["h_year"]) + (number - 1) / 2, "half_year", False) if number <= 2 else None
    if core["season"]:
        return int(core["s_year"]) + _PARTS[core["part"].lower()], "quarter", True
    return float(core["y_year"] or core["from_year"]), "year", False


def _plain(ordinal: str) -> str:
    """Cut the ending or full stop off an ordinal."""
    lower = ordinal.lower().rstrip(".")
    return lower if lower in _ORDINALS else lower.rstrip("nrsm")


def _day(year: int, month: int, day: int) -> tuple[float, str, bool] | None:
    """Decimal year of a day, by the share of the year that has passed; None when it does not exist."""
    try:
        moment = date(year, month, day)
    except ValueError:
        return None
    first = date(year, 1, 1)
    return year + (moment - first).days / (date(year + 1, 1, 1) - first).days, "day", False
