"""The words with which briefs count people: jobs, staff and professions, or inhabitants and students.

And what a count of jobs alone is worth as a wish for a labour market.
"""

from __future__ import annotations

import re

from matcher.brief import Function
from matcher.tokens import small_words
from matcher.units import Unit

WHOLE_COUNT = 500
"""Jobs from which a bare count weighs as much as a worded wish for staff. Chosen; checked on the graded
briefs of the part fit."""
MANY_GRADUATES = 300
"""Jobs below which a bare count of a head office, a laboratory or a spin-off asks for no labour market.
Chosen; checked on the graded briefs of the part fit and on marked briefs."""
KNOWN_STAFF: frozenset[Function] = frozenset({"headquarters", "rnd", "spin_off"})
"""What is staffed by graduates and by people who come along, not by job seekers."""
_HIRING = small_words("hiring")
_MOVING = small_words("moving")
_COMES_ALONG = re.compile(
    r"\b(?:mit(?:kommen|kommt|gehen|geht|ziehen|zieht|umziehen)|zusammenziehen|ziehen\b[^.]{1,40}\bmit\b"
    r"|com(?:e|es|ing) along|(?:moves?|moving|come|comes|transfers?|go|goes) with (?:us|the|it)\b|stays? on\b"
    r"|(?:staff|team|employees|workforce|people)\b[^.]{0,60}\b(?:transfers?|relocates?|moves? together)"
    r"|(?:belegschaft|mitarbeit\w+|beschäftigte\w*|team|leute)\b[^.]{0,60}\b(?:nicht umziehen|umzieht|verlegt|versetzt|halten|behalten)"
    r"|(?:keep|retain)\w*\b[^.]{0,30}\b(?:staff|team|workforce|employees|people))",
    re.IGNORECASE,
)
"""Staff who come along or are to be kept, anywhere in a brief: their jobs are filled."""
_AGENCIES = frozenset({"job", "jobcenter", "jobcenters", "jobcentre", "arbeitsagentur"})
"""Who helps to hire: with a project they go along in another sense, "das Jobcenter muss mitziehen"."""
_FOUND = frozenset({"finden", "find", "found"})
_BROUGHT_TOGETHER = re.compile(
    r"(?:verleg|verlager|zieh|relocat|mov)\w*\b[^.]{0,40}\b(?:\w*zentrale|\w*verwaltung|\w*sitz|head office|headquarters?|administration)\b"
    r"|\baus (?:zwei|drei|vier|fünf|sechs|mehreren|\d+) [^.]{0,30}\bwird ein|\bbecomes? one\b"
    r"|\b(?:unter einem dach|under one roof)\b"
    r"|\bauf (?:zwei|drei|vier|fünf|sechs|mehrere|viele|\d+) [^.]{0,30}\b(?:verteilt|verstreut)\b"
    r"|\b(?:verteilt|verstreut|spread|scattered|split|distributed) (?:auf|über|over|across|between|among)\b",
    re.IGNORECASE,
)
"""A head office that moves, or offices that become one: those who work there come along."""
_AT_HOME = small_words("living")
_ORIGINS = (
    frozenset({"come", "from"}),
    frozenset({"comes", "from"}),
    frozenset({"kommen", "aus"}),
    frozenset({"kommt", "aus"}),
)
_EMPLOYED = (frozenset({"arbeiten", "bei", "uns"}), frozenset({"work", "for", "us"}))
_FEW = small_words("few")
FEW_REACH = 4
"""Words before a wish for staff among which "few" or "hardly any" says the opposite. Chosen."""

