"""Denials and carried totals as rules read them: `!`, then the cues around them, with `#` where a figure would stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from govnlp.prose.lexicon import JOIN, lexicon
from govnlp.prose.mention import Mention
from govnlp.prose.stream import FIGURE
from govnlp.prose.tagger import Passage
from govnlp.schema.text import Span

_DENIAL = re.compile(
    "从未|不存在|不再有|没有|没|未|零|无|均|全部|全都|都|皆|悉数|一律|一并|所有|全是|全系|全为|全数|尽数|俱|统统|清一色|无一例外|全员|该(?:起|复议|诉讼)?(?:案件|案|件|申请|诉讼|复议)"
)
# 未收到申请和未涉及不予公开: a second denial ends the reach of the first.
_DENIED_AGAIN = re.compile("[和及与或、也且](?:均|都|亦)?(?:没有|未|无)")


def governed(text: str, clauses: Sequence[Span], mention: Mention) -> str:
    """The clause of a denial or of a carried total: `!`, then its words, `#` before the one it is about.

    `clauses` are those of its sentence.

    >>> from govnlp.prose.mentions import mentions
    >>> names = {symbol: f" {cue} " for cue, symbol in lexicon().symbols.items()}
    >>> governed("未收到申请", [Span(0, 5)], mentions("未收到申请")[0]).translate(str.maketrans(names))
    '! receive # app_bare '
    """
    target = mention.target
    if target is None:
        return "!"
    clause = clauses[bisect_right(clauses, (target.start + 1,)) - 1]
    start = mention.span.start if target.start >= mention.span.start else clause.start
    end = clause.end if target.start >= mention.span.start else mention.span.start
    again = _DENIED_AGAIN.search(text, max(start, target.end), end)
    end = again.start() if again else end
    sign = _DENIAL.match(text, start)
    words = lexicon().tokens(text, sign.end() if sign else start, max(end, target.end))
    return "!" + "".join(FIGURE * (one.span == target) + one.symbol for one in words if one.symbol != JOIN)


def headed(passage: Passage, sentence: Span, mention: Mention) -> list[str]:
    """For a denial that stands alone: the heading, once for each of its words.

    >>> names = {symbol: f" {cue} " for cue, symbol in lexicon().symbols.items()}
    >>> none = Mention("none", Span(0, 1), Span(0, 1), 1)
    >>> [one.translate(str.maketrans(names)) for one in headed(Passage("无。", heading="行政复议"), Span(0, 2), none)]
    ['!# review ']
    """
    if mention.kind != "none" or mention.target is not None:
        return []
    if not passage.fresh or passage.text[: sentence.start].strip():
        return []
    heading = passage.subheading or passage.heading
    spoken = "".join(one.symbol for one in lexicon().tokens(heading, 0, len(heading)) if one.symbol != JOIN)
    return [f"!{spoken[:at]}{FIGURE}{spoken[at:]}" for at in range(len(spoken))]
