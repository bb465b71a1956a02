"""Pages put together: numbers and heads dropped, paragraphs and tables whole over page breaks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from govnlp.read.page import Line, Page, Table, TableCell
from govnlp.read.paged import document
from govnlp.read.paged_grid import MOST_EDGES, lattices
from govnlp.schema.document import Box, Document, Grid, Paragraph

WIDTH, HEIGHT = 595.0, 842.0


def line(text: str, top: float, left: float = 90.0, size: float = 12.0) -> Line:
    return Line(text, (left, top, left + sum(size if char > "\u02ff" else size / 2 for char in text), top + size), size)


def table(rows: list[list[str]], top: float, edges: tuple[float, ...] = (90, 290, 400, 505)) -> Table:
    """A table of single cells; `None`-like cells (`^`) are covered from above, those with `|` reach over several rows."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "^":
                continue
            span = 1
            while row + span < len(rows) and rows[row + span][column] == "^":
                span += 1
            box = (edges[column], top + 20 * row, edges[column + 1], top + 20 * (row + span))
            cells.append(TableCell(text, row, column, span, 1, box))
    return Table(tuple(cells), (edges[0], top, edges[-1], top + 20 * len(rows)))


def made(*pages: Sequence[Line | Table]) -> Document:
    return document([Page(at, WIDTH, HEIGHT, tuple(blocks)) for at, blocks in enumerate(pages, 1)], "pdf")


def paragraphs(found: Document) -> list[str]:
    return [found.cut(block.span) for block in found.blocks if isinstance(block, Paragraph)]


def grids(found: Document) -> list[list[tuple[int, int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.rowspan, found.cut(cell.span)) for cell in block.cells]
        for block in found.blocks
        if isinstance(block, Grid)
    ]


FULL = "本年度围绕群众关心的民生事项逐件发布信息并回应来信来访各单位按月核"  # 34 characters: a full line


@pytest.mark.parametrize(
    "number", ["- {} -", "— {} —", "第 {} 页 共 9 页", "第{}页", "{} / 9", "{}", "·{}·", "Page {} of 9"]
)
def test_page_numbers_are_no_text(number):
    pages = [[line(FULL, 80), line(number.format(at), 800, 290)] for at in range(3, 6)]
    assert all(text.startswith(FULL) for text in paragraphs(made(*pages)))
    assert not any(char.isdigit() for char in made(*pages).printed.value)


def test_what_a_browser_prints_in_the_margins_is_no_text():
    margins = [
        line("1/22/26, 9:37 AM  云泽县年报", 20),
        line("http://example.gov.cn/nb.html", 810),
        line("1/1", 810, 500),
    ]
    assert paragraphs(made([margins[0], line(FULL, 80), *margins[1:]])) == [FULL]


def test_a_figure_in_the_margin_that_counts_no_pages_stays():
    pages = [[line(FULL, 80), line(text, 780)] for text in ("128", "7", "2022")]
    assert [text for text in paragraphs(made(*pages)) if text.isdigit()] == ["128", "7", "2022"]


def test_a_running_head_is_kept_once_where_nothing_else_says_it():
    head = "云泽县人民政府公报"
    pages = [[line(head, 40, 250), line(FULL, 80)] for _ in range(4)]
    assert made(*pages).printed.value.count(head) == 1
    titled = [[line(head, 40, 250), line("云泽县人民政府公报第三期", 80), line(FULL, 120)], *pages]
    assert made(*titled).printed.value.count(head) == 1


def test_a_sentence_goes_on_over_a_page_and_a_new_paragraph_does_not():
    first, second = [line(FULL, 740), line(FULL, 760)], [line("对完毕。", 80), line("其次", 100, 114)]
    assert paragraphs(made(first, second)) == [FULL * 2 + "对完毕。", "其次"]


def test_a_short_line_ends_its_paragraph():
    found = paragraphs(made([line(FULL, 80), line("二〇二三年一月", 100), line(FULL, 120)]))
    assert found == [FULL + "二〇二三年一月", FULL]


def test_latin_words_keep_their_space():
    found = made([line(FULL[:-4] + "IPv six", 80), line("network" + FULL[:10], 98), line(FULL, 116)])
    assert "six network" in found.printed.value


HEAD = ["信息内容", "本年制发件数", "现行有效件数"]


def test_a_table_over_a_page_is_one_and_its_repeated_head_is_dropped():
    upper, lower = table([HEAD, ["规章", "1", "2"]], 700), table([HEAD, ["行政规范性文件", "3", "4"]], 72)
    (grid,) = grids(made([line(FULL, 600), upper], [lower, line(FULL, 200)]))
    assert [text for *_, text in grid] == [*HEAD, "规章", "1", "2", "行政规范性文件", "3", "4"]


