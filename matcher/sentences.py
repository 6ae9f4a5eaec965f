"""Splits a text into sentences and clauses with their spans, and says in which language each is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from corpus.records import Language

if TYPE_CHECKING:
    from lingua import LanguageDetector

SentenceLanguage = Literal["de", "en", "undetermined"]
MIN_CONFIDENCE = 0.7
"""Below this share lingua's answer counts as undetermined (house rule, from the issue)."""


def _words(listed: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(listed.split())


_ABBREVIATIONS = _words(
    """z b d h u a o ä i v bzw ca vgl inkl exkl ggf evtl etc usw usf sog mind min max rd mio mrd tsd nr str tel fax
    zzgl abzgl gem ggü lt bspw st dr prof ing dipl hr fr mr mrs ms inc ltd co corp approx no vs eg ie e g sq ft jan feb
    mär apr jun jul aug sep sept okt oct nov dez dec bd art abs kap s p pp rev ver vol fig einschl insb insbes std
    sek stk jr sr dept est ext div qm jh jhd km zt allg bes bzgl entspr geb gebr ges hbf hrsg jew kfm mwst"""
)
_MAY_END = _words("etc usw usf inc ltd co corp ft km qm no")
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”“»«)\]]*)(?=\s|$)|\n+|\s(?P<bullet>[•▪●■‣])\s")
_BEFORE_STOP = re.compile(r"[\wäöüÄÖÜß.]+$")
_ORDINAL_NEXT = re.compile(
    r"\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Halbjahr|"
    r"Jahrhundert|Stock|Etage|Obergeschoss|OG|Bauabschnitt|BA)\b"
)
_CLAUSE = re.compile(
    r"""\s*[;:]\s+ | ,\s+(?=(?:aber|jedoch|sondern|sowie|but|while|whereas|and|und|dafür|außerdem|zudem)\b)
      | \s+(?:[–—]|-)\s+ | (?<!\d),\s+ | (?<=\d),\s+(?=\D)""",
    re.VERBOSE,
)

_DE_WORDS = _words(
    """der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen mit für von vom
    zu zum zur im am auf aus bei nach über unter ist sind wird werden wir uns unser unsere sie ihr es sich auch nur
    noch sehr als wie dass daher gesucht suchen sucht benötigt benötigen brauchen braucht soll sollen sollte
    muss müssen kann können darf möchte möchten wünschen gern gerne etwa rund mindestens höchstens bis ab sowie
    bereits neue neuen neuer nähe fläche flächen standort grundstück halle büro mitarbeitende beschäftigte zwingend
    wichtig erforderlich unternehmen durch gegen ohne um vor seit während hier dort beim ins diese dieser dieses
    anbindung autobahn gleisanschluss hafen hochschule fachkräfte arbeitsplätze anfrage guten geehrte damen herren
    vielen freundlichen grüßen bitte bevorzugt wünschenswert idealerweise sein hat haben stellen investition bedarf
    per teils kauf miete später davon zwei drei vier fünf zehn millionen euro hektar minuten"""
)
_EN_WORDS = _words(
    """the a an and or but not no with for of from to at on by into about over are is low high important will be was were we our us
    they it its this that these those must should can could may would need needs require requires required looking
    seek seeks seeking search site plot land office warehouse staff employees jobs close near within least most
    up than which who where when please ideally prefer prefers preferred preferably nice have has had new more between also only very
    as there their your you plant company location access motorway rail port airport university skilled workers
    dear regards thank sincerely any all per approximately around team two three four five six ten hundred thousand
    hall halls storage sq plus do does off why how first second third half remain remains
    million euros hectares minutes purchase lease own investment later"""
)
_DE_ENDINGS = (
    "ung",
    "ungen",
    "keit",
    "heit",
    "schaft",
    "plätze",
    "fläche",
    "betrieb",
    "gebiet",
    "lich",
    "lichen",
)
_EN_ENDINGS = ("tion", "tions", "ness", "ment", "ments", "ings", "ity", "ities", "ed")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
_MIN_WORDS = 3
"""Sentences of fewer words are never put to lingua: it is often wrong on them."""
_MIN_VOTES = 2
"""Common words needed before the quick vote decides; chosen so that "Land in Sicht" stays open."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text` is exactly the characters `start:end` of the whole, without outer blanks."""

    start: int
    end: int
    text: str
    language: SentenceLanguage

    @property
    def span(self) -> tuple[int, int]:
        """The half-open range in the whole text."""
        return self.start, self.end


