"""Takes from an e-mail what its writer asks: subject, body and attachments, no headers or signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from matcher.errors import MatcherError
from matcher.intake.canonical import canonical
from matcher.intake.encodings import decode
from matcher.intake.limits import MAX_ATTACHMENTS, MAX_NESTING

_QUOTE_INTRODUCTION = re.compile(
    r"""^\s*(?:
        On\s.{3,200}\swrote:\s*$ | Am\s.{3,200}\sschrieb\b.*:\s*$ | Le\s.{3,200}\sa\sécrit\s?:\s*$ | Op\s.{3,200}\sschreef\b.*:\s*$
      | -{2,}\s*(?:Original\sMessage|Ursprüngliche\sNachricht|Originalnachricht|Forwarded\smessage|Weitergeleitete\sNachricht).*
      | _{10,}\s*$ | Begin\sforwarded\smessage:\s*$ | Anfang\sder\sweitergeleiteten\s(?:E-)?Mail:\s*$
      | .{3,120}<[^<>\s]+@[^<>\s]+>\s+(?:schrieb|wrote)\b.*
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_FORWARD = re.compile(r"(?i)forward|weitergeleitet")
_HEADER_LINE = re.compile(
    r"(?i)^\s*\*?(?:von|from|gesendet|sent|datum|date|an|to|cc|kopie|bcc|betreff|subject|reply-to|antwort an|importance|priorität|wichtigkeit|anlagen|attachments):\*?\s"
)
_SIGN_OFF = re.compile(
    r"""(?i)^\s*(?:(?:mit\s)?(?:freundlichen?|besten?|herzlichen?|vielen?|schönen?|liebe[nr]?)\s(?:grüßen?|gruß|grüssen?|gruss|gruessen|dank\sund\s.*grüße.*)
        (?:\s(?:aus|nach|vom|von)\s.{2,40})?|viele\sgrüße|beste\sgrüße|lg|vg|mfg|hochachtungsvoll|(?:kind|best|warm|warmest|with\s(?:kind|best)|many)\s(?:regards|wishes)|regards|sincerely(?:\syours)?
        |yours\s(?:sincerely|faithfully|truly)|best|cheers|thanks\sand\s(?:kind\s|best\s)?regards|(?:thank\syou|thanks|vielen\sdank)\sand\s(?:kind\s|best\s)?regards|herzlichst)\s*[,.!]?\s*$""",
    re.VERBOSE,
)
_DISCLAIMER = re.compile(
    r"""(?i)(?:diese\s(?:e-?mail|nachricht)(?:\s(?:und|einschließlich)\s.{3,60})?\s(?:enthält|kann|ist|sowie)\b.{0,60}(?:vertraulich|geschützt|bestimmt)
        |vertraulichkeitshinweis|this\s(?:e-?mail|message|communication)\b.{0,120}(?:confidential|privileged|intended\s(?:only\s|solely\s)?for)
        |confidentiality\s(?:notice|note)|if\syou\s(?:are\snot|have\sreceived)\b.{0,60}(?:recipient|error)|falls\ssie\snicht\sder\s.{0,30}(?:adressat|empfänger)
        |(?:please\s)?(?:consider|think\sof)\sthe\senvironment\sbefore|bitte\s(?:prüfen|denken|drucken)\b.{0,60}(?:ausdruck|umwelt|drucken)
        |sitz\sder\sgesellschaft\s?:|registergericht|handelsregister|geschäftsführ(?:er|ung)\s?:|registered\s(?:office|in\s(?:england|germany))|ust-?id)""",
    re.VERBOSE,
)
_DEVICE = re.compile(
    r"(?i)^\s*(?:sent from my|von meinem .{2,30} gesendet|gesendet von|get outlook for|diese nachricht wurde von meinem)"
)
_GREETING = re.compile(
    r"(?i)^\s*(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|liebe[rs]?|moin|dear|hello|hi|good (?:morning|afternoon|day)|to whom it may concern)\b[^.:;?]{0,70}[,!.]?\s*$"
)
_SUBJECT_MARK = re.compile(r"(?i)^(?:(?:re|aw|fw|fwd|wg|sv|tr)(?:\[\d+\])?:\s*)+")
_FORWARDED_SUBJECT = re.compile(r"(?i)\s*(?:fwd?|wg|tr)\s*:")
READABLE = (".txt", ".md", ".markdown", ".html", ".htm", ".eml", ".pdf", ".docx")
_PASSED_OVER = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".svg",
    ".ics",
    ".vcf",
    ".p7s",
    ".asc",
    ".sig",
    ".webp",
    ".tif",
    ".tiff",
)


