"""Cells that a spreadsheet would take for formulas, made harmless: the one rule for every file we write."""

from __future__ import annotations

import re

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*|-+|\+\d[\d ()/.-]*")


def neutralised(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: an apostrophe before = + - @.

    A number such as -3.5, a telephone number such as +49 201 123-45 and a lone dash stay as they are.
    """
    if text.startswith(_FORMULA_START) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
