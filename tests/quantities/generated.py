"""Makes phrases with quantities in both languages from a seed, each with its reading known beforehand."""

from __future__ import annotations

import random

from tests.quantities.scoring import Expected, Phrase

UNITS: dict[str, dict[str, tuple[str, float]]] = {
    "de": {
        "ha": ("ha", 1), "Hektar": ("ha", 1), "m²": ("m²", 1), "qm": ("m²", 1), "Quadratmeter": ("m²", 1), "km²": ("ha", 100),
        "MW": ("MW", 1), "Megawatt": ("MW", 1), "kW": ("MW", 0.001), "MVA": ("MW", 1), "GW": ("MW", 1000), "kV": ("kV", 1), "GWh": ("MWh", 1000),
        "km": ("km", 1), "Kilometer": ("km", 1), "Meter": ("m", 1), "Minuten": ("min", 1), "Stunden": ("min", 60), "Fahrminuten": ("min", 1),
        "t": ("t", 1), "Tonnen": ("t", 1), "%": ("%", 1), "Prozent": ("%", 1), "Monate": ("months", 1), "Jahre": ("months", 12),
        "Arbeitsplätze": ("jobs", 1), "Mitarbeitende": ("jobs", 1), "Beschäftigte": ("jobs", 1), "FTE": ("jobs", 1), "neue Stellen": ("jobs", 1),
        "qualifizierte Fachkräfte": ("jobs", 1), "Mitarbeiter:innen": ("jobs", 1), "Mio. €": ("EUR", 1e6), "Millionen Euro": ("EUR", 1e6),
        "Mio. EUR": ("EUR", 1e6), "Mrd. Euro": ("EUR", 1e9), "Tsd. Euro": ("EUR", 1e3), "T€": ("EUR", 1e3), "Euro": ("EUR", 1), "m³": ("m³", 1),
    },
    "en": {
        "ha": ("ha", 1), "hectares": ("ha", 1), "acres": ("ha", 0.40468564224), "m²": ("m²", 1), "sqm": ("m²", 1), "square metres": ("m²", 1),
        "sq ft": ("m²", 0.09290304), "square feet": ("m²", 0.09290304), "MW": ("MW", 1), "megawatts": ("MW", 1), "kW": ("MW", 0.001),
        "MVA": ("MW", 1), "kV": ("kV", 1), "MWh": ("MWh", 1), "km": ("km", 1), "kilometres": ("km", 1), "miles": ("km", 1.609344), "metres": ("m", 1),
        "minutes": ("min", 1), "min": ("min", 1), "hours": ("min", 60), "tonnes": ("t", 1), "percent": ("%", 1), "%": ("%", 1),
        "months": ("months", 1), "years": ("months", 12), "jobs": ("jobs", 1), "employees": ("jobs", 1), "FTEs": ("jobs", 1), "staff": ("jobs", 1),
        "new posts": ("jobs", 1), "skilled workers": ("jobs", 1), "million euros": ("EUR", 1e6), "billion dollars": ("USD", 1e9),
        "m EUR": ("EUR", 1e6), "k€": ("EUR", 1e3), "euros": ("EUR", 1),
    },
}  # fmt: skip
COMPARISONS: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "at_least": ("mindestens", "mind.", "wenigstens", "mehr als", "über", "ab", "nicht weniger als", "≥", ">"),
        "at_most": ("höchstens", "maximal", "max.", "bis zu", "weniger als", "unter", "nicht mehr als", "≤", "<"),
        "about": ("ca.", "etwa", "rund", "rd.", "circa", "ungefähr", "knapp", "gut", "~"),
        "exactly": ("",),
    },
    "en": {
        "at_least": ("at least", "more than", "over", "no less than", "a minimum of", "minimum", "not less than", ">=", ">"),
        "at_most": ("at most", "up to", "no more than", "less than", "under", "below", "a maximum of", "<="),
        "about": ("about", "around", "approximately", "approx.", "roughly", "some", "nearly", "circa"),
        "exactly": ("", "exactly"),
    },
}  # fmt: skip
COUNTED = frozenset(("jobs", "months"))
SENTENCES = {
    "de": ("Wir suchen {}.", "Bedarf: {}", "{} werden benötigt", "Gefordert sind {}, gern mehr.", "Am Standort sollen es {} sein", "- {}", "Rahmen ({})"),
    "en": ("We need {}.", "Requirement: {}", "{} are required", "The project calls for {}, ideally soon.", "Our plan assumes {} in total", "- {}", "Frame ({})"),
}  # fmt: skip
WORDS = {
    "de": {1.5: "anderthalb", 2: "zwei", 2.5: "zweieinhalb", 3: "drei", 5: "fünf", 8: "acht", 12: "zwölf", 17: "siebzehn", 20: "zwanzig", 25: "fünfundzwanzig",
           40: "vierzig", 75: "fünfundsiebzig", 100: "hundert", 150: "einhundertfünfzig", 300: "dreihundert", 1000: "tausend", 2500: "zweitausendfünfhundert"},
    "en": {1.5: "one and a half", 2: "two", 2.5: "two and a half", 3: "three", 5: "five", 8: "eight", 12: "twelve", 17: "seventeen", 20: "twenty", 25: "twenty-five",
           40: "forty", 75: "seventy-five", 100: "one hundred", 150: "one hundred and fifty", 300: "three hundred", 1000: "a thousand", 2500: "two thousand five hundred"},
}  # fmt: skip
RANGES = {
    "de": ("{}–{}", "{}-{}", "{} bis {}", "{} – {}", "zwischen {} und {}"),
    "en": ("{}–{}", "{}-{}", "{} to {}", "between {} and {}"),
}


