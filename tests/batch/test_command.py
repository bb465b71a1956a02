from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from govnlp.batch.status import Status, Summary
from govnlp.cli import app
from govnlp.cli.batch import closing_lines, progress_line
from tests.batch.making import folder


def test_a_batch_from_the_command_line(tmp_path: Path):
    archive = folder(tmp_path / "a", 2, page_css="x")
    run = CliRunner().invoke(
        app, ["batch", str(archive), "-o", str(tmp_path / "out"), "--workers", "1", "--format", "csv"]
    )
    assert run.exit_code == 0, run.output
    assert "2 read; left out: 1 .css" in run.stderr
    assert (tmp_path / "out" / "facts.csv").exists()
    (archive / "empty.html").write_text("")
    run = CliRunner().invoke(app, ["batch", str(archive), "-o", str(tmp_path / "out"), "--workers", "1"])
    assert run.exit_code == 1
    assert "1 not read, see failures.jsonl" in run.stderr


def test_wrong_usage_is_one_line_and_status_two(tmp_path: Path):
    for arguments in (
        ["nothing-here", "-o", str(tmp_path / "out")],
        [str(tmp_path), "-o", str(tmp_path / "out"), "--model", "no_such_model"],
        [str(tmp_path)],
        [str(tmp_path), "-o", str(tmp_path / "out"), "--again", "never"],
    ):
        run = CliRunner().invoke(app, ["batch", *arguments])
        assert run.exit_code == 2
        assert "Traceback" not in run.output


def test_lines_of_progress_and_of_the_end(tmp_path: Path):
    status = Status(found=30, known=5, duplicates=3, passed=50, total=100)
    status.read.update({"complete": 20, "failed": 2})
    status.started -= 10
    assert progress_line(status) == "22 read (20 complete, 2 failed), 5 known, 3 duplicates, 2 a second, 10 s left"
    status.work = "writing"
    assert progress_line(status) == "22 read; writing the tables"
    status.left_out[".css"] = 4
    lines = closing_lines(Summary(tmp_path, status, {"complete": 25}, failures=2, others=7, finished=False))
    assert lines[0] == "30 sources: 22 read, 5 known, 3 duplicates; left out: 4 .css"
    assert "--again failed" in lines[2]
    assert "--again version" in lines[3]
    assert "interrupted" in lines[4]
