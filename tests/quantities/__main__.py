"""Prints how exactly quantities are read: python -m tests.quantities [-v]."""

from __future__ import annotations

import sys

from tests.quantities.generated import generated_phrases
from tests.quantities.scoring import phrases_by_hand, score


def main() -> None:
    """Print the rate on generated phrases and on those annotated by hand; with -v every miss."""
    for name, phrases in (("generated", generated_phrases()), ("by hand", phrases_by_hand())):
        result = score(phrases)
        print(
            f"{name}: {result.n_phrases} phrases, {result.n_exact} of {result.n_expected} quantities exact, "
            f"{result.n_extra} read that are not there: {result.rate:.1%}"
        )
        if "-v" in sys.argv:
            print("\n".join(result.misses))


if __name__ == "__main__":
    main()
