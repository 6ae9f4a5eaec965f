"""Leads: upload a file, check its columns, let it be scored, look through the result, export it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import cast

from flask import Blueprint, Flask, abort, redirect, render_template, request, send_file, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from matcher.errors import MatcherError
from matcher.leads.columns import FIELDS, PRESETS, map_columns
from matcher.leads.results import Filter, export, read_page
from matcher.leads.writing import as_text
from web.blueprints import NavigationEntry
from web.identity import current_user, installation
from web.language import current_language, said
from web.lead_files import LeadFile, LeadFiles, lead_files
from web.matching import matching
from web.rows import by_name
from web.security import limiter

blueprint = Blueprint("leads", __name__, url_prefix="/leads")
NAVIGATION = NavigationEntry("leads.show", lazy_gettext("Leads"))
MAXIMUM_FILE_BYTES = 300 * 1024 * 1024
"""A million rows without descriptions, or 35,000 with them some eight times over."""
PREVIEW_ROWS = 20
PAGE_ROWS = 50
EXPORTS = ("xlsx", "csv", "parquet", "jsonl")
REFRESH_SECONDS = 3


@blueprint.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Open the uploads, and go on with what was under way."""
    app = cast(Flask, state.app)
    settings = app.extensions["settings"]
    files = LeadFiles(settings.data_folder / "leads", settings.region_folder)
    app.extensions["lead_files"] = files
    files.take_up()


