"""The brief as a whole: how close a location's statements come to all its needs together, in meaning."""

from __future__ import annotations

import numpy as np

from matcher.findings import Finding, status_codes
from matcher.strengths.question import Question
from matcher.strengths.statements import explain_where

N_CLOSEST = 3
"""Statements whose closeness is averaged: one alone is chance, many favour well documented towns. As for the
whole-brief baseline; checked on the graded briefs of the part fit and on real decisions."""


def find(question: Question) -> Finding:
    """Return the mean closeness of each location's closest statements; neighbours' do not count."""
    usable = np.where(question.usable, question.meaning, 0.0)
    strengths = question.facts.mean_of_strongest(usable, N_CLOSEST)
    return Finding(
        question.need, strengths, status_codes(strengths), usable, 0.0, explain_where(question.facts)
    )
