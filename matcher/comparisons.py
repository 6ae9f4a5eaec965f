"""Words and signs that say how a figure is meant: at least, at most, about, exactly, between."""

from __future__ import annotations

import re
from typing import Literal

Comparison = Literal["exactly", "about", "at_least", "at_most", "between", "from", "until"]
"""`from` and `until` are the at least and at most of dates."""

_LONGER = r"(?:more|further|farther|longer|larger|bigger|greater|higher|less|fewer|smaller|lower)"
_AT_MOST = r"""
    (?:(?:must|may|should|can|shall|will|do|does)\s)?(?:not|no|never)\s(?:be\s|lie\s|take\s|cost\s|exceed\s|have\s)?(?:more|further|farther|longer|larger|bigger|greater|higher)(?:\saway)?\sthan
  | (?:(?:must|may|should|can|shall|will|do|does)\s)?not\s(?:to\s)?exceed(?:ing)?(?:\sof)? | (?:no|not)\s(?:over|above|beyond) | at\s(?:the\s)?most | up\sto(?:\sand\sincluding)? | as\smuch\sas
  | (?:less|fewer|smaller|shorter|lower|closer)\sthan(?:\sor\sequal\sto)? | (?:well\s)?under | (?:well\s)?below | within(?:\sa)?(?:\sradius\sof)? | inside
  | (?:an?\s)?(?:absolute\s)?maximum(?:\sof)? | max\.? | maximally | limited\sto | capped\sat
  | (?:nobody|no\sone|none)(?:\s\w+){1,3}\s(?:more|further|farther|longer)\sthan | (?:niemand|keine[rns]?)(?:\s\w+){1,3}\s(?:mehr|weiter|länger)\sals
  | (?:nicht|keinesfalls|nie)\s(?:mehr|weiter|länger|größer|höher|teurer)(?:\sentfernt)?\sals | nicht\süber | höchstens | hoechstens | allerhöchstens
  | maximal(?:e[nrms]?)? | bis(?:\szu|\sauf|\smax\.?|\smaximal|\shöchstens)? | (?:deutlich\s|noch\s)?unter(?:halb)?(?:\svon)? | (?:weniger|kleiner|kürzer|niedriger)\sals
  | innerhalb(?:\s(?:von|einer|eines))? | binnen | begrenzt\sauf | im\sUmkreis\svon | (?:max|maximum|maximale?r?|höchst)\s?[-\w]+\s(?:of|von|is|beträgt)
  | (?:maximum|maximale[rns]?)\s[\w-]+(?:\s[\w-]+)?(?:\s(?:of|von|is|beträgt))?\s?[:|]? | (?:maximum|maximale[rns]?)(?:\s[\w-]+){3,5}\s?[:|] | (?:Maximal|Höchst)[\wäöüß]+(?:\s(?:von|beträgt|ist))?\s?[:|]?
  | ≤ | <= | =< | <
"""
_AT_LEAST = rf"""
    (?:not|no|never)\s(?:be\s)?(?:less|fewer|smaller|shorter|lower)\sthan | (?:no|not)\s(?:under|below) | at\s(?:the\s(?:very\s)?)?least | (?:an?\s)?(?:absolute\s)?minimum(?:\sof)?
  | (?:much\s|far\s|well\s|significantly\s|considerably\s)?{_LONGER}\sthan(?:\sor\sequal\sto)? | (?:well\s)?(?:over|above)
  | (?:exceeding|exceeds|in\sexcess\sof|upwards?\sof|starting\s(?:at|from|with)|beginning\sat|beyond|from|min\.?)
  | (?:nicht|keinesfalls|nie)\s(?:weniger|kleiner|unter|kürzer|niedriger)(?:\sals)? | mindestens | mind\.? | wenigstens | zumindest | minimal(?:e[nrms]?)? | ab(?:\sca\.|\setwa|\srund)?
  | (?:deutlich\s|weit\s|wesentlich\s|erheblich\s)?(?:über|ueber|oberhalb(?:\svon)?) | (?:deutlich\s|weit\s|viel\s|wesentlich\s)?(?:mehr|weiter|größer|länger|höher)\sals | jenseits(?:\s(?:von|der))?
  | (?:minimum|minimale[rns]?)\s[\w-]+(?:\s[\w-]+)?(?:\s(?:of|von|is|beträgt))?\s?[:|]? | (?:minimum|minimale[rns]?)(?:\s[\w-]+){3, 5}\s?[:|] | (?:Mindest|Minimal)[\wäöüß]+(?:\s(?:von|beträgt|ist))?\s?[:|]?
  | ≥ | >= | => | >
"""
_ABOUT = r"""
    ca\.? | circa | zirka | c\. | etwa | in\setwa | rund | rd\.? | ungefähr | ungefaehr | um\sdie | an\sdie | knapp(?:e[nrms]?)? | gut(?:e[nrms]?)? | fast | annähernd | nahezu | schätzungsweise
  | (?:in\s(?:der\s|einer\s)?)?Größenordnung(?:\s(?:von|um))? | (?:roughly|about|around|approximately|approx\.?|appr\.?|some|nearly|almost|circa)
  | close\sto | (?:just|slightly|a\slittle)\s(?:under|over|above|below) | in\sthe\s(?:region|order|area|range)\sof | an?\sgood | \+/[-–−] | ± | \+- | ~ | ≈ | ∼ | beinahe | an\sestimated | an\saverage\sof
"""
_EXACTLY = r"genau | exakt | exactly | precisely | genau\sgesagt"
_BETWEEN = r"zwischen | between | im\sBereich\svon | in\sthe\srange\sof | ranging\sfrom"

