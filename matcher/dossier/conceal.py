"""Keeping the investor's name out of a document: every spelling of it becomes the code name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleanco import basename

from matcher.errors import MatcherError

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_N_LETTERS_TO_MATCH_INSIDE = 5
"""Names shorter than this are only found at the start of a word: "SAP" must not be found in "Wasserspaß"."""


class Concealer:
    """Replaces an investor's names by a code name, in any case, spacing and umlaut spelling.

    Parameters
    ----------
    code_name : str
        What readers see instead, e.g. "Projekt Falke".
    hidden_names : sequence of str
        Names of the investor. The part without the legal form is hidden too.

    Raises
    ------
    MatcherError
        If the code name holds one of the names it should hide.
    """

    def __init__(self, code_name: str, hidden_names: Sequence[str]) -> None:
        self.code_name = code_name
        names = {" ".join(name.split()) for name in hidden_names}
        names |= {basename(name) for name in names}
        names |= {name.lower().translate(_UMLAUTS) for name in names}
        patterns = [_pattern(name) for name in sorted(names, key=lambda name: (-len(name), name)) if name]
        self._names = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
        if self.is_named_in(code_name):
            raise MatcherError(
                f"code name {code_name!r} contains the name it should hide; choose another code name.",
                de=f"Der Deckname „{code_name}“ enthält den Namen, den er verbergen soll; bitte einen anderen wählen.",
            )

    def is_named_in(self, text: str) -> bool:
        """Whether `text` holds one of the hidden names."""
        return self._names is not None and self._names.search(text) is not None

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where in `text` the hidden names stand, as half-open ranges in order."""
        return () if self._names is None else tuple(found.span() for found in self._names.finditer(text))

    def __call__(self, text: str) -> str:
        """Return `text` with every hidden name replaced by the code name."""
        return text if self._names is None else self._names.sub(lambda _: self.code_name, text)


def _pattern(name: str) -> str:
    """Match a name's words with any separators between them, as in addresses and web domains."""
    words = [re.escape(word) for word in re.split(r"[\s\-_.,&+/]+", name) if word]
    joined = r"[\s\-_.,&+/\u00a0\u00ad]*".join(words)
    if sum(map(str.isalnum, name)) >= _N_LETTERS_TO_MATCH_INSIDE:
        return joined
    return rf"(?<!\w){joined}(?![^\W\d_]{{2,}})"
