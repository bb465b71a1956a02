"""What stands on a page of a PDF: paragraphs, columns, numbers, text that is not to be seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from govnlp.read import pdf
from govnlp.schema.document import Document, Grid, Paragraph
from tests.render.grid import Heading, Page
from tests.render.pdf import FONT_FILE, Style, drawn, font

pytestmark = pytest.mark.skipif(not FONT_FILE.exists(), reason="the font that the PDFs are drawn with is not here")


def page_of(*blocks: str | Heading) -> Page:
    return Page("云泽县2022年政府信息公开工作年度报告", 2022, "art50v2", blocks)


def canvas() -> tuple[Canvas, BytesIO]:
    data = BytesIO()
    made = Canvas(data, pagesize=(595, 842), invariant=1)
    made.setFont(font(), 12)
    return made, data


def read(made: Canvas, data: BytesIO) -> Document:
    made.showPage()
    made.save()
    return pdf.read(data.getvalue())


def paragraphs(document: Document) -> list[str]:
    return [document.cut(block.span) for block in document.blocks if isinstance(block, Paragraph)]


LONG = (
    "全年围绕群众关心的用水、就学、就医等事项发布信息，逐件核对来源，做到先审后发；对历年文件逐件清理，"
    "失效的及时标明，现行有效的集中展示。"
)


def test_lines_are_joined_to_paragraphs_and_an_indent_begins_one():
    made = page_of(
        Heading("一、总体情况"), LONG, LONG[::-1].strip("。") + "。", Heading("二、主动公开政府信息情况"), "无。"
    )
    found = paragraphs(pdf.read(drawn(made)))
    assert found == [made.title, *(block.text if isinstance(block, Heading) else block for block in made.blocks)]


def test_a_sentence_over_a_page_break_is_whole_and_page_numbers_are_gone():
    made = page_of(Heading("一、总体情况"), *[LONG] * 9)
    for number in ("- {} -", "第 {} 页", "{}", "— {} —", "{} / 5"):
        document = pdf.read(drawn(made, Style(room=300, number=number, head="云泽县人民政府办公室文件")))
        assert [one for one in paragraphs(document) if "文件" not in one[:12]][2:] == [LONG] * 9
        assert sum("办公室文件" in one for one in paragraphs(document)) == 1


def test_headings_have_a_level():
    document = pdf.read(drawn(page_of(Heading("一、总体情况"), LONG)))
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)] == [1, 2, 0]


def test_two_columns_are_read_one_after_the_other():
    made, data = canvas()
    for at in range(12):
        made.drawString(60, 780 - 20 * at, f"左栏第{'一二三四五六七八九十百千'[at]}行文字继续写到栏边为")
        made.drawString(320, 780 - 20 * at, f"右栏第{'一二三四五六七八九十百千'[at]}行文字继续写到栏边为")
    value = read(made, data).printed.value
    assert value.index("左栏第千行") < value.index("右栏第一行")


def test_invisible_and_tilted_text_is_not_read():
    made, data = canvas()
    made.drawString(72, 700, "全年收到政府信息公开申请12件。")
    hidden = made.beginText(72, 600)
    hidden.setTextRenderMode(3)
    hidden.textOut("隐去的文字99件")
    made.drawText(hidden)
    made.saveState()
    made.rotate(30)
    made.drawString(300, 300, "样稿88件")
    made.restoreState()
    made.drawString(900, 700, "页外77件")
    assert paragraphs(read(made, data)) == ["全年收到政府信息公开申请12件。"]


def test_a_frame_around_a_paragraph_is_no_table():
    made, data = canvas()
    made.rect(60, 660, 400, 60)
    made.line(72, 695, 300, 695)
    made.drawString(72, 700, "本年度没有收到政府信息公开申请。")
    document = read(made, data)
    assert not any(isinstance(block, Grid) for block in document.blocks)
    assert paragraphs(document) == ["本年度没有收到政府信息公开申请。"]


def grid(document: Document) -> list[tuple[int, int, int, int, str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Grid)]
    return [(one.row, one.column, one.rowspan, one.colspan, document.cut(one.span)) for one in table.cells]


def test_merged_cells_and_vertical_text():
    made, data = canvas()
    for y in (700, 660, 620):
        made.line(72 if y != 660 else 100, y, 300, y)
    for x in (72, 100, 300):
        made.line(x, 620, x, 700)
    made.line(200, 620, 200, 660)
    for at, char in enumerate("办理结果"):
        made.drawString(80, 686 - 15 * at, char)
    made.drawString(110, 675, "予以公开")
    made.drawString(110, 635, "部分公开")
    made.drawString(230, 635, "12")
    assert grid(read(made, data)) == [
        (0, 0, 2, 1, "办理结果"), (0, 1, 1, 2, "予以公开"), (1, 1, 1, 1, "部分公开"), (1, 2, 1, 1, "12"),
    ]  # fmt: skip


def test_a_table_open_at_its_sides_and_below():
    made, data = canvas()
    for y in (700, 670):
        made.line(72, y, 400, y)
    made.line(200, 640, 200, 700)
    made.drawString(80, 680, "行政许可")
    made.drawString(220, 680, "15")
    made.drawString(80, 650, "行政处罚")
    made.drawString(220, 650, "6")
    assert [text for *_, text in grid(read(made, data))] == ["行政许可", "15", "行政处罚", "6"]


def test_a_figure_wider_than_its_cell_stays_whole_and_in_its_cell():
    made, data = canvas()
    for y in (700, 670):
        made.line(72, y, 162, y)
    for x in (72, 102, 132, 162):
        made.line(x, 670, x, 700)
    for x, text in ((87, "1"), (117, "123456"), (147, "2")):
        made.drawCentredString(x, 680, text)
    assert [text for *_, text in grid(read(made, data))] == ["1", "123456", "2"]


def test_text_on_both_sides_of_a_border_is_parted():
    made, data = canvas()
    for y in (700, 670):
        made.line(72, y, 172, y)
    for x in (72, 122, 172):
        made.line(x, 670, x, 700)
    made.drawString(108, 680, "12")
    made.drawString(124, 680, "34")
    assert [text for *_, text in grid(read(made, data))] == ["12", "34"]


def test_signatures_and_contacts_are_no_table():
    made, data = canvas()
    for at, (one, two) in enumerate(
        [("单位：云泽县水务局", "电话：0799-123456"), ("地址：云泽县湖滨路1号", "邮编：330000")]
    ):
        made.drawString(72, 700 - 20 * at, one)
        made.drawString(320, 700 - 20 * at, two)
    document = read(made, data)
    assert not any(isinstance(block, Grid) for block in document.blocks)
    assert "单位：云泽县水务局  电话：0799-123456" in document.printed.value


def test_every_printed_line_is_laid_on_its_page():
    document = pdf.read(drawn(page_of(Heading("一、总体情况"), *[LONG] * 6), Style(room=300)))
    assert "".join(document.printed.cut(one.span) for one in document.laid) == document.printed.value.replace("\n", "")
    for one in document.laid:
        assert one.confidence == 1
        assert one.place.box is not None
        assert 0 <= one.place.box[0] < one.place.box[2] <= 595
        assert 0 <= one.place.box[1] < one.place.box[3] <= 300