def split_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each sentence; every line break and every bullet ends one, an abbreviation or ordinal does not."""
    start = 0
    for found in _END.finditer(text):
        if found["mark"] == "." and _is_inside(text, start, found):
            continue
        yield from _trimmed(text, start, found.start() if found["bullet"] else found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _is_inside(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or an ordinal."""
    word = _BEFORE_STOP.search(text, max(start, found.start() - 24), found.start())
    if not word:
        return False
    last = word[0].rsplit(".", 1)[-1].lower()
    following = text[found.end() :].lstrip(" \u00a0")[:1]
    if last.isdigit():
        return len(last) <= 2 and following.isupper() and bool(_ORDINAL_NEXT.match(text, found.end()))
    if last in _ABBREVIATIONS:
        return not (following.isupper() and last in _MAY_END)
    return False


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without blanks at its ends, or nothing when only blanks are left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    if right > left:
        yield start + left, start + right


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text` in order, each with its language, told by its own words alone."""
    return tuple(
        Sentence(start, end, text[start:end], language_of(text[start:end]))
        for start, end in split_spans(text)
    )


def clause_spans(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Split `text[start:end]`, usually one sentence, at commas, semicolons, colons and dashes.

    Decimal commas stay whole. Returned spans are indices into `text`, without outer blanks.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    position = start
    for found in _CLAUSE.finditer(text, start, stop):
        spans.extend(_trimmed(text, position, found.start()))
        position = found.end()
    spans.extend(_trimmed(text, position, stop))
    return tuple(spans)


def language_of(sentence: str) -> SentenceLanguage:
    """Return the language of one sentence: by its common words when they agree, else by lingua."""
    vote = quick_language(sentence)
    if vote != "undetermined" or len(_WORD.findall(sentence)) < _MIN_WORDS:
        return vote
    return _by_lingua(sentence)


def quick_language(sentence: str) -> SentenceLanguage:
    """Return the language that the common words of a sentence agree on; loads nothing."""
    words = _WORD.findall(sentence.lower())
    german = sum(
        word in _DE_WORDS or (word not in _EN_WORDS and word.endswith(_DE_ENDINGS)) for word in words
    )
    english = sum(
        word in _EN_WORDS or (word not in _DE_WORDS and word.endswith(_EN_ENDINGS)) for word in words
    )
    if any(letter in sentence for letter in "äöüÄÖÜß"):
        german += 2
    if german >= _MIN_VOTES and german >= 3 * english:
        return "de"
    if english >= _MIN_VOTES and english >= 3 * german:
        return "en"
    return "undetermined"


def language_of_text(text: str) -> SentenceLanguage:
    """Return the language in which most of `text` is written, by characters of its sentences."""
    return language_of_most((*sentence.span, sentence.language) for sentence in sentences(text))


def language_of_most(spans: Iterable[tuple[int, int, SentenceLanguage]]) -> SentenceLanguage:
    """Return the language of most characters of sentences, given as half-open ranges with their language."""
    lengths = {"de": 0, "en": 0}
    for start, end, language in spans:
        if language != "undetermined":
            lengths[language] += end - start
    if lengths["de"] == lengths["en"]:
        return "undetermined"
    return "de" if lengths["de"] > lengths["en"] else "en"


def is_mixed(text: str) -> bool:
    """Whether both German and English sentences stand in `text`."""
    return {"de", "en"} <= {sentence.language for sentence in sentences(text)}


def brief_language(text: str, guessed: Sequence[tuple[int, int, Language]] = ()) -> Language:
    """Return the main language of a brief; where it cannot be told, that `guessed` of most of its sentences, else German."""
    for language in (language_of_text(text), language_of_most(guessed)):
        if language != "undetermined":
            return language
    return "de"


def _by_lingua(sentence: str) -> SentenceLanguage:
    """Ask lingua, limited to the languages of our correspondence."""
    detector = _detector()
    best = detector.compute_language_confidence_values(sentence)[0]
    if best.value < MIN_CONFIDENCE:
        return "undetermined"
    name = best.language.iso_code_639_1.name.lower()
    return "de" if name == "de" else "en" if name == "en" else "undetermined"


@cache
def _detector() -> LanguageDetector:
    """Build the detector once, when the first sentence needs it.

    The low accuracy mode loads in 0.1 s instead of 2 s; texts short enough to suffer from it are mostly
    decided by their common words before.
    """
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    names = (Lingua.GERMAN, Lingua.ENGLISH, Lingua.FRENCH, Lingua.DUTCH)
    return LanguageDetectorBuilder.from_languages(*names).with_low_accuracy_mode().build()
