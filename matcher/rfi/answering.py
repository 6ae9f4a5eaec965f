"""Answers a question for a location or a joint bid: by rule, else by quote, else with whom to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import Language, Location, Region
from matcher.rfi.answer import UNKNOWN, Answer
from matcher.rfi.facts import Facts, answer_from_facts
from matcher.rfi.reading import read_question
from matcher.rfi.statements import Quotes
from matcher.words import in_language
from models.encoder import Encoder

_OWNERS: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        r"strom|netzanschluss|megawatt|\bmw\b|mittelspannung|erdgas|fernwärme|trinkwasser|abwasser|power|grid|"
        r"electric|natural gas|water|waste ?water|district heat",
        ("Netzbetreiber in {name}", "grid operator in {name}"),
    ),
    (
        r"bebauungsplan|baurecht|genehmigung|zoning|permit|planning law|land use plan",
        ("Bauamt {name}", "building authority, {name}"),
    ),
    (
        r"arbeitskräfte|arbeitslose|löhne|gehälter|wage|salar|job ?seekers",
        ("Agentur für Arbeit, {name}", "employment agency, {name}"),
    ),
)
"""Who to ask, by words of the question; otherwise the location's economic development office."""
_OFFICE = ("Wirtschaftsförderung {name}", "Economic development office, {name}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes into a row of the sheet; `owners` is empty when every location could answer."""

    text: str
    text_with_sources: str
    sources: str
    dates: str
    owners: str


class Responder:
    """Answers questions about one or more locations in one language."""

    def __init__(
        self, region: Region, encoder: Encoder, location_ids: tuple[str, ...], language: Language
    ) -> None:
        self.region = region
        self._quotes = Quotes(region, encoder)
        self.language: Language = language
        self.locations = [region.location_by_id[location_id] for location_id in location_ids]
        self._own_names = [location.name for location in self.locations]

    def reply(self, question: str) -> Reply:
        """Answer one question, location by location."""
        parts = [self._part(question, location) for location in self.locations]
        return Reply(*("\n".join(filter(None, texts)) for texts in zip(*parts, strict=True)))

    def answer(self, question: str, location: Location) -> Answer | None:
        """Answer for one location: by rule, else by a quoted statement; None when it is not known."""
        facts = Facts(self.region, location, self.language)
        reading = read_question(question, self._own_names)
        return answer_from_facts(facts, reading) or self._quotes.answer(facts, question, reading)

    def _part(self, question: str, location: Location) -> tuple[str, str, str, str, str]:
        answer = self.answer(question, location)
        name = f"{location.name}: " if len(self.locations) > 1 else ""
        if answer is None:
            owner = self._owner(question, location)
            unknown = name + in_language(UNKNOWN, self.language).format(owner=owner)
            return unknown, unknown, "", "", owner
        source, as_of = answer.source(self.region, self.language), answer.as_of(self.language)
        words = in_language(("Quelle: {}; Stand: {}", "Source: {}; as of: {}"), self.language)
        text = name + answer.text
        return text, f"{text} ({words.format(source, as_of)})", name + source, name + as_of, ""

    def _owner(self, question: str, location: Location) -> str:
        for pattern, owner in _OWNERS:
            if re.search(pattern, question.lower()):
                return in_language(owner, self.language).format(name=location.name)
        return in_language(_OFFICE, self.language).format(name=location.name)
