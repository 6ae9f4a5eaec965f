"""Trade missions: upload, see whom to meet and why, the plan, its papers, cancellations and outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import cast

from flask import Blueprint, Flask, abort, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from matcher.errors import MatcherError
from matcher.mission.afterwards import RESULTS, OutcomeError, check_outcome, judged_examples, overdue
from matcher.mission.replan import parse_cancellation
from web import words
from web.blueprints import NavigationEntry
from web.identity import current_user, database
from web.language import current_language, said
from web.matching import matching
from web.mission_work import View, sample_inputs, with_files
from web.plannings import Planning, Plannings, plannings
from web.rows import by_name
from web.security import limiter
from web.storage import audit, missions
from web.storage.archives import unpack
from web.storage.models import AuditEntry, MissionVersion, SavedMission

blueprint = Blueprint("missions", __name__)
NAVIGATION = NavigationEntry("missions.show_list", lazy_gettext("Missions"))
Answer = str | Response | tuple[str, int]
REFRESH_SECONDS = 2
TYPES: Mapping[str, str] = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
}


@blueprint.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Open the plannings, and go on with what was under way."""
    app = cast(Flask, state.app)
    settings = app.extensions["settings"]
    app.extensions["plannings"] = Plannings(
        settings.data_folder / "plannings",
        app.extensions["matching"],
        app.extensions["database"],
        settings.region_folder,
    )
    app.extensions["plannings"].take_up()


@blueprint.get("/missions")
def show_list() -> str:
    """List the missions and offer to plan a new one."""
    return _list_page({}, {})


def _list_page(values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    open_plannings = [one for one in plannings().of_owner(current_user().account_id) if one.status != "done"]
    with database().session() as transaction:
        found = missions.list_missions(transaction)
        return render_template(
            "missions.html",
            missions=found,
            plannings=open_plannings,
            status_words=_status_words(),
            values=values,
            errors=errors,
        )


@blueprint.post("/missions")
@limiter.limit("10 per minute")
def plan() -> Answer:
    """Check the uploaded files, or take the sample, and have the mission planned in the background."""
    errors: dict[str, str] = {}
    inputs = sample_inputs() if request.form.get("sample") else _uploaded(errors)
    if not errors:
        try:
            mission = with_files(inputs, matching().region)
        except MatcherError as error:
            errors["files"] = said(error.said)
    if errors:
        return _list_page(request.form, errors), 422
    who, language = current_user(), current_language()
    title = mission.frame.title_de if language == "de" else mission.frame.title_en
    name = request.form.get("name", "").strip() or title
    planning = plannings().plan(inputs, name[:120], owner=who.account_id, author=who.name, language=language)
    return redirect(url_for("missions.show_planning", planning_id=planning.id))


@blueprint.get("/missions/planning/<planning_id>")
def show_planning(planning_id: str) -> str | Response:
    """Show how far a planning is, and go on to its plan once it is there."""
    planning = _planning_or_404(planning_id)
    if planning.status == "done":
        if planning.based_on:
            flash(_("Planned again; the differences are listed below."))
        return redirect(url_for("missions.show", mission_id=planning.mission_id))
    return render_template(
        "planning.html",
        planning=planning,
        status_words=_status_words(),
        refresh_seconds=REFRESH_SECONDS,
    )


def _status_words() -> Mapping[str, str]:
    return {
        "waiting": _("The planning waits for another one to end."),
        "running": _("The mission is being planned …"),
        "stopped": _("The planning was stopped."),
        "failed": _("The mission could not be planned."),
    }


@blueprint.post("/missions/planning/<planning_id>/stop")
def stop_planning(planning_id: str) -> Response:
    """Stop a planning; its files stay for a day."""
    plannings().stop(_planning_or_404(planning_id))
    return redirect(url_for("missions.show_planning", planning_id=planning_id))


@blueprint.post("/missions/planning/<planning_id>/go-on")
def go_on_planning(planning_id: str) -> Response:
    """Plan again what was stopped or failed."""
    planning = _planning_or_404(planning_id)
    if planning.status in ("stopped", "failed"):
        plannings().enqueue(planning)
    return redirect(url_for("missions.show_planning", planning_id=planning_id))


@blueprint.post("/missions/planning/<planning_id>/remove")
def remove_planning(planning_id: str) -> Response:
    """Remove a planning with its files."""
    plannings().remove(_planning_or_404(planning_id))
    return redirect(url_for("missions.show_list"))


def _planning_or_404(planning_id: str) -> Planning:
    found = plannings().get(current_user().account_id, planning_id)
    if found is None:
        abort(404)
    return found


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


def _saved(mission_id: int, action: audit.Action | None = None) -> SavedMission:
    """Return a mission; an action that shows or hands out its people is logged."""
    with database().session() as transaction:
        found = missions.find_mission(transaction, mission_id)
        if found is not None and action is not None:
            audit.record(transaction, current_user().name, action, mission_id=mission_id)
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
    saved = _saved(mission_id, "read")
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
        log=_log(mission_id),
    )


