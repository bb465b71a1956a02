"""The stage: from a document to its outline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govnlp.schema.document import Document
from govnlp.schema.reading import Outline
from govnlp.schema.report import Issue, Meta, Section
from govnlp.schema.text import Span
from govnlp.segment import sections as build
from govnlp.segment.chain import choose, is_row, outside
from govnlp.segment.dates import published_on
from govnlp.segment.edges import report_titles
from govnlp.segment.form import form_of
from govnlp.segment.headless import SectionJudge, divided
from govnlp.segment.identity import Place, meta_of, page_of, year_of
from govnlp.segment.lines import Candidate, Layout, candidates, layout_of
from govnlp.segment.others import Said, is_other_report, said_by, second_report, set_aside
from govnlp.segment.printings import is_second_printing, split_printings
from govnlp.segment.unread import Held, unread
from govnlp.segment.verdict import Signs, Verdict, judge
from govnlp.segment.zones import Zones, find_zones

_BODY_KINDS = ("overview", "proactive", "applications", "remedies", "fees", "problems", "other", "appendix")


class _Printing(NamedTuple):
    """One report within the file: its headings, its sections, and its title where it has one."""

    headings: Sequence[Candidate]
    sections: Sequence[Section]
    title: str | None

    @property
    def span(self) -> Span:
        return Span(self.sections[0].span.start, self.sections[-1].span.end)


def segment(document: Document, name: str | None = None, judge: SectionJudge | None = None) -> Outline:
    """The outline of a normalised document: what report it is, and its sections, which tile `document.text`.

    `name` is the file's name, a hint for organ and year. Paragraphs that lost their headings are divided by their words,
    and by what `judge` says of them. Issues: `not_a_report` (info), `no_year` (warning),
    `no_organ` (info), `headings_missing` (info), `second_report` (warning), and those of `unread`.

    >>> from govnlp.schema.text import Text
    >>> text = Text("某县水务局2021年政府信息公开工作年度报告\\n一、总体情况\\n2021年,我局公开政府信息30条。")
    >>> outline = segment(Document(text.value, text, text, (), "text"))
    >>> outline.meta.organ, outline.meta.year, [one.kind for one in outline.sections]
    ('某县水务局', 2021, ['header', 'overview'])
    """
    text = document.text.value
    layout, zones = layout_of(document), find_zones(text)
    titles = [one for one in report_titles(text) if not layout.is_link(one.start)]
    starts = [span.start for span in titles]
    found = [one for one in candidates(text, layout) if not is_row(one, zones)]
    chain = choose(outside(found, zones.stat), starts, text)
    printings = _printings(text, chain, titles, layout, zones)
    headed, printings[0] = printings[0], _divided(document, printings[0], zones, judge)
    main = _main(printings, document.title)
    marked, issues = _marked(document, printings, main)
    guessed = _guessed(headed, printings[0])
    return _outline(document, name, _Found(text, layout, titles, zones, printings[main], marked, issues, guessed))


class _Found(NamedTuple):
    """All that was found in a document before its meta is read."""

    text: str
    layout: Layout
    titles: Sequence[Span]
    zones: Zones
    main: _Printing
    sections: Sequence[Section]
    issues: Sequence[Issue]
    # What to tell of a report whose headings are missing.
    guessed: Sequence[Issue]


def _outline(document: Document, name: str | None, found: _Found) -> Outline:
    body = _body_span(found.main)
    own_titles = _own_titles(found)
    page = page_of(document, name, Place(own_titles, body, found.layout))
    kinds = {one.kind for one in found.main.headings if one.kind and one.wording.weight >= 1.5}
    attached = any(one.code == "attached_report" for one in document.issues)
    verdict = judge(
        Signs(found.text, document.title, found.titles, kinds, found.zones, len(document.pictures), attached)
    )
    tiles = build.tiled(found.sections, len(found.text))
    if not verdict.is_report:
        return Outline(Meta(title=document.title), tiles, False, (*found.issues, _not_a_report(verdict)))
    year = year_of(page, published_on(document.published, page.around))
    modern = {one.kind for one in found.main.headings if one.kind and one.wording.official}
    form = form_of(found.text[slice(*found.main.span)], found.zones, year, modern)
    meta = meta_of(document, page, form, year)
    gaps = unread(Held(document, tiles, found.zones, form))
    return Outline(meta, tiles, True, (*found.issues, *found.guessed, *_missing(meta), *gaps))


def _printings(
    text: str, chain: Sequence[Candidate], titles: Sequence[Span], layout: Layout, zones: Zones
) -> list[_Printing]:
    """The reports of the file, in order; one at least, which takes the whole text."""
    runs = split_printings(chain, [span.start for span in titles])
    if not runs:
        return [_Printing((), _headless(text, titles, layout, zones), None)]
    first = runs[0][0].start
    head = build.opening(text, first, titles, layout, runs[0])
    title = _title_before(text, titles, first)
    done: list[_Printing] = []
    for at, run in enumerate(runs):
        after = runs[at + 1][0].start if at + 1 < len(runs) else len(text)
        end, following = build.between(text, run[-1].end, after, titles) if at + 1 < len(runs) else (after, [])
        whole = build.with_tables(text, [*head, *build.headed_sections(text, run, end)], zones)
        done.append(_Printing(run, build.with_footer(text, whole, zones), title))
        head, title = following, following[0].heading if following else None
    return done


def _divided(document: Document, printing: _Printing, zones: Zones, judge: SectionJudge | None) -> _Printing:
    """The printing with its paragraphs that stand under no heading in sections."""
    tables = {zone.start for zone in zones.stat} | {zone.start for _, zone in zones.tables}
    return printing._replace(sections=divided(document, printing.sections, tables, judge))


def _guessed(before: _Printing, after: _Printing) -> list[Issue]:
    """What a user should know where sections were told without headings."""
    if before.sections == after.sections:
        return []
    count = sum(not one.heading for one in after.sections) - sum(not one.heading for one in before.sections)
    message = f"headings are missing: {count + 1} sections were told by the words of their paragraphs"
    return [Issue(code="headings_missing", severity="info", message=message)]


def _title_before(text: str, titles: Sequence[Span], first: int) -> str | None:
    """The title nearest to the first heading, one that names a year before one that names none."""
    before = [text[span.start : span.end] for span in titles if span.start < first][::-1]
    return next((one for one in before if said_by(one, "").year), before[0] if before else None)


def _headless(text: str, titles: Sequence[Span], layout: Layout, zones: Zones) -> list[Section]:
    """The sections of a text without any heading: its title block, its prose, its tables."""
    if not text:
        return []
    parts = build.opening(text, len(text), titles, layout, ()) or [
        Section(kind="boilerplate", heading="", span=Span(0, len(text)))
    ]
    return build.with_footer(text, build.with_tables(text, parts, zones), zones)


def _main(printings: Sequence[_Printing], title: str | None) -> int:
    """Which printing is the report: the one of the year that the page's own title names, else the first."""
    wanted = said_by(title, "").year if title else None
    years = [said_by(one.title, "").year for one in printings]
    return years.index(wanted) if wanted in years and wanted is not None else 0


