"""Hashed character n-grams of the words around a marker: what the linear model reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from govnlp.prose.windows import Window

_TOKEN = re.compile("<([^<>]{1,20})>")
# One character for each token, so that an n-gram counts it once.
_SHORT = {"num": "#", "none": "!", "all": "&", "dig": "9", "year0": "Y", "year-1": "P", "year+1": "N", "year": "y"}
# The characters that stand for markers mean nothing else.
_PLACES = re.compile("[#!&]")
_FREED = {ord(one): "~" for one in "#!&"}
_CLAUSE = re.compile("[,;:。()]")
_NEAR, _FAR, _AFTER = 28, 60, 20


def features(window: Window) -> list[list[int]]:
    """For each group of a window, in order, its features as numbers of 32 bits.

    >>> text = "<section:fees>共收取费用<num>元"
    >>> len(features(Window(text, ()))), len(features(Window(text, ()))[0]) > 20
    (1, True)
    """
    section, body = _parted(window.text)
    body = _TOKEN.sub(_short, body.translate(_FREED))
    places = [found.start() for found in _PLACES.finditer(body)]
    return [sorted({crc32(name.encode()) for name in _names(body, at, section)}) for at in places]


def _parted(text: str) -> tuple[str, str]:
    head, _, body = text.partition(">")
    return (head, body) if head.startswith("<section") else ("", text)


def _short(found: re.Match[str]) -> str:
    return _SHORT.get(found[1], "")


def _names(body: str, at: int, section: str) -> Iterator[str]:
    kind = body[at]
    before, after = body[max(0, at - _FAR) : at], body[at + 1 : at + 1 + _AFTER]
    clause = _CLAUSE.split(before)[-1]
    own = re.split("[#]", clause)[-1]
    behind = _CLAUSE.split(after)[0]
    yield from (kind, f"s{kind}{section}", f"su{section}{after[:1]}", f"c{clause[:4]}")
    yield from (f"{side}{kind}{text}" for side, text in _anchored(before, after))
    yield from (f"so{section}{gram}" for gram in _grams(own, 2, 2))
    for zone, text, most in (("o", own, 4), ("b", behind.partition("#")[0], 4), ("k", clause, 3), ("r", behind, 3)):
        yield from (f"{zone}{kind}{gram}" for gram in _grams(text, 1, most))
    yield from (f"n{kind}{gram}" for gram in _grams(before[-_NEAR:], 2, 3))
    yield from (f"f{kind}{gram}" for gram in _grams(before[:-_NEAR], 2, 3))
    yield from (f"a{kind}{gram}" for gram in _grams(after, 2, 2))


def _anchored(before: str, after: str) -> Iterator[tuple[str, str]]:
    for size in range(1, 7):
        yield "l", before[-size:]
        yield "r", after[:size]
    yield "x", f"{before[-2:]}|{after[:2]}"
    yield "x", f"{before[-1:]}|{after[:1]}"


def _grams(text: str, least: int, most: int) -> Iterator[str]:
    return (text[start : start + size] for size in range(least, most + 1) for start in range(len(text) - size + 1))
