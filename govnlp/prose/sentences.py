"""Sentences and clauses of a paragraph, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govnlp.schema.text import Span


class Sentence(NamedTuple):
    """A sentence of `text`: up to 。！？ or the end of a line."""

    span: Span
    text: str

    @property
    def clauses(self) -> tuple[Span, ...]:
        """Its clauses, in order."""
        return tuple(clauses(self.text, self.span))


# A semicolon ends a clause but not the sentence: a subject named once governs the chain behind it.
# A full stop on the line (.) ends one only between Chinese characters.
_SENTENCE_END = re.compile(r"[。！？!?\n]+|(?<=[\u4e00-\u9fff)）])\.(?=[\u4e00-\u9fff]|\s*$)")
# A comma between digits is a thousands separator.
_CLAUSE_END = re.compile(r"[，；;()（）。！？!?\n]|,(?!\d{3}(?!\d))|(?<!\d),")


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` that hold anything but spaces, in order: up to 。！？ or the end of a line.

    >>> [text[a:b] for text in ["收到2件,办结1件。无。"] for (a, b), _ in sentences(text)]
    ['收到2件,办结1件。', '无。']
    """
    found: list[Sentence] = []
    start = 0
    for end in [*(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)]:
        span = _trimmed(text, start, end)
        if span.end > span.start:
            found.append(Sentence(span, text))
        start = end
    return tuple(found)


def clauses(text: str, span: Span) -> Iterator[Span]:
    """The clauses inside `span` (up to ，； or a bracket; 、 ends none), without the mark that ends them.

    >>> text = "公开1,128条,其中网站2条"
    >>> [text[a:b] for a, b in clauses(text, Span(0, len(text)))]
    ['公开1,128条', '其中网站2条']
    """
    start = span.start
    for mark in _CLAUSE_END.finditer(text, span.start, span.end):
        if mark.start() > start:
            yield Span(start, mark.start())
        start = mark.end()
    if span.end > start:
        yield Span(start, span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
