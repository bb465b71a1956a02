"""The pages that are read: official forms filled in at random, stored as HTML, sound or with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from tests.render import damages, flat, html, wording
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.grid import Page, Table, expected, without_row
from tests.render.source import Source

Storing = Callable[[Page, Random], Source]
Harm = Callable[[Page, Random], Page]

PROSE = (
    "2022年,县政府办公室坚持以公开促落实,全年主动公开政府信息1286条,其中通过政府网站公开904条,政务微信公开382条。",
    "全年编发政府公报6期,发布政策解读稿件37篇,举办新闻发布会4次,回应群众关切的热点问题29次,办理网上留言411件。",
    "全年收到政府信息公开申请,均在法定期限内答复;因申请材料不齐通知补正的,均一次性告知所需内容,没有收取信息处理费。",
    "健全公开审查制度,先审查、后公开,一事一审;对历年制发的文件逐件清理,失效的及时标明,现行有效的集中展示。",
    "加强平台建设,对门户网站公开专栏作了改版,设置查阅点23个,配备专职人员3名、兼职人员41名,接待查阅群众516人次。",
    "召开政府信息公开专题会议2次,举办培训班3期,培训186人次;年终考核占分4分,对落后单位约谈2次,要求限期改正。",
    "存在的问题:一是个别单位公开不及时;二是解读形式单一;三是基层人员变动频繁,业务不熟。下一步将逐项抓好整改。",
)
"""Sentences of an ordinary report, for pages of an ordinary length."""


class PageFile(NamedTuple):
    """A stored page: its form, its bytes, and what stands in each figure cell (None: a blank)."""

    form: str
    data: bytes
    printed: dict[str, Decimal | None]


class Condition(NamedTuple):
    """What is wrong with a page, in words; a change to the page and a way to store it."""

    name: str
    harm: Harm | None = None
    store: Storing = html.plain
    forms: tuple[str, ...] = FORMS


def one_blank(made: Page, random: Random) -> Page:
    """One cell of figures was left empty."""
    name = random.choice(sorted(expected(made)))
    return made.map_cells(lambda cell: replace(cell, text="", value=None) if cell.indicator == name else cell)


def one_row_missing(made: Page, random: Random) -> Page:
    """The longest table lacks one of its rows."""
    longest = max(made.tables, key=lambda table: table.height)
    row = random.choice(sorted({cell.row for cell in longest.figures()}))
    return made.map(lambda table: without_row(table, row) if table is longest else table)


def bars(made: Page, random: Random) -> Source:
    """The tables flattened to text, one cell a line, as scrapers store them."""
    text = flat.bars(made, random).text
    return Source(text, text.encode())


_MATRIX = ("art50v1", "art50v2")
SOUND = Condition("sound")
CONDITIONS = (
    SOUND,
    Condition("one cell blank", one_blank),
    Condition("one row missing", one_row_missing),
    Condition("one column missing", damages.no_legal_service, forms=_MATRIX),
    Condition("header spans wrong", store=html.colspan_wrong),
    Condition("group spans wrong", store=html.span_too_short, forms=_MATRIX),
    Condition("labels in other words", wording.labels_reworded),
    Condition("an unknown row", damages.unknown_row),
    Condition("text, one cell a line", store=bars),
)


def pages(condition: Condition, count: int) -> list[PageFile]:
    """`count` pages under a condition, the same at every run, the forms in turn.

    >>> [one.form for one in pages(SOUND, 2)]
    ['stat2014', 'art50v1']
    """
    forms = condition.forms
    return [_page(condition, forms[number % len(forms)], number) for number in range(count)]


def _page(condition: Condition, form: str, number: int) -> PageFile:
    random = Random(f"{condition.name} {number}")
    made = page(form, random)
    if condition.harm:
        made = condition.harm(made, random)
    source = condition.store(made, random)
    printed = {name: one.value for name, one in expected(made).items()}
    return PageFile(form, source.data or source.text.encode(), printed)


def ordinary_pages(count: int) -> list[bytes]:
    """`count` pages of about 20 kB, tables and prose, for speed and memory."""
    return [_ordinary(number) for number in range(count)]


def _ordinary(number: int) -> bytes:
    random = Random(number)
    made = page(_MATRIX[number % 2], random)
    at = next(place for place, block in enumerate(made.blocks) if isinstance(block, Table)) - 1
    source = html.nested(replace(made, blocks=(*made.blocks[:at], *PROSE, *made.blocks[at:])), random)
    return source.data or b""
