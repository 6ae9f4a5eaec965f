"""The chapters that open a dossier: summary, needs, and the locations compared."""

from __future__ import annotations

from matcher.charts import bars_chart, chart_svg, map_chart
from matcher.dossier.blocks import Block, Bullets, Cell, Column, Figure, Heading, Paragraph, Table
from matcher.dossier.voice import Voice
from matcher.shortlist import Match
from matcher.words import (
    FACET_NAMES,
    in_language,
    number_text,
    share_text,
    tenths_text,
)


def summary(voice: Voice) -> list[Block]:
    """Say in a few sentences what came out."""
    shortlist = voice.shortlist
    sentences = [
        voice.say(
            "checked",
            checked=len(shortlist.match_by_location_id),
            ranked=len(shortlist.matches),
            aside=len(shortlist.set_aside),
        )
    ]
    if voice.shown:
        best = voice.shown[0]
        sentences.append(
            voice.say(
                "best",
                name=best.location.name,
                points=tenths_text(best.score_tenths, voice.language),
            )
        )
        if best.stability:
            sentences.append(
                voice.say(
                    "stable",
                    draws=number_text(best.stability.n_draws, voice.language),
                    name=best.location.name,
                    share=share_text(best.stability.top3_share, voice.language),
                )
            )
    else:
        sentences.append(voice.say("none_ranked"))
    for bid in shortlist.joint_bids[:1]:
        sentences.append(
            voice.say(
                "together",
                names=voice.names([member.name for member in bid.members]),
                points=tenths_text(bid.score_tenths, voice.language),
                gain=tenths_text(bid.gain_tenths, voice.language),
            )
        )
    notes = [in_language(note, voice.language) for note in shortlist.notes]
    blocks: list[Block] = [Heading(1, voice.say("summary")), Paragraph(" ".join(sentences), "lead")]
    if notes:
        blocks += [Heading(2, voice.say("notes")), Bullets(tuple(notes))]
    return blocks


def needs(voice: Voice) -> list[Block]:
    """Show what was understood of the brief."""
    rows = tuple(
        (
            Cell(need.text),
            Cell(f"{voice.say('assumption')}: {need.assumption}" if need.assumption else ""),
            Cell(in_language(FACET_NAMES[need.facet], voice.language)),
            Cell(voice.asked_figure(need)),
            Cell(voice.kind(need)),
            voice.points(need.worth_tenths),
        )
        for need in voice.shortlist.brief.needs
    )
    columns = (
        Column(voice.say("need"), width=3.2),
        Column(voice.say("assumption"), "line"),
        Column(voice.say("facet"), width=1.8),
        Column(voice.say("figure"), width=1.5),
        Column(voice.say("kind"), width=1.2),
        Column(voice.say("worth"), "number", width=0.9),
    )
    notes = voice.shortlist.brief.notes
    return [
        Heading(1, voice.say("needs")),
        Paragraph(voice.say("needs_intro")),
        Table(voice.say("needs"), voice.say("needs_caption"), columns, rows),
        *([Bullets(notes)] if notes else []),
    ]


def ranking(voice: Voice) -> list[Block]:
    """Show the best locations as map, bars and table."""
    if not voice.shown:
        return []
    listed = "; ".join(
        f"{match.location.name} {tenths_text(match.score_tenths, voice.language)}" for match in voice.shown
    )
    leaders = voice.names([match.location.name for match in voice.shown[:3]])
    bars = chart_svg(bars_chart(voice.shortlist, voice.language, top=voice.top))
    regional_map = chart_svg(map_chart(voice.shortlist, voice.language, top=voice.top))
    credit = voice.shortlist.region.boundaries.get("attribution", "")
    return [
        Heading(1, voice.say("ranking")),
        _ranking_table(voice),
        Figure(
            regional_map,
            voice.say("map_alt", list=leaders),
            " ".join(filter(None, (voice.say("map_caption"), credit))),
        ),
        Figure(bars, voice.say("bars_alt", list=listed), voice.say("bars_caption")),
    ]


def _ranking_table(voice: Voice) -> Table:
    columns = (
        Column(voice.say("rank"), "number", width=0.7),
        Column(voice.say("location"), width=2),
        Column(voice.say("points"), "number", width=0.9),
        Column(voice.say("top3"), "number", width=1.2),
        Column(voice.say("low"), "number", width=0.9),
        Column(voice.say("high"), "number", width=0.9),
        Column(voice.say("unknown_musts"), width=2.2),
    )
    rows = tuple(
        (
            voice.count(match.rank),
            Cell(match.location.name),
            voice.points(match.score_tenths),
            *_stability_cells(voice, match),
            Cell("; ".join(c.need.text for c in match.unknown_musts) or "–"),
        )
        for match in voice.shown
    )
    return Table(voice.say("ranking"), voice.say("ranking_caption"), columns, rows)


def _stability_cells(voice: Voice, match: Match) -> tuple[Cell, Cell, Cell]:
    if match.stability is None:
        return Cell("–"), Cell("–"), Cell("–")
    share = match.stability.top3_share
    return (
        Cell(share_text(share, voice.language), share, "share"),
        voice.points(match.stability.low_tenths),
        voice.points(match.stability.high_tenths),
    )
