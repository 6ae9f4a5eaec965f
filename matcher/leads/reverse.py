"""The other way round: for one location, the companies of a file that fit it best."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.leads.backends import chunked
from matcher.leads.columns import map_columns
from matcher.leads.lead import Lead, lead_of
from matcher.leads.scored import LeadScore, LocationFit
from matcher.leads.scoring import LeadScorer
from matcher.leads.tables import open_table

BATCH_ROWS = 512


@dataclass(frozen=True, slots=True)
class LocationLead:
    """A lead as one location sees it: the lead's score and the location's points for it."""

    lead: Lead
    score: LeadScore
    location: LocationFit

    @property
    def fit_tenths(self) -> int:
        """The lead's score times the location's share of its points, in tenths.

        For one lead this orders the locations as `location_1..3` do; for one location it orders leads.
        """
        return round(self.score.score_tenths * self.location.points_tenths / 1000)


def fit_by_location(
    scorer: LeadScorer, leads: Iterable[Lead], location_id: str, language: Language, *, top: int = 50
) -> list[LocationLead]:
    """Return the leads that fit a location best, best first, equal ones in the file's order.

    Parameters
    ----------
    scorer : LeadScorer
        The scorer whose forward scores these are.
    leads : iterable of Lead
        Read one batch at a time; only the best are kept.
    location_id : str
        A location of the scorer's region.
    language : "de" or "en"
        Of the reasons.
    top : int
        How many to return.

    Raises
    ------
    MatcherError
        If the region has no such location.
    """
    locations = scorer.region.locations
    at = next((i for i, location in enumerate(locations) if location.id == location_id), None)
    if at is None:
        raise MatcherError(f"The region has no location {location_id!r}.")
    best: list[tuple[int, int, LocationLead]] = []
    for batch in chunked((lead for lead in leads if lead.is_scored), BATCH_ROWS):
        tenths = scorer.location_tenths(batch)[:, at]
        for lead, score, own in zip(batch, scorer.score(batch, language), tenths, strict=True):
            if score is None:
                continue
            points = LocationFit(location_id, locations[at].name, tuple(int(value) for value in own))
            found = LocationLead(lead, score, points)
            entry = (found.fit_tenths, -lead.number, found)
            if len(best) < top:
                heapq.heappush(best, entry)
            elif entry[:2] > best[0][:2]:
                heapq.heapreplace(best, entry)
    return [found for *_, found in sorted(best, key=lambda entry: (-entry[0], -entry[1]))]


def leads_of_file(path: Path, columns: str | None = None) -> Iterable[Lead]:
    """Yield the leads of a file, for `fit_by_location`."""
    table = open_table(path)
    mapped = map_columns(table.columns, columns, path.name)
    return (lead_of(row, mapped) for row in table.read_rows())
