"""Trade missions: upload, see whom to meet and why, the plan, its papers, cancellations and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from matcher.errors import MatcherError
from matcher.mission.afterwards import RESULTS, OutcomeError, check_outcome, judged_examples, overdue
from web import words
from web.blueprints import NavigationEntry
from web.identity import current_user, database
from web.language import current_language, said
from web.matching import matching
from web.mission_work import View, planned, planned_again, sample_inputs, with_files
from web.security import limiter
from web.storage import missions
from web.storage.archives import unpack
from web.storage.models import MissionVersion, SavedMission

blueprint = Blueprint("missions", __name__)
NAVIGATION = NavigationEntry("missions.show_list", lazy_gettext("Missions"))
Answer = str | Response | tuple[str, int]
TYPES: Mapping[str, str] = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
}


@blueprint.get("/missions")
def show_list() -> str:
    """List the missions and offer to plan a new one."""
    return _list_page({}, {})


def _list_page(values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with database().session() as transaction:
        found = missions.list_missions(transaction)
        return render_template("missions.html", missions=found, values=values, errors=errors)


@blueprint.post("/missions")
@limiter.limit("10 per minute")
def plan() -> Answer:
    """Plan a mission from the uploaded files, or the sample, and keep it as version 1."""
    errors: dict[str, str] = {}
    inputs = sample_inputs() if request.form.get("sample") else _uploaded(errors)
    if not errors:
        try:
            outputs = planned(inputs, current_language())
        except MatcherError as error:
            errors["files"] = said(error.said)
    if errors:
        return _list_page(request.form, errors), 422
    who = current_user()
    view = View(with_files(inputs, matching().region), outputs)
    name = request.form.get("name", "").strip() or view.title(current_language())
    with database().session() as transaction:
        saved = missions.save_new(
            transaction, name, inputs, outputs, owner_id=who.account_id, author=who.name
        )
    return redirect(url_for("missions.show", mission_id=saved.id))


def _uploaded(errors: dict[str, str]) -> dict[str, bytes]:
    """Return the uploaded files by part and name; a missing one adds its sentence to `errors`."""
    found: dict[str, bytes] = {}
    for part in ("targets", "delegation", "plan", "preferences"):
        for file in request.files.getlist(part):
            if file.filename:
                found[f"{part}/{PurePosixPath(file.filename.replace(chr(92), '/')).name}"] = file.read()
    for part, message in (
        ("targets", _("Choose a table of targets.")),
        ("delegation", _("Choose the table of the delegation.")),
        ("plan", _("Choose the plan file.")),
    ):
        if not any(name.startswith(f"{part}/") for name in found):
            errors[part] = message
    return found


def _saved(mission_id: int) -> SavedMission:
    with database().session() as transaction:
        found = missions.find_mission(transaction, mission_id)
    if found is None:
        abort(404)
    return found


def _version(mission_id: int, number: int) -> MissionVersion:
    with database().session() as transaction:
        found = missions.find_version(transaction, mission_id, number)
    if found is None:
        abort(404)
    return found


def _view(version: MissionVersion) -> View:
    return View(with_files(unpack(version.inputs), matching().region), unpack(version.outputs))


@blueprint.get("/missions/<int:mission_id>")
def show(mission_id: int) -> str:
    """Show the newest plan of a mission, or the one asked for."""
    return _page(mission_id, {})


def _page(mission_id: int, errors: Mapping[str, str]) -> str:
    saved = _saved(mission_id)
    number = request.args.get("version", saved.versions[-1].number, type=int)
    version = _version(mission_id, number)
    outcomes = missions.outcomes_of(saved)
    return render_template(
        "mission.html",
        saved=saved,
        version=version,
        view=_view(version),
        outcomes={(outcome.member_id, outcome.target_id): outcome for outcome in outcomes},
        overdue=overdue(outcomes, date.today()),
        errors=errors,
        values=request.form,
        changes=words.MISSION_CHANGE_WORDS,
    )


@blueprint.post("/missions/<int:mission_id>/cancel")
@limiter.limit("10 per minute")
def cancel(mission_id: int) -> Answer:
    """Plan again without someone who cannot come, with the fewest changes, as the next version."""
    saved = _saved(mission_id)
    newest = _version(mission_id, saved.versions[-1].number)
    who, day = request.form.get("who", ""), request.form.get("day", "")
    asked = f"{who}@{day}" if day else who
    cancelled = [*newest.cancelled.splitlines(), asked]
    based_on = request.form.get("based_on", newest.number, type=int)
    try:
        outputs = planned_again(
            unpack(newest.inputs),
            unpack(newest.outputs),
            cancelled,
            current_language(),
            revision=newest.number,
            refill=bool(request.form.get("refill")),
        )
        with database().session() as transaction:
            missions.save_version(
                transaction,
                mission_id,
                outputs,
                cancelled,
                based_on=based_on,
                author=current_user().name,
            )
    except MatcherError as error:
        return _page(mission_id, {"who": said(error.said)}), 422
    flash(_("Planned again; the differences are listed below."))
    return redirect(url_for("missions.show", mission_id=mission_id))


@blueprint.get("/missions/<int:mission_id>/<int:version_id>/files/<path:name>")
def download(mission_id: int, version_id: int, name: str) -> Response:
    """Hand out one file of a plan, or all of them as a zip."""
    version = _version(mission_id, version_id)
    files = unpack(version.outputs)
    if name == "mission.zip":
        return _attachment(version.outputs, name, "application/zip")
    if name not in files:
        abort(404)
    path = PurePosixPath(name)
    return _attachment(files[name], path.name, TYPES[path.suffix])


def _attachment(data: bytes, name: str, kind: str) -> Response:
    response = make_response(data)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/missions/<int:mission_id>/outcomes/<member_id>/<target_id>")
def show_outcome(mission_id: int, member_id: str, target_id: str) -> str:
    """Show the form for what came of a meeting."""
    saved = _saved(mission_id)
    found = {(o.member_id, o.target_id): o for o in missions.outcomes_of(saved)}
    known = found.get((member_id, target_id))
    values = (
        {
            "took_place": "yes" if known.took_place else "no",
            "result": known.result,
            "location": known.location_id,
            "next_step": known.next_step,
            "due": str(known.due or ""),
            "is_done": "yes" if known.is_done else "",
        }
        if known
        else {"took_place": "yes"}
    )
    return _outcome_page(saved, member_id, target_id, values, {})


def _outcome_page(
    saved: SavedMission, member_id: str, target_id: str, values: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    view = _view(_version(saved.id, saved.versions[-1].number))
    if (member_id, target_id) not in view.pairs:
        abort(404)
    return render_template(
        "mission_outcome.html",
        saved=saved,
        view=view,
        member_id=member_id,
        target_id=target_id,
        values=values,
        errors=errors,
        locations=sorted(matching().region.locations, key=lambda location: location.name),
        results=[(name, words.MISSION_RESULT_WORDS[name]) for name in RESULTS],
    )


@blueprint.post("/missions/<int:mission_id>/outcomes/<member_id>/<target_id>")
def keep_outcome(mission_id: int, member_id: str, target_id: str) -> Answer:
    """Keep what came of a meeting."""
    saved = _saved(mission_id)
    view = _view(_version(mission_id, saved.versions[-1].number))
    try:
        outcome = check_outcome((member_id, target_id), request.form, view.pairs, matching().region)
    except OutcomeError as error:
        errors = {error.field: said(error.said)}
        return _outcome_page(saved, member_id, target_id, request.form, errors), 422
    with database().session() as transaction:
        missions.keep_outcome(transaction, mission_id, outcome, current_user().name)
    flash(_("The outcome is kept."))
    return redirect(url_for("missions.show", mission_id=mission_id))


@blueprint.get("/missions/<int:mission_id>/outcomes.csv")
def export_outcomes(mission_id: int) -> Response:
    """Hand out the outcomes as judged examples for the evaluation."""
    saved = _saved(mission_id)
    view = _view(_version(mission_id, saved.versions[-1].number))
    text = judged_examples(missions.outcomes_of(saved), view.mission, matching().region)
    return _attachment(text.encode(), "outcomes.csv", TYPES[".csv"])


@blueprint.post("/missions/<int:mission_id>/erase")
def erase(mission_id: int) -> Response:
    """Delete a mission with its plans and outcomes."""
    with database().session() as transaction:
        if not missions.erase(transaction, mission_id):
            abort(404)
    database().forget_traces()
    flash(_("The mission was deleted."))
    return redirect(url_for("missions.show_list"))
