"""A text as the reader of briefs sees it: its words, its sentences with their language, and their clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Language
from matcher.clauses import Clause, clauses_of, markers
from matcher.lexicon import cues
from matcher.sentences import SentenceLanguage, sentences
from matcher.tokens import Word, words_of

LANGUAGES: tuple[Language, Language] = ("de", "en")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, its sentences as half-open character ranges with their language, its clauses."""

    words: tuple[Word, ...]
    spans: tuple[tuple[int, int, Language], ...]
    clauses: tuple[Clause, ...]


@lru_cache(maxsize=32)
def reading(text: str) -> Reading:
    """Return words, sentences and clauses of a text; remembered, since a brief is asked for them twice."""
    words = words_of(text)
    spans = tuple(
        (sentence.start, sentence.end, _certain(sentence.language, sentence.text))
        for sentence in sentences(text)
    )
    return Reading(words, spans, clauses_of(text, words, spans))


def _certain(found: SentenceLanguage, sentence: str) -> Language:
    """Return the language of a sentence; of a short one the language of which it holds more known phrases.

    The sentences around it do not count, so that adding one changes nothing.
    """
    if found != "undetermined":
        return found
    inside = words_of(sentence)
    german, english = (
        len(cues(language).hits(inside)) + len(markers(language).hits(inside)) for language in LANGUAGES
    )
    return "de" if german >= english else "en"
