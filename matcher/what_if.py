"""What if: where a location would stand if it met some needs in full."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from matcher.errors import MatcherError
from matcher.shortlist import Contribution, Match, Shortlist


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A location as it is, `before`, and as it would be, `after`, with its rank there.

    `after.rank` is 0 while a must stays unmet: then the location stays set aside.
    """

    before: Match
    after: Match

    @property
    def gain_tenths(self) -> int:
        """Tenths that the change would bring."""
        return self.after.score_tenths - self.before.score_tenths


def what_if(shortlist: Shortlist, location_id: str, need_ids: Collection[str]) -> WhatIf:
    """Return a location with the needs `need_ids` met in full, ranked among the others as they are.

    Raises
    ------
    MatcherError
        If the location is not in the shortlist.
    """
    before = shortlist.match_by_location_id.get(location_id)
    if before is None:
        raise MatcherError(f"{location_id!r} is not in this result: give the id of a location of the region.")
    after = replace(
        before,
        contributions=tuple(_met(c) if c.need.id in need_ids else c for c in before.contributions),
        stability=None,
    )
    ahead = [
        match
        for match in shortlist.matches
        if match.location.id != location_id
        and (-match.score_tenths, match.location.id) < (-after.score_tenths, location_id)
    ]
    return WhatIf(before, replace(after, rank=0 if after.unmet_musts else len(ahead) + 1))


def _met(contribution: Contribution) -> Contribution:
    return replace(contribution, status="met", strength=1.0)
