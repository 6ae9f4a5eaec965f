"""The one error of the decisions layer, for input that a person can correct; and work that was asked to stop."""

from __future__ import annotations


class MatcherError(Exception):
    """One clear sentence: the input, where in it, what is wrong, what to do.

    `str()` gives it in English, as the command line prints it; `said` holds it as (German, English) for
    pages. A sentence that only a command line or a log can show may leave the German out.
    """

    def __init__(self, sentence: str, *, de: str | None = None) -> None:
        super().__init__(sentence)
        self.said: tuple[str, str] = (sentence if de is None else de, sentence)


class Stopped(MatcherError):
    """Long work was asked to stop; what is done so far is kept where the work keeps it."""
