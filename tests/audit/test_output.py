"""The page, the log, the lines and the command."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from govnlp.audit import audit, rules
from govnlp.audit.page import Audited, page
from govnlp.cli import app
from govnlp.cli.positions import positions
from govnlp.schema.report import Report
from govnlp.schema.text import Span
from tests.audit.making import printed, read, said
from tests.render import html
from tests.render.catalogue import page as form

ROOT = Path(__file__).parents[2]
BROKEN = "tests/golden/county-2022-broken.html"
CLEAN = "corpora/samples/county-2021.html"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


class _Tags(HTMLParser):
    """Tags that are open, and everything that would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.loaded += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _parsed(markup: str) -> _Tags:
    tags = _Tags()
    tags.feed(markup)
    assert tags.open == []
    return tags


def test_the_page_stands_alone_and_shows_text_as_text():
    evil = "<script>alert(1)</script><img src=x>2022年收到政府信息公开申请7件。"
    report = read("art50v2", said(evil))
    meta = report.meta.model_copy(update={"organ": "<b>局</b>", "title": '"><script>x'})
    report = report.model_copy(update={"meta": meta})
    tags = _parsed(page([Audited(report, audit(report))]))
    assert (tags.scripts, tags.loaded) == (0, [])
    assert "url(" not in page([])
    assert "&lt;b&gt;局" in page([Audited(report, ())])


def test_the_page_shows_findings_with_cells_and_the_sentence():
    report = read("art50v2", said("2022年收到政府信息公开申请7件。"), printed(remedies__review__total="40000"))
    shown = page([Audited(report, audit(report))])
    for part in ("勾稽关系不成立", "A sum does not hold", "表3：行政复议 | 总计", "收到政府信息公开申请<mark>7件</mark>",
                 "sum:remedies.review", "依据："):  # fmt: skip
        assert part in shown, part


def test_the_page_of_several_reports_has_contents():
    reports = [Audited(read(), ()), Audited(Report(status="not_a_report"), ())]
    shown = page(reports)
    assert 'href="#r2"' in shown
    assert 'id="r2"' in shown
    _parsed(shown)


def test_lines():
    lines = run(BROKEN, "--format", "lines").stdout.splitlines()
    assert all(re.match(rf"{re.escape(BROKEN)}:\d+:\d+: (?:error|warning): .+ \[[a-z_]+\]$", line) for line in lines)
    source = Path(BROKEN).read_text("utf-8").splitlines()
    _, line, column, *_ = next(one for one in lines if "[sum]" in one and "行政复议" in one).split(":")
    assert source[int(line) - 1][int(column) - 1] == "2"


def test_standard_input_and_another_text_have_no_positions():
    done = CliRunner().invoke(app, ["check", "-", "--format", "lines"], input=Path(BROKEN).read_bytes())
    assert done.stdout.splitlines()[0].startswith("stdin:1:1: error:")
    assert positions(BROKEN, "another text").of(Span(3, 4)) is None
    assert positions("none.html", "").of(Span(3, 4)) is None


def test_lines_in_english():
    assert "difference 1 [sum]" in run(BROKEN, "--format", "lines", "--language", "en").stdout


def test_sarif():
    log = json.loads(run(BROKEN, CLEAN, "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    names = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert len(names) == len(set(names))
    for result in one["results"]:
        assert names[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == BROKEN
        assert place["region"]["startLine"] >= 1
        assert result["partialFingerprints"]["govnlpFinding/v1"].startswith(result["ruleId"])
    assert {"sum"} <= set(names)


def test_what_was_not_read_is_told_in_lines_and_in_the_log():
    pictured = "tests/golden/city-2021-pictures.html"
    assert "[picture_not_read]" in run(pictured, "--format", "lines").stdout
    (one,) = json.loads(run(pictured, "--format", "sarif").stdout)["runs"]
    notes = one["invocations"][0]["toolExecutionNotifications"]
    assert {note["descriptor"]["id"] for note in notes} == {"picture_not_read"}


def test_json_has_the_findings():
    found = json.loads(run(BROKEN, "--format", "json").stdout)
    assert [one["id"] for one in found["findings"] if one["rule"] == "sum"]
    assert found["findings"][0]["message"].keys() == {"zh", "en"}


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", "<!doctype"), ("a.json", "{"), ("a.sarif", "{"), ("a.txt", BROKEN)]
)
def test_the_suffix_says_the_format(name: str, start: str, tmp_path: Path):
    done = run(BROKEN, "-o", tmp_path / name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_the_table_lists_other_findings_with_what_to_do(tmp_path: Path):
    path = tmp_path / "report.html"
    path.write_bytes(
        (html.plain(printed(remedies__review__other="")(form("art50v2", Random(1))), Random(0)).data) or b""
    )
    shown = run(path).stdout
    assert "提醒 blank_cells" in shown
    assert "→" in shown
    assert "warning blank_cells" in run(path, "--language", "en").stdout


def test_last_year_on_the_command_line(tmp_path: Path):
    shown = run(BROKEN, "--last-year", CLEAN).stdout
    assert "carried_over" in shown or "in_force" in shown
    assert run(BROKEN, CLEAN, "--last-year", CLEAN).exit_code == 2
    assert run(BROKEN, "--last-year", tmp_path / "none.html").exit_code == 2
    assert run(BROKEN, "-o", tmp_path / "x.pdf").exit_code == 2
    assert run(CLEAN, "--format", "html", "-o", tmp_path / "no" / "x.html").exit_code == 1


def test_errors_decide_the_exit_code():
    assert run(CLEAN).exit_code == 0
    assert run(BROKEN).exit_code == 1


def test_every_rule_is_used_and_every_rule_used_is_there():
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "govnlp" / "audit").glob("*.py"))
    used = set(re.findall(r'"([a-z_]+)"', sources))
    assert rules().keys() <= used, rules().keys() - used
    for rule in rules().values():
        assert all((rule.title.zh, rule.title.en, rule.advice.zh, rule.advice.en)), rule.id


def test_the_page_of_the_documentation_lists_every_rule():
    text = (ROOT / "docs" / "audit.md").read_text("utf-8")
    for rule in rules().values():
        assert f"| `{rule.id}` | {rule.severity} | {rule.title.zh} | {rule.title.en} |" in text
