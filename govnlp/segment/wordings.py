"""What a heading says: its kind by the wording alone, however reworded, damaged or glued to its sentence.

Source: `headings.yaml` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypedDict, cast

from rapidfuzz import fuzz, process

from govnlp.schema.report import SectionKind
from govnlp.segment.data import load

LONGEST_HEADING = 36
_ALIKE = 80.0
_NOISE = re.compile(r"[\s、,。.;:：“”\"'《》<>()]+")
_SPOKEN = re.compile(r"^(?:[一二三四五六七八九]是|20\d\d年,|[^。;:]{2,24}[。;:])")
_ASIDE = re.compile(r"方面$")


class Wording(NamedTuple):
    """What a line says as a heading: its kind, how far into the line it reaches, how sure that it is one (0 to 3).

    3 is a full wording of a form, 2.5 a sure wording, 2 a damaged one, 1.5 a keyword, 0.4 no known wording, 0.3 one that ends in 方面.
    """

    kind: SectionKind | None
    length: int
    weight: float

    @property
    def official(self) -> bool:
        """Whether it is a full wording of a form."""
        return self.weight >= 3


class _Kind(TypedDict):
    core: str
    keywords: str


class _Headings(TypedDict):
    lead: str
    tail: str
    kinds: dict[SectionKind, _Kind]
    official: dict[SectionKind, list[str]]
    form_labels: str


@dataclass(frozen=True)
class Wordings:
    """The compiled word lists."""

    sure: Mapping[SectionKind, re.Pattern[str]]
    keywords: re.Pattern[str]
    official: Mapping[str, SectionKind]
    form_label: re.Pattern[str]


@lru_cache(maxsize=4096)
def read_heading(title: str) -> Wording | None:
    """What a line says as a heading, its number already taken off; None where it cannot be one.

    >>> read_heading("收到和处理政府信息公开申请情况")
    Wording(kind='applications', length=15, weight=3)
    >>> read_heading("概述2016年,我县按照要求推进政府信息公开,成效明显,群众满意度进一步提高。").length
    2
    """
    title = title.rstrip(" \t|。:;、,.：")
    if not title or wordings().form_label.match(title):
        return None
    if len(title) <= LONGEST_HEADING and not _SPOKEN.match(title):
        return _whole(title)
    return _glued(title)


def _whole(title: str) -> Wording | None:
    """A line that is a heading and nothing else."""
    core = _NOISE.sub("", title)
    kind = wordings().official.get(core)
    if kind:
        return Wording(kind, len(title), 3)
    for kind, pattern in wordings().sure.items():
        if pattern.fullmatch(core):
            return Wording(kind, len(title), 0.3 if _ASIDE.search(core) else 2.5)
    glued = _glued(title)
    if glued and glued.weight > 2:
        return glued
    return _damaged(core, len(title)) or _keyword(core, len(title))


def _damaged(core: str, length: int) -> Wording | None:
    """A wording of a form that lost or changed a few characters."""
    if len(core) < 4 or re.search(r"\d", core):
        return None
    best = process.extractOne(core, wordings().official.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return Wording(wordings().official[best[0]], length, 2) if best else None


def _glued(title: str) -> Wording | None:
    """A heading with its first sentence on the same line: the longest sure wording that the line begins with."""
    best: Wording | None = None
    for kind, pattern in wordings().sure.items():
        found = pattern.match(title)
        if found and found.end() > (best.length if best else 1):
            best = Wording(kind, found.end(), _glued_weight(title, found.end()))
    return best


def _glued_weight(title: str, end: int) -> float:
    if _ASIDE.search(title[:end]):
        return 0.3
    return 2.5 if _ends_well(title, end) else 1.5


def _ends_well(title: str, end: int) -> bool:
    """Whether the wording ends as headings end, or what follows begins as sentences begin."""
    return title[:end].endswith(("情况", "概述", "事项", "问题", "附表", "措施")) or title[end : end + 1] in "。: 2本我"


def _keyword(core: str, length: int) -> Wording | None:
    found = wordings().keywords.search(core)
    if not found or not found.lastgroup:
        return Wording(None, length, 0.4)
    return Wording(cast("SectionKind", found.lastgroup), length, 0.3 if _ASIDE.search(core) else 1.5)


@cache
def wordings() -> Wordings:
    """The word lists of `headings.yaml`, compiled once."""
    raw = cast("_Headings", load("headings.yaml"))
    lead, tail = _joined(raw["lead"]), _joined(raw["tail"])
    kinds = raw["kinds"]
    sure = {kind: re.compile(f"{lead}(?:{_joined(one['core'])}){tail}(?:方面)?") for kind, one in kinds.items()}
    keywords = "|".join(f"(?P<{kind}>{_joined(one['keywords'])})" for kind, one in kinds.items())
    official = {_NOISE.sub("", one): kind for kind, names in raw["official"].items() for one in names}
    return Wordings(sure, re.compile(keywords), official, re.compile(_joined(raw["form_labels"])))


def _joined(pattern: str) -> str:
    """A pattern folded over several lines, in one piece."""
    return pattern.replace(" ", "")
