"""A shortlist as JSON: the contract other programs read. Integers are tenths of a point."""

from __future__ import annotations

import json
from typing import Any

from corpus.records import Evidence, Language, Location, Region
from matcher.brief import Need
from matcher.shortlist import Contribution, JointBid, Match, Shortlist, Stability
from matcher.words import in_language

FIELDS_OF_A_NEED = ("id", "text", "facet", "worth_tenths", "is_must", "minimum", "maximum", "unit")


def as_data(shortlist: Shortlist, language: Language) -> dict[str, Any]:
    """Return the shortlist as plain data with the keys of the contract."""
    brief, region = shortlist.brief, shortlist.region
    return {
        "brief": {
            "id": brief.id,
            "language": brief.language,
            "function": brief.function,
            "themes": list(brief.themes),
        },
        "needs": [_need(need) for need in brief.needs],
        "matches": [_match(match, region, language) for match in shortlist.matches],
        "set_aside": [
            {
                "location": _location(aside.match.location),
                "score_tenths": aside.match.score_tenths,
                "contributions": _contributions(aside.match.contributions, region, language),
                "reasons": [in_language(reason, language) for reason in aside.reasons],
            }
            for aside in shortlist.set_aside
        ],
        "joint_bids": [_joint_bid(bid) for bid in shortlist.joint_bids],
        "versions": {
            "corpus": shortlist.versions.corpus,
            "encoder": shortlist.versions.encoder,
            "ranker": shortlist.versions.ranker,
        },
    }


def render(shortlist: Shortlist, language: Language) -> str:
    """Return the shortlist as one JSON document, indented, ending with a line break."""
    return json.dumps(as_data(shortlist, language), ensure_ascii=False, indent=2) + "\n"


def render_line(shortlist: Shortlist, language: Language) -> str:
    """Return the shortlist as one line of JSON, for files with one brief a line."""
    return json.dumps(as_data(shortlist, language), ensure_ascii=False, separators=(",", ":")) + "\n"


def _need(need: Need) -> dict[str, Any]:
    data = {name: getattr(need, name) for name in FIELDS_OF_A_NEED}
    return data | {"span": list(need.span) if need.span else None}


def _location(location: Location) -> dict[str, str]:
    return {"id": location.id, "name": location.name}


def _match(match: Match, region: Region, language: Language) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "location": _location(match.location),
        "score_tenths": match.score_tenths,
        "contributions": _contributions(match.contributions, region, language),
        "stability": _stability(match.stability),
    }


def _stability(stability: Stability | None) -> dict[str, Any] | None:
    if stability is None:
        return None
    return {
        "top3_share": stability.top3_share,
        "low_tenths": stability.low_tenths,
        "high_tenths": stability.high_tenths,
    }


def _contributions(
    contributions: tuple[Contribution, ...], region: Region, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "need": contribution.need.id,
            "tenths": contribution.tenths,
            "strength": contribution.strength,
            "status": contribution.status,
            "evidence": [_evidence(item, region, language) for item in contribution.evidence],
        }
        for contribution in contributions
    ]


def _evidence(evidence: Evidence, region: Region, language: Language) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "text": evidence.text(language),
        "source": "; ".join(region.source_by_id[source_id].title for source_id in evidence.source_ids),
        "as_of": evidence.as_of,
        "confidence": evidence.confidence,
    }


def _joint_bid(bid: JointBid) -> dict[str, Any]:
    return {
        "members": [member.id for member in bid.members],
        "score_tenths": bid.score_tenths,
        "gain_tenths": bid.gain_tenths,
        "brings": {member: list(needs) for member, needs in bid.brings.items()},
    }
