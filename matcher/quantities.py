"""Finds the quantities of a brief: figure, unit and comparison, each with the words that say it.

No library reads German and English figures together ("2,5 ha", "30 Mio. Euro", "twenty to thirty
thousand square metres"), so this is our own grammar over babel's number parsing and text2num.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.records import Language
from matcher import comparisons
from matcher.comparisons import Comparison
from matcher.dates import FoundDate, find_dates
from matcher.headcounts import JOBS, LABEL, read_counted
from matcher.numbers import STARTS, Number, read_number
from matcher.sentences import SentenceLanguage, quick_language
from matcher.units import CURRENCIES, CURRENCY, Kind, Unit, rate_after_currency, read_multiplier, read_unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a brief states, with the words that say it.

    `span` is the half-open range in the text and `text` the words there. `minimum` and `maximum` are
    in `unit` (ha, m², MW, MWh, kV, EUR, EUR/m², jobs, people, km, m, min, days, months, t, %, m³, Gbit/s,
    TEU; for dates year, half_year, quarter, month or day, as the decimal year in which it begins).
    Both are equal for "exactly" and "about"; one is None where the comparison leaves it open.
    `assumption` is a sentence that says which reading of an ambiguous figure was taken.
    """

    span: tuple[int, int]
    text: str
    kind: Kind
    minimum: float | None
    maximum: float | None
    unit: str
    comparison: Comparison
    assumption: str | None = None

    @property
    def value(self) -> float:
        """The one figure to show where only one is wanted: the minimum, else the maximum."""
        figure = self.minimum if self.minimum is not None else self.maximum
        if figure is None:
            raise ValueError("a quantity has a minimum or a maximum")
        return figure


@dataclass(frozen=True, slots=True)
class _Term:
    """A number with the multiplier and the unit that stand directly at it."""

    start: int
    end: int
    number: Number
    multiplier: float
    unit: Unit | None
    is_currency_before: bool
    is_open: bool = False
    """A plus sign follows the number: "5+ ha"."""


