"""Lists that stand apart from their figures: each name gets its own, whatever stands between and around."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import extract
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.unfold import tags

RULES = RuleTagger()
OUTCOMES = {
    "予以公开": "applications.granted.total",
    "部分公开": "applications.partial.total",
    "信息不存在": "applications.nonexistent.total",
    "不属于本机关公开": "applications.not_this_agency.total",
}


def told(text: str) -> list[tuple[str, str]]:
    """Each indicator with the figure that it was told of."""
    found = RULES.mentions(text)
    return [
        (tag.indicator, text[slice(*found[tag.mention].raw)])
        for tag in tags(RULES, Passage(text, section="applications", year=2016), found)
        if tag.indicator
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("予以公开、部分公开分别为21件和5件。", [("granted", "21"), ("partial", "5")]),
        ("予以公开和部分公开的依次有21、5件。", [("granted", "21"), ("partial", "5")]),
        ("答复结果有予以公开、部分公开,分别是21件,5件。", [("granted", "21"), ("partial", "5")]),
        ("予以公开、部分公开以及信息不存在分别二件、三件、一件。", [("granted", "二"), ("partial", "三"), ("nonexistent", "一")]),
        ("答复9件，其中予以公开、部分公开各4件,信息不存在1件。", [("replied", "9"), ("granted", "4"), ("partial", "4"), ("nonexistent", "1")]),
        ("部分公开与信息不存在各2件。", [("partial", "2"), ("nonexistent", "2")]),
    ],
)  # fmt: skip
def test_each_name_gets_its_figure(text: str, wanted: list[tuple[str, str]]) -> None:
    assert told(text) == [(f"applications.{name}.total", figure) for name, figure in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "予以公开、部分公开分别占52%、28%。",
        "予以公开、部分公开、信息不存在分别为21件和5件。",
        "分别于3月和5月印发2件。",
    ],
)
def test_what_does_not_fit_is_left_as_it_is(text: str) -> None:
    found = RULES.mentions(text)
    assert tags(RULES, Passage(text), found) == RULES.tag(Passage(text), found)


@given(
    st.lists(st.sampled_from(sorted(OUTCOMES)), min_size=2, max_size=4, unique=True), st.data(),
    st.sampled_from(["分别为", "依次为", "分别有", ",分别是"]), st.sampled_from(["、", "和"]),
)  # fmt: skip
def test_unfolded_as_told_one_by_one(names: list[str], data: st.DataObject, how: str, last: str) -> None:
    values = [data.draw(st.integers(0, 5000)) for _ in names]
    plain = "、".join(f"{name}{value}件" for name, value in zip(names, values, strict=True)) + "。"
    apart = f"{'、'.join(names[:-1])}{last}{names[-1]}{how}{'、'.join(f'{value}件' for value in values)}。"
    assert sorted(told(apart)) == sorted(told(plain))


def test_evidence_is_what_is_printed() -> None:
    text = "某县2016年政府信息公开工作年度报告\n三、依申请公开\n答复申请26件,其中予以公开、部分公开分别为21件、5件。"
    facts = {fact.indicator: fact for fact in extract(text=text, model=None).facts}
    partial = facts["applications.partial.total"]
    assert (partial.raw, partial.value) == ("5", Decimal(5))
    span = partial.evidence[0].source_span
    assert span is not None
    assert text[slice(*span)] == "5"


def test_tags_are_each_once() -> None:
    found: list[Tag] = tags(
        RULES, Passage("部分公开、信息不存在各2件。"), RULES.mentions("部分公开、信息不存在各2件。")
    )
    assert len(found) == len(set(found))
