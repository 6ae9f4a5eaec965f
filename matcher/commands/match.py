"""`matcher match`: ranks the locations for one brief, several, or a file of them."""

from __future__ import annotations

import csv
import importlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.records import Language
from matcher.brief import Brief
from matcher.brief_json import brief_from_json
from matcher.commands.options import encoder_option, language_option, region_option, write_whole
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.intake import read_bytes, read_document, read_stdin
from matcher.location_profile import find_location
from matcher.render.table import render_explanation
from matcher.render.why import render as render_why
from matcher.shortlist import Shortlist
from matcher.why import why_not as reasons_against

TEXT_FORMATS = ("table", "json", "csv", "md")
FILE_FORMATS = ("html", "docx", "xlsx", "pdf")
ONE_BRIEF = ("csv", *FILE_FORMATS)
"""Formats whose file is about one brief; the others may follow one another."""


@click.command("match", help="Rank the locations for one or many briefs.")
@click.argument("briefs", nargs=-1, metavar="BRIEF…")
@click.option("--text", help="The brief itself, instead of a file.")
@click.option(
    "--needs", type=click.Path(path_type=Path), help="A structured brief, as `matcher brief` prints it."
)
@click.option("--batch", type=click.Path(path_type=Path), help="A CSV file with one brief a row.")
@click.option("--text-column", help="Column of --batch that holds the brief.")
@click.option("--id-column", help="Column of --batch that names the brief.")
@click.option("--exclude-column", help="Column of --batch with a company whose own evidence is not used.")
@click.option("--top", default="10", show_default=True, help="How many locations to show, or `all`.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*TEXT_FORMATS, *FILE_FORMATS, "jsonl"]),
    help="A table when not given; with --batch always jsonl.",
)
@click.option("--out", type=click.Path(path_type=Path), help="File to write; standard output when not given.")
@click.option("--explain", metavar="LOCATION", help="Show every need of one location, by name or id.")
@click.option(
    "--why-not", metavar="LOCATION", help="Say why a location is not in the top five, and what would help."
)
@click.option(
    "--set", "worths", multiple=True, metavar="NEED=WORTH", help="Another worth for a need, e.g. n3=20."
)
@click.option("--must", "musts", multiple=True, metavar="NEED", help="Make a need a must.")
@click.option("--wish", "wishes", multiple=True, metavar="NEED", help="Make a need a wish.")
@region_option
@encoder_option
@language_option
def command(
    briefs: tuple[str, ...],
    text: str | None,
    needs: Path | None,
    batch: Path | None,
    text_column: str | None,
    id_column: str | None,
    exclude_column: str | None,
    top: str,
    format_: str | None,
    out: Path | None,
    explain: str | None,
    why_not: str | None,
    worths: tuple[str, ...],
    musts: tuple[str, ...],
    wishes: tuple[str, ...],
    region_folder: Path | None,
    encoder: str | None,
    language: Language | None,
) -> None:
    """Read the briefs, rank the locations, print or write the result."""
    n_top = _top(top)
    is_single = bool(briefs or text is not None or needs)
    is_edited = bool(worths or musts or wishes)
    _refuse(
        (batch is not None and is_single, "--batch stands alone: leave out the other briefs."),
        (batch is not None and is_edited, "--set, --must and --wish change one brief: leave out --batch."),
        (
            batch is not None and (explain is not None or why_not is not None),
            "--explain and --why-not are for single briefs: leave out --batch.",
        ),
        (batch is not None and format_ not in (None, "jsonl"), "--batch writes --format jsonl only."),
        (
            batch is None and any((text_column, id_column, exclude_column)),
            "--text-column, --id-column and --exclude-column describe the file of --batch: name it.",
        ),
        (
            explain is not None and format_ not in (None, "table"),
            "--explain prints text: leave out --format.",
        ),
        (
            format_ in FILE_FORMATS and out is None,
            f"--format {format_} needs a file to write to: add --out FILE.",
        ),
        (
            format_ in ONE_BRIEF and len(briefs) + (text is not None) + (needs is not None) > 1,
            f"--format {format_} holds one brief: give one at a time.",
        ),
        (bool(set(musts) & set(wishes)), "A need cannot be both --must and --wish: leave out one."),
    )
    if batch is not None:
        rows = _batch_rows(batch, text_column, id_column, exclude_column)
        matcher = Matcher.load(region_folder, encoder)
        _write(_batch_lines(matcher, rows, n_top, language), out)
        return
    sources = list(_briefs(briefs, text, needs))
    matcher = Matcher.load(region_folder, encoder)
    edits = _edits(worths), dict.fromkeys(musts, True) | dict.fromkeys(wishes, False)
    needs_all = explain is not None or why_not is not None or format_ in FILE_FORMATS
    shortlists = []
    for brief_id, source in sources:
        brief = source if isinstance(source, Brief) else matcher.understand(source, brief_id)
        shortlists.append(_shortlist(matcher, brief, None if needs_all else n_top, *edits))
    if explain is not None:
        pages = [render_explanation(s, language or s.brief.language, explain) for s in shortlists]
        _write("\n".join(pages), out)
        return
    if why_not is not None:
        location = find_location(matcher.region, why_not)
        year = datetime.now(UTC).year
        answers = [reasons_against(s, location.id, this_year=year) for s in shortlists]
        pages = [
            render_why(answer, language or s.brief.language)
            for answer, s in zip(answers, shortlists, strict=True)
        ]
        _write("\n".join(pages), out)
        return
    _write(_rendered(shortlists, format_ or "table", language, n_top), out)


