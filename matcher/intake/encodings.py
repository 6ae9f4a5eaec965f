"""Decodes the bytes of a text: UTF-8, UTF-16 and Windows-1252, or a clear sentence."""

from __future__ import annotations

import codecs

from matcher.errors import MatcherError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(name: str, data: bytes) -> str:
    """Return the text of `data`.

    Raises
    ------
    MatcherError
        If the bytes are no text in any of the encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding)
    sample = data[:4000]
    if sample.count(0):
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > 0.4 * len(sample) / 2 and even < 0.05 * len(sample):
            return _strictly(name, data, "utf-16-le")
        if even > 0.4 * len(sample) / 2 and odd < 0.05 * len(sample):
            return _strictly(name, data, "utf-16-be")
        raise _binary(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        if text.count("\ufffd") > len(text) / 200:
            raise _binary(name) from None
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text[:20_000])
    if controls > max(2, len(text[:20_000]) / 100):
        raise _binary(name)
    return text


def _strictly(name: str, data: bytes, encoding: str) -> str:
    """Decode with an encoding that the bytes themselves name."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise MatcherError(
            f"{name}: the text is marked as {encoding} but breaks off or is damaged; save it as UTF-8 and try again.",
            de=f"{name}: Der Text ist als {encoding} gekennzeichnet, bricht aber ab oder ist beschädigt; "
            "bitte als UTF-8 speichern und noch einmal versuchen.",
        ) from error


def _binary(name: str) -> MatcherError:
    """Say that the bytes are no text."""
    return MatcherError(
        f"{name}: this is not a text but binary data; give a .txt, .md, .html, .eml, .pdf or .docx file.",
        de=f"{name}: Das ist kein Text, sondern eine Binärdatei; "
        "bitte eine Datei .txt, .md, .html, .eml, .pdf oder .docx angeben.",
    )
