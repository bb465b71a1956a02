from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.batch.duplicates import figures_digest, signature, similarity, text_digest
from govnlp.batch.organs import organ_key
from govnlp.batch.rank import Rank, Ranking, Version, ranked
from govnlp.schema.facts import Fact
from govnlp.schema.report import Report

TEXT = "。".join(f"第{number}项工作已经完成,成效明显{number}" for number in range(200))
ONE = Version(0, "a", "云岭县人民政府", 2021, "t1", "f1", signature(TEXT), "complete", 200, 0, None, None, "html")


def grouped(*versions: Version) -> dict[str, Rank]:
    ranking = Ranking()
    ranking.add(one._replace(organ=organ_key(one.organ)) for one in versions)
    return {rank.document: rank for rank in ranking.ranks()}


def other(document: str = "b", **changes: object) -> Version:
    return ONE._replace(document=document, **changes)  # type: ignore[arg-type]


def are_one(*versions: Version) -> bool:
    return len({rank.group for rank in grouped(*versions).values()}) == 1


def test_one_organ_and_year_is_one_report_whatever_its_text():
    assert are_one(ONE, other(text_digest="t2", figures="f2", signature=signature("别的。")))
    assert are_one(ONE, other(organ="云岭县 人民政府", text_digest="t2", figures="f2"))


@pytest.mark.parametrize(
    "changes",
    [
        {"organ": "鹿鸣县人民政府"},  # a template shared by two offices, figures and all
        {"year": 2020},
        {"organ": None, "text_digest": "t2", "figures": "f2"},
        {"organ": "市教育局", "text_digest": "t2", "figures": None},
        {"organ": None, "text_digest": "t2", "signature": signature("全文不同。没有一句相同。")},
    ],
)
def test_what_a_name_a_year_or_the_text_speaks_against_is_not_one(changes):
    assert not are_one(ONE, other(**changes))


def test_two_organs_with_a_name_that_many_have_are_not_one():
    first = ONE._replace(organ="教育局", text_digest="t1", figures="f1")
    assert not are_one(first, other(organ="教育局", text_digest="t2", figures="f2"))


def test_a_mirror_without_a_name_is_known_by_its_text_or_its_figures():
    assert are_one(ONE, other(organ=None, year=None))
    near = signature(TEXT + "。网站首页。版权所有")
    assert are_one(ONE, other(organ=None, text_digest="t2", signature=near))


def test_ranks_and_reasons():
    versions = [
        other("a", status="partial", facts=180),
        other("b", facts=190),
        other("c", facts=200, failed_checks=2),
        other("d", facts=200, published="2022-03-01"),
        other("e", facts=200, published="2022-01-31"),
        other("f", facts=200, published="2022-01-31"),
    ]
    order = ranked(versions)
    assert [one.document for one in order] == ["d", "e", "f", "b", "c", "a"]
    assert [one.reason for one in order] == [
        "the best of 6",
        "published 2022-01-31, the other 2022-03-01",
        "the same text",
        "190 facts against 200",
        "2 failed checks against 0",
        "partial, the other is complete",
    ]
    assert {one.group for one in order} == {"a"}
    assert [one.rank for one in order] == [1, 2, 3, 4, 5, 6]


@given(st.permutations([other(name, facts=facts) for name, facts in zip("abcdef", (3, 1, 3, 2, 2, 9), strict=True)]))
def test_the_order_of_arrival_changes_nothing(versions):
    assert ranked(versions) == ranked(sorted(versions))
    assert grouped(*versions) == grouped(*sorted(versions))


def test_a_crowd_with_one_template_is_no_group():
    crowd = [other(f"{number}", organ=f"{chr(0x5000 + number)}县人民政府") for number in range(600)]
    assert len({rank.group for rank in grouped(*crowd).values()}) == 600


def test_figures_tell_only_where_there_are_some():
    names = ("disclosure.total", "applications.new.total", "capacity.meetings", "capacity.staff.total")
    facts = [
        Fact(indicator=name, value=Decimal(number), status="reported", method="table", answer=True)
        for number, name in enumerate(names, start=5)
    ]
    assert figures_digest(Report(status="complete", facts=tuple(facts)))
    assert figures_digest(Report(status="complete", facts=tuple(facts[:3]))) is None
    noughts = tuple(fact.model_copy(update={"value": Decimal(0)}) for fact in facts)
    assert figures_digest(Report(status="complete", facts=noughts)) is None


def test_signatures_of_hostile_text_are_quick():
    for text in ("", "。" * 100_000, "一" * 100_000, "(" * 100_000, " " * 100_000):
        assert similarity(signature(text), signature(text)) == 1.0
        assert organ_key(text) is None or organ_key(text)
    assert text_digest("a b\nc") == text_digest("abc")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("云岭县教育局", "云岭县教育局"),
        ("(云岭县)教育局", "云岭县教育局"),
        ("国家税务总局云岭县税务局", "国家税务总局云岭县税务局"),
        ("水利部", "水利部"),
        ("本局", None),
        ("县政府办公室", None),
        ("街道办事处", None),
        ("财政局", None),
        (None, None),
    ],
)
def test_names_that_many_organs_have_are_no_key(name, key):
    assert organ_key(name) == key
