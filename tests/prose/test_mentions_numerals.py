"""Every way to write a number is one figure with its exact span and value; what is no one number is no figure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.prose.mentions import Mention, mentions

_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_NUMBERS = st.integers(1, 99_999_999).filter(lambda number: not 1900 <= number <= 2100)
_WAYS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "grouped": lambda number: f"{number:,}",
    "wide": lambda number: str(number).translate(_WIDE),
    "wide and grouped": lambda number: f"{number:,}".translate(_WIDE),
    "myriads": lambda number: f"{Decimal(number).scaleb(-4):f}万",
}


def figures(text: str) -> list[Mention]:
    return [one for one in mentions(text) if one.kind == "figure"]


def read(text: str) -> list[tuple[str, Decimal | None, str | None, str]]:
    return [(text[slice(*one.raw)], one.value, one.unit, one.qualifier) for one in figures(text)]


@given(_NUMBERS, st.sampled_from(sorted(_WAYS)), st.sampled_from(["件", "条", "人次", "宗"]))
def test_a_number_is_found_however_it_is_written(number: int, way: str, unit: str) -> None:
    written = _WAYS[way](number)
    assert read(f"全年受理{written}{unit}，余事如常。") == [(written, Decimal(number), unit, "exact")]


@given(_NUMBERS, st.sampled_from(["余", "多"]), st.sampled_from(["", "近", "约"]))
def test_words_beside_it_belong_to_it(number: int, after: str, before: str) -> None:
    written = f"{before}{number:,}{after}"
    assert read(f"发布信息{written}条。") == [(written, Decimal(number), "条", "about")]


@given(st.integers(1, 99), st.integers(1, 9))
def test_an_amount_in_two_parts_is_one_number(myriads: int, thousands: int) -> None:
    written = f"{myriads}万{thousands}千"
    assert read(f"收取{written}元。") == [(written, Decimal(myriads * 10_000 + thousands * 1000), "元", "exact")]


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_number_torn_at_the_thousands_is_whole(high: int, low: int) -> None:
    written = f"{high} {low:03}"
    assert read(f"接受咨询：{written}人次") == [(written, Decimal(high * 1000 + low), "人次", "exact")]


@given(st.integers(1, 50), st.integers(1, 50), st.sampled_from(["-", "—", "~", "～", "+"]))
def test_a_range_and_a_sum_are_no_figures(first: int, second: int, sign: str) -> None:
    assert figures(f"每月受理{first}{sign}{second}件。") == []


@pytest.mark.parametrize("written", ["两三件", "三四件", "数十件", "几十件", "十几件", "数百条", "若干件", "百件千件"])
def test_what_is_vague_is_no_figure(written: str) -> None:
    assert figures(f"受理{written}。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收取3万2千元", ("3万2千", 32000, "元", "exact")),
        ("发布1.2万余条", ("1.2万余", 12000, "条", "about")),
        ("发布1万零5件", ("1万零5", 10005, "件", "exact")),
        ("发布壹佰贰拾条", ("壹佰贰拾", 120, "条", "exact")),
        ("发布二〇一六条", ("二〇一六", 2016, "条", "exact")),
        ("参训十来人", ("十来", 10, "人", "about")),
        ("受理近百件", ("近百", 100, "件", "about")),
        ("接待上千人次", ("上千", 1000, "人次", "at_least")),
        ("突破百条", ("突破百", 100, "条", "at_least")),
        ("发布２，３４５条", ("２，３４５", 2345, "条", "exact")),
        ("咨询网上285人次", ("285", 285, "人次", "exact")),
        ("咨询网上百余人次", ("百余", 100, "人次", "about")),
        ("电话咨询10981人次", ("10981", 10981, "人次", "exact")),
        ("访谈做了两回，", ("两", 2, None, "exact")),
        ("查阅点四处，设在", ("四", 4, "处", "exact")),
        ("申请人有律师一位、", ("一", 1, "位", "exact")),
        ("专职无，兼职八；", ("八", 8, None, "exact")),
        ("E-mail1 传真无", ("1", 1, None, "exact")),
        ("案件中，一件尚未审结；", ("一", 1, "件", "exact")),
        ("另一件还没有判", ("一", 1, "件", "exact")),
    ],
)
def test_written_forms(text: str, expected: tuple[str, int, str | None, str]) -> None:
    assert read(text)[0] == (expected[0], Decimal(expected[1]), *expected[2:])


def test_an_amount_torn_by_a_space_is_whole() -> None:
    assert read("收取的费用0.0 2万元") == [("0.0 2", Decimal("0.02"), "万元", "exact")]


def test_the_last_figure_of_a_bracket_is_no_list_number() -> None:
    text = "复议2件（维持：1；纠错：0；其他：1）。"
    assert [int(one.value or 0) for one in figures(text)] == [2, 1, 0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "二〇一六年",
        "五位一体",
        "每一位干部",
        "千人计划",
        "两位数",
        "信息二处负责",
        "一回复",
        "联系电话83351234",
        "第二回合",
        "一件也没有",
    ],
)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert figures(text) == []