_GENDER = r"(?:[:*_/]-?innen|\(innen\)|Innen|innen|/-innen)?"
_DE_JOBS = rf"""
    (?:[A-ZÄÖÜ][\wäöüß]*(?:-|\b\s?))?(?:Mitarbeiterinnen\sund\sMitarbeitern?|Mitarbeiter{_GENDER}n?|Mitarbeitenden?)
  | (?:[A-ZÄÖÜ][\wäöüß-]*-?)?(?:[Aa]rbeitsplätzen?|[Aa]rbeitskräften?|[Aa]rbeitnehmer{_GENDER}n?|[Aa]rbeitnehmenden?
      |[Aa]rbeiter{_GENDER}n?|[Bb]eschäftigten?|[Aa]ngestellten?|[Ff]achkräften?|[Ff]achleuten?|[Vv]ollzeitstellen
      |[Vv]ollzeitkräften?|[Vv]ollzeitäquivalenten?|[Vv]ollzeitarbeitsplätzen?|[Tt]eilzeitkräften?|[Pp]lanstellen|[Jj]obs
      |[Ii]ngenieur(?:{_GENDER}|en?)n?|[Ee]ntwickler{_GENDER}n?|[Tt]echniker{_GENDER}n?|[Cc]hemiker{_GENDER}n?
      |[Ll]aborant(?:en|{_GENDER})|[Mm]onteuren?|[Ff]orscher{_GENDER}n?|[Ff]orschenden?|[Ww]issenschaftler{_GENDER}n?
      |[Ii]nformatiker{_GENDER}n?|[Pp]rogrammierer{_GENDER}n?|[Bb]erater{_GENDER}n?|[Ff]ahrer{_GENDER}n?|[Kk]räften?
      |[Kk]ommissionierer{_GENDER}n?|[Ss]pezialist(?:en|{_GENDER})|[Ee]xpert(?:en|{_GENDER})|[Mm]echaniker{_GENDER}n?
      |[Mm]echatroniker{_GENDER}n?|[Ll]euten?|[Pp]laner{_GENDER}n?|[Ss]achbearbeiter{_GENDER}n?|[Kk]onstrukteur(?:en?|{_GENDER})|[Ee]lektriker{_GENDER}n?
      |[Ss]chlosser{_GENDER}n?|[Ss]chweißer{_GENDER}n?|[Dd]esigner{_GENDER}n?|[Hh]andwerker{_GENDER}n?|[Hh]elfer{_GENDER}n?|[Pp]hysiker{_GENDER}n?
      |[Aa]nalyst(?:en|{_GENDER})|[Ll]agerist(?:en|{_GENDER})|[Pp]fleger{_GENDER}n?|[Kk]olleg(?:en|{_GENDER}))
  | (?:IT-|Industrie|Dauer|Büro)?Stellen | Büroarbeitsplätzen? | (?:Schreibtisch|Büro)plätzen? | Schreibtischen? | Köpfen? | Personen | Menschen
  | Azubis | Auszubildenden? | VZÄ | FTEs? | MA\b | AK\b
"""
_EN_JOBS = r"""(?i:
    (?:full[\s-]time\sequivalents?|ftes?|headcount|heads|jobs?|posts|positions|employees?|staff(?:\smembers)?|workers?
    |members\sof\sstaff|people|persons?|seats|desks|workplaces|workstations|colleagues|engineers?|developers?|chemists
    |technicians?|scientists?|researchers?|programmers?|consultants?|operators|drivers|specialists?|professionals
    |apprentices|trainees|assemblers|pickers|founders|planners|advis[eo]rs|managers|designers|analysts|physicists|mechanics|electricians|welders|fitters
    |helpers|nurses|clerks|buyers|agents|(?:more\s(?:to\sbe\s)?(?:recruited|hired|employed))))
"""
_DE_ADJECTIVES = r"(?:(?:[a-zäöüß]{3,}(?:e|en|er|es)|IT-)\s+(?:und\s+[a-zäöüß]{3,}(?:e|en|er|es)\s+)?){0,2}"
_EN_ADJECTIVES = r"""(?i:(?:(?:highly[\s-]|well[\s-]|semi-|un)?(?:
    new|more|mechatronics|maintenance|further|extra|full[\s-]time|part[\s-]time|permanent|local|direct|existing|current|skilled|qualified|IT|R&D|office
    |[a-z-]+ed|[a-z-]+al|high[\s-]value|future|software|production|warehouse|service|research|data|mechanical|graduate
    |white-collar|blue-collar|(?:computer|process|electrical|civil|mechanical|chemical|environmental)\s(?:science|engineering)|manufacturing|engineering|laboratory|lab|industrial|own|young|senior|junior)(?:\s+and)?\s+){0,3})"""
