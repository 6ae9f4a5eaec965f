"""The chapters about single locations: points and evidence, who is set aside, all scores."""

from __future__ import annotations

from corpus.records import Evidence
from matcher.dossier.blocks import Block, Cell, Column, Heading, KeyFacts, Paragraph, Table
from matcher.dossier.voice import Voice
from matcher.shortlist import Contribution, Match
from matcher.words import (
    STATUS_NAMES,
    in_language,
    number_text,
    share_text,
    tenths_text,
)


def location(voice: Voice, match: Match) -> list[Block]:
    """Show one location: each need with its points and evidence."""
    facts = [
        (
            voice.say("score"),
            voice.say("of_100", points=tenths_text(match.score_tenths, voice.language)),
        )
    ]
    if match.stability:
        low, high = (
            tenths_text(tenths, voice.language)
            for tenths in (match.stability.low_tenths, match.stability.high_tenths)
        )
        facts.append((voice.say("range"), voice.say("between", low=low, high=high)))
        facts.append((voice.say("top3"), share_text(match.stability.top3_share, voice.language)))
    location = match.location
    facts.append(
        (
            voice.say("population", year=location.population_year),
            number_text(location.population, voice.language),
        )
    )
    if location.district:
        facts.append((voice.say("district"), location.district))
    columns = (
        Column(voice.say("need"), width=2.1),
        Column(voice.say("kind"), "meta"),
        Column(voice.say("worth"), "number", width=0.85),
        Column(voice.say("points"), "number", width=0.85),
        Column(voice.say("status"), width=1.2),
        Column(voice.say("why"), width=5.2),
        Column(voice.say("evidence"), "line"),
        Column(voice.say("more_evidence"), "excel"),
        Column(voice.say("source"), "meta"),
        Column(voice.say("as_of"), "meta"),
        Column(voice.say("confidence"), "meta"),
    )
    total = (
        Cell(voice.say("total")),
        Cell(""),
        Cell(""),
        voice.points(match.score_tenths),
        *(Cell("") for _ in columns[4:]),
    )
    table = Table(
        voice.say("evidence"),
        voice.say("detail_caption", name=location.name),
        columns,
        (*(_detail_row(voice, contribution) for contribution in match.contributions), total),
        key_columns=(voice.say("rank"), voice.say("location")),
        key_cells=(voice.count(match.rank), Cell(location.name)),
        has_total=True,
    )
    return [Heading(1, f"{match.rank}. {location.name}"), KeyFacts(tuple(facts)), table]


def _detail_row(voice: Voice, contribution: Contribution) -> tuple[Cell, ...]:
    need = contribution.need
    why = in_language(contribution.explanation, voice.language)
    if voice.concealer is not None and voice.concealer.is_named_in(why):
        why = voice.say("withheld")
    first = contribution.evidence[0] if contribution.evidence else None
    statement = voice.statement(first) if first else ""
    further = contribution.evidence[1:]
    return (
        Cell(need.text),
        Cell(voice.kind(need)),
        voice.points(need.worth_tenths),
        voice.points(contribution.tenths),
        Cell(in_language(STATUS_NAMES[contribution.status], voice.language)),
        Cell(why or statement or voice.say("no_evidence")),
        Cell(statement if why and statement != why else ""),
        Cell(" ".join(_further(voice, evidence) for evidence in further)),
        Cell(voice.source(first) if first else ""),
        Cell(voice.as_of(first) if first else ""),
        Cell(voice.say(first.confidence) if first else ""),
    )


def _further(voice: Voice, evidence: Evidence) -> str:
    remarks = [voice.source(evidence), voice.as_of(evidence)]
    if not evidence.is_confirmed:
        remarks.append(voice.say("recalled"))
    return f"{voice.statement(evidence)} ({', '.join(filter(None, remarks))})"


def set_aside(voice: Voice) -> list[Block]:
    """Show the locations set aside, with reasons."""
    blocks: list[Block] = [Heading(1, voice.say("set_aside"))]
    if not voice.shortlist.set_aside:
        return [*blocks, Paragraph(voice.say("none_aside"))]
    rows = tuple(
        (
            Cell(aside.match.location.name),
            Cell(" ".join(in_language(reason, voice.language) for reason in aside.reasons)),
            voice.points(aside.match.score_tenths),
        )
        for aside in voice.shortlist.set_aside
    )
    columns = (
        Column(voice.say("location"), width=1.6),
        Column(voice.say("reason"), width=5),
        Column(voice.say("points"), "number", width=0.9),
    )
    table = Table(voice.say("set_aside"), voice.say("set_aside_caption"), columns, rows)
    return [*blocks, Paragraph(voice.say("set_aside_intro")), table]


def all_locations(voice: Voice) -> list[Block]:
    """Show the score of every location: the table behind the map."""
    asides = {aside.match.location.id for aside in voice.shortlist.set_aside}
    columns = (
        Column(voice.say("rank"), "number", width=0.7),
        Column(voice.say("location"), width=2.4),
        Column(voice.say("district"), width=2.4),
        Column(voice.say("points"), "number", width=0.9),
        Column(voice.say("status"), width=1.6),
    )
    rows = tuple(
        (
            Cell("–") if match.location.id in asides else voice.count(match.rank),
            Cell(match.location.name),
            Cell(match.location.district or "–"),
            voice.points(match.score_tenths),
            Cell(voice.say("set_aside_status" if match.location.id in asides else "ranked")),
        )
        for match in voice.shortlist.match_by_location_id.values()
    )
    table = Table(voice.say("all_locations"), voice.say("all_locations"), columns, rows)
    return [Heading(1, voice.say("all_locations")), table]
