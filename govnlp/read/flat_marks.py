"""What a line of flattened text can be: a figure, a label of a form, a page number, a heading, or prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from govnlp.normalise.script import to_simplified
from govnlp.schema.forms import TABLES, bare, form, remedy_axis
from govnlp.schema.text import Span

CELL_LENGTH = 48  # characters; the longest official label, 2.申请人逾期未按收费通知要求…, has 43

VALUE = re.compile(r"(?!\d{1,2}[.、．]$)[\s\d０-９,，.．+\-－—–―/／\\%％〇○oO零无件条万元人次个项篇期宗份]{1,16}")
DIGIT = re.compile(r"[\d０-９]")
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}\s*页?)\s*"
)
HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+(?:部分|[、.．,，])|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[、.．])?\s*(?:"
    r"总体情况|概述|概况|基本情况|主动公开(?:政府信息)?(?:的)?情况$|.*收到和处理|.*依申请公开(?:政府信息)?(?:的)?情况$|"
    r"(?:因)?政府信息公开.{0,8}行政复议|.*复议.{0,3}诉讼.{0,8}情况|.*(?:主要)?问题|其他需要(?:报告|说明)|附[件表录]|.*收费及减免)"
)
_SENTENCE = re.compile(r"[。；;！？!?]|，.*，|,.*,|：.{16,}|:.{16,}")
# Remarks that the forms print behind labels, or over a table.
_REMARKS = ("只计这一情形", "勾稽关系", "不包括用于", "计1条", "计1次")
_GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}\)")


class Line(NamedTuple):
    """A line of the text and where it stands."""

    span: Span
    text: str


def inner(text: str, span: Span) -> Span:
    """`span` without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def run_while(found: Sequence[Line], at: int, test: Callable[[Line], bool]) -> int:
    """The index of the first line from `at` on that fails the test."""
    while at < len(found) and test(found[at]):
        at += 1
    return at


def is_prose(part: str) -> bool:
    """Whether a piece of a line is too long for a cell, or a sentence; the labels of the forms are neither."""
    if is_label(part) or any(remark in part for remark in _REMARKS):
        return False
    return len(part) > CELL_LENGTH or bool(_SENTENCE.search(part))


@cache
def vocabulary() -> frozenset[str]:
    """Every label of the official tables, bare."""
    words = {label for name in TABLES for row in form(name).rows for label in row.labels}
    words |= {label for name in TABLES for column in form(name).columns for label in column.labels}
    words |= {label for name in TABLES for label in form(name).column_groups}
    axis = remedy_axis()
    return frozenset((words | set(axis.groups) | set(axis.leaves)) - {"内容", "单位", "项目"})


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Whether a cell holds a label of an official table, in whichever script, with or without glosses.

    >>> is_label("(二)部分公开(区分处理的,只计这一情形)"), is_label("當面申請數"), is_label("本县地处")
    (True, True, False)
    """
    return bare(plain(text)) in vocabulary()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A short text without glosses, in simplified characters, stripped."""
    plain = _GLOSS.sub("", text).strip()
    try:
        plain.encode("gb2312")
    except UnicodeEncodeError:
        return to_simplified(plain)
    return plain
