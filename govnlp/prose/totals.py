"""Totals carried over: the words for the whole with their verb (均已办结, 该申请已答复), and rates of all (办结率100%)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from govnlp.normalise.numerals import Numeral
from govnlp.prose.grammar import grammar, symbols
from govnlp.prose.lexicon import lexicon
from govnlp.prose.mention import Mention
from govnlp.prose.sentences import clauses
from govnlp.schema.text import Span


@cache
def total_words() -> re.Pattern[str]:
    """The words for the whole of what was told before (均, 全部, 该申请).

    >>> total_words().search("收到2件,全部办结")[0]
    '全部'
    """
    words = [*grammar()["totals"], *grammar()["ones"]]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def totals(text: str, sentence: Span, figures: list[Mention]) -> Iterator[Mention]:
    """均、全部… up to each verb of its clause, where no figure and no denial stands between.

    >>> text = "收到2件,均已办结并答复"
    >>> [(text[slice(*one.span)], text[slice(*one.target)]) for one in totals(text, Span(0, len(text)), [])]
    [('均已办结', '已办结'), ('均已办结并答复', '答复')]
    """
    starts = [one.span.start for one in figures]
    for clause in clauses(text, sentence):
        sign = total_words().search(text, *clause)
        if sign is None or bisect_left(starts, sign.end()) < bisect_left(starts, clause.end):
            continue
        if sign[0] in grammar()["ones"] and (bisect_left(starts, sign.start()) != 1 or figures[0].value != 1):
            continue
        verbs = [one for one in lexicon().tokens(text, sign.end(), clause.end) if one.symbol in symbols("carried")]
        for verb in verbs:
            if not any(word in text[sign.end() : verb.span.start] for word in grammar()["denials"]):
                span = Span(sign.start(), verb.span.end)
                yield Mention("all", span, span, span.end, target=verb.span)


@cache
def _rate_words() -> re.Pattern[str]:
    words = "|".join(sorted(grammar()["rates"], key=len, reverse=True))
    return re.compile(f"(?:{words})[均都为达到了是:： ]{{0,5}}$")


def rates(text: str, numerals: list[Numeral]) -> Iterator[Mention]:
    """办结率100%, 答复率达100%.

    >>> from govnlp.prose.figures import numerals
    >>> text = "办结率100%"
    >>> [text[slice(*one.span)] for one in rates(text, numerals(text, Span(0, len(text))))]
    ['办结率100%']
    """
    for one in numerals:
        if one.role != "percent" or one.value != 100:
            continue
        start = max(0, one.span.start - 14)
        word = _rate_words().search(text[start : one.span.start])
        if word:
            span = Span(start + word.start(), min(len(text), one.span.end + 1))
            verb = next(token.span for token in lexicon().tokens(text, *span) if token.symbol in symbols("carried"))
            yield Mention("all", span, span, span.end, target=verb)
