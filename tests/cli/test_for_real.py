"""The command as users run it: another process, real files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from govnlp.schema.report import Report
from tests.cli.making import ROOT, SOUND, govnlp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seed.txt").write_text(SOUND, encoding="utf-8")
    return tmp_path


def report(data: bytes) -> Report:
    return Report.from_json(data)


def test_a_file_in_a_pipe(folder: Path):
    done = govnlp("extract", "seed.txt", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    one = report(done.stdout)
    assert one.status == "complete"
    assert one.source.name == "seed.txt"
    assert one.value("applications.new.total") == 3
    assert [fact["answer"] for fact in json.loads(done.stdout)["facts"]].count(True) == len(one.answers)


def test_standard_input(folder: Path):
    done = govnlp("extract", "-", given=SOUND.encode("gb18030"))
    assert report(done.stdout).value("applications.new.total") == 3
    govnlp("extract", "-", "-o", folder / "out", given=SOUND.encode())
    assert (folder / "out" / "stdin.json").is_file()


def test_a_folder_with_bad_files_among_the_good(folder: Path):
    (folder / "empty.txt").touch()
    (folder / "picture.html").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8)
    done = govnlp("extract", folder, folder / "missing.txt", "-o", folder / "out")
    assert done.returncode == 1
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["empty.json", "picture.json", "seed.json"]
    assert report((folder / "out" / "seed.json").read_bytes()).status == "complete"
    for name in ("empty", "picture"):
        one = report((folder / "out" / f"{name}.json").read_bytes())
        assert one.status in ("failed", "not_a_report")
        assert one.issues
        assert one.issues[0].message
    lines = done.stderr.decode().splitlines()
    assert any("missing.txt" in line and "not exist" in line for line in lines)
    assert lines[-1].startswith("4 documents: ")


@pytest.mark.parametrize("command", ["extract", "check"])
def test_each_source_that_cannot_be_read_is_one_clear_line(command: str, tmp_path: Path):
    done = govnlp(command, tmp_path / "missing.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1
    assert b"missing.txt" in done.stderr
    done = govnlp(command, tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_clear_line(folder: Path):
    (folder / "seed.txt").chmod(0)
    done = govnlp("extract", folder / "seed.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_a_hostile_page_ends_in_time_without_a_traceback(tmp_path: Path):
    (tmp_path / "cells.html").write_bytes(b"<table>" + b"<td>" * 5_000_000)
    done = govnlp("check", tmp_path / "cells.html")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) + len(done.stderr.splitlines()) <= 6


def test_a_name_that_is_no_text(folder: Path):
    name = os.fsencode(folder) + b"/\xff\x1b[31m.txt"
    Path(os.fsdecode(name)).write_text(SOUND, encoding="utf-8")
    for arguments in (
        ("extract", os.fsdecode(name)),
        ("check", os.fsdecode(name)),
        ("extract", folder, "-o", folder / "o"),
    ):
        done = govnlp(*arguments)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"\x1b" not in done.stdout + done.stderr


def test_check_for_real(folder: Path):
    done = govnlp("check", folder / "seed.txt")
    assert done.returncode == 0
    assert "seed.txt" in done.stdout.decode()
    assert json.loads(govnlp("check", folder / "seed.txt", "--format", "json").stdout)["failed"] == []


def test_output_is_utf_8_in_any_locale(folder: Path):
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "govnlp", "extract", "seed.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert report(done.stdout).meta.year == 2016
    done = subprocess.run(
        [*command, "--format", "table"], cwd=folder, capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "applications.new.total" in done.stdout.decode("gbk")


def test_a_closed_pipe_is_quiet(folder: Path):
    for number in range(9):
        (folder / f"more{number}.txt").write_text(SOUND, encoding="utf-8")
    command = [sys.executable, "-m", "govnlp", "extract", str(folder)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(10)
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    running.wait(60)
    assert said == b""


def _heeds_interrupts() -> None:
    """What a shell starts in the background ignores interrupts, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until_it_waits(pid: int) -> None:
    """Until a process has begun and does nothing more: it waits for its input."""
    process, spent = psutil.Process(pid), -1.0
    while (now := sum(process.cpu_times()[:2])) < 0.3 or now > spent:
        spent = now
        time.sleep(1)


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path):
    running = subprocess.Popen(
        [sys.executable, "-m", "govnlp", "extract", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=_heeds_interrupts,
    )  # fmt: skip
    _until_it_waits(running.pid)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in said


def test_help_imports_nothing_heavy():
    heavy = "{'pandas', 'numpy', 'rich.table', 'onnxruntime', 'torch', 'transformers', 'spacy'}"
    code = f"import sys, govnlp.cli; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
