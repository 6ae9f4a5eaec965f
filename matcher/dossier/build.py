"""A shortlist as a dossier: cover, summary, needs, locations, joint bids, open questions, method, sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Language
from matcher.dossier import back, bids, front, locations
from matcher.dossier.blocks import (
    Block,
    Dossier,
)
from matcher.dossier.conceal import Concealer
from matcher.dossier.voice import Voice
from matcher.shortlist import Shortlist
from matcher.words import (
    FUNCTION_NAMES,
    in_language,
)


def build_dossier(
    shortlist: Shortlist,
    language: Language,
    *,
    code_name: str | None = None,
    hidden_names: Sequence[str] = (),
    top: int = 10,
) -> Dossier:
    """Turn a shortlist into the blocks of a dossier.

    Parameters
    ----------
    shortlist : Shortlist
        The result to show; nothing is added, sorted or rounded.
    language : {"de", "en"}
        Language of every sentence.
    code_name : str, optional
        Shown instead of the investor's name, and as title.
    hidden_names : sequence of str
        Names of the investor; with a code name they appear nowhere, and a statement that names
        the investor is withheld, since the sentence around the name would give it away.
    top : int
        Number of ranked locations to show in detail.

    Raises
    ------
    MatcherError
        If the code name holds a name it should hide.
    """
    concealer = Concealer(code_name, hidden_names) if code_name else None
    voice = Voice(shortlist, language, concealer, top)
    region = shortlist.region
    first, last = _years(shortlist)
    cover_facts = [
        (voice.say("region"), in_language((region.name_de, region.name_en), language)),
        (voice.say("function"), in_language(FUNCTION_NAMES[shortlist.brief.function], language)),
    ]
    themes = [
        region.theme_by_id[theme].name(language)
        for theme in shortlist.brief.themes
        if theme in region.theme_by_id
    ]
    if themes:
        cover_facts.append((voice.say("themes"), "; ".join(themes)))
    if first:
        cover_facts.append((voice.say("facts_as_of"), voice.say("years", first=first, last=last)))
    dossier = Dossier(
        language=language,
        title=code_name or voice.say("title"),
        subtitle=voice.say("title") if code_name else shortlist.brief.id,
        author=in_language((region.name_de, region.name_en), language),
        cover_facts=tuple(cover_facts),
        notice=voice.say("notice"),
        data_year=last or 2000,
        blocks=_blocks(voice),
    )
    return dossier.rewritten(concealer) if concealer else dossier


def _years(shortlist: Shortlist) -> tuple[int | None, int | None]:
    """Return the years of the oldest and newest dated fact of the region."""
    found = [
        int(year)
        for evidence in shortlist.region.evidence
        for year in re.findall(r"\b(?:19|20)\d\d\b", evidence.as_of)
    ]
    return (min(found), max(found)) if found else (None, None)


def _blocks(voice: Voice) -> tuple[Block, ...]:
    """Put the chapters in order; the sources come last because they list what was cited before."""
    return (
        *front.summary(voice),
        *front.needs(voice),
        *front.ranking(voice),
        *(block for match in voice.shown for block in locations.location(voice, match)),
        *bids.joint_bids(voice),
        *locations.set_aside(voice),
        *back.open_questions(voice),
        *locations.all_locations(voice),
        *back.method(voice),
        *back.sources(voice),
    )
