"""The written form: marks, kinds, values, faults."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpora.figures import figure_value
from corpora.records import Label, from_record, to_record
from corpora.voices import parse_voice, read_voice
from govnlp.errors import FormatError, SourceError
from tests.corpora.making import passage, training, voice


def test_marks_stand_on_the_text_without_braces():
    one = passage("收到{12|applications.new.total}件，{均|applications.replied.total=12}答复。")
    assert one.text == "收到12件，均答复。"
    assert [(one.surface(at), mark.kind) for at, mark in enumerate(one.marks)] == [("12", "figure"), ("均", "all")]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("公开{4.16万|disclosure.total}条", 41600),
        ("公开{三千二百余|disclosure.total}条", 3200),
        ("公开{近300|disclosure.total}条", 300),
        ("公开{１ ２|disclosure.total}条", 12),
        ("公开{l0|disclosure.total}条", 10),
        ("公开{10余万|disclosure.total}条", 100000),
        ("经费{5|capacity.budget}万元", 50000),
        ("经费（万元）：{1.5|capacity.budget}", 15000),
        ("收费{1.2万|fees.information.amount}元", 12000),
        ("收费{0.62|fees.information.amount}万元", 6200),
        ("收费{31.50|fees.information.amount}元", Decimal("31.5")),
        ("增减{-2|proactive.licensing.items_change}项", -2),
        ("{没有收到|applications.new.total}申请", 0),
        ("{均|applications.closed.total=7}办结", 7),
    ],
)
def test_values(line, value):
    assert passage(line).marks[0].labels[0].value == value


def test_a_count_before_money_is_not_multiplied():
    assert passage("召开{3|capacity.meetings}万元会议").marks[0].labels[0].value == 3


def test_period_scope_and_several_labels():
    mark = passage("去年{9|applications.new.total@previous+applications.closed.total@previous/sub}件").marks[0]
    assert mark.labels == (
        Label("applications.new.total", Decimal(9), "previous"),
        Label("applications.closed.total", Decimal(9), "previous", "subordinate"),
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("{零|applications.new.total}件", "figure"),
        ("{零|applications.new.total}申请", "none"),
        ("诉讼:{零|remedies.litigation.total}。", "figure"),
        ("{一件也没有|applications.new.total}", "none"),
        ("{两|applications.new.total}件", "figure"),
        ("{尚未审结|remedies.review.pending=1}", "all"),
    ],
)
def test_kinds(line, kind):
    assert passage(line).marks[0].kind == kind


@pytest.mark.parametrize(
    "line", ["收到{12件", "收到{12}件", "收到{12|Applications}件", "收到{12|a.b@next}件", "收到12|disclosure.total}件"]
)
def test_what_is_no_mark_is_a_fault(line):
    assert [fault.line for fault in voice(line).faults] == [6]


def test_faults_of_headers():
    faulty = parse_voice("@ voice: a\n无头\n# section=nowhere year=2016\n# section=fees year=1999\n", "a")
    assert [fault.line for fault in faulty.faults] == [1, 1, 2, 3, 4]
    with pytest.raises(SourceError):
        read_voice(Path("nowhere.txt"))


def test_no_voice_of_the_corpus_has_a_mark_out_of_place():
    for one in training():
        ends = [0, *(mark.end for mark in one.marks)]
        assert all(end <= mark.start < mark.end <= len(one.text) for end, mark in zip(ends, one.marks, strict=False))


def test_records_keep_everything():
    assert [from_record(to_record(one)) for one in training()] == list(training())
    with pytest.raises(FormatError):
        from_record({"voice": "a"})  # type: ignore[typeddict-item]


def test_a_long_surface_is_read_quickly():
    assert figure_value("1" * 100_000) is None
    assert figure_value("(" * 100_000) is None
