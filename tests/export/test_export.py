from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from govnlp.export.json import dumps, write_report
from govnlp.export.tabular import to_csv
from govnlp.schema.report import Meta, Report, Source
from govnlp.schema.views import FactRow
from tests.schema.making import answer, quoted, report

NEW = "applications.new.total"


def one_report() -> Report:
    return report(
        answer(NEW, 3, evidence=quoted('收到"3"件,\n其中网络2件')),
        answer("capacity.budget", "12.50", raw="12.50"),
        answer("applications.closed.total", None),
        answer(NEW, 4, answer=False, method="prose", period="previous"),
        meta=Meta(organ="=HYPERLINK(1)", year=2020),
        source=Source(name="a.txt"),
    )


def test_json_marks_the_facts_that_answer():
    data = json.loads(dumps(one_report()))
    assert [fact["answer"] for fact in data["facts"]] == [True, True, True, False]
    assert [fact["value"] for fact in data["facts"]] == [3, "12.5", None, 4]
    assert json.loads(dumps(one_report(), indent=2)) == data


def test_a_written_report_reads_back_and_leaves_nothing_else(tmp_path: Path):
    path = write_report(one_report(), tmp_path, "seed")
    assert path == tmp_path / "seed.json"
    assert Report.from_json(path.read_bytes()) == one_report()
    assert [one.name for one in tmp_path.iterdir()] == ["seed.json"]


def test_writing_again_replaces_the_whole_file(tmp_path: Path):
    (tmp_path / "seed.json").write_text("x" * 100_000)
    write_report(report(), tmp_path, "seed")
    assert Report.from_json((tmp_path / "seed.json").read_text()) == report()


def test_a_report_that_cannot_be_written_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch):
    (tmp_path / "seed.json").write_text("old")

    def broken(_path: Path, _target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_report(report(), tmp_path, "seed")
    assert [one.name for one in tmp_path.iterdir()] == ["seed.json"]
    assert (tmp_path / "seed.json").read_text() == "old"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_is_one_row_a_fact_with_exact_digits():
    file = io.StringIO()
    assert to_csv([one_report(), report(), one_report()], file) == 8
    table = rows(file.getvalue())
    assert tuple(table[0]) == FactRow._fields
    assert [row["value"] for row in table[:4]] == ["3", "12.5", "", "4"]
    assert [row["answer"] for row in table[:4]] == ["true", "true", "true", "false"]
    assert table[0]["quote"] == '收到"3"件,\n其中网络2件'
    assert Decimal(table[1]["value"]) == Decimal("12.50")
    assert table[0]["organ"] == "=HYPERLINK(1)"


def test_csv_for_excel_has_a_byte_order_mark_and_runs_no_formula():
    file = io.StringIO()
    to_csv([one_report()], file, excel=True)
    assert file.getvalue().startswith("\ufeffsource,")
    assert rows(file.getvalue().removeprefix("\ufeff"))[0]["organ"] == "'=HYPERLINK(1)"