def _refuse(*complaints: tuple[bool, str]) -> None:
    for applies, sentence in complaints:
        if applies:
            raise MatcherError(sentence)


def _top(top: str) -> int | None:
    if top == "all":
        return None
    if not top.isdecimal() or int(top) == 0:
        raise MatcherError(f"--top {top!r} is no number of locations: give 1 or more, or `all`.")
    return int(top)


def _briefs(
    paths: tuple[str, ...], text: str | None, needs: Path | None
) -> Iterator[tuple[str, str | Brief]]:
    if text is not None:
        yield "text", read_bytes("--text", os.fsencode(text))
    if needs is not None:
        yield needs.stem, _read_needs(needs)
    for path in paths:
        if path == "-":
            yield "stdin", read_stdin()
        else:
            yield Path(path).stem, read_document(Path(path))
    if text is None and needs is None and not paths:
        raise MatcherError("No brief was given: name a file, `-` for standard input, or use --text.")


def _read_needs(path: Path) -> Brief:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MatcherError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    except json.JSONDecodeError as error:
        raise MatcherError(
            f"{path.name}, line {error.lineno}: this is no JSON ({error.msg}); correct it."
        ) from error
    return brief_from_json(data)


def _edits(worths: tuple[str, ...]) -> dict[str, float]:
    result = {}
    for item in worths:
        need, sign, worth = item.partition("=")
        try:
            result[need] = float(worth.replace(",", "."))
        except ValueError:
            sign = ""
        if not sign or result[need] < 0:
            raise MatcherError(
                f"--set {item!r} is not NEED=WORTH with a number of points from 0, e.g. n3=20."
            )
    return result


def _shortlist(
    matcher: Matcher,
    brief: Brief,
    top: int | None,
    worths: dict[str, float],
    musts: dict[str, bool],
    exclude: str | None = None,
) -> Shortlist:
    shortlist = matcher.match(brief, exclude=exclude)
    if worths or musts:
        shortlist = matcher.rerank(shortlist, worths, musts)
    shortlist = matcher.with_joint_bids(matcher.with_stability(shortlist))
    return replace(shortlist, matches=shortlist.matches[:top])


def _batch_rows(
    path: Path, text_column: str | None, id_column: str | None, exclude_column: str | None
) -> list[tuple[str, str, str | None]]:
    if text_column is None:
        raise MatcherError("--batch needs --text-column: name the column that holds the briefs.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            for column in (text_column, id_column, exclude_column):
                if column is not None and column not in (reader.fieldnames or ()):
                    raise MatcherError(
                        f"{path.name} has no column {column!r}: it has {', '.join(reader.fieldnames or ())}."
                    )
            return [
                (
                    row[id_column] if id_column else str(number),
                    row[text_column] or "",
                    row[exclude_column] if exclude_column else None,
                )
                for number, row in enumerate(reader, start=1)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MatcherError(f"{path} cannot be read as a UTF-8 CSV file: {error}.") from error


def _batch_lines(
    matcher: Matcher, rows: list[tuple[str, str, str | None]], top: int | None, language: Language | None
) -> str:
    json_format = importlib.import_module("matcher.render.json")
    lines = []
    for brief_id, text, exclude in rows:
        try:
            brief = matcher.understand(read_bytes("brief.txt", text.encode()), brief_id)
        except MatcherError as error:
            lines.append(
                json.dumps({"brief": {"id": brief_id}, "error": str(error)}, ensure_ascii=False) + "\n"
            )
            continue
        shortlist = _shortlist(matcher, brief, top, {}, {}, exclude)
        lines.append(json_format.render_line(shortlist, language or brief.language))
    return "".join(lines)


def _rendered(
    shortlists: list[Shortlist], format_: str, language: Language | None, n_top: int | None
) -> str | bytes:
    if format_ in FILE_FORMATS:  # one brief; maps and counts speak of every location, details of the first
        (one,) = shortlists
        module = importlib.import_module(f"matcher.render.{format_}")
        document: bytes = module.render(one, language or one.brief.language, top=n_top or len(one.matches))
        return document
    if format_ == "jsonl":
        module = importlib.import_module("matcher.render.json")
        return "".join(module.render_line(s, language or s.brief.language) for s in shortlists)
    module = importlib.import_module(f"matcher.render.{format_}")
    pages = [module.render(s, language or s.brief.language) for s in shortlists]
    if format_ == "json" and len(pages) > 1:
        return "[\n" + ",\n".join(page.rstrip("\n") for page in pages) + "\n]\n"
    return pages[0] if len(pages) == 1 else "\n".join(pages)


def _write(result: str | bytes, out: Path | None) -> None:
    data = result.encode() if isinstance(result, str) else result
    if out is not None:
        write_whole(out, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
