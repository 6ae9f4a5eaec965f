"""Takes the text from a PDF by the places of its words: paragraphs, bullets and table rows a line each.

pdfium reads the words with their boxes; where it finds none on a page, pypdf is asked as a second reader.
"""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from matcher.errors import MatcherError
from matcher.intake.limits import MAX_CHARACTERS, MAX_PAGES, MAX_UNPACKED_PDF_BYTES
from matcher.words import number_text

_GAP_BETWEEN_CELLS = 0.7
"""Blank, in line heights, from which two words can stand in two cells of a row."""
_GAP_TO_OTHERS = 2.0
"""How much wider than the narrowest blank of its line such a gap must be: justified blanks are alike."""
_ITEM = re.compile(r"^(?:[•‣◦▪▫●○■□–—*·►➢✓\uf0b7\uf0a7-]|\(?\d{1,2}[.)])$")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”“»)\]]*$")
_STREAM = re.compile(rb"stream\r?\n(?=\x78)")
"""Where a packed stream begins: zlib's first byte follows."""
_PIECE = 16_384
"""Bytes unpacked at a time: at most 17 MB come of them."""
_PAGE_NUMBER = re.compile(
    r"(?i)^(?:[-–]\s*)?(?:(?:seite|page|s\.)\s*)?\d{1,3}(?:\s*(?:/|von|of)\s*\d{1,3})?(?:\s*[-–])?$"
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its box in points, y growing upward."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(slots=True)
class _Line:
    """Words that stand on one line, in cells."""

    words: list[_Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def bottom(self) -> float:
        return min(word.bottom for word in self.words)

    @property
    def top(self) -> float:
        return max(word.top for word in self.words)

    @property
    def height(self) -> float:
        return median(word.top - word.bottom for word in self.words)

    @property
    def cells(self) -> list[list[_Word]]:
        """Words by cell: a wide blank begins a new one, except after the mark of a list."""
        cells = [[self.words[0]]]
        blanks = [word.left - before.right for before, word in pairwise(self.words)]
        narrowest = min(blanks, default=0.0) if len(blanks) > 1 else 0.0
        for (before, word), blank in zip(pairwise(self.words), blanks, strict=True):
            wide = blank > _GAP_BETWEEN_CELLS * self.height and blank > _GAP_TO_OTHERS * narrowest
            if wide and not (len(cells) == 1 and len(cells[0]) == 1 and _ITEM.match(before.text)):
                cells.append([word])
            else:
                cells[-1].append(word)
        return cells

    @property
    def text(self) -> str:
        return " | ".join(" ".join(word.text for word in cell) for cell in self.cells)


def pdf_text(name: str, data: bytes) -> str:
    """Return the text of a PDF, one paragraph, bullet or table row a line.

    Raises
    ------
    MatcherError
        If the file is protected, damaged, has too many pages or characters, or holds no text.
    """
    _check_streams(name, data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise MatcherError(
                f"{name}: the PDF is protected by a password; save it without one.",
                de=f"{name}: Das PDF ist durch ein Passwort geschützt; bitte ohne Passwort speichern.",
            ) from error
        raise MatcherError(
            f"{name}: the PDF is damaged and cannot be opened; export it again.",
            de=f"{name}: Das PDF ist beschädigt und lässt sich nicht öffnen; bitte neu exportieren.",
        ) from error
    try:
        n_pages = len(document)
        if n_pages > MAX_PAGES:
            raise MatcherError(
                f"{name}: the PDF has {n_pages} pages, more than the {MAX_PAGES} that are read; give only the pages of the brief.",
                de=f"{name}: Das PDF hat {n_pages} Seiten, mehr als die {MAX_PAGES}, die gelesen werden; "
                "bitte nur die Seiten der Anfrage angeben.",
            )
        pages: list[list[_Line]] = []
        n_characters = 0
        for index in range(n_pages):
            words = _words(document[index])
            n_characters += sum(len(word.text) + 1 for word in words)
            if n_characters > MAX_CHARACTERS:
                raise MatcherError(
                    f"{name}: the PDF has more than the {MAX_CHARACTERS:,} characters that are read; give only the pages of the brief.",
                    de=f"{name}: Das PDF hat mehr als die {number_text(MAX_CHARACTERS, 'de')} Zeichen, die gelesen werden; "
                    "bitte nur die Seiten der Anfrage angeben.",
                )
            pages.append(_lines(words))
    except pypdfium2.PdfiumError as error:
        raise MatcherError(
            f"{name}: the PDF is damaged and cannot be read; export it again.",
            de=f"{name}: Das PDF ist beschädigt und lässt sich nicht lesen; bitte neu exportieren.",
        ) from error
    finally:
        document.close()
    if not any(pages):
        text = _second_reading(data)
        if not any(character.isalnum() for character in text):
            raise MatcherError(
                f"{name}: the PDF holds pictures of pages but no text (a scan); give the text, or a PDF with recognised text.",
                de=f"{name}: Das PDF enthält Bilder von Seiten, aber keinen Text (ein Scan); "
                "bitte den Text angeben oder ein PDF mit Texterkennung.",
            )
        return text
    _drop_running_lines(pages)
    return "\n".join(_paragraphs(pages))


def _check_streams(name: str, data: bytes) -> None:
    """Refuse a PDF whose packed streams would unpack to more than is read, before it is opened."""
    total = 0
    for found in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        position = found.end()
        try:
            while position < len(data) and not unpacker.eof:
                total += len(unpacker.decompress(data[position : position + _PIECE]))
                position += _PIECE
                if total > MAX_UNPACKED_PDF_BYTES:
                    raise MatcherError(
                        f"{name}: the PDF unpacks to more than {MAX_UNPACKED_PDF_BYTES // 1_000_000} MB, more than is read; "
                        "export only the text of the brief.",
                        de=f"{name}: Das PDF ist entpackt größer als {MAX_UNPACKED_PDF_BYTES // 1_000_000} MB, "
                        "mehr als gelesen wird; bitte nur den Text der Anfrage exportieren.",
                    )
        except zlib.error:
            continue


def _second_reading(data: bytes) -> str:
    """Text as pypdf finds it, for files in which pdfium sees no words."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _words(page: pypdfium2.PdfPage) -> list[_Word]:
    """Words of a page in the order of the file."""
    textpage = page.get_textpage()
    raw = textpage.raw
    words: list[_Word] = []
    begin = -1
    letters: list[str] = []

    def finish() -> None:
        nonlocal begin
        if begin >= 0:
            boxes = [
                box
                for index in (begin, begin + len(letters) // 2, begin + len(letters) - 1)
                if (box := _box(raw, index))
            ]
            if boxes:
                words.append(
                    _Word(
                        "".join(letters), min(b[0] for b in boxes), max(b[1] for b in boxes),
                        min(b[2] for b in boxes), max(b[3] for b in boxes),
                    )
                )  # fmt: skip
        begin = -1
        letters.clear()

    n_characters = textpage.count_chars()
    for index in range(n_characters):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        character = chr(code) if code else " "
        if character.isspace() or code == 0x00A0:
            finish()
            continue
        if begin < 0:
            begin = index
        letters.append("-" if code == 2 else character)
    finish()
    textpage.close()
    page.close()
    return words


def _box(raw: object, index: int) -> tuple[float, float, float, float] | None:
    """Left, right, bottom and top of a character in points; the height is that of the font, not of the letter."""
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rectangle)):
        return None
    return float(rectangle.left), float(rectangle.right), float(rectangle.bottom), float(rectangle.top)


def _lines(words: Sequence[_Word]) -> list[_Line]:
    """Group words into lines in the order of the file; a cell further right on the same height joins its row."""
    lines: list[_Line] = []
    for word in words:
        if lines:
            line = lines[-1]
            overlap = min(line.top, word.top) - max(line.bottom, word.bottom)
            if (
                overlap > 0.5 * min(word.top - word.bottom, line.height)
                and word.left >= line.words[-1].right - 1.0
            ):
                line.words.append(word)
                continue
        lines.append(_Line([word]))
    return lines


def _drop_running_lines(pages: list[list[_Line]]) -> None:
    """Remove page numbers, and headers and footers: first or last lines that return on most pages."""
    for lines in pages:
        for edge in (0, -1):
            if len(lines) > 1 and _PAGE_NUMBER.match(lines[edge].text):
                del lines[edge]
    if len(pages) < 3:
        return
    for edge in (0, -1, 0, -1):
        counts: dict[str, int] = {}
        for lines in pages:
            if lines:
                key = _DIGITS.sub("#", lines[edge].text)
                counts[key] = counts.get(key, 0) + 1
        for lines in pages:
            if lines and counts[_DIGITS.sub("#", lines[edge].text)] > max(2, len(pages) / 2):
                del lines[edge]


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> list[str]:
    """Join the lines that a paragraph was wrapped into."""
    paragraphs: list[str] = []
    previous: _Line | None = None
    for lines in pages:
        gaps = [above.bottom - below.top for above, below in pairwise(lines) if above.bottom > below.bottom]
        usual = median(gaps) if gaps else 0.0
        for number, line in enumerate(lines):
            if previous is not None and (
                _continues(previous, line, lines, usual) if number else _continues_overleaf(previous, line)
            ):
                before = paragraphs[-1]
                divided = re.search(r"[a-zäöüß]-$", before) and line.text[:1].islower()
                joins_words = re.match(r"(?:und|oder|bis|and|or|to)\b", line.text)
                paragraphs[-1] = (
                    before[:-1] + line.text if divided and not joins_words else f"{before} {line.text}"
                )
            else:
                paragraphs.append(line.text)
            previous = line
    return paragraphs


def _continues(above: _Line, below: _Line, lines: Sequence[_Line], usual_gap: float) -> bool:
    """Whether `below` goes on with the paragraph of `above`: close under it, same size, and `above` was full."""
    if _ITEM.match(below.words[0].text) and len(below.words) > 1:
        return False
    if above.bottom - below.top > usual_gap + 0.35 * above.height or below.bottom > above.bottom:
        return False
    if abs(above.height - below.height) > 0.12 * above.height:
        return False
    if len(above.cells) > 1:
        return abs(below.left - above.cells[-1][0].left) < 3 and len(below.cells) == 1
    if len(below.cells) > 1:
        return False
    right = max(line.right for line in lines if line.left < above.right and line.right > above.left)
    first = below.words[0]
    return above.right + 0.3 * above.height + (first.right - first.left) >= right - 0.5


def _continues_overleaf(above: _Line, below: _Line) -> bool:
    """Whether a paragraph goes on at the head of the next page."""
    if len(above.cells) > 1 or len(below.cells) > 1 or _SENTENCE_END.search(above.text):
        return False
    return below.text[:1].islower() and abs(above.height - below.height) < 0.12 * above.height
