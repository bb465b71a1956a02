"""Pages that hold a report, or the tables of it, in another file: an attachment, a frame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govnlp.read.html_source import attributes
from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue
from govnlp.schema.text import Span

_TITLE = re.compile(r"(?:信息|政务)公开.{0,8}(?:报告|年报|总结)")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|rtf)(?:$|[?#&])", re.I)
_SAID = re.compile(r"公开|申请|条例")
_SENTENCE = 40  # characters; a page that has one such sentence of the subject holds a report, or its beginning
_MOST_TITLES = 3  # more of them are a list of reports
_SOURCES = {"a": ("href",), "iframe": ("src",), "embed": ("src",), "object": ("data",)}
_OPENS = re.compile(r"<(a|iframe|embed|object)[\s/]", re.I)
_END_OF_TAG = re.compile(r">|\Z")
_LONGEST_NAME = 80
_LONGEST_LINK = 400  # characters of markup
_TAG = re.compile(r"<[^>]*+>")
_TABLE = re.compile(r"统计表|情况表|附表|统计报表|数据表")
_BOTH = re.compile(r"(?:报告|年报)(?:及|和|与|、|暨)")  # the report and its table in one file


def attached_report(source: str, tags: Sequence[str], title: str | None, printed: str) -> Issue | None:
    """The issue `attached_report` (error) where a page is the title of a report and a link to its file.

    `tags` are the tags of `source`, `printed` what the page shows.

    >>> tag = '<a href="/files/nb2016.pdf">'
    >>> issue = attached_report(tag, [tag], None, "某县2016年政府信息公开工作年度报告")
    >>> issue.code if issue else None
    'attached_report'
    """
    lines = [line.strip() for line in printed.split("\n")]
    titles = {line for line in lines if _TITLE.search(line)}
    if len(titles) > _MOST_TITLES or not (titles or (title and _TITLE.search(title))):
        return None
    if any(len(line) >= _SENTENCE and "。" in line and _SAID.search(line) for line in lines):
        return None
    tag, place = next(places(tags), ("", ""))
    return _issue(source, tag, place) if tag else None


def places(tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The tags that lead to a file, links to documents before frames, each with where it leads.

    >>> list(places(['<iframe src="b.html">', '<a href="a.pdf?v=1">']))
    [('<a href="a.pdf?v=1">', 'a.pdf?v=1'), ('<iframe src="b.html">', 'b.html')]
    """
    frames = []
    for tag in tags:
        match = _OPENS.match(tag)
        if match is None:
            continue
        end = _END_OF_TAG.search(tag)
        given = attributes(tag[: end.start() if end else len(tag)])
        place = next((given[name] for name in _SOURCES[match[1].lower()] if given.get(name)), "").strip()
        if _FILE.search(place):
            yield tag, place
        elif match[1].lower() != "a" and place and not place.startswith(("about:", "javascript:", "#")):
            frames.append((tag, place))
    yield from frames


def attached_table(source: str, tags: Sequence[str]) -> Issue | None:
    """The issue `attached_table` (error) where a page without any table links to one (附件:…统计表).

    >>> tag = '<a href="/files/t.xls">'
    >>> issue = attached_table(f"<p>附件:{tag}2016年政府信息公开情况统计表</a>", ["<p>", tag])
    >>> issue.code if issue else None
    'attached_table'
    """
    tag, place = next(table_places(source, tags), ("", ""))
    return _issue(source, tag, place, "attached_table") if tag else None


def table_places(source: str, tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The links to files that are called a table of figures, each tag with where it leads.

    >>> list(table_places('<a href="a.doc">申请表</a>', ['<a href="a.doc">']))
    []
    """
    for tag, place in places(tags):
        if _FILE.search(place):
            after = source.find(tag) + len(tag)
            called = _TAG.sub("", source[after : after + _LONGEST_LINK].lower().partition("</a")[0])
            if _TABLE.search(called) and not _BOTH.search(called):
                yield tag, place


def _issue(source: str, tag: str, place: str, code: str = "attached_report") -> Issue:
    start = max(0, source.find(tag))
    name = place.partition("?")[0].rstrip("/").rpartition("/")[2][-_LONGEST_NAME:] or place[:_LONGEST_NAME]
    return Issue(
        code=code,
        severity="error",
        message=_MESSAGES[code].format(name=name),
        evidence=Evidence(span=Span(0, 0), source_span=Span(start, start + len(tag))),
    )


_MESSAGES = {
    "attached_report": "the page holds hardly more than a title; the report is another file ({name}). Fetch and read that file.",
    "attached_table": "the page has no table and leads to one in another file ({name}), which was not read. Keep it beside the page.",
}
