"""Hashed character n-grams of the words around a marker: what the linear model reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
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
# Characters of the longest n-gram.
_LONGEST = 4


def features(window: Window, wanted: Sequence[int] | None = None) -> list[list[int]]:
    """For each group of a window, or each of the `wanted` ones, in order, its features as numbers of 32 bits.

    >>> text = "<section:fees>共收取费用<num>元"
    >>> len(features(Window(text, ()))), len(features(Window(text, ()))[0]) > 20
    (1, True)
    """
    section, text = _parted(window.text)
    body = _Body.of(_TOKEN.sub(_short, text.translate(_FREED)), section)
    places = [found.start() for found in _PLACES.finditer(body.text)]
    chosen = places if wanted is None else [places[one] for one in wanted]
    return [sorted(body.features(at)) for at in chosen]


def _parted(text: str) -> tuple[str, str]:
    head, _, body = text.partition(">")
    return (head, body) if head.startswith("<section") else ("", text)


def _short(found: re.Match[str]) -> str:
    return _SHORT.get(found[1], "")


class _Body(NamedTuple):
    """A window without its section; `grams[size - 1]` are its n-grams of a size as bytes, by the place of the first.

    A feature is the checksum of a name and an n-gram; that of the name alone begins it, so that no string is made.
    """

    text: str
    grams: tuple[list[bytes], ...]
    section: str

    @classmethod
    def of(cls, text: str, section: str) -> _Body:
        """The body of a text."""
        data, ends = text.encode(), [0, *accumulate(len(char.encode()) for char in text)]
        sizes = range(1, _LONGEST + 1)
        return cls(text, tuple([data[i:j] for i, j in zip(ends, ends[size:], strict=False)] for size in sizes), section)

    def features(self, at: int) -> set[int]:
        """The features of the marker at a place."""
        text, kind, section = self.text, self.text[at], self.section
        first, last = max(0, at - _FAR), min(len(text), at + 1 + _AFTER)
        clause = max((found.end() for found in _CLAUSE.finditer(text, first, at)), default=first)
        own = max(clause, text.rfind("#", clause, at) + 1)
        stop = _CLAUSE.search(text, at + 1, last)
        behind = stop.start() if stop else last
        figure = text.find("#", at + 1, behind)
        near = max(first, at - _NEAR)
        names = (kind, f"s{kind}{section}", f"su{section}{text[at + 1 : last][:1]}", f"c{text[clause:at][:4]}")
        return {
            *(crc32(name.encode()) for name in (*names, *_anchored(kind, text[first:at], text[at + 1 : last]))),
            *self._named(f"so{section}", own, at, 2, 2),
            *self._named(f"o{kind}", own, at, 1, 4),
            *self._named(f"b{kind}", at + 1, figure if figure >= 0 else behind, 1, 4),
            *self._named(f"k{kind}", clause, at, 1, 3),
            *self._named(f"r{kind}", at + 1, behind, 1, 3),
            *self._named(f"n{kind}", near, at, 2, 3),
            *self._named(f"f{kind}", first, near, 2, 3),
            *self._named(f"a{kind}", at + 1, last, 2, 2),
        }

    def _named(self, name: str, start: int, end: int, least: int, most: int) -> list[int]:
        """The n-grams of `text[start:end]` of `least` to `most` characters, under a name."""
        known = crc32(name.encode())
        sizes = range(least, min(most, end - start) + 1)
        return [crc32(gram, known) for size in sizes for gram in self.grams[size - 1][start : end - size + 1]]


def _anchored(kind: str, before: str, after: str) -> Iterator[str]:
    for size in range(1, 7):
        yield f"l{kind}{before[-size:]}"
        yield f"r{kind}{after[:size]}"
    yield f"x{kind}{before[-2:]}|{after[:2]}"
    yield f"x{kind}{before[-1:]}|{after[:1]}"