_DE_PEOPLE = rf"""
    (?:[A-ZÄÖÜ][\wäöüß-]*)?(?:[Ss]tudierenden?|[Ss]tudent(?:en|{_GENDER})|[Aa]bsolvent(?:en|{_GENDER})
      |[Ee]inwohner{_GENDER}n?|[Hh]aushalten?|[Kk]unden)
"""
_EN_PEOPLE = r"(?i:graduates|students|inhabitants|residents|households|consumers)"

JOBS = Unit("jobs", "jobs")
PEOPLE = Unit("people", "people")
_COUNTED = re.compile(
    rf"""(?:\s{{1,2}}|[-‑])(?:
        (?:{_DE_ADJECTIVES}(?:(?P<de_people>{_DE_PEOPLE})|(?:{_DE_JOBS})))
      | (?:{_EN_ADJECTIVES}(?:(?P<en_people>{_EN_PEOPLE})|(?:{_EN_JOBS})))
    )(?![\wäöüß])""",
    re.VERBOSE,
)
LABEL = re.compile(
    r"""(?<!\w)(?:
        (?i:team|crew|workforce|staff|headcount|group)(?:\s+(?i:of))?
      | (?:[A-ZÄÖÜ][\wäöüß-]*)?(?:[Tt]eam|[Bb]elegschaft|[Mm]annschaft)(?:\s+von|\s+mit)?
      | (?:Zahl\sder\s|Anzahl\s(?:der\s)?)?(?:Mitarbeiter|Mitarbeitende|Beschäftigte|Arbeitsplätze|Stellen|FTE|VZÄ|Personal)(?:n)?(?:zahl)?\s*[:|]
      | (?i:(?:number\sof\s)?(?:new\s)?(?:jobs|employees|ftes?|headcount|staff|workers|positions)(?:\s(?:created|planned))?\s*[:|])
    )\s*(?:[-–]\s)?$""",
    re.VERBOSE,
)
"""What may stand before a count of people that has no noun after it ("a team of six", "Jobs: 40")."""


def read_counted(text: str, position: int) -> tuple[Unit, int] | None:
    """Read "neue Arbeitsplätze", "skilled jobs" and the like at `position`; returns the unit and its end."""
    found = _COUNTED.match(text, position)
    if not found:
        return None
    people = found["de_people"] or found["en_people"]
    return (PEOPLE if people else JOBS), found.end()


def share_of_count(
    n_jobs: float | None,
    function: Function,
    sentence: frozenset[str],
    clause: frozenset[str],
    text: str = "",
) -> float:
    """Return the share of a wish for staff that a count of jobs is worth, in [0, 1].

    `sentence` and `clause` are the folded words around it, `text` is the whole brief. Beside words of
    hiring or of shifts it is worth all of it, and so is a wish without a count (`n_jobs` None). Staff who
    move with the company or work for it already, or of whom is only said where they live, are no jobs to fill.
    """
    if n_jobs is None and clause & _AGENCIES:
        return 1.0
    if clause & _MOVING or any(words <= sentence for words in _EMPLOYED):
        return 0.0
    if sentence & _HIRING:
        return 1.0
    is_at_home = bool(clause & _AT_HOME) or any(words <= clause for words in _ORIGINS)
    if is_at_home or _COMES_ALONG.search(text) or _BROUGHT_TOGETHER.search(text):
        return 0.0
    if n_jobs is None:
        return 1.0
    if function in KNOWN_STAFF and n_jobs < MANY_GRADUATES:
        return 0.0
    return min(1.0, n_jobs / WHOLE_COUNT)


def is_hardly_any(before: frozenset[str]) -> bool:
    """Tell whether the words before a wish for staff say that there are few jobs to fill, not few to be found."""
    return bool(before & _FEW) and not before & _FOUND
