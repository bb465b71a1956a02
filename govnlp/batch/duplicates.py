"""What tells that two documents hold the same report: their text, their figures, a signature of their clauses.

Two offices that fill one template write nearly the same text, so likeness of text alone never makes duplicates.
"""

from __future__ import annotations

import struct
from functools import cache
from types import ModuleType

import regex

from govnlp.batch.values import digest
from govnlp.extras import imported
from govnlp.schema.facts import plain
from govnlp.schema.report import Report

_PERMUTATIONS = 64
_SEED = 20080501
_CLAUSE = regex.compile(r"[\s。,;:,;:、.!?！？()()\[\]|]+")
# With fewer figures above zero, equal figures say little: townships by the hundred report nothing but noughts.
_TELLING = 4


def text_digest(text: str) -> str:
    """A digest of the text without its white space: equal for copies that differ in layout alone.

    >>> text_digest("一、概述\\n本报告") == text_digest("一、 概述 本报告")
    True
    """
    return digest("".join(text.split()).encode("utf-8", "replace"))


def figures_digest(report: Report) -> str | None:
    """A digest of what the report answers; None where hardly any figure is above zero.

    >>> figures_digest(Report(status="complete")) is None
    True
    """
    figures = sorted(
        (name, fact.value) for name, fact in report.answers.items() if fact.value is not None and fact.value
    )
    if len({value for _, value in figures}) < _TELLING:
        return None
    return digest(";".join(f"{name}={plain(value)}" for name, value in figures).encode())


def signature(text: str) -> bytes:
    """The MinHash signature of the clauses of a text: 64 numbers of 32 bits.

    >>> len(signature("一、概述。本报告由县政府办公室编制。"))
    256
    """
    made = _rensa().RMinHash(_PERMUTATIONS, _SEED)
    made.update(sorted({clause for clause in _CLAUSE.split(text) if clause}))
    return struct.pack(f"<{_PERMUTATIONS}I", *made.digest())


def similarity(one: bytes, other: bytes) -> float:
    """The share of clauses that two texts have in common, as far as their signatures tell.

    >>> similarity(signature("甲。乙。"), signature("乙。甲。"))
    1.0
    """
    pairs = zip(struct.iter_unpack("<I", one), struct.iter_unpack("<I", other), strict=True)
    return sum(left == right for left, right in pairs) / _PERMUTATIONS


@cache
def _rensa() -> ModuleType:
    return imported("rensa")
