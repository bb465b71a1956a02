"""The commands on reports of known content: what is printed and how they end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from govnlp.cli import app
from govnlp.errors import SourceError
from govnlp.schema.report import Report
from tests.cli.making import broken, sound

REPORTS = {
    "good.txt": sound("good.txt"),
    "bad.txt": broken("bad.txt"),
    "other.txt": Report(status="not_a_report"),
    "cut.txt": Report(status="failed"),
}


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Documents are known by their names; they need not exist."""

    def fake(source: str, _bounds: object) -> Report:
        name = Path(source).name
        if name == "fault.txt":
            raise RuntimeError("a fault\nof two lines")
        if name not in REPORTS:
            raise SourceError(f"{source} does not exist; check the name.")
        return REPORTS[name]

    monkeypatch.setattr("govnlp.cli.reading._report", fake)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_version():
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, "govnlp 0.1.0\n")


@pytest.mark.parametrize(
    ("name", "code"), [("good.txt", 0), ("bad.txt", 1), ("other.txt", 1), ("cut.txt", 1), ("missing.txt", 1)]
)
@pytest.mark.parametrize("command", ["extract", "check"])
def test_exit_codes(command: str, name: str, code: int):
    assert run(command, name).exit_code == code
    assert run(command, "good.txt", name).exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [(), ("extract",), ("check",), ("extract", "--colour", "x"), ("nonsense",), ("extract", "x", "--format", "xml"),
     ("extract", "good.txt", "-o", "out", "--format", "csv")],
)  # fmt: skip
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]):
    assert run(*arguments).exit_code == 2


def test_o_that_is_a_file_is_wrong_usage_and_is_told(tmp_path: Path):
    (tmp_path / "out").write_text("mine")
    done = run("extract", "good.txt", "-o", "out")
    assert done.exit_code == 2
    assert "out is a file" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_one_document_in_a_pipe_is_one_object():
    assert Report.from_json(run("extract", "good.txt").stdout) == sound("good.txt")


def test_many_documents_in_a_pipe_are_lines():
    lines = run("extract", "good.txt", "bad.txt").stdout.splitlines()
    assert [Report.from_json(line) for line in lines] == [sound("good.txt"), broken("bad.txt")]


def test_a_folder_of_one_document_is_lines_too(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").touch()
    assert len(run("extract", "in").stdout.splitlines()) == 1


def test_json_of_many_is_an_array_and_of_none_an_empty_one():
    assert [one["status"] for one in json.loads(run("extract", "good.txt", "bad.txt", "--format", "json").stdout)] == [
        "complete", "partial",
    ]  # fmt: skip
    assert json.loads(run("extract", "no.txt", "nor.txt", "--format", "json").stdout) == []


def test_csv_has_the_rows_of_every_report():
    rows = list(csv.DictReader(io.StringIO(run("extract", "good.txt", "bad.txt", "--format", "csv").stdout)))
    assert [row["source"] for row in rows] == ["good.txt"] * 5 + ["bad.txt"] * 3
    assert rows[0]["value"] == "128"


def test_the_page_shows_what_is_answered_and_what_is_wrong():
    page = run("extract", "good.txt", "--format", "table").stdout
    for part in ("云岭县档案局", "2016", "stat2014", "complete", "二、主动公开政府信息情况", "disclosure.total",
                 "主动公开政府信息数", "≈128", "条", "reported, about", "「我局主动公开政府信息128条」",
                 "table 1: 收到申请数 | 统计数", "blank", "0 (none)", "stated_none", "1 more"):  # fmt: skip
        assert part in page, part
    page = run("extract", "bad.txt", "--format", "table").stdout
    assert "✗ balance.natural_person  申请办理(自然人): 新收12, 办结11, 差 1" in page
    assert "! unexplained_cell: the cell '7' fits no label" in page
    assert "only a remark" not in page
    assert "申请办理(总计)" not in page


def test_the_page_gives_the_terminal_no_orders_of_the_document(monkeypatch: pytest.MonkeyPatch):
    meta = sound().meta.model_copy(update={"organ": "\x1b]0;x\x07[red]局[/red]\u202e\udcff"})
    monkeypatch.setitem(REPORTS, "good.txt", sound().model_copy(update={"meta": meta}))
    page = run("extract", "good.txt", "--format", "table").stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(page)
    assert "[red]局[/red]" in page


def test_a_folder_of_results(tmp_path: Path):
    done = run("extract", "good.txt", "bad.txt", "missing.txt", "-o", "deep/out")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert sorted(path.name for path in (tmp_path / "deep" / "out").iterdir()) == ["bad.json", "good.json"]
    assert Report.from_json((tmp_path / "deep" / "out" / "good.json").read_text("utf-8")) == sound("good.txt")
    lines = done.stderr.splitlines()
    assert lines[0] == "missing.txt does not exist; check the name."
    assert lines[-1] == "3 documents: 1 complete, 1 partial, 1 unreadable; 1 with failed checks -> deep/out"


def test_one_stem_twice_is_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(REPORTS, "good.html", broken("good.html"))
    assert run("extract", "good.txt", "good.html", "-o", "out").exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["good.html.json", "good.txt.json"]


def test_a_fault_of_our_own_is_one_line_and_the_rest_is_read():
    done = run("extract", "fault.txt", "good.txt")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == "fault.txt: govnlp failed on this file (RuntimeError: a fault); please report it\n"


def test_check_lists_what_fails_with_its_cells():
    done = run("check", "bad.txt")
    assert "1 of 2 checks fail" in done.stdout.splitlines()[0]
    assert "✗ balance.natural_person" in done.stdout
    assert "applications.new.natural_person (新收) = 12  table 1: 新收申请 | 自然人" in done.stdout
    assert "disclosure.total  50 in table" in done.stdout
    assert "unexplained_cell" in done.stdout
    assert "无法核对" not in done.stdout
    assert "only a remark" not in done.stdout


def test_check_all_lists_what_could_not_be_decided_too():
    done = run("check", "bad.txt", "--all")
    assert "? balance.total  申请办理(总计): 无法核对" in done.stdout
    assert "only a remark" in done.stdout


def test_check_of_a_sound_report_is_one_line():
    assert len(run("check", "good.txt").stdout.splitlines()) == 1


def test_check_as_json():
    found = json.loads(run("check", "bad.txt", "--format", "json").stdout)
    assert [one["id"] for one in found["failed"]] == ["balance.natural_person"]
    assert found["failed"][0]["left"][0]["evidence"]["column"] == "自然人"
    assert [one["indicator"] for one in found["conflicts"]] == ["disclosure.total"]
    assert found["undecided"] == []
    lines = run("check", "bad.txt", "good.txt", "--all", "--format", "json").stdout.splitlines()
    assert [len(json.loads(line)["undecided"]) for line in lines] == [1, 0]
