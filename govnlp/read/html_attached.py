"""Pages that show the title of a report and hold the report itself in another file: an attachment, a frame."""

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
    tag, place = next(_places(tags), ("", ""))
    return _issue(source, tag, place) if tag else None


def _places(tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The tags that lead to a file, links to documents before frames, each with where it leads."""
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


def _issue(source: str, tag: str, place: str) -> Issue:
    start = max(0, source.find(tag))
    name = place.partition("?")[0].rstrip("/").rpartition("/")[2][-_LONGEST_NAME:] or place[:_LONGEST_NAME]
    return Issue(
        code="attached_report",
        severity="error",
        message=f"the page holds hardly more than a title; the report is another file ({name}). Fetch and read that file.",
        evidence=Evidence(span=Span(0, 0), source_span=Span(start, start + len(tag))),
    )
