"""The dossier as one HTML page that needs nothing else: no script, no font, no picture from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.records import Language
from matcher.charts import ACCENT
from matcher.dossier.blocks import (
    Block,
    Bullets,
    Dossier,
    Figure,
    Heading,
    KeyFacts,
    PaperCell,
    Paragraph,
    Table,
)
from matcher.dossier.build import build_dossier
from matcher.shortlist import Shortlist

_STYLE = """
:root { color-scheme: light; --accent: %s; --ink: #2b2926; --muted: #66605a; --line: #cfcac2 }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 5rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 "Libertinus Serif", Georgia, "Times New Roman", serif; hyphens: auto }
header { border-top: .25rem solid var(--accent); padding-top: 1.5rem; margin: 2rem 0 3rem }
h1 { font-size: 2.4rem; line-height: 1.15; margin: 0 }
h2 { font-size: 1.6rem; margin: 3.5rem 0 .75rem }
h3 { font-size: 1.2rem; margin: 2rem 0 .5rem }
h1, h2, h3 { color: var(--accent); font-weight: 600; hyphens: none }
.subtitle { font-size: 1.3rem; color: var(--muted); margin: .25rem 0 1.5rem }
.notice, figcaption, caption, .meta, dt { color: var(--muted); font-size: .85rem }
.lead { font-size: 1.2rem }
dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1rem 0 1.5rem }
dd { margin: 0; font-size: 1.15rem; color: var(--accent); font-weight: 600 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%%; margin: 1rem 0 2rem; font-size: .9rem }
caption { text-align: left; padding-bottom: .4rem }
th { color: var(--accent); text-align: left; font-size: .85rem; border-bottom: 2px solid var(--accent) }
th, td { padding: .45rem .5rem; vertical-align: top }
td { border-bottom: 1px solid var(--line) }
.number { text-align: right; font-variant-numeric: tabular-nums }
.total td { font-weight: 600; border-top: 2px solid var(--accent) }
td p { margin: .3rem 0 0 }
.meta { font-style: italic }
figure { margin: 1.5rem 0 }
figure svg { width: 100%%; height: auto }
@media print { body { max-width: none; padding: 0; font-size: 10pt } h2 { break-after: avoid } tr { break-inside: avoid } }
"""


def render(
    shortlist: Shortlist,
    language: Language,
    *,
    code_name: str | None = None,
    hidden_names: Sequence[str] = (),
    top: int = 10,
) -> bytes:
    """Return the dossier as HTML in UTF-8; see `build_dossier` for the parameters."""
    return dossier_html(
        build_dossier(shortlist, language, code_name=code_name, hidden_names=hidden_names, top=top)
    )


def dossier_html(dossier: Dossier) -> bytes:
    """Write a dossier as one static page."""
    body = "\n".join(_block(block, number) for number, block in enumerate(dossier.blocks))
    title = escape(dossier.title)
    page = f"""<!DOCTYPE html>
<html lang="{dossier.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{escape(dossier.author)}">
<title>{title} – {escape(dossier.subtitle)}</title>
<style>{_STYLE % ACCENT}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="subtitle">{escape(dossier.subtitle)}</p>
{_facts(dossier.cover_facts)}
<p class="notice">{escape(dossier.notice)}</p>
</header>
<main>
{body}
</main>
</body>
</html>
"""
    return page.encode()


def _block(block: Block, number: int) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text, style):
            return f'<p class="{style}">{escape(text)}</p>'
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
        case KeyFacts(items):
            return _facts(items)
        case Figure(svg, alt, caption):
            return (
                f"<figure>{_inline_svg(svg, alt, number)}<figcaption>{escape(caption)}</figcaption></figure>"
            )
        case Table():
            return _table(block)


def _facts(items: Sequence[tuple[str, str]]) -> str:
    pairs = (f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in items)
    return "<dl>" + "".join(pairs) + "</dl>"


def _inline_svg(svg: str, alt: str, number: int) -> str:
    """Name the picture for screen readers, and keep its ids apart from those of other pictures."""
    drawing = svg[svg.index("<svg") :]
    drawing = re.sub(r'\bid="([^"]+)"', rf'id="f{number}-\1"', drawing)
    drawing = re.sub(r'(url\(#|href="#)', rf"\g<1>f{number}-", drawing)
    label = f'<svg role="img" aria-label="{escape(alt)}"'
    return re.sub(r"^<svg", lambda _: label, drawing, count=1)


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_number_class(column.kind == "number")}>{escape(column.name)}</th>'
        for column in table.paper_columns
    )
    rows = table.paper_rows
    body = "".join(
        f"<tr{_total_class(table, number, len(rows))}>{''.join(map(_cell, row))}</tr>\n"
        for number, row in enumerate(rows, start=1)
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
        f"<table><caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _number_class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _total_class(table: Table, number: int, n_rows: int) -> str:
    return ' class="total"' if table.has_total and number == n_rows else ""


def _cell(cell: PaperCell) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in cell.lines)
    meta = f'<p class="meta">{escape(cell.meta)}</p>' if cell.meta else ""
    return f"<td{_number_class(cell.is_number)}>{escape(cell.text)}{lines}{meta}</td>"
