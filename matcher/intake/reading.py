"""Chooses the reader for a file by its name and content, and keeps every input within its limits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from matcher.errors import MatcherError
from matcher.intake.canonical import canonical
from matcher.intake.encodings import decode
from matcher.intake.limits import MAX_CHARACTERS, MAX_FILE_BYTES
from matcher.intake.mail import READABLE, read_mail
from matcher.words import number_text

_SPREADSHEET = (
    "eine Tabelle; bitte den Text der Anfrage in eine Datei .txt oder .docx kopieren",
    "a spreadsheet; copy the text of the brief into a .txt or .docx file",
)
_PRESENTATION = ("eine Präsentation; bitte als PDF speichern", "a presentation; save it as PDF")
_PICTURE = (
    "ein Bild ohne Text; bitte den Text selbst angeben",
    "a picture without text; give the text itself",
)
_OLD_OR_OTHER = {
    ".doc": ("eine alte Word-Datei; bitte als .docx speichern", "an old Word file; save it as .docx"),
    ".docm": (
        "eine Word-Datei mit Makros, die nicht geöffnet wird; bitte als .docx ohne Makros speichern",
        "a Word file with macros, which is not opened; save it as .docx without macros",
    ),
    ".dotm": (
        "eine Word-Vorlage mit Makros, die nicht geöffnet wird; bitte als .docx ohne Makros speichern",
        "a Word template with macros, which is not opened; save it as .docx without macros",
    ),
    ".xlsx": _SPREADSHEET,
    ".xls": _SPREADSHEET,
    ".xlsm": (
        "eine Tabelle mit Makros, die nicht geöffnet wird; bitte den Text in eine Datei .txt oder .docx kopieren",
        "a spreadsheet with macros, which is not opened; copy the text into a .txt or .docx file",
    ),
    ".pptx": _PRESENTATION,
    ".ppt": _PRESENTATION,
    ".odt": (
        "ein OpenDocument-Text; bitte als .docx oder PDF speichern",
        "an OpenDocument text; save it as .docx or PDF",
    ),
    ".rtf": ("ein RTF-Text; bitte als .docx oder PDF speichern", "an RTF text; save it as .docx or PDF"),
    ".msg": (
        "eine Outlook-Nachricht; bitte als .eml oder als Text speichern",
        "an Outlook message; save it as .eml or as text",
    ),
    ".zip": (
        "ein Archiv; bitte entpacken und die Datei mit der Anfrage angeben",
        "an archive; unpack it and give the file that holds the brief",
    ),
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
}
"""What files of other kinds are and what to do with them, as (German, English)."""


def read_document(path: Path) -> str:
    """Return the canonical text of the brief in a file.

    Raises
    ------
    MatcherError
        If the file is missing, a folder, too large, of another kind, damaged, protected or without text.
    """
    if path.is_dir():
        raise MatcherError(f"{path}: this is a folder; give one file.")
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise MatcherError(f"{path}: there is no such file; check the name and the folder.") from error
    except OSError as error:
        raise MatcherError(f"{path}: the file cannot be read ({error.strerror}).") from error
    return read_bytes(path.name, data)


def read_stdin() -> str:
    """Return the canonical text of what stands on standard input: text or a file of a readable kind."""
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    return read_bytes("standard input", data)


def read_bytes(name: str, data: bytes) -> str:
    """Return the canonical text of a file's bytes; the content decides where the name has no ending.

    Raises
    ------
    MatcherError
        As `read_document`.
    """
    return _limited(name, _read(name, data, 0))


def _read(name: str, data: bytes, nesting: int) -> str:
    """Read a file that lies `nesting` deep in e-mails."""
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    if not data.strip():
        raise MatcherError(
            f"{name}: the file is empty; give one that holds the brief.",
            de=f"{name}: Die Datei ist leer; bitte die mit der Anfrage angeben.",
        )
    suffix = _suffix(name, data)
    if suffix in _OLD_OR_OTHER:
        german, english = _OLD_OR_OTHER[suffix]
        raise MatcherError(f"{name}: this is {english}.", de=f"{name}: Das ist {german}.")
    if suffix not in READABLE:
        raise MatcherError(
            f"{name}: files ending in {suffix!r} are not read; give one of {', '.join(READABLE)}.",
            de=f"{name}: Dateien mit der Endung „{suffix}“ werden nicht gelesen; "
            f"möglich sind {', '.join(READABLE)}.",
        )
    text = read_mail(name, data, _read, nesting) if suffix == ".eml" else _READERS[suffix](name, data)
    if not any(character.isalnum() for character in text):
        raise MatcherError(
            f"{name}: no text was found in it; give a file that holds the brief as text.",
            de=f"{name}: Darin steht kein Text; bitte eine Datei angeben, die die Anfrage als Text enthält.",
        )
    return text


def _suffix(name: str, data: bytes) -> str:
    """Return the kind of the file: by its first bytes where they are clear, else by its name."""
    named = Path(name).suffix.lower() if " " not in Path(name).suffix else ""
    if data.startswith(b"%PDF-") and named not in (".pdf",):
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and named in ("", ".txt", ".md", ".eml", ".html", ".htm", ".pdf"):
        return ".docx"
    if data.startswith(b"\xd0\xcf\x11\xe0") and named in ("", ".docx", ".txt"):
        return ".docx" if named == ".docx" else ".doc"
    if named:
        return named
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith(
        (
            b"from:",
            b"return-path:",
            b"received:",
            b"delivered-to:",
            b"mime-version:",
            b"subject:",
            b"message-id:",
        )
    ):
        return ".eml"
    return ".txt"


def _limited(name: str, text: str) -> str:
    """Refuse what is longer than a brief can be."""
    if len(text) > MAX_CHARACTERS:
        raise MatcherError(
            f"{name}: the text has {len(text):,} characters, more than the {MAX_CHARACTERS:,} that are read; "
            "give only the part that states the needs.",
            de=f"{name}: Der Text hat {number_text(len(text), 'de')} Zeichen, mehr als die {number_text(MAX_CHARACTERS, 'de')}, "
            "die gelesen werden; bitte nur den Teil mit den Anforderungen angeben.",
        )
    return text


def _too_large(name: str) -> MatcherError:
    """Say that a file is too large."""
    megabytes = MAX_FILE_BYTES // 1_000_000
    return MatcherError(
        f"{name}: the file is larger than {megabytes} MB; give only the part that states the needs.",
        de=f"{name}: Die Datei ist größer als {megabytes} MB; bitte nur den Teil mit den Anforderungen angeben.",
    )


def _read_text(name: str, data: bytes) -> str:
    """Read plain text."""
    return canonical(decode(name, data))


def _read_markdown(name: str, data: bytes) -> str:
    """Read Markdown."""
    return canonical(decode(name, data), is_markdown=True)


def _read_html(name: str, data: bytes) -> str:
    """Read an HTML page."""
    from matcher.intake.html import html_lines

    return canonical("\n".join(html_lines(name, data)), is_wrapped=False)


def _read_pdf(name: str, data: bytes) -> str:
    """Read a PDF, loading its library only now."""
    from matcher.intake.pdf import pdf_text

    return canonical(pdf_text(name, data), is_wrapped=False)


def _read_word(name: str, data: bytes) -> str:
    """Read a Word file, loading its library only now."""
    from matcher.intake.word import word_lines

    return canonical("\n".join(word_lines(name, data)), is_wrapped=False)


_READERS: dict[str, Callable[[str, bytes], str]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".docx": _read_word,
}
