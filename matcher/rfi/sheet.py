"""Fills the answer columns of a questionnaire in place: an Excel sheet or the tables of a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePath

import docx
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from corpus.records import Language, Region
from matcher.errors import MatcherError
from matcher.intake.limits import MAX_UNPACKED_BYTES
from matcher.rfi.answering import Reply, Responder
from matcher.rfi.grid import Grid, excel_grid, word_grid
from matcher.rfi.reading import sheet_language
from matcher.words import in_language
from models.encoder import Encoder

_NOTHING = "–"
_ROLES: tuple[tuple[str, str], ...] = (
    ("number", r"(lfd\.? ?)?nr\.?|no\.?|#|id|pos\.?"),
    ("source", r"quelle.*|source.*|nachweis|beleg.*|evidence"),
    ("date", r"stand|datum|datenstand|date|as of|year|jahr"),
    ("owner", r"zuständig.*|verantwortlich.*|ansprechpartner.*|owner|responsible.*|contact.*"),
    ("status", r"status"),
    ("answer", r"(ihre )?antwort(en)?.*|answers?|response|reply|your (answer|response).*|auskunft"),
    (
        "question",
        r"fragen?|questions?|frage .*|anforderung(en)?|requirements?|information requested|kriteri(um|en)",
    ),
)
"""Headings by which columns are recognised; anything else is another column."""
_STATUS = (("beantwortet", "answered"), ("offen", "open"))
_ANSWER_HEADING = ("Antwort", "Answer")
_LARGEST_SHEET_CELLS = 200_000
"""More than any questionnaire; keeps a hostile file from filling the memory."""


def answer_sheet(
    data: bytes,
    name: str,
    region: Region,
    encoder: Encoder,
    location_ids: Sequence[str],
    language: Language | None = None,
) -> bytes:
    """Answer an investor's questionnaire for one location, or for the members of a joint bid.

    Parameters
    ----------
    data : bytes
        The questionnaire: an .xlsx workbook, or a .docx file with its questions in tables.
    name : str
        The file's name, which tells the format.
    region : Region
        The facts.
    encoder : Encoder
        Chooses among statements that hold every word of a question.
    location_ids : sequence of str
        One location, or the members of a joint bid, answered member by member.
    language : {"de", "en"}, optional
        Language of the answers; by default the one the sheet is written in.

    Returns
    -------
    bytes
        The same file with its answer cells filled: the answer with source and date, or "unknown",
        who to ask, and "to ask". Cells that already hold something are kept, formats too.

    Raises
    ------
    MatcherError
        If the file is of another format or damaged, holds no questions, or a location is not known.
    """
    for location_id in location_ids:
        if location_id not in region.location_by_id:
            raise MatcherError(
                f"location {location_id!r} is not in region {region.id!r}; choose one that is."
            )
    if not location_ids:
        raise MatcherError("no location was chosen to answer for; name at least one.")
    grids, save = _open(data, name)
    if sum(grid.n_cells for grid in grids) > _LARGEST_SHEET_CELLS:
        raise MatcherError(
            f"{name} has too many cells for a questionnaire; send the sheet with the questions."
        )
    texts = [text for grid in grids for row in range(grid.n_rows) for text in grid.texts(row)]
    responder = Responder(region, encoder, tuple(location_ids), language or sheet_language(texts))
    n_questions = sum(_fill(grid, responder) for grid in grids)
    if not n_questions:
        raise MatcherError(f"{name} holds no questions; put them in a column headed “Frage” or “Question”.")
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def _open(data: bytes, name: str) -> tuple[list[Grid], Callable[[io.BytesIO], object]]:
    """Open a questionnaire by its suffix: its grids, and how to save it."""
    suffix = PurePath(name).suffix.lower()
    try:
        if suffix in (".xlsx", ".docx"):
            _refuse_large(data, name)
        if suffix == ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            return [excel_grid(sheet) for sheet in book.worksheets], book.save
        if suffix == ".docx":
            document = docx.Document(io.BytesIO(data))
            return [word_grid(table) for table in document.tables], document.save
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, InvalidFileException) as error:
        raise MatcherError(f"{name} cannot be opened as {suffix}; save it again and retry.") from error
    raise MatcherError(f"{name}: questionnaires are answered as .xlsx or .docx; save the file as one.")


def _refuse_large(data: bytes, name: str) -> None:
    """Refuse a package that would unpack to more than is read, before it is opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        n_bytes = sum(part.file_size for part in package.infolist())
    if n_bytes > MAX_UNPACKED_BYTES:
        raise MatcherError(
            f"{name} unpacks to {n_bytes // 1_000_000} MB, more than a questionnaire needs; "
            "send the sheet with the questions."
        )


