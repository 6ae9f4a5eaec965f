"""Answers a questionnaire for a location or a joint bid, each question by rule, else by quote, else with whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Language, Location, Region
from matcher.errors import MatcherError
from matcher.joint import MAX_MEMBERS
from matcher.rfi.answer import UNKNOWN, Answer, Reply
from matcher.rfi.facts import Facts, answer_from_facts
from matcher.rfi.reading import read_question
from matcher.rfi.sheet import Asked, fill_answers, read_questions
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


def answer_sheet(
    data: bytes,
    name: str,
    region: Region,
    encoder: Encoder,
    location_ids: Sequence[str],
    language: Language | None = None,
) -> bytes:
    """Answer an investor's questionnaire for one location, or for the members of a joint bid.

    Parameters
    ----------
    data : bytes
        The questionnaire: an .xlsx workbook, or a .docx file with its questions in tables.
    name : str
        The file's name, which tells the format.
    region : Region
        The facts.
    encoder : Encoder
        Chooses among statements that hold every word of a question.
    location_ids : sequence of str
        One location, or the members of a joint bid, answered member by member.
    language : {"de", "en"}, optional
        Language of the answers; by default the one the sheet is written in.

    Returns
    -------
    bytes
        The same file with its answer cells filled: the answer with source and date, or "unknown",
        who to ask, and "to ask". Cells that already hold something are kept, formats too.

    Raises
    ------
    MatcherError
        If the file is of another format or damaged, holds no questions, or a location is not known.
    """
    asked = read_questions(data, name)
    spoken = language or asked.language
    return fill_answers(data, name, replies(asked, region, encoder, location_ids, spoken), spoken)


def replies(
    asked: Asked, region: Region, encoder: Encoder, location_ids: Sequence[str], language: Language
) -> dict[str, Reply]:
    """Return a reply to each question, for one location or the members of a joint bid.

    Raises
    ------
    MatcherError
        If no location is given, more than make a joint bid, or one that is not known.
    """
    for location_id in location_ids:
        if location_id not in region.location_by_id:
            raise MatcherError(
                f"location {location_id!r} is not in region {region.id!r}; choose one that is.",
                de=f"Der Standort {location_id!r} gehört nicht zur Region {region.id!r}; wählen Sie einen, der dazugehört.",
            )
    if not location_ids:
        raise MatcherError(
            "no location was chosen to answer for; name at least one.",
            de="Es ist kein Standort gewählt, für den geantwortet wird; nennen Sie mindestens einen.",
        )
    if len(location_ids) > MAX_MEMBERS:
        raise MatcherError(
            f"{len(location_ids)} locations are more than a joint bid; name at most {MAX_MEMBERS}.",
            de=f"{len(location_ids)} Standorte sind mehr als eine gemeinsame Bewerbung; nennen Sie höchstens {MAX_MEMBERS}.",
        )
    responder = Responder(region, encoder, tuple(location_ids), language)
    return {question: responder.reply(question) for question in asked.questions}


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
