"""The form of the needs: from a brief to fields, and from typed fields back to a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _

from matcher.brief import FACETS, FUNCTIONS, Brief, Facet, Function, Need, with_worths
from web.language import plain_figure, read_figure

MAXIMUM_NEEDS = 60
"""The longest brief seen has 24 needs; chosen with room."""


@dataclass(frozen=True, slots=True)
class NeedFields:
    """One need as typed: strings as they stand in the fields."""

    id: str
    text: str
    facet: str
    worth: str
    is_must: bool
    is_avoided: bool
    minimum: str
    maximum: str
    unit: str
    assumption: str = ""

    @property
    def known_facet(self) -> Facet:
        """The facet as typed, or site when it is none of ours."""
        return next((facet for facet in FACETS if facet == self.facet), "site")


@dataclass(frozen=True, slots=True)
class NeedsForm:
    """All fields, the sentences beside wrong ones by field name, and the brief when all are right."""

    function: str
    needs: tuple[NeedFields, ...]
    errors: Mapping[str, str] = field(default_factory=dict)
    brief: Brief | None = None


def form_of(brief: Brief) -> NeedsForm:
    """Return the form that shows a brief."""
    return NeedsForm(
        brief.function,
        tuple(
            NeedFields(
                need.id,
                need.text,
                need.facet,
                plain_figure(need.worth_tenths / 10),
                need.is_must,
                need.is_avoided,
                plain_figure(need.minimum),
                plain_figure(need.maximum),
                need.unit or "",
                need.assumption or "",
            )
            for need in brief.needs
        ),
        brief=brief,
    )


def read_needs(typed: Mapping[str, str], brief: Brief) -> NeedsForm:
    """Read the typed fields; on a mistake the form keeps them and says what is wrong where."""
    removed = typed.get("remove", "")
    fields = tuple(
        _typed_fields(typed, need)
        for need in brief.needs
        if need.id != removed and f"{need.id}-text" in typed
    )
    errors: dict[str, str] = {}
    needs = [_read_need(item, need, errors) for item in fields for need in brief.needs if need.id == item.id]
    weights = [_read_worth(item, errors) for item in fields]
    if "add" in typed and len(needs) < MAXIMUM_NEEDS:
        needs.append(_new_need(brief))
        weights.append(sum(weights) / max(1, len(weights)) or 1.0)
    function = typed.get("function", brief.function)
    if function not in FUNCTIONS:
        errors["function"] = _("Choose what the investor wants to do here.")
    if not needs:
        errors["needs"] = _("A brief has at least one need; add one, or start again.")
    elif not errors and not any(weights):
        errors["needs"] = _("Give at least one need a worth above zero.")
    if errors:
        return NeedsForm(function, fields, errors)
    changed = replace(brief, needs=with_worths(needs, weights), function=_as_function(function, brief))
    return NeedsForm(function, fields, {}, changed)


def _typed_fields(typed: Mapping[str, str], need: Need) -> NeedFields:
    prefix = need.id
    return NeedFields(
        need.id,
        " ".join(typed.get(f"{prefix}-text", "").split()),
        typed.get(f"{prefix}-facet", need.facet),
        typed.get(f"{prefix}-worth", ""),
        f"{prefix}-must" in typed,
        f"{prefix}-avoided" in typed,
        typed.get(f"{prefix}-minimum", ""),
        typed.get(f"{prefix}-maximum", ""),
        typed.get(f"{prefix}-unit", "").strip(),
        "" if f"{prefix}-confirmed" in typed else need.assumption or "",
    )


def _read_need(item: NeedFields, need: Need, errors: dict[str, str]) -> Need:
    if not item.text or len(item.text) > 500:
        errors[f"{item.id}-text"] = _("Say in a few words what is needed (at most 500 characters).")
    if item.facet not in FACETS:
        errors[f"{item.id}-facet"] = _("Choose what this need is about.")
    minimum = _read_bound(item.minimum, f"{item.id}-minimum", errors)
    maximum = _read_bound(item.maximum, f"{item.id}-maximum", errors)
    if minimum is not None and maximum is not None and minimum > maximum:
        errors[f"{item.id}-maximum"] = _("The upper figure is below the lower one.")
    if (minimum is not None or maximum is not None) and not item.unit:
        errors[f"{item.id}-unit"] = _("Say in which unit, for example ha, m², MW or km.")
    has_figure_changed = (minimum, maximum) != (need.minimum, need.maximum)
    return replace(
        need,
        text=item.text,
        facet=_as_facet(item.facet, need),
        topics=need.topics if item.facet == need.facet else (),
        is_must=item.is_must,
        is_avoided=item.is_avoided,
        minimum=minimum,
        maximum=maximum,
        unit=item.unit or None,
        assumption=None if has_figure_changed else item.assumption or None,
        evidence_query=need.evidence_query if item.text == need.text else "",
    )


def _read_bound(text: str, name: str, errors: dict[str, str]) -> float | None:
    try:
        return read_figure(text)
    except ValueError:
        errors[name] = _("“%(text)s” is not a number.", text=text[:40])
        return None


def _read_worth(item: NeedFields, errors: dict[str, str]) -> float:
    try:
        worth = read_figure(item.worth)
    except ValueError:
        worth = None
    if worth is None or not 0 <= worth <= 1000:
        errors[f"{item.id}-worth"] = _("The worth is a number from 0 to 100.")
        return 0.0
    return worth


def _new_need(brief: Brief) -> Need:
    taken = {need.id for need in brief.needs}
    number = next(n for n in range(1, len(taken) + 2) if f"added{n}" not in taken)
    return Need(f"added{number}", _("New need"), None, "site", 0)


def _as_facet(name: str, need: Need) -> Facet:
    return next((facet for facet in FACETS if facet == name), need.facet)


def _as_function(name: str, brief: Brief) -> Function:
    return next((function for function in FUNCTIONS if function == name), brief.function)
