"""The words that may deny a thing or carry a total, wherever they stand: 公报停办, 收到2件皆公开. Source: `grammar.yaml`.

The patterns are of classes of words, not of whole wordings: a negator before what it can deny, a word for the whole
before a verb. What a trigger is about, and whether it says anything, is for a tagger to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias, TypedDict

from govnlp.prose.lexicon import load_yaml
from govnlp.schema.text import Span

Class: TypeAlias = Literal["denies", "carries", "undecided"]


class Trigger(NamedTuple):
    """A word that may deny (`none`) or carry a total (`all`)."""

    kind: Literal["none", "all"]
    span: Span


class _Signs(TypedDict):
    denies: list[str]
    carries: list[str]
    undecided: list[str]
    not_denied: list[str]
    words_of_wu: list[str]
    letters: dict[Class, str]


def triggers(text: str, figures: Sequence[Span]) -> Iterator[Trigger]:
    """The triggers of a text, in no order; `figures` are the spans of its figures, in order.

    >>> text = "公报停办,收到2件皆公开"
    >>> [(one.kind, text[slice(*one.span)]) for one in triggers(text, [Span(7, 8)])]
    [('none', '停'), ('all', '皆')]
    """
    yield from (Trigger("none", Span(*sign.span())) for sign in pattern("denies").finditer(text))
    for sign in pattern("carries").finditer(text):
        if not _denied().match(text, sign.end()):
            yield Trigger("all", Span(*sign.span()))
    starts = [one.start for one in figures]
    for sign in pattern("undecided").finditer(text):
        if not _is_counted(text, sign.start(), starts):
            yield Trigger("all", Span(*sign.span()))


_REACH = 80
_MARK = re.compile("[，,。；;！!？?（(）)\n]")


def _is_counted(text: str, at: int, starts: Sequence[int]) -> bool:
    """尚未审结2件 counts; a clause without a figure says it of what was told before."""
    start = max((mark.end() for mark in _MARK.finditer(text, max(0, at - _REACH), at)), default=max(0, at - _REACH))
    ends = _MARK.search(text, at, at + _REACH)
    return bisect_left(starts, start) != bisect_left(starts, ends.start() if ends else at + _REACH)


@cache
def _signs() -> _Signs:
    return load_yaml("grammar.yaml")  # type: ignore[return-value]


@cache
def pattern(name: Class, *, guarded: bool = True) -> re.Pattern[str]:
    """The pattern of a class of signs; `guarded` tries only the places where one of its characters stands."""
    words_of_wu = "|".join(_signs()["words_of_wu"])
    signs = "|".join(_signs()[name]).replace("{words_of_wu}", f"(?:{words_of_wu})")
    return re.compile(f"(?=[{_signs()['letters'][name]}])(?:{signs})" if guarded else signs)


@cache
def _denied() -> re.Pattern[str]:
    """What turns the word for the whole round: a duty (均应), a denial but one that carries a total itself (均未超期)."""
    return re.compile(
        f"应(?![诉邀申])|必?须|要(?!求)|(?:已|尚|还|从|为|是|[一-鿿]类)?(?:未|无|没有?|不|零|空)(?!{'|'.join(_signs()['not_denied'])})"
    )
