"""What is suggested, how sure it is, and what is chosen."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator

import pytest

from govnlp.annotate import Task, Way, select, tasks
from govnlp.pipeline import inspect, load_model
from govnlp.prose import RuleTagger
from govnlp.prose.annotations import PART, Annotated
from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Passage, Tag
from govnlp.schema.report import Report
from tests.annotate.making import simple

PAGE = """某县水务局2016年政府信息公开工作年度报告
一、主动公开政府信息情况
2016年,我局主动公开政府信息46条(其中:河道信息33条、供水信息13条)。
二、依申请公开政府信息情况
全年收到政府信息公开申请3件,均已答复。去年同期收到申请5件。走访群众88户。
三、行政复议和行政诉讼情况
未发生行政复议和行政诉讼。
四、存在的主要问题
目录更新不够及时。
"""


def _tasks(text: str = PAGE, tagger=None) -> list[Task]:
    read = inspect(text=text, name="a.txt")
    return list(tasks(read.report, read.document, tagger or RuleTagger()))


def _marked(passage: Annotated) -> list[tuple[str, str, list[str]]]:
    return [
        (passage.text[slice(*mark.span)], mark.kind, [label.indicator for label in mark.labels])
        for mark in passage.marks
    ]


def test_figures_denials_carried_totals_and_parts_are_marked():
    first, second, third = _tasks()
    assert _marked(first.passage) == [
        ("46", "figure", ["disclosure.total"]), ("33", "figure", [PART]), ("13", "figure", [PART]),
    ]  # fmt: skip
    assert _marked(second.passage)[:2] == [
        ("3", "figure", ["applications.new.total"]), ("均已", "all", ["applications.replied.total"]),
    ]  # fmt: skip
    assert second.passage.marks[1].labels[0].value == 3
    assert _marked(third.passage) == [("未发生", "none", ["remedies.review.total", "remedies.litigation.total"])]


def test_periods_are_kept_and_figures_of_nothing_are_not_marked():
    _, second, _ = _tasks()
    periods = {label.period for mark in second.passage.marks for label in mark.labels}
    assert periods == {"year", "previous"}
    assert "88" not in [surface for surface, *_ in _marked(second.passage)]


def test_a_task_knows_where_it_is_from_and_keeps_its_id():
    first, *_ = _tasks()
    assert (first.source, first.organ, first.passage.section, first.passage.year) == (
        "a.txt",
        "某县水务局",
        "proactive",
        2016,
    )
    assert [one.id for one in _tasks()] == [one.id for one in _tasks()]
    assert len({one.id for one in _tasks(PAGE)}) == 3


def test_long_paragraphs_are_cut_between_sentences():
    sentence = "向社会公开水质信息12条,受理咨询3次。"
    made = _tasks(PAGE.replace("走访群众88户。", "走访群众88户。" + sentence * 40))
    assert all(one.passage.text.count("。") <= 6 for one in made)
    assert "".join(one.passage.text for one in made).count(sentence) == 40
    for one in made:
        assert all(one.passage.text[slice(*mark.span)].strip() for mark in one.passage.marks)


def test_what_is_no_report_gives_nothing():
    assert _tasks("404 找不到页面") == []
    read = inspect(text=PAGE)
    assert list(tasks(Report(status="failed"), read.document, RuleTagger())) == []


def test_a_wording_that_the_rules_do_not_know_is_less_sure():
    made = {one.passage.section: one.certainty for one in _tasks()}
    assert made["applications"] < made["remedies"] <= 1


class _Contrary:
    """A model that takes every figure for a fee."""

    def mentions(self, text: str) -> list[Mention]:
        return RuleTagger().mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        return [
            Tag(place, "fees.information.amount", confidence=0.7)
            for place, one in enumerate(mentions) if one.kind == "figure"
        ]  # fmt: skip


def test_where_rules_and_model_differ():
    made = _tasks(tagger=CascadeTagger(_Contrary()))
    assert all(one.difference >= 0.7 for one in made[:2])
    assert all(one.difference == 0 for one in _tasks())


def test_with_the_model_that_ships():
    pytest.importorskip("onnxruntime")
    made = _tasks(tagger=load_model("zh_govnlp"))
    assert all(0 <= one.certainty <= 1 for one in made)
    assert [_marked(one.passage)[0] for one in made] == [_marked(one.passage)[0] for one in _tasks()]


WORDS = ["收到求件{}宗", "登记来函{}封", "晒出信息{}则", "张贴公告{}张", "群里推送{}回", "公示牌更新{}块"]


def _archive(organs: int = 5, each: int = 60) -> list[Task]:
    return [
        simple(WORDS[at % len(WORDS)].format(at), f"{organ:02d}{at:04d}", f"{organ}局", (at % 50) / 50, (at % 7) / 7)
        for organ in range(organs) for at in range(each)
    ]  # fmt: skip


def test_the_least_sure_come_first():
    chosen = select(_archive(), "uncertain", 6)
    assert chosen[0].certainty == 0
    assert len({one.passage.text.translate(str.maketrans("", "", "0123456789")) for one in chosen}) == 6


def _words(number: int) -> str:
    """Words that no other number gives."""
    return "".join(chr(0x4E00 + (number * 37 + step * 911) % 20_000) for step in range(12))


def test_organs_take_turns():
    archive = [
        simple(_words(organ * 6 + place), f"{organ}{place}", f"{organ}局", certainty=organ / 10 + place / 100)
        for organ in range(4) for place in range(6)
    ]  # fmt: skip
    chosen = select(archive, "uncertain", 8)
    assert Counter(one.organ for one in chosen) == dict.fromkeys(["0局", "1局", "2局", "3局"], 2)
    assert [one.id for one in chosen[:4]] == ["00", "10", "20", "30"]


def test_passages_that_share_phrases_are_two_and_those_that_share_all_but_figures_are_one():
    first = "全年收到政府信息公开申请{}件,均在法定期限内答复申请人。"
    other = "本年度共受理政府信息公开申请{}件,其中网上提交占一半以上。"
    archive = [simple(text.format(at), f"{at}{text[0]}") for at in range(9) for text in (first, other)]
    assert {one.passage.text[:2] for one in select(archive, "uncertain", 9)} == {"全年", "本年"}
    assert len(select(archive, "uncertain", 9)) == 2


def test_only_what_differs_is_a_disagreement():
    chosen = select(_archive(), "disagreement", 50)
    assert chosen
    assert all(one.difference > 0 for one in chosen)
    assert chosen[0].difference == max(one.difference for one in _archive())
    assert select([simple("收到3件", "a")], "disagreement", 5) == []


@pytest.mark.parametrize("way", ["uncertain", "disagreement", "random"])
def test_an_archive_is_not_held(way: Way):
    held = []

    def archive() -> Iterator[Task]:
        for at in range(3000):
            if at % 500 == 499:
                held.append(sum(type(one) is Task for one in gc.get_objects()))
            yield simple(_words(at), f"{at:06d}", f"{at % 9}局", (at * 7919 % 1000) / 1000, 0.5)

    chosen = select(archive(), way, 10)
    assert len(chosen) == 10
    assert 9 < max(held) < 300
    if way == "uncertain":
        assert max(one.certainty for one in chosen) < 0.05


def test_a_sample_is_the_same_for_a_seed_and_even():
    archive = _archive()
    assert select(archive, "random", 9, seed=3) == select(archive, "random", 9, seed=3)
    assert select(archive, "random", 9, seed=3) != select(archive, "random", 9, seed=4)
    assert len(select(archive[:4], "random", 9)) == 4
    drawn = Counter(one.organ for seed in range(40) for one in select(archive, "random", 10, seed=seed))
    assert min(drawn.values()) > 40
