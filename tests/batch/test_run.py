from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from govnlp import extract
from govnlp.batch import Options, Status, batch
from govnlp.batch.ledger import Ledger
from govnlp.batch.parts import part_path
from govnlp.errors import BusyError, FormatError, OptionError, SourceError
from tests.batch.making import POISON, ROOT, folder, options, poison, report, start, tables


def lines(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (out / "failures.jsonl").read_text("utf-8").splitlines()]


def test_every_document_has_one_outcome_and_the_facts_are_those_of_extract(tmp_path: Path):
    archive = folder(
        tmp_path / "a", 6, bad_html=poison("crash"), empty_html="", copy_txt=report(count=2, place="第2县")
    )
    with (archive / "huge.html").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    summary = batch([archive], tmp_path / "out", options(reader=POISON, workers=2))
    assert summary.finished
    assert summary.documents == {"complete": 6, "failed": 2}
    reports = pq.ParquetFile(tmp_path / "out" / "reports.parquet").read().to_pylist()
    assert len({row["document"] for row in reports}) == len(reports) == 8
    assert {row["reason"] for row in lines(tmp_path / "out")} == {"crashed", "empty_source", "too_large"}
    facts = pq.ParquetFile(tmp_path / "out" / "facts.parquet").read().to_pylist()
    for row in reports:
        if row["status"] != "complete":
            continue
        read = extract(row["source"])
        mine = [one for one in facts if one["document"] == row["document"]]
        assert [(one["indicator"], one["value"], one["status"], one["answer"]) for one in mine] == [
            (fact.indicator, fact.value, fact.status, fact.answer) for fact in read.facts
        ]
        assert row["failed_checks"] == len(read.failed_checks)
    sources = pq.ParquetFile(tmp_path / "out" / "sources.parquet").read().to_pylist()
    copies = [row["source"] for row in sources if row["source"].endswith(("copy.txt", "r002.txt"))]
    assert len(copies) == 2
    assert len({row["document"] for row in sources if row["source"] in copies}) == 1


