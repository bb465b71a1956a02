"""Passages as groups of sentences and clauses that can stand alone: the pieces that growing moves about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpora.pieces import cut, edited, joined
from corpora.records import PART, Passage
from govnlp.normalise.edits import Edit
from govnlp.schema.text import Span


class Group(NamedTuple):
    """Clauses that stay together, without the stop that ends them (`stop`, empty at a sentence cut short)."""

    passage: Passage
    stop: str

    @property
    def topics(self) -> frozenset[str]:
        """What its marks speak of."""
        return topics(self.passage)


_STOP = re.compile(r"[。！？!?\n]+[ ]*|[；;][ ]*")
# A clause that begins so leans on the one before it.
_LEANS = re.compile(
    r"[\s(（]*(?:其|余|剩|另|以上|上述|均|全|都|皆|悉|这|该|此|对此|同时|同比|同期|同年|当年|比|较|合计|共计|总计|因此|故|由此|又|也|亦|还|再|并|但|而|则|且"
    r"|无[。；;]?$|没有[。；;]?$|维持|纠正|驳回|撤|涉及|属于|前者|后者|两者|二者|三者|两件|首|第)"
)
# A short clause without a mark that is numbered or ends as headings do names what follows (三、收费情况。).
_HEADING = re.compile(
    r"[\s(（]*[一二三四五六七八九十\d]{1,3}[)）、.．]|.*(?:情况|公开|申请|诉讼|复议|收费|费用|减免|投诉|[:：])$"
)
_HEADING_LENGTH = 16
_COARSE = frozenset(("applications", "remedies", "disclosure", "proactive", "fees"))
_YEAR = re.compile(r"(?<!\d)20[0-2]\d(?=年)")
_CHINESE_YEAR = re.compile("[二2２][〇○零0０][0-9０-９〇○零一二三四五六七八九]{2}年")
_LAST_YEAR = 2026


def groups(passage: Passage) -> list[Group]:
    """The groups of a passage in order. Clauses that speak of one topic, and all between them, are one group.

    >>> text = "举办培训班2期。其中线上1期；收费12元。"
    >>> [(one.passage.text, one.stop) for one in groups(Passage("a", "county", "plain", "other", 2016, text, ()))]
    [('举办培训班2期。其中线上1期', '；'), ('收费12元', '。')]
    """
    clauses = _clauses(passage)
    parts = [cut(passage, clause.start, clause.end) for clause in clauses]
    bounds = _merged(parts)
    made = []
    for first, last in bounds:
        start, end = clauses[first].start, clauses[last].end
        until = clauses[last + 1].start if last + 1 < len(clauses) else len(passage.text)
        made.append(Group(cut(passage, start, end), passage.text[end:until]))
    return made


def assembled(like: Passage, pieces: Sequence[Group], stops: Sequence[str]) -> Passage:
    """Groups in a new order; `stops` are set between them by place, so that the last ends as a passage ends."""
    parts: list[Passage | str] = []
    for number, (piece, stop) in enumerate(zip(pieces, stops, strict=True)):
        is_last = number == len(pieces) - 1
        parts += [piece.passage, stop if stop or is_last else "。"]
    return joined(like, parts)


def topics(passage: Passage) -> frozenset[str]:
    """The topics that the marks of a passage speak of; `part` is of any.

    >>> topics(Passage("a", "county", "plain", "other", 2016, "", ()))
    frozenset()
    """
    return frozenset(
        _topic(label.indicator) for mark in passage.marks for label in mark.labels if label.indicator != PART
    )


def moved_to(passage: Passage, year: int) -> Passage | None:
    """The passage as of another report year, the years in its text moved along; None where they cannot be.

    >>> moved_to(Passage("a", "county", "plain", "other", 2016, "2016年比2015年多。", ()), 2018).text
    '2018年比2017年多。'
    """
    by = year - passage.year
    if by == 0:
        return passage
    found = list(_YEAR.finditer(passage.text))
    if _CHINESE_YEAR.search(_YEAR.sub("", passage.text)) or any(int(one[0]) + by > _LAST_YEAR for one in found):
        return None
    edits = [Edit(*one.span(), str(int(one[0]) + by)) for one in found]
    return replace(edited(passage, edits), year=year)


def _topic(indicator: str) -> str:
    first, _, rest = indicator.partition(".")
    return first if first in _COARSE else f"{first}.{rest.split('.')[0]}"


def _clauses(passage: Passage) -> list[Span]:
    """The clauses between stops, where no mark stands in the stop."""
    found: list[Span] = []
    start = 0
    for stop in [*_STOP.finditer(passage.text), None]:
        end, following = stop.span() if stop else (len(passage.text), len(passage.text))
        if end > start:
            found.append(Span(start, end))
            start = following
    return found


def _merged(parts: Sequence[Passage]) -> list[tuple[int, int]]:
    """The first and last clause of each group."""
    reach = [_reach(parts, number) for number in range(len(parts))]
    bounds: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        leans = bounds and (number <= max(reach[: bounds[-1][1] + 1]) or _leans(part))
        if leans or (bounds and _is_heading(parts[bounds[-1][1]])):
            bounds[-1] = (bounds[-1][0], number)
        else:
            bounds.append((number, number))
    return bounds


def _reach(parts: Sequence[Passage], number: int) -> int:
    """The last clause that speaks of a topic of this one; of all, where another time or organ is spoken of."""
    mine = topics(parts[number])
    later = [other for other in range(number, len(parts)) if mine & topics(parts[other])]
    return max([number, *later])


def _leans(part: Passage) -> bool:
    if _LEANS.match(part.text):
        return True
    if part.marks and part.marks[0].kind == "all":
        return True
    labels = [label for mark in part.marks for label in mark.labels]
    only_parts = bool(labels) and all(label.indicator == PART for label in labels)
    other = any(label.period != "year" or label.scope != "own" for label in labels)
    short_denial = len(part.text) <= 6 and any(mark.kind == "none" for mark in part.marks)
    return only_parts or other or short_denial


def _is_heading(part: Passage) -> bool:
    return not part.marks and len(part.text) <= _HEADING_LENGTH and _HEADING.match(part.text) is not None


def stops_of(pieces: Iterable[Group]) -> list[str]:
    """The stops of groups in their order."""
    return [piece.stop for piece in pieces]
