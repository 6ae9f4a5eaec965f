"""Needs in words the lexicon lacks are heard in both languages, and cues that mislead are put right."""

from __future__ import annotations

from functools import cache

import pytest

from matcher.brief import Brief, Need
from matcher.invented import invented_texts
from matcher.reading import reading
from matcher.tagged import heard_in, told_in
from matcher.tokens import small_words
from matcher.understand import understand
from models.encoder import Encoder, Floats
from models.load import load_encoder
from models.tagger import load_tagger
from tests.bench.annotations import kept_briefs
from tests.bench.understanding import NoEncoder, counts, quality
from tests.matcher.readings import REGION, stated

IDLE = (
    "Vielen Dank für Ihre Mühe.",
    "Mit freundlichen Grüßen",
    "Wir wurden 1950 von zwei Brüdern gegründet.",
    "We look forward to hearing from you.",
    "The weather was lovely last week.",
)
RUN_ON = (
    "Wir brauchen tragfähigen Boden und eine Zufahrt ohne abgelastete Brücken, und die soll breit sein.",
)


@cache
def encoder() -> Encoder:
    return load_encoder("default")


class OtherEncoder:
    """Gives the default encoder's vectors under another name."""

    fingerprint = "other"
    dimension = 384

    def encode(self, texts: list[str]) -> Floats:
        return encoder().encode(texts)


def heard(text: str, with_encoder: Encoder | None = None) -> list[Need]:
    brief = understand(text, REGION, with_encoder or encoder())
    return [need for need in brief.needs if need.span]


def essence(brief: Brief) -> list[tuple[object, ...]]:
    return [(n.facet, n.topics, n.span and n.text, n.worth_tenths, n.is_must) for n in brief.needs]


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("Our freight cars should roll right into the works.", "access"),
        ("Our trucks must not pass through the town centre.", "access"),
        ("Unsere Familien brauchen Betreuung für die Kleinen.", "quality_of_life"),
        ("Ohne gutes Netz für Daten geht nichts.", "utilities"),
    ],
)
def test_a_need_that_no_cue_knows_is_heard(text: str, facet: str) -> None:
    assert not stated(text)
    assert [need.facet for need in heard(text)] == [facet]


def test_what_is_heard_quotes_the_brief() -> None:
    text = "Guten Tag. Our freight cars should roll right into the works. Thank you."
    for need in heard(text):
        assert need.span is not None
        assert text[need.span[0] : need.span[1]] == need.text


def told_words(text: str) -> list[list[str]]:
    tagger, read = load_tagger(encoder().fingerprint), reading(text)
    assert tagger is not None
    heard = heard_in(tagger, text, read.words, [(start, end) for start, end, _ in read.spans])
    told = told_in(heard, read.words, read.clauses)
    return [[word.folded for word in read.words[entry.first : entry.last]] for entry in told]


def test_what_is_told_begins_and_ends_with_words_that_say_something() -> None:
    small = small_words("link") | small_words("lead")
    learned_from = [text for (name, _), text in invented_texts().items() if name in ("A03", "F06", "H05")]
    told = [words for text in (*RUN_ON, *learned_from) for words in told_words(text)]
    assert told
    assert not [words for words in told if len(words) > 1 and (words[0] in small or words[-1] in small)]
    assert not [words for words in told if set(words) <= small]


def test_what_stands_at_the_end_of_an_endless_sentence_is_not_lost() -> None:
    text = "wir bauen Maschinen und " * 400 + "wir brauchen 3 ha mit Gleisanschluss"
    assert {need.facet for need in heard(text)} >= {"site", "access"}


@pytest.mark.parametrize(
    "text",
    [
        "Bäcker arbeiten bei uns in drei Schichten.",
        "Food technicians and bakers work for us in three shifts.",
    ],
)
def test_staff_who_are_there_are_no_need(text: str) -> None:
    assert not [need for need in heard(text) if need.facet == "labour_market"]


@pytest.mark.parametrize(
    "text",
    [
        "Weder Hafen noch Gleis werden benötigt.",
        "Weder Zug noch Schiff spielen eine Rolle.",
        "Neither a port nor a siding is needed.",
        "We can do without a port.",
        "Es muss keine Großstadt sein.",
        "It does not have to be a big city.",
        "We have two subsidiaries in Poland.",
        "Es geht auch ohne einen Hafen.",
        "It works without a siding too.",
        "We do not care about a rail siding.",
        "Kein Bedarf an einem Gleisanschluss.",
        "Flughafen egal.",
        "Kind regards, Max Muster, Universitätsstraße 5, 44801 Bochum.",
        "Zu unseren Kunden zählen Banken und Versicherer.",
        "NO PORT.",
    ],
)
def test_what_is_denied_is_no_need(text: str) -> None:
    assert not heard(text)


@pytest.mark.parametrize(
    "text",
    ["Herne is an option. We seek a siding.", "Wir suchen 2 ha. Wir bestehen auf einem Gleisanschluss."],
)
def test_what_is_sought_in_so_many_words_stays(text: str) -> None:
    assert any(need.topics == ("rail_freight",) and need.is_must for need in heard(text))


@pytest.mark.parametrize(
    "text", ["Only a big city is an option.", "We could imagine Hattingen or Sprockhövel; 6,000 m²."]
)
def test_names_and_small_words_are_no_needs_of_their_own(text: str) -> None:
    assert not [need for need in heard(text) if need.facet == "site" and need.minimum is None]
    assert len([need for need in heard(text) if need.facet == "agglomeration"]) < 2


def test_a_verb_of_need_alone_is_no_need() -> None:
    [site] = heard("Two funding rounds are behind us, we need 200 m².")
    assert site.minimum == 200


def test_with_another_encoder_cues_read_alone() -> None:
    assert heard("Our freight cars should roll right into the works.", OtherEncoder()) == []


@pytest.mark.parametrize("idle", IDLE)
def test_a_sentence_that_asks_for_nothing_changes_no_need(idle: str) -> None:
    plain = "Wir suchen 5 ha mit Gleisanschluss. The lorries should be on the trunk road within minutes."
    asked = essence(understand(plain, REGION, encoder()))
    assert essence(understand(f"{idle}\n{plain}", REGION, encoder())) == asked
    assert essence(understand(f"{plain}\n{idle}", REGION, encoder())) == asked


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_on_briefs_kept_apart_it_finds_a_tenth_more_of_the_needs_than_cues_alone(language: str) -> None:
    briefs = [brief for brief in kept_briefs() if brief.language == language]
    with_tags, by_cues = (quality(counts(briefs, one)) for one in (encoder(), NoEncoder()))
    assert len(briefs) == 88
    assert with_tags[1] >= by_cues[1] + 0.1
    assert with_tags[0] >= by_cues[0] - 0.02
