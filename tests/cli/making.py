"""Reports and runs for these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.report import Check, Issue, Meta, Report, Section, Source, Term
from govnlp.schema.text import Span

ROOT = Path(__file__).resolve().parents[2]

SOUND = """云岭县档案局2016年政府信息公开工作年度报告
一、概述
本报告由云岭县档案局编制。
二、主动公开政府信息情况
2016年,我局主动公开政府信息128条。
三、依申请公开政府信息情况
2016年,我局共收到政府信息公开申请3件,均已办结。
四、行政复议和行政诉讼情况
2016年,未发生行政复议和行政诉讼。
"""


def evidence(quote: str, row: str | None = None, column: str | None = None) -> Evidence:
    span = Span(0, len(quote))
    return Evidence(span=span, source_span=span, quote=quote, table=0 if row else None, row=row, column=column)


def sound(name: str = "a.txt") -> Report:
    """A report with nothing wrong."""
    facts = (
        Fact(
            indicator="disclosure.total", value=128, status="reported", method="prose", raw="128", raw_unit="条",
            answer=True, evidence=(evidence("我局主动公开政府信息128条"),), qualifier="about",
        ),
        Fact(
            indicator="applications.new.total", value=3, status="reported", method="table", answer=True,
            evidence=(evidence("3", "收到申请数", "统计数"),),
        ),
        Fact(indicator="capacity.meetings", value=None, status="blank", method="table", answer=True),
        Fact(indicator="fees.information.amount", value=0, status="stated_none", method="prose", answer=True),
        Fact(indicator="disclosure.total", value=99, status="reported", method="prose", period="previous"),
    )  # fmt: skip
    meta = Meta(organ="云岭县档案局", year=2016, form="stat2014")
    section = Section(kind="proactive", heading="二、主动公开政府信息情况", span=Span(0, 3))
    return Report(status="complete", meta=meta, source=Source(name=name), facts=facts, sections=(section,))


def broken(name: str = "b.txt") -> Report:
    """A report whose matrix does not balance, whose text disagrees and of which one cell was not read."""
    cell = evidence("12", "新收申请", "自然人")
    failed = Check(
        id="balance.natural_person", status="failed", difference=1, message="申请办理(自然人): 新收12, 办结11, 差 1",
        left=(Term(indicator="applications.new.natural_person", value=12, evidence=cell),),
        right=(Term(indicator="applications.closed.natural_person", value=11),),
    )  # fmt: skip
    undecided = Check(id="balance.total", status="undecided", message="申请办理(总计): 无法核对")
    facts = (
        Fact(indicator="disclosure.total", value=50, status="reported", method="table", answer=True),
        Fact(indicator="disclosure.total", value=51, status="reported", method="prose"),
        Fact(indicator="applications.new.natural_person", value=12, status="reported", method="table", answer=True),
    )
    issues = (
        Issue(code="unexplained_cell", severity="error", message="the cell '7' fits no label"),
        Issue(code="remark", severity="info", message="only a remark"),
    )
    return Report(
        status="partial", meta=Meta(organ="某局", year=2021), source=Source(name=name), facts=facts,
        checks=(failed, undecided), issues=issues,
    )  # fmt: skip


def govnlp(*arguments: str | Path, cwd: Path | None = None, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command, run for real."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "govnlp", *map(str, arguments)],
        cwd=cwd, input=given, capture_output=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
