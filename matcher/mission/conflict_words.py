"""Conflicts in words: one German and one English clause for each kind of rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from babel.dates import format_date

from matcher.mission.options import OptionMaker, Rule
from matcher.mission.records import WHOLE_DAY, Visit

Words = tuple[str, str]
"""The same in German and in English."""


class RuleWords:
    """Says a rule of one mission in both languages; `place_names` are municipalities by id."""

    def __init__(self, maker: OptionMaker, place_names: dict[str, str]) -> None:
        self.maker = maker
        self.place_names = place_names
        self._say: dict[str, Callable[[Rule], Words]] = {
            "must": self._must,
            "no": self._no,
            "visit": self._visit,
            "visit_member": self._visit_member,
            "visit_smallest": self._visit_smallest,
            "visit_largest": self._visit_largest,
            "fixed": self._fixed,
            "at_least_per_member": self._at_least_per_member,
            "at_least_per_municipality": self._at_least_per_municipality,
            "per_member": self._per_member,
            "per_member_per_day": self._per_member_per_day,
            "per_target": self._per_target,
            "per_target_per_day": self._per_target_per_day,
            "tables": self._tables,
            "interpreter": self._interpreter,
            "interpreter_per_day": self._interpreter_per_day,
            "meal": self._meal,
            "unavailable": self._unavailable,
            "opening": self._opening,
        }

    def say(self, rule: Rule) -> Words:
        """Return the rule as one clause in German and in English."""
        return self._say[rule.kind](rule)

    def sentence(self, rules: Iterable[Rule]) -> Words:
        """Return the rules as one sentence in each language."""
        said = [self.say(rule) for rule in rules]
        return (
            "Zusammen nicht erfüllbar: " + "; ".join(de for de, _ in said) + ".",
            "These cannot all hold: " + "; ".join(en for _, en in said) + ".",
        )

    def _name(self, who: str) -> str:
        if who in self.maker.member_by_id:
            return f"{self.maker.member_by_id[who].name} ({who})"
        if who in self.maker.target_by_id:
            return f"{self.maker.target_by_id[who].name} ({who})"
        return who

    def _day(self, iso: str) -> Words:
        day = next(day.date for day in self.maker.frame.days if day.date.isoformat() == iso)
        return (format_date(day, "d. MMMM", locale="de"), format_date(day, "d MMMM", locale="en"))

    def _pair(self, rule: Rule) -> tuple[str, str]:
        return self._name(rule.about[0]), self._name(rule.about[1])

    def _visited(self, rule: Rule) -> tuple[Visit, str]:
        visit = self.maker.frame.visits[int(rule.about[0])]
        return visit, self._name(visit.target_id)

    def _must(self, rule: Rule) -> Words:
        member, target = self._pair(rule)
        return f"{member} muss {target} treffen", f"{member} must meet {target}"

    def _no(self, rule: Rule) -> Words:
        member, target = self._pair(rule)
        return (
            f"{member} und {target} wollen sich nicht treffen",
            f"{member} and {target} do not want to meet",
        )

    def _visit(self, rule: Rule) -> Words:
        _, target = self._visited(rule)
        return f"die Gruppe besucht {target}", f"the group visits {target}"

    def _visit_member(self, rule: Rule) -> Words:
        _, target = self._visited(rule)
        member = self._name(rule.about[1])
        return f"{member} kommt zum Besuch bei {target} mit", f"{member} joins the visit to {target}"

    def _visit_smallest(self, rule: Rule) -> Words:
        visit, target = self._visited(rule)
        return (
            f"zum Besuch bei {target} kommen mindestens {visit.smallest}",
            f"at least {visit.smallest} join the visit to {target}",
        )

    def _visit_largest(self, rule: Rule) -> Words:
        visit, target = self._visited(rule)
        return (
            f"zum Besuch bei {target} kommen höchstens {visit.largest}",
            f"at most {visit.largest} join the visit to {target}",
        )

    def _fixed(self, rule: Rule) -> Words:
        fixed = self.maker.frame.fixed[int(rule.about[0])]
        member, target = self._name(fixed.member_id), self._name(fixed.target_id)
        de, en = self._day(fixed.date.isoformat())
        return (
            f"{member} trifft {target} am {de} um {fixed.start:%H:%M} Uhr (fest vereinbart)",
            f"{member} meets {target} on {en} at {fixed.start:%H:%M} (agreed)",
        )

    def _at_least_per_member(self, rule: Rule) -> Words:
        n, member = self.maker.frame.limits.at_least_per_member, self._name(rule.about[0])
        return f"{member} hat mindestens {_meetings_de(n)}", f"{member} has at least {_meetings_en(n)}"

    def _at_least_per_municipality(self, rule: Rule) -> Words:
        n = self.maker.frame.limits.at_least_per_municipality
        place = self.place_names.get(rule.about[0], rule.about[0])
        return f"{place} hat mindestens {_meetings_de(n)}", f"{place} has at least {_meetings_en(n)}"

    def _per_member(self, rule: Rule) -> Words:
        n, member = self.maker.frame.limits.per_member, self._name(rule.about[0])
        return f"{member} hat höchstens {_meetings_de(n)}", f"{member} has at most {_meetings_en(n)}"

    def _per_member_per_day(self, rule: Rule) -> Words:
        n, member = self.maker.frame.limits.per_member_per_day, self._name(rule.about[0])
        de, en = self._day(rule.about[2])
        return (
            f"{member} hat am {de} höchstens {_meetings_de(n)}",
            f"{member} has at most {_meetings_en(n)} on {en}",
        )

    def _per_target(self, rule: Rule) -> Words:
        n, target = self.maker.frame.most_of_host(rule.about[0])[0], self._name(rule.about[0])
        return f"{target} hat höchstens {_meetings_de(n)}", f"{target} has at most {_meetings_en(n)}"

    def _per_target_per_day(self, rule: Rule) -> Words:
        n, target = self.maker.frame.most_of_host(rule.about[0])[1], self._name(rule.about[0])
        de, en = self._day(rule.about[2])
        return (
            f"{target} hat am {de} höchstens {_meetings_de(n)}",
            f"{target} has at most {_meetings_en(n)} on {en}",
        )

    def _tables(self, rule: Rule) -> Words:
        venue = self.maker.venues[int(rule.about[0])]
        n = sum(room.tables for room in venue.rooms)
        return (
            f"{venue.place} in {venue.city} hat zu den Öffnungszeiten seiner Räume {_tables_de(n)}",
            f"{venue.place} in {venue.city} has {_tables_en(n)} while its rooms are open",
        )

    def _interpreter(self, rule: Rule) -> Words:
        name = rule.about[0]
        return (
            f"{name} kann nur bei einem Gespräch zugleich dolmetschen",
            f"{name} can interpret at one meeting at a time only",
        )

    def _interpreter_per_day(self, rule: Rule) -> Words:
        name = rule.about[0]
        n = next(person.per_day for person in self.maker.frame.interpreters if person.name == name)
        de, en = self._day(rule.about[2])
        return (
            f"{name} dolmetscht am {de} höchstens {n}-mal",
            f"{name} interprets at most {n} times on {en}",
        )

    def _meal(self, rule: Rule) -> Words:
        member, number, iso = rule.about
        meal = self.maker.frame.meals[int(number)]
        de, en = self._day(iso)
        return (
            f"{self._name(member)} hat am {de} zwischen {meal.hours} Uhr {meal.minutes} Minuten zum Essen",
            f"{self._name(member)} has {meal.minutes} minutes for a meal within {meal.hours} on {en}",
        )

    def _unavailable(self, rule: Rule) -> Words:
        who, iso = rule.about
        absences = [
            absence.hours
            for absence in self.maker.frame.unavailable
            if absence.who == who and absence.date.isoformat() == iso
        ]
        hours = "" if WHOLE_DAY in absences else f" ({', '.join(map(str, absences))})"
        de, en = self._day(iso)
        return (
            f"{self._name(who)} ist am {de} nicht verfügbar{hours}",
            f"{self._name(who)} is unavailable on {en}{hours}",
        )

    def _opening(self, rule: Rule) -> Words:
        target = rule.about[0]
        host = self.maker.frame.host_by_id.get(target)
        city = self.maker.mission.city_by_target_id[target]
        opening = next(day.opening for day in self.maker.frame.days if day.city == city)
        hours = host.opening if host and host.opening else opening
        return (
            f"{self._name(target)} empfängt nur {hours} Uhr",
            f"{self._name(target)} receives within {hours} only",
        )


def _meetings_de(n: int) -> str:
    return "ein Gespräch" if n == 1 else f"{n} Gespräche"


def _meetings_en(n: int) -> str:
    return "one meeting" if n == 1 else f"{n} meetings"


def _tables_de(n: int) -> str:
    return "einen Tisch" if n == 1 else f"{n} Tische"


def _tables_en(n: int) -> str:
    return "one table" if n == 1 else f"{n} tables"
