"""Reports that lost their headings."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import extract, pipeline
from govnlp.prose import CascadeTagger, DeferredTagger, RuleTagger
from govnlp.schema.report import SectionKind
from govnlp.segment import segment
from govnlp.segment.headless import LEAST_PARAGRAPHS, best_kinds, lexicon, word_scores
from tests.segment.pages import page, table_page

TITLE = "芦花县水利局2014年政府信息公开工作年度报告"
PARAGRAPHS: list[tuple[SectionKind, str]] = [
    ("overview", "2014年,我局高度重视此项工作,调整了领导小组,把任务写进年度考核,全年办了业务培训2期。"),
    ("proactive", "全年主动公开政府信息318条,其中政府网站301条,公开栏17条,规范性文件2件已全文公布。"),
    ("applications", "全年收到公开申请6件,当面申请4件,网络申请2件,均已答复,其中同意公开5件,信息不存在1件。"),
    ("fees", "检索、复制和邮寄的费用由局里承担,全年没有收费,也没有减免。"),
    ("remedies", "本年度没有发生行政复议,也没有发生行政诉讼和申诉。"),
    ("problems", "存在的不足是更新不够及时,下一步我局将进一步加强栏目的日常维护。"),
    ("other", "没有其他需要报告的事项。"),
]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.heading) for one in segment(page(text)).sections]


def test_paragraphs_without_headings_are_divided():
    outline = segment(page("\n".join([TITLE, *(text for _, text in PARAGRAPHS)])))
    assert [one.kind for one in outline.sections] == ["header", *(kind for kind, _ in PARAGRAPHS)]
    assert [one.heading for one in outline.sections[1:]] == [""] * len(PARAGRAPHS)
    assert [one.code for one in outline.issues] == ["headings_missing"]


def test_the_figures_are_those_of_the_report_with_headings():
    numbers = "一二三四五六七"
    titles = [
        "概述",
        "主动公开情况",
        "依申请公开情况",
        "收费及减免情况",
        "行政复议和行政诉讼情况",
        "存在的问题",
        "其他事项",
    ]
    headed = [line for n, t, (_, text) in zip(numbers, titles, PARAGRAPHS, strict=True) for line in (f"{n}、{t}", text)]
    whole, bare = (
        extract(text="\n".join([TITLE, *lines]), model=None) for lines in (headed, [text for _, text in PARAGRAPHS])
    )
    assert {name: one.value for name, one in bare.answers.items()} == {
        name: one.value for name, one in whole.answers.items()
    }
    assert len(whole.answers) > 8


def test_sections_with_a_heading_stay_as_they_are():
    text = "\n".join([TITLE, "一、概述", *(text for _, text in PARAGRAPHS)])
    assert kinds(text) == [("header", TITLE), ("overview", "一、概述")]


def test_a_short_introduction_is_no_report_without_headings():
    introduction = [text for _, text in PARAGRAPHS[1:LEAST_PARAGRAPHS]]
    found = kinds(
        "\n".join([TITLE, *introduction, "一、依申请公开情况", "全年收到公开申请6件。", "二、存在的问题", "更新慢。"])
    )
    assert [kind for kind, _ in found] == ["header", "overview", "applications", "problems"]


def test_what_has_a_heading_is_not_looked_for_before_it():
    loose = [text for kind, text in PARAGRAPHS if kind in ("overview", "proactive", "applications")]
    found = kinds("\n".join([TITLE, *loose, "一、依申请公开情况", "收到6件。", "二、存在的问题", "更新慢。"]))
    assert [kind for kind, heading in found if not heading].count("applications") == 0
    assert ("proactive", "") in found


def test_prose_behind_the_last_table_is_not_the_overview():
    cells = ["维持", "纠正", "其他", "尚未审结", "总计", "结果维持", "结果纠正", "其他结果", "0", "0", "0", "0", "0"]
    table = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *cells]
    text = table_page(
        TITLE.replace("2014", "2022"), PARAGRAPHS[0][1], PARAGRAPHS[1][1], table, PARAGRAPHS[5][1], PARAGRAPHS[6][1]
    )
    found = [one.kind for one in segment(text).sections]
    assert found[-2:] == ["problems", "other"]


def test_a_second_printing_has_the_kinds_of_the_first():
    lines = [text for _, text in PARAGRAPHS]
    found = [kind for kind, _ in kinds("\n".join([TITLE, *lines, *lines]))]
    assert found == ["header", *2 * [kind for kind, _ in PARAGRAPHS]]


class Judge:
    """Says one kind of everything."""

    def __init__(self, kind: SectionKind) -> None:
        self.kind = kind

    def sections(self, text: str) -> dict[SectionKind, float]:
        return {self.kind: 1.0}


def test_a_judge_is_heard_where_words_say_little():
    plain = ["今年的事情照旧办了一遍又一遍,大家都很满意。"] * 2 + ["门口的牌子换了新的,字也大了一些,看得清楚。"]
    text = "\n".join([TITLE, "2014年的工作和往年大体相同。", *plain])
    without, told = segment(page(text)), segment(page(text), judge=Judge("proactive"))
    assert "proactive" not in {one.kind for one in without.sections}
    assert "proactive" in {one.kind for one in told.sections}


@pytest.mark.parametrize(("kind", "text"), [one for one in PARAGRAPHS if one[0] != "other"])
def test_words_tell_the_subject(kind: SectionKind, text: str):
    scores = word_scores(text)
    assert max(scores, key=lambda one: scores[one]) == kind


def test_the_order_of_the_forms_decides_between_equals():
    rows = [{"overview": 5.0}, {"applications": 5.0}, {"problems": 1.0, "applications": 1.0}, {"applications": 5.0}]
    assert best_kinds(rows) == ["overview", "applications", "applications", "applications"]  # type: ignore[arg-type]
    assert best_kinds([]) == []


def test_every_kind_has_words_and_a_place():
    assert len(lexicon().order) == 11
    assert set(lexicon().order) == set(lexicon().strong) == set(lexicon().plain)


@given(
    st.lists(
        st.sampled_from([*(text for _, text in PARAGRAPHS), TITLE, "无。", "1", "一、概述", "二、问题"]), max_size=12
    )
)
def test_sections_tile_the_text(lines: list[str]):
    text = "\n".join(lines)
    sections = segment(page(text)).sections
    assert not text or (sections[0].span.start, sections[-1].span.end) == (0, len(text))
    assert all(one.span.end == other.span.start for one, other in pairwise(sections))


@pytest.mark.parametrize("text", ["在" * 100_000, "存在" * 50_000, "公开申请" * 25_000, "a", "告知" * 50_000])
def test_hostile_paragraphs_take_no_time(text: str):
    start = time.process_time()
    word_scores(text)
    segment(page("\n".join([text[:2000]] * 50)))
    assert time.process_time() - start < 20


class Teller(RuleTagger):
    """The rules, and a section for everything: stands for a trained model."""

    def sections(self, text: str) -> dict[SectionKind, float]:
        return {"proactive": 1.0}


@pytest.mark.parametrize("wrap", [DeferredTagger, None])
def test_extract_asks_the_model_for_sections(wrap: type[DeferredTagger] | None, monkeypatch: pytest.MonkeyPatch):
    tagger = CascadeTagger(wrap(Teller) if wrap is not None else Teller())
    monkeypatch.setattr(pipeline, "_tagger", lambda _: tagger)
    monkeypatch.setattr(pipeline, "model_path", lambda _: None)
    lines = ["门口的牌子换了新的,字也大了一些,看得清楚。", "今年的事情照旧办了一遍又一遍,大家都很满意。"]
    text = "\n".join([TITLE, "2014年的工作和往年大体相同。", *lines])
    assert "proactive" in {one.kind for one in extract(text=text, model="any").sections}
    assert "proactive" not in {one.kind for one in extract(text=text, model=None).sections}
