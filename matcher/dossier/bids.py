"""The chapter of joint bids: who brings what."""

from __future__ import annotations

from matcher.dossier.blocks import Block, Cell, Column, Heading, KeyFacts, Paragraph, Table
from matcher.dossier.voice import Voice
from matcher.shortlist import JointBid
from matcher.words import (
    STATUS_NAMES,
    in_language,
    tenths_text,
)


def joint_bids(voice: Voice) -> list[Block]:
    """Show the joint bids, each with who brings what."""
    blocks: list[Block] = [Heading(1, voice.say("joint_bids"))]
    if not voice.shortlist.joint_bids:
        return [*blocks, Paragraph(voice.say("no_joint_bid"))]
    blocks.append(Paragraph(voice.say("joint_intro")))
    for number, bid in enumerate(voice.shortlist.joint_bids, start=1):
        blocks += _joint_bid(voice, number, bid)
    return blocks


def _joint_bid(voice: Voice, number: int, bid: JointBid) -> list[Block]:
    names = voice.names([member.name for member in bid.members])
    lead = next(member.name for member in bid.members if member.id == bid.lead_id)
    facts = [
        (
            voice.say("score"),
            voice.say("of_100", points=tenths_text(bid.score_tenths, voice.language)),
        ),
        (voice.say("gain"), tenths_text(bid.gain_tenths, voice.language)),
        (voice.say("lead"), lead),
    ]
    partners = [
        in_language((institution.name_de, institution.name_en), voice.language)
        for key in bid.partner_ids
        if (institution := voice.shortlist.region.institution_by_id.get(key))
    ]
    if partners:
        facts.append((voice.say("partners"), "; ".join(partners)))
    columns = (
        Column(voice.say("need"), width=2.4),
        Column(voice.say("kind"), "meta"),
        Column(voice.say("members"), width=1.6),
        Column(voice.say("worth"), "number", width=0.9),
        Column(voice.say("points"), "number", width=0.9),
        Column(voice.say("status"), width=1.2),
    )
    rows = tuple(
        (
            Cell(contribution.need.text),
            Cell(voice.kind(contribution.need)),
            Cell(
                ", ".join(
                    member.name
                    for member in bid.members
                    if contribution.need.id in bid.brings.get(member.id, ())
                )
                or voice.say("not_brought")
            ),
            voice.points(contribution.need.worth_tenths),
            voice.points(contribution.tenths),
            Cell(in_language(STATUS_NAMES[contribution.status], voice.language)),
        )
        for contribution in bid.contributions
    )
    total = (
        Cell(voice.say("total")),
        Cell(""),
        Cell(""),
        Cell(""),
        voice.points(bid.score_tenths),
        Cell(""),
    )
    table = Table(
        voice.say("joint_bids"),
        voice.say("coverage_caption", names=names),
        columns,
        (*rows, total),
        key_columns=(voice.say("joint_bid"),),
        key_cells=(Cell(f"{number}. {names}"),),
        has_total=True,
    )
    blocks: list[Block] = [Heading(2, f"{number}. {names}"), KeyFacts(tuple(facts))]
    if bid.is_smallest_cover:
        blocks.append(Paragraph(voice.say("smallest")))
    return [*blocks, table]
