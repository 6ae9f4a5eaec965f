"""The one error of the fitted layer."""

from __future__ import annotations


class ModelError(Exception):
    """An encoder, index or artefact that is missing, damaged or stale; the sentence says what to do."""
