"""The dossier as an editable Word file: real styles, headings, table headers and alternative texts."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import docx
import vl_convert
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell

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
from matcher.render.archive import with_fixed_dates
from matcher.shortlist import Shortlist

_TEXT_FONT = "Calibri"
_TITLE_FONT = "Georgia"
_MUTED = RGBColor(0x66, 0x60, 0x5A)
_ACCENT = RGBColor.from_string(ACCENT.lstrip("#").upper())
_TEXT_WIDTH = Mm(166)
_LANGUAGE_TAGS = {"de": "de-DE", "en": "en-GB"}


def render(
    shortlist: Shortlist,
    language: Language,
    *,
    code_name: str | None = None,
    hidden_names: Sequence[str] = (),
    top: int = 10,
) -> bytes:
    """Return the dossier as .docx; see `build_dossier` for the parameters."""
    return dossier_docx(
        build_dossier(shortlist, language, code_name=code_name, hidden_names=hidden_names, top=top)
    )


def dossier_docx(dossier: Dossier) -> bytes:
    """Write a dossier as a Word file."""
    document = docx.Document()
    _set_properties(document, dossier)
    _set_styles(document, dossier.language)
    _set_page(document, dossier)
    _add_cover(document, dossier)
    for block in dossier.blocks:
        _add_block(document, block)
    target = io.BytesIO()
    document.save(target)
    return with_fixed_dates(target.getvalue())


def _set_properties(document: Document, dossier: Dossier) -> None:
    properties = document.core_properties
    properties.title = f"{dossier.title} – {dossier.subtitle}"
    properties.author = dossier.author
    properties.last_modified_by = dossier.author
    properties.language = _LANGUAGE_TAGS[dossier.language]
    properties.comments = ""
    properties.created = properties.modified = datetime.datetime(dossier.data_year, 1, 1)


def _set_styles(document: Document, language: Language) -> None:
    styles: Any = document.styles
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for attribute in ("w:val", "w:eastAsia"):
        defaults.set(qn(attribute), _LANGUAGE_TAGS[language])
    sizes = {"Normal": 10, "Title": 34, "Subtitle": 16, "Heading 1": 18, "Heading 2": 12.5, "Caption": 8.5}
    for name, size in sizes.items():
        style = styles[name]
        style.font.size = Pt(size)
        font = _TEXT_FONT if name in ("Normal", "Caption") else _TITLE_FONT
        style.font.name = font
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        if name != "Normal":
            style.font.color.rgb = _MUTED if name in ("Subtitle", "Caption") else _ACCENT
            style.font.bold = name.startswith("Heading")
    title_border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    title_border.getparent().remove(title_border)
    styles["Heading 1"].paragraph_format.space_before = Pt(26)
    styles["Heading 1"].paragraph_format.space_after = Pt(8)
    styles["Heading 2"].paragraph_format.space_before = Pt(14)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Normal"].paragraph_format.space_after = Pt(6)


def _set_page(document: Document, dossier: Dossier) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.add_run(f"{dossier.title} · {dossier.author}").font.size = Pt(8)
    header.runs[0].font.color.rgb = _MUTED
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = footer.add_run()
    run.font.size = Pt(8)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _add_cover(document: Document, dossier: Dossier) -> None:
    title = document.add_paragraph(dossier.title, style="Title")
    title.paragraph_format.space_before = Mm(55)
    document.add_paragraph(dossier.subtitle, style="Subtitle").paragraph_format.space_after = Mm(14)
    for label, value in dossier.cover_facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").font.color.rgb = _MUTED
        paragraph.add_run(value)
    notice = document.add_paragraph(style="Caption")
    notice.paragraph_format.space_before = Mm(30)
    notice.add_run(dossier.notice)
    notice.add_run().add_break(WD_BREAK.PAGE)


def _add_block(document: Document, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Paragraph(text, style):
            run = document.add_paragraph().add_run(text)
            if style == "lead":
                run.font.size = Pt(12)
            elif style == "small":
                run.font.size = Pt(8.5)
        case Bullets(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case KeyFacts(items):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            for number, (label, value) in enumerate(items):
                paragraph.add_run(("   " if number else "") + f"{label}: ").font.color.rgb = _MUTED
                run = paragraph.add_run(value)
                run.bold = True
                run.font.color.rgb = _ACCENT
        case Figure():
            _add_figure(document, block)
        case Table():
            _add_table(document, block)


def _add_figure(document: Document, figure: Figure) -> None:
    picture = io.BytesIO(vl_convert.svg_to_png(figure.svg, scale=2))
    shape = document.add_picture(picture, width=_TEXT_WIDTH)
    shape._inline.docPr.set("descr", figure.alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(figure.caption, style="Caption").paragraph_format.keep_with_next = False


def _add_table(document: Document, table: Table) -> None:
    document.add_paragraph(table.caption, style="Caption")
    columns = table.paper_columns
    rows = table.paper_rows
    grid = document.add_table(rows=0, cols=len(columns))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    properties: Any = grid._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        _append(margins, side, {"w:w": "60", "w:type": "dxa"})
    properties.find(qn("w:tblLook")).addprevious(margins)  # the schema wants this order
    _append(properties, "w:tblCaption", {"w:val": table.caption})
    total_width = sum(column.width for column in columns)
    widths = [Emu(int(_TEXT_WIDTH * column.width / total_width)) for column in columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    head = grid.add_row()
    _append(head._tr.get_or_add_trPr(), "w:tblHeader", {})
    for cell, column, width in zip(head.cells, columns, widths, strict=True):
        text = PaperCell(column.name, (), "", column.kind == "number")
        _fill(cell, text, width, is_strong=True, colour=_ACCENT, border=(ACCENT, 8))
    for number, row in enumerate(rows, start=1):
        line = grid.add_row()
        _append(line._tr.get_or_add_trPr(), "w:cantSplit", {})
        is_total = table.has_total and number == len(rows)
        for cell, content, width in zip(line.cells, row, widths, strict=True):
            _fill(cell, content, width, is_strong=is_total, colour=None, border=("#CFCAC2", 4))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(
    cell: _Cell,
    content: PaperCell,
    width: Emu,
    *,
    is_strong: bool,
    colour: RGBColor | None,
    border: tuple[str, int],
) -> None:
    cell.width = width
    texts = [(content.text, False), *((line, False) for line in content.lines), (content.meta, True)]
    paragraph = cell.paragraphs[0]
    for number, (text, is_meta) in enumerate(texts):
        if number and not text:
            continue
        if number:
            paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if content.is_number else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(text)
        run.font.size = Pt(7.5 if is_meta else 8.5)
        run.italic = is_meta
        run.bold = is_strong
        if is_meta or colour:
            run.font.color.rgb = _MUTED if is_meta else colour
    borders = OxmlElement("w:tcBorders")
    _append(
        borders,
        "w:bottom",
        {"w:val": "single", "w:sz": str(border[1]), "w:color": border[0].lstrip("#")},
    )
    cell._tc.get_or_add_tcPr().append(borders)


def _append(parent: Any, tag: str, attributes: dict[str, str]) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    parent.append(element)
