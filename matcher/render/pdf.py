"""The dossier as PDF/UA-1: typst sets the blocks, which reach it as data and never as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from corpus.records import Language
from matcher.charts import ACCENT
from matcher.dossier.blocks import Block, Bullets, Dossier, Figure, Heading, KeyFacts, Paragraph, Table
from matcher.dossier.build import build_dossier
from matcher.dossier.phrases import phrase
from matcher.shortlist import Shortlist

_TEMPLATE = Path(__file__).parent / "dossier.typ"


def render(
    shortlist: Shortlist,
    language: Language,
    *,
    code_name: str | None = None,
    hidden_names: Sequence[str] = (),
    top: int = 10,
) -> bytes:
    """Return the dossier as tagged PDF; see `build_dossier` for the parameters."""
    return dossier_pdf(
        build_dossier(shortlist, language, code_name=code_name, hidden_names=hidden_names, top=top)
    )


def dossier_pdf(dossier: Dossier) -> bytes:
    """Set a dossier as PDF/UA-1 with the fonts that typst carries."""
    data = {
        "language": dossier.language,
        "title": dossier.title,
        "subtitle": dossier.subtitle,
        "author": dossier.author,
        "cover_facts": dossier.cover_facts,
        "notice": dossier.notice,
        "accent": ACCENT,
        "contents": phrase("contents", dossier.language),
        "page": phrase("page", dossier.language, page="\0", pages="\1"),
        "figure_word": phrase("figure_word", dossier.language),
        "table_word": phrase("table_word", dossier.language),
        "blocks": [_block(block) for block in dossier.blocks],
    }
    compiled = typst.Compiler(font_paths=_fonts()).compile(
        input=_TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst returned no single PDF")
    return compiled


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Paragraph(text, style):
            return {"kind": "paragraph", "style": style, "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": items}
        case KeyFacts(items):
            return {"kind": "facts", "items": items}
        case Figure(svg, alt, caption):
            return {"kind": "figure", "svg": svg, "alt": alt, "caption": caption}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "columns": [
                    {"name": column.name, "width": column.width, "is_number": column.kind == "number"}
                    for column in block.paper_columns
                ],
                "rows": [
                    [{"text": cell.text, "lines": cell.lines, "meta": cell.meta} for cell in row]
                    for row in block.paper_rows
                ],
                "has_total": block.has_total,
            }
