"""Plain text that carries the marks of markdown (`# 标题`, `**321**`, `- 一项`): the text without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from govnlp.schema.text import Text, TextBuilder

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(?=\S)", re.MULTILINE)
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]{1,200})(?<=\S)\1")
_FEWEST_BOLD = 2  # one alone may be a name with letters struck out (张**、李**)
# Marks at the start of a line, pairs around words, links and pictures, escapes. A page number (- 3 -) is no item.
_MARKS = re.compile(
    r"(?P<start>^[ \t]{0,3}(?:#{1,6}[ \t]+(?=\S)|>[ \t]+(?=\S)|[-*+][ \t]+(?=[^\s\d-][^\n]|\d[^\n-]*+$)))"
    r"|(?P<pair>\*\*|__)(?=[^\s*_])(?P<bold>[^*_\n]{1,200})(?<=\S)(?P=pair)"
    r"|(?P<open>!?\[)(?P<shown>[^\[\]\n]{0,200})\]\([^()\s]{0,400}\)"
    r"|(?P<escape>\\)(?=[-.*_#()\[\]+!~>|])",
    re.MULTILINE,
)


class Unmarked(NamedTuple):
    """The text without marks, and for each heading the level by the place in that text where its line begins."""

    text: Text
    levels: Mapping[int, int]


def unmarked(source: str) -> Unmarked | None:
    """The text without its marks, each character with its place in `source`; None where it has none.

    >>> found = unmarked("# 概述\\n- 公开**321**条")
    >>> found.text.value, dict(found.levels)
    ('概述\\n公开321条', {0: 1})
    """
    if not _is_marked(source):
        return None
    builder, levels, at = TextBuilder(), dict[int, int](), 0
    for mark in _MARKS.finditer(source):
        builder.keep(source[at : mark.start()], at)
        at = mark.end()
        if mark["start"] and "#" in mark["start"]:
            levels[builder.length] = mark["start"].count("#")
        inner = "bold" if mark["pair"] else "shown" if mark["open"] == "[" else None
        if inner:
            builder.keep(mark[inner], mark.start(inner))
    builder.keep(source[at:], at)
    return Unmarked(builder.text(), levels)


def _is_marked(source: str) -> bool:
    if "#" in source and _HEADING.search(source):
        return True
    return ("**" in source or "__" in source) and len(_BOLD.findall(source)) >= _FEWEST_BOLD
