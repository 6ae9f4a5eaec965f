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
from matcher.assumptions import WORDINGS, assumption_of, resolved, resolved_ends, tidy, wording_language
from matcher.comparisons import Comparison
from matcher.dates import FoundDate, find_dates
from matcher.headcounts import JOBS, LABEL, read_counted
from matcher.numbers import EN_ONE, STARTS, read_number
from matcher.terms import Term, read_bare_second, read_range, read_term, skip_comparison
from matcher.units import Kind, Unit, read_unit


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


_VAGUE = re.compile(
    r"(?i)(?:mehrere[nrs]?|einige[nrs]?|viele[nr]?|wenige[nr]?|paar|several|few|many|couple\sof|some\sof|diverse|jede[rs]?|every|each|pro|per)\s*(?:a\s)?$"
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
_LABELLED_UNIT = re.compile(
    r"(?:\(\s?(?:in\s)?|\bin\s)(?P<unit>[^\s()]{1,14}(?:\s[a-z.]{1,7})?)\)?\s?[:|]\s?$"
)
_COUNT_AHEAD = re.compile(
    rf"(?i)(?:\d|\b(?:{EN_ONE})\b)\S*\s(?:[^\W\d_][\w-]*\s){{1,3}}(?<!\b(?:in|of)\s)(?<!\bthan\s)(?<!\bhalf\s)$"
)
_JOURNEY_BEHIND = re.compile(r"(?i)['’]|\s(?:from|away|by|to|of|drive|distant|or)\b")
_ABBREVIATED = ("Mio.", "Mrd.", "Tsd.", "Mill.", "Std.", "Min.", "H.")
"""Ends whose full stop belongs to the unit; after any other it ends the sentence."""
_GRADE = re.compile(r"(?i)(?:klasse|stufe|class|level|iso)\s$")
"""What a bare figure numbers, so that it is no amount: "class 8 on 900 m²"."""
_ROUND_THE_CLOCK = re.compile(r"24[\s-]*(?:h|Stunden?|hours?|std\.?)\b", re.IGNORECASE)
_INVESTMENT = re.compile(r"(?i)(?:invest\w*|budget|volumen|volume|kosten|costs?|capex)\b[^.;\n\d]{0,25}$")
_BUILDING = re.compile(
    r"(?i)hall|büro|office|labor|\blab|lager|warehouse|nutzfläche|mietfläche|bgf|nuf\b|gfa|floor|server|white\sspace|montage|produktionsfl|produktion\b"
    r"|gebäude|building|under\sroof|werkstatt|workshop|reinr[aä]um|clean[\s-]?room|verkaufsfl|showroom|ausstellung|betriebsfläche|rooms?\b|räume|logistikfläche|space"
)
_LAND = re.compile(
    r"(?i)grundst|plot|\bland\b|areal|gelände|\bsite\b|baufeld|bauland|\bgrund\b|parcel|gewerbefläche|industriefläche|freifläche|brach|erweiterungsfl"
)


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
        speech = wording_language(text, day.start, language)
        assumption = WORDINGS[speech]["period"].format(written=written)
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
    first = read_term(text, position, floor=floor) or read_term(text, position, floor=floor, joins_and=False)
    if first is None:
        return []
    comparison, start = comparisons.before(text, first.start, floor=floor)
    if comparison == "between":
        first = read_term(text, position, floor=floor, joins_and=False) or first
    ranged = read_range(text, first, comparison)
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
    later = read_term(text, behind.end()) if behind else None
    if later is None or later.unit is not None or later.number.is_article:
        return []
    return _finished(text, replace(later, unit=JOBS), None, None, later.start, language)


def _without_unit(
    text: str, first: Term, comparison: Comparison | None, start: int, floor: int, language: Language | None
) -> list[Quantity]:
    """Read a figure whose unit stands elsewhere: later in the sentence, before it, or in a label."""
    if first.number.is_article or _GRADE.search(text[floor : first.start]):
        return []
    if later := _LATER.match(text, first.end):
        if _SEVERAL_JOBS.match(text, later.end()):
            return _finished(text, replace(first, unit=JOBS), None, comparison, start, language)
        following = _read(text, skip_comparison(text, later.end())[1], later.end(), language)
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
                comparison=comparison or "exactly", assumption=assumption_of(text, first, None, unit, language),
            )  # fmt: skip
            return [own, *following]
    lead = text[max(floor, start - 48) : start]
    if first.multiplier >= 1e6 and _INVESTMENT.search(lead):
        speech = wording_language(text, first.start, language)
        note = WORDINGS[speech]["currency"].format(written=text[first.start : first.end])
        found = _finished(text, replace(first, unit=Unit("money", "EUR")), None, comparison, start, language)
        return [replace(quantity, assumption=note) for quantity in found]
    if label := _LABELLED_UNIT.search(lead):
        unit_there = read_unit(label["unit"], 0) or read_counted(" " + label["unit"], 0)
        if unit_there:
            return _labelled(text, first, unit_there[0], comparison, start, language)
    if label := LABEL.search(lead):
        inside = max(floor, start - 48) + label.start()
        own_term = replace(first, unit=JOBS)
        second = read_bare_second(text, own_term, is_between=comparison == "between")
        found = _finished(text, own_term, second, "between" if second else comparison, inside, language)
        return found + _grown(text, found[-1].span[1], language)
    return []


