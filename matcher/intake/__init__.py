"""Reads the text of a brief from any file people send: text, Markdown, HTML, e-mail, PDF, Word."""

from __future__ import annotations

from matcher.intake.reading import read_bytes, read_document, read_stdin

__all__ = ["read_bytes", "read_document", "read_stdin"]
