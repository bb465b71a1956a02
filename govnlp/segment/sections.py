"""The sections of a document from its headings: they tile the text in order, every character in exactly one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from govnlp.schema.report import Section, SectionKind
from govnlp.schema.text import Span
from govnlp.segment.edges import footer_start, front
from govnlp.segment.lines import Candidate, Layout
from govnlp.segment.zones import Zones


def headed_sections(text: str, printing: Sequence[Candidate], end: int) -> list[Section]:
    """One section a heading, each to the next heading, the last to `end`. A heading of no known kind follows its place."""
    stops = [one.start for one in printing[1:]] + [end]
    sections: list[Section] = []
    fallback: SectionKind = "overview"
    for one, stop in zip(printing, stops, strict=True):
        kind = one.kind or fallback
        fallback = "other" if kind in ("problems", "other") else fallback
        heading = text[one.start : one.end].replace("\n", "").strip(" |\t")
        sections.append(Section(kind=kind, heading=heading, span=Span(one.start, stop)))
    return sections


def with_footer(text: str, sections: Sequence[Section], zones: Zones) -> list[Section]:
    """The lines after the end of the last section cut off as its footer."""
    if not sections:
        return []
    last = sections[-1]
    floor = max(
        [last.span.start + len(last.heading), *(zone.end for zone in _all_zones(zones) if zone.start < last.span.end)]
    )
    cut = footer_start(text, min(floor, last.span.end), last.span.end)
    if cut >= last.span.end or cut <= last.span.start:
        return list(sections)
    heading = text[cut : last.span.end].lstrip(" |\t\n").split("\n", 1)[0].strip(" |\t")
    if not heading:
        return list(sections)
    footer = Section(kind="footer", heading=heading, span=Span(cut, last.span.end))
    return [*sections[:-1], last.model_copy(update={"span": Span(last.span.start, cut)}), footer]


def with_tables(text: str, sections: Sequence[Section], zones: Zones) -> list[Section]:
    """The tables of the forms that lost their heading cut out of the section they stand in.

    A 统计表 opens an appendix that lasts to the next heading. A table of 2019 on becomes a section of its kind where
    its printing has none; the free text after it goes on in the kind of the section before.
    """
    headed = {one.kind for one in sections}
    cuts: list[tuple[SectionKind, Span, bool]] = [("appendix", zone, True) for zone in zones.stat]
    cuts += [(kind, zone, False) for kind, zone in zones.tables if kind not in headed]
    done = list(sections)
    for kind, zone, lasting in sorted(cuts, key=lambda one: one[1]):
        done = [part for section in done for part in _cut(text, section, kind, zone, lasting=lasting)]
    return done


def _cut(text: str, section: Section, kind: SectionKind, zone: Span, *, lasting: bool) -> Iterable[Section]:
    span = section.span
    body = span.start + len(section.heading)
    if not span.start <= zone.start < span.end or section.kind in (kind, "boilerplate"):
        return [section]
    start = zone.start if text[body : zone.start].strip(" \n|\t") or not section.heading else span.start
    end = span.end if lasting else min(zone.end, span.end)
    if not text[end : span.end].strip():
        end = span.end
    heading = section.heading if start == span.start else _table_title(text, zone)
    rest = section.kind if section.kind not in ("header", "footer") else "overview"
    parts = [
        section.model_copy(update={"span": Span(span.start, start)}),
        Section(kind=kind, heading=heading, span=Span(start, end)),
        Section(kind=rest, heading="", span=Span(end, span.end)),
    ]
    return [part for part in parts if part.span.end > part.span.start]


def _table_title(text: str, zone: Span) -> str:
    """The first line of a table where it is the table's title."""
    line = text[zone.start : zone.end].split("\n", 1)[0].strip(" |\t")
    return line if line.endswith(("统计表", "统计表)", "附表")) else ""


def opening(
    text: str, end: int, titles: Sequence[Span], layout: Layout, printing: Sequence[Candidate]
) -> list[Section]:
    """The sections before the first heading of the document."""
    has_overview = any(one.kind in ("overview", None) for one in printing)
    return front(text, end, titles, layout, has_overview=has_overview)


def between(text: str, start: int, end: int, titles: Sequence[Span]) -> tuple[int, list[Section]]:
    """Where a printing ends that another follows, and the title block of that other, between two headings."""
    title = next((one for one in titles if start < one.start < end), None)
    if title is None:
        return end, []
    heading = text[title.start : title.end].strip(" |\t")
    return title.start, [Section(kind="header", heading=heading, span=Span(title.start, end))]


def tiled(sections: Sequence[Section], length: int) -> tuple[Section, ...]:
    """The sections with every gap closed, so that together they cover `[0, length)`."""
    if length == 0:
        return ()
    if not sections:
        return (Section(kind="boilerplate", heading="", span=Span(0, length)),)
    starts = [0, *(one.span.start for one in sections[1:]), length]
    return tuple(
        one.model_copy(update={"span": Span(start, end)})
        for one, (start, end) in zip(sections, pairwise(starts), strict=True)
        if end > start
    )


def _all_zones(zones: Zones) -> list[Span]:
    return [*zones.stat, *(zone for _, zone in zones.tables)]