def _labelled(
    text: str, first: Term, unit: Unit, comparison: Comparison | None, start: int, language: Language | None
) -> list[Quantity]:
    """Read a figure, or a range, whose unit stands in the label before it ("Fläche (ha): 5 bis 8")."""
    own = replace(first, unit=unit)
    second = read_bare_second(text, own)
    return _finished(text, own, second, "between" if second else comparison, start, language)


def _unit_of(text: str, quantity: Quantity) -> Unit:
    """Return the unit as written in a quantity, for a figure that shares it."""
    for found in STARTS.finditer(quantity.text):
        term = read_term(text, quantity.span[0] + found.start())
        if term and term.unit and term.unit.unit == quantity.unit:
            return Unit(term.unit.kind, term.unit.unit, term.unit.factor * term.multiplier, term.unit.note)
    return Unit(quantity.kind, quantity.unit)


def _is_refused(text: str, term: Term, comparison: Comparison | None) -> bool:
    """Whether a number with a unit still states nothing: "several hundred", "24 hours", "a year", "50 lorries an hour"."""
    if term.unit is None:
        return True
    is_worded = not term.number.is_article and not term.number.written[0].isdigit()
    if is_worded and _VAGUE.search(text[max(0, term.start - 14) : term.start]):
        return True
    if comparison is None and _ROUND_THE_CLOCK.match(text, term.start):
        return True
    if term.number.is_article:
        is_rate = _COUNT_AHEAD.search(text[max(0, term.start - 64) : term.start])
        if term.unit.kind == "time" and comparison is None and is_rate:
            return not _JOURNEY_BEHIND.match(text, term.end)
        if term.unit.kind == "duration":
            return comparison is None
        return term.unit.kind in ("percentage", "money", "mass", "voltage") and term.multiplier == 1.0
    return False


def _finished(
    text: str,
    first: Term,
    second: Term | None,
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
    assumption = assumption_of(text, first, second, unit, language)
    if second:
        lower, upper = resolved_ends(text, first, second, language)
        bounds: tuple[float | None, float | None] = (lower, upper)
        if comparison == "at_most":
            bounds = (None, upper)
        elif comparison == "at_least":
            bounds = (lower, None)
        else:
            comparison = "between"
    else:
        value = resolved(text, first, unit, language) * first.multiplier * unit.factor
        if more := _HALF_MORE.match(text, end):
            value, end = value + 0.5 * first.multiplier * unit.factor, more.end()
        bounds = _bounds(tidy(value), comparison or "exactly")
        if (comparison in (None, "about")) and (share := _TOLERANCE.match(text, end)):
            part = int(share["share"]) / 100
            bounds, end, comparison = (
                (tidy(value * (1 - part)), tidy(value * (1 + part))),
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