def read_mail(name: str, data: bytes, read_part: Callable[[str, bytes, int], str], nesting: int) -> str:
    """Return subject, body and attachments of an e-mail as one canonical text.

    Parameters
    ----------
    name : str
        Name of the file, for messages.
    data : bytes
        The message as of RFC 5322.
    read_part : callable
        Reads an attachment from its name, its bytes and how deep it lies.
    nesting : int
        How deep this message lies in others.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (
        message.keys() and (message["from"] or message["subject"] or message["to"] or message["date"])
    ):
        raise MatcherError(
            f"{name}: this is not an e-mail (no From, To, Subject or Date); save it again from the mail program as .eml.",
            de=f"{name}: Das ist keine E-Mail (ohne Absender, Empfänger, Betreff und Datum); "
            "bitte im Mailprogramm noch einmal als .eml speichern.",
        )
    parts = [_subject(message)]
    body = _body(name, message)
    if body:
        parts.append(body)
    parts.extend(_attachments(name, message, read_part, nesting))
    return "\n".join(part for part in parts if part.strip())


def asked(text: str, *, is_forwarded: bool = False) -> str:
    """Return what the writer of an e-mail asks: no quoted reply, header, greeting, signature or disclaimer.

    The first message quoted below is kept where the mail forwards it, or has no words of its own:
    there the quoted words are the brief.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own: list[str] = []
    in_signature = False
    n_quoted = 0
    index = 0
    while index < len(lines):
        line = lines[index]
        if _begins_quote(lines, index):
            n_quoted += 1
            if n_quoted > 1 or not (is_forwarded or _FORWARD.search(line) or not _words(own)):
                break
            in_signature = False
            index = _after_headers(lines, index)
            continue
        index += 1
        if (
            re.match(r"^--\s?$", line)
            or _SIGN_OFF.match(line)
            or _DEVICE.match(line)
            or _DISCLAIMER.search(line)
        ):
            in_signature = True
        if not (in_signature or line.lstrip().startswith(">") or _GREETING.match(line)):
            own.append(line)
    if not _words(own):
        own = [line.lstrip("> ") for line in lines if line.lstrip().startswith(">")]
    return "\n".join(own)


def _begins_quote(lines: list[str], index: int) -> bool:
    """Whether a quoted or forwarded message begins at this line."""
    return (
        _is_header_block(lines, index)
        or bool(_QUOTE_INTRODUCTION.match(lines[index]))
        or _split_introduction(lines, index)
    )


def _words(lines: list[str]) -> list[str]:
    """Return all words of some lines."""
    return " ".join(lines).split()


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether two or more header lines ("Von:", "Gesendet:") begin here, as mail programs quote them."""
    return all(_HEADER_LINE.match(line) for line in lines[index : index + 2]) and len(lines) > index + 1


def _split_introduction(lines: list[str], index: int) -> bool:
    """Whether "Am ... schrieb ...:" begins here and is wrapped over two lines."""
    return bool(
        re.match(r"^\s*(?:On|Am)\s.*\d", lines[index])
        and index + 1 < len(lines)
        and re.search(r"(?:wrote|schrieb\b.*):\s*$", lines[index + 1])
        and _QUOTE_INTRODUCTION.match(lines[index].strip() + " " + lines[index + 1].strip())
    )


def _after_headers(lines: list[str], index: int) -> int:
    """Index of the first line of a forwarded message's own text."""
    if not _HEADER_LINE.match(lines[index]):
        index += 1
    while index < len(lines) and (not lines[index].strip() or _HEADER_LINE.match(lines[index])):
        index += 1
    return index


def _subject(message: EmailMessage) -> str:
    """Return the subject without "Re:" and "WG:"."""
    return canonical(_SUBJECT_MARK.sub("", str(message["subject"] or "")).strip())


def _body(name: str, message: EmailMessage) -> str:
    """Return the canonical text of the body, plain text before HTML."""
    body = message.get_body(preferencelist=("plain", "html"))
    text = _part_text(name, body)
    if not text.strip():
        body = message.get_body(preferencelist=("html",))
        text = _part_text(name, body)
    if body is None or not text.strip():
        return ""
    is_forwarded = bool(_FORWARDED_SUBJECT.match(str(message["subject"] or "")))
    if body.get_content_type() == "text/html":
        from matcher.intake.html import html_lines

        return canonical(
            asked("\n".join(html_lines(name, text)), is_forwarded=is_forwarded), is_wrapped=False
        )
    return canonical(asked(text, is_forwarded=is_forwarded))


def _part_text(name: str, part: object) -> str:
    """Text of a part of a message, empty when there is none."""
    if not isinstance(part, EmailMessage):
        return ""
    raw = part.get_payload(decode=True)
    return _decoded(name, part, raw) if isinstance(raw, bytes) and raw.strip() else ""


def _decoded(name: str, part: EmailMessage, data: bytes) -> str:
    """Decode a part by its stated character set, or by its bytes when that is missing or wrong."""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(name, data)


def _attachments(
    name: str, message: EmailMessage, read_part: Callable[[str, bytes, int], str], nesting: int
) -> list[str]:
    """Return the texts of the attachments that can be a brief; pictures and cards are passed over."""
    texts: list[str] = []
    for part in message.iter_attachments():
        file_name = str(part.get_filename() or "")
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            file_name, data = (
                file_name or "forwarded.eml",
                bytes(inner) if isinstance(inner, EmailMessage) else b"",
            )
            if not file_name.lower().endswith(".eml"):
                file_name += ".eml"
        else:
            raw = part.get_payload(decode=True)
            data = raw if isinstance(raw, bytes) else b""
        suffix = "." + file_name.lower().rsplit(".", 1)[-1] if "." in file_name else ""
        if (
            not file_name
            or suffix in _PASSED_OVER
            or part.get_content_maintype() in ("image", "audio", "video")
        ):
            continue
        if len(texts) == MAX_ATTACHMENTS:
            raise MatcherError(
                f"{name}: more than {MAX_ATTACHMENTS} attachments; send those that hold the brief.",
                de=f"{name}: mehr als {MAX_ATTACHMENTS} Anhänge; bitte nur die mit der Anfrage senden.",
            )
        if nesting >= MAX_NESTING:
            raise MatcherError(
                f"{name}: e-mails are attached to e-mails more than {MAX_NESTING} deep; send the inner one.",
                de=f"{name}: E-Mails hängen mehr als {MAX_NESTING}-fach ineinander; bitte die innerste senden.",
            )
        texts.append(read_part(f"{name}: {file_name}", data, nesting + 1))
    return texts
