"""Small archives for these tests, and how their outcome is compared."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from govnlp.batch import Cadence, Limits, Options

ROOT = Path(__file__).resolve().parents[2]
POISON, LIGHT = "benchmarks.poison:extract", "benchmarks.poison:light"
MEBIBYTE = 1024 * 1024


def report(place: str = "云岭县", year: int = 2016, count: int = 3) -> str:
    """A small report in prose."""
    return (
        f"{place}档案局{year}年政府信息公开工作年度报告\n一、概述\n本报告由{place}档案局编制。\n"
        f"二、主动公开政府信息情况\n{year}年,我局主动公开政府信息{count + 120}条。\n"
        f"三、依申请公开政府信息情况\n{year}年,我局共收到政府信息公开申请{count}件,均已办结。\n"
        f"四、行政复议和行政诉讼情况\n{year}年,未发生行政复议和行政诉讼。\n"
    )


def poison(kind: str) -> str:
    """A page that `benchmarks.poison` acts on."""
    return f"<p>POISON:{kind}</p>"


def folder(place: Path, count: int, **others: str) -> Path:
    """A folder of `count` different reports, and other files by name."""
    place.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (place / f"r{number:03d}.txt").write_text(report(count=number, place=f"第{number}县"), "utf-8")
    for name, text in others.items():
        (place / name.replace("_", ".")).write_text(text, "utf-8")
    return place


def options(**changes: object) -> Options:
    """Options of a run with one worker whose reader is light and obeys poison, and whose parts are small."""
    base = Options(
        workers=1,
        reader=LIGHT,
        cadence=Cadence(documents=5, seconds=1),
        limits=Limits(seconds=2, memory=400 * MEBIBYTE),
    )
    return base._replace(**changes)  # type: ignore[arg-type]


def disturbed(reader: str) -> Options:
    """Options of a run that is killed. A busy machine must not make a sound document late: reading takes its time."""
    limits = options().limits
    return options(reader=reader, workers=2, limits=limits if reader == LIGHT else limits._replace(seconds=15))


def rows(out: Path, name: str, without: tuple[str, ...] = ("seconds",)) -> list[str]:
    """The rows of a table as sorted lines of JSON; what differs from run to run is left out."""
    found = pq.ParquetFile(out / f"{name}.parquet").read().to_pylist()
    kept = ({key: value for key, value in row.items() if key not in without} for row in found)
    return sorted(json.dumps(row, ensure_ascii=False, default=str, sort_keys=True) for row in kept)


def tables(out: Path) -> dict[str, list[str]]:
    """All that a finished batch says, sorted."""
    found = {name: rows(out, name) for name in ("facts", "reports", "checks", "sources")}
    return {**found, "failures": sorted((out / "failures.jsonl").read_text("utf-8").splitlines())}


def _heeds_interrupts() -> None:
    """What a shell starts in the background ignores interrupts, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(archive: Path, out: Path, log: Path, reader: str = LIGHT) -> subprocess.Popen[bytes]:
    """A run in a process of its own, as the reader of poison sees it; it ends with the summary's `finished`."""
    code = (
        "import sys\n"
        "from govnlp.batch import batch\n"
        "from tests.batch.making import disturbed\n"
        "sys.exit(0 if batch([sys.argv[1]], sys.argv[2], disturbed(sys.argv[3])).finished else 3)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(archive), str(out), reader],
            cwd=ROOT,
            env=environment,
            stdout=file,
            stderr=file,
            preexec_fn=_heeds_interrupts,
        )
