"""A region that holds nothing, for tests that fill in no more than they ask about."""

from __future__ import annotations

from corpus.records import Region

BARE_REGION = Region(
    id="bare",
    name_de="Leere Region",
    name_en="Bare region",
    fingerprint="0" * 64,
    locations=(),
    themes=(),
    sources=(),
    evidence=(),
    indicators=(),
    institutions=(),
    programmes=(),
    talent_supply=(),
    sites=(),
    infrastructure=(),
    companies=(),
    research_institutes=(),
    boundaries={"type": "FeatureCollection", "features": []},
)
