"""Runs and workers are killed at random moments; what comes out at last is what an undisturbed run gives."""

from __future__ import annotations

import json
import subprocess
import time
import zipfile
from pathlib import Path
from random import Random

import psutil
import pyarrow.parquet as pq
import pytest

from benchmarks.archive_make import make
from govnlp.batch import batch
from tests.batch.making import LIGHT, POISON, disturbed, folder, poison, report, start, tables


def _killed(run: subprocess.Popen[bytes], random: Random, *, parent: bool) -> bool:
    """Kill the run, or one of its workers, unless it has ended before."""
    victim = psutil.Process(run.pid) if parent else None
    try:
        workers = psutil.Process(run.pid).children()
        victim = victim or (random.choice(workers) if workers else None)
        if victim is not None:
            victim.kill()
    except psutil.Error:
        return False
    return victim is not None


def _killed_again_and_again(archive: Path, out: Path, log: Path, kills: int, reader: str, pause: float) -> int:
    """Run again and again until a run ends by itself, killing as often as wanted; how many kills struck."""
    random, struck = Random(str(kills)), 0
    while True:
        run = start(archive, out, log, reader)
        try:
            while run.poll() is None:
                time.sleep(random.uniform(0, pause))
                if struck < kills and list(out.glob("ledger.sqlite")) and psutil.pid_exists(run.pid):
                    parent = random.random() < 0.5
                    struck += _killed(run, random, parent=parent)
        finally:
            run.kill()
            code = run.wait()
        if code == 0:
            return struck
        assert code == -9, log.read_text("utf-8", "replace")


def _without_wording(said: dict[str, list[str]]) -> dict[str, list[str]]:
    """Which signal ended a worker, and at which attempt, depends on who killed it."""
    failures = [json.loads(line) for line in said["failures"]]
    kept = sorted(f"{one['document']} {one['source']} {one['reason']}" for one in failures)
    return {**said, "failures": kept}


def _compared(archive: Path, tmp_path: Path, kills: int, reader: str, pause: float) -> None:
    out, calm = tmp_path / "out", tmp_path / "calm"
    struck = _killed_again_and_again(archive, out, tmp_path / "log", kills, reader, pause)
    assert struck == kills
    batch([archive], calm, disturbed(reader))
    assert _without_wording(tables(out)) == _without_wording(tables(calm))
    documents = pq.ParquetFile(out / "reports.parquet").read(["document"]).column("document").to_pylist()
    assert len(documents) == len(set(documents)) > 0


def test_four_kills(tmp_path: Path):
    archive = tmp_path / "archive"
    folder(archive, 0, bad_html=poison("crash"), empty_html="")
    with zipfile.ZipFile(archive / "packed.zip", "w") as file:
        for number in range(50):
            file.writestr(f"{number}.txt", report(place=f"第{number}县", count=number) + poison("slow"))
    rows = (json.dumps({"text": report(place=f"别{number}县") + poison("slow")}) for number in range(50))
    (archive / "dump.jsonl").write_text("\n".join(rows), "utf-8")
    _compared(archive, tmp_path, 4, LIGHT, 0.6)


@pytest.mark.slow
def test_twenty_kills(tmp_path: Path):
    archive = tmp_path / "archive"
    make(800, archive, poison=True)
    _compared(archive, tmp_path, 20, POISON, 4.0)
