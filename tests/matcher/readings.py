"""How the reader understands a text about the Ruhr by its cues alone, without an encoder."""

from __future__ import annotations

from corpus.pack import RUHR, load_region
from matcher.brief import Brief, Need
from matcher.understand import understand
from tests.bench.understanding import NoEncoder

REGION = load_region(RUHR)


def read(text: str) -> Brief:
    return understand(text, REGION, NoEncoder())


def stated(text: str) -> list[Need]:
    """Return the needs that words of the text ask for, without those the reader adds itself."""
    return [need for need in read(text).needs if need.span is not None]
