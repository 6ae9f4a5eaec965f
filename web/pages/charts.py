"""Pictures: the script that draws them, built offline and cached, and the drawings as data."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from flask import Blueprint, Response, abort, request, url_for

from matcher.charts import map_chart
from web.access import public
from web.drafts import draft_or_404
from web.language import current_language
from web.matching import matching

blueprint = Blueprint("charts", __name__)
FONT = "system-ui, sans-serif"
YEAR_SECONDS = 365 * 24 * 3600


@cache
def bundle() -> tuple[bytes, bytes, str]:
    """Return the script, the same compressed, and a digest that stands in its address."""
    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode()
    return script, gzip.compress(script, mtime=0), hashlib.sha256(script).hexdigest()[:12]


def bundle_url() -> str:
    """Return the address of the script; the version of the library names it."""
    return url_for("charts.show_bundle", version=vl_convert.get_vega_embed_version())


@blueprint.get("/charts-<version>.js")
@public
def show_bundle(version: str) -> Response:
    """Send the script, to be kept for a year under this address."""
    if version != vl_convert.get_vega_embed_version():
        abort(404)
    plain, compressed, digest = bundle()
    is_compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(compressed if is_compressed else plain, mimetype="text/javascript")
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    response.set_etag(digest)
    return response


def drawing(chart: alt.TopLevelMixin) -> Response:
    """Send a chart as its specification, for the script to draw."""
    specification: dict[str, Any] = json.loads(chart.to_json(indent=None))
    return Response(json.dumps(specification, ensure_ascii=False), mimetype="application/json")


@blueprint.get("/work/<draft_id>/map.json")
def result_map(draft_id: str) -> Response:
    """Send the map of a result."""
    shortlist = matching().ranked(draft_or_404(draft_id).brief)
    return drawing(map_chart(shortlist, current_language(), font=FONT))
