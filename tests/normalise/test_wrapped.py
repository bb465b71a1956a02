"""Lines of one paragraph are put together again; lines that are paragraphs of their own stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.normalise import normalise
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.text import Span, Text, lines

PROSE = (
    "2013年,全县通过多种渠道主动公开政府信息12860条,其中通过政府网站公开11020条,编印政府公报12期,设查阅点18个。",
    "全年共收到政府信息公开申请146件,已答复140件,其中予以公开98件,部分公开7件,不予公开11件,其余正在办理之中。",
    "各乡镇、各部门健全制度,充实人员,进一步规范了公开的内容和程序,群众查阅政府信息更加方便,反映良好。",
    "全年因政府信息公开申请行政复议3件,提起行政诉讼1件,均已依法办结,没有发生因公开信息而收费的情形。",
)


def page(text: str) -> Document:
    blocks = tuple(Paragraph(span) for span in lines(text) if text[slice(*span)].strip())
    return Document(text, Text(text), Text(text), blocks, "text")


def wrap(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


@pytest.mark.parametrize("width", range(18, 46))
def test_a_page_cut_at_any_width_reads_as_it_was_written(width):
    written = ["一、概述", *PROSE[:2], "二、其他情况", *PROSE[2:]]
    cut = [line for one in written for line in (wrap(one, width) if one.endswith("。") else [one])]
    text = normalise(page("\n".join(cut))).text.value
    told = [line for line in text.split("\n") if line]
    assert {line[-3:] for line in told} <= {one[-3:] for one in written}
    for number in ("12860条", "11020条", "12期", "18个", "146件", "140件", "不予公开11件", "部分公开7件"):
        assert number in text


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("全年主动公开政府信息12\n860条,增长较快。", "全年主动公开政府信息12860条,增长较快。"),
        ("全年共主动公开政府信息12860\n条,增长较快。", "全年共主动公开政府信息12860条,增长较快。"),
        (
            "答复申请20件,其中同意公开9件,不\n予公开11件,均按时办结。",
            "答复申请20件,其中同意公开9件,不予公开11件,均按时办结。",
        ),
        ("各部门落实要求,\n　　全年公开信息12条。", "各部门落实要求,全年公开信息12条。"),
    ],
)
def test_a_single_break_inside_a_sentence_goes(cut, whole):
    assert normalise(page(cut)).text.value == whole


@pytest.mark.parametrize(
    "text",
    [
        "一、加强领导,健全机制\n2013年,我局认真落实条例,公开信息12条。",
        "规范性文件 12\n3 件,其他。",
        "主动公开政府信息数:128\n依申请公开信息数:20",
        "本年新收政府信息公开申请数量\n12\n30",
        "发布日期:2014-01-12\n2013年,我局认真落实条例。",
        "全年主动公开政府信息120条,收到申请20\n2013年,我局认真落实条例。",
        "全年主动公开政府信息120条,收到申请\n3.办理情况如下,全部办结。",
        "某县民政局办公室\n2014年3月1日",
        "1.主动公开信息12条;\n2.收到申请3件;\n3.没有收费。",
        "某县民政局2013年政府信息公开工作年度报告\n2013年,我局认真落实条例,公开信息12条。",
    ],
)
def test_what_stands_on_a_line_of_its_own_stays(text):
    assert normalise(page(text)).text.value == text


def test_a_list_of_pages_with_dates_stays():
    text = "\n".join(f"某某县民政局20{year}年政府信息公开工作年度报告20{year + 1}-01-12" for year in range(10, 20))
    assert normalise(page(text)).text.value == text


def test_a_page_number_inside_a_sentence_goes_with_the_break():
    text = "全年主动公开政府信息128\n- 2 -\n60条,增长较快。"
    found = Document(text, Text(text), Text(text), (Paragraph(Span(0, 13)), Paragraph(Span(20, 29))), "text")
    assert normalise(found).text.value == "全年主动公开政府信息12860条,增长较快。"


def test_a_joined_figure_leads_back_to_both_lines():
    found = normalise(page("全年主动公开政府信息128\n　60条,增长较快。"))
    at = found.text.value.index("12860")
    assert found.source_span(Span(at, at + 5)) == Span(10, 17)
    assert [found.cut(block.span) for block in found.blocks] == ["全年主动公开政府信息12860条,增长较快。"]


@given(
    st.lists(
        st.sampled_from([*PROSE, "一、概述", "(一)办理情况", "某县民政局", "2014年3月1日", "单位:件"]), max_size=12
    )
)
def test_a_page_without_breaks_inside_sentences_is_left_alone(parts):
    text = "\n".join(parts)
    assert normalise(page(text)).text.value == text


@given(st.lists(st.text("公开信息,。128条\n 一、(", max_size=20), max_size=12), st.integers(5, 30))
def test_joining_twice_changes_nothing_more(parts, width):
    once = normalise(page("\n".join(line for one in [*parts, *PROSE] for line in wrap(one, width))))
    assert normalise(once) == once


@pytest.mark.parametrize("piece", ["公", "1\n", "公开,\n", "，", "1 ", "(", "公开信息1\n2条,\n"])
def test_hostile_text_ends(piece):
    assert normalise(page(piece * (20_000 // len(piece)))).text.value
