"""The method page: how the score works, what it rests on, how good it is and where it is weak, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import LazyString, lazy_gettext

from matcher.brief import FACETS, FUNCTIONS, Facet
from matcher.worths import facet_weight, prior_weight, topic_factors
from models.measured import reports
from web.access import for_readers
from web.blueprints import NavigationEntry
from web.matching import matching

blueprint = Blueprint("method", __name__)
NAVIGATION = NavigationEntry("method.show", lazy_gettext("Method"), is_for_readers=True)
MEASURES: Mapping[str, LazyString] = {
    "hit@5 de": lazy_gettext("The location that was chosen is among the first five (German briefs)"),
    "hit@5 en": lazy_gettext("The same with English briefs"),
    "size AUC de": lazy_gettext(
        "The chosen location stands before another one of its size, German briefs (50% is chance)"
    ),
    "size AUC en": lazy_gettext("The same with English briefs"),
    "graded nDCG@5": lazy_gettext("Agreement of the first five with the grades of readers (nDCG@5)"),
    "graded >=2 in top 3": lazy_gettext("Share of the first three that readers found suitable"),
    "strength AUC": lazy_gettext(
        "A statement that meets a need is given a higher strength than one that does not (50% is chance)"
    ),
    "function accuracy": lazy_gettext("The function of a brief is recognised, one of seven"),
    "theme accuracy": lazy_gettext("The theme of a brief is recognised"),
}
"""Measured figures in words."""
ARTEFACTS: Mapping[str, tuple[LazyString, LazyString]] = {
    "worths": (lazy_gettext("The learned worths"), lazy_gettext("with the worths chosen before learning")),
    "strengths": (
        lazy_gettext("How well a statement meets a need"),
        lazy_gettext("by similarity of the words’ meaning alone"),
    ),
    "recognition": (lazy_gettext("What a brief is about"), lazy_gettext("by counting words (TF-IDF)")),
}
"""What was measured, and what it is compared with."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a facet is worth to a function at first: as learned, and as chosen before learning."""

    learned: float
    chosen: float


def worths() -> list[tuple[Facet, list[Worth]]]:
    """Return the worths of each facet, function by function."""
    return [
        (
            facet,
            [Worth(facet_weight(function, facet), prior_weight(function, facet)) for function in FUNCTIONS],
        )
        for facet in FACETS
    ]


@blueprint.get("/method")
@for_readers
def show() -> str:
    """Explain the method with the figures of the region in use."""
    region = matching().region
    return render_template(
        "method.html",
        region=region,
        n_unconfirmed=sum(not one.is_confirmed for one in region.evidence),
        reports=reports(matching().matcher.encoder.fingerprint),
        measures=MEASURES,
        artefacts=ARTEFACTS,
        worths=worths(),
        topic_factors=topic_factors(),
    )
