"""A figure that is told of another year by the year before it: 2012年收到58件 in the report of 2018, 2024年计划举办4期 in that of 2023."""

from __future__ import annotations

import re
from dataclasses import replace

from govnlp.prose.drafts import Draft
from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Passage

_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?= ?年)")
# 2012年共收到58件: nothing but a few words between the year and the figure, no title of a paper, no 底.
_NEAR = re.compile(r"\s*年(?!以来|来|底|末|初|修订|印发|出台|发布的)[^,，;；。:：《》“”〔〕()（）、\d]{0,9}")
_CARRIED = re.compile("转20|施行|今年|本年|年度内|结转|转入|转至|转到|转为|留待|延续|延至|跨年")
_UNTIL = re.compile(r"(?:自|从|截[至止]|到|至)\s*$")


def dated(passage: Passage, draft: Draft, mention: Mention) -> Draft | None:
    """The draft with the period that the last year before it tells; None where that is no year of this report."""
    text, year = passage.text, passage.year
    if year is None or draft.period != "year" or "carried_" in draft.indicator:
        return draft
    start, end = draft.sentence.start, mention.raw.start
    last = [*_YEAR.finditer(text, start, end)][-1:]
    for one in last:
        told, until = int(one[1]), _UNTIL.search(text[start : one.start()]) is not None
        if told > year and not until and not _CARRIED.search(text, start, end):
            return None
        if told < year and not until and _NEAR.fullmatch(text, one.end(), end):
            return replace(draft, period="previous") if told == year - 1 else None
    return draft
