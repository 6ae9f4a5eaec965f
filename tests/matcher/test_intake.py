"""Promises about files: the same brief reads the same from each format, and a bad file ends with a sentence."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.errors import MatcherError
from matcher.intake import read_bytes, read_document
from matcher.intake.canonical import canonical
from tests.matcher.documents import BRIEF, as_html, as_mail, as_markdown, as_pdf, as_text, as_word

TEXT = read_bytes("brief.txt", as_text(BRIEF))
COVER = "Sehr geehrte Damen und Herren,\n\nanbei.\n\nMit freundlichen Grüßen\nMax Muster\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wrapped.txt", as_text(BRIEF, width=72)), ("brief.md", as_markdown(BRIEF)), ("brief.html", as_html(BRIEF)),
        ("brief.docx", as_word(BRIEF)), ("brief.pdf", as_pdf(BRIEF)), ("brief.eml", as_mail(as_text(BRIEF).decode(), subject="")),
        ("html.eml", as_mail("", subject="", html=as_html(BRIEF).decode())),
    ],
)  # fmt: skip
def test_the_same_brief_reads_the_same_from_every_format(name: str, data: bytes) -> None:
    assert read_bytes(name, data) == TEXT


@pytest.mark.parametrize(
    ("name", "data"), [("b.pdf", as_pdf(BRIEF)), ("b.docx", as_word(BRIEF)), ("b.txt", as_text(BRIEF))]
)
def test_an_attachment_is_part_of_the_brief(name: str, data: bytes) -> None:
    mail = as_mail(COVER, (name, data), ("logo.png", b"\x89PNG"), subject="WG: Standort")
    assert read_bytes("brief.eml", mail) == f"Standort\nanbei.\n{TEXT}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_umlauts_and_the_euro_sign_survive_every_encoding(encoding: str) -> None:
    data = "Fläche für 30 Mio. € in Köln, größer als 5 ha".encode(encoding)
    assert read_bytes("brief.txt", data) == "Fläche für 30 Mio. € in Köln, größer als 5 ha"
    assert read_bytes("standard input", data) == "Fläche für 30 Mio. € in Köln, größer als 5 ha"


def test_a_wrong_name_does_not_hide_what_a_file_is() -> None:
    assert read_bytes("standard input", as_pdf(BRIEF)) == TEXT
    assert read_bytes("brief.txt", as_word(BRIEF)) == TEXT
    assert read_bytes("standard input", as_html(BRIEF)) == TEXT


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(as_pdf(BRIEF)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def blank_pdf(n_pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(n_pages):
        writer.add_blank_page(200, 200)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word_with(changes: dict[str, bytes]) -> bytes:
    """A Word file in which some parts are replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_word(BRIEF))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for part, data in changes.items():
            new.writestr(part, data)
    return file.getvalue()


XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e; 5 ha</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.txt", b"--- *** ...", "no text"),
        ("a.txt", b"\xff\xfeW\x00i\x00r", "breaks off"),
        ("a.txt", b"Wir suchen 5 ha. " * 12_000, "characters"),
        ("a.xyz", b"Wir suchen 5 ha", "not read"),
        ("a.docm", as_word(BRIEF), "macros"),
        ("a.docx", word_with({"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", word_with({"word/document.xml": XXE}), "entities"),
        ("a.docx", as_word(BRIEF)[:3000], "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "password"),
        ("a.docx", b"not a zip", "damaged"),
        ("a.pdf", encrypted_pdf(), "password"),
        ("a.pdf", as_pdf(BRIEF)[:300], "damaged"),
        ("a.pdf", b"%PDF-1.7 nothing", "damaged"),
        ("a.pdf", blank_pdf(2), "scan"),
        ("a.pdf", blank_pdf(500), "500 pages"),
        ("a.eml", b"Wir suchen 5 ha ohne jeden Kopf", "no e-mail|not an e-mail"),
        ("a.eml", as_mail("5 ha", *[(f"{i}.txt", b"5 ha") for i in range(11)]), "attachments"),
        ("a.eml", as_mail("5 ha", ("b.docm", b"PK")), "macros"),
        ("a.html", b"<html><body><script>5 ha</script></body></html>", "no text"),
    ],
)
def test_a_bad_file_ends_with_one_clear_sentence(name: str, data: bytes, says: str) -> None:
    with pytest.raises(MatcherError, match=says) as caught:
        read_bytes(name, data)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(name)
    assert str(caught.value).endswith(".")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(MatcherError, match="folder"):
        read_document(tmp_path)


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = word_with({"word/media/bomb.xml": b" " * 70_000_000})
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(MatcherError, match="unpacks"):
        read_bytes("a.docx", bomb)
    assert time.perf_counter() - started < 2
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_pdf_that_unpacks_to_a_gigabyte_is_refused() -> None:
    packed = zlib.compress(b" " * 210_000_000, 1)
    with pytest.raises(MatcherError, match="unpacks"):
        read_bytes("a.pdf", b"%PDF-1.4\n4 0 obj\n<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream\n")


def test_a_long_pdf_keeps_every_paragraph_across_pages() -> None:
    assert read_bytes("long.pdf", as_pdf(BRIEF, times=12)) == "\n".join([TEXT] * 12)


def test_items_of_a_list_stay_lines_of_their_own_however_long_the_line_before() -> None:
    text = "Anruf Frau Dettmer (Medivolt Diagnostik, Start-up, 35 Mitarbeitende)\n- sucht 1.200 m² Labor, ab Q2/27, zur Miete, gern im Süden\n- Medizintechnik"
    assert canonical(text) == text


def test_words_divided_at_a_line_end_are_healed() -> None:
    assert (
        canonical("Ein Gewerbe-\ngebiet mit Gleisanschluss und einer langen Zeile, die umbrochen wird.") != ""
    )
    wrapped = "Wir suchen für unsere Fertigung ein Grundstück im Gewerbe-\ngebiet einer größeren Stadt."
    assert (
        canonical(wrapped)
        == "Wir suchen für unsere Fertigung ein Grundstück im Gewerbegebiet einer größeren Stadt."
    )


@settings(deadline=None)
@given(st.text(max_size=300))
@example("a row of borders alone\n|")
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    once = canonical(text, is_wrapped=False)
    assert canonical(once, is_wrapped=False) == once


@settings(deadline=None, max_examples=60)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.eml", "a.pdf", "a.docx", "a.html", "a.md", "standard input"]),
)
def test_any_bytes_give_a_text_or_a_sentence(data: bytes, name: str) -> None:
    assert text_or_sentence(name, data)


def text_or_sentence(name: str, data: bytes) -> str:
    """Return what a user sees; any other error than ours comes through."""
    try:
        return read_bytes(name, data)
    except MatcherError as error:
        return str(error).replace("\n", "")