def test_text_between_two_tables_parts_them():
    upper, lower = table([HEAD, ["规章", "1", "2"]], 700), table([["行政许可", "3", "4"]], 92)
    assert len(grids(made([upper], [line("(五)行政许可", 72), lower]))) == 2


def test_other_columns_are_another_table():
    upper, lower = table([HEAD, ["规章", "1", "2"]], 700), table([["行政许可", "3", "4"]], 92, (90, 200, 330, 505))
    assert len(grids(made([upper], [lower]))) == 2


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["2.没有现成信息需要", "0", "3"], ["另行制作", "", ""]),
        (["2.没有现成信息需要", "", ""], ["另行制作", "0", "3"]),
        (["2.没有现成信息需要另行制作", "", ""], ["", "0", "3"]),
        (["甲类未曾列入的", "0", "3"], ["事项", "", ""]),
    ],
)
def test_a_row_torn_by_a_page_break_is_whole(upper, lower):
    whole = [["1.本机关不掌握相关政府信息", "5", "6"], [one + two for one, two in zip(upper, lower, strict=True)]]
    below = ["3.补正后申请内容仍不明确", "7", "8"]
    (grid,) = grids(made([table([whole[0], upper], 700)], [table([lower, below], 72)]))
    assert [text for *_, text in grid] == [*whole[0], *whole[1], *below]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["1.信访举报投诉类申请", "0", "3"], ["2.重复申请", "", ""]),
        (["1.信访举报投诉类申请", "0", "3"], ["2.重复申请", "1", "1"]),
        (["(二)设置查阅点数", "个", "24"], ["(三)工作人员数", "人", "7"]),
        (["总计", "个", ""], ["合计", "人", "7"]),
    ],
)
def test_two_rows_beside_a_page_break_stay_two(upper, lower):
    (grid,) = grids(made([table([HEAD, upper], 700)], [table([lower, ["其他", "2", "2"]], 72)]))
    assert [text for *_, text in grid][3:9] == [*upper, *lower]


@pytest.mark.parametrize(("one", "two"), [("（四）无", "法提供"), ("（四）无法提供", ""), ("三、本年度办", "理结果")])
def test_a_group_torn_by_a_page_break_is_one_cell(one, two):
    upper = table([[one, "1.本机关不掌握相关政府信息", "0"]], 700)
    lower = table([[two, "2.没有现成信息需要另行制作", "3"], ["^", "3.补正后申请内容仍不明确", "4"]], 72)
    (grid,) = grids(made([upper], [lower]))
    assert grid[0] == (0, 0, 3, one + two)
    assert [text for *_, text in grid[1:]] == [
        "1.本机关不掌握相关政府信息", "0", "2.没有现成信息需要另行制作", "3", "3.补正后申请内容仍不明确", "4",
    ]  # fmt: skip


def test_a_new_group_below_a_page_break_is_its_own():
    upper = table([["(三)不予公开", "7.属于行政执法案卷", "0"], ["^", "8.属于行政查询事项", "1"]], 700)
    lower = table([["(四)无法提供", "1.本机关不掌握相关政府信息", "3"], ["^", "2.没有现成信息需要另行制作", "4"]], 72)
    (grid,) = grids(made([upper], [lower]))
    assert [(row, rowspan) for row, column, rowspan, _ in grid if column == 0] == [(0, 2), (2, 2)]


def test_each_piece_of_a_torn_cell_is_laid_on_its_own_page():
    upper, lower = ["2.没有现成信息需要", "0", "3"], ["另行制作", "", ""]
    found = made([table([HEAD, upper], 700)], [table([lower, ["3.其他", "1", "1"]], 72)])
    pieces = {found.printed.cut(one.span): one.place.page for one in found.laid}
    assert (pieces["2.没有现成信息需要"], pieces["另行制作"]) == (1, 2)


def test_rules_in_two_strokes_and_a_gap_between_cells_are_one_edge():
    rules: list[Box] = [(0, y + shift, 100, y + shift) for y in (0, 20, 40) for shift in (0, 2.2)]
    rules += [(x + shift, 0, x + shift, 42) for x in (0, 50, 100) for shift in (0, 2.2)]
    (lattice,) = lattices(rules) or []
    assert [(cell.row, cell.column) for cell in lattice.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_drawing_of_countless_rules_is_no_table():
    assert lattices([(0.0, 8.0 * at, 50.0, 8.0 * at) for at in range(MOST_EDGES + 1)]) is None


def test_nothing_on_no_pages():
    assert made().printed.value == ""
    assert made([], []).blocks == ()
