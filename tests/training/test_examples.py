"""Marks of the corpus become targets of markers; nothing is lost on the way."""

from decimal import Decimal

import pytest

pytest.importorskip("torch", reason="needs the extra train")

from corpora.load import HELD_OUT, validation_voices
from corpora.voices import parse_voice
from govnlp.prose.ngrams import features
from training.examples import examples, figure_label, labels_of, parted
from training.wordings import wordings

SHEET = """@ voice: test
@ level: county
@ style: plain

# section=applications year=2016
局里共收到申请{9|applications.new.total}件,{均|applications.replied.total=9}作了答复,审阅材料37份,{没有|applications.carried_out.total}结转。
"""


def _passages(sheet=SHEET):
    return parse_voice(sheet, "test").passages


def test_each_mark_is_the_target_of_one_marker():
    (example,) = examples(_passages())
    told = [(one.kind, [label.indicator for label in one.labels]) for one in example.targets]
    assert told == [
        ("figure", ["applications.new.total"]),
        ("all", ["applications.replied.total"]),
        ("figure", []),
        ("none", ["applications.carried_out.total"]),
    ]


def test_the_window_shows_markers_and_no_numbers():
    (example,) = examples(_passages())
    assert example.window.text.startswith("<section:applications>局里共收到申请<num>件,<all>均作了")
    assert not any(one.isdigit() for one in example.window.text)


def test_every_marker_has_features():
    (example,) = examples(_passages())
    assert [len(row) > 30 for row in features(example.window)] == [True] * 4


def test_long_passages_are_cut_and_each_mark_counts_once():
    sentence = (
        "今年局里又收到群众来信申请{4|applications.new.total}件，审阅材料若干份，大家都很认真负责地逐件作了登记和转办。"
    )
    sheet = SHEET.splitlines()[:5]
    found = examples(_passages("\n".join([*sheet, sentence * 20])))
    assert len(found) > 2
    new = [one for example in found for one in example.targets[example.window.known :] if one.kind == "figure"]
    assert [figure_label(one) for one in new] == ["applications.new.total"] * 20


def test_rare_labels_are_no_classes():
    assert labels_of(examples(_passages() * 2)).figures == ("", "part")
    assert "applications.new.total" in labels_of(examples(_passages() * 3)).figures


def test_held_out_voices_teach_nothing():
    names = [*"abcdefg", f"{HELD_OUT}x", *sorted(validation_voices())]
    voices = [parse_voice(SHEET.replace("voice: test", f"voice: {name}"), name) for name in names]
    train, validation, held = parted(voices)
    assert [one.name for one in held] == [f"{HELD_OUT}x"]
    assert [one.name for one in validation] == sorted(validation_voices())
    assert [one.name for one in train] == [*"abcdefg"]


def test_wordings_are_read_back():
    for example in examples(wordings()):
        assert any(target.labels for target in example.targets), example.window.text
    assert {label.value for one in wordings() for mark in one.marks for label in mark.labels} == {
        Decimal(12),
        Decimal(0),
    }