def generated_phrases(n: int = 900, seed: int = 20261124) -> list[Phrase]:
    """`n` phrases, half of them German, with figures, words, ranges and dates."""
    rng = random.Random(seed)
    makers = [_single, _single, _single, _range, _range, _in_words, _date, _money_before, _compound]
    return [rng.choice(makers)("de" if number % 2 else "en", rng) for number in range(n)]


def _phrase(language: str, rng: random.Random, quoted: str, expected: Expected) -> Phrase:
    """Put the words into a sentence; a capital begins it where a word stands first."""
    frame = rng.choice(SENTENCES[language])
    if frame.startswith("{}") and quoted[0].isalpha():
        quoted = quoted[0].upper() + quoted[1:]
        expected = Expected(quoted, expected.comparison, expected.minimum, expected.maximum, expected.unit)
    return Phrase(language, frame.format(quoted), (expected,))


def _written(value: float, language: str, rng: random.Random) -> str:
    """A figure with the signs of its language, thousands marked, plain or with a blank."""
    whole, _, decimals = f"{value:.12g}".partition(".")
    mark = {"de": ".", "en": ","}[language]
    mark = rng.choice((mark, mark, "", " ")) if len(whole) > 4 else rng.choice((mark, ""))
    grouped = f"{int(whole):,}".replace(",", mark)
    return grouped + ({"de": ",", "en": "."}[language] + decimals if decimals else "")


def _figure(unit: str, rng: random.Random) -> float:
    """A value such as people write for a unit."""
    if unit in COUNTED:
        return float(rng.choice((3, 12, 40, 85, 120, 250, 1200)))
    if unit == "%":
        return rng.choice((5.0, 12.5, 30.0, 99.9))
    return rng.choice(
        (0.5, 2.5, 3.0, 4.75, 7.0, 12.0, 18.5, 40.0, 110.0, 350.0, 1500.0, 12000.0, 25000.0, 120000.0)
    )


def _bounds(comparison: str, value: float) -> tuple[float | None, float | None]:
    """What one figure means."""
    return (None if comparison == "at_most" else value), (None if comparison == "at_least" else value)


def _single(language: str, rng: random.Random) -> Phrase:
    """A comparison, a figure, a unit."""
    written_unit = rng.choice(list(UNITS[language]))
    unit, factor = UNITS[language][written_unit]
    value = _figure(unit, rng)
    comparison = rng.choice(list(COMPARISONS[language]))
    word = rng.choice(COMPARISONS[language][comparison])
    quoted = " ".join(part for part in (word, _written(value, language, rng), written_unit) if part)
    return _phrase(
        language, rng, quoted, Expected(quoted, comparison, *_bounds(comparison, value * factor), unit)
    )


