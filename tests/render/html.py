"""Pages of HTML: every way in which sites have been seen to store a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.render.grid import Block, Cell, Heading, Page, Table, cut, stacked, turned
from tests.render.source import Source, encoded

Inner = Callable[[Cell], str]
WRAPS = (
    '<p style="text-align:center"><span style="font-size:12pt">{}</span></p>',
    "<span><font face='宋体'>{}</font></span>",
    "<div><p>{}</p></div>",
    "<p><b><span>{}</span></b></p>",
)
TOP = """<div class=top><a href=/>首页</a> | <a href=/zwgk>政务公开</a> | <a href=/hd>互动交流</a></div>
<div class=crumb>当前位置:<a href=/>首页</a> &gt; <a href=/zwgk>政府信息公开年报</a></div>
<div>今日访问:10452 发布时间:{published} 浏览次数:318</div>"""
BOTTOM = """<div class=foot>主办:某某人民政府办公室 政府网站标识码:3299990001 备案号:苏ICP备05012345号-1<br>
苏公网安备 32999902000123号 版权所有 建议使用1024*768分辨率浏览<br>
累计访问量:8812034</div><script>var total=45;</script>"""
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def plain(page: Page, _: Random) -> Source:
    """A clean page: a heading, paragraphs, tables with true spans."""
    return encoded(document(page, body(page)))


def nested(page: Page, random: Random) -> Source:
    """Every cell's text inside paragraphs, spans and fonts."""

    def inner(cell: Cell) -> str:
        text = escape(cell.text, quote=False).replace("\n", "<br>")
        wrap = random.choice(WRAPS)
        return wrap.format(text or "&nbsp;" if random.random() < 0.5 else text)

    return encoded(document(page, body(page, inner)))


def layout_table(page: Page, _: Random) -> Source:
    """The whole page inside one cell of a table that only lays it out."""
    middle = f"<table width=960><tr><td class=left><a href=/>首页</a></td><td>{body(page)}</td></tr></table>"
    return encoded(
        document(page, f"<table><tbody><tr><td>政务公开</td></tr><tr><td>{middle}</td></tr></tbody></table>")
    )


def word_export(page: Page, random: Random) -> Source:
    """As Word saves it: labels and digits split over spans, comments of conditions, classes of paragraphs."""

    def inner(cell: Cell) -> str:
        pieces = _pieces(cell.text, random)
        spans = "".join(
            f'<span lang="EN-US" style="mso-bidi-font-size:10.5pt">{escape(one, quote=False)}</span>' for one in pieces
        )
        return f'<p class="MsoNormal" align="center">{spans.replace(chr(10), "<br>")}<o:p></o:p></p>'

    text = body(page, inner).replace("<tr>", "<!--[if !supportMisalignedRows]--><tr>")
    return encoded(document(page, text))


def _pieces(text: str, random: Random) -> list[str]:
    pieces, rest = [], text
    while rest:
        length = random.randint(1, 4)
        pieces.append(rest[:length])
        rest = rest[length:]
    return pieces


def breaks_in_labels(page: Page, random: Random) -> Source:
    """Line breaks, `&nbsp;` and ideographic spaces inside labels."""

    def inner(cell: Cell) -> str:
        text = escape(cell.text, quote=False)
        if cell.role == "figure" or len(text) < 3 or "&" in text:
            return f"&nbsp;{text}&nbsp;"
        at = random.randint(1, len(text) - 1)
        return text[:at] + random.choice(("<br>", "<br/>\n", "&nbsp;", "\u3000", "&emsp;")) + text[at:]

    return encoded(document(page, body(page, inner)))


def full_width(page: Page, _: Random) -> Source:
    """Figures in full-width digits."""
    return plain(
        page.map_cells(lambda cell: replace(cell, text=cell.text.translate(FULL_WIDTH)) if cell.indicator else cell), _
    )


def references(page: Page, _: Random) -> Source:
    """Every cell's text written as numeric character references."""
    return encoded(document(page, body(page, lambda cell: "".join(f"&#{ord(one)};" for one in cell.text))))


def span_too_long(page: Page, random: Random) -> Source:
    """One group's rowspan is declared one too many, so that the row below it is pushed aside."""
    return _misdeclared(page, random, 1)


def span_too_short(page: Page, random: Random) -> Source:
    """One group's rowspan is declared one too few, so that its last row lacks a column."""
    return _misdeclared(page, random, -1)


def _misdeclared(page: Page, random: Random, by: int) -> Source:
    def change(table: Table) -> Table:
        tall = [cell for cell in table.cells if cell.rowspan > 1 and cell.role == "group" and cell.column == 1]
        if not tall:
            return table
        chosen = random.choice(tall)
        return table.map(lambda cell: replace(cell, rowspan=cell.rowspan + by) if cell is chosen else cell)

    return plain(page.map(change), random)


def colspan_wrong(page: Page, random: Random) -> Source:
    """Cells that close their row declare a colspan that is one too many."""

    def change(table: Table) -> Table:
        width = table.width
        last = [
            cell
            for cell in table.cells
            if cell.column + cell.colspan == width and cell.rowspan == 1 and random.random() < 0.3
        ]
        return table.map(lambda cell: replace(cell, colspan=cell.colspan + 1) if cell in last else cell)

    return plain(page.map(change), random)


