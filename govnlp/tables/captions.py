"""Several printings of one form in a report: whose each is and of which year, by the line printed over it.

(一)县本级 … (二)全县汇总: a government that compiles its departments answers with the compiled figures. 2021年 … 2022年: the
report year answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from govnlp.schema.document import Block, CellRun, Document, Grid, Paragraph
from govnlp.schema.facts import Fact, Period, Scope
from govnlp.tables.bands import Band

_OWN_LEVEL = re.compile(r"本级|本部门|机关本身|政府办(?:公室)?(?!.*汇总)|部门(?!.*汇总)|各单位")
_COMPILED = re.compile(r"汇总|合计|全(?:省|市|县|区|州|旗|镇|乡|系统|局)|总表")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_LONGEST = 40


class Standing(NamedTuple):
    """Whose figures a printing gives, and of which year."""

    scope: Scope = "own"
    period: Period = "year"


def standings(
    document: Document, bands: Sequence[Band], tables: Sequence[Grid | CellRun], year: int | None
) -> list[Standing]:
    """The standing of each printing; one that is alone, or that nothing tells apart, stands for the report."""
    times = Counter(band.form for band in bands)
    captions = [_caption(document, tables[band.lines[0].line.table]) if times[band.form] > 1 else "" for band in bands]
    found = [_standing(caption, year) for caption in captions]
    alone = {band.form for band, one in zip(bands, found, strict=True) if one == Standing()}
    return [one if band.form in alone else Standing() for band, one in zip(bands, found, strict=True)]


def _caption(document: Document, table: Block) -> str:
    """The short paragraph right before a table."""
    before = [block for block in document.blocks if block.span.start < table.span.start]
    last = max(before, key=lambda block: block.span.start, default=None)
    if not isinstance(last, Paragraph) or last.span.end - last.span.start > _LONGEST:
        return ""
    return document.cut(last.span)


def _standing(caption: str, year: int | None) -> Standing:
    printed = _YEAR.search(caption)
    if printed and year and int(printed[1]) != year:
        return Standing(period="previous") if int(printed[1]) == year - 1 else Standing("subordinate", "previous")
    if _OWN_LEVEL.search(caption) and not _COMPILED.search(caption):
        return Standing(scope="subordinate")
    return Standing()


def placed(fact: Fact, standing: Standing) -> Fact:
    """A fact as one of a printing of this standing."""
    if standing == Standing() or fact.period != "year":
        return fact
    return fact.model_copy(update={"scope": standing.scope, "period": standing.period})
