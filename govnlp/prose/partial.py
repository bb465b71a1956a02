"""Mentions that do not stand for the whole: 3 of 3-5件, 27 of 这27件中, a denial of some offices (13个乡镇没有收到)."""

from __future__ import annotations

import re

from govnlp.prose.lexicon import lexicon
from govnlp.prose.mention import Mention
from govnlp.prose.stream import EVERYBODY

_CLOSED = re.compile(r"\s*(?:$|[,，。;；、)）(（\n:：])|余")
# The lower end of a range or of a change is no figure of its own: 3-5件, 由1128条增至1887条.
_RANGE = re.compile(r"[-—~～至到]\d|(?:增加|上升|提升|提高|增长|减少|下降|降低|升|增|降|减)[至到为]")
_RANGE_BEFORE = re.compile(r"\d[-—~～至到]$")
# 这27件中: the whole named again, to speak of its parts.
_OF_THEM = re.compile("(?:的|申请|办结的?|案件)?之?[中里](?![央心国共])")


def is_whole(text: str, mention: Mention) -> bool:
    """Whether the figure stands for itself; one without a unit only where its clause ends (收到申请12,).

    >>> from govnlp.prose.mentions import mentions
    >>> [is_whole(text, mentions(text)[0]) for text in ["收到申请12件", "由12件增至15件", "这27件中"]]
    [True, False, False]
    """
    closed = mention.unit is not None or _CLOSED.match(text, mention.end) is not None
    if _RANGE_BEFORE.search(text, max(0, mention.raw.start - 2), mention.raw.start):
        return False
    cut = _RANGE.match(text, mention.end) or _RANGE.match(text, mention.raw.end) or _OF_THEM.match(text, mention.end)
    return closed and cut is None


_OFFICES = frozenset(("个", "家", "处", "所"))
_OFFICE_ENDS = re.compile("(?:局|委|厅|办|镇|乡|街道|中心|县|市|区|州)(?=[、和及均都亦也])")


def is_of_some_offices(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a denial speaks of some offices only (13个乡镇没有收到, 教育局、财政局均未发生).

    >>> from govnlp.prose.mentions import mentions
    >>> text = "教育局、财政局均未收到申请"
    >>> is_of_some_offices(text, mentions(text)[0], mentions(text))
    True
    """
    if mention.kind != "none":
        return False
    start = 1 + max(text.rfind(mark, 0, mention.span.start) for mark in "，,；;。\n")
    before = re.sub(EVERYBODY, "", text[start : mention.span.start])
    branch = lexicon().symbols["branch"] in lexicon().chars(before)
    counted = any(
        one.kind == "figure" and start <= one.span.start < mention.span.start and one.unit in _OFFICES
        for one in mentions
    )
    return branch or counted or len(_OFFICE_ENDS.findall(before)) > 1
