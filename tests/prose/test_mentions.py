"""The grammar finds figures, denials and carried totals with exact spans, on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.prose import mentions
from govnlp.prose.sentences import clauses, sentences

PIECES = ["收到", "申请", "近", "超", "12", "1,128", "4.16万", "三千二百", "余", "件", "条", "万元", "元", ",", "。", ";", "、", "其中", "均", "办结",
          "未", "没有", "无", "行政复议", "(", ")", " ", "\n", "2021年", "100%", "12345热线", "〔2021〕30号", "不存在", "零"]  # fmt: skip


def shown(text: str) -> list[tuple[str, str, str | None, str]]:
    return [(one.kind, text[slice(*one.raw)], one.unit, one.qualifier) for one in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布2789余条", [("figure", "2789余", "条", "about")]),
        ("近300人次参训", [("figure", "近300", "人次", "about")]),
        ("公开4.16万条", [("figure", "4.16万", "条", "exact")]),
        ("超3.3万条", [("figure", "超3.3万", "条", "at_least")]),
        ("公开300条以上", [("figure", "300", "条", "at_least")]),
        ("不足5人", [("figure", "不足5", "人", "at_most")]),
        ("收取3万2千元", [("figure", "3万2千", "元", "exact")]),
        ("廿八件、两名、十二期", [("figure", "廿八", "件", "exact"), ("figure", "两", "名", "exact"), ("figure", "十二", "期", "exact")]),
        ("2021年第711号〔2021〕30号,占12.3%,三审三校,5G,12345热线", []),
    ],
)  # fmt: skip
def test_figures(text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "未发生行政复议、行政诉讼和举报投诉",
            [("未发生", "行政复议"), ("未发生", "行政诉讼"), ("未发生", "举报投诉")],
        ),
        ("行政复议、行政诉讼均未发生", [("未发生", "行政复议"), ("未发生", "行政诉讼")]),
        ("收费及减免情况:无。", [("无", "收费"), ("无", "减免")]),
        ("未新制定规范性文件", [("未新制定", "规范性文件")]),
        ("无。", [("无", None)]),
        ("无法提供、无障碍、无正当理由、未成年人", []),
    ],
)
def test_denials_with_what_they_govern(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [one for one in mentions(text) if one.kind == "none"]
    assert [(text[slice(*one.span)], text[slice(*one.target)] if one.target else None) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("均已按程序、按时限办结", ["均已按程序、按时限", "均已按程序、按时限办结"]),
        ("办结率达100%", ["办结率达100%"]),
        ("办结率99%", []),
        ("均未办结", []),
        ("均应及时答复", []),
    ],
)
def test_carried_totals(text: str, expected: list[str]) -> None:
    assert [text[slice(*one.span)] for one in mentions(text) if one.kind == "all"] == expected


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    found = mentions(text)
    assert [one.span for one in found] == sorted(one.span for one in found)
    for one in found:
        assert 0 <= one.raw.start <= one.span.start < one.span.end <= one.end <= len(text)
        assert one.target is None or 0 <= one.target.start < one.target.end <= len(text)
        assert one.kind != "figure" or one.value is not None


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_sentences_and_clauses_are_cuts_of_the_text(text: str) -> None:
    for sentence in sentences(text):
        assert text[slice(*sentence.span)].strip()
        assert all(sentence.span.holds(clause) for clause in clauses(text, sentence.span))


def test_a_separator_of_thousands_ends_no_clause() -> None:
    text = "公开1,128条,其中2条;无"
    assert [text[slice(*one)] for one in sentences(text)[0].clauses] == ["公开1,128条", "其中2条", "无"]


@pytest.mark.parametrize("piece", ["(", "均", "未", "1,", "一", "其中3件,", "无 ", "、", "未发生行政复议,", "1"])
def test_hostile_text_ends(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(one.end <= len(text) for one in mentions(text))
