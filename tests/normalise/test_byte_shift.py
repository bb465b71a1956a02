"""Bytes cut inside a character: what share comes back, and that nothing sound is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.normalise.byte_shift import edits
from tests.normalise.damaging import cut, traditional

LINES = [
    "　　（一）主动公开方面", "　　（二）依申请公开方面", "　　（三）政府信息管理方面", "　　（四）平台建设方面", "　　（五）监督保障方面", "　　（六）教育培训方面",
    "深化医保、低保“双公开”工作，办理结果全部上网。", "认真做好校、园周边信息公开工作。", "坚持应公开尽公开，确保“五公开”落到实处。",
    "处理费由住房部门收取（均已上缴）。", "“公开日”活动顺利完成。“政务开放”专栏上线。", "落实三审三校，严把政治关。",
    "严格落实“六保”工作任务，发布信息八百条。", "开展专项调查，回应群众关切。“热线”接听及时。", "做好疫情防控信息发布。《公报》按月编印。",
]  # fmt: skip
_DOUBT = "\ufffd"


def _recovered(damaged: str) -> str:
    for start, end, new in reversed(edits(damaged)):
        damaged = damaged[:start] + new + damaged[end:]
    return damaged


def _in_context(line: str) -> str:
    """The line after one that shows the script of the document."""
    return traditional("进一步规范政务公开工作\n" + line)


def _cases() -> list[tuple[str, str]]:
    pairs = [(_in_context(line), cut(_in_context(line))) for line in LINES]
    return [(clean, damaged) for clean, damaged in pairs if clean != damaged]


def test_most_headings_come_back_whole():
    headings = [(clean, damaged) for clean, damaged in _cases() if "　　（" in clean]
    assert len(headings) >= 6
    assert sum(_recovered(damaged) == clean for clean, damaged in headings) >= 5


def test_a_recovery_says_the_truth_or_leaves_a_mark():
    """No character is invented: what is not the truth is U+FFFD, or stays as printed."""
    wrong = [pair for pair in _cases() if not _is_honest(*pair)]
    assert wrong == []


def _is_honest(clean: str, damaged: str) -> bool:
    return all(_DOUBT in new or new in clean for _, _, new in edits(damaged)) and all(
        piece in clean for _, _, new in edits(damaged) for piece in new.split(_DOUBT)
    )


def test_users_pairs_that_survived_are_exact():
    clean = _in_context("　　（三）政府信息管理方面做法")
    damaged = cut(clean, users_pairs_kept=True)
    assert "政府信息管理" in _recovered(damaged)


def test_a_gloss_after_the_cut_settles_the_character():
    damaged = _in_context("进一步") + "\n" + cut("　（五）監") + "(jiān)督"
    assert edits(damaged)[0].new.endswith("監")


@pytest.mark.parametrize(
    "text",
    [
        "是否公开?。请说明",
        "真的吗?!我们",
        "您满意吗?！请打分",
        "what?!OK",
        "???。。。",
        "?。",
        "电话?。一二三",
        "为什么?。因为有规定",
        "啊?！好",
    ],
)
def test_sound_question_marks_stay(text):
    assert edits(text) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from([*LINES, "是什么?", "好!", "王菲", "於潜镇", "123件", "(a)"]), max_size=6).map("".join))
def test_undamaged_text_is_never_touched(text):
    assert edits(text) == []


@settings(deadline=None)
@given(st.text("?。！鲃庸ㄒ唬┲_政府公开信息abc\n", max_size=60))
def test_edits_are_in_order(text):
    end = 0
    for edit in edits(text):
        assert end <= edit.start < edit.end <= len(text)
        assert "\n" not in text[edit.start : edit.end]
        end = edit.end
