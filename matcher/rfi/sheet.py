"""Reads the questions of a questionnaire and fills its answer columns in place: an Excel sheet or the tables of a Word file.

Nothing here looks into the facts, so that a file from outside can be opened in a process that has none.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import docx
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.intake.limits import MAX_CHARACTERS, MAX_UNPACKED_BYTES
from matcher.rfi.answer import Reply
from matcher.rfi.grid import Grid, excel_grid, n_word_cells, word_grid
from matcher.rfi.reading import sheet_language
from matcher.words import in_language

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
_MOST_QUESTIONS = 1000
"""Sixty are usual, three hundred many; chosen so that answering stays within seconds."""
_LARGEST_SHEET_CELLS = 200_000
"""More than any questionnaire; keeps a hostile file from filling the memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a questionnaire asks: its questions, each once and in order, and the language it is written in."""

    questions: tuple[str, ...]
    language: Language


def read_questions(data: bytes, name: str) -> Asked:
    """Read what a questionnaire asks.

    Parameters
    ----------
    data : bytes
        The questionnaire: an .xlsx workbook, or a .docx file with its questions in tables.
    name : str
        The file's name, which tells the format.

    Raises
    ------
    MatcherError
        If the file is of another format, damaged or too large, or holds no questions.
    """
    grids, _ = _open(data, name)
    questions = dict.fromkeys(
        text for grid in grids for layout in _layouts(grid) for _, text in _question_rows(grid, layout)
    )
    if not questions:
        raise MatcherError(
            f"{name} holds no questions; put them in a column headed “Frage” or “Question”.",
            de=f"{name} enthält keine Fragen; setzen Sie sie in eine Spalte mit der Überschrift „Frage“ oder „Question“.",
        )
    if len(questions) > _MOST_QUESTIONS or sum(map(len, questions)) > MAX_CHARACTERS:
        raise MatcherError(
            f"{name} holds more than {_MOST_QUESTIONS} questions or {MAX_CHARACTERS} characters; send it in parts.",
            de=f"{name} enthält mehr als {_MOST_QUESTIONS} Fragen oder {MAX_CHARACTERS} Zeichen; senden Sie die Datei in Teilen.",
        )
    texts = [text for grid in grids for row in range(grid.n_rows) for text in grid.texts(row)]
    return Asked(tuple(questions), sheet_language(texts))


def fill_answers(data: bytes, name: str, replies: Mapping[str, Reply], language: Language) -> bytes:
    """Return the same file with the answer cells of its questions filled.

    Parameters
    ----------
    data : bytes
        The questionnaire that was read.
    name : str
        The file's name, which tells the format.
    replies : mapping of str to Reply
        What to write beside each question.
    language : {"de", "en"}
        Language of the replies, in which the status and a heading that is added are written.

    Raises
    ------
    MatcherError
        If the file cannot be opened.
    """
    grids, save = _open(data, name)
    for grid in grids:
        for layout in _layouts(grid):
            if layout.head is not None and layout.is_answer_added:
                grid.write(layout.head, layout.answer, in_language(_ANSWER_HEADING, language))
            for row, text in _question_rows(grid, layout):
                _write_reply(grid, layout, row, replies[text], language)
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
            _refuse_many(sum(sheet.max_row * sheet.max_column for sheet in book.worksheets), name)
            return [excel_grid(sheet) for sheet in book.worksheets], book.save
        if suffix == ".docx":
            document = docx.Document(io.BytesIO(data))
            _refuse_many(n_word_cells(document), name)
            return [word_grid(table) for table in document.tables], document.save
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, InvalidFileException) as error:
        raise MatcherError(
            f"{name} cannot be opened as {suffix}; save it again and retry.",
            de=f"{name} lässt sich nicht als {suffix} öffnen; speichern Sie die Datei neu und versuchen Sie es noch einmal.",
        ) from error
    raise MatcherError(
        f"{name}: questionnaires are answered as .xlsx or .docx; save the file as one.",
        de=f"{name}: Fragebögen werden als .xlsx oder .docx beantwortet; speichern Sie die Datei in einem dieser Formate.",
    )


def _refuse_large(data: bytes, name: str) -> None:
    """Refuse a package that would unpack to more than is read, before it is opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        n_bytes = sum(part.file_size for part in package.infolist())
    if n_bytes > MAX_UNPACKED_BYTES:
        raise MatcherError(
            f"{name} unpacks to {n_bytes // 1_000_000} MB, more than a questionnaire needs; "
            "send the sheet with the questions.",
            de=f"{name} wird entpackt {n_bytes // 1_000_000} MB groß, mehr als ein Fragebogen braucht; "
            "senden Sie nur das Blatt mit den Fragen.",
        )


def _refuse_many(n_cells: int, name: str) -> None:
    if n_cells > _LARGEST_SHEET_CELLS:
        raise MatcherError(
            f"{name} has too many cells for a questionnaire; send the sheet with the questions.",
            de=f"{name} hat für einen Fragebogen zu viele Zellen; senden Sie nur das Blatt mit den Fragen.",
        )


@dataclass(frozen=True, slots=True)
class _Layout:
    """The row of headings of a grid, where it has one, and which of its columns is for what."""

    head: int | None
    roles: Mapping[str, int]
    question: int
    answer: int
    is_answer_added: bool


def _layouts(grid: Grid) -> Iterator[_Layout]:
    """Yield the layout of a grid if it holds questions; one without room for answers gets a column."""
    head, roles = _find_head(grid)
    question = roles.get("question", _question_column(grid))
    if question is None:
        return
    answer = roles.get("answer", question + 1)
    is_added = answer >= grid.n_columns
    if is_added:
        grid.add_column()
    yield _Layout(head, roles, question, answer, is_added)


def _question_rows(grid: Grid, layout: _Layout) -> Iterator[tuple[int, str]]:
    """Yield the rows of a grid that ask something, and what."""
    for row in range(0 if layout.head is None else layout.head + 1, grid.n_rows):
        text = grid.text(row, layout.question).strip()
        if _is_question(grid, row, layout, text):
            yield row, text


def _write_reply(grid: Grid, layout: _Layout, row: int, reply: Reply, language: Language) -> None:
    roles = layout.roles
    has_columns = "source" in roles and "date" in roles
    values = {
        layout.answer: reply.text if has_columns else reply.text_with_sources,
        roles.get("source", -1): reply.sources or _NOTHING,
        roles.get("date", -1): reply.dates or _NOTHING,
        roles.get("owner", -1): reply.owners or _NOTHING,
        roles.get("status", -1): in_language(_STATUS[1 if reply.owners else 0], language),
    }
    if grid.text(row, layout.answer).strip():
        values = {}
    for column in range(layout.question + 1, grid.n_columns):
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


def _is_question(grid: Grid, row: int, layout: _Layout, text: str) -> bool:
    """Tell a question from a section heading, which spans columns or has no number of its own."""
    if not text or _role(text) == "question" or not grid.is_writable(row, layout.question):
        return False
    if text.endswith("?"):
        return True
    if not grid.is_writable(row, layout.answer) and not grid.text(row, layout.answer):
        return False
    number = layout.roles.get("number")
    if number is not None and number != layout.question:
        return bool(grid.text(row, number).strip())
    return not grid.is_bold(row, layout.question)