def _log(mission_id: int) -> Sequence[AuditEntry]:
    with database().session() as transaction:
        return audit.of_mission(transaction, mission_id)


@blueprint.post("/missions/<int:mission_id>/cancel")
@limiter.limit("10 per minute")
def cancel(mission_id: int) -> Answer:
    """Have the mission planned again without someone who cannot come, with the fewest changes."""
    saved = _saved(mission_id)
    newest = _version(mission_id, saved.versions[-1].number)
    who, day = request.form.get("who", ""), request.form.get("day", "")
    asked = f"{who}@{day}" if day else who
    based_on = request.form.get("based_on", newest.number, type=int)
    try:
        if based_on != newest.number:
            raise missions.changed_meanwhile()
        parse_cancellation(asked, with_files(unpack(newest.inputs), matching().region))
    except MatcherError as error:
        return _page(mission_id, {"who": said(error.said)}), 422
    user = current_user()
    planning = plannings().plan_again(
        mission_id,
        saved.name,
        [*newest.cancelled.splitlines(), asked],
        based_on=based_on,
        refill=bool(request.form.get("refill")),
        owner=user.account_id,
        author=user.name,
        language=current_language(),
    )
    return redirect(url_for("missions.show_planning", planning_id=planning.id))


@blueprint.get("/missions/<int:mission_id>/<int:version_id>/files/<path:name>")
def download(mission_id: int, version_id: int, name: str) -> Response:
    """Hand out one file of a plan, or all of them as a zip."""
    version = _version(mission_id, version_id)
    _saved(mission_id, "exported")
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
    saved = _saved(mission_id, "read")
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
        locations=by_name(matching().region.locations),
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
        audit.record(transaction, current_user().name, "saved", mission_id=mission_id)
    flash(_("The outcome is kept."))
    return redirect(url_for("missions.show", mission_id=mission_id))


@blueprint.get("/missions/<int:mission_id>/outcomes.csv")
def export_outcomes(mission_id: int) -> Response:
    """Hand out the outcomes as judged examples for the evaluation."""
    saved = _saved(mission_id, "exported")
    view = _view(_version(mission_id, saved.versions[-1].number))
    text = judged_examples(missions.outcomes_of(saved), view.mission, matching().region)
    return _attachment(text.encode(), "outcomes.csv", TYPES[".csv"])


@blueprint.post("/missions/<int:mission_id>/erase")
def erase(mission_id: int) -> Response:
    """Delete a mission with its plans and outcomes."""
    with database().session() as transaction:
        if not missions.erase(transaction, mission_id):
            abort(404)
        audit.record(transaction, current_user().name, "erased", mission_id=mission_id)
    database().forget_traces()
    flash(_("The mission was deleted."))
    return redirect(url_for("missions.show_list"))
