"""The chart of talent in a catchment: how many degree programmes each field has, by level."""

from __future__ import annotations

import altair as alt

from corpus.records import Language
from matcher.catchment import Catchment
from matcher.charts import ACCENT, SCORE_COLOURS
from matcher.words import FIELD_NAMES, in_language

LEVEL_NAMES = {
    "bachelor": ("Bachelor", "Bachelor"),
    "master": ("Master", "Master"),
    "phd_centre": ("Promotion", "Doctorate"),
}
"""Names of the levels, as (German, English)."""


def catchment_chart(catchment: Catchment, language: Language, *, font: str) -> alt.Chart:
    """Draw the fields as bars, most programmes first, each split by level."""
    rows = [
        {
            "field": field_name(field.name, language),
            "level": in_language(names, language),
            "order": order,
            "count": sum(programme.level == level for programme in field.programmes),
        }
        for field in catchment.fields
        for order, (level, names) in enumerate(LEVEL_NAMES.items())
    ]
    levels = [in_language(names, language) for names in LEVEL_NAMES.values()]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(height=12)
        .encode(
            y=alt.Y(
                "field:N", sort=None, axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=190)
            ),
            x=alt.X(
                "count:Q",
                axis=alt.Axis(
                    title=in_language(("Studiengänge", "Degree programmes"), language),
                    tickMinStep=1,
                    domain=False,
                ),
            ),
            color=alt.Color(
                "level:N",
                sort=levels,
                scale=alt.Scale(domain=levels, range=[ACCENT, SCORE_COLOURS[3], SCORE_COLOURS[1]]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("field:N", title=" "),
                alt.Tooltip("level:N", title=" "),
                alt.Tooltip("count:Q", title=" "),
            ],
        )
        .properties(width=480, height=alt.Step(20))
        .configure(font=font, background="transparent", padding=4)
        .configure_view(stroke=None)
    )
    return chart


def field_name(field: str, language: Language) -> str:
    """Return the name of a field of study, or its id where a pack has one of its own."""
    names = FIELD_NAMES.get(field)
    return in_language(names, language) if names else field.replace("_", " ")
