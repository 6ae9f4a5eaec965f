"""How a text file of leads is written: its encoding, delimiter and line ends, found from the bytes."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DELIMITERS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_SAMPLE_ROWS = 60
_INVALID = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read a text table. `has_separator_line` is Excel's leading line `sep=;`."""

    encoding: str
    delimiter: str = ","
    line_end: str = "\n"
    has_separator_line: bool = False


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacking gzip (recognised by its first bytes)."""
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not is_gzip:
            yield raw
            return
        with gzip.open(raw) as unpacked:
            yield unpacked  # type: ignore[misc]  # GzipFile reads as IO[bytes]; its stub does not say so


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Open for reading with line ends kept; bytes that UTF-8 cannot hold become lone surrogates."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with open_bytes(path) as stream:
        yield io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")


def has_invalid_bytes(text: str) -> bool:
    """Tell whether `text`, read by `open_text`, held bytes that are not UTF-8."""
    return not text.isascii() and _INVALID.search(text) is not None


def find_encoding(path: Path) -> str:
    """Find the encoding of a text file: byte order mark, then UTF-16 by its zeros, UTF-8, Windows-1252.

    A file that is UTF-8 but for a few broken rows stays UTF-8: fewer than one invalid byte for every
    two valid characters beyond ASCII, which no Windows-1252 text in a Latin script reaches.
    """
    with open_bytes(path) as stream:
        head = stream.read(1 << 16)
        for mark, encoding in BYTE_ORDER_MARKS:
            if head.startswith(mark):
                return encoding
        zeros = head.count(0)
        if zeros > len(head) / 4:
            return "utf-16-le" if head[1::2].count(0) * 2 > zeros else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        valid = invalid = 0
        block = head
        while block:
            text = decoder.decode(block)
            if not text.isascii():
                n_invalid = len(_INVALID.findall(text))
                invalid += n_invalid
                valid += sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - n_invalid
            block = stream.read(_BLOCK)
        invalid += len(_INVALID.findall(decoder.decode(b"", final=True)))
    return "utf-8" if invalid * 2 <= valid else "cp1252"


def find_delimiter(sample: str) -> str:
    """Return the delimiter under which the first rows of `sample` have the most even shape.

    Each candidate is judged by the share of rows with the commonest count of cells, times that
    count; a file of one column is read with a comma.
    """
    best = (0.0, -len(DELIMITERS), ",")
    for order, delimiter in enumerate(DELIMITERS):
        counts: Counter[int] = Counter()
        try:
            for n_rows, cells in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
                if n_rows == _SAMPLE_ROWS:
                    break
                if cells:
                    counts[len(cells)] += 1
        except csv.Error:
            continue
        if not counts:
            continue
        n_cells, n_alike = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        if n_cells > 1:
            best = max(best, (n_alike / counts.total() * min(n_cells, 12), -order, delimiter))
    return best[2]


def find_dialect(path: Path, *, delimiter: str | None = None) -> Dialect:
    """Find encoding, delimiter (unless given, as for .tsv) and line ends of a delimited file."""
    encoding = find_encoding(path)
    with open_text(path, encoding) as stream:
        sample = stream.read(1 << 17)
    first_line = sample.split("\n", 1)[0].rstrip("\r")
    line_end = "\r\n" if "\r\n" in sample else "\n"
    if first_line.lower().startswith("sep=") and len(first_line) == 5:
        return Dialect(encoding, first_line[4], line_end, has_separator_line=True)
    return Dialect(encoding, delimiter or find_delimiter(sample), line_end)
