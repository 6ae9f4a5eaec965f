"""The papers of a mission as neutral blocks: briefing book, one plan a person, timetable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.records import Evidence
from matcher.dossier.blocks import Block, Bullets, Cell, Column, Dossier, Heading, KeyFacts, Paragraph, Table
from matcher.mission.fit import FitMaker
from matcher.mission.phrases import day_text
from matcher.mission.reasons import Reasons
from matcher.mission.records import Day, Meeting, Member, Plan
from matcher.mission.targets import Card


@dataclass(frozen=True)
class Papers:
    """Writes the papers of one plan in one language; nothing in them is added up or rounded anew."""

    plan: Plan
    cards: tuple[Card, ...]
    fits: FitMaker
    reasons: Reasons

    @cached_property
    def _card_by_id(self) -> dict[str, Card]:
        return {card.target.id: card for card in self.cards}

    def book(self) -> Dossier:
        """Return the briefing book for everybody."""
        say = self.reasons.say
        blocks: list[Block] = [Heading(1, say("overview")), self._key_facts(), *self._timetable_blocks()]
        blocks += [self._fairness(), *self._not_placed()]
        blocks.append(Heading(1, say("plans")))
        for member in self.reasons.mission.members:
            blocks += self._personal_plan(member)
        blocks.append(Heading(1, say("sheets")))
        for card in self.cards:
            meetings = [m for m in self.plan.meetings if m.target_id == card.target.id]
            if meetings:
                blocks += self._sheet(card, meetings)
        blocks += self._sources([card for card in self.cards if self._n_meetings(card.target.id)])
        return self._dossier(say("book"), blocks)

    def personal(self, member: Member) -> Dossier:
        """Return one person's plan with the sheets of that person's meetings."""
        say = self.reasons.say
        own = [meeting for meeting in self.plan.meetings if meeting.member_id == member.id]
        blocks: list[Block] = [Heading(1, say("timetable")), *self._personal_plan(member)]
        if own:
            blocks.append(Heading(1, say("sheets")))
        cards = [self._card_by_id[meeting.target_id] for meeting in own]
        for meeting, card in zip(own, cards, strict=True):
            blocks += self._sheet(card, [meeting])
        blocks += self._sources(cards)
        return self._dossier(say("personal", name=f"{member.name}, {member.organisation}"), blocks)

    def timetable(self) -> Dossier:
        """Return the timetable for Excel: all meetings, who is where when, hosts with their fallbacks."""
        return self._dossier(
            self.reasons.say("timetable"),
            [self._all_meetings(), self._matrix(), self._by_host(), self._fairness()],
        )

    def _dossier(self, subtitle: str, blocks: Sequence[Block]) -> Dossier:
        say, mission = self.reasons.say, self.reasons.mission
        region = self.reasons.region
        german = self.reasons.language == "de"
        days = [day_text(day, self.reasons.language) for day in mission.frame.days]
        return Dossier(
            language=self.reasons.language,
            title=mission.frame.title_de if german else mission.frame.title_en,
            subtitle=subtitle,
            author=say("author", region=region.name_de if german else region.name_en),
            cover_facts=(
                (say("days"), "; ".join(days)),
                (say("members"), str(len(mission.members))),
                (say("meetings"), str(len(self.plan.meetings))),
            ),
            notice=say("notice"),
            data_year=min(day.date for day in mission.frame.days).year,
            blocks=tuple(blocks),
        )

    def _n_meetings(self, target_id: str) -> int:
        return sum(meeting.target_id == target_id for meeting in self.plan.meetings)

    def _key_facts(self) -> KeyFacts:
        say, mission = self.reasons.say, self.reasons.mission
        n_hosts = len({meeting.target_id for meeting in self.plan.meetings})
        n_musts = len(mission.wishes("must"))
        return KeyFacts(
            (
                (say("meetings"), str(len(self.plan.meetings))),
                (say("hosts"), str(n_hosts)),
                (say("musts"), say("of", n=self.plan.n_musts_placed, total=n_musts)),
                (say("gap"), f"{self.reasons.points(round(self.plan.gap * 1000))} %"),
            )
        )

    def _clock(self, meeting: Meeting) -> str:
        return f"{meeting.start:%H:%M}–{meeting.end:%H:%M}"

    def _day(self, meeting: Meeting) -> Day:
        return next(day for day in self.reasons.mission.frame.days if day.date == meeting.start.date())

    def _room(self, meeting: Meeting) -> str:
        names = dict.fromkeys((meeting.room, meeting.place))
        text = ", ".join(names)
        return f"{text} ({self.reasons.say('visit')})" if meeting.is_visit else text

    def _timetable_blocks(self) -> Iterator[Block]:
        """One table a day, in time."""
        say = self.reasons.say
        columns = (
            Column(say("time"), width=1.1),
            Column(say("member"), width=2.6),
            Column(say("organisation"), "meta"),
            Column(say("host"), width=2.6),
            Column(say("room"), width=2.2),
            Column(say("interpreter"), "meta"),
        )
        for day in self.reasons.mission.frame.days:
            rows = tuple(
                (
                    Cell(self._clock(meeting)),
                    Cell(self.reasons.member(meeting.member_id).name),
                    Cell(self.reasons.member(meeting.member_id).organisation),
                    Cell(self._card_by_id[meeting.target_id].target.name),
                    Cell(self._room(meeting)),
                    Cell(f"{say('interpreter')}: {meeting.interpreter}" if meeting.interpreter else ""),
                )
                for meeting in self.plan.meetings
                if meeting.start.date() == day.date
            )
            title = day_text(day, self.reasons.language)
            yield Heading(2, title)
            if rows:
                yield Table(say("timetable"), f"{title} ({day.timezone})", columns, rows)
            else:
                yield Paragraph(say("no_meetings"))

    def _fairness(self) -> Table:
        say = self.reasons.say
        columns = (
            Column(say("municipality"), width=2.0),
            Column(say("members"), "number"),
            Column(say("meetings"), "number"),
            Column(say("even_share"), "number"),
        )
        rows = tuple(
            (
                Cell(self.reasons.region.location_by_id[share.location_id].name),
                Cell(str(share.n_members), share.n_members),
                Cell(str(share.n_meetings), share.n_meetings),
                Cell(self.reasons.points(round(share.even_share * 10)), round(share.even_share, 1), "points"),
            )
            for share in self.plan.shares
        )
        return Table(say("municipality"), say("fairness"), columns, rows)

    def _not_placed(self) -> Iterator[Block]:
        say, language = self.reasons.say, self.reasons.language
        if self.plan.unplaced_musts:
            columns = (Column(say("member")), Column(say("host")), Column(say("reason"), width=2.5))
            rows = tuple(
                (
                    Cell(self.reasons.member(must.member_id).name),
                    Cell(self._card_by_id[must.target_id].target.name),
                    Cell(must.reason[0 if language == "de" else 1]),
                )
                for must in self.plan.unplaced_musts
            )
            yield Table(say("musts"), say("not_placed"), columns, rows)

    def _personal_plan(self, member: Member) -> Iterator[Block]:
        say = self.reasons.say
        own = [meeting for meeting in self.plan.meetings if meeting.member_id == member.id]
        yield Heading(2, f"{member.name}, {member.organisation}")
        if not own:
            yield Paragraph(say("no_meetings"))
            return
        columns = (
            Column(say("date"), width=1.9),
            Column(say("time"), width=1.2),
            Column(say("zone"), "meta"),
            Column(say("host"), width=2.6),
            Column(say("room"), width=2.4),
            Column(say("interpreter"), "meta"),
        )
        rows = tuple(
            (
                Cell(day_text(self._day(meeting), self.reasons.language)),
                Cell(self._clock(meeting)),
                Cell(meeting.timezone),
                Cell(self._card_by_id[meeting.target_id].target.name),
                Cell(self._room(meeting)),
                Cell(f"{say('interpreter')}: {meeting.interpreter}" if meeting.interpreter else ""),
            )
            for meeting in own
        )
        yield Table(say("plans"), f"{member.name} · {member.role}", columns, rows)

    def _sheet(self, card: Card, meetings: Sequence[Meeting]) -> Iterator[Block]:
        """One host: who they are, each meeting with its reasons, locations that fit, open questions."""
        say, reasons = self.reasons.say, self.reasons
        yield Heading(2, card.target.name)
        yield Paragraph(reasons.who(card.target), "small")
        for meeting in meetings:
            member = reasons.member(meeting.member_id)
            fit = self.fits.pairs[meeting.member_id, meeting.target_id]
            when = f"{day_text(self._day(meeting), reasons.language)}, {self._clock(meeting)}"
            facts = (
                (say("who"), f"{member.name}, {member.organisation}, {reasons.municipality(member)}"),
                (say("time"), f"{when} · {self._room(meeting)}"),
                (
                    f"{say('matched')} ({say('points', points=reasons.points(meeting.fit_tenths))})",
                    "\n".join(reasons.parts(fit)),
                ),
                (say("offer"), self._our_offer(member, card)),
                (say("need"), reasons.likely_need(fit)),
                (say("question"), reasons.question(card.target, fit)),
            )
            columns = (Column(say("member"), width=1.0), Column(member.name, width=4.2))
            rows = tuple((Cell(label), Cell(text)) for label, text in facts)
            yield Table(say("sheets"), f"{member.name} – {card.target.name}", columns, rows)
        if card.locations:
            yield self._locations(card)
        yield Paragraph(f"{say('open')}:")
        yield Bullets(reasons.open_questions(card.target))

    def _our_offer(self, member: Member, card: Card) -> str:
        number = self.reasons.mission.targets.index(card.target)
        home = self.fits.home_evidence(member.location_id, number)
        offer = self.reasons.why_us(member)
        if home is None:
            return offer
        return f"{offer}\n{home.text(self.reasons.language)} ({self._dated(home)})"

    def _dated(self, evidence: Evidence) -> str:
        return f"{self.reasons.source(evidence)}, {self.reasons.say('as_of')} {self.reasons.as_of(evidence)}"

    def _locations(self, card: Card) -> Table:
        say = self.reasons.say
        columns = (
            Column(say("location"), width=1.0),
            Column(say("evidence"), width=4.2),
            Column(say("source"), "meta"),
            Column(say("as_of"), "meta"),
        )
        rows = tuple(
            (
                Cell(location.location.name),
                Cell(evidence.text(self.reasons.language)),
                Cell(self.reasons.source(evidence)),
                Cell(f"{say('as_of')} {self.reasons.as_of(evidence)}"),
            )
            for location in card.locations
            for evidence in location.evidence[:1]
        )
        return Table(say("locations"), say("locations"), columns, rows)

    def _sources(self, cards: Sequence[Card]) -> Iterator[Block]:
        """Every source that was cited, with its date."""
        say, region = self.reasons.say, self.reasons.region
        cited = sorted({key for card in cards for evidence in card.shown() for key in evidence.source_ids})
        yield Heading(1, say("sources"))
        columns = (Column(say("source"), width=4.0), Column(say("as_of"), width=1.0))
        rows = [
            (Cell(f"{source.title}, {source.publisher}"), Cell(source.date or say("undated")))
            for source in (region.source_by_id[key] for key in cited)
        ]
        rows.append((Cell(say("from_file")), Cell(say("undated"))))
        yield Table(say("source"), say("sources"), columns, tuple(rows))

    def _all_meetings(self) -> Table:
        say = self.reasons.say
        names = ("date", "time", "zone", "city", "room", "member", "organisation", "municipality", "host")
        columns = (
            *(Column(say(name)) for name in names),
            Column(say("interpreter")),
            Column(say("fit"), "number"),
        )
        rows = []
        for meeting in self.plan.meetings:
            member = self.reasons.member(meeting.member_id)
            texts = (
                meeting.start.date().isoformat(),
                self._clock(meeting),
                meeting.timezone,
                meeting.city,
                self._room(meeting),
                member.name,
                member.organisation,
                self.reasons.municipality(member),
                self._card_by_id[meeting.target_id].target.name,
                meeting.interpreter,
            )
            fit = Cell(self.reasons.points(meeting.fit_tenths), meeting.fit_tenths / 10, "points")
            rows.append((*(Cell(text) for text in texts), fit))
        return Table(say("timetable"), say("timetable"), columns, tuple(rows))

    def _matrix(self) -> Table:
        """Rows are slots, columns the members: who is where when."""
        say, mission = self.reasons.say, self.reasons.mission
        columns = (
            Column(say("date")),
            Column(say("time")),
            *(Column(f"{member.id} {member.name}") for member in mission.members),
        )
        rows = []
        for period in mission.frame.periods:
            cells = [Cell(f"{period.day.date.isoformat()} {period.day.city}"), Cell(str(period.hours))]
            for member in mission.members:
                now = [
                    self._card_by_id[meeting.target_id].target.name
                    for meeting in self.plan.meetings
                    if meeting.member_id == member.id
                    and meeting.start < period.end
                    and period.start < meeting.end
                ]
                cells.append(Cell(now[0] if now else ""))
            rows.append(tuple(cells))
        return Table(say("matrix"), say("matrix"), columns, tuple(rows))

    def _by_host(self) -> Table:
        say = self.reasons.say
        columns = (
            Column(say("host")),
            Column(say("date")),
            Column(say("time")),
            Column(say("room")),
            Column(say("member")),
            Column(say("fallback")),
        )
        rows = tuple(
            (
                Cell(card.target.name),
                Cell(meeting.start.date().isoformat()),
                Cell(self._clock(meeting)),
                Cell(self._room(meeting)),
                Cell(self.reasons.member(meeting.member_id).name),
                Cell(self._fallback(meeting)),
            )
            for card in self.cards
            for meeting in self.plan.meetings
            if meeting.target_id == card.target.id
        )
        return Table(say("by_host"), say("by_host"), columns, rows)

    def _fallback(self, meeting: Meeting) -> str:
        found = self.plan.fallbacks.get((meeting.member_id, meeting.target_id))
        return self._card_by_id[found].target.name if found else ""
