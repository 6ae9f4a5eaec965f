"""What changed between two versions of a brief, in sentences."""

from __future__ import annotations

from flask_babel import gettext as _

from matcher.brief import Brief, Need
from matcher.words import unit_text
from web import words
from web.language import current_language, figure, points


def changes(old: Brief, new: Brief) -> tuple[str, ...]:
    """Return a sentence for each change of function and needs, in the order of the new brief."""
    before = {need.id: need for need in old.needs}
    after = {need.id: need for need in new.needs}
    found = []
    if old.function != new.function:
        found.append(_("Purpose: now %(name)s", name=words.function(new.function)))
    for need in new.needs:
        if need.id not in before:
            found.append(_("Added: %(text)s", text=need.text))
        else:
            found.extend(_changes_of(before[need.id], need))
    found.extend(_("Removed: %(text)s", text=need.text) for need in old.needs if need.id not in after)
    if old.text != new.text:
        found.append(_("The text of the brief"))
    return tuple(found)


def _changes_of(old: Need, new: Need) -> list[str]:
    found = []
    if old.text != new.text:
        found.append(_("Reworded: %(old)s → %(new)s", old=old.text, new=new.text))
    if old.facet != new.facet:
        found.append(_("%(text)s: now about %(facet)s", text=new.text, facet=words.facet(new.facet)))
    if old.worth_tenths != new.worth_tenths:
        found.append(
            _(
                "%(text)s: worth %(old)s → %(new)s",
                text=new.text,
                old=points(old.worth_tenths),
                new=points(new.worth_tenths),
            )
        )
    if old.is_must != new.is_must:
        sentence = _("%(text)s: now a must") if new.is_must else _("%(text)s: now a wish")
        found.append(sentence % {"text": new.text})
    if old.is_avoided != new.is_avoided:
        sentence = _("%(text)s: now not wanted") if new.is_avoided else _("%(text)s: now wanted")
        found.append(sentence % {"text": new.text})
    if (old.minimum, old.maximum, old.unit) != (new.minimum, new.maximum, new.unit):
        found.append(
            _("%(text)s: figures %(old)s → %(new)s", text=new.text, old=_range(old), new=_range(new))
        )
    return found


def _range(need: Need) -> str:
    return f"{figure(need.minimum)}–{figure(need.maximum)} {unit_text(need.unit, current_language())}".strip()