_CURRENCY_BEFORE = re.compile(rf"(?<!\w)(?P<currency>{CURRENCY})[\s\u00a0]?$")
_CURRENCY_AHEAD = re.compile(rf"(?P<currency>{CURRENCY})\s?")
_VAGUE = re.compile(
    r"(?i)(?:mehrere[nrs]?|einige[nrs]?|viele[nr]?|wenige[nr]?|paar|several|few|many|couple\sof|some\sof|diverse|jede[rs]?|every|each|pro|per)\s*(?:a\s)?$"
)
_JOINT = re.compile(
    r"""\s?(?:(?P<dash>-|–|—|−|‐|‑)|\b(?P<word>bis\szu|bis|to|till|up\sto)\b|(?P<comma>,)?\s?\b(?P<either>oder|or|und|and|bzw\.)(?=\s)|(?P<only_comma>,)(?=\s))\s?""",
    re.VERBOSE | re.IGNORECASE,
)
_LATER = re.compile(
    r"""\s?(?:sofort|zunächst|anfangs|initially|now|heute|today)?,?\s(?:und\s|and\s)?(?:später|dann|langfristig|perspektivisch|mittelfristig|danach|künftig
        |ausbaubar\sauf|erweiterbar\sauf|auf|later|then|rising\sto|growing\sto|going\sto|eventually|Ziel|bald|soon|besser|eher|lieber|idealerweise|optimal|ideally|better|preferably)\s(?:on\s|auf\s)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SEVERAL_JOBS = re.compile(
    r"(?:mehrere|einige|several|a\sfew)\s(?:hundert|tausend|hundred|thousand)\s(?:\w+e\s)?"
    r"(?:Beschäftigte|Mitarbeite|Arbeitsplätze|Stellen|Personen|employees|jobs|staff|people|posts)",
    re.IGNORECASE,
)
_LATER_BEHIND = re.compile(
    r"[^.;,\n\d]{0,18},\s(?=[\w]+[\s](?:später|later|langfristig|mittelfristig)\b)", re.IGNORECASE
)
_TOLERANCE = re.compile(r"\s?(?:\+/[-–−]|±|\+-)\s?(?P<share>\d{1,2})\s?(?:%|Prozent|percent)", re.IGNORECASE)
_HALF_MORE = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
_PLUS = re.compile(r"\+(?=[\s-]?[^\W\d])")
_LABELLED_UNIT = re.compile(
    r"(?:\(\s?(?:in\s)?|\bin\s)(?P<unit>[^\s()]{1,14}(?:\s[a-z.]{1,7})?)\)?\s?[:|]\s?$"
)
_ABBREVIATED = ("Mio.", "Mrd.", "Tsd.", "Mill.", "Std.", "Min.", "H.")
"""Ends whose full stop belongs to the unit; after any other it ends the sentence."""
_ROUND_THE_CLOCK = re.compile(r"24[\s-]*(?:h|Stunden?|hours?|std\.?)\b", re.IGNORECASE)
_INVESTMENT = re.compile(r"(?i)(?:invest\w*|budget|volumen|volume|kosten|costs?|capex)\b[^.;\n\d]{0,25}$")
_BUILDING = re.compile(
    r"(?i)hall|büro|office|labor|\blab|lager|warehouse|nutzfläche|mietfläche|bgf|nuf\b|gfa|floor|server|white\sspace|montage|produktionsfl|produktion\b"
    r"|gebäude|building|under\sroof|werkstatt|workshop|reinr[aä]um|clean[\s-]?room|verkaufsfl|showroom|ausstellung|betriebsfläche|rooms?\b|räume|logistikfläche|space"
)
_LAND = re.compile(
    r"(?i)grundst|plot|\bland\b|areal|gelände|\bsite\b|baufeld|bauland|\bgrund\b|parcel|gewerbefläche|industriefläche|freifläche|brach|erweiterungsfl"
)
_WHOLE = frozenset(
    ("m²", "jobs", "people", "TEU", "EUR", "USD", "GBP", "CHF", "DEM", "kV", "min", "days", "months")
)
"""Units in which nobody writes three decimals: there "1,200" is 1200 in either language."""

_WORDINGS: dict[Language, dict[str, str]] = {
    "de": {
        "thousands": "„{written}“ wurde als {value} gelesen ({mark} als Tausenderzeichen), nicht als {other}.",
        "decimal": "„{written}“ wurde als {value} gelesen ({mark} als Dezimalzeichen), nicht als {other}.",
        ".": "der Punkt",
        ",": "das Komma",
        "apparent_power": "Scheinleistung in MVA wurde wie Wirkleistung in MW gelesen (Leistungsfaktor 1).",
        "currency": "Bei „{written}“ steht keine Währung; es wurde als Betrag in Euro gelesen.",
        "period": "„{written}“ wurde als das Quartal gelesen, in das es fällt.",
    },
    "en": {
        "thousands": "“{written}” was read as {value} ({mark} marking thousands), not as {other}.",
        "decimal": "“{written}” was read as {value} ({mark} as the decimal sign), not as {other}.",
        ".": "the full stop",
        ",": "the comma",
        "apparent_power": "Apparent power in MVA was read as real power in MW (power factor 1).",
        "currency": "“{written}” has no currency; it was read as an amount in euros.",
        "period": "“{written}” was read as the quarter in which it falls.",
    },
}


def find_quantities(text: str, language: Language | None = None) -> tuple[Quantity, ...]:
    """Return the quantities that `text` states, in order of their place; their spans never overlap.

    Parameters
    ----------
    text : str
        A brief, a sentence or a phrase.
    language : {"de", "en"}, optional
        Language whose signs decide an ambiguous figure ("1.200"). None: that of the sentence around it.

    Returns
    -------
    tuple of Quantity
        `text[q.span[0]:q.span[1]] == q.text` for each.
    """
    dates = find_dates(text)
    found = [*(_dated(text, day, language) for day in dates), *_figures(text, dates, language)]
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _dated(text: str, day: FoundDate, language: Language | None) -> Quantity:
    """Turn a found date into a quantity."""
    written = text[day.start : day.end]
    assumption = None
    if day.is_read_loosely:
        speech = _wording_language(text, day.start, language)
        assumption = _WORDINGS[speech]["period"].format(written=written)
    return Quantity(
        (day.start, day.end), written, "date", day.minimum, day.maximum, day.unit, day.comparison, assumption
    )


def _figures(text: str, dates: tuple[FoundDate, ...], language: Language | None) -> Iterator[Quantity]:
    """Yield what is not a date, never reading into a date or an earlier quantity."""
    floor = 0
    position = 0
    upcoming = list(dates)
    while start := STARTS.search(text, position):
        while upcoming and upcoming[0].end <= start.start():
            floor = max(floor, upcoming.pop(0).end)
        if upcoming and upcoming[0].start <= start.start():
            position = upcoming[0].end
            continue
        ceiling = upcoming[0].start if upcoming else len(text)
        found = _read(text, start.start(), floor, language)
        found = [quantity for quantity in found if quantity.span[1] <= ceiling]
        yield from found
        if found:
            floor = position = found[-1].span[1]
        else:
            number = read_number(text, start.start())
            position = number.end if number else start.start() + 1


def _read(text: str, position: int, floor: int, language: Language | None) -> list[Quantity]:
    """Read the quantity whose first number begins at `position`, with what belongs to it; empty if none."""
    first = _term(text, position, floor=floor) or _term(text, position, floor=floor, joins_and=False)
    if first is None:
        return []
    comparison, start = comparisons.before(text, first.start, floor=floor)
    if comparison == "between":
        first = _term(text, position, floor=floor, joins_and=False) or first
    ranged = _range(text, first, comparison)
    if ranged:
        second, joined = ranged
        return _finished(text, first, second, joined, start, language)
    if first.unit is None:
        return _without_unit(text, first, comparison, start, floor, language)
    if _is_refused(text, first, comparison):
        return []
    single = _finished(text, first, None, comparison, start, language)
    return single + (_grown(text, single[-1].span[1], language) if first.unit.kind == "jobs" else [])


def _grown(text: str, position: int, language: Language | None) -> list[Quantity]:
    """Read the jobs to come after those of today: "180 Beschäftigte sofort, 300 später", "Team 15, Ziel 60"."""
    behind = _LATER_BEHIND.match(text, position) or _LATER.match(text, position)
    later = _term(text, behind.end()) if behind else None
    if later is None or later.unit is not None or later.number.is_article:
        return []
    return _finished(text, replace(later, unit=JOBS), None, None, later.start, language)


def _currency(written: str) -> str:
    """Code of a currency as written."""
    return CURRENCIES[" ".join(written.lower().split())]


def _term(
    text: str,
    position: int,
    *,
    floor: int | None = None,
    joins_and: bool = True,
    after_currency: bool = False,
) -> _Term | None:
    """Read a number with its multiplier, currency and unit; the unit may be missing.

    A currency before the number is looked for back to `floor`; None: not at all. `after_currency` says
    that one stood before the first end of a range, so that "m" means a million.
    """
    number = read_number(text, position, joins_and=joins_and)
    if number is None:
        return None
    low = position if floor is None else max(floor, position - 14)
    before = _CURRENCY_BEFORE.search(text[low:position])
    in_money = after_currency or before is not None
    multiplier, end = read_multiplier(text, number.end, after_currency=in_money) or (1.0, number.end)
    if before:
        currency = _currency(before["currency"])
        unit, end = rate_after_currency(text, end, currency)
        return _Term(low + before.start(), end, number, multiplier, unit, True)
    is_open = bool(_PLUS.match(text, end))
    after = end + is_open
    is_single = number.is_article and multiplier == 1.0
    read = read_unit(text, after) or (None if is_single else read_counted(text, after))
    if read is None:
        return _Term(position, end, number, multiplier, None, False)
    return _Term(position, read[1], number, multiplier, read[0], False, is_open)


def _range(text: str, first: _Term, comparison: Comparison | None) -> tuple[_Term, Comparison] | None:
    """Read the second end of a range after `first`; None when there is none."""
    joint = _JOINT.match(text, first.end)
    if not joint or (first.number.is_article and first.unit is not None):
        return None
    low, position = _skip_comparison(text, joint.end())
    if joint["either"] and joint["either"].lower() in ("und", "and"):
        if comparison != "between" and not (comparison == "at_least" and low == "at_most"):
            return None
    elif (joint["only_comma"] and not (comparison == "at_least" and low == "at_most")) or (
        joint["either"] and first.unit is not None and not first.is_currency_before
    ):
        return None
    currency = _CURRENCY_AHEAD.match(text, position)
    if currency and first.unit and _currency(currency["currency"]) != first.unit.unit:
        return None
    second = _term(text, currency.end() if currency else position, after_currency=first.is_currency_before)
    if second is None:
        return None
    if second.unit is None and first.is_currency_before:
        second = replace(second, unit=first.unit)
    if second.unit is None:
        return None
    if first.unit and not first.is_currency_before and _dimension(first.unit) != _dimension(second.unit):
        return None
    lower, upper = _ends(first, second)
    if not lower < upper:
        return None
    joined: Comparison = "between"
    if comparison in ("at_least", "at_most") and low is None and not joint["only_comma"]:
        joined = comparison
    return second, joined


def _skip_comparison(text: str, position: int) -> tuple[Comparison | None, int]:
    """Step over words such as "höchstens" or "ca." before the second number of a range."""
    found = re.compile(r"(?:[^\s\d]+\s){1,3}?(?=\d|\w)|[<>≤≥~]\s?").match(text, position)
    if found:
        comparison, start = comparisons.before(text, found.end(), floor=position)
        if comparison is not None and start == position:
            return comparison, found.end()
    return None, position


def _dimension(unit: Unit) -> str:
    """Name what two ends of a range must share."""
    return unit.unit if unit.kind in ("money", "price", "duration") else unit.kind


def _ends(first: _Term, second: _Term) -> tuple[float, float]:
    """Values of both ends in the unit of the second, sharing a multiplier said only once."""
    unit = second.unit
    if unit is None:
        raise ValueError("the second end of a range has a unit")
    shared = 1.0
    if first.multiplier == 1.0 and (first.unit is None or first.is_currency_before):
        if second.multiplier != 1.0 and first.number.value < second.number.value:
            shared = second.multiplier
        elif second.number.tail != 1.0 and second.number.base and first.number.value < second.number.base:
            shared = second.number.tail
    lower = first.number.value * first.multiplier * shared * _scale(first.unit or unit, unit)
    return lower, second.number.value * second.multiplier * unit.factor


def _scale(unit: Unit, into: Unit) -> float:
    """Factor from `unit` into the kept unit of `into`, also between ha and m² and between km and m."""
    if unit.unit == into.unit:
        return unit.factor
    return unit.factor * {("m²", "ha"): 1e-4, ("ha", "m²"): 1e4, ("m", "km"): 1e-3, ("km", "m"): 1e3}.get(
        (unit.unit, into.unit), 1.0
    )


def _without_unit(
    text: str, first: _Term, comparison: Comparison | None, start: int, floor: int, language: Language | None
) -> list[Quantity]:
    """Read a figure whose unit stands elsewhere: later in the sentence, before it, or in a label."""
    if first.number.is_article:
        return []
    if later := _LATER.match(text, first.end):
        if _SEVERAL_JOBS.match(text, later.end()):
            return _finished(text, replace(first, unit=JOBS), None, comparison, start, language)
        following = _read(text, _skip_comparison(text, later.end())[1], later.end(), language)
        if following and following[0].kind in (
            "jobs",
            "area",
            "building_area",
            "power",
            "mass",
            "people",
            "money",
        ):
            unit = _unit_of(text, following[0])
            low, high = _bounds(first.number.value * first.multiplier * unit.factor, comparison or "exactly")
            span = (start, first.end)
            own = replace(
                following[0], span=span, text=text[span[0] : span[1]], minimum=low, maximum=high,
                comparison=comparison or "exactly", assumption=_assumption(text, first, None, unit, language),
            )  # fmt: skip
            return [own, *following]
    lead = text[max(floor, start - 48) : start]
    if first.multiplier >= 1e6 and _INVESTMENT.search(lead):
        return _finished(text, replace(first, unit=Unit("money", "EUR")), None, comparison, start, language)
    if label := _LABELLED_UNIT.search(lead):
        unit_there = read_unit(label["unit"], 0) or read_counted(" " + label["unit"], 0)
        if unit_there:
            return _labelled(text, first, unit_there[0], comparison, start, language)
    if label := LABEL.search(lead):
        inside = max(floor, start - 48) + label.start()
        own_term = replace(first, unit=JOBS)
        second = _bare_second(text, own_term, is_between=comparison == "between")
        found = _finished(text, own_term, second, "between" if second else comparison, inside, language)
        return found + _grown(text, found[-1].span[1], language)
    return []


def _labelled(
    text: str, first: _Term, unit: Unit, comparison: Comparison | None, start: int, language: Language | None
) -> list[Quantity]:
    """Read a figure, or a range, whose unit stands in the label before it ("Fläche (ha): 5 bis 8")."""
    own = replace(first, unit=unit)
    second = _bare_second(text, own)
    return _finished(text, own, second, "between" if second else comparison, start, language)


def _bare_second(text: str, first: _Term, *, is_between: bool = False) -> _Term | None:
    """Read the second end of a range whose unit was said before it."""
    joint = _JOINT.match(text, first.end)
    if not joint or not (joint["dash"] or joint["word"] or (is_between and joint["either"])):
        return None
    second = _term(text, joint.end())
    if second is None or second.unit is not None or second.number.value <= first.number.value:
        return None
    return replace(second, unit=first.unit)


def _unit_of(text: str, quantity: Quantity) -> Unit:
    """Return the unit as written in a quantity, for a figure that shares it."""
    for found in STARTS.finditer(quantity.text):
        term = _term(text, quantity.span[0] + found.start())
        if term and term.unit and term.unit.unit == quantity.unit:
            return Unit(term.unit.kind, term.unit.unit, term.unit.factor * term.multiplier, term.unit.note)
    return Unit(quantity.kind, quantity.unit)


def _is_refused(text: str, term: _Term, comparison: Comparison | None) -> bool:
    """Whether a number with a unit still states nothing: "several hundred", "24 hours", "a year"."""
    if term.unit is None:
        return True
    is_worded = not term.number.is_article and not term.number.written[0].isdigit()
    if is_worded and _VAGUE.search(text[max(0, term.start - 14) : term.start]):
        return True
    if comparison is None and _ROUND_THE_CLOCK.match(text, term.start):
        return True
    if term.number.is_article:
        if term.unit.kind == "duration":
            return comparison is None
        return term.unit.kind in ("percentage", "money", "mass") and term.multiplier == 1.0
    return False


def _finished(
    text: str,
    first: _Term,
    second: _Term | None,
    comparison: Comparison | None,
    start: int,
    language: Language | None,
) -> list[Quantity]:
    """Build the quantity: values, comparison after the unit, kind and assumption."""
    last = second or first
    unit = last.unit
    if unit is None:
        return []
    end = last.end
    if comparison is None and last.is_open:
        comparison = "at_least"
    elif comparison is None:
        comparison, end = comparisons.after(text, end)
    if (
        comparison is None
        and unit.unit == "min"
        and re.search(r"(?i)\bin\s$", text[max(0, start - 4) : start])
    ):
        comparison, start = "at_most", start - 3
    elif (
        comparison is None
        and unit.unit in ("min", "km")
        and (none := re.search(r"(?i)\bkeine[n]?\s$", text[max(0, start - 8) : start]))
    ):
        comparison, start = "at_most", start - len(none[0])
    elif comparison == "between" and second is None:
        comparison, start = None, first.start
    assumption = _assumption(text, first, second, unit, language)
    if second:
        lower, upper = _resolved_ends(text, first, second, language)
        bounds: tuple[float | None, float | None] = (lower, upper)
        if comparison == "at_most":
            bounds = (None, upper)
        elif comparison == "at_least":
            bounds = (lower, None)
        else:
            comparison = "between"
    else:
        value = _resolved(text, first, unit, language) * first.multiplier * unit.factor
        if more := _HALF_MORE.match(text, end):
            value, end = value + 0.5 * first.multiplier * unit.factor, more.end()
        bounds = _bounds(_tidy(value), comparison or "exactly")
        if (comparison in (None, "about")) and (share := _TOLERANCE.match(text, end)):
            part = int(share["share"]) / 100
            bounds, end, comparison = (
                (_tidy(value * (1 - part)), _tidy(value * (1 + part))),
                share.end(),
                "between",
            )
    kind = _area_kind(text, start, end) if unit.kind == "area" and unit.unit == "m²" else unit.kind
    if text[end - 1] == "." and not text[start:end].endswith(_ABBREVIATED):
        end -= 1
    span = (start, end)
    return [Quantity(span, text[start:end], kind, *bounds, unit.unit, comparison or "exactly", assumption)]


def _bounds(value: float, comparison: Comparison) -> tuple[float | None, float | None]:
    """Lower and upper bound that one figure means under a comparison."""
    if comparison == "at_least":
        return value, None
    if comparison == "at_most":
        return None, value
    return value, value


def _tidy(value: float) -> float:
    """Remove the dust of binary multiplication (0.07 * 100)."""
    return float(f"{value:.12g}")


def _resolved(text: str, term: _Term, unit: Unit, language: Language | None) -> float:
    """Value of a figure, an ambiguous one read by language and plausibility."""
    number = term.number
    if number.other is None:
        return number.value
    if unit.unit in _WHOLE and term.multiplier == 1.0:
        return number.value
    speech = _language_at(text, number.start, language)
    return number.other if (speech, number.mark) in (("de", ","), ("en", ".")) else number.value


def _resolved_ends(text: str, first: _Term, second: _Term, language: Language | None) -> tuple[float, float]:
    """Both ends of a range after ambiguous figures were read."""
    unit = second.unit
    if unit is None:
        raise ValueError("the second end of a range has a unit")
    read_first = replace(
        first, number=replace(first.number, value=_resolved(text, first, first.unit or unit, language))
    )
    read_second = replace(
        second, number=replace(second.number, value=_resolved(text, second, unit, language))
    )
    lower, upper = _ends(read_first, read_second)
    if lower >= upper:
        lower, upper = _ends(first, second)
    return _tidy(lower), _tidy(upper)


def _assumption(
    text: str, first: _Term, second: _Term | None, unit: Unit, language: Language | None
) -> str | None:
    """Say in one or more sentences which readings were taken; None when there was no choice."""
    said: list[str] = []
    for term in (first, second) if second else (first,):
        if term and term.number.other is not None:
            speech = _wording_language(text, term.number.start, language)
            value = _resolved(text, term, unit, language)
            is_thousands = value == term.number.value
            other = term.number.other if is_thousands else term.number.value
            said.append(
                _WORDINGS[speech]["thousands" if is_thousands else "decimal"].format(
                    written=term.number.written,
                    value=_plain(value, speech),
                    other=_plain(other, speech),
                    mark=_WORDINGS[speech][term.number.mark],
                )
            )
    if unit.note:
        said.append(_WORDINGS[_wording_language(text, first.start, language)][unit.note])
    return " ".join(said) or None


def _plain(value: float, language: Language) -> str:
    """Write a value without marks for thousands, with the decimal sign of `language`."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if language == "de" else written


def _language_at(text: str, position: int, language: Language | None) -> SentenceLanguage:
    """Language of the sentence around `position`, unless it is given."""
    if language is not None:
        return language
    left = max(text.rfind(sign, 0, position) for sign in ("\n", ". ", "! ", "? ")) + 1
    right = text.find("\n", position)
    near = quick_language(text[left : right if right >= 0 else len(text)])
    return near if near != "undetermined" else quick_language(text)


def _wording_language(text: str, position: int, language: Language | None) -> Language:
    """Language in which an assumption is worded: English unless the sentence is German."""
    return "de" if _language_at(text, position, language) == "de" else "en"


def _area_kind(text: str, start: int, end: int) -> Kind:
    """Whether square metres are of a building or of land, by the nearest word around them."""
    ahead = re.split(r"[,;.\n]", text[end : end + 40])[0]
    behind = re.split(r"[,;.:\n]", text[max(0, start - 40) : start])[-1]
    for words in (ahead, behind):
        building, land = _BUILDING.search(words), _LAND.search(words)
        if building and (not land or building.start() < land.start()):
            return "building_area"
        if land:
            return "area"
    return "area"
