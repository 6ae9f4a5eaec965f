"""Reading an upload in a process of its own: a hostile file costs some seconds, never the server.

The process gets a line of JSON, which says what to do, and the file; it gives back a line of JSON and
what it made of the file. It has a limit of time and one of memory, and none of the region's facts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.records import Language
from matcher.errors import MatcherError
from matcher.intake import read_bytes
from matcher.rfi.answer import Reply
from matcher.rfi.sheet import Asked, fill_answers, read_questions

MAXIMUM_MEMORY_BYTES = 1024**3
"""A brief of 500 pages takes about 300 MB to read; chosen with room."""
Task = Literal["brief", "questions", "answers"]


@dataclass(frozen=True, slots=True)
class _Excuses:
    """What to say, as (German, English), of a file that takes too long, and of one that nothing came back for."""

    too_slow: tuple[str, str]
    unreadable: tuple[str, str]


_BRIEF = _Excuses(
    (
        "Das Lesen der Datei dauert zu lange; fügen Sie stattdessen ihren Text ein.",
        "The file takes too long to read; paste its text instead.",
    ),
    (
        "Die Datei konnte nicht gelesen werden; fügen Sie stattdessen ihren Text ein.",
        "The file could not be read; paste its text instead.",
    ),
)
_QUESTIONNAIRE = _Excuses(
    (
        "Das Lesen des Fragebogens braucht zu lange; senden Sie nur das Blatt mit den Fragen.",
        "The questionnaire takes too long to read; send the sheet with the questions alone.",
    ),
    (
        "Der Fragebogen konnte nicht gelesen werden; speichern Sie ihn neu, oder senden Sie nur das Blatt mit den Fragen.",
        "The questionnaire could not be read; save it again, or send the sheet with the questions alone.",
    ),
)
_EXCUSES: Mapping[Task, _Excuses] = {"brief": _BRIEF, "questions": _QUESTIONNAIRE, "answers": _QUESTIONNAIRE}


def read_upload(name: str, data: bytes, seconds: float) -> str:
    """Return the text of an uploaded brief.

    Raises
    ------
    MatcherError
        If the file cannot be read, or not within `seconds`; the sentence says what to do.
    """
    said, _ = _in_a_child("brief", name, data, seconds)
    return str(said["text"])


def read_questionnaire(name: str, data: bytes, seconds: float) -> Asked:
    """Return what an uploaded questionnaire asks.

    Raises
    ------
    MatcherError
        If the file cannot be read, or not within `seconds`, or holds no questions.
    """
    said, _ = _in_a_child("questions", name, data, seconds)
    return Asked(tuple(said["questions"]), said["language"])


def fill_questionnaire(
    name: str, data: bytes, replies: Mapping[str, Reply], language: Language, seconds: float
) -> bytes:
    """Return an uploaded questionnaire with its answers filled in.

    Raises
    ------
    MatcherError
        If the file cannot be read, or not within `seconds`.
    """
    told = {question: asdict(reply) for question, reply in replies.items()}
    _, filled = _in_a_child("answers", name, data, seconds, replies=told, language=language)
    return filled


def _in_a_child(
    task: Task, name: str, data: bytes, seconds: float, **more: Any
) -> tuple[dict[str, Any], bytes]:
    excuses = _EXCUSES[task]
    order = json.dumps({"task": task, "name": name, **more}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "web.parsing"],
            input=order + b"\n" + data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        german, english = excuses.too_slow
        raise MatcherError(english, de=german) from error
    line, _, made = done.stdout.partition(b"\n")
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError as error:
        german, english = excuses.unreadable
        raise MatcherError(english, de=german) from error
    if "error" in said:
        german, english = said["error"]
        raise MatcherError(english, de=german)
    return said, made


def carry_out(task: Task, name: str, data: bytes, order: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Do in the child what the server asks for; return what to say and what was made."""
    if task == "brief":
        return {"text": read_bytes(name, data)}, b""
    if task == "questions":
        return asdict(read_questions(data, name)), b""
    replies = {question: Reply(**reply) for question, reply in order["replies"].items()}
    return {}, fill_answers(data, name, replies, order["language"])


def main() -> None:
    """Carry out the order on standard input and print what came of it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY_BYTES, MAXIMUM_MEMORY_BYTES))
    order = json.loads(sys.stdin.buffer.readline())
    made = b""
    try:
        said, made = carry_out(order["task"], order["name"], sys.stdin.buffer.read(), order)
    except MatcherError as error:
        said = {"error": error.said}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
