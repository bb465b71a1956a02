"""Growing and damaging: marks stay on their characters, values still parse, nothing held out grows."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.align import align, normalised
from corpora.damage import OPERATORS, damage
from corpora.figures import label_value
from corpora.groups import groups, moved_to
from corpora.grow import drop, grow, join, shuffle, split
from corpora.pieces import edited
from corpora.records import Passage
from corpora.redraw import carries_hold, redraw
from corpora.spelling import STYLES, chinese, spelled, style_of
from govnlp.errors import OptionError
from govnlp.normalise.edits import Edit
from govnlp.normalise.numerals import parse
from tests.corpora.making import passage, passages, training

seeds = st.integers(0, 2**32).map(Random)
few = settings(max_examples=60)


def assert_sound(one: Passage) -> None:
    """Marks are in order and inside; what a figure says is what its characters say."""
    ends = [0, *(mark.end for mark in one.marks)]
    assert all(end <= mark.start < mark.end <= len(one.text) for end, mark in zip(ends, one.marks, strict=False))
    for mark in one.marks:
        for label in mark.labels:
            assert mark.kind != "figure" or label_value(label.indicator, one.text, mark.start, mark.end) == label.value


def surfaces(one: Passage) -> list[str]:
    return [one.surface(at) for at in range(len(one.marks))]


@few
@given(passages(), seeds)
def test_shuffling_keeps_every_mark_and_character(one, random):
    made = shuffle(one, random)
    assert_sound(made)
    assert sorted(surfaces(made)) == sorted(surfaces(one))
    assert sorted(made.text.replace("。", "")) == sorted(one.text.replace("。", ""))


@few
@given(passages(), seeds)
def test_splitting_and_dropping_lose_nothing_else(one, random):
    halves = split(one, random)
    assert [surface for half in halves for surface in surfaces(half)] == surfaces(one)
    dropped = drop(one, random)
    assert len(dropped.text) <= len(one.text)
    for made in (*halves, dropped):
        assert_sound(made)


@few
@given(passages(), passages(), seeds)
def test_joining_keeps_both(first, second, random):
    made = join(first, second, random)
    if made is not None:
        assert_sound(made)
        assert made.section == first.section == second.section
        assert sorted(surfaces(made)) == sorted(surfaces(first) + surfaces(second))


def test_what_speaks_of_one_topic_is_never_joined():
    first, second = passage("收到{3|applications.new.total}件。"), passage("新收{4|applications.new.total}件。")
    assert join(first, second, Random(1)) is None
    assert join(first, passage("收费{4|fees.information.amount}元。"), Random(1)) is not None


def test_years_follow_the_passage_that_they_join():
    first = passage("2016年收到{3|applications.new.total}件。")
    second = passage(
        "2018年收费{4|fees.information.amount}元，2017年{5|fees.information.amount@previous}元。", year=2018
    )
    made = join(first, second, Random(1))
    assert made is not None
    assert made.year == 2016
    assert "2016年收费" in made.text
    assert "2015年5元" in made.text
    assert moved_to(passage("二〇一六年无。"), 2018) is None
    assert moved_to(passage("2016年起，2024年止。"), 2020) is None


def test_what_leans_on_a_sentence_stays_with_it():
    one = passage(
        "收到{3|applications.new.total}件。开会5次。{均|applications.closed.total=3}办结。"
        "培训{2|capacity.trainings}次。其中一次在线。复议情况。{无|remedies.review.total}。"
    )
    assert [group.passage.text for group in groups(one)] == [
        "收到3件。开会5次。均办结", "培训2次。其中一次在线", "复议情况。无",
    ]  # fmt: skip


@few
@given(passages(), seeds)
def test_redrawn_figures_say_what_their_labels_say(one, random):
    made = redraw(one, random)
    assert_sound(made)
    assert [mark.kind for mark in made.marks] == [mark.kind for mark in one.marks]
    zeros = [[label.value == 0 for label in mark.labels] for mark in one.marks]
    assert [[label.value == 0 for label in mark.labels] for mark in made.marks] == zeros
    assert carries_hold(made) or made == one


def test_redrawing_changes_figures_and_keeps_what_carries():
    one = passage(
        "收到{12|applications.new.total}件，{均|applications.replied.total=12}答复，召开会议12次，第12号，2012年。"
    )
    made = [redraw(one, Random(seed)) for seed in range(30)]
    assert all(new.marks[0].labels[0].value == new.marks[1].labels[0].value for new in made)
    assert len({new.marks[0].labels[0].value for new in made}) > 5
    assert all(new.text.endswith("第12号，2012年。") for new in made)
    assert {style_of(new.surface(0)) for new in made} == {"arabic", "chinese"}


def test_money_stays_money():
    one = passage("经费{5.5|capacity.budget}万元。", section="other")
    for seed in range(20):
        made = redraw(one, Random(seed))
        value = made.marks[0].labels[0].value
        assert value is not None
        assert value == (parse(made.surface(0)) or 0) * 10000


@given(st.integers(0, 10**12 - 1))
def test_numbers_in_chinese_are_read_back(number):
    assert parse(chinese(number)) == number


@given(st.decimals(0, 10**9, places=0), st.sampled_from(STYLES))
def test_every_style_is_read_back(value, style):
    written = spelled(value, style)
    assert parse(written) == value
    assert style == "grouped" or style_of(written) == style


@few
@given(passages(), seeds, st.sampled_from(sorted(OPERATORS)))
def test_damage_keeps_marks_and_values(one, random, name):
    made = OPERATORS[name](one, random)
    assert_sound(made)
    kept = one.marks[: len(made.marks)]
    assert [(mark.kind, mark.labels) for mark in made.marks] == [(mark.kind, mark.labels) for mark in kept]
    assert len(made.marks) == len(one.marks) or name == "cut_end"


@few
@given(passages(), seeds)
def test_two_damages_too(one, random):
    assert_sound(damage(one, random))


@few
@given(passages(), seeds, st.sampled_from(["traditional", "full_width", "toned_pinyin", "plain_pinyin", "word_pinyin"]))
def test_normalising_undoes_what_can_be_undone(one, random, name):
    made = OPERATORS[name](one, random)
    before, after = align(one), align(made)
    assert len(after.missed) <= len(before.missed)


@pytest.mark.parametrize(
    ("name", "line", "pattern"),
    [
        ("traditional", "政务公开{12|disclosure.total}条", "政務公開12條"),
        ("full_width", "公开{12|disclosure.total}条", "公开１２条"),
        ("scan_errors", "公开{20|disclosure.total}条", "公开2O条"),
        ("spaces", "{128|disclosure.total}条", "1 2 8条"),
    ],
)
def test_what_each_operator_does(name, line, pattern):
    made = [OPERATORS[name](passage(line), Random(seed)) for seed in range(40)]
    assert pattern in {one.text for one in made}
    assert all(one.marks[0].labels[0].value == passage(line).marks[0].labels[0].value for one in made)


def test_pinyin_is_what_normalising_knows():
    one = passage("政府信息公开，办公室印发文件")
    for name in ("toned_pinyin", "plain_pinyin", "word_pinyin"):
        made = OPERATORS[name](one, Random(2))
        assert made.text != one.text
        assert normalised(made.text).value == normalised(one.text).value


def test_a_cut_goes_through_no_figure():
    one = passage("收到{3|applications.new.total}件，其中自然人2件，群众反映良好，下一步继续努力。")
    for seed in range(20):
        made = OPERATORS["cut_end"](one, Random(seed))
        assert made.text.startswith("收到3件，其中自然人2件，群")
        assert one.text.startswith(made.text)


def test_edits_across_a_mark_are_left_out():
    one = passage("收到{12|applications.new.total}件")
    assert edited(one, [Edit(1, 3, "x")]) == one
    made = edited(one, [Edit(2, 2, "约"), Edit(4, 4, "余"), Edit(3, 3, " ")])
    assert (made.text, made.surface(0)) == ("收到约1 2余件", "1 2")


def test_growth_is_repeatable_new_and_sound():
    known = {one.text for one in training()}
    first = list(islice(grow(training(), 11, damaged=0.3), 300))
    assert first == list(islice(grow(training(), 11, damaged=0.3), 300))
    assert len({one.text for one in first}) == 300
    assert not known & {one.text for one in first}
    for one in first:
        assert_sound(one)
        assert all(part in {known.voice for known in training()} for part in one.voice.split("+"))


def test_held_out_voices_never_grow():
    held = passage("无。")
    held = Passage("unseen-x", held.level, held.style, held.section, held.year, held.text, held.marks)
    with pytest.raises(OptionError):
        next(grow([held], 1))


def test_growth_ends_where_there_is_nothing_new():
    assert list(grow([passage("此处无数。")], 1)) == []


def test_values_of_grown_amounts_are_decimal():
    assert isinstance(
        redraw(passage("收费{1.5|fees.information.amount}元"), Random(1)).marks[0].labels[0].value, Decimal
    )
