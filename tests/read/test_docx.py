"""Word files: what is printed is read, once, in its order; what is deleted, hidden or an instruction is not."""

from __future__ import annotations

import pytest

from govnlp.read import docx, read
from govnlp.read.limits import Limits
from govnlp.schema.document import Document, Grid, Paragraph
from tests.read.word_files import STRICT, W, p, packed, run, table, tc, word


def _read(body: str, **parts: str) -> Document:
    document = docx.read(word(body, parts=parts), Limits())
    assert document.source == document.printed.value == document.text.value
    assert document.issues == ()
    return document


def _lines(body: str, **parts: str) -> list[str]:
    return _read(body, **parts).printed.value.splitlines()


def _grid(body: str) -> list[tuple[str, int, int, int, int]]:
    document = _read(body)
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return [(document.cut(one.span), one.row, one.column, one.rowspan, one.colspan) for one in grid.cells]


def _field(*parts: str) -> str:
    """A field from its begin, instruction, separate, result and end."""
    marks = {"[": "begin", "|": "separate", "]": "end"}
    return "".join(f'<w:r><w:fldChar w:fldCharType="{marks[one]}"/></w:r>' if one in marks else one for one in parts)


BOX = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
CASES = {
    "runs": (p("收到申请", "3", "件"), ["收到申请3件"]),
    "tracked": (p("收到", '<w:ins w:id="1"><w:r><w:t>12</w:t></w:r></w:ins>',
                  "<w:del><w:r><w:delText>34</w:delText></w:r></w:del>", "<w:del><w:r><w:t>56</w:t></w:r></w:del>", "件"),
                ["收到12件"]),
    "moved": ("<w:moveFrom>" + p("旧处") + "</w:moveFrom>" + p("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>",
              "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>"), ["新"]),
    "mark deleted": (p("前半", settings="<w:rPr><w:del/></w:rPr>") + p("后半"), ["前半后半"]),
    "hidden": (p(run("隐", "<w:vanish/>"), run("现", '<w:vanish w:val="0"/>')), ["现"]),
    "field": (p(_field("[", "<w:r><w:instrText>PAGE 7</w:instrText></w:r>", "|", run("3"), "]"), "件"), ["3件"]),
    "field without result": (p(_field("[", "<w:r><w:instrText>XE 9</w:instrText></w:r>", "]"), "件"), ["件"]),
    "nested field": (p(_field("[", "[", run("1"), "|", run("2"), "]", "|", run("3"), "]"), "件"), ["3件"]),
    "field never closed": (p("甲", _field("[", run("7"))) + p("下一段"), ["甲", "下一段"]),
    "simple field": (p('<w:fldSimple w:instr="QUOTE">' + run("3") + "</w:fldSimple>"), ["3"]),
    "link": (p('<w:hyperlink r:id="r9">' + run("县政府网站") + "</w:hyperlink>"), ["县政府网站"]),
    "control": ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("<w:sdt><w:sdtContent>" + run("3") + "</w:sdtContent></w:sdt>", "件")
                + "</w:sdtContent></w:sdt>", ["3件"]),
    "control not filled in": (p("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("点击输入0")
                                + "</w:sdtContent></w:sdt>", "件"), ["件"]),
    "breaks": (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>"), ["甲", "乙", "丙"]),
    "tab": (p("<w:r><w:t>单位:</w:t><w:tab/><w:t>万元</w:t></w:r>"), ["单位: 万元"]),
    "hyphens": (p("<w:r><w:t>0799</w:t><w:noBreakHyphen/><w:t>33</w:t><w:softHyphen/><w:t>8</w:t></w:r>"), ["0799-338"]),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "是"), ["☑是"]),
    "box to tick": (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked w:val="0"/><w:default w:val="1"/>'
                      '</w:checkBox></w:ffData></w:fldChar></w:r>', _field("|", "]"), "否"), ["☐否"]),
    "formula": (p("<m:oMath><m:r><m:t>1+2</m:t></m:r></m:oMath>"), ["1+2"]),
    "gloss": (p("<w:r><w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase>"
                "</w:ruby></w:r>", "开"), ["公开"]),
    "text box": (p("外", "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + BOX
                   + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX
                   + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"), ["外", "框内"]),
    "old text box": (p("外", "<w:r><w:pict><v:shape><v:textbox>" + BOX + "</v:textbox></v:shape></w:pict></w:r>"),
                     ["外", "框内"]),
    "markup in text": (p("《a&lt;b&gt; &amp;amp; c》"), ["《a<b> &amp; c》"]),
    "unknown around": ('<w:customXml><w:smartTag>' + p("<w:smartTag>" + run("澄湖县") + "</w:smartTag>")
                       + "</w:smartTag></w:customXml>", ["澄湖县"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_printed(name):
    body, lines = CASES[name]
    assert _lines(body) == lines


def test_strict_files_are_read_as_transitional_ones():
    body = p("收到申请3件") + table(tc("规章") + tc("1"), tc("办法") + tc("2"))
    strict, usual = (docx.read(word(body, namespace), Limits()) for namespace in (STRICT, W))
    assert (strict.printed.value, strict.blocks) == (usual.printed.value, usual.blocks)
    assert "规章" in strict.printed.value


def test_headers_and_footers_are_left_out_and_notes_stand_at_the_end():
    note = '<w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2">' + p("含乡镇数据") + "</w:footnote>"
    body = p("受理3", '<w:r><w:footnoteReference w:id="2"/></w:r>', "件") + p("完") + "<w:sectPr/>"
    assert _lines(body, footnotes=note) == ["受理3件", "完", "含乡镇数据"]


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def _item(text: str, level: int = 0, list_: int = 1) -> str:
    return p(text, settings=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def test_the_numbers_that_word_prints_are_printed():
    body = (
        _item("概述")
        + _item("公开", 1)
        + _item("申请", 1)
        + _item("要点", 2)
        + p("正文")
        + _item("收费")
        + _item("减免", 1)
    )
    assert _lines(body, numbering=NUMBERING) == [
        "一、概述",
        "一.1 公开",
        "一.2 申请",
        "要点",
        "正文",
        "二、收费",
        "二.1 减免",
    ]


def test_a_list_may_begin_anew_and_a_number_may_be_taken_away():
    body = _item("甲") + _item("乙", list_=2) + _item("丙", list_=2) + _item("丁", list_=0) + _item("戊", list_=99)
    assert _lines(body, numbering=NUMBERING) == ["一、甲", "五、乙", "六、丙", "丁", "戊"]


def test_numbers_stand_in_cells_too():
    cell = f"<w:tc>{_item('属于国家秘密', 1)}</w:tc>"
    lines = _lines(_item("申请") + table(cell + tc("0"), tc("合计") + tc("0")), numbering=NUMBERING)
    assert lines == ["一、申请", "一.1 属于国家秘密", "0", "合计", "0"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="公文一级"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="l"><w:name w:val="loop"/><w:basedOn w:val="l"/></w:style>'
)


def _styled(name: str, text: str) -> str:
    return p(text, settings=f'<w:pStyle w:val="{name}"/>')


def _paragraphs(document: Document) -> list[tuple[str, int, bool]]:
    return [(document.cut(one.span), one.level, one.link) for one in document.blocks if isinstance(one, Paragraph)]


def test_headings_by_style_by_a_style_based_on_one_and_by_level():
    long = "全县各级行政机关认真落实条例。" * 3
    body = (
        _styled("1", "概述")
        + _styled("a", "公开")
        + p("申请", settings='<w:outlineLvl w:val="1"/>')
        + _styled("1", long)
    )
    document = _read(body + _styled("l", "正文") + _styled("t", "一、概述 1"), styles=STYLES, numbering=NUMBERING)
    assert _paragraphs(document) == [
        ("概述", 1, False), ("一、公开", 1, False), ("申请", 2, False), (long, 0, False), ("正文", 0, False), ("一、概述 1", 0, True),
    ]  # fmt: skip


SPAN, RESTART, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_spans_of_cells():
    body = table(
        tc("项目", SPAN) + tc("数"),
        tc("处理", RESTART) + tc("许可") + tc("1"),
        tc("", ON) + tc("处罚") + tc("2"),
        tc("", ON) + tc("强制") + tc(""),
    )
    assert _grid(body) == [
        ("项目", 0, 0, 1, 2), ("数", 0, 2, 1, 1), ("处理", 1, 0, 3, 1), ("许可", 1, 1, 1, 1), ("1", 1, 2, 1, 1),
        ("处罚", 2, 1, 1, 1), ("2", 2, 2, 1, 1), ("强制", 3, 1, 1, 1), ("", 3, 2, 1, 1),
    ]  # fmt: skip


def test_cells_merged_sideways_in_the_old_way_and_rows_that_begin_further_right():
    first = tc("合计", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>") + tc("3")
    second = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + tc("4")
    assert _grid(table(first, second)) == [("合计", 0, 0, 1, 2), ("3", 0, 2, 1, 1), ("", 1, 0, 1, 2), ("4", 1, 2, 1, 1)]


def test_a_cell_that_goes_on_below_nothing_is_a_cell():
    assert _grid(table(tc("规章", ON) + tc("1"), tc("办法") + tc("2")))[0] == ("规章", 0, 0, 1, 1)


def test_rows_deleted_or_inserted_or_in_controls():
    gone = "<w:trPr><w:del/></w:trPr>" + tc("旧") + tc("9")
    control = f"<w:sdt><w:sdtContent><w:tr>{tc('办法')}{tc('2')}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:tbl><w:tr>{tc('规章')}{tc('1')}</w:tr><w:tr>{gone}</w:tr>{control}</w:tbl>"
    assert [one[0] for one in _grid(body)] == ["规章", "1", "办法", "2"]


def test_a_label_on_two_paragraphs_is_one_line_and_a_table_in_a_table_is_its_own():
    torn = f"<w:tc>{p('（四）无')}{p('法提供')}</w:tc>"
    assert _grid(table(torn + tc("0"), tc("合计") + tc("0")))[0][0] == "（四）无 法提供"
    inner = table(tc("规章") + tc("1"), tc("办法") + tc("2"))
    outer = table(f"<w:tc>{p('二、主动公开')}{inner}{p('说明')}</w:tc>")
    document = _read(outer)
    assert document.printed.value.split() == ["二、主动公开", "规章", "1", "办法", "2", "说明"]
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Grid", "Paragraph"]


def test_tables_of_tabs_are_tables():
    lines = "".join(
        p(f"<w:r><w:t>{label}</w:t><w:tab/><w:t>{n}</w:t></w:r>")
        for n, label in enumerate(("规章", "办法", "意见", "通知"))
    )
    document = _read(lines)
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert [document.cut(cell.span) for cell in grid.cells][:4] == ["规章", "0", "办法", "1"]


def test_pictures_are_noted_where_they_stand():
    drawing = '<w:r><w:drawing><wp:extent cx="5000000" cy="3000000"/><a:blip r:embed="p0"/></w:drawing></w:r>'
    icon = drawing.replace("5000000", "200000").replace("p0", "p1")
    data = word(
        p("二、主动公开") + p(drawing) + p(icon) + p("三、依申请公开"),
        files={"media/t1.png": b"1", "media/t2.png": b"2"},
    )
    document = docx.read(data, Limits())
    (picture,) = document.pictures
    before = document.text.value[: picture.span.start]
    assert (picture.src, before.strip()) == ("word/media/t1.png", "二、主动公开")


def test_broken_xml_is_read_up_to_the_break():
    whole = p("收到申请3件") + p("答复2件")
    files = {"word/document.xml": f'<w:document xmlns:w="{STRICT}"><w:body>{whole}<w:p><w:r></w:p>'.encode()}
    document = docx.read(packed(files), Limits())
    assert document.printed.value.split() == ["收到申请3件", "答复2件"]
    assert [(one.code, one.severity) for one in document.issues] == [("damaged_source", "error")]


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "<a>" * 100_000,
        "<a/>" * 10,
        "",
        "\x00",
    ],
)
def test_hostile_xml_is_told(xml):
    document = docx.read(packed({"word/document.xml": xml.encode()}), Limits())
    assert (document.printed.value, [one.code for one in document.issues]) == ("", ["damaged_source"])


def test_elements_are_bounded_in_number_and_depth():
    many = docx.read(word(p("甲") * 100), Limits(tags=20))
    assert "more elements than the limit" in many.issues[0].message
    assert 1 < many.printed.value.count("甲") < 100
    for inside in (
        "w:tbl><w:tr><w:tc",
        "w:sdt><w:sdtContent",
        "w:ins",
        "w:p><w:r><w:pict><w:txbxContent",
        "w:r",
        "mc:AlternateContent><mc:Choice",
    ):
        deep = docx.read(word(p("甲") + f"<{inside}>" * 300), Limits())
        assert "nest too deeply" in deep.issues[0].message
        assert deep.printed.value.startswith("甲")


def test_a_zip_bomb_is_refused():
    data = word(p("0" * 3_000_000))
    assert len(data) < 20_000
    issue = docx.read(data, Limits(unpacked=1_000_000)).issues[0]
    assert (issue.code, issue.severity) == ("source_too_large", "error")


def test_a_part_that_is_lost_costs_what_it_held_and_no_more():
    data = word(_item("概述"), parts={"numbering": "<w:num"})
    document = read(data)
    assert document.printed.value == "概述\n"
    assert [one.code for one in document.issues] == ["damaged_source"]
