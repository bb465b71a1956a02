"""Words that may deny or carry a total are found by their class, in wordings that no list holds."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.prose.mentions import MentionKind, mentions
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage
from govnlp.prose.triggers import Class, pattern

_ADVERBS = ["", "均", "尚", "仍", "概", "一概", "亦", "也", "从", "暂", "年内", "依旧", "至今"]
_DENIALS = ["未", "没", "没有", "未曾", "不曾", "未能", "没能"]
_VERBS = [
    "收到",
    "发生",
    "举办",
    "编印",
    "配备",
    "登载",
    "列支",
    "组建",
    "遇到",
    "引发",
    "刊发",
    "做",
    "搞",
    "办",
    "收",
    "启用",
]
_WHOLES = ["均", "全部", "都", "皆", "悉数", "悉", "一律", "全数", "统统", "俱", "概", "件件", "逐件", "尽数"]
_DONE = ["予答复", "予以公开", "由窗口当面递交", "按期办结", "获维持"]


# Every word of the classes, each before words that let it be a sign.
WORDINGS = "，".join(
    word + rest
    for word in re.findall("[\u4e00-\u9fff]{1,4}", files("govnlp.prose").joinpath("grammar.yaml").read_text("utf-8"))
    for rest in ("", "收取", "件答复", "审结")
)


def found(text: str, kind: MentionKind) -> list[str]:
    return [text[slice(*one.span)] for one in mentions(text) if one.kind == kind]


@given(st.sampled_from(_ADVERBS), st.sampled_from(_DENIALS), st.sampled_from(_VERBS))
def test_a_negator_before_any_verb_is_found_where_it_stands(adverb: str, denial: str, verb: str) -> None:
    text = f"公报与访谈{adverb}{denial}{verb}。"
    signs = {(one.span.start, one.value) for one in mentions(text) if one.kind == "none"}
    at = text.index(denial)
    # 从未 is one negator.
    assert signs in ({(at, Decimal(0))}, {(at - len(adverb), Decimal(0))})
    assert adverb == "从" or signs == {(at, Decimal(0))}


@given(st.sampled_from(_WHOLES), st.sampled_from(_DONE))
def test_a_word_for_the_whole_before_what_was_done_is_found(whole: str, done: str) -> None:
    assert any(sign.startswith(whole) for sign in found(f"收到申请5件，{whole}{done}。", "all"))


@given(st.sampled_from(_WHOLES), st.sampled_from(["未发生", "无", "没有收到", "不收取"]))
def test_a_denial_turns_the_whole_round(whole: str, denial: str) -> None:
    text = f"复议与诉讼{whole}{denial}。"
    assert found(text, "all") == []
    assert found(text, "none")


@pytest.mark.parametrize(
    "text",
    [
        "公报停办", "访谈归零", "公报付之阙如", "专职空缺", "三栏皆空", "零收件", "岗位空悬", "谈何减免", "一分没收", "分毫未取",
        "微博尚待开通", "事项不增不减", "培训没顾上", "我区无权制定规章", "传真无人问津", "律师事务所均未来件", "5人都不是专职",
        "也无需要继续办理的事项", "无逾期", "无不予公开的情形", "概不收取", "不予收费", "访谈停；",
    ],
)  # fmt: skip
def test_wordings_that_deny(text: str) -> None:
    assert found(text, "none")


@pytest.mark.parametrize(
    "text",
    [
        "收到3件，无一遗漏地答复", "收到3件，一件不落地答复", "收到1件，该件已公开", "收到3件，100%办结", "收到3件，百分之百按期办结", "受理3件，均未超期",
        "诉讼2件，皆未经复议", "复议1件，尚未审结", "诉讼1件，一审未判", "诉讼1件，法院正在审理", "3件全给了", "3人全兼职", "解读3篇，已贴到村里公开栏",
        "3件中2件均不属于本机关", "收到3件，如数办结",
    ],
)  # fmt: skip
def test_wordings_that_carry_a_total(text: str) -> None:
    assert found(text, "all")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("面向未来，保护未成年人", "none"),
        ("无法提供、无障碍、无正当理由、无线网、无人机", "none"),
        ("不断完善，不同渠道，不动产登记，不少于", "none"),
        ("零星、零售、零距离、零跑腿、没收入", "none"),
        ("均衡发展，首都，成都市，平均", "all"),
        ("尽职尽责，尽快，尽量，熟悉心得", "all"),
        ("全市、全年、全面、全县", "all"),
        ("尚未审结2件", "all"),
        ("均应及时答复", "all"),
    ],
)
def test_words_that_only_look_alike(text: str, kind: MentionKind) -> None:
    assert found(text, kind) == []


def test_the_rules_leave_open_mentions_alone() -> None:
    text = "公报停办，收到政府信息公开申请2件。"
    open_ = [at for at, one in enumerate(mentions(text)) if one.open]
    tags = RuleTagger().tag(Passage(text), mentions(text))
    assert open_
    assert not {tag.mention for tag in tags} & set(open_)
    assert {tag.indicator for tag in tags} == {"applications.new.total"}


@pytest.mark.parametrize("name", ["denies", "carries", "undecided"])
def test_the_letters_of_a_class_leave_none_of_its_signs_out(name: Class) -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x9FFF)) + WORDINGS * 2
    texts = [text, *(f"均{one}答复" + one * 2 for one in text)]
    for one in texts:
        assert [sign.span() for sign in pattern(name).finditer(one)] == [
            sign.span() for sign in pattern(name, guarded=False).finditer(one)
        ]


def test_nothing_is_found_twice() -> None:
    text = "未发生行政复议，公报未编，三件均已办结，亦未收费，收到2件悉数答复。"
    for kind in ("none", "all"):
        spans = sorted({one.span for one in mentions(text) if one.kind == kind})
        assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("piece", ["未", "无", "已公", "均", "该件", "停", "尚未", "100%", "不", "没有"])
def test_hostile_text_ends(piece: str) -> None:
    assert all(one.end <= 100_000 for one in mentions(piece * (100_000 // len(piece))))
