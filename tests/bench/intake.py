"""Times the reading of a 30-page questionnaire without the embedding, and how exactly figures are read."""

from __future__ import annotations

import time
from collections.abc import Callable

from corpus.pack import RUHR, load_region
from matcher.gazetteer import find_places
from matcher.intake import read_bytes
from matcher.quantities import find_quantities
from matcher.sentences import sentences
from tests.matcher.documents import BRIEF, as_pdf, as_word
from tests.quantities.__main__ import main as print_quantities

TIMES_FOR_30_PAGES = 80


def _seconds(work: Callable[[], object]) -> float:
    """Best of three runs, in seconds."""
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def run() -> None:
    """Print the times and the rates."""
    region = load_region(RUHR)
    pdf, word = as_pdf(BRIEF, times=TIMES_FOR_30_PAGES), as_word(BRIEF * TIMES_FOR_30_PAGES)
    text = read_bytes("rfi.pdf", pdf)
    steps: dict[str, Callable[[], object]] = {
        "PDF to text": lambda: read_bytes("rfi.pdf", pdf),
        "Word to text": lambda: read_bytes("rfi.docx", word),
        "sentences and languages": lambda: sentences(text),
        "quantities": lambda: find_quantities(text),
        "places": lambda: find_places(text, region),
    }
    times = {name: _seconds(work) for name, work in steps.items()}
    for name, seconds in times.items():
        print(f"30-page RFI ({len(text):,} characters), {name}: {seconds * 1000:.0f} ms")
    total = sum(seconds for name, seconds in times.items() if name != "Word to text")
    print(f"30-page RFI as PDF, read and taken apart: {total:.2f} s (bar: 2 s, embedding apart)")
    brief = read_bytes("brief.pdf", as_pdf(BRIEF))
    seconds = _seconds(lambda: (sentences(brief), find_quantities(brief), find_places(brief, region)))
    print(
        f"one brief ({len(brief)} characters), sentences, quantities and places: {seconds * 1000:.1f} ms (bar: 30 ms)"
    )
    print_quantities()
