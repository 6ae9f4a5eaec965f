"""The one error of the facts layer."""

from __future__ import annotations

from collections.abc import Sequence


class CorpusError(Exception):
    """A region pack that cannot be used; `problems` holds one sentence for each fault found."""

    def __init__(self, problems: str | Sequence[str]) -> None:
        self.problems: tuple[str, ...] = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))
