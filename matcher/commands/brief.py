"""`matcher brief`: shows what was understood of a brief, as a table or as the editable document."""

from __future__ import annotations

import json
from pathlib import Path

import click
from tabulate import tabulate

from corpus.pack import RUHR, load_region
from corpus.records import Language
from matcher.activity import title
from matcher.brief import Brief, Need
from matcher.brief_json import brief_to_json
from matcher.intake import read_document, read_stdin
from matcher.understand import understand
from models.load import load_encoder

HEADINGS = {
    "de": ("Nr.", "Punkte", "Art", "Was", "Wortlaut", "Stelle", "Grenze", "Muss"),
    "en": ("No.", "Points", "Facet", "What", "Words", "Place", "Bound", "Must"),
}
STANCES = {"de": ("Muss", "nicht gewünscht"), "en": ("must", "not wanted")}


@click.command("brief")
@click.argument("source", required=False, metavar="FILE")
@click.option("--text", help="The brief itself, instead of a file.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--lang", type=click.Choice(["de", "en"]), help="Language of the table; the brief's own by default."
)
@click.option("--region", type=click.Path(path_type=Path), help="Folder of another region pack.")
@click.option("--encoder", help="Name, hub id or folder of another encoder.")
def command(
    source: str | None,
    text: str | None,
    form: str,
    lang: Language | None,
    region: Path | None,
    encoder: str | None,
) -> None:
    """Show what was understood of FILE (.txt .md .html .pdf .docx .eml, or - for standard input)."""
    if (source is None) == (text is None):
        raise click.UsageError("Give either a FILE (or -) or --text.")
    name = "brief"
    if text is None and source == "-":
        text = read_stdin()
    elif text is None:
        path = Path(str(source))
        name, text = path.name.split(".")[0] or "brief", read_document(path)
    brief = understand(text, load_region(region or RUHR), load_encoder(encoder), brief_id=name)
    if form == "json":
        click.echo(json.dumps(brief_to_json(brief), ensure_ascii=False, indent=2))
    else:
        click.echo(as_table(brief, lang or brief.language))


def as_table(brief: Brief, language: Language) -> str:
    """Return the needs of a brief as a plain table, with function and themes above and notes below."""
    rows = [
        (
            need.id,
            f"{need.worth_tenths / 10:.1f}",
            need.facet,
            ", ".join((*need.topics, *need.themes, *(title(code, language) for code in need.codes))),
            need.text,
            f"{need.span[0]}-{need.span[1]}" if need.span else "-",
            bound_text(need),
            STANCES[language][0] if need.is_must else STANCES[language][1] if need.is_avoided else "",
        )
        for need in brief.needs
    ]
    table = tabulate(
        rows, HEADINGS[language], tablefmt="simple", maxcolwidths=[None, None, None, 34, 44, None, None, None]
    )
    label = ("Funktion", "Themen") if language == "de" else ("Function", "Themes")
    shares = dict(brief.function_shares)
    theme_shares = dict(brief.theme_shares)
    head = f"{label[0]}: {brief.function} ({shares.get(brief.function, 0):.2f})   {label[1]}: " + (
        ", ".join(f"{theme} ({theme_shares.get(theme, 0):.2f})" for theme in brief.themes) or "-"
    )
    return "\n".join((head, "", table, *(f"\n{note}" for note in brief.notes)))


def bound_text(need: Need) -> str:
    """Return the bounds of a need with their unit, e.g. "≥ 3 ha" or "2500-3500 m²"."""
    unit = need.unit or ""
    if need.minimum is not None and need.maximum is not None:
        return f"{need.minimum:g}-{need.maximum:g} {unit}".strip()
    if need.minimum is not None:
        return f"≥ {need.minimum:g} {unit}".strip()
    if need.maximum is not None:
        return f"≤ {need.maximum:g} {unit}".strip()
    return need.place.name if need.place else ""
