"""A need whose wording a reader changed, read again: what it is about follows the new words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from matcher.brief import Brief, Need


def reread(old: Need | None, new: Need, understand: Callable[[str], Brief]) -> Need:
    """Return `new` with what its changed wording says, where the reader has not said it in a field.

    Parameters
    ----------
    old : Need or None
        The need before the reader's change; None for one that was just added.
    new : Need
        The need as the reader left it. Facet and figures that she changed are kept.
    understand : callable
        Reads a text into a brief.
    """
    if old is None or old.text == new.text:
        return new
    stated = [need for need in understand(new.text).needs if need.span is not None]
    is_facet_chosen = new.facet != old.facet
    fitting = [need for need in stated if need.facet == new.facet]
    was_about_something = bool(old.topics) and bool(fitting)
    found = next(iter(fitting if is_facet_chosen or was_about_something else stated), None)
    if found is None:
        return new
    are_figures_chosen = (new.minimum, new.maximum, new.unit) != (old.minimum, old.maximum, old.unit)
    reread_need = replace(
        new,
        facet=found.facet,
        topics=found.topics,
        themes=found.themes,
        place=found.place,
        level=found.level,
        codes=found.codes,
        evidence_query=found.evidence_query if found.evidence_query != found.text else "",
    )
    if are_figures_chosen:
        return reread_need
    return replace(
        reread_need,
        minimum=found.minimum,
        maximum=found.maximum,
        unit=found.unit,
        assumption=found.assumption,
    )
