"""The linter: each finding can be provoked, and the voices that are here give no error."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from corpora.checks import check_passage, check_voice
from corpora.copies import RUN, alike, copied
from corpora.disputes import NOTHING, disputes
from corpora.lint import lint, main
from corpora.survey import survey
from corpora.voices import FOLDER
from tests.corpora.making import passage, voice


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("收到{12件|applications.new.total}申请", "unit_inside"),
        ("收到{三件|applications.new.total}申请", "unit_inside"),
        ("经费{5万元|capacity.budget}", "unit_inside"),
        ("收到{ 12|applications.new.total}件", "edge"),
        ("复议{无。|remedies.review.total}", "edge"),
        ("收到1{2|applications.new.total}件", "split"),
        ("公开1,{128|disclosure.total}条", "split"),
        ("公开{4.16|disclosure.total}万条", "split"),
        ("公开近{300|disclosure.total}条", "qualifier_outside"),
        ("公开{300|disclosure.total}余条", "qualifier_outside"),
        ("收到{12|applications.newer.total}件", "unknown_id"),
        ("收到{12|applications.new.total+applications.new.total}件", "label_twice"),
        ("{均|applications.closed.total}办结", "no_kind"),
        ("收到{十几|applications.new.total}件", "no_kind"),
        ("召开会议{3|capacity.meetings}万元", "count_unit"),
        ("经费{3|capacity.budget}件", "amount_unit"),
        ("公开{1.5|disclosure.total}条", "fraction"),
        ("收到{12|applications.new.total}件，{均|applications.closed.total=11}办结", "carried_value"),
        ("收到{12|applications.new.total}件，新收{13|applications.new.total}件", "said_twice"),
    ],
)
def test_each_finding(line, code):
    assert code in {found.code for found in check_passage(passage(line))}


@pytest.mark.parametrize(
    "line",
    [
        "经费{5|capacity.budget}万元，其中公报{2|part}万元",
        "给了{4|applications.granted.total},1件没给",
        "网上{近三百|disclosure.via.website}条，政务公开{12|capacity.meetings}次",
        "共收到{12|applications.new.total}件，{其中|applications.closed.total=12}",
        "自然人{3|part}人、企业{2|part}家，{均|applications.closed.total=5}办结",
        "收到{12|applications.new.total}件，去年{13|applications.new.total@previous}件",
    ],
)
def test_no_false_alarm(line):
    assert list(check_passage(passage(line))) == []


def test_name_level_and_year():
    codes = {found.code for found in check_voice(voice("无。", year=2007)._replace(level="village"), "b")}
    assert codes == {"voice_name", "level", "year"}


def test_likeness_is_that_of_all_pairs():
    draw = random.Random(4)
    texts = ["".join(draw.choices("收到申请办结答复公开", k=draw.randint(4, 30))) for _ in range(60)]
    texts += [text[: len(text) * 9 // 10] for text in texts] + [texts[0]]
    sets = [{text[at : at + 5] for at in range(max(1, len(text) - 4))} for text in texts]
    pairs = [
        (first, second)
        for second in range(len(texts))
        for first in range(second)
        if len(sets[first] & sets[second]) >= 0.8 * len(sets[first] | sets[second])
    ]
    assert [(one.first, one.second) for one in alike(texts)] == sorted(pairs)
    assert (0, len(texts) - 1) in pairs


def test_a_copied_sentence_is_found_but_not_a_statute(tmp_path):
    sentence = "我镇把山上的果树一棵一棵数过以后才在村口贴出公告"
    (tmp_path / "real.txt").write_text(
        f"开头。{sentence}。《中华人民共和国政府信息公开条例》公民、法人和其他组织", "utf-8"
    )
    lines = [
        sentence[: RUN // 2] + " " + sentence[RUN // 2 : RUN] + "。",
        sentence[: RUN - 1] + "了。",
        "依照《中华人民共和国政府信息公开条例》公民、法人和其他组织均可。",
    ]
    assert [number for number, _ in copied(map(passage, lines), tmp_path)] == [0]


def test_survey_counts():
    counts = survey(
        [passage("收到{12|applications.new.total}件，{没有|remedies.review.total}行政复议，开常务会议9次。")]
    )
    assert counts.marks == {"figure": 1, "none": 1, "all": 0}
    assert counts.unmarked["figure"] == 1
    assert counts.recall["figure"].share == counts.recall["none"].share == 1
    assert counts.indicators["remedies.review.total"] == 1
    missed = survey([passage("登记的农户{杳然|applications.new.total=0}。")])
    assert [miss.surface for miss in missed.misses] == ["杳然"]


def test_the_test_split_is_counted_and_not_shown():
    unseen = replace(passage("登记的农户{杳然|applications.new.total=0}。"), voice="unseen-office")
    counts = survey([unseen])
    assert sum(one.marks for one in counts.recall.values()) == 1
    assert counts.misses == ()


def test_a_wording_with_two_labels_is_told():
    first = replace(passage("本年度接到咨询共{12|response.consultations}件次，均已答。"), voice="first")
    second = replace(passage("本年度接到咨询共15件次，均已答。"), voice="second")
    (one,) = disputes([first, second])
    assert one.wording == "本年度接到咨询共<>件次,均"
    assert {(use.voice, use.label) for use in one.uses} == {("first", "response.consultations"), ("second", NOTHING)}
    assert disputes([first, first]) == disputes([first, replace(second, voice="unseen-office")]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{12|applications.granted.total}", "{3|applications.granted.business}"),
        ("{12|remedies.review.upheld}", "{3|remedies.litigation.upheld}"),
    ],
)
def test_labels_that_the_words_before_decide_are_no_dispute(first, second):
    told = [replace(passage(f"各项办理结果依次为：{figure}件。"), voice=figure) for figure in (first, second)]
    assert disputes(told) == []


def test_exit_status_and_json(tmp_path, capsys):
    sheet = "@ voice: a\n@ level: county\n@ style: plain\n\n# section=fees year=2016\n收费{%s}元。\n"
    (tmp_path / "a.txt").write_text(sheet % "12|fees.information.amount", "utf-8")
    assert main(["--voices", str(tmp_path), "--seeds", str(tmp_path / "none")]) == 0
    assert "0 errors" in capsys.readouterr().out
    (tmp_path / "b.txt").write_text(sheet.replace("voice: a", "voice: b") % "12|fees.information.amount", "utf-8")
    (tmp_path / "c.txt").write_text(sheet.replace("voice: a", "voice: c") % "12|fees.nothing", "utf-8")
    assert main(["--voices", str(tmp_path), "--json", "--seeds", str(tmp_path / "none")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in told["findings"]} == {"duplicate", "unknown_id"}
    assert told["marks"]["figure"] == 3


def test_the_voices_have_no_error(repository):
    report = lint(FOLDER, repository.parent / "shared" / "seeds")
    assert [str(one) for one in report.errors] == []
    assert report.survey.recall["figure"].share > 0.97
