"""What a reader gives: the printed text of a file, and the blocks that it is made of.

Every stage from here on works on `Document`; none of them knows which format the file had.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from govnlp.schema.report import Issue
from govnlp.schema.text import Span, Text

Box: TypeAlias = "tuple[float, float, float, float]"
"""Left, top, right, bottom, in points from the upper left corner of a page."""


class Place(NamedTuple):
    """Where something stands on a page: the page from 1, and the box."""

    page: int
    box: Box | None = None


class Laid(NamedTuple):
    """A printed line or cell of a file of pages: its span of the *printed* text, where it lies, how sure its reading is.

    `confidence` is 1 where the file holds characters, and what the recogniser gave where it holds a picture of them.
    """

    span: Span
    place: Place
    confidence: float = 1.0


class Followed(NamedTuple):
    """A file that the source was followed to (a picture, an attachment): its span of the source, the file's name."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text. `level` is 1-6 where the format itself marks a heading, else 0. `link` marks page furniture."""

    span: Span
    level: int = 0
    link: bool = False
    place: Place | None = None


class Cell(NamedTuple):
    """A cell of a grid: its text, the row and column (from 0) of its upper left corner, and how far it reaches."""

    span: Span
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose rows and columns are known. Cells are in reading order; positions may be uncovered."""

    span: Span
    cells: tuple[Cell, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CellRun:
    """A table of which only the order of the cells is left (一格一行: one cell a line).

    `blanks_kept` tells whether an empty cell left a trace (a bar, an empty line) in this run.
    `ends` holds the indexes of cells that are marked as the last of their row, where the run marks them.
    """

    span: Span
    cells: tuple[Span, ...]
    blanks_kept: bool = True
    ends: tuple[int, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that nothing was read from: where it stands in the text (a span of no length), and where its file lies.

    `src` of a picture whose data stand in the page itself is cut before them.
    """

    span: Span
    src: str
    place: Place | None = None

    @property
    def name(self) -> str:
        """The file's name.

        >>> Picture(Span(0, 0), "/upload/2022/nb2.png?v=1").name
        'nb2.png'
        """
        if self.src[:5].lower() == "data:":
            return "a picture within the page"
        path = self.src.partition("?")[0].rstrip("/")
        return path.replace("\\", "/").rpartition("/")[2] or path


Block: TypeAlias = Paragraph | Grid | CellRun


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    `source` is the decoded text of the file (for HTML the markup); `printed` is what a reader of the page sees, mapped
    to `source`; `text` is the text to work on, mapped to `printed`. A reader gives `text` equal to `printed`;
    normalising replaces `text` and moves the blocks. Spans of blocks and pictures are spans of `text`; those of `laid`,
    the lines and cells of a file of pages in their order, are spans of `printed`. Where the file was followed to others,
    `source` and `printed` are its own with theirs put in, and `files` says where.
    """

    source: str
    printed: Text
    text: Text
    blocks: tuple[Block, ...]
    format: str
    encoding: str | None = None
    title: str | None = None
    published: str | None = None
    issues: tuple[Issue, ...] = ()
    pictures: tuple[Picture, ...] = ()
    laid: tuple[Laid, ...] = ()
    files: tuple[Followed, ...] = ()

    def cut(self, span: Span) -> str:
        """The characters of `span` of the working text."""
        return self.text.cut(span)

    def printed_span(self, span: Span) -> Span:
        """The span of the printed text that `span` of the working text was made from."""
        return self.text.origin(span)

    def raw(self, span: Span) -> str:
        """What is printed at `span` of the working text: damage and script as they stand in the file."""
        return self.printed.cut(self.text.origin(span))

    def source_span(self, span: Span) -> Span:
        """The span of `source` that `span` of the working text was made from."""
        return self.printed.origin(self.text.origin(span))

    def with_text(self, text: Text) -> Document:
        """The same document over a text made from this one's, its blocks and pictures moved along."""
        whole = text.over(self.text)
        if text.is_identity:
            return replace(self, text=whole)
        blocks = tuple(_moved(block, text) for block in self.blocks)
        pictures = tuple(replace(one, span=text.image(one.span)) for one in self.pictures)
        return replace(self, text=whole, blocks=blocks, pictures=pictures)


def _moved(block: Block, text: Text) -> Block:
    span = text.image(block.span)
    if isinstance(block, Paragraph):
        return replace(block, span=span)
    if isinstance(block, CellRun):
        return replace(block, span=span, cells=tuple(text.image(cell) for cell in block.cells))
    return replace(block, span=span, cells=tuple([cell._replace(span=text.image(cell.span)) for cell in block.cells]))
