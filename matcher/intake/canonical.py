"""Brings text from any format into one form, so that the same brief reads the same from each of them.

One paragraph, heading, bullet or table row a line; a bullet or numbered item begins with "- "; the cells of a row are
joined by " | "; no marks of Markdown; one blank between words; no blank lines.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000\x0b\x0c]+")
_BULLET = re.compile(r"^(?:[•‣◦▪▫●○■□–—*+·►➢✓\uf0b7\uf0a7-]|o(?=\s{2,}|\t))\s+(?=\S)")
_NUMBERED = re.compile(
    r"^\(?\d{1,2}[.)]\s+(?=\S)(?!Quartal|Halbjahr|Stock|Etage|OG|BA|Bauabschnitt|Januar|Februar|März|April|Mai|Juni|Juli"
    r"|August|September|Oktober|November|Dezember)"
)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-=_*~]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*|___|__|_)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_CODE = re.compile(r"`([^`\n]+)`")
_ENDS_LINE = re.compile(r"[.!?:;…][\"'”“»)\]]*$")
_MIN_WRAP = 50
"""Shortest line, in characters, after which a line break can be a wrap; chosen below the usual 60 to 80."""


def canonical(text: str, *, is_markdown: bool = False, is_wrapped: bool = True) -> str:
    """Return `text` in the one form that every format is brought into.

    Parameters
    ----------
    text : str
        Text as a parser gave it.
    is_markdown : bool
        Whether marks of Markdown (emphasis, links, tables) are to be taken away.
    is_wrapped : bool
        Whether a line break inside a paragraph may be only a wrap. False where the parser knows the
        paragraphs (Word, HTML).
    """
    text = unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    )
    text = _INVISIBLE.sub("", text)
    if is_markdown:
        text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    blocks: list[str] = []
    continues = False
    width = max((len(line) for line in text.split("\n")), default=0)
    previous_length = 0
    for raw in text.split("\n"):
        line = _BLANKS.sub(" ", raw).strip()
        is_rule = _RULE.match(line) or _TABLE_RULE.match(line)
        plain = "" if is_rule else _plain_line(line, raw, is_markdown)
        if not plain:
            continues = False
            continue
        starts_block = plain != line or plain.startswith("- ") or " | " in plain
        wrapped = (
            is_wrapped
            and continues
            and not starts_block
            and blocks
            and _may_wrap(blocks[-1], previous_length, width, plain)
        )
        if wrapped:
            blocks[-1] = _joined(blocks[-1], plain)
        else:
            blocks.append(plain)
        previous_length = len(raw.rstrip())
        continues = " | " not in plain
    if is_markdown:
        blocks = [_EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", block)) for block in blocks]
    return "\n".join(blocks)


def _plain_line(line: str, raw: str, is_markdown: bool) -> str:
    """Return one line with its bullet, heading mark and cell borders in the one form."""
    if heading := _HEADING.match(line):
        return heading[1]
    if bullet := _BULLET.match(line if not line.startswith("o") else raw.strip()):
        rest = (line if not line.startswith("o") else _BLANKS.sub(" ", raw.strip()))[bullet.end() :]
        return "- " + rest.lstrip()
    if numbered := _NUMBERED.match(line):
        return "- " + line[numbered.end() :]
    if "|" in line and (is_markdown or line.startswith("|") or line.endswith("|")):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        return " | ".join(cell for cell in cells if cell)
    if "\t" in raw.strip():
        return " | ".join(
            _BLANKS.sub(" ", cell).strip() for cell in re.split(r"\t+", raw.strip()) if cell.strip()
        )
    return line


def _may_wrap(before: str, previous_length: int, width: int, line: str) -> bool:
    """Whether the break between two lines is only a wrap of one paragraph."""
    if width < _MIN_WRAP or previous_length + len(line.split(" ", 1)[0]) < min(0.8 * width, width - 12):
        return previous_length >= _MIN_WRAP and line[:1].islower() and not _ENDS_LINE.search(before)
    return width <= 130 or not _ENDS_LINE.search(before)


def _joined(before: str, line: str) -> str:
    """Join a wrapped line, healing a word that was divided at the break."""
    if (
        re.search(r"[a-zäöüß]-$", before)
        and line[:1].islower()
        and not re.match(r"(?:und|oder|bis|and|or|to)\b", line)
    ):
        return before[:-1] + line
    return f"{before} {line}"
