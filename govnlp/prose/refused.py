"""Readings that the words around a mention deny, whoever proposes them. The words are data (`refused.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypedDict

from govnlp.prose.drafts import Draft
from govnlp.prose.lexicon import load_yaml
from govnlp.prose.mentions import Mention

_CLAUSE = re.compile(r"[,，;；。!！?？\n]")
# How far a clause is looked at before a mention and behind it; it bounds the time in a text without marks.
_SIGHT = 80


class _Row(TypedDict, total=False):
    of: list[str]
    kind: str
    period: str
    before: str
    behind: str
    clause: str
    unless: str
    near: str
    unless_near: str


class _Words(NamedTuple):
    """The clause of a mention, what of it stands before the mention, the text behind the mention.

    `near` begins some clauses before and ends at the mention, `around` at the end of its clause.
    """

    before: str
    behind: str
    clause: str
    near: str
    around: str


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One row: the indicators by how they begin, and what their clause says when they are not meant."""

    of: tuple[str, ...]
    kind: str
    period: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    clause: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    near: re.Pattern[str] | None
    unless_near: re.Pattern[str] | None

    def meets(self, draft: Draft, kind: str, words: _Words) -> bool:
        """Whether the row denies a draft, by the words of its clause."""
        if not draft.indicator.startswith(self.of) or self.kind not in ("", kind):
            return False
        if self.period not in ("", draft.period) or (self.unless and self.unless.search(words.clause)):
            return False
        if self.unless_near and self.unless_near.search(words.around):
            return False
        asked = ((self.before, words.before), (self.clause, words.clause), (self.near, words.near))
        said = all(pattern.search(stretch) for pattern, stretch in asked if pattern is not None)
        return said and (self.behind is None or self.behind.match(words.behind) is not None)


@cache
def _refusals() -> tuple[_Refusal, ...]:
    rows: list[_Row] = load_yaml("refused.yaml")  # type: ignore[assignment]
    return tuple(
        _Refusal(
            tuple(row["of"]), row.get("kind", ""), row.get("period", ""), _compiled(row.get("before")),
            _compiled(row.get("behind")), _compiled(row.get("clause")), _compiled(row.get("unless")),
            _compiled(row.get("near")),
            _compiled(row.get("unless_near")),
        )
        for row in rows
    )  # fmt: skip


def _compiled(words: str | None) -> re.Pattern[str] | None:
    return re.compile(words) if words else None


def is_refused(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether the clause of a mention denies what a draft reads in it.

    「除1件尚在答复中」 counts no reply, 「副主任出席36场」 no conference of the principal.
    """
    words = _words(text, mention)
    return any(one.meets(draft, mention.kind, words) for one in _refusals())


def _words(text: str, mention: Mention) -> _Words:
    start, end = mention.raw.start, max(mention.end, mention.raw.end)
    reach = max(0, start - _SIGHT)
    first = max((mark.end() for mark in _CLAUSE.finditer(text, reach, start)), default=reach)
    stop = _CLAUSE.search(text, end, end + _SIGHT)
    last = stop.start() if stop else min(len(text), end + _SIGHT)
    return _Words(text[first:start], text[end : end + _SIGHT], text[first:last], text[reach:start], text[reach:last])
