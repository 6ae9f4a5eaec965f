"""How a dossier puts the values of a shortlist into words of one language, and what it has cited."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Evidence, Language
from matcher.brief import Need
from matcher.dossier.blocks import Cell
from matcher.dossier.conceal import Concealer
from matcher.dossier.phrases import phrase
from matcher.shortlist import Shortlist
from matcher.words import date_text, number_text, tenths_text, unit_text


class Voice:
    """Speaks one language about one shortlist, `shown` being the matches shown in detail."""

    def __init__(
        self, shortlist: Shortlist, language: Language, concealer: Concealer | None, top: int
    ) -> None:
        self.shortlist = shortlist
        self.language: Language = language
        self.concealer = concealer
        self.shown = shortlist.matches[:top]
        self.top = top
        self.cited: dict[str, None] = {}

    def say(self, key: str, **values: object) -> str:
        """Return a fixed sentence."""
        return phrase(key, self.language, **values)

    def points(self, tenths: int) -> Cell:
        """Make a cell of tenths of a point."""
        return Cell(tenths_text(tenths, self.language), tenths / 10, "points")

    def count(self, number: int) -> Cell:
        """Make a cell of a whole number."""
        return Cell(str(number), number)

    def statement(self, evidence: Evidence) -> str:
        """Return what a statement says, unless it names the investor."""
        text = evidence.text(self.language)
        hidden = self.concealer is not None and self.concealer.is_named_in(f"{text} {evidence.subject}")
        return self.say("withheld") if hidden else text

    def source(self, evidence: Evidence) -> str:
        """Name the sources of a statement, and remember them for the list at the end."""
        if self.statement(evidence) != evidence.text(self.language):
            return ""
        if not evidence.is_confirmed:
            return self.say("general_knowledge")
        sources = [
            self.shortlist.region.source_by_id[key]
            for key in evidence.source_ids
            if key in self.shortlist.region.source_by_id
        ]
        self.cited.update({source.id: None for source in sources})
        return "; ".join(source.title for source in sources)

    def as_of(self, evidence: Evidence) -> str:
        """Return the date a statement is true for."""
        return date_text(evidence.as_of, self.language) or self.say("undated")

    def names(self, names: Sequence[str]) -> str:
        """Join names: "A, B and C"."""
        return self.say("and").join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""

    def asked_figure(self, need: Need) -> str:
        """Say which figure a need asks for."""
        low, high = (
            None if value is None else number_text(value, self.language)
            for value in (need.minimum, need.maximum)
        )
        if low and high:
            text = low if low == high else self.say("between", low=low, high=high)
        elif low:
            text = self.say("at_least", n=low)
        elif high:
            text = self.say("at_most", n=high)
        else:
            return ""
        return f"{text} {unit_text(need.unit, self.language)}".strip()

    def kind(self, need: Need) -> str:
        """Say whether a need is a must or a wish, and whether it is turned round."""
        kinds = [self.say("must" if need.is_must else "wish")]
        return ", ".join(kinds + ([self.say("avoid")] if need.is_avoided else []))