def _range(language: str, rng: random.Random) -> Phrase:
    """Two figures, a unit."""
    written_unit = rng.choice(list(UNITS[language]))
    unit, factor = UNITS[language][written_unit]
    low = _figure(unit, rng)
    high = low * rng.choice((2, 3)) if unit in COUNTED else low + rng.choice((1, 5, 10))
    quoted = (
        rng.choice(RANGES[language]).format(_written(low, language, rng), _written(high, language, rng))
        + " "
        + written_unit
    )
    return _phrase(language, rng, quoted, Expected(quoted, "between", low * factor, high * factor, unit))


def _in_words(language: str, rng: random.Random) -> Phrase:
    """A comparison, a number in words, a unit."""
    written_unit = rng.choice(
        [word for word in UNITS[language] if word not in ("t", "%", "T€", "k€", "m EUR", "m³")]
    )
    unit, factor = UNITS[language][written_unit]
    value = rng.choice([v for v in WORDS[language] if unit not in COUNTED or v == int(v)])
    comparison = rng.choice(list(COMPARISONS[language]))
    word = rng.choice([word for word in COMPARISONS[language][comparison] if word[:1].isalpha() or not word])
    quoted = " ".join(part for part in (word, WORDS[language][value], written_unit) if part)
    return _phrase(
        language, rng, quoted, Expected(quoted, comparison, *_bounds(comparison, value * factor), unit)
    )


def _date(language: str, rng: random.Random) -> Phrase:
    """A year, quarter or month from or until which something holds."""
    year = rng.randint(2025, 2032)
    quarter = rng.randint(1, 4)
    names = {"de": ("Januar", "März", "Oktober"), "en": ("January", "March", "October")}[language]
    month = rng.randrange(3)
    core, value, unit = rng.choice(
        [
            (f"Q{quarter} {year}", year + (quarter - 1) / 4, "quarter"),
            (f"{names[month]} {year}", year + (0, 2, 9)[month] / 12, "month"),
            (str(year), float(year), "year"),
            ({"de": f"Ende {year}", "en": f"the end of {year}"}[language], year + 0.75, "quarter"),
        ]
    )
    comparison, words = rng.choice(
        [("from", {"de": ("ab", "frühestens"), "en": ("from", "not before")}), ("until", {"de": ("bis", "spätestens"), "en": ("by", "until", "no later than")})]
    )  # fmt: skip
    quoted = f"{rng.choice(words[language])} {core}"
    low, high = (value, None) if comparison == "from" else (None, value)
    return _phrase(language, rng, quoted, Expected(quoted, comparison, low, high, unit))


def _money_before(language: str, rng: random.Random) -> Phrase:
    """A currency before the figure, alone or as a range."""
    sign, currency = rng.choice((("€", "EUR"), ("EUR ", "EUR"), ("$", "USD"), ("£", "GBP"), ("USD ", "USD")))
    factor, word = rng.choice(
        {
            "de": ((1e6, " Mio."), (1e9, " Mrd.")),
            "en": ((1e6, " million"), (1e6, "m"), (1e9, "bn"), (1e3, "k")),
        }[language]
    )
    low = rng.choice((1.5, 4.0, 12.0, 30.0))
    if rng.random() < 0.4:
        high = low * 2
        quoted = f"{sign}{_written(low, language, rng)}{rng.choice(('-', '–'))}{_written(high, language, rng)}{word}"
        return _phrase(
            language, rng, quoted, Expected(quoted, "between", low * factor, high * factor, currency)
        )
    quoted = f"{sign}{_written(low, language, rng)}{word}"
    return _phrase(language, rng, quoted, Expected(quoted, "exactly", low * factor, low * factor, currency))


def _compound(language: str, rng: random.Random) -> Phrase:
    """A figure grown together with its noun: "10-MW-Anschluss", "30-minute drive"."""
    value = float(rng.choice((5, 10, 20, 45)))
    heads = {
        "de": (
            ("MW", "MW", "Anschluss"),
            ("km", "km", "Umkreis"),
            ("ha", "ha", "Grundstück"),
            ("Minuten", "min", "Takt"),
        ),
        "en": (
            ("minute", "min", "drive"),
            ("MW", "MW", "connection"),
            ("hectare", "ha", "site"),
            ("km", "km", "radius"),
        ),
    }[language]
    word, unit, noun = rng.choice(heads)
    quoted = f"{value:.0f}-{word}"
    text = f"{quoted}-{noun}" if language == "de" else f"{quoted} {noun}"
    return Phrase(language, text, (Expected(quoted, "exactly", value, value, unit),))
