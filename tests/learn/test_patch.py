"""What fine-tuning teaches the encoder: denials, carried totals, periods and scopes, and figures it took for nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from govnlp.errors import FormatError
from govnlp.learn.calibrate import Sharpness, sharpness
from govnlp.learn.examples import examples
from govnlp.learn.linear import Classes, Linear, Settings
from govnlp.learn.patch import Columns, Lesson, lessons, patched, read_patch, write_patch
from govnlp.prose.annotations import Annotated
from govnlp.prose.weights import PATCH
from govnlp.prose.weights import read_patch as as_read
from tests.learn.making import marked

NEW, REPLIED = "applications.new.total", "applications.replied.total"
CLASSES = Classes(
    figures=("", "part", NEW), signs=(NEW, REPLIED), periods=("year", "previous", "cumulative"),
    scopes=("own", "subordinate"),
)  # fmt: skip
COLUMNS = Columns(CLASSES)
WIDTH = 10
EMPTY = Linear(np.zeros(0, np.uint32), np.zeros((0, WIDTH), np.float32), np.zeros(WIDTH, np.float32))


def taught(passages: list[Annotated]) -> list[Lesson]:
    """Lessons over an encoder that says nothing of signs, and this year and the organ itself of everything."""
    found = examples(passages)
    row = np.array([0, 0, 0, -3, -3, 3, 0, -4, 2, -2], np.float32)
    return lessons(found, [np.stack([row] * len(one.window.groups)) for one in found], COLUMNS)


def denials(count: int) -> list[Annotated]:
    ways = ["登记簿上{无|%s}一宗求件,抄本%d份。", "求件柜里{没有|%s}一页纸,抄本%d份。", "求件栏{无|%s}一笔,抄本%d份。"]
    return [marked(ways[at % 3] % (NEW, at + 3)) for at in range(count)]


def others(count: int) -> list[Annotated]:
    ways = ["老账本记求件{%d|%s@previous}宗。", "翻老账本,求件{%d|%s@previous}宗。", "河口站点求件{%d|%s/sub}宗。"]
    return [marked(ways[at % 3] % (at + 3, NEW)) for at in range(count)]


def scores(model: Linear, one: Lesson) -> NDArray[np.float32]:
    return np.asarray(
        one.encoder + model.weights[model.places(one.hashes)].sum(0) / np.sqrt(len(one.hashes)), np.float32
    )


def test_a_denial_is_learnt_and_others_stay():
    old = taught([marked(f"会上没有人缺席,记录{at}页。") for at in range(30)])
    made = patched(EMPTY, taught(denials(30)), old, COLUMNS)
    assert all(scores(made, one)[3] > 2.2 for one in taught(denials(60)[30:]) if one.wanted[3])
    assert all(scores(made, one)[3] < 0 for one in old if one.open[3])


def test_period_and_scope_are_learnt():
    made = patched(
        EMPTY,
        taught(others(30)),
        taught([marked(f"共收求件{{{at}|{NEW}}}宗。") for at in range(30)]),
        COLUMNS,
        Settings(),
    )
    for one in taught(others(60)[30:]):
        told = scores(made, one)
        assert one.wanted[5 + told[5:8].argmax()] == 1
        assert one.wanted[8 + told[8:].argmax()] == 1


def test_a_figure_that_was_nothing_is_learnt():
    new = [marked(f"登记求件{{{at}|{NEW}}}宗,散页{at + 40}张。") for at in range(30)]
    made = patched(EMPTY, taught(new), taught([marked(f"共收草稿{at}份。") for at in range(30)]), COLUMNS)
    for one in taught(new):
        assert one.wanted[:3].argmax() == scores(made, one)[:3].argmax()


def test_what_shares_nothing_with_the_lesson_stays_exactly():
    made, one = patched(EMPTY, taught(denials(30)), [], COLUMNS), np.ones(WIDTH, np.float32)
    assert np.array_equal(scores(made, Lesson((1, 2, 3), one, one, one)), one)


def test_a_patch_comes_back_as_the_model_reads_it(tmp_path: Path):
    made = patched(EMPTY, taught(denials(30)), [], COLUMNS)
    write_patch(made, tmp_path)
    again, read = read_patch(tmp_path, COLUMNS), as_read(tmp_path / PATCH)
    assert read is not None
    assert np.abs(again.weights - made.weights).max() <= np.abs(made.weights).max() / 127
    example = examples(denials(1))[0]
    ours = again.weights[again.places(example.markers[0].hashes)].sum(0) / np.sqrt(len(example.markers[0].hashes))
    assert np.allclose(read.scores(example.window)[example.markers[0].place], ours, atol=1e-4)


def test_nothing_to_learn_writes_no_patch(tmp_path: Path):
    write_patch(patched(EMPTY, [], taught(denials(5)), COLUMNS), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert as_read(tmp_path / PATCH) is None


def test_a_patch_of_another_model_is_refused(tmp_path: Path):
    write_patch(patched(EMPTY, taught(denials(30)), [], COLUMNS), tmp_path)
    with pytest.raises(FormatError, match="does not fit"):
        read_patch(tmp_path, Columns(Classes(figures=("",), signs=(NEW,))))


def test_scores_that_grew_too_sure_are_seen():
    found = taught(denials(60))
    dice = np.random.default_rng(3)
    right = [4 * one.wanted[3:5] - 2 + dice.normal(0, 2, 2) for one in found]
    calm, sure = ([_told(one, row * by) for one, row in zip(found, right, strict=True)] for by in (1, 6))
    linear = Linear(np.zeros(0, np.uint32), np.zeros((0, 3), np.float32), np.zeros(3, np.float32))
    before, after = (sharpness(some, linear, EMPTY, COLUMNS, Settings()) for some in (calm, sure))
    assert after.signs < before.signs
    assert after.over(before).signs == 0.6


def _told(one: Lesson, signs: NDArray[np.float64]) -> Lesson:
    encoder = one.encoder.copy()
    encoder[3:5] = signs
    return Lesson(one.hashes, encoder, one.wanted, one.open)


def test_too_few_markers_change_nothing():
    assert sharpness([], EMPTY, EMPTY, COLUMNS, Settings()) == Sharpness()
