"""Takes the text from a Word file (.docx): paragraphs, bullets and table rows, without macros or entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from matcher.errors import MatcherError
from matcher.intake.limits import MAX_PACK_RATIO, MAX_UNPACKED_BYTES
from matcher.words import number_text

_PARAGRAPH, _TABLE, _CONTROL = qn("w:p"), qn("w:tbl"), qn("w:sdt")
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_DELETED, _BOX, _FALLBACK = (
    qn("w:del"),
    qn("w:txbxContent"),
    ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"),
)
_OLE = b"\xd0\xcf\x11\xe0"


def word_lines(name: str, data: bytes) -> list[str]:
    """Return the lines of a Word file: a paragraph, a bullet ("- ") or a table row ("a | b") each.

    Raises
    ------
    MatcherError
        If the file is protected, damaged, holds macros or an entity, or unpacks to more than is read.
    """
    if data.startswith(_OLE):
        raise MatcherError(
            f"{name}: the file is protected by a password or is an old .doc; save it as an open .docx.",
            de=f"{name}: Die Datei ist durch ein Passwort geschützt oder ein altes .doc; "
            "bitte ohne Passwort als .docx speichern.",
        )
    _checked(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        AttributeError,
    ) as error:
        raise MatcherError(
            f"{name}: the Word file is damaged or is no .docx; open it in Word and save it again.",
            de=f"{name}: Die Word-Datei ist beschädigt oder kein .docx; bitte in Word öffnen und neu speichern.",
        ) from error
    body = document.element.body
    if body is None:
        raise MatcherError(
            f"{name}: the Word file has no body; open it in Word and save it again.",
            de=f"{name}: Die Word-Datei hat keinen Inhalt; bitte in Word öffnen und neu speichern.",
        )
    return list(_blocks(body))


def _checked(name: str, data: bytes) -> None:
    """Refuse a package that would unpack too large, holds macros or declares entities, before it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise MatcherError(
                    f"{name}: the file is encrypted; save it without a password.",
                    de=f"{name}: Die Datei ist verschlüsselt; bitte ohne Passwort speichern.",
                )
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise MatcherError(
                    f"{name}: the Word file holds macros and is not opened; save it as .docx without macros.",
                    de=f"{name}: Die Word-Datei enthält Makros und wird nicht geöffnet; "
                    "bitte als .docx ohne Makros speichern.",
                )
            if not any(part.filename == "word/document.xml" for part in parts) and not any(
                part.filename == "[Content_Types].xml" for part in parts
            ):
                raise MatcherError(
                    f"{name}: this is an archive and no Word file; give the file that holds the brief.",
                    de=f"{name}: Das ist ein Archiv und keine Word-Datei; bitte die Datei mit der Anfrage angeben.",
                )
            total = sum(part.file_size for part in parts)
            bombs = [
                p
                for p in parts
                if p.file_size > 1_000_000 and p.file_size > MAX_PACK_RATIO * max(1, p.compress_size)
            ]
            if total > MAX_UNPACKED_BYTES or bombs or len(parts) > 5000:
                raise MatcherError(
                    f"{name}: the file unpacks to {total // 1_000_000:,} MB, more than is read; save only the text of the brief.",
                    de=f"{name}: Die Datei ist entpackt {number_text(total // 1_000_000, 'de')} MB groß, mehr als gelesen wird; "
                    "bitte nur den Text der Anfrage speichern.",
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _without_entities(name, package.read(part))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as error:
        raise MatcherError(
            f"{name}: the Word file is damaged; open it in Word and save it again.",
            de=f"{name}: Die Word-Datei ist beschädigt; bitte in Word öffnen und neu speichern.",
        ) from error


def _without_entities(name: str, part: bytes) -> None:
    """Refuse a part with a document type declaration, through which a file could read others."""
    plain = part.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise MatcherError(
            f"{name}: the Word file declares external entities and is not opened; save it again in Word.",
            de=f"{name}: Die Word-Datei verweist auf fremde Inhalte und wird nicht geöffnet; "
            "bitte in Word neu speichern.",
        )


def _blocks(parent: etree._Element) -> Iterator[str]:
    """Yield the lines of a body, a cell or a text box in order."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _TABLE:
            for row in child.iter(qn("w:tr")):
                if _nearest(row, _TABLE) is child and (line := _row(row)):
                    yield line
        elif child.tag == _CONTROL:
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    """Yield a paragraph's lines, and after it those of text boxes anchored in it."""
    lines = _text(paragraph).split("\n")
    mark = "- " if _is_listed(paragraph) else ""
    for line in lines:
        if line.strip():
            yield mark + line.strip()
            mark = ""
    for box in paragraph.iter(_BOX):
        if not _inside(box, _FALLBACK, paragraph):
            yield from _blocks(box)


def _text(paragraph: etree._Element) -> str:
    """Text of a paragraph as it reads with all changes accepted."""
    pieces: list[str] = []
    for node in paragraph.iter(_TEXT, _TAB, _BREAK, qn("w:noBreakHyphen")):
        if any(_inside(node, tag, paragraph) for tag in (_DELETED, _BOX, _FALLBACK)):
            continue
        if node.tag == _TEXT:
            pieces.append(node.text or "")
        elif node.tag == _BREAK:
            pieces.append("\n")
        elif node.tag == _TAB:
            pieces.append("\t" if node.getparent().tag == qn("w:r") else "")
        else:
            pieces.append("-")
    return "".join(pieces)


def _row(row: etree._Element) -> str:
    """Cells of a table row, joined; empty cells are left out."""
    cells = []
    for cell in row.iter(qn("w:tc")):
        if _nearest(cell, qn("w:tr")) is row:
            words = " ".join(line.removeprefix("- ") for line in _blocks(cell))
            if words.strip():
                cells.append(words.strip())
    return " | ".join(cells)


def _is_listed(paragraph: etree._Element) -> bool:
    """Whether the paragraph is a bullet or a numbered item."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return False
    style = properties.find(qn("w:pStyle"))
    name = str(style.get(qn("w:val"), "")) if style is not None else ""
    if name.startswith(("ListBullet", "ListNumber", "Aufzhlung", "Listenabsatz", "ListParagraph")):
        return (
            name.startswith(("ListBullet", "ListNumber", "Aufzhlung"))
            or properties.find(qn("w:numPr")) is not None
        )
    return properties.find(qn("w:numPr")) is not None and not name.startswith(("Heading", "berschrift"))


def _nearest(node: etree._Element, tag: str) -> etree._Element | None:
    """Return the nearest ancestor of a kind."""
    return next(node.iterancestors(tag), None)


def _inside(node: etree._Element, tag: str, top: etree._Element) -> bool:
    """Whether an ancestor of a kind lies between `node` and `top`."""
    for ancestor in node.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag == tag:
            return True
    return False