def _fill(grid: Grid, responder: Responder) -> int:
    """Fill one grid; return how many questions it holds."""
    head, roles = _find_head(grid)
    question = roles.get("question")
    if question is None:
        question = _question_column(grid)
        if question is None:
            return 0
    answer = roles.get("answer")
    if answer is None:
        answer = question + 1
        if answer >= grid.n_columns:
            grid.add_column()
            if head is not None:
                grid.write(head, answer, in_language(_ANSWER_HEADING, responder.language))
    n_questions = 0
    for row in range(0 if head is None else head + 1, grid.n_rows):
        text = grid.text(row, question).strip()
        if not _is_question(grid, row, question, answer, text, roles.get("number")):
            continue
        n_questions += 1
        _write_reply(grid, row, answer, roles, question, responder.reply(text), responder)
    return n_questions


def _write_reply(
    grid: Grid,
    row: int,
    answer: int,
    roles: dict[str, int],
    question: int,
    reply: Reply,
    responder: Responder,
) -> None:
    has_columns = "source" in roles and "date" in roles
    values = {
        answer: reply.text if has_columns else reply.text_with_sources,
        roles.get("source", -1): reply.sources or _NOTHING,
        roles.get("date", -1): reply.dates or _NOTHING,
        roles.get("owner", -1): reply.owners or _NOTHING,
        roles.get("status", -1): in_language(_STATUS[1 if reply.owners else 0], responder.language),
    }
    if grid.text(row, answer).strip():
        values = {}
    for column in range(question + 1, grid.n_columns):
        if not grid.text(row, column).strip() and grid.is_writable(row, column):
            grid.write(row, column, values.get(column, _NOTHING))


def _find_head(grid: Grid) -> tuple[int | None, dict[str, int]]:
    """Find the row that heads the question column, and what each of its columns is for."""
    for row in range(min(grid.n_rows, 40)):
        roles: dict[str, int] = {}
        for column, text in enumerate(grid.texts(row)):
            role = _role(text)
            if role is not None:
                roles.setdefault(role, column)
        if "question" in roles and len(roles) > 1:
            return row, roles
    return None, {}


def _role(heading: str) -> str | None:
    text = " ".join(heading.lower().split()).rstrip(":")
    for role, pattern in _ROLES:
        if re.fullmatch(pattern, text):
            return role
    return None


def _question_column(grid: Grid) -> int | None:
    """Without headings, the column with the most question marks holds the questions."""
    counts = [
        sum(grid.text(row, column).strip().endswith("?") for row in range(grid.n_rows))
        for column in range(grid.n_columns)
    ]
    best = max(range(len(counts)), key=lambda column: (counts[column], -column), default=None)
    return best if best is not None and counts[best] else None


def _is_question(grid: Grid, row: int, question: int, answer: int, text: str, number: int | None) -> bool:
    """Tell a question from a section heading, which spans columns or has no number of its own."""
    if not text or _role(text) == "question" or not grid.is_writable(row, question):
        return False
    if text.endswith("?"):
        return True
    if not grid.is_writable(row, answer) and not grid.text(row, answer):
        return False
    if number is not None and number != question:
        return bool(grid.text(row, number).strip())
    return not grid.is_bold(row, question)
