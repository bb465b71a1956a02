"""The names of a list that stand before a figure or a denial: 集中采购信息12条, 国家秘密无."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govnlp.prose.frames import Frame
from govnlp.prose.lexicon import JOIN
from govnlp.prose.matching import names_of
from govnlp.prose.mention import Mention
from govnlp.prose.stream import Part
from govnlp.schema.text import Span

# How much of the sentence a denial behind its name looks back at.
_SIGHT = 160
_WORDS = re.compile("[\u4e00-\u9fff]*\\Z")
_LONGEST_NAME = 16


def labelled(text: str, sentence: Span, parts: Sequence[Part], mention: Mention) -> Iterator[Frame]:
    """国家秘密无; 纠正、其他均没有: a frame for each name of a denial, as if a figure stood in its place.

    `parts` is the stream of the sentence, for what stands before the names.

    >>> from govnlp.prose.lexicon import lexicon
    >>> none = Mention("none", Span(5, 6), Span(5, 6), 6, target=Span(0, 5))
    >>> names = {symbol: f" {cue} " for cue, symbol in lexicon().symbols.items()}
    >>> [one.left.translate(str.maketrans(names)) for one in labelled("维持、纠正无", Span(0, 6), [], none)]
    [' upheld ', ' corrected ']
    """
    target = mention.target
    if target is None or target.end > mention.span.start:
        return
    if text[target.end : mention.span.start].strip("均都皆也亦则俱者 "):
        return
    start = max(sentence.start, target.start - _LONGEST_NAME)
    target = Span(target.start - len(_WORDS.search(text[start : target.start])[0]), target.end)  # type: ignore[index]
    before = "".join(one.symbol for one in parts if one.start < target.start and one.symbol != JOIN)
    for name in names_of(text, target):
        yield Frame(-1, name, "", name, before[-_SIGHT:] + name, "", None)


def label_of(text: str, label: Span | None) -> str:
    """The words of a list that name a figure, without the marks around them.

    >>> label_of("其中:集中采购信息12条", Span(0, 9))
    '集中采购信息'
    """
    if label is None:
        return ""
    return text[slice(*label)].strip(" 、,，:：;；(（)）“”\"'的共为有").removeprefix("其中").strip(" :：、,，的")
