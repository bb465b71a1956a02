"""Passages that say the same as another, and sentences that stand in a real report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from corpora.records import Passage
from govnlp.schema.indicators import indicators

SHINGLE = 5
LIKENESS = 0.8
# So many characters in a row that also stand in a real report are a copy.
RUN = 20
_SPACE = re.compile(r"\s+")
_WIDE = str.maketrans("，；：（）！？．％０１２３４５６７８９", ",;:()!?.%0123456789")


class Likeness(NamedTuple):
    """Two passages by their numbers in the list, and the share of their shingles that they have in common."""

    first: int
    second: int
    share: float


def alike(texts: Sequence[str], least: float = LIKENESS) -> list[Likeness]:
    """The pairs of texts whose shingles of five characters overlap by `least` or more (1.0: all of them).

    >>> alike(["收到政府信息公开申请12件。", "收到政府信息公开申请12件。", "无。"])
    [Likeness(first=0, second=1, share=1.0)]
    """
    sets = [_shingles(bare(text)) for text in texts]
    weight = Counter(one for shingles in sets for one in shingles)
    # Two sets that overlap so far share one of the rarest few shingles of each: only these are looked up.
    rare: dict[str, list[int]] = defaultdict(list)
    found = []
    for number, shingles in enumerate(sets):
        ordered = sorted(shingles, key=lambda one: (weight[one], one))
        first = ordered[: len(ordered) - int(least * len(ordered)) + 1]
        for other in sorted({at for one in first for at in rare[one]}):
            share = len(shingles & sets[other]) / len(shingles | sets[other])
            if share >= least:
                found.append(Likeness(other, number, round(share, 3)))
        for one in first:
            rare[one].append(number)
    return sorted(found)


def copied(passages: Iterable[Passage], folder: Path) -> Iterator[tuple[int, str]]:
    """The passages that hold `RUN` characters in a row of a real report, each with the first such run.

    `folder` holds the reports as `*.txt`. Names of statutes and wordings of the official forms (`official.yaml`) are
    nobody's sentences: no run is counted through them.
    """
    known = {one for path in sorted(folder.glob("*.txt")) for one in _runs(path.read_text("utf-8", errors="replace"))}
    for number, passage in enumerate(passages):
        run = next((one for one in _runs(passage.text) if one in known), None)
        if run is not None:
            yield number, run


def bare(text: str) -> str:
    """The text without spaces, its marks at half width.

    >>> bare("收到 １２件，")
    '收到12件,'
    """
    return _SPACE.sub("", text).translate(_WIDE)


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1)))


def _runs(text: str) -> Iterator[str]:
    for piece in _official().split(bare(text)):
        yield from (piece[at : at + RUN] for at in range(len(piece) - RUN + 1))


@cache
def _official() -> re.Pattern[str]:
    sheet: list[str] = yaml.safe_load(Path(__file__).with_name("official.yaml").read_text("utf-8"))
    labels = [label for one in indicators().values() for label in one.labels if len(label) >= SHINGLE]
    phrases = sorted({bare(phrase) for phrase in (*sheet, *labels)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))
