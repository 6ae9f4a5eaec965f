"""`matcher mission`: targets with reasons, a feasible plan of meetings, and the papers for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from corpus.pack import RUHR, load_region
from corpus.records import Language
from matcher.commands.options import encoder_option, language_option, region_option
from matcher.errors import MatcherError
from matcher.mission.lead_scores import lead_tenths
from matcher.mission.preparing import Prepared, prepare
from matcher.mission.produce import read_previous, write_folder
from matcher.mission.reading import read_mission
from matcher.mission.replan import parse_cancellation
from matcher.words import tenths_text
from models.load import load_encoder

FILE = click.Path(path_type=Path)


@click.command(help="Prepare a trade mission: whom to meet and why, when and where, and the papers.")
@click.argument("targets", nargs=-1, required=True, type=FILE)
@click.option("--delegation", required=True, type=FILE, help="Table of those who travel.")
@click.option("--plan", "plan_file", required=True, type=FILE, help="TOML: days, slots, rooms, maxima, …")
@click.option("--preferences", type=FILE, help="Table of musts, likes and noes of either side.")
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same plan.")
@click.option("--previous", type=FILE, help="Folder of an earlier run: change as few meetings as possible.")
@click.option(
    "--cancel",
    multiple=True,
    metavar="ID[@DATE]",
    help="A host, member, interpreter or room that cannot come, on one day or at all; with --previous.",
)
@click.option("--refill", is_flag=True, help="After a cancellation, fill the slots that have become free.")
@click.option("--out", required=True, type=FILE, help="Folder for the results.")
@language_option
@region_option
@encoder_option
def command(
    targets: Sequence[Path],
    delegation: Path,
    plan_file: Path,
    preferences: Path | None,
    seed: int,
    previous: Path | None,
    cancel: Sequence[str],
    refill: bool,
    out: Path,
    language: Language | None,
    region_folder: Path | None,
    encoder: str | None,
) -> None:
    """Read the files, plan, write the folder, and say how good the plan is."""
    if cancel and not previous:
        raise MatcherError("--cancel needs --previous: name the folder of the plan that is to change.")
    region = load_region(region_folder or RUHR)
    mission = read_mission(targets, delegation, plan_file, preferences, region)
    for day in mission.frame.days:
        if day.date < date.today():
            click.echo(f"Note: {day.date} in {day.city} is in the past.", err=True)
        if day.date.weekday() > 4:
            click.echo(f"Note: {day.date} in {day.city} is a weekend; check that hosts receive.", err=True)
    cancelled = [parse_cancellation(text, mission) for text in cancel]
    meetings, revision = read_previous(previous) if previous else ((), -1)
    prepared = prepare(
        mission,
        region,
        load_encoder(encoder),
        seed=seed,
        lead_tenths=lead_tenths(mission.targets, region_folder),
        previous=meetings,
        cancelled=cancelled,
        refill=refill,
        revision=revision + 1,
    )
    chosen: Language = language or "en"
    write_folder(out, prepared.files(region, chosen))
    for line in summary(prepared, chosen):
        click.echo(line)
    click.echo(str(out))


def summary(prepared: Prepared, language: Language) -> list[str]:
    """Return the lines that the command prints, in German or English."""
    plan, mission = prepared.plan, prepared.mission
    german = language == "de"
    points = [tenths_text(value, language) for value in (plan.objective, plan.bound)]
    gap = tenths_text(round(plan.gap * 1000), language)
    n_musts, n_hosts = len(mission.wishes("must")), len({m.target_id for m in plan.meetings})
    ratio = round(100 * plan.greedy / plan.objective) if plan.objective else 100
    if german:
        lines = [
            f"{len(plan.meetings)} Gespräche mit {n_hosts} Gastgebern, {plan.n_musts_placed} von {n_musts} Muss-Terminen",
            f"Wert {points[0]} Punkte, Grenze {points[1]}, Abstand {gap} %; der Reihe nach geplant wären es {ratio} %",
        ]
    else:
        lines = [
            f"{len(plan.meetings)} meetings with {n_hosts} hosts, {plan.n_musts_placed} of {n_musts} musts",
            f"worth {points[0]} points, bound {points[1]}, gap {gap} %; planned one by one it would be {ratio} %",
        ]
    for must in plan.unplaced_musts:
        what = "nicht im Plan" if german else "not placed"
        lines.append(f"{what}: {must.member_id} – {must.target_id}: {must.reason[0 if german else 1]}")
    if prepared.replanned:
        n_needed = prepared.replanned.n_needed
        fewest = prepared.replanned.is_fewest
        if german:
            proof = " (weniger sind nicht möglich)" if fewest else ""
            lines[1] = f"Wert {points[0]} Punkte; {n_needed} Änderungen außer den Absagen{proof}"
        else:
            proof = " (fewer are not possible)" if fewest else ""
            lines[1] = f"worth {points[0]} points; {n_needed} changes beside the cancellations{proof}"
        lines += [
            f"{CHANGES[change.kind][0 if german else 1]}: {change.member_id} – {change.target_id}: "
            + " → ".join(filter(None, (change.before, change.after)))
            for change in prepared.replanned.changes
        ]
    return lines


CHANGES = {
    "cancelled": ("abgesagt", "cancelled"),
    "rebooked": ("neu gelegt", "rebooked"),
    "dropped": ("entfällt", "dropped"),
    "moved": ("verlegt", "moved"),
    "added": ("neu", "added"),
}
