"""Passages cut, joined and edited with their marks in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpora.figures import label_value
from corpora.records import Mark, Passage
from govnlp.normalise.edits import Edit


def cut(passage: Passage, start: int, end: int) -> Passage:
    """The passage of the characters `[start, end)` with the marks that lie wholly inside.

    >>> cut(Passage("a", "county", "plain", "fees", 2016, "无。收12元", (Mark(3, 5, "figure", ()),)), 2, 6).marks[0].start
    1
    """
    marks = tuple(
        replace(mark, start=mark.start - start, end=mark.end - start)
        for mark in passage.marks
        if start <= mark.start and mark.end <= end
    )
    return replace(passage, text=passage.text[start:end], marks=marks)


def joined(like: Passage, parts: Iterable[Passage | str]) -> Passage:
    """Passages and unmarked text one after the other, with the voice, section and year of `like`."""
    texts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for part in parts:
        text = part if isinstance(part, str) else part.text
        if not isinstance(part, str):
            marks += [replace(mark, start=mark.start + length, end=mark.end + length) for mark in part.marks]
        texts.append(text)
        length += len(text)
    return replace(like, text="".join(texts), marks=tuple(marks))


def edited(passage: Passage, edits: Sequence[Edit]) -> Passage:
    """The passage after replacements that do not overlap; those that would cross the edge of a mark are left out.

    What is put in at the edge of a mark stays outside; what replaces characters inside a mark is part of it.

    >>> passage = Passage("a", "county", "plain", "fees", 2016, "收12元", (Mark(1, 3, "figure", ()),))
    >>> edited(passage, [Edit(1, 3, "1 2"), Edit(0, 0, "共")]).marks[0].span
    Span(start=2, end=5)
    """
    allowed = sorted(edit for edit in edits if not any(_crosses(edit, mark) for mark in passage.marks))
    pieces: list[str] = []
    at = 0
    for edit in allowed:
        pieces += [passage.text[at : edit.start], edit.new]
        at = edit.end
    marks = tuple(_moved(mark, allowed) for mark in passage.marks)
    return replace(passage, text="".join((*pieces, passage.text[at:])), marks=marks)


def revalued(passage: Passage) -> Passage:
    """The passage with the values of its figures read anew from its text."""
    marks = tuple(_revalued(mark, passage.text) for mark in passage.marks)
    return passage.with_marks(marks)


def _revalued(mark: Mark, text: str) -> Mark:
    if mark.kind != "figure":
        return mark
    labels = tuple(one._replace(value=label_value(one.indicator, text, mark.start, mark.end)) for one in mark.labels)
    return replace(mark, labels=labels)


def _crosses(edit: Edit, mark: Mark) -> bool:
    """Whether an edit has one foot inside the mark and one outside."""
    touches = edit.start < mark.end and mark.start < edit.end
    inside = mark.start <= edit.start and edit.end <= mark.end
    return touches and not inside


def _moved(mark: Mark, edits: Sequence[Edit]) -> Mark:
    before = after = 0
    for edit in edits:
        grown = len(edit.new) - (edit.end - edit.start)
        if edit.end <= mark.start:
            before += grown
        elif mark.start <= edit.start and edit.end <= mark.end and edit.start < mark.end:
            after += grown
    return replace(mark, start=mark.start + before, end=mark.end + before + after)
