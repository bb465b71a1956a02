"""What a report is: organ, region, year, form, title and date (发布机关、地区、年度), from all that its page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govnlp.schema.document import Document
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Meta
from govnlp.schema.text import Span
from govnlp.segment.dates import published_on
from govnlp.segment.edges import report_titles
from govnlp.segment.gazetteer import leading_names, region_of
from govnlp.segment.organ import organ_in_body, organ_in_title, organ_on_page
from govnlp.segment.year import year_in_body, year_in_title

_FILE_END = re.compile(r"\.[A-Za-z]{2,5}$")
_CONTEXT = 8000


class Page(NamedTuple):
    """The parts of a page that say what the report is: titles, best first; the text of the report; what is around it."""

    titles: tuple[str, ...]
    body: str
    around: str


def page_of(document: Document, name: str | None, body: Span, titles: Sequence[Span]) -> Page:
    """The telling parts of a document; `body` is the span of its first printing."""
    text = document.text.value
    printed = [_clean(text[span.start : span.end]) for span in titles if span.start < body.end or span.start >= body.end]
    given = [_clean(one) for one in (document.title, name) if one]
    named = [one for one in given if report_titles(one)]
    best = [*printed[:3], *named, *(one for one in given if one not in named)]
    around = text[: body.start] + "\n" + text[body.end :][-3000:]
    return Page(tuple(dict.fromkeys(best)), text[body.start : body.end], around)


def meta_of(document: Document, page: Page, form: FormName | None, year: int | None) -> Meta:
    """The meta of a report whose form and year are known."""
    organ = organ_of(page)
    context = " ".join(page.titles) + page.around[:2000] + page.body[:_CONTEXT]
    region = region_of(organ, context) if organ else None
    if organ and organ == organ_in_body(page.body) and not _names_organ(page):
        organ = _with_city(organ, region)
    published = published_on(document.published, page.around)
    return Meta(organ=organ, region=region, year=year, form=form, title=_title(page), published=published)


def year_of(page: Page, published: str | None) -> int | None:
    """The report year: of the title, else of the text, else the year before publication."""
    titled = (year for title in page.titles if (year := year_in_title(title)))
    year = next(titled, None) or year_in_body(page.body) or year_in_body(page.around)
    return year or (int(published[:4]) - 1 if published else None)


def organ_of(page: Page) -> str | None:
    """The organ that the page names, its title before its labels before its sentences."""
    titled = (organ for title in page.titles if (organ := organ_in_title(title)))
    return next(titled, None) or organ_on_page(page.around) or organ_in_body(page.body)


def _names_organ(page: Page) -> bool:
    return any(organ_in_title(title) for title in page.titles) or organ_on_page(page.around) is not None


def _with_city(organ: str, region: str | None) -> str:
    """A district that sentences call by its name alone, with its city: 朝阳区 as 长春市朝阳区."""
    names, rest = leading_names(organ)
    if not region or len(names) != 1 or not names[0].endswith("区"):
        return organ
    above = leading_names(region)[0]
    city = above[-2] if len(above) > 1 else ""
    return city + names[0] + rest if city != names[0] else organ


def _title(page: Page) -> str | None:
    return next((one for one in page.titles if report_titles(one)), page.titles[0] if page.titles else None)


def _clean(title: str) -> str:
    return _FILE_END.sub("", title.replace("\n", "").strip(" |\t"))
