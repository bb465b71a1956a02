"""What a statement of none reaches beyond its clause."""

from __future__ import annotations

import re
from functools import cache

from govnlp.prose.lexicon import lexicon
from govnlp.schema.text import Span

# 无因公开引起行政复议,提起行政诉讼情况: a clause of nothing but another such thing is denied with the one before it.
_CONTINUED = re.compile(r"(?:或者?|及|也)?(?:被|申请|提起|引起|引发)*[^\d无未没]{4,24}\Z")


def continued(text: str, things: list[Span], following: list[Span]) -> list[Span]:
    """What the clauses behind a denied remedy add to it: spans of more remedies, none where a clause says more.

    >>> text = "未发生行政复议,行政诉讼情况"
    >>> continued(text, [Span(3, 7)], [Span(8, 14)])
    [Span(start=8, end=12)]
    """
    found: list[Span] = []
    remedies = _cues("review", "litigation", "complaints")
    if not any(one.symbol in remedies for thing in things for one in lexicon().tokens(text, *thing)):
        return []
    for clause in following:
        tokens = list(lexicon().tokens(text, *clause))
        more = [one.span for one in tokens if one.symbol in remedies]
        if not more or not _CONTINUED.match(text, clause.start, clause.end):
            break
        if any(one.symbol not in remedies | _cues("submit", "occur", "open_work", "app") for one in tokens):
            break
        found += more
    return found


@cache
def _cues(*names: str) -> frozenset[str]:
    return frozenset(lexicon().symbols[one] for one in names)
