"""What a report is: organ, region, year, form, title and date (发布机关、地区、年度), from all that its page says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govnlp.schema.document import Document
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Meta
from govnlp.schema.text import Span
from govnlp.segment.dates import published_on
from govnlp.segment.edges import report_titles
from govnlp.segment.gazetteer import leading_names, region_of
from govnlp.segment.lines import Layout
from govnlp.segment.organ import organ_in_body, organ_in_title, organ_on_page
from govnlp.segment.titles import best_first, clean_title, is_file_name, is_notice, whole_title
from govnlp.segment.year import year_in_body, year_in_title

_CONTEXT = 8000
_MOST_TITLES, _A_LIST = 3, 40
_AFTER = 3000


class Page(NamedTuple):
    """What of a page says what the report is.

    `printed` are titles of the report that the page prints, best first; `titles` the same and the file's name where it
    is such a title; `hints` names that are no titles; `body` the text of the report; `around` the text before and after.
    """

    printed: tuple[str, ...]
    titles: tuple[str, ...]
    hints: tuple[str, ...]
    body: str
    around: str


class Publisher(NamedTuple):
    """An organ, and whether sentences alone name it."""

    organ: str | None
    by_sentences: bool


class Place(NamedTuple):
    """Where on a page its report stands: the titles before its first heading, the span of its body."""

    titles: Sequence[Span]
    body: Span
    layout: Layout


def page_of(document: Document, name: str | None, place: Place) -> Page:
    """The telling parts of a document."""
    text, (start, end) = document.text.value, place.body
    after = text[end:][-_AFTER:]
    given = [clean_title(one) for one in (document.title, name) if one]
    named = [one for one in given if report_titles(one)]
    own = [one for one in named if document.title and one == clean_title(document.title)]
    body = _without_titles(text[start:end])
    year = _first_year(own) or year_in_body(body)
    before = best_first([whole_title(text, one, place.layout) for one in place.titles[-_A_LIST:]], year)[:_MOST_TITLES]
    every = dict.fromkeys([*before, *named, *_attached(after)])
    titles = sorted(every, key=is_notice)
    printed = [one for one in titles if not is_notice(one) and (one not in named or one in (*before, *own))]
    hints = tuple(one for one in given if one not in named)
    return Page(tuple(printed), tuple(titles), hints, body, text[:start] + "\n" + after)


def meta_of(document: Document, page: Page, form: FormName | None, year: int | None) -> Meta:
    """The meta of a report whose form and year are known."""
    publisher = publisher_of(page)
    organ = publisher.organ
    context = " ".join(page.titles) + page.around[:2000] + page.body[:_CONTEXT]
    region = region_of(organ, context) if organ else None
    if organ and publisher.by_sentences:
        organ = _with_city(organ, region)
    published = published_on(document.published, page.around)
    title = next(iter(page.printed), document.title)
    return Meta(organ=organ, region=region, year=year, form=form, title=title, published=published)


def year_of(page: Page, published: str | None) -> int | None:
    """The report year: of the title, else of the text, else of the file's name, else the year before publication."""
    year = _first_year(page.titles) or year_in_body(page.body) or _first_year(page.hints)
    year = year or year_in_body(_without_titles(page.around))
    return year or (int(published[:4]) - 1 if published else None)


def publisher_of(page: Page) -> Publisher:
    """The organ that the page names, its title before its labels before its sentences."""
    titled = (organ for title in (*page.titles, *page.hints) if (organ := organ_in_title(title)))
    organ = next(titled, None) or organ_on_page(page.around)
    return Publisher(organ, False) if organ else Publisher(organ_in_body(page.body), True)


def _first_year(titles: Sequence[str]) -> int | None:
    return next((year for title in titles if (year := year_in_title(title))), None)


def _attached(after: str) -> list[str]:
    """The titles that the attachments after the end bear; links to other reports are none, nor are those of many years."""
    lines = (after[one.start : one.end].strip(" |\t") for one in report_titles(after))
    found = [clean_title(line) for line in lines if is_file_name(line) or line.startswith("附件")]
    return found if len({year_in_title(one) for one in found} - {None}) < 2 else []


def _without_titles(text: str) -> str:
    """A text without the lines that are titles of reports: below a report they are links to others."""
    ends = [0, *(at for one in report_titles(text) for at in one), len(text)]
    return "".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))


def _with_city(organ: str, region: str | None) -> str:
    """A district that sentences call by its name alone, with its city: 朝阳区 as 长春市朝阳区."""
    names, rest = leading_names(organ)
    if not region or len(names) != 1 or not names[0].endswith("区"):
        return organ
    above = leading_names(region)[0]
    city = above[-2] if len(above) > 1 else ""
    return city + names[0] + rest if city != names[0] else organ
