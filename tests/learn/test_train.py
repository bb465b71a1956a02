"""Fine-tuning: it learns, it forgets nothing, it refuses what it cannot use."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from govnlp.errors import AnnotationError, FormatError, MissingModelError, OptionError
from govnlp.learn import train
from govnlp.learn.linear import Settings, learnt, read_linear, write_linear
from govnlp.learn.tensors import read_tensors, write_tensors
from govnlp.prose import RuleTagger
from govnlp.prose.annotations import Annotated, Mark, read_annotations
from tests.learn.making import copied, figures, known, share_right, slang, small_model, write


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("models") / "base")


@pytest.fixture
def _by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small model has no encoder: what is written is measured by the rules."""
    monkeypatch.setattr(train, "tagger_of", lambda _model: RuleTagger())


def test_new_words_are_learnt_and_old_ones_kept(base: Path):
    old, new, unseen = (figures(some, base) for some in (known(), slang(24), slang(60)[24:]))
    before = read_linear(base)
    after = learnt(before, [*figures(slang(24), base, weight=2.0), *old])
    assert share_right(before, unseen) < 0.7
    assert share_right(after, unseen) > 0.95
    assert share_right(before, old) == share_right(after, old) == 1.0
    assert share_right(after, new) == 1.0


def test_without_replay_more_is_forgotten_than_with_it(base: Path):
    before, old = read_linear(base), figures(known(), base)
    contrary = [replace(one, wanted=1, weight=1.5) for one in old[:8]]
    settings = Settings(epochs=30, rate=0.3, pull=0.0)
    alone, beside = (share_right(learnt(before, some, settings), old) for some in (contrary, [*contrary, *old]))
    assert alone < beside


def test_the_same_lesson_gives_the_same_model(base: Path):
    first, second = (learnt(read_linear(base), figures(slang(12), base, weight=2.0)) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.known, second.known)


@pytest.mark.usefixtures("_by_rules")
def test_a_model_folder_is_written_and_can_be_taught_further(base: Path, tmp_path: Path):
    whole = sorted(path.read_bytes() for path in base.iterdir())
    found = train.fine_tune(write(slang(40), tmp_path / "a.jsonl"), base, tmp_path / "deep" / "mine")
    made = tmp_path / "deep" / "mine"
    assert sorted(path.read_bytes() for path in base.iterdir()) == whole
    assert {path.name for path in made.iterdir()} == {"taught.jsonl", *(path.name for path in base.iterdir())}
    assert (found.passages, found.held_out, found.replayed) == (32, 8, 30)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["mine"]
    assert json.loads((made / "card.json").read_text())["fine_tuned"] == [{"passages": 32, "held_out": 8}]
    assert len(read_annotations(made / "replay.jsonl")) == 62
    again = train.fine_tune(tmp_path / "a.jsonl", made, tmp_path / "again")
    assert again.replayed == 62


@pytest.mark.usefixtures("_by_rules")
def test_what_cannot_be_learnt_is_told(base: Path, tmp_path: Path):
    rare = [Annotated(one.text, tuple(_renamed(mark) for mark in one.marks)) for one in slang(20)]
    found = train.fine_tune(write(rare, tmp_path / "a.jsonl"), base, tmp_path / "mine")
    assert found.unknown == {"capacity.budget": 16}


def _renamed(mark: Mark) -> Mark:
    return mark._replace(labels=(mark.labels[0]._replace(indicator="capacity.budget"),))


def test_refusals(base: Path, tmp_path: Path):
    good = write(slang(40), tmp_path / "a.jsonl")
    (tmp_path / "bad.jsonl").write_text("{}\n[]\n")
    with pytest.raises(AnnotationError, match="line 2"):
        train.fine_tune(tmp_path / "bad.jsonl", base, tmp_path / "mine")
    with pytest.raises(AnnotationError, match="at least 10"):
        train.fine_tune(write(slang(9), tmp_path / "few.jsonl"), base, tmp_path / "mine")
    with pytest.raises(OptionError, match="exists already"):
        train.fine_tune(good, base, base)
    with pytest.raises(MissingModelError):
        train.fine_tune(good, tmp_path / "none", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_damaged_base_is_a_message(base: Path, tmp_path: Path):
    other = copied(base, tmp_path / "other")
    for damage in (b"", b"\xff" * 40, (other / "linear.safetensors").read_bytes()[:-9]):
        (other / "linear.safetensors").write_bytes(damage)
        with pytest.raises(FormatError):
            read_linear(other)


def test_tensors_come_back_and_agree_with_the_package(base: Path, tmp_path: Path):
    write_linear(read_linear(base), tmp_path)
    ours = read_tensors(tmp_path / "linear.safetensors")
    safetensors = pytest.importorskip("safetensors.numpy")
    theirs = safetensors.load_file(tmp_path / "linear.safetensors")
    assert set(ours) == set(theirs)
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)
    safetensors.save_file(theirs, tmp_path / "theirs")
    write_tensors(tmp_path / "ours", ours)
    assert {name: one.shape for name, one in read_tensors(tmp_path / "theirs").items()} == {
        name: one.shape for name, one in ours.items()
    }


def test_the_same_text_never_stands_on_both_sides():
    train_side, held = train.parted([*slang(30), *slang(30)], 0.2)
    assert {one.text for one in train_side}.isdisjoint(one.text for one in held)
    assert len(train_side) + len(held) == 60
