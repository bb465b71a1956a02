"""Pages cut short inside one another, CDATA, reports in another file, pictures in cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.normalise import normalise
from govnlp.read import read_text
from govnlp.schema.document import Document, Grid

BODY = (
    "<h1>某县2013年政府信息公开工作年度报告</h1>"
    + "<p>本县扎实推进政务公开&nbsp;,健全制度&#65292;完善机制。</p>" * 16
    + "<table><tr><td>公开<td>3<td>&#20214;</table><p>全年收到申请3件。</p>"
)
OPENINGS = (
    *("<textarea>", "<noscript>", "<xmp>", "<title>", "<template>", "<script>var a='", '<iframe srcdoc="', "<![CDATA["),
    *("<!--", '{"a":"', "<div style='display:none'>", "&lt;p&gt;", ""),
)
ENDS = ("", "<", "&", "&#", "&#x", "\x00", "\ufffd<", "&lt", "</", "\\", "\\u", "\\ud83d", "&#0;", "&copy2", "]]")
WAYS = (
    lambda text: text,
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    lambda text: text.replace("政", "\x00\ufeff政"),
)


@settings(max_examples=150)
@given(st.sampled_from(OPENINGS), st.sampled_from(WAYS), st.integers(200, len(BODY)), st.sampled_from(ENDS))
def test_a_page_cut_short_inside_another_is_read(opening, way, length, end):
    source = "<html><body>" + opening + way(BODY)[:length] + end
    found = normalise(read_text(source))
    for block in found.blocks:
        start, stop = found.source_span(block.span)
        assert 0 <= start <= stop <= len(source)


def test_a_page_inside_cdata_is_read():
    found = read_text(f"<record><![CDATA[{BODY}]]></record>")
    assert "全年收到申请3件。" in found.printed.value


TITLE = "<html><h1>某县2013年政府信息公开工作年度报告</h1><p>2014-03-01</p>"


def codes(source: str) -> list[str]:
    return [issue.code for issue in read_text(source).issues]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/f/nb.PDF?x=1'>附件</a>",
        "<a href=a.doc>下载</a>",
        "<iframe src=/view/3.html></iframe>",
        "<embed src=a.pdf>",
    ],
)
def test_a_report_in_another_file_is_told(link):
    assert codes(TITLE + link) == ["attached_report"]


@pytest.mark.parametrize(
    "source",
    [
        TITLE + "<a href=/index.html>首页</a>",
        TITLE
        + "<p>2013年,全县通过各类渠道主动公开政府信息128条,收到申请3件,均已按时答复,没有收费,没有复议和诉讼。</p><a href=a.pdf>下载</a>",
        "".join(f"<p><a href={year}.pdf>某县{year}年政府信息公开工作年度报告</a></p>" for year in range(2008, 2014)),
        "<h1>招标公告</h1><a href=a.pdf>附件</a>",
    ],
)
def test_other_pages_with_links_are_no_attached_reports(source):
    assert codes(source) == []


def table(cell: str) -> Document:
    return read_text(f"<table><tr><td>规章<td>1<td>2<td>3</tr><tr><td>文件</td>{cell}<td>4</td><td>5</td></tr></table>")


@pytest.mark.parametrize(
    "cell", ["<td><img src=n.png></td>", "<td><p><img src='n.gif' width=20></p></td>", "<td><input value=3></td>"]
)
def test_a_picture_in_a_cell_is_no_blank(cell):
    found = table(cell)
    grid = found.blocks[0]
    assert isinstance(grid, Grid)
    assert [found.cut(one.span) for one in grid.cells][4:] == ["文件", "\ufffc", "4", "5"]
    assert [issue.code for issue in found.issues] == ["picture_in_cell"]
    start, end = found.source_span(grid.cells[5].span)
    assert found.source[:start].endswith("<td>")
    assert found.source[start:end] in cell


@pytest.mark.parametrize(
    "cell",
    ["<td><img src=spacer.gif></td>", "<td><img src=n.png width=1></td>", "<td><input type=hidden value=3></td>"],
)
def test_what_shows_nothing_leaves_a_cell_blank(cell):
    found = table(cell)
    grid = found.blocks[0]
    assert isinstance(grid, Grid)
    assert [found.cut(one.span) for one in grid.cells][5] == ""
    assert found.issues == ()


def test_a_picture_beside_the_text_of_a_layout_prints_nothing():
    found = read_text("<table><tr><td><img src=n.png></td><td>某县概况</td></tr></table>")
    assert "\ufffc" not in found.printed.value
