"""Whole small pages of every kind that government sites serve, and where each printed character comes from."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.read import read, read_text
from govnlp.schema.document import CellRun, Grid, Paragraph
from govnlp.schema.text import Span

PROSE = "本机关全年围绕中心工作，主动公开各类政府信息，及时回应群众关切，依法办理公开申请，各项制度得到落实。"
FORM = (
    "<table><tr><td rowspan=2>申请人<td colspan=2>合计<tr><td>本年新收<td>上年结转"
    "<tr><td>自然人<td>12<td>&nbsp;<tr><td>商业企业<td>0<td></table>"
)


def blocks(markup, kind):
    document = read_text(markup)
    return [block for block in document.blocks if isinstance(block, kind)]


def paragraphs(markup):
    document = read_text(markup)
    return [document.cut(block.span) for block in document.blocks if isinstance(block, Paragraph)]


def grids(markup):
    document = read_text(markup)
    return [
        [(document.cut(cell.span), cell.row, cell.column, cell.rowspan, cell.colspan) for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Grid)
    ]


def words(markup):
    return [[cell[0] for cell in grid] for grid in grids(markup)]


def seen(markup):
    """What is left of a piece of markup without its tags, white space folded."""
    text = re.sub(r"(?is)<(script|style|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", " ", markup)
    return "".join(unescape(text).split())


# ---- text ------------------------------------------------------------------------------------------------------------


def test_blocks_and_breaks_end_a_paragraph_and_inline_elements_do_not():
    page = "<DIV>一<p>收到<b>3</b><span style=x>件</span><o:p></o:p></P>二<br>三<ul><li>四<li>五</ul></DIV>"
    assert paragraphs(page) == ["一", "收到3件", "二", "三", "四", "五"]


def test_white_space_is_folded_but_wide_and_hard_spaces_stay():
    assert paragraphs("<p>\n 一 \t<i> 二</i>\r\n三　四&nbsp;五 </p>") == ["一 二 三　四\xa0五"]


def test_entities_are_decoded_and_lead_to_their_whole_span():
    page = "<p>收到&#52;件&amp;&nbsp;&lt;甲&gt;&copy2021 &unknown; R&D</p>"
    document = read_text(page)
    assert document.printed.value == "收到4件&\xa0<甲>©2021 &unknown; R&D\n"
    at = document.printed.value.index("4")
    assert page[slice(*document.source_span(Span(at, at + 1)))] == "&#52;"
    at = document.printed.value.index("2021")
    assert page[slice(*document.source_span(Span(at, at + 4)))] == "2021"


def test_headings_keep_their_level_and_join_over_breaks():
    (heading, text) = blocks("<h2>一、总体<br>情况</h2><p>无。</p>", Paragraph)
    assert (heading.level, text.level) == (2, 0)
    assert paragraphs("<h2>一、总体<br>情况</h2>") == ["一、总体 情况"]


def test_what_is_not_seen_is_skipped():
    page = (
        "<head><title>题</title><style>p{}</style></head><script>if (a < b) { '<p>脚本</p>' }</script>"
        "<!-- <p>注</p> --><p style='display: none'>藏</p><div hidden>藏<p>藏</div><input type=hidden value=藏>"
        "<select><option>选</select><noscript>无</noscript><template><p>模</template><![CDATA[ <p>数据 ]]><p>见</p>"
    )
    assert paragraphs(page) == ["见"]


def test_furniture_is_marked():
    page = "<nav>导航</nav><div><a href=/>首页</a> <a href=/x>公开</a></div><p>见<a href=/y>附件</a>所列各项内容</p><footer>备案</footer>"
    assert [block.link for block in blocks(page, Paragraph)] == [True, True, False, True]


def test_title_and_day():
    page = (
        "<html><head><title>某镇年报 - 某网</title><META Name=ArticleTitle content='某镇 年报'>"
        "<meta name='PubDate' content='2022-1-9 08:30'></head><p>文"
    )
    document = read_text(page)
    assert (document.title, document.published) == ("某镇 年报", "2022-01-09")
    assert read_text("<title> 某镇&nbsp;年报 </title><p>文").title == "某镇 年报"
    assert read_text("<meta name=PubDate content='2022-13-40'><p>文").published is None


def test_a_number_torn_over_spans():
    page = "<p class=MsoNormal><span lang=EN-US style='font-size:16pt'>1</span><span style='x'>2</span><o:p>&nbsp;</o:p></p>"
    assert [text.strip() for text in paragraphs(page)] == ["12"]


def test_word_export():
    page = (
        "<html xmlns:o='urn:x'><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><body>"
        "<p class=MsoNormal><![if !supportLists]><span>一、<span style='font:7pt'>&nbsp;</span></span><![endif]>总体情况<o:p></o:p></p>"
        "<table class=MsoTableGrid><tr style='mso-yfti-irow:0'><td width=100><p class=MsoNormal>规章<o:p></o:p></p></td>"
        "<td><p class=MsoNormal><span>1</span><span>0</span></p></td></tr></table>"
    )
    assert paragraphs(page) == ["一、\xa0总体情况"]
    assert words(page) == [["规章", "10"]]


def test_preformatted_text_goes_to_the_reader_of_text():
    page = "<pre>一、总体情况\r\n本年无变化。\n规章\t0\t1\n行政规范性文件\t2\t3\n</pre>"
    assert paragraphs(page)[0] == "一、总体情况"
    assert words(page)[0][:3] == ["规章", "0", "1"]


@pytest.mark.parametrize("line", ["<p>{}</p>", "{}<br/>", "<div>{}</div>", "<p><span>{} |</span></p>"])
def test_one_cell_a_line_becomes_a_run_of_cells(line):
    cells = ["自然人", "商业企业", "科研机构", "12", "0", "3", "4", "0", "1", "7"]
    page = f"<h1>年报</h1><p>{PROSE}</p>" + "".join(line.format(cell) for cell in cells)
    (run,) = blocks(page, CellRun)
    document = read_text(page)
    assert [document.cut(cell) for cell in run.cells][-7:] == cells[-7:]


# ---- tables ----------------------------------------------------------------------------------------------------------


def test_positions_follow_spans():
    assert grids(FORM) == [
        [
            ("申请人", 0, 0, 2, 1), ("合计", 0, 1, 1, 2), ("本年新收", 1, 1, 1, 1), ("上年结转", 1, 2, 1, 1),
            ("自然人", 2, 0, 1, 1), ("12", 2, 1, 1, 1), ("\xa0", 2, 2, 1, 1), ("商业企业", 3, 0, 1, 1),
            ("0", 3, 1, 1, 1), ("", 3, 2, 1, 1),
        ]
    ]  # fmt: skip


def test_an_empty_cell_leads_to_its_place():
    document = read_text(FORM)
    cell = blocks(FORM, Grid)[0].cells[-1]
    assert FORM[: document.source_span(cell.span).start].endswith("<td>0<td>")


def test_cells_do_not_touch_and_torn_labels_join():
    page = "<table><tr><td>本年<br>新收<td><p>上年</p><p>结转</p><tr><td>1<td>2</table>"
    assert words(page) == [["本年 新收", "上年 结转", "1", "2"]]
    assert read_text(page).printed.value == "本年 新收\n上年 结转\n1\n2\n"


@pytest.mark.parametrize(
    ("span", "columns", "rows"),
    [
        ("0", 1, 2),
        ("-3", 1, 1),
        ("x", 1, 1),
        ("1000", 2, 2),
        ("99999999999", 2, 2),
        ("2px", 2, 2),
        ("", 1, 1),
        ("２", 2, 2),
    ],
)
def test_wrong_spans_are_clamped(span, columns, rows):
    page = f"<table><tr><td>甲<td>乙<td colspan={span}>丙<tr><td rowspan='{span}'>1<td>2<td>3<td>4<tr><td>5<td>6<td>7</table>"
    cells = grids(page)[0]
    assert cells[2][4] == columns
    assert cells[3][3] == rows


def test_a_grid_never_exceeds_its_limits():
    page = "<table>" + ("<tr>" + "<td>1" * 210) * 2 + "</table>"
    document = read_text(page)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert max(cell.column + cell.colspan for cell in grid.cells) == 200
    assert [issue.code for issue in document.issues] == ["table_too_large"]
    assert sum(isinstance(block, Paragraph) for block in document.blocks) == 20
    tall = blocks("<table>" + "<tr><td>甲<td>1" * 2100 + "</table>", Grid)[0]
    assert max(cell.row + cell.rowspan for cell in tall.cells) == 2000


def test_layout_tables_are_unwrapped():
    page = f"<table><tr><td>栏目<td><p>{PROSE * 4}</p>{FORM}<p>完</p></td></tr></table>"
    assert paragraphs(page) == ["栏目", PROSE * 4, "完"]
    assert len(grids(page)) == 1
    assert len(grids(page)[0]) == 10


@pytest.mark.parametrize("page", [f"<table><tr><td>{PROSE}</table>", f"<table><tr><td>{PROSE}<tr><td>{PROSE}</table>"])
def test_frames_of_one_cell_or_one_column_are_no_grids(page):
    assert grids(page) == []
    assert paragraphs(page)[0] == PROSE


def test_menus_are_no_grids():
    page = "<table><tr><td><a href=1>机构职能</a><td><a href=2>政策文件</a><td><a href=3>年度报告</a></table>"
    assert grids(page) == []
    assert all(block.link for block in blocks(page, Paragraph))


def test_a_remark_in_a_table_of_figures_keeps_it_a_table():
    rows = "".join(f"<tr><td>指标{n}<td>件<td>{n}" for n in range(12))
    assert len(words(f"<table>{rows}<tr><td colspan=3>{PROSE * 5}</table>")[0]) == 37


def test_a_data_table_in_a_cell_of_another_keeps_both():
    rows = "".join(f"<tr><td>指标{n}<td>{n}" for n in range(8))
    found = words(f"<table>{rows}<tr><td>明细<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table></table>")
    assert found[0][-2:] == ["明细", ""]
    assert found[1] == ["甲", "1", "乙", "2"]


def test_several_tables_stay_several():
    assert len(grids(FORM + FORM + "<p>文" + FORM)) == 3


def test_a_table_never_closed_and_documents_glued_together():
    page = f"<html><body><p>甲{FORM.removesuffix('</table>')}</body></html><html><head><title>二</title></head><body><p>乙</p>{FORM}</body></html>"
    assert [len(grid) for grid in grids(page)] == [10, 10]
    assert seen(page).replace("二", "") == "".join(read_text(page).printed.value.split())


def test_a_whole_document_pasted_into_a_cell():
    inner = f"<html><head><title>内</title></head><body><p>{PROSE * 5}</p>{FORM}</body></html>"
    page = f"<html><body><table><tr><td>左<td>{inner}</td><td>右</td></tr></table></body></html>"
    assert paragraphs(page) == ["左", PROSE * 5, "右"]
    assert [len(grid) for grid in grids(page)] == [10]


def test_text_between_cells_is_read_where_it_stands():
    page = "<p>前<table><tr>游离<td>甲<td>1</tr><p>段落</p><tr><td>乙<td>2</table><p>后"
    document = read_text(page)
    assert "".join(document.printed.value.split()) == seen(page)
    assert list(document.printed.starts) == sorted(document.printed.starts)
    assert list(document.printed.ends) == sorted(document.printed.ends)
    assert words(page) == [["甲", "1", "乙", "2"]]


@pytest.mark.parametrize(
    "page",
    [
        "<div style='display:table'>{}</div>".format(
            "".join(
                f"<div style='display: table-row'><div style='display:table-cell'>{a}</div><span style='display:table-cell'>{b}</span></div>"
                for a, b in (("规章", 1), ("收费", 0), ("许可", 25))
            )
        ),
        "<div class=t>{}</div>".format(
            "".join(
                f"<div class=r><div class=c>{a}</div><div class=c>{b}</div></div>"
                for a, b in (("规章", 1), ("收费", 0), ("许可", 25))
            )
        ),
        "<div>{}</div>".format(
            "".join(f"<ul><li>{a}</li><li>{b}</li></ul>" for a, b in (("规章", 1), ("收费", 0), ("许可", 25)))
        ),
        "<ul>{}</ul>".format(
            "".join(
                f"<li><span class=a>{a}</span><span class=b>{b}</span></li>"
                for a, b in (("规章", 1), ("收费", 0), ("许可", 25))
            )
        ),
    ],
)
def test_tables_made_of_boxes(page):
    assert words(page) == [["规章", "1", "收费", "0", "许可", "25"]]
    assert [cell[1:3] for cell in grids(page)[0]] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


def test_a_list_of_news_is_no_table():
    page = (
        "<ul>"
        + "".join(
            f"<li><span class=a>关于第{n}项工作的通知</span><span class=d>2022-01-{n}</span></li>"
            for n in range(10, 20)
        )
        + "</ul>"
    )
    assert grids(page) == []


# ---- hidden bodies ---------------------------------------------------------------------------------------------------

BODY = f'<p>{PROSE * 3}</p><table><tr><td>规章<td>5<tr><td>收费<td>0</table><p title="x">\U00020000完</p>'


def javascript(text):
    return (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("/", "\\/")
        .replace("<", "\\u003c")
        .replace("完", "\\u5b8c")
        .replace("\U00020000", "\\ud840\\udc00")
    )


@pytest.mark.parametrize(
    "page",
    [
        f'<html><body><div id=c></div><script>var content = "{javascript(BODY)}";</script></body></html>',
        f"<body><script>show('x', '{javascript(BODY)}')</script>",
        f"<body>导航<textarea>{BODY}</textarea>",
        f"<body>导航<textarea>{BODY.replace('&', '&amp;').replace('<', '&lt;')}</textarea>",
        f"<body>导航<xmp>{BODY}</xmp>",
        "<body>导航<div data-html='{}'></div>".format(BODY.replace("<", "&lt;")),
        "<body><p>{}</p>".format(BODY.replace("<", "&lt;")),
        f'{{"code": 0, "data": {{"content": "{javascript(BODY)}"}}, "note": "<p>"}}',
        f"<body>导航<div style='display:none'>{BODY}</div>",
        "<body><script>var d = JSON.parse('{}')</script>".format(
            javascript(javascript(BODY)).replace("\\u003c", "\\u003c")
        ),
    ],
)
def test_a_body_that_is_escaped_or_hidden(page):
    document = read_text(page)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [document.cut(cell.span) for cell in grid.cells] == ["规章", "5", "收费", "0"]
    assert page[slice(*document.source_span(grid.cells[1].span))] == "5"
    assert document.cut(document.blocks[-1].span).startswith("\U00020000完")
    assert PROSE in document.printed.value


def test_a_script_does_not_replace_a_page_that_shows_its_text():
    page = f'<p>{PROSE * 8}</p><script>var other = "{javascript(BODY * 2)}"</script>'
    assert paragraphs(page) == [PROSE * 8]


# ---- damage, size ----------------------------------------------------------------------------------------------------


def test_what_is_swallowed_is_reported():
    document = read_text("<p>甲<!-- 乙<p>丙是从未关闭的注释")
    (issue,) = document.issues
    assert (issue.code, issue.severity) == ("lost_text", "warning")
    assert issue.evidence is not None
    assert document.source[slice(*issue.evidence.source_span)].startswith("<!-- 乙")


def test_private_characters_of_the_source_stay():
    assert paragraphs("<p>\ue0001\ue001二\ue000</p>") == ["\ue0001\ue001二\ue000"]


def test_broken_attributes():
    page = '<table><tr><td width="20%"">甲</td><td width=\'3>1</td></tr><tr><td a=b"c>乙<td =>2</table>'
    assert words(page) == [["甲", "1", "乙", "2"]]


@pytest.mark.parametrize("name", ["div", "span", "ul", "table><tr><td", "b", "blockquote", "li", "x-y"])
def test_deep_nesting(name):
    markup = f"<{name}>1" * 10_000
    assert read_text(markup).printed.value.count("1") == 10_000


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<!--", "&", "&#", "\"'", '="', "<td", "</", "<script>", "&lt;p&gt;", "<td>1", "<p>1<p>", "\\u003c"],
)
def test_hostile_repetition_is_read(piece):
    assert read_text("<p>文</p>" + piece * 20_000).printed.value.startswith("文")


PAGE = (
    f"<!DOCTYPE html><html><head><title>年报</title><script>var a = '<p>';</script></head><body class='x'><h1>某县年报</h1><p>{PROSE}&nbsp;"
    f"<b>12</b>件</p>{FORM}<table><tr><td>{FORM}</td></tr></table><pre>甲\n1\n</pre><ul><li>一<li>二</ul><!-- 注 --></body></html>"
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PAGE)))
def test_any_truncation_reads(size):
    document = read_text(PAGE[:size])
    check_origins(document)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PAGE.encode()) - 1), st.integers(0, 255)), max_size=30))
def test_any_mutation_of_bytes_reads(changes):
    data = bytearray(PAGE.encode())
    for at, byte in changes:
        data[at] = byte
    check_order(read(bytes(data)))


MARKUP = st.lists(
    st.sampled_from(
        [
            "<table>", "</table>", "<tr>", "<td>", "<td rowspan=2>", "</td>", "<td colspan=3>", "<th>", "<p>", "</p>", "<div>",
            "</div>", "<span>", "</span>", "<br>", "<b>", "</b>", "<a href=1>", "</a>", "<li>", "<ul>", "<h1>", "</h1>", "<pre>",
            "</pre>", "<caption>", "<tbody>", "</tr>", "<form>", "<hr>", "甲", "12", " ", "\n", "&nbsp;", "&amp;", "&lt;p&gt;", "<!--x-->", "0",
        ]
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_nothing_seen_is_lost_and_every_character_leads_back(pieces):
    page = "<p>" + "".join(pieces)
    document = read_text(page)
    assert sorted("".join(document.printed.value.split())) == sorted(seen(page))
    assert document.issues == ()
    check_origins(document)


def check_order(document):
    printed = document.printed
    if not printed.is_identity:
        assert list(printed.starts) == sorted(printed.starts)
        assert list(printed.ends) == sorted(printed.ends)
    for block in document.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(printed)
        if isinstance(block, Grid):
            assert all(block.span.holds(cell.span) for cell in block.cells)
            check_positions(block)
    assert [block.span.start for block in document.blocks] == sorted(block.span.start for block in document.blocks)


def check_positions(grid):
    corners = [(cell.row, cell.column) for cell in grid.cells]
    assert len(set(corners)) == len(corners)
    assert corners == sorted(corners)
    assert all(cell.rowspan > 0 and cell.colspan > 0 for cell in grid.cells)


def check_origins(document):
    check_order(document)
    for block in document.blocks:
        for span in [cell.span for cell in block.cells] if isinstance(block, Grid) else [block.span]:
            if not isinstance(span, Span):
                continue
            origin = document.source[slice(*document.source_span(span))]
            assert seen(origin) == "".join(document.cut(span).split())
