"""The chapters that close a dossier: open questions, method, sources."""

from __future__ import annotations

from matcher.dossier.blocks import Block, Cell, Column, Heading, Paragraph, Table
from matcher.dossier.voice import Voice
from matcher.shortlist import Match


def open_questions(voice: Voice) -> list[Block]:
    """List what has to be asked before an answer goes out, and whom."""
    rows = tuple(row for match in voice.shown for row in _question_rows(voice, match))
    heading = Heading(1, voice.say("open_questions"))
    if not rows:
        return [heading, Paragraph(voice.say("no_question"))]
    columns = (
        Column(voice.say("location"), width=1.4),
        Column(voice.say("question"), width=4.2),
        Column(voice.say("at_stake"), "number", width=1),
        Column(voice.say("ask"), width=2.2),
    )
    table = Table(voice.say("open_questions"), voice.say("open_caption"), columns, rows)
    return [heading, Paragraph(voice.say("open_intro")), table]


def _question_rows(voice: Voice, match: Match) -> list[tuple[Cell, ...]]:
    name = match.location.name
    office = Cell(voice.say("office", name=name))
    rows: list[tuple[Cell, ...]] = []
    for contribution in match.contributions:
        need = contribution.need
        if contribution.status == "unknown":
            question = voice.say("ask_must" if need.is_must else "ask_unknown", need=need.text)
            rows.append((Cell(name), Cell(question), voice.points(contribution.tenths_at_stake), office))
    doubtful = {
        contribution.evidence[0].id: contribution.evidence[0]
        for contribution in match.contributions
        if contribution.evidence and not contribution.evidence[0].is_confirmed
    }
    for evidence in doubtful.values():
        question = voice.say("ask_fact", fact=voice.statement(evidence))
        rows.append((Cell(name), Cell(question), Cell(""), office))
    return rows


def method(voice: Voice) -> list[Block]:
    """Say how the score works and with which versions."""
    versions = voice.shortlist.versions
    rows = tuple(
        (Cell(voice.say(part)), Cell(value))
        for part, value in (
            ("corpus", versions.corpus),
            ("encoder", versions.encoder),
            ("ranker", versions.ranker),
        )
    )
    columns = (Column(voice.say("part"), width=1), Column(voice.say("version"), width=4))
    return [
        Heading(1, voice.say("method")),
        *(Paragraph(voice.say(f"method_{n}")) for n in range(1, 6)),
        Table(voice.say("method"), voice.say("versions_caption"), columns, rows),
    ]


def sources(voice: Voice) -> list[Block]:
    """List the sources of the statements shown so far."""
    if not voice.cited:
        return []
    rows = tuple(
        (Cell(source.title), Cell(source.publisher), Cell(source.date), Cell(source.reference))
        for source in map(voice.shortlist.region.source_by_id.__getitem__, voice.cited)
    )
    columns = (
        Column(voice.say("title_column"), width=3),
        Column(voice.say("publisher"), width=1.8),
        Column(voice.say("date"), width=0.9),
        Column(voice.say("reference"), width=2.3),
    )
    return [
        Heading(1, voice.say("sources")),
        Table(voice.say("sources"), voice.say("sources_caption"), columns, rows),
    ]