def _marked(document: Document, printings: Sequence[_Printing], main: int) -> tuple[list[Section], list[Issue]]:
    """The sections of all printings: second printings marked as repeats, other reports set aside."""
    if len(printings) == 1:
        return list(printings[0].sections), []
    text = document.text.value
    own = _said(text, printings[main])
    sections: list[Section] = []
    issues: list[Issue] = []
    for at, one in enumerate(printings):
        other = _said(text, one)
        if at == main:
            sections.extend(one.sections)
        elif is_other_report(own, other):
            sections.extend(set_aside(one.sections))
            issues.append(second_report(other, one.span, document.source_span(one.span)))
        else:
            sections.extend(_repeats(text, one.sections, printings[main].sections))
    return sections, issues


def _repeats(text: str, sections: Sequence[Section], earlier: Sequence[Section]) -> list[Section]:
    return [one.model_copy(update={"repeat": is_second_printing(text, one, earlier)}) for one in sections]


def _said(text: str, printing: _Printing) -> Said:
    return said_by(printing.title, text[slice(*_body_span(printing))])


def _body_span(printing: _Printing) -> Span:
    """From the first section of the report proper to its last."""
    spans = [one.span for one in printing.sections if one.kind in _BODY_KINDS]
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def _own_titles(found: _Found) -> list[Span]:
    """The titles before the first heading that stand in no report that was set aside.

    Without any heading those before the prose, else the first: what follows may be links to other reports.
    """
    starts = [one.span.start for one in found.sections]
    own = [one for one in found.titles if not _is_aside(found.sections[bisect_right(starts, one.start) - 1])]
    headings = found.main.headings
    end = headings[0].start if headings else _body_span(found.main).start
    return [one for one in own if one.start < end] or ([] if headings else own[:1])


def _is_aside(section: Section) -> bool:
    return section.kind == "boilerplate" and bool(section.heading)


def _not_a_report(verdict: Verdict) -> Issue:
    why = f" and it looks like {', '.join(verdict.against)}" if verdict.against else ""
    message = f"the page has too few signs of an annual report of information disclosure (score {verdict.score}){why}"
    return Issue(code="not_a_report", severity="info", message=message)


def _missing(meta: Meta) -> list[Issue]:
    issues = []
    if meta.year is None:
        message = "the report year is printed nowhere; give it by hand before comparing years"
        issues.append(Issue(code="no_year", severity="warning", message=message))
    if meta.organ is None:
        message = "the organ that publishes the report is named nowhere on the page"
        issues.append(Issue(code="no_organ", severity="info", message=message))
    return issues
