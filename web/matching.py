"""The matcher as the pages use it: what they call, and a small memory of recent shortlists."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Protocol, cast

from flask import current_app

from corpus.records import Region
from matcher.brief import Brief
from matcher.shortlist import Shortlist
from models.encoder import Encoder


class Matcher(Protocol):
    """What the pages need of `matcher.engine.Matcher`."""

    @property
    def region(self) -> Region:
        """The region whose locations are ranked."""

    @property
    def encoder(self) -> Encoder:
        """What compares questions with statements."""

    def understand(self, text: str, *, brief_id: str = "brief") -> Brief:
        """Split a brief's text into needs."""

    def match(self, brief: Brief, *, exclude: str | None = None) -> Shortlist:
        """Rank the locations."""

    def with_stability(self, shortlist: Shortlist) -> Shortlist:
        """Add how each match fares when the worths are drawn anew."""

    def with_joint_bids(self, shortlist: Shortlist) -> Shortlist:
        """Add joint bids."""

    def rerank(self, shortlist: Shortlist, worths: Mapping[str, float]) -> Shortlist:
        """Rank again with other worths, without searching again."""


CAPACITY = 200
"""Shortlists kept, two a brief: enough for a hundred open briefs, some 200 kB each."""


class Matching:
    """Answers with shortlists, keeping the last few in memory: a page and its parts ask again and again."""

    def __init__(self, matcher: Matcher, *, capacity: int = CAPACITY) -> None:
        self.matcher = matcher
        self._capacity = capacity
        self._recent: OrderedDict[tuple[str, Brief], Shortlist] = OrderedDict()
        self._lock = Lock()

    @property
    def region(self) -> Region:
        """The region whose locations are ranked."""
        return self.matcher.region

    def ranked(self, brief: Brief) -> Shortlist:
        """Return the ranked locations of a brief."""
        return self._remembered(("ranked", brief), lambda: self.matcher.match(brief))

    def full(self, brief: Brief) -> Shortlist:
        """Return the shortlist of a brief with stability and joint bids."""
        return self._remembered(
            ("full", brief),
            lambda: self.matcher.with_joint_bids(self.matcher.with_stability(self.ranked(brief))),
        )

    def reweighted(self, brief: Brief, worths: Mapping[str, float]) -> Shortlist:
        """Return the shortlist of a brief under other worths, without stability and joint bids."""
        shortlist = self.matcher.rerank(self.ranked(brief), worths)
        return self._remembered(("ranked", shortlist.brief), lambda: shortlist)

    def _remembered(self, key: tuple[str, Brief], make: Callable[[], Shortlist]) -> Shortlist:
        with self._lock:
            found = self._recent.get(key)
            if found is not None:
                self._recent.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._recent[key] = made
            while len(self._recent) > self._capacity:
                self._recent.popitem(last=False)
        return made


def matching() -> Matching:
    """Return the matching of the running application."""
    return cast(Matching, current_app.extensions["matching"])
