"""The audit as one page of HTML: self-contained, in Chinese with English beneath, made to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import NamedTuple

from govnlp.audit.findings import Exhibit, Finding, Words
from govnlp.schema.facts import plain
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import applicants, indicators
from govnlp.schema.report import Issue, Report, Severity
from govnlp.version import __version__

_SEVERITIES: dict[Severity, Words] = {
    "error": Words(zh="错误", en="Errors"),
    "warning": Words(zh="提醒", en="Warnings"),
    "info": Words(zh="提示", en="Remarks"),
}
_MOST_EXHIBITS = 30
_QUOTE = 160


class Audited(NamedTuple):
    """A report and what was found about it."""

    report: Report
    findings: tuple[Finding, ...]


def page(audited: Sequence[Audited]) -> str:
    """The page; with several reports a table of contents stands before them.

    >>> page([Audited(Report(status="complete"), ())]).startswith("<!doctype html>")
    True
    """
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    title = "政府信息公开工作年度报告核查"
    contents = _contents(audited) if len(audited) > 1 else ""
    reports = "".join(_report(one, number) for number, one in enumerate(audited, 1))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>\n{style}</style></head>\n<body>\n'
        f'<h1>{title}</h1><p class="meta" lang="en">Audit of annual reports on information disclosure before they are'
        f" published</p>\n{contents}{reports}"
        f"<footer>govnlp {escape(__version__)} · 系统只提示、不改数，以机关台账为准。"
        f'<span lang="en">Findings are hints; the printed figures were left as they stand.</span></footer>\n'
        f"</body></html>\n"
    )


def _contents(audited: Sequence[Audited]) -> str:
    rows = "".join(
        f'<tr><td><a href="#r{number}">{escape(_name(one.report))}</a></td>'
        + "".join(f'<td class="figure {level}"><b>{_count(one, level) or "–"}</b></td>' for level in _SEVERITIES)
        + f"<td>{_status(one.report)}</td></tr>"
        for number, one in enumerate(audited, 1)
    )
    heads = "".join(f'<th class="figure">{words.zh}</th>' for words in _SEVERITIES.values())
    return f'<table class="contents"><thead><tr><th>报告</th>{heads}<th>读取</th></tr></thead><tbody>{rows}</tbody></table>\n'


def _report(one: Audited, number: int) -> str:
    groups = "".join(_group(one, level) for level in _SEVERITIES)
    return (
        f'<section class="report" id="r{number}"><h2>{escape(_name(one.report))}</h2>'
        f'<p class="meta">{_about(one.report)}</p>{_tally(one)}{groups}{_reading(one.report)}</section>\n'
    )


def _name(report: Report) -> str:
    meta = report.meta
    named = f"{meta.organ or ''}{f'{meta.year}年度报告' if meta.year else ''}"
    return named or meta.title or report.source.name or "未命名的文件"


def _about(report: Report) -> str:
    meta = report.meta
    parts = (report.source.name, meta.title, f"公布日期 {meta.published}" if meta.published else None)
    return " · ".join(escape(part) for part in parts if part)


def _status(report: Report) -> str:
    return {"complete": "完整", "partial": "部分未读", "not_a_report": "不是年度报告", "failed": "无法读取"}[
        report.status
    ]


def _count(one: Audited, level: Severity) -> int:
    return sum(found.severity == level for found in one.findings)


def _tally(one: Audited) -> str:
    counts = "".join(
        f'<li class="{level}"><b>{_count(one, level)}</b> {words.zh} <span lang="en">{words.en.lower()}</span></li>'
        for level, words in _SEVERITIES.items()
    )
    tried = [check for check in one.report.checks if check.status != "undecided"]
    held = sum(check.status == "passed" for check in tried)
    sums = f'<li class="good"><b>{held}</b>/{len(tried)} 项核对相符 <span lang="en">checks hold</span></li>'
    return f'<ul class="tally">{counts}{sums}<li>读取：{_status(one.report)}</li></ul>'


def _group(one: Audited, level: Severity) -> str:
    found = [finding for finding in one.findings if finding.severity == level]
    if not found:
        return ""
    words = _SEVERITIES[level]
    return f'<h3>{words.zh} <span lang="en">{words.en}</span></h3>' + "".join(map(_finding, found))


def _finding(one: Finding) -> str:
    basis = f'<p class="basis">依据：{escape(one.basis)}</p>' if one.basis else ""
    return (
        f'<article class="finding {one.severity}"><div class="head">'
        f'<span class="badge {one.severity}">{_SEVERITIES[one.severity].zh}</span>'
        f'<strong>{escape(one.title.zh)}</strong><span lang="en">{escape(one.title.en)}</span>'
        f"<code>{escape(one.id)}</code></div>"
        f"{_both(one.message)}{_suspect(one)}{_exhibits(one)}"
        f'<div class="advice">{escape(one.advice.zh)} <span lang="en">{escape(one.advice.en)}</span></div>{basis}'
        f"</article>\n"
    )


def _both(words: Words) -> str:
    return f'<p>{escape(words.zh)}</p><p lang="en">{escape(words.en)}</p>'


def _suspect(one: Finding) -> str:
    if one.suspect is None or one.suggested is None:
        return ""
    cell = escape(exhibit_name(one.suspect))
    return (
        f'<p class="suspect">最可能填错的一格：<b>{cell}</b>，印为 {_printed(one.suspect)}，若为 <b>{plain(one.suggested)}</b> '
        f'则相符 <span lang="en">most likely wrong: this cell</span></p>'
    )


def _exhibits(one: Finding) -> str:
    """A table of places: a column of figures where there are any, a column of sentences where there are any."""
    shown = one.exhibits[:_MOST_EXHIBITS]
    if not shown:
        return ""
    figures, quotes = any(exhibit.indicator for exhibit in shown), any(_quote(exhibit) for exhibit in shown)
    rows = "".join(_row(exhibit, figures=figures, quotes=quotes) for exhibit in shown)
    more = len(one.exhibits) - len(shown)
    rest = f'<p class="meta">另有{more}处 <span lang="en">and {more} more</span></p>' if more else ""
    head = "<th>位置</th>" + '<th class="figure">印为</th>' * figures + "<th>原文</th>" * quotes
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{rest}'


def _row(one: Exhibit, *, figures: bool, quotes: bool) -> str:
    when = "上年报告 · " if one.last_year else ""
    cells = [f"<td>{when}{escape(exhibit_name(one))}</td>"]
    if figures:
        cells.append(f'<td class="figure">{_printed(one) if one.indicator else ""}</td>')
    if quotes:
        cells.append(f"<td>{_quote(one)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def exhibit_name(one: Exhibit) -> str:
    """Where an exhibit stands, in Chinese: page, table, row and column, or what the figure is.

    >>> exhibit_name(Exhibit(indicator="applications.new.total"))
    '新收(总计)'
    """
    place = one.evidence
    page = f"第{place.page}页 " if place and place.page else ""
    if place is not None and place.table is not None:
        labels = " | ".join(label for label in (place.row, place.column) if label)
        return f"{page}表{place.table + 1}：{labels}"
    if one.indicator is None:
        return f"{page}正文"
    applicant = indicators()[one.indicator].applicant
    return f"{page}{short_name(one.indicator)}" + (f"({applicants()[applicant]})" if applicant else "")


def _printed(one: Exhibit) -> str:
    if one.value is None:
        return '<span class="blank">空白</span>'
    return escape(one.printed or str(plain(one.value)))


def _quote(one: Exhibit) -> str:
    """The sentence with its figure marked; of a cell nothing but the figure is there to quote."""
    if one.evidence is not None and one.evidence.table is not None:
        return ""
    flat = " ".join(one.quote.split())
    cut = flat if len(flat) <= _QUOTE else flat[: _QUOTE - 1] + "…"
    before, found, after = cut.partition(one.printed) if one.printed else (cut, "", "")
    marked = f"<mark>{escape(found)}</mark>" if found else ""
    return f"「{escape(before)}{marked}{escape(after)}」" if cut else ""


def _reading(report: Report) -> str:
    """What could not be read: there a finding may be the reader's fault, or be missing."""
    told = [issue for issue in report.issues if issue.severity != "info"]
    if not told:
        return ""
    return (
        '<h3>读取说明 <span lang="en">What could not be read</span></h3>'
        f'<ul class="reading">{"".join(_items(told))}</ul>'
    )


def _items(issues: Sequence[Issue]) -> Iterator[str]:
    for issue in issues:
        yield f'<li lang="en">{escape(issue.message)} <code>{escape(issue.code)}</code></li>'


def severity_name(level: Severity) -> str:
    """A severity in Chinese."""
    return _SEVERITIES[level].zh
