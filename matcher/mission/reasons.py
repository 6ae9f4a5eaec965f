"""The reasons for a meeting in words: why them, why us, what they may need, what to ask first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.records import Evidence, Language, Region
from matcher.mission.fit import FitPart, PairFit, field_of
from matcher.mission.phrases import say
from matcher.mission.records import Member, Mission, Target
from matcher.mission.targets import Card
from matcher.words import tenths_text


@dataclass(frozen=True)
class Reasons:
    """Speaks one language about the meetings of one mission."""

    mission: Mission
    region: Region
    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return a fixed sentence."""
        return say(key, self.language, **values)

    def member(self, member_id: str) -> Member:
        """Return a member of the delegation."""
        return next(member for member in self.mission.members if member.id == member_id)

    def municipality(self, member: Member) -> str:
        """Name a member's municipality."""
        return self.region.location_by_id[member.location_id].name

    def theme(self, theme_id: str | None) -> str:
        """Name a theme; empty for none."""
        return self.region.theme_by_id[theme_id].name(self.language) if theme_id else ""

    def points(self, tenths: int) -> str:
        """Write tenths as points."""
        return tenths_text(tenths, self.language)

    def quoted(self, sentence: str, most: int = 220) -> str:
        """Quote the target, shortened at a word."""
        text = sentence if len(sentence) <= most else sentence[:most].rsplit(" ", 1)[0] + " …"
        return self.say("their_words", sentence=text)

    def parts(self, fit: PairFit) -> tuple[str, ...]:
        """Say why the two were matched: each part that earned points, with the target's own words."""
        told = tuple(self._part(part) for part in fit.parts if part.tenths)
        return told or (self.say("nothing_matched"),)

    def _part(self, part: FitPart) -> str:
        return self.say(
            f"{part.kind}_match",
            theme=self.theme(part.theme),
            points=self.points(part.tenths),
            words=self.quoted(part.sentence),
        )

    def why_them(self, fit: PairFit) -> str:
        """Say what the target has that the member's organisation seeks."""
        member, part = self.member(fit.member_id), fit.part("seek")
        if not part.tenths:
            part = fit.part("theme")
        words = self.quoted(part.sentence) if part.tenths else self.say("nothing_near")
        return self.say(
            "why_them_list", organisation=member.organisation, seeks=member.seeks.rstrip("."), words=words
        )

    def why_us(self, member: Member) -> str:
        """Say what the member's organisation offers."""
        return self.say(
            "why_us_list",
            organisation=member.organisation,
            municipality=self.municipality(member),
            offers=member.offers.rstrip("."),
        )

    def likely_need(self, fit: PairFit) -> str:
        """Say what the target may need, as the assumption it is."""
        part = fit.part("offer")
        return (
            self.say("likely_need", words=self.quoted(part.sentence))
            if part.tenths
            else self.say("need_unknown")
        )

    def question(self, target: Target, fit: PairFit) -> str:
        """Propose how to open the conversation."""
        part = fit.part("offer")
        theme = self.theme(fit.part("theme").theme)
        if target.kind == "institution":
            return self.say("question_institution", field=theme or field_of(target))
        if part.tenths:
            return self.say("question_company", words=self.quoted(part.sentence, 160))
        return self.say("question_plain")

    def open_questions(self, target: Target) -> tuple[str, ...]:
        """List what the files do not say about a target."""
        asked: list[tuple[bool, str]] = [
            (target.kind == "company" and not target.employees, "open_size"),
            (target.kind == "company", "open_europe"),
            (target.kind == "institution", "open_fields"),
            (not target.website, "open_website"),
            (bool(target.description), "open_dated"),
        ]
        return tuple(self.say(key) for is_open, key in asked if is_open)

    def who(self, target: Target) -> str:
        """Say what a target is: kind, industry, size, town and website."""
        town = ", ".join(filter(None, (target.city, target.state, target.country)))
        size = self.say("employees", n=target.employees) if target.employees else ""
        known = (self.say(target.kind), target.industry or target.sector, size, town, target.website)
        return " · ".join(filter(None, known))

    def source(self, evidence: Evidence) -> str:
        """Name the sources of a statement."""
        titles = [self.region.source_by_id[key].title for key in evidence.source_ids]
        return "; ".join(titles)

    def as_of(self, evidence: Evidence) -> str:
        """Say for which date a statement holds, and whether it was confirmed."""
        date = evidence.as_of or self.say("undated")
        return date if evidence.is_confirmed else f"{date}, {self.say('unconfirmed')}"


TARGET_COLUMNS = (
    "rank",
    "target_id",
    "name",
    "kind",
    "city",
    "country",
    "website",
    "met_in",
    "theme",
    "score_tenths",
    "lead_score",
    "member_1",
    "member_2",
    "member_3",
    "fit_tenths_1",
    "fit_tenths_2",
    "fit_tenths_3",
    "why_them",
    "why_us",
    "opening_question",
    "location_1",
    "location_2",
    "location_3",
    "evidence_1",
    "evidence_2",
    "evidence_3",
    "source_1",
    "source_2",
    "source_3",
    "as_of_1",
    "as_of_2",
    "as_of_3",
    "n_meetings",
)


def target_rows(
    cards: tuple[Card, ...], reasons: Reasons, n_meetings: Callable[[str], int]
) -> list[tuple[object, ...]]:
    """Return the rows of targets.csv, one a target, in the order of the list."""
    rows: list[tuple[object, ...]] = []
    for card in cards:
        best = card.fits[0] if card.fits else None
        members = [fit.member_id for fit in card.fits]
        shown = card.shown()
        rows.append(
            (
                card.rank,
                card.target.id,
                card.target.name,
                card.target.kind,
                card.target.city,
                card.target.country,
                card.target.website,
                card.city or "",
                reasons.theme(card.theme),
                card.score_tenths,
                "" if card.lead_tenths is None else f"{card.lead_tenths / 10:g}",
                *_three(members),
                *_three([fit.tenths for fit in card.fits]),
                reasons.why_them(best) if best else "",
                reasons.why_us(reasons.member(best.member_id)) if best else "",
                reasons.question(card.target, best) if best else "",
                *_three([location.location.name for location in card.locations]),
                *_three([evidence.text(reasons.language) for evidence in shown]),
                *_three([reasons.source(evidence) for evidence in shown]),
                *_three([reasons.as_of(evidence) for evidence in shown]),
                n_meetings(card.target.id),
            )
        )
    return rows


def _three(values: list[str] | list[int]) -> list[object]:
    return [*values, "", "", ""][:3]