@blueprint.url_value_preprocessor
def allow_large_files(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Accept larger uploads here than elsewhere, before the form is read."""
    if request.endpoint == "leads.upload":
        request.max_content_length = max(MAXIMUM_FILE_BYTES, installation().maximum_upload_bytes)


@blueprint.get("/")
def show() -> str:
    """Show the upload form and one's own files."""
    return _start({})


def _start(errors: Mapping[str, str]) -> str:
    files = lead_files().of_owner(current_user().account_id)
    return render_template("leads.html", files=files, errors=errors, status_words=_status_words())


@blueprint.post("/")
@limiter.limit("20 per minute")
def upload() -> str | Response | tuple[str, int]:
    """Keep a file and show its columns."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _start({"file": _("Choose a file.")}), 422
    try:
        file = lead_files().add(current_user().account_id, sent.filename, sent.read(), current_language())
    except MatcherError as error:
        return _start({"file": said(error.said)}), 422
    return redirect(url_for("leads.columns", file_id=file.id))


@blueprint.get("/<file_id>/columns")
def columns(file_id: str) -> str:
    """Show the first rows, and which column holds what."""
    file = _file_or_404(file_id)
    preset = request.args.get("preset", "")
    return _columns_page(file, preset, {}, {})


def _columns_page(file: LeadFile, preset: str, chosen: Mapping[str, str], errors: Mapping[str, str]) -> str:
    table = lead_files().table(file)
    remembered = lead_files().remembered(file.owner, table.columns)
    values = dict(chosen)
    if not values:
        values = dict(remembered) if remembered and not preset else {}
    if not values:
        try:
            mapped = map_columns(table.columns, preset or None, file.name)
        except MatcherError as error:
            errors = {**errors, "columns": said(error.said)}
        else:
            values = {name: table.columns[at] for name, at in mapped.by_field.items() if at is not None}
    rows = [[as_text(cell)[:160] for cell in row.cells] for row in islice(table.read_rows(), PREVIEW_ROWS)]
    return render_template(
        "lead_columns.html",
        file=file,
        columns=table.columns,
        rows=rows,
        fields=FIELDS,
        field_words=_field_words(),
        values=values,
        presets=PRESETS,
        preset=preset,
        is_remembered=bool(remembered) and not preset and not chosen,
        errors=errors,
    )


@blueprint.post("/<file_id>/columns")
def start(file_id: str) -> str | Response | tuple[str, int]:
    """Start scoring with the chosen columns."""
    file = _file_or_404(file_id)
    if file.is_under_way:
        return redirect(url_for("leads.result", file_id=file.id))
    chosen = {name: request.form.get(name, "") for name in FIELDS}
    try:
        lead_files().start(file, chosen)
    except MatcherError as error:
        return _columns_page(file, "", chosen, {"columns": said(error.said)}), 422
    return redirect(url_for("leads.result", file_id=file.id))


@blueprint.get("/<file_id>")
def result(file_id: str) -> str | Response:
    """Show how far the scoring is, or the scored rows."""
    file = _file_or_404(file_id)
    if file.status == "draft":
        return redirect(url_for("leads.columns", file_id=file.id))
    if file.status != "done":
        return render_template(
            "lead_progress.html", file=file, status_words=_status_words(), refresh_seconds=REFRESH_SECONDS
        )
    chosen = Filter(
        grade=request.args.get("grade", ""),
        theme=request.args.get("theme", ""),
        location_id=request.args.get("location", ""),
        text=request.args.get("text", "").strip(),
        kind=request.args.get("kind", ""),
    )
    page_number = max(1, request.args.get("page", 1, type=int))
    found = read_page(
        lead_files().result(file),
        lead_files().column_map(file),
        chosen,
        start=(page_number - 1) * PAGE_ROWS,
        size=PAGE_ROWS,
    )
    return render_template(
        "lead_result.html",
        file=file,
        found=found,
        chosen=chosen,
        page_number=page_number,
        n_pages=max(1, -(-found.n_matching // PAGE_ROWS)),
        region=matching().region,
        locations=by_name(matching().region.locations),
        exports=_export_words(),
        field_words=_field_words(),
    )


@blueprint.post("/<file_id>/stop")
def stop(file_id: str) -> Response:
    """Stop scoring; what is done is kept."""
    file = _file_or_404(file_id)
    lead_files().stop(file)
    return redirect(url_for("leads.result", file_id=file.id))


@blueprint.post("/<file_id>/go-on")
def go_on(file_id: str) -> Response:
    """Go on with a stopped file."""
    file = _file_or_404(file_id)
    if file.status in ("stopped", "failed") and file.columns:
        lead_files().enqueue(file)
    return redirect(url_for("leads.result", file_id=file.id))


@blueprint.post("/<file_id>/remove")
def remove(file_id: str) -> Response:
    """Remove a file and its result."""
    lead_files().remove(_file_or_404(file_id))
    return redirect(url_for("leads.show"))


@blueprint.get("/<file_id>/export.<ending>")
def download(file_id: str, ending: str) -> Response:
    """Send the scored file, every column and row of it."""
    file = _file_or_404(file_id)
    if file.status != "done" or ending not in EXPORTS:
        abort(404)
    path = lead_files().exported(file, ending)
    if not path.is_file():
        export(lead_files().result(file), lead_files().table(file), path)
    stem = file.name.removesuffix(".gz").rsplit(".", 1)[0]
    return send_file(path, as_attachment=True, download_name=f"{stem}-scored.{ending}")


def _file_or_404(file_id: str) -> LeadFile:
    found = lead_files().get(current_user().account_id, file_id)
    if found is None:
        abort(404)
    return found


def _status_words() -> dict[str, str]:
    return {
        "draft": _("columns not checked yet"),
        "waiting": _("waiting"),
        "running": _("being scored"),
        "done": _("scored"),
        "stopped": _("stopped"),
        "failed": _("failed"),
    }


def _export_words() -> dict[str, str]:
    return dict(zip(EXPORTS, ("Excel", "CSV", "Parquet", _("JSON lines")), strict=True))


def _field_words() -> dict[str, str]:
    return {
        "id": _("Number or ID"),
        "name": _("Company"),
        "country": _("Country"),
        "city": _("City"),
        "state": _("State"),
        "sector": _("Sector"),
        "industry": _("Industry (branch)"),
        "employees": _("Employees"),
        "website": _("Website"),
        "description": _("Description of the business"),
    }
