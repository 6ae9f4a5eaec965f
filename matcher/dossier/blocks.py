"""The blocks of a dossier: what is said, in which order, without saying how any format shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from corpus.records import Language

Rewrite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 opens a chapter."""

    level: Literal[1, 2]
    text: str

    def rewritten(self, rewrite: Rewrite) -> Heading:
        """Return the heading with its text passed through `rewrite`."""
        return replace(self, text=rewrite(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` opens a chapter in larger type, `small` is a remark."""

    text: str
    style: Literal["lead", "body", "small"] = "body"

    def rewritten(self, rewrite: Rewrite) -> Paragraph:
        """Return the paragraph with its text passed through `rewrite`."""
        return replace(self, text=rewrite(self.text))


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short sentences."""

    items: tuple[str, ...]

    def rewritten(self, rewrite: Rewrite) -> Bullets:
        """Return the list with its items passed through `rewrite`."""
        return replace(self, items=tuple(map(rewrite, self.items)))


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A few figures with their labels, as (label, value)."""

    items: tuple[tuple[str, str], ...]

    def rewritten(self, rewrite: Rewrite) -> KeyFacts:
        """Return the facts with labels and values passed through `rewrite`."""
        return replace(self, items=tuple((rewrite(label), rewrite(value)) for label, value in self.items))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG with its alternative text and caption."""

    svg: str
    alt: str
    caption: str

    def rewritten(self, rewrite: Rewrite) -> Figure:
        """Return the figure with alternative text and caption passed through `rewrite`."""
        return replace(self, alt=rewrite(self.alt), caption=rewrite(self.caption))


NumberKind = Literal["points", "share", "count"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: the text every format shows and, for Excel, the number behind it.

    `number` is in points for "points" and in [0, 1] for "share".
    """

    text: str
    number: float | None = None
    number_kind: NumberKind = "count"


ColumnKind = Literal["text", "number", "line", "meta", "excel"]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column. On paper, "line" and "meta" columns stand under the column before them.

    A "line" gets a line of its own; all "meta" share one small line; "excel" is left out. Excel shows
    each as a column.
    `width` is relative to the other columns.
    """

    name: str
    kind: ColumnKind = "text"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell as it stands on paper: its text, further lines, and a small line of remarks."""

    text: str
    lines: tuple[str, ...]
    meta: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Tables of the same `sheet` stand one below the other on one Excel sheet.

    `key_columns` and `key_cells` say there which table a row is from (rank and location). The
    last row is a total when `has_total`.
    """

    sheet: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key_columns: tuple[str, ...] = ()
    key_cells: tuple[Cell, ...] = ()
    has_total: bool = False

    def rewritten(self, rewrite: Rewrite) -> Table:
        """Return the table with caption and cell texts passed through `rewrite`."""

        def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
            return tuple(replace(cell, text=rewrite(cell.text)) for cell in cells)

        return replace(
            self,
            caption=rewrite(self.caption),
            rows=tuple(map(row, self.rows)),
            key_cells=row(self.key_cells),
        )

    @property
    def paper_columns(self) -> tuple[Column, ...]:
        """The columns that keep their own place on paper."""
        return tuple(column for column in self.columns if column.kind in ("text", "number"))

    @property
    def paper_rows(self) -> tuple[tuple[PaperCell, ...], ...]:
        """The rows as they stand on paper, "line" and "meta" columns folded into their neighbours."""
        return tuple(self._fold(row) for row in self.rows)

    def _fold(self, row: tuple[Cell, ...]) -> tuple[PaperCell, ...]:
        folded: list[PaperCell] = []
        for column, cell in zip(self.columns, row, strict=True):
            if column.kind in ("text", "number"):
                folded.append(PaperCell(cell.text, (), "", column.kind == "number"))
            elif cell.text and column.kind == "line":
                folded[-1] = replace(folded[-1], lines=(*folded[-1].lines, cell.text))
            elif cell.text and column.kind == "meta":
                meta = " · ".join(filter(None, (folded[-1].meta, cell.text)))
                folded[-1] = replace(folded[-1], meta=meta)
        return tuple(folded)


Block = Heading | Paragraph | Bullets | KeyFacts | Figure | Table


@dataclass(frozen=True, slots=True)
class Dossier:
    """A whole document: its cover and its blocks, in reading order.

    `data_year` is the year of the newest fact: what stands as date in the files, so that the same
    shortlist gives the same bytes.
    """

    language: Language
    title: str
    subtitle: str
    author: str
    cover_facts: tuple[tuple[str, str], ...]
    notice: str
    data_year: int
    blocks: tuple[Block, ...]

    def rewritten(self, rewrite: Rewrite) -> Dossier:
        """Return the dossier with every text passed through `rewrite`."""
        return replace(
            self,
            title=rewrite(self.title),
            subtitle=rewrite(self.subtitle),
            cover_facts=tuple((rewrite(label), rewrite(value)) for label, value in self.cover_facts),
            notice=rewrite(self.notice),
            blocks=tuple(block.rewritten(rewrite) for block in self.blocks),
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
