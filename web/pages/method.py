"""The method page: how the score works, what it rests on, how good it is and where it is weak, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import LazyString, lazy_gettext

from matcher.brief import FACETS, FUNCTIONS, Facet
from matcher.worths import facet_weight
from models.choice import load_held_out
from web.access import for_readers
from web.blueprints import NavigationEntry
from web.matching import matching

blueprint = Blueprint("method", __name__)
NAVIGATION = NavigationEntry("method.show", lazy_gettext("Method"), is_for_readers=True)
MEASURES: tuple[tuple[str, LazyString], ...] = (
    ("hit@5 de", lazy_gettext("The location that was chosen is among the first five (German briefs)")),
    ("hit@5 en", lazy_gettext("The same with English briefs")),
    (
        "size AUC de",
        lazy_gettext("The chosen location stands before another one of its size (50 % is chance)"),
    ),
    ("graded nDCG@5", lazy_gettext("Agreement of the first five with the grades of readers (nDCG@5)")),
    ("graded >=2 in top 3", lazy_gettext("Share of the first three that readers found suitable")),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured figure in words, with the ends of its 95 % interval; all are in [0, 1]."""

    words: LazyString
    value: float
    low: float
    high: float


def measures() -> tuple[Measure, ...]:
    """Return what was measured on cases kept out of the fit."""
    held_out = load_held_out()
    return tuple(Measure(words, *held_out[name]) for name, words in MEASURES if name in held_out)


def worths() -> list[tuple[Facet, list[float]]]:
    """Return the learned worth of each facet for each function."""
    return [(facet, [facet_weight(function, facet) for function in FUNCTIONS]) for facet in FACETS]


@blueprint.get("/method")
@for_readers
def show() -> str:
    """Explain the method with the figures of the region in use."""
    region = matching().region
    return render_template(
        "method.html",
        region=region,
        n_unconfirmed=sum(not one.is_confirmed for one in region.evidence),
        measures=measures(),
        worths=worths(),
    )
