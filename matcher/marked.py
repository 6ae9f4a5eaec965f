"""Briefs whose needs were marked by readers: what the tagger learns from, and what reading is measured by.

A file holds blocks: a head `[name language part]`, the text in lines that begin with "> " (or none where the caller
knows the brief by its name), and one line a need: `facet[:topic[+topic]][/facet...] stance | words of the text`. The
stance is y (asked for), n (only wished for) or avoid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.records import Language
from matcher.brief import FACETS, TOPICS, Facet
from matcher.errors import MatcherError
from matcher.reading import LANGUAGES, reading
from models.tagger.fit import Mark, MarkedSentence

STANCES = {"y": "must", "n": "wish", "avoid": "avoid"}


@dataclass(frozen=True, slots=True)
class MarkedNeed:
    """A need as a reader marked it: any of `labels`, each a facet and its topics, is right."""

    labels: tuple[tuple[Facet, tuple[str, ...]], ...]
    stance: str
    span: tuple[int, int]

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets of which any is right."""
        return tuple(facet for facet, _ in self.labels)

    @property
    def is_must(self) -> bool:
        """Whether it is asked for, not only wished for."""
        return self.stance == "must"


@dataclass(frozen=True, slots=True)
class MarkedBrief:
    """A brief with its marked needs; `part` says what it is kept for."""

    name: str
    language: Language
    part: str
    text: str
    needs: tuple[MarkedNeed, ...]


def read_marked(path: Path, texts: Mapping[tuple[str, str], str]) -> tuple[MarkedBrief, ...]:
    """Read a file of marked briefs; `texts` holds, by name and language, those that the file leaves out.

    Raises
    ------
    MatcherError
        If a line cannot be read, a label is unknown, or marked words do not stand in the brief.
    """
    return tuple(_brief(path.name, block, texts) for block in _blocks(path.read_text(encoding="utf-8")))


def marked_sentences(briefs: Sequence[MarkedBrief]) -> Iterator[MarkedSentence]:
    """Yield each sentence of the briefs with what is marked in it; marks over two sentences are cut."""
    for brief in briefs:
        for start, end, _ in reading(brief.text).spans:
            marks = tuple(
                Mark(
                    max(need.span[0], start) - start, min(need.span[1], end) - start, need.labels, need.stance
                )
                for need in brief.needs
                if need.span[0] < end and need.span[1] > start
            )
            yield MarkedSentence(brief.text[start:end], marks)


def _blocks(content: str) -> Iterator[str]:
    yield from ("\n" + content).split("\n[")[1:]


def _brief(file: str, block: str, texts: Mapping[tuple[str, str], str]) -> MarkedBrief:
    head, _, body = block.partition("]")
    try:
        name, spoken, part = head.split()
        language = next(known for known in LANGUAGES if known == spoken)
    except (ValueError, StopIteration):
        raise MatcherError(f"{file}: [{head}] is no head; write [name de|en part].") from None
    lines = body.strip().splitlines()
    own = "\n".join(line[2:] for line in lines if line.startswith(">"))
    text = own or texts.get((name, language), "")
    needs = [_need(f"{file}, {name} {language}", line, text) for line in lines if line and line[0] != ">"]
    return MarkedBrief(name, language, part, text, tuple(needs))


def _need(where: str, line: str, text: str) -> MarkedNeed:
    head, _, words = line.partition(" | ")
    labels, _, stance = head.partition(" ")
    start = text.find(words)
    if not words or start < 0:
        raise MatcherError(f"{where}: the words {words!r} are not in the brief; correct the mark.")
    if stance not in STANCES:
        raise MatcherError(f"{where}: {stance!r} is no stance; use {', '.join(STANCES)}.")
    return MarkedNeed(
        tuple(_label(where, label) for label in labels.split("/")),
        STANCES[stance],
        (start, start + len(words)),
    )


def _label(where: str, label: str) -> tuple[Facet, tuple[str, ...]]:
    name, _, named = label.partition(":")
    facet = next((known for known in FACETS if known == name), None)
    topics = tuple(named.split("+")) if named else ()
    if facet is None or not set(topics) <= set(TOPICS[facet]):
        raise MatcherError(f"{where}: {label!r} is no label; use a facet or facet:topic of matcher/brief.py.")
    return facet, topics
