"""The two pictures of a result, a map of the region and the score bars, as Altair charts and as SVG."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from corpus.records import Language
from matcher.shortlist import Shortlist
from matcher.words import in_language, tenths_text

ACCENT = "#0b5563"
"""The one accent colour: 7.9 to 1 on white."""
SCORE_COLOURS = ["#e3eff1", "#b3d3d9", "#7fb2bc", "#448a98", "#0b5563"]
"""One hue from light to dark: readable in any colour vision and in grey."""
SET_ASIDE_COLOUR = "#d9d5cf"
SERIF = "Libertinus Serif, Georgia, serif"
"""The typeface of the documents; typst carries it."""

Chart = alt.LayerChart | alt.FacetChart


def map_chart(shortlist: Shortlist, language: Language, *, top: int = 10, font: str = SERIF) -> Chart:
    """Draw the region's boundaries shaded by score, the best `top` locations marked with their rank."""
    ranks = {match.location.id: match.rank for match in shortlist.matches[:top]}
    ranked_ids = {match.location.id for match in shortlist.matches}
    features = []
    for feature in shortlist.region.boundaries["features"]:
        location_id = feature["properties"]["id"]
        match = shortlist.match_by_location_id.get(location_id)
        features.append(
            {
                "type": "Feature",
                "geometry": _wound_for_d3(feature["geometry"]),
                "name": shortlist.region.location_by_id[location_id].name,
                "points": match.score if match and location_id in ranked_ids else None,
            }
        )
    ranked = [feature for feature in features if feature["points"] is not None]
    marks: list[dict[str, Any]] = [
        {
            "latitude": match.location.latitude,
            "longitude": match.location.longitude,
            "rank": str(match.rank),
            "name": match.location.name,
        }
        for match in shortlist.matches
        if match.location.id in ranks
    ]
    ground = alt.Chart(alt.NamedData("ground")).mark_geoshape(
        fill=SET_ASIDE_COLOUR, stroke="white", strokeWidth=0.7
    )
    shapes = (
        alt.Chart(alt.NamedData("ranked"))
        .mark_geoshape(stroke="white", strokeWidth=0.7)
        .encode(
            color=alt.Color(
                "points:Q",
                scale=alt.Scale(range=SCORE_COLOURS),
                legend=alt.Legend(
                    title=in_language(("Punkte", "Points"), language),
                    orient="bottom",
                    gradientLength=140,
                    tickCount=3,
                ),
            ),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("points:Q", title=" ", format=".1f")],
        )
    )
    points = alt.Chart(alt.NamedData("marks")).encode(longitude="longitude:Q", latitude="latitude:Q")
    discs = points.mark_circle(size=190, color="white", opacity=1, stroke=ACCENT, strokeWidth=1.2)
    numbers = points.mark_text(fontSize=10, fontWeight="bold", color=ACCENT, dy=0.5).encode(text="rank:N")
    layers = alt.layer(ground, shapes, discs, numbers).properties(width=560, height=400)
    dressed = _dressed(layers.project("mercator"), font)
    # Altair copies a chart at every step; with the boundaries put in last, none of that copies them.
    tables: tuple[list[dict[str, Any]], ...] = (features, ranked, marks, marks)
    for layer, values in zip(dressed.layer, tables, strict=True):
        layer.data = alt.InlineData(values=values)
    return dressed


def bars_chart(shortlist: Shortlist, language: Language, *, top: int = 10, font: str = SERIF) -> Chart:
    """Draw the scores of the best `top` locations as bars, with the range under other worths as a line."""
    rows = [
        {
            "name": f"{match.rank}  {match.location.name}",
            "points": match.score,
            "text": tenths_text(match.score_tenths, language),
            "low": match.stability.low_tenths / 10 if match.stability else None,
            "high": match.stability.high_tenths / 10 if match.stability else None,
        }
        for match in shortlist.matches[:top]
    ]
    axis = alt.Axis(title=None, domain=False, ticks=False, labelPadding=8, labelLimit=220)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("name:N", sort=None, axis=axis))
    scale = alt.Scale(domain=[0, 100])
    points_axis = alt.Axis(
        title=in_language(("Punkte von 100", "Points out of 100"), language),
        values=[0, 25, 50, 75, 100],
        domain=False,
        ticks=False,
        gridColor="#e6e3de",
    )
    bars = base.mark_bar(color=ACCENT, height=13).encode(
        x=alt.X("points:Q", scale=scale, axis=points_axis),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    layers: list[alt.Chart] = [bars]
    if any(row["low"] is not None for row in rows):
        ranges = base.mark_rule(color="#9a948b", strokeWidth=2).encode(
            x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
        )
        layers.append(ranges)
    layers.append(
        base.mark_text(align="left", fontSize=11, color="#2b2926").encode(x=alt.value(508), text="text:N")
    )
    return _dressed(alt.layer(*layers).properties(width=500, height=alt.Step(24)), font)


def chart_svg(chart: Chart) -> str:
    """Convert a chart to SVG offline, its ids counted from 1 so that the same chart gives the same SVG."""
    svg: str = vl_convert.vegalite_to_svg(json.loads(chart.to_json()), allowed_base_urls=[])
    names = {name: f"part{n}" for n, name in enumerate(re.findall(r'\bid="([^"]+)"', svg), start=1)}
    return re.sub(
        r'(\bid="|url\(#|href="#)([^")]+)', lambda found: found[1] + names.get(found[2], found[2]), svg
    )


def _dressed(chart: Chart, font: str) -> Chart:
    dressed: Chart = (
        chart.configure(font=font, background="transparent", padding=4)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, titleFontSize=11, titleFontWeight="normal", labelColor="#2b2926")
        .configure_legend(titleFontWeight="normal", titleFontSize=11, labelFontSize=10)
    )
    return dressed


def _wound_for_d3(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Turn outer rings clockwise and holes counter-clockwise: d3 fills the outside of RFC 7946 rings."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    turned = [
        [_wound(ring, clockwise=position == 0) for position, ring in enumerate(polygon)]
        for polygon in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": turned}


def _wound(ring: Sequence[Sequence[float]], *, clockwise: bool) -> list[Sequence[float]]:
    is_clockwise = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in itertools.pairwise(ring)) > 0
    return list(ring) if is_clockwise == clockwise else list(ring)[::-1]