_PREFIX = re.compile(
    rf"""(?:(?<![\w.-])|(?<=[(\[])|(?=[≤≥<>=±~≈∼+]))(?:
        (?P<between>{_BETWEEN}) | (?P<about>{_ABOUT}) | (?P<at_most>{_AT_MOST}) | (?P<at_least>{_AT_LEAST}) | (?P<exactly>{_EXACTLY})
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"""(?:
        (?P<at_least>\s?\+(?![\d/]) | \s+plus\b(?!\s+\w) | (?:\s+|,\s)(?:oder|und|or|and)\s(?:mehr|größer|more|larger|bigger|above|over|upwards?|up|darüber|länger|höher)\b
            | \s+aufwärts\b | \s+upwards?\b | (?:\s+|,\s)(?:at\s(?:the\s)?(?:very\s)?least|minimum|mindestens|wenigstens|min\.|mind\.)(?!\s*[\w€])
            | \s+nicht\sunterschreiten\b)
      | (?P<at_most>(?:\s+|,\s)(?:oder|und|or|and)\s(?:weniger|kleiner|less|fewer|smaller|below|under|darunter)\b
            | (?:\s+|,\s)(?:at\s(?:the\s)?(?:very\s)?most|maximum|maximal|höchstens|max\.|max)(?!\s*[\w€])
            | \s+nicht\s(?:überschreiten|übersteigen|überschritten)\b)
      | (?P<about>\s+(?:or\sso|or\sthereabouts|oder\sso)\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDER: tuple[Comparison, ...] = ("between", "at_most", "at_least", "exactly", "about")
_REACH = 64
"""How far back, in characters, the words before a figure are looked for."""


def before(text: str, position: int, *, floor: int = 0) -> tuple[Comparison | None, int]:
    """Return the comparison that the words right before `position` make, and where they begin.

    `floor` is the index before which nothing is read (the end of the last quantity).
    """
    start = position
    seen: set[str] = set()
    while True:
        low = max(floor, start - _REACH)
        found = _PREFIX.search(text[low:start])
        if not found or not found[0].strip():
            break
        seen.add(str(found.lastgroup))
        start = low + found.start()
    for comparison in _ORDER:
        if comparison in seen:
            return comparison, start
    return None, position


def after(text: str, position: int) -> tuple[Comparison | None, int]:
    """Return the comparison that the words right after `position` make, and where they end."""
    found = _SUFFIX.match(text, position)
    if not found:
        return None, position
    comparison: Comparison = "about"
    if found["at_least"]:
        comparison = "at_least"
    elif found["at_most"]:
        comparison = "at_most"
    return comparison, found.end()
