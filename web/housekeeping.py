"""What has had its time goes by itself: expired drafts, old lead files, plannings and counts of requests."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import cast

from flask import Flask

from web.rate_counts import SharedCounts
from web.security import limiter

LOGGER = logging.getLogger(__name__)
SECONDS = 600.0
"""How often to look: what is kept for hours goes at most ten minutes late."""


def tidy(app: Flask) -> None:
    """Remove what has expired."""
    app.extensions["drafts"].drop_old()
    app.extensions["lead_files"].purge()
    app.extensions["plannings"].purge()
    if app.extensions["settings"].rate_limits:
        cast(SharedCounts, limiter.storage).forget_old()


def keep_tidy(app: Flask, *, seconds: float = SECONDS) -> Event:
    """Remove what has expired, now and again and again; setting the event that is returned ends it."""
    ended = Event()

    def go_round() -> None:
        while True:
            try:
                tidy(app)
            except OSError as error:
                LOGGER.error("tidying failed: %s", error.strerror)
            if ended.wait(seconds):
                return

    Thread(target=go_round, name="housekeeping", daemon=True).start()
    return ended
