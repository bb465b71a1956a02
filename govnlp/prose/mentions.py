"""The grammar of mentions: every figure, every statement of none, every total carried over, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from govnlp.prose.denials import negators, nones
from govnlp.prose.figures import NUMERALS, figures, numbers, numerals
from govnlp.prose.grammar import grammar, symbols
from govnlp.prose.lexicon import lexicon
from govnlp.prose.mention import Mention, MentionKind
from govnlp.prose.sentences import sentences
from govnlp.prose.totals import rates, total_words, totals
from govnlp.prose.triggers import triggers
from govnlp.schema.text import Span

__all__ = ["Mention", "MentionKind", "mentions"]


def mentions(text: str) -> list[Mention]:
    """Every mention of `text`, in order of where it starts. Time grows with the length of `text`, no faster.

    >>> [(one.kind, text[slice(*one.raw)], one.unit) for text in ["收到近30件,均已办结,无诉讼"] for one in mentions(text)]
    [('figure', '近30', '件'), ('all', '均已办结', None), ('none', '无', None)]
    """
    found: list[Mention] = []
    if _anything().search(text):
        found = [one for sentence in sentences(text) for one in _of_sentence(text, sentence.span)]
    found += _open(text, found)
    return sorted(found, key=lambda one: (one.span, one.target or one.span))


@cache
def _anything() -> re.Pattern[str]:
    """What a paragraph must hold to be looked at closely: a figure, a denial or a total carried over."""
    wholes = "".join(sorted({word[0] for word in [*grammar()["totals"], *grammar()["ones"]]}))
    firsts = f"[0-9０-９lIO{NUMERALS}为共计是数量达:：从不没未零无{wholes}]"
    # The look-ahead passes over most characters with one test.
    return re.compile(f"(?={firsts})(?:{numbers().pattern}|{negators().pattern}|{total_words().pattern})")


def _of_sentence(text: str, sentence: Span) -> Iterator[Mention]:
    start, end = sentence
    told = numerals(text, sentence)
    counted = figures(text, told)
    yield from counted
    if negators().search(text, start, end):
        yield from nones(text, sentence)
    if total_words().search(text, start, end):
        yield from totals(text, sentence, counted)
    yield from rates(text, told)


def _open(text: str, known: list[Mention]) -> Iterator[Mention]:
    """The signs that no mention of their kind and no figure holds."""
    counted = sorted(one.span for one in known if one.kind == "figure")
    taken = {kind: {at for one in known if one.kind in (kind, "figure") for at in range(*one.span)} for kind in _SIGNS}
    for kind, span in triggers(text, counted):
        if taken[kind].isdisjoint(range(*span)):
            span = _with_verb(text, span) if kind == "none" else span
            taken[kind].update(range(*span))
            yield Mention(kind, span, span, span.end, Decimal(0) if kind == "none" else None, open=True)


_BETWEEN = re.compile("[新再曾实际]*")
_SIGNS: tuple[Literal["none", "all"], ...] = ("none", "all")


def _with_verb(text: str, sign: Span) -> Span:
    """A denial with the verb that completes it (未再举办)."""
    at = _BETWEEN.match(text, sign.end).end()  # type: ignore[union-attr]
    word = lexicon().scanner.match(text, at)
    is_verb = word is not None and lexicon().meaning[word[0]] in symbols("verbs")
    return Span(sign.start, word.end()) if word is not None and is_verb else sign
