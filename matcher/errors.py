"""The one error of the decisions layer, for input that a person can correct."""

from __future__ import annotations


class MatcherError(Exception):
    """One clear sentence: the input, where in it, what is wrong, what to do."""
