"""Takes the visible text from an HTML page: one block element, bullet or table row a line."""

from __future__ import annotations

import re

from lxml import etree, html

from matcher.errors import MatcherError

_HIDDEN = frozenset(
    ("script", "style", "head", "template", "noscript", "svg", "iframe", "object", "nav", "form", "button")
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tr",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "hr",
        "fieldset",
        "caption",
        "body",
        "html",
        "li",
    ]
)
_MAX_DEPTH = 200
"""Deepest nesting of elements that is followed; real pages stay under 50."""


def html_lines(name: str, page: bytes | str) -> list[str]:
    """Return the lines of text a reader of the page sees, in order.

    Raises
    ------
    MatcherError
        If there is no readable page in the bytes.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_declared(page), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise MatcherError(
            f"{name}: no readable page was found in it; save it again as HTML or as text.",
            de=f"{name}: Darin ist keine lesbare Seite; bitte noch einmal als HTML oder als Text speichern.",
        ) from error
    writer = _Writer()
    writer.visit(root, 0)
    writer.close()
    return writer.lines


def _declared(page: bytes | str) -> bytes | str:
    """Return the page as text, decoded as it declares or as its bytes tell, so that umlauts stay whole."""
    if isinstance(page, str):
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    found = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", page[:4000], re.IGNORECASE)
    for encoding in ("utf-8-sig", found[1].decode("ascii") if found else "utf-8", "cp1252"):
        try:
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", page.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return page.decode("cp1252", errors="replace")


class _Writer:
    """Collects lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self._in_cell = 0

    def visit(self, element: html.HtmlElement, depth: int) -> None:
        """Write an element and what is in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _HIDDEN or _is_hidden(element) or depth > _MAX_DEPTH:
            return
        is_block = tag in _BLOCKS and not self._in_cell
        if is_block:
            self.close()
        if tag == "li" and not self._in_cell:
            self._words.append("- ")
        if tag in ("td", "th"):
            self._in_cell += 1
        if tag == "br":
            if self._in_cell:
                self._words.append(" ")
            else:
                self.close()
        self._add(element.text)
        for child in element:
            self.visit(child, depth + 1)
            self._add(child.tail)
        if tag in ("td", "th"):
            self._in_cell -= 1
            if not self._in_cell:
                self._words.append(" | ")
        elif self._in_cell and tag in _BLOCKS:
            self._words.append(" ")
        if is_block:
            self.close()

    def close(self) -> None:
        """End the line."""
        line = re.sub(r"\s+", " ", "".join(self._words)).strip()
        line = re.sub(r"(?:\s*\|\s*)+$", "", line)
        line = re.sub(r"^(?:\|\s*)+", "", re.sub(r"\|(?:\s*\|)+", "|", line))
        if line and line != "-":
            self.lines.append(line)
        self._words = []

    def _add(self, text: str | None) -> None:
        """Add text, its line breaks being blanks."""
        if text:
            self._words.append(re.sub(r"\s+", " ", text))


def _is_hidden(element: html.HtmlElement) -> bool:
    """Whether the page hides the element from its reader."""
    style = str(element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
