"""HTML to a document: what the page shows as paragraphs and grids, each character leading back to the markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from itertools import groupby
from typing import NamedTuple

from govnlp.read import flat
from govnlp.read.html_attached import attached_report, attached_table
from govnlp.read.html_boxes import Line, Tree
from govnlp.read.html_buried import buried
from govnlp.read.html_order import in_source_order
from govnlp.read.html_pictured import note_pictured
from govnlp.read.html_print import print_lines
from govnlp.read.html_rows import with_styled_tables
from govnlp.read.html_source import BLANK, Marked, attributes, mark
from govnlp.read.html_tables import Tables, read_tables
from govnlp.read.html_tree import grow
from govnlp.schema.document import Block, Document, Paragraph, Picture
from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue
from govnlp.schema.text import Span, Text

_MUCH_CHINESE = 300
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]+")
_TITLE = re.compile(r"<title[^>]*+>(.*?)(?:</title|\Z)", re.I | re.S)
_TITLE_NAMES = ("articletitle",)
_DATE_NAMES = ("pubdate", "publishdate", "publish_date", "article:published_time")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_UNCLOSED = re.compile(
    r"<(?:!--|!\[CDATA\[|(?:script|style|noscript|template|textarea|title|xmp|iframe|svg)[\s/>])", re.I
)
_CLOSED = re.compile(r"(?:-->|--!>|\]\]>|</[a-z]+\s*[^>]*>)\Z", re.I)
_CLOSING = 100  # characters at the end of an element that are looked at for its closing tag
_FEWEST_LITERAL_TAGS = 6
_LITERAL_TAG = re.compile(r"</?(?:p|div|span|t[dr]|table|br)(?:\s[^<>]{0,400})?/?>", re.I)
_SHORT_LINE = 40
_FEWEST_SHORT_LINES = 8
_ONLY_FIGURE = re.compile(r"\s*[-+]?[\d０-９][\d０-９,，.．]{0,15}[\s|｜│]*|\s*[-－—–/][\s|｜│]*")
_FEWEST_FIGURES = 3
_MOST_PICTURES = 100
_OFTEN = 2  # a picture that stands more often on one page is a bullet or a rule


class Page(NamedTuple):
    """A page as printed, with its blocks; `figures` is the number of cells that hold a figure."""

    printed: Text
    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...]
    marked: Marked
    pictures: tuple[Picture, ...] = ()


def document(source: str) -> Document:
    """An HTML page as a document.

    >>> page = document("<h1>报告</h1><table><tr><td>收费<td>0</table>")
    >>> page.printed.value, [type(block).__name__ for block in page.blocks]
    ('报告\\n收费\\n0\\n', ['Paragraph', 'Grid'])
    """
    page = read_page(source)
    title, published = _head(page.marked)
    tags = page.marked.tags
    page = _fullest(source, page)
    attached = attached_report(source, tags, title, page.printed.value)
    if attached is None and all(isinstance(block, Paragraph) for block in page.blocks):
        attached = attached_table(source, tags)
    return Document(
        source=source,
        printed=page.printed,
        text=Text(page.printed.value),
        blocks=page.blocks,
        format="html",
        title=title,
        published=published,
        issues=(*page.issues, attached) if attached else page.issues,
        pictures=page.pictures,
    )


def read_page(source: str, show_hidden: bool = False) -> Page:
    """The page as a browser shows it, without its scripts."""
    marked = mark(source)
    tree = with_styled_tables(grow(marked, show_hidden), marked)
    pictured = note_pictured(tree, marked)
    lines = in_source_order(tree)
    printed = print_lines(lines, marked)
    tables = read_tables(tree, printed.value)
    printed = _joined(printed, tables.joints)
    blocks = _blocks(lines, tables, printed.value)
    pictures = tuple(_pictures(tree, marked, printed)) if tree.pictures else ()
    return Page(printed, blocks, (*_issues(marked, tree, tables), *pictured), marked, pictures)


def _pictures(tree: Tree, marked: Marked, printed: Text) -> Iterator[Picture]:
    """The pictures, each once, where they stand in the printed text."""
    often = Counter(source for _, source in tree.pictures)
    first: dict[str, int] = {}
    for number, source in tree.pictures:
        if often[source] <= _OFTEN:
            first.setdefault(source, marked.starts[number] + len(marked.texts[number]) if number >= 0 else 0)
    for source, at in sorted(list(first.items())[:_MOST_PICTURES], key=lambda one: one[1]):
        cut = source.partition(",")[0] if source[:5].lower() == "data:" else source
        yield Picture(printed.image(Span(at, at)), cut)


def _fullest(source: str, page: Page) -> Page:
    """The page; or where it shows little Chinese text or raw markup, the reading of a hidden part that shows more."""
    is_raw = _shows_markup(page.printed.value) or source.lstrip()[:1] in ("{", "[")
    shown = _chinese(page.printed.value)
    if shown >= _MUCH_CHINESE and not is_raw:
        return page
    best, most = page, shown // 2 if is_raw else max(3 * shown, 60)
    for other in _hidden_pages(source, page):
        count = _chinese(other.printed.value)
        if count > most:
            best, most = other, count
    return best


def _shows_markup(printed: str) -> bool:
    """Whether tags stand in the text for everybody to see: the page was escaped once too often."""
    return "</" in printed and len(_LITERAL_TAG.findall(printed)) >= _FEWEST_LITERAL_TAGS


def _hidden_pages(source: str, page: Page) -> Iterator[Page]:
    if any(look.hidden for look in page.marked.looks):
        yield read_page(source, show_hidden=True)
    markups = list(buried(source))
    if _shows_markup(page.printed.value):
        markups.append(page.printed)
    for markup in markups:
        inner = read_page(markup.value)
        yield inner._replace(printed=inner.printed.over(markup))


def _chinese(text: str) -> int:
    return len(_NOT_CHINESE.sub("", text))


def _joined(printed: Text, joints: Sequence[Span]) -> Text:
    """The text with the newlines inside cells as spaces: a cell is one line."""
    if not joints:
        return printed
    value, done = list[str](), 0
    for start, end in sorted(joints):
        value += [printed.value[done:start], " " * (end - start)]
        done = end
    return Text("".join([*value, printed.value[done:]]), printed.starts, printed.ends)


def _blocks(lines: Sequence[Line], tables: Tables, printed: str) -> tuple[Block, ...]:
    blocks: list[Block] = list(tables.grids)
    for line in lines:
        if line.end > line.start and id(line) not in tables.taken:
            blocks.extend(_line_blocks(line, printed))
    blocks.sort(key=lambda block: block.span.start)
    return tuple(blocks if tables.figures >= _FEWEST_FIGURES and tables.grids else _flattened(blocks, printed))


def _line_blocks(line: Line, printed: str) -> Sequence[Block]:
    text = printed[line.start : line.end]
    if line.box.inherited.verbatim and "\n" in text:
        return flat.blocks(text, line.start)
    if not text.strip():
        return ()
    is_link = line.linked * 5 >= len(text) * 4 or line.box.inherited.furniture
    return (Paragraph(Span(line.start, line.end), line.box.inherited.level, is_link and not line.box.inherited.level),)


def _flattened(blocks: Sequence[Block], printed: str) -> Iterator[Block]:
    """Stretches of paragraphs with many very short ones and figures among them (一格一行), read again as plain text."""
    for is_text, group in groupby(blocks, key=_is_plain):
        stretch = list(group)
        if not is_text or not _is_flattened(stretch, printed):
            yield from stretch
            continue
        start, end = stretch[0].span.start, stretch[-1].span.end
        yield from flat.blocks(printed[start:end], start)


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and not block.link


def _is_flattened(stretch: Sequence[Block], printed: str) -> bool:
    short = [block.span for block in stretch if block.span.end - block.span.start <= _SHORT_LINE]
    if len(short) < _FEWEST_SHORT_LINES:
        return False
    return sum(_ONLY_FIGURE.fullmatch(printed, *span) is not None for span in short) >= _FEWEST_FIGURES


def _head(marked: Marked) -> tuple[str | None, str | None]:
    """Title and day of publication (ISO) as `<meta>` and `<title>` give them."""
    title = published = None
    for tag in marked.tags:
        start = tag[:6].lower()
        if start == "<meta " or start == "<meta\n":
            given = attributes(tag)
            name = (given.get("name") or given.get("property") or "").lower()
            title = title or (name in _TITLE_NAMES and _folded(given.get("content", ""))) or None
            published = published or (name in _DATE_NAMES and _day(given.get("content", ""))) or None
    return title or _page_title(marked.tags), published


def _page_title(tags: Sequence[str]) -> str | None:
    for tag in tags:
        if tag[:6].lower() == "<title" and (match := _TITLE.match(tag)) and (title := _folded(match[1])):
            return title
    return None


def _folded(text: str) -> str:
    return " ".join(unescape(text).split())


def _day(text: str) -> str | None:
    match = _DATE.search(text)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _issues(marked: Marked, tree: Tree, tables: Tables) -> Iterator[Issue]:
    """What the page holds that was not read."""
    lost = set(marked.numbers).difference(tree.numbers)
    lost = {number for number in lost if marked.texts[number].strip(BLANK)}
    if lost:
        yield _lost_text(
            len(lost), Span(marked.starts[min(lost)], marked.starts[min(lost)] + len(marked.texts[min(lost)]))
        )
    last = marked.tags[-1] if marked.tags else ""
    if _UNCLOSED.match(last) and not _CLOSED.search(last[-_CLOSING:]) and _chinese(last):
        at = marked.starts[-1]
        yield _lost_text(1, Span(at - len(last), at))
    if tables.beyond:
        yield Issue(
            code="table_too_large",
            severity="warning",
            message=f"{tables.beyond} cells lie beyond 2,000 rows or 200 columns of their table; they are read as paragraphs.",
        )


def _lost_text(count: int, first: Span) -> Issue:
    return Issue(
        code="lost_text",
        severity="warning",
        message=f"{count} pieces of text stand where a browser shows none, the first at character {first.start} of the "
        "source (an element or a comment that is never closed). Compare with the page.",
        evidence=Evidence(span=Span(0, 0), source_span=first),
    )
