"""Text whose every character knows where it came from."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open interval of characters, `[start, end)`."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """The same length, `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Text:
    """A string and, for each of its characters, the span of the string it was made from.

    `starts[i]` and `ends[i]` bound the origin of character `i`; both are empty where the text is its own origin.
    Characters keep their order: `starts` and `ends` never decrease.

    >>> Text("12", array("L", [0, 3]), array("L", [1, 4])).origin(Span(0, 2))
    Span(start=0, end=4)
    """

    value: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    @property
    def is_identity(self) -> bool:
        """Whether every character is its own origin."""
        return not self.starts

    def __len__(self) -> int:
        return len(self.value)

    def cut(self, span: Span) -> str:
        """The characters of `span`."""
        return self.value[span.start : span.end]

    def origin(self, span: Span) -> Span:
        """Where the characters of `span` came from: from the start of the first to the end of the last."""
        if self.is_identity:
            return span
        if span.start >= span.end:
            at = self._boundary(span.start)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def image(self, span: Span) -> Span:
        """The characters made from `span` of the origin: the inverse of `origin`."""
        if self.is_identity:
            return span
        start = bisect_left(self.ends, span.start + 1)
        end = bisect_left(self.starts, span.end)
        return Span(start, max(start, end))

    def over(self, inner: Text) -> Text:
        """The same text, made from `inner`, as made from the origin of `inner`."""
        if inner.is_identity:
            return self
        if self.is_identity:
            return Text(self.value, inner.starts, inner.ends)
        # What was made from nothing, at the very end or the very start, keeps that place.
        starts = [*inner.starts, inner.ends[-1]]
        ends = [inner.starts[0], *inner.ends]
        return Text(
            self.value, array("L", map(starts.__getitem__, self.starts)), array("L", map(ends.__getitem__, self.ends))
        )

    def _boundary(self, at: int) -> int:
        if at < len(self.starts):
            return self.starts[at]
        return self.ends[-1] if self.ends else 0


# Cutting numbers from a row of them is several times faster than counting them.
_ROW = array("L", range(1 << 16))


def _numbers(start: int, end: int) -> array[int]:
    return _ROW[start:end] if end <= len(_ROW) else array("L", range(start, end))


class TextBuilder:
    """Builds a `Text` piece by piece.

    >>> builder = TextBuilder()
    >>> builder.keep("abc", 10); builder.put("&", Span(13, 18))
    >>> builder.text().origin(Span(2, 4))
    Span(start=12, end=18)
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: array[int] = array("L")
        self._ends: array[int] = array("L")
        self.length = 0

    def keep(self, piece: str, start: int) -> None:
        """Add characters that stand in the origin from `start` on, one for one."""
        end = start + len(piece)
        self._pieces.append(piece)
        self._starts += _numbers(start, end)
        self._ends += _numbers(start + 1, end + 1)
        self.length += len(piece)

    def put(self, piece: str, origin: Span) -> None:
        """Add characters that were made, all together, from `origin`."""
        self._pieces.append(piece)
        if len(piece) == 1:
            self._starts.append(origin.start)
            self._ends.append(origin.end)
        else:
            self._starts.extend([origin.start] * len(piece))
            self._ends.extend([origin.end] * len(piece))
        self.length += len(piece)

    def text(self) -> Text:
        """What was built."""
        return Text("".join(self._pieces), self._starts, self._ends)


def kept(value: str, spans: Iterable[Span]) -> Text:
    """The characters of `spans` alone, in order.

    >>> kept("a b", [Span(0, 1), Span(2, 3)]).value
    'ab'
    """
    builder = TextBuilder()
    for span in spans:
        builder.keep(value[span.start : span.end], span.start)
    return builder.text()


def lines(value: str) -> Iterator[Span]:
    r"""The lines of `value` without their ends.

    >>> [value[a:b] for value in ["x\ny"] for a, b in lines(value)]
    ['x', 'y']
    """
    start = 0
    for line in value.splitlines(keepends=True):
        yield Span(start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
        start += len(line)
