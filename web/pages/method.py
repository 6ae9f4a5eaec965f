"""The method page: how the score works, what it rests on, and where it is weak, in plain words."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext

from web.access import for_readers
from web.blueprints import NavigationEntry
from web.matching import matching

blueprint = Blueprint("method", __name__)
NAVIGATION = NavigationEntry("method.show", lazy_gettext("Method"), is_for_readers=True)


@blueprint.get("/method")
@for_readers
def show() -> str:
    """Explain the method with the figures of the region in use."""
    region = matching().region
    return render_template(
        "method.html", region=region, n_unconfirmed=sum(not one.is_confirmed for one in region.evidence)
    )