def glued(page: Page, random: Random) -> Source:
    """All the tables of the page as one table, the headings between them lost in it."""
    tables = page.tables
    if len(tables) < 2:
        return plain(page, random)
    one = stacked("glued", tables)
    blocks: list[Block] = [block for block in page.blocks if not isinstance(block, Table)]
    blocks.insert(next(at for at, block in enumerate(page.blocks) if isinstance(block, Table)), one)
    return plain(replace(page, blocks=tuple(blocks)), random)


def cut_in_two(page: Page, random: Random) -> Source:
    """Each long table as two tables, the second without its header."""
    blocks: list[Block] = []
    for block in page.blocks:
        if not isinstance(block, Table) or block.height < 7:
            blocks.append(block)
            continue
        upper, lower = cut(block, random.randint(block.header + 2, block.height - 2))
        blocks += [upper, "", lower]
    return plain(replace(page, blocks=tuple(blocks)), random)


def of_divs(page: Page, _: Random) -> Source:
    """Tables made of `div` with `display:table`; what a span covers is an empty `div`."""

    def table(one: Table) -> str:
        rows = []
        for row in range(one.height):
            texts = [_begun(one.at(row, column), row, column) for column in range(one.width)]
            cells = "".join(f'<div style="display:table-cell">{escape(text, quote=False)}</div>' for text in texts)
            rows.append(f'<div style="display: table-row">{cells}</div>\n')
        return f'<div style="display:table;width:100%">{"".join(rows)}</div>'

    return encoded(document(page, body(page, table=table)))


def _begun(cell: Cell | None, row: int, column: int) -> str:
    return cell.text if cell and (cell.row, cell.column) == (row, column) else ""


def transposed(page: Page, random: Random) -> Source:
    """Rows as columns and columns as rows."""
    return plain(page.map(turned), random)


def furnished(page: Page, _: Random) -> Source:
    """Navigation, breadcrumbs, a list of other years' reports and a footer with numbers around the report."""
    links = "".join(
        f"<li><a href='/nb/{year}.html'>{year}年政府信息公开工作年度报告</a></li>"
        for year in range(2015, 2025)
        if year != page.year
    )
    top = TOP.format(published=f"{page.year + 1}-01-24")
    return encoded(document(page, f"{top}<ul>{links}</ul><div id=zoom>{body(page)}</div>{BOTTOM}"))


def gb18030(page: Page, _: Random) -> Source:
    """GB18030 bytes, and the meta says gb2312."""
    return encoded(document(page, body(page), charset="gb2312"), "gb18030")


def utf16(page: Page, _: Random) -> Source:
    """UTF-16 with its mark."""
    return encoded(document(page, body(page), charset="utf-16"), "utf-16")


def big5(page: Page, _: Random) -> Source:
    """Big5; characters that it lacks are written as references."""
    return encoded(document(page, body(page), charset="big5"), "big5")


def charset_lies(page: Page, random: Random) -> Source:
    """The meta names another encoding than the bytes have."""
    said, true = random.choice(
        (("gb2312", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "gb18030"))
    )
    return encoded(document(page, body(page), charset=said), true)


def unclosed(page: Page, _: Random) -> Source:
    """Old markup: upper-case tags, rows and cells never closed."""
    text = body(page).replace("</td>", "").replace("</tr>", "").replace("</p>", "")
    return encoded(document(page, text.replace("<td", "<TD").replace("<tr", "<TR")))


def document(page: Page, inside: str, charset: str = "utf-8") -> str:
    """A page of HTML around `inside`."""
    return (f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{escape(page.title)}</title>'
            f"<style>td{{border:1px solid #000}}</style></head>\n<body>\n{inside}\n</body></html>\n")  # fmt: skip


def body(page: Page, inner: Inner | None = None, table: Callable[[Table], str] | None = None) -> str:
    """The report itself; `inner` makes the inside of a cell, `table` a whole table."""
    draw = table or (lambda one: table_markup(one, inner or _text))
    return "\n".join([f"<h1>{escape(page.title)}</h1>", *(_block(block, draw) for block in page.blocks)])


def _block(block: Block, draw: Callable[[Table], str]) -> str:
    if isinstance(block, Table):
        return draw(block)
    if isinstance(block, Heading):
        return f"<p><strong>{escape(block.text)}</strong></p>"
    return f"<p>  {escape(block)}</p>" if block else "<p>&nbsp;</p>"


def _text(cell: Cell) -> str:
    return escape(cell.text, quote=False).replace("\n", "<br>")


def table_markup(table: Table, inner: Inner = _text) -> str:
    """A table as markup, spans declared as the grid has them."""
    rows = ("".join(_cell(cell, inner) for cell in row) for row in table.rows())
    return "<table border=1><tbody>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</tbody></table>"


def _cell(cell: Cell, inner: Inner) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if count > 1
    )
    return f"<td{spans}>{inner(cell)}</td>"
