"""What a report should show and its file does not hold: tables that are pictures, headings whose table is gone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govnlp.schema.document import Document, Paragraph, Picture
from govnlp.schema.facts import Evidence
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Issue, Section, SectionKind
from govnlp.schema.text import Span
from govnlp.segment.wordings import read_heading
from govnlp.segment.zones import TABLE_KINDS, Zones

_MOST_NAMED = 3
# What a section of an older form says in sentences; its pictures are charts of that.
_SAID = re.compile(r"\d\s*(?:余|多)?[万亿]?[条件次个篇期人元份项起宗例部场家批种册户]|[未无]|没有|不存在|为零")
_NUMBER = re.compile(r"^[一二三四五六七八九十\d()、.\s]{1,8}")
# Lines that stand above or below a table and say nothing without it.
_CAPTION = re.compile(
    r"[^\n。]{0,40}(?:[:：]|如下|下表|附表|见表|一览表|统计表)[。]?$|[(]?单位[:：].{0,12}$|表\d?$|20\d\d年度?$"
)
_AROUND: tuple[SectionKind, ...] = ("header", "footer", "boilerplate")
_BLANK = " \t|\u3000()()[]*_-—"


class Held(NamedTuple):
    """What is known of a document when its gaps are looked for."""

    document: Document
    sections: Sequence[Section]
    zones: Zones
    form: FormName | None


def unread(held: Held) -> list[Issue]:
    """The issues `picture_not_read` (error), `picture_passed_over` (info) and `section_without_table` (warning).

    >>> from govnlp.schema.text import Text
    >>> text = "二、主动公开政府信息情况\\n三、收到和处理政府信息公开申请情况\\n无。"
    >>> parts = (Section(kind="proactive", heading="二、主动公开政府信息情况", span=Span(0, 13)),)
    >>> found = unread(Held(Document(text, Text(text), Text(text), (), "text"), parts, Zones((), ()), "art50v2"))
    >>> [one.code for one in found]
    ['section_without_table']
    """
    shown = _by_section(held)
    lost = {at for at, pictures in shown.items() if pictures and _needs_table(held, held.sections[at])}
    issues = [_not_read(held, held.sections[at], shown[at]) for at in sorted(lost)]
    passed = [picture for at, pictures in sorted(shown.items()) if at not in lost for picture in pictures]
    issues += [_passed_over(held.document, passed)] if passed else []
    return [*issues, *_standing_alone(held, lost)]


def _by_section(held: Held) -> dict[int, list[Picture]]:
    """The pictures by the section (its place in the outline) in which they stand."""
    starts = [one.span.start for one in held.sections]
    found: dict[int, list[Picture]] = {}
    for picture in held.document.pictures if starts else ():
        # A picture stands at the end of what was printed before it.
        found.setdefault(max(0, bisect_left(starts, picture.span.start) - 1), []).append(picture)
    return found


def _needs_table(held: Held, section: Section) -> bool:
    """Whether a picture in a section must be its table: the form has one there, and the file has none.

    Where the file has no section of a report at all, its pictures are the report.
    """
    if section.repeat or _has_table(held, section):
        return False
    if all(one.kind in _AROUND for one in held.sections):
        return section.kind != "footer"
    if section.kind == "appendix" or (section.kind in TABLE_KINDS and _is_modern(held)):
        return True
    return section.kind in TABLE_KINDS and not _SAID.search(_body(held.document, section))


def _is_modern(held: Held) -> bool:
    return held.form in ("art50v1", "art50v2")


def _has_table(held: Held, section: Section) -> bool:
    """Whether a table stands in the section, or that of its kind elsewhere."""
    if section.kind in held.zones.kinds or (section.kind == "appendix" and held.zones.stat):
        return True
    return any(
        section.span.start <= block.span.start < section.span.end
        for block in held.document.blocks
        if not isinstance(block, Paragraph)
    )


def _standing_alone(held: Held, lost: set[int]) -> Iterator[Issue]:
    """Headings of the official forms with neither table nor sentence below them."""
    for at, section in enumerate(held.sections):
        if at in lost or section.kind not in TABLE_KINDS or section.repeat or not _is_official(section):
            continue
        if not _has_table(held, section) and _is_empty(_body(held.document, section)):
            yield _without_table(held.document, section)


def _is_official(section: Section) -> bool:
    wording = read_heading(_NUMBER.sub("", section.heading))
    return wording is not None and wording.official


def _body(document: Document, section: Section) -> str:
    """What stands below the heading of a section."""
    text = document.cut(section.span).lstrip(" \t|\n")
    return text.partition("\n")[2] if text[:8] == section.heading[:8] else text


def _is_empty(body: str) -> bool:
    lines = (line.strip(_BLANK) for line in body.split("\n"))
    return all(not line or _CAPTION.match(line) for line in lines)


def _not_read(held: Held, section: Section, pictures: Sequence[Picture]) -> Issue:
    name = section.heading or _NAMES.get(section.kind, section.kind)
    what = "the report" if section.kind in _AROUND else "its table"
    message = (
        f"{name}: {what} is a picture ({_named(pictures)}) and was not read. Keep the picture beside the page and install "
        "govnlp[ocr], or type the table in."
    )
    evidence = _evidence(held.document, pictures[0].span)
    return Issue(code="picture_not_read", severity="error", message=message, evidence=evidence)


def _passed_over(document: Document, pictures: Sequence[Picture]) -> Issue:
    message = f"{len(pictures)} pictures were passed over ({_named(pictures)}); no table of the form is missing there."
    return Issue(
        code="picture_passed_over", severity="info", message=message, evidence=_evidence(document, pictures[0].span)
    )


def _without_table(document: Document, section: Section) -> Issue:
    message = f"{section.heading}: the heading stands alone; its table was not in the file. Compare with the page."
    return Issue(
        code="section_without_table", severity="warning", message=message, evidence=_evidence(document, section.span)
    )


_NAMES: dict[SectionKind, str] = {
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "remedies": "行政复议、行政诉讼情况",
    "appendix": "附表",
}


def _named(pictures: Sequence[Picture]) -> str:
    """The names of the first files, and how many more there are."""
    names = ", ".join(one.name for one in pictures[:_MOST_NAMED])
    return names + (f" and {len(pictures) - _MOST_NAMED} more" if len(pictures) > _MOST_NAMED else "")


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(span=span, source_span=document.source_span(span), quote=document.cut(span).strip()[:80])