def test_a_second_run_reads_only_what_is_new_or_changed(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 3), tmp_path / "out"
    batch([archive], out, options())
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")}
    again = batch([archive], out, options())
    assert (again.status.read.total(), again.status.known) == (0, 3)
    assert before == {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")}
    (archive / "r001.txt").write_text(report(place="新县", count=77), "utf-8")
    (archive / "new.txt").write_text(report(place="别县", count=78), "utf-8")
    third = batch([archive], out, options())
    assert third.status.read.total() == 2
    fresh = tmp_path / "fresh"
    batch([archive], fresh, options())
    assert tables(out) == tables(fresh)


def test_archives_that_are_finished_are_not_opened_again(tmp_path: Path):
    rows = [json.dumps({"text": report(count=number)}) for number in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
    out = tmp_path / "out"
    batch([tmp_path / "a.jsonl"], out, options())
    again = batch([tmp_path / "a.jsonl"], out, options())
    assert (again.status.known, again.status.read.total()) == (3, 0)
    (tmp_path / "a.jsonl").write_text("\n".join(rows[1:]), "utf-8")
    third = batch([tmp_path / "a.jsonl"], out, options())
    assert third.status.read.total() == 0
    assert pq.ParquetFile(out / "reports.parquet").metadata.num_rows == 2  # the first line is gone from the archive


def test_failed_ones_are_tried_again_where_it_may_help(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 1, bad_html=poison("hang"), worse_html=poison("exception")), tmp_path / "out"
    quick = options(limits=options().limits._replace(seconds=0.5))
    assert batch([archive], out, quick).failures == 2
    assert batch([archive], out, quick).status.read.total() == 0
    assert batch([archive], out, quick._replace(again="failed")).status.read == {"failed": 2}
    longer = quick._replace(limits=quick.limits._replace(seconds=0.7))
    assert batch([archive], out, longer).status.read == {"failed": 1}
    assert batch([archive], out, longer._replace(again="all")).status.read.total() == 3
    assert batch([archive], out, longer._replace(again="version")).status.read.total() == 0
    assert [row["reason"] for row in lines(out)] == ["timeout", "exception"]


def test_what_another_version_read_is_kept_until_it_is_asked_for(tmp_path: Path, monkeypatch):
    archive, out = folder(tmp_path / "a", 2), tmp_path / "out"
    batch([archive], out, options())
    monkeypatch.setattr("govnlp.batch.keys.__version__", "9.9")
    summary = batch([archive], out, options())
    assert (summary.status.read.total(), summary.others) == (0, 2)
    summary = batch([archive], out, options(again="version"))
    assert (summary.status.read.total(), summary.others) == (2, 0)
    assert pq.ParquetFile(out / "reports.parquet").metadata.num_rows == 2
    assert [path.name for path in (out / "parts").iterdir()] == ["000002"]  # nothing of the first part counts


def test_a_part_that_the_ledger_does_not_know_is_removed(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 2), tmp_path / "out"
    batch([archive], out, options())
    said = tables(out)
    for number in (2, 3):
        part_path(out, number).mkdir()
    (out / ".facts.parquet.half").write_bytes(b"half")
    batch([archive], out, options())
    assert [path.name for path in (out / "parts").iterdir()] == ["000001"]
    assert not list(out.glob(".*.half"))
    assert tables(out) == said


def test_a_second_run_on_one_folder_is_told_who_has_it(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 1), tmp_path / "out"
    out.mkdir()
    code = (
        "import sys, time; from pathlib import Path; from govnlp.batch.ledger import Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]), 'k', 'l'); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(out)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} on .+ since 20"):
            batch([archive], out, options())
    finally:
        holder.kill()
        holder.wait()
    assert batch([archive], out, options()).finished  # the lock of a dead process is no lock


def test_ctrl_c_keeps_what_was_read(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 12), tmp_path / "out"

    def stop(status: Status) -> None:
        if status.read["complete"] >= 4:
            raise KeyboardInterrupt

    summary = batch([archive], out, options(), stop)
    assert not summary.finished
    kept = summary.documents["complete"]
    assert kept >= 4
    assert not (out / "facts.parquet").exists()
    rest = batch([archive], out, options())
    assert rest.status.read.total() == 12 - kept
    assert rest.documents == {"complete": 12}


def test_a_signal_to_a_run_of_its_own_keeps_what_was_read(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 1500), tmp_path / "out"
    run = start(archive, out, tmp_path / "log")
    while not list(out.glob("parts/0*")):
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    assert run.wait(30) == 3, (tmp_path / "log").read_text()
    rest = batch([archive], out, options())
    assert rest.documents == {"complete": 1500}


def test_wrong_calls_are_told(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OptionError, match="is a file"):
        batch([tmp_path], tmp_path / "file")
    with pytest.raises(SourceError, match="nothing-here"):
        batch([tmp_path / "nothing-here"], tmp_path / "out")
    (tmp_path / "out2").mkdir()
    (tmp_path / "out2" / "ledger.sqlite").write_bytes(b"no database at all, but some text" * 50)
    with pytest.raises(FormatError, match="no ledger"):
        batch([tmp_path / "file"], tmp_path / "out2")


def test_a_file_that_cannot_be_opened_is_tried_again_each_time(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 1), tmp_path / "out"
    (archive / "gone.html").symlink_to(tmp_path / "nowhere")
    assert batch([archive], out, options()).failures == 1
    assert lines(out)[0]["reason"] == "unreadable"
    (tmp_path / "nowhere").write_text(report(place="归县"), "utf-8")
    second = batch([archive], out, options())
    assert (second.failures, second.documents) == (0, {"complete": 2})


def test_names_that_are_no_text_are_no_hindrance(tmp_path: Path):
    archive, out = folder(tmp_path / "a", 1), tmp_path / "out"
    with zipfile.ZipFile(os.fsdecode(os.fsencode(archive) + b"/\xc4\xea.zip"), "w") as file:
        file.writestr("x.txt", report(place="归县"))
    Path(os.fsdecode(os.fsencode(archive) + b"/\xc4\xea.html")).write_text(report(place="江县"), "utf-8")
    rows = json.dumps({"text": "\ud800", "url": "http://\udc00", "date": "\udc00"})
    (archive / "odd.jsonl").write_text(rows, "utf-8")
    assert batch([archive], out, options()).documents == {"complete": 4}
    assert batch([archive], out, options()).status.known == 4


def test_an_unfinished_ledger_transaction_is_undone(tmp_path: Path):
    ledger = Ledger(tmp_path, "k", "l")
    assert ledger.tell("shape") == "1"
    ledger.close()
    assert not (tmp_path / "held-by.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_other_formats_on_request(tmp_path: Path):
    import csv

    import duckdb

    archive, out = folder(tmp_path / "a", 2), tmp_path / "out"
    batch([archive], out, options(formats=("csv", "jsonl"), duckdb=True))
    with (out / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = pq.ParquetFile(out / "facts.parquet").read().to_pylist()
    assert [row["value"] for row in rows] == [str(int(one["value"])) for one in facts]
    assert {row["answer"] for row in rows} <= {"true", "false"}
    told = [json.loads(line) for line in (out / "facts.jsonl").read_text("utf-8").splitlines()]
    assert [row["value"] for row in told] == [int(one["value"]) for one in facts]
    with duckdb.connect(str(out / "archive.duckdb"), read_only=True) as base:
        panel = base.execute("SELECT count(*) FROM panel").fetchone()
        assert panel == (sum(one["answer"] for one in facts),)
        assert base.execute("SELECT count(*) FROM latest").fetchone() == (2,)
    (archive / "more.txt").write_text(report(place="多县"), "utf-8")
    batch([archive], out, options())
    assert not list(out.glob("*.csv"))  # they would tell of an older state


def test_the_usual_options_read_with_the_library_itself():
    assert Options().reader == "govnlp.pipeline:extract"
