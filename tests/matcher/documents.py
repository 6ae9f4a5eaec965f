"""Makes real files of one brief for the tests: Markdown, HTML, Word, PDF and e-mail."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

import docx
import typst

Block = tuple[str, str | Sequence[Sequence[str]]]

BRIEF: tuple[Block, ...] = (
    ("heading", "Standortanfrage für ein Batteriewerk"),
    ("paragraph", "Wir suchen für die Fertigung von Batteriemodulen ein Grundstück von mindestens 12 ha in einem Industriegebiet, das rund "
                  "um die Uhr genutzt werden darf. Zwingend ist ein Gleisanschluss; die Autobahn soll in höchstens zehn Minuten erreichbar sein."),
    ("heading", "Anforderungen im Einzelnen"),
    ("bullet", "Stromanschluss 40 MW, erweiterbar auf 80 MW"),
    ("bullet", "350 Arbeitsplätze, davon 60 Ingenieurinnen und Ingenieure der Elektrotechnik, bevorzugt aus einer Hochschule im Umkreis von 30 km"),
    ("bullet", "Investition 120 Mio. € ab 2027"),
    ("table", (("Kriterium", "Wert"), ("Hallenfläche", "25.000 m²"), ("Lichte Höhe", "mind. 12 m"))),
    ("paragraph", "We would also welcome a research partner for battery recycling within half an hour, and ideally a port."),
)  # fmt: skip


def as_text(blocks: Sequence[Block], *, width: int | None = None) -> bytes:
    """Plain text with bullets and cells parted by tabs, wrapped at `width` where given."""
    import textwrap

    lines: list[str] = []
    for kind, content in blocks:
        if isinstance(content, str):
            mark = "• " if kind == "bullet" else ""
            wrapped = (
                textwrap.wrap(mark + content, width, break_on_hyphens=False) if width else [mark + content]
            )
            lines += [*wrapped, ""]
        else:
            lines += ["\t".join(row) for row in content] + [""]
    return "\n".join(lines).encode()


def as_markdown(blocks: Sequence[Block]) -> bytes:
    """Markdown."""
    lines: list[str] = []
    for kind, content in blocks:
        if isinstance(content, str):
            lines += [{"heading": "## ", "bullet": "* ", "paragraph": ""}[kind] + content, ""]
        else:
            rows = ["| " + " | ".join(row) + " |" for row in content]
            lines += [rows[0], "|---|---|", *rows[1:], ""]
    return "\n".join(lines).encode()


def as_html(blocks: Sequence[Block]) -> bytes:
    """An HTML page with a script and a style that nobody reads."""
    parts = [
        "<!doctype html><html><head><meta charset='utf-8'><title>x</title><style>p{}</style></head><body><script>var ha = 99</script>"
    ]
    for kind, content in blocks:
        if isinstance(content, str):
            tag = {"heading": "h2", "bullet": "li", "paragraph": "p"}[kind]
            parts.append(f"<{tag}>{escape(content)}</{tag}>")
        else:
            cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in content]
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def as_word(blocks: Sequence[Block]) -> bytes:
    """A Word file with headings, list styles and a table."""
    document = docx.Document()
    for kind, content in blocks:
        if isinstance(content, str):
            if kind == "heading":
                document.add_heading(content, level=1)
            else:
                document.add_paragraph(content, style="List Bullet" if kind == "bullet" else None)
        else:
            table = document.add_table(rows=0, cols=len(content[0]))
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(blocks: Sequence[Block], *, times: int = 1, preamble: str = "") -> bytes:
    """A PDF set by typst, justified, with page numbers."""
    parts = [
        preamble
        or '#set page(numbering: "1 / 1")\n#set par(justify: true)\n#set text(lang: "de", hyphenate: true)'
    ]
    for kind, content in list(blocks) * times:
        if isinstance(content, str):
            text = '#("' + content.replace("\\", "\\\\").replace('"', '\\"') + '")'
            parts.append({"heading": f"= {text}", "bullet": f"- {text}", "paragraph": text}[kind] + "\n")
        else:
            cells = ", ".join('[#("' + cell + '")]' for row in content for cell in row)
            parts.append(f"#table(columns: {len(content[0])}, {cells})\n")
    return bytes(typst.compile("\n".join(parts).encode()))


def as_mail(body: str, *attachments: tuple[str, bytes], subject: str = "Standort", html: str = "") -> bytes:
    """An e-mail with attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Max <max@muster.example>",
        "info@region.example",
        subject,
    )
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
