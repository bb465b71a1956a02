from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from govnlp import MissingModelError, OptionError, Report, extract, extract_many
from tests.batch.making import folder, report


@pytest.mark.parametrize("workers", [1, 2])
def test_reports_come_in_order_and_are_those_of_extract(tmp_path: Path, workers: int):
    archive = folder(tmp_path / "a", 10)
    (tmp_path / "dump.jsonl").write_text(json.dumps({"text": report(count=40)}) + "\nno json\n", "utf-8")
    sources: list[str | Path | bytes] = [
        str(archive),
        b"",
        tmp_path / "gone.html",
        str(tmp_path / "dump.jsonl"),
        report(count=50).encode(),
    ]
    reports = list(extract_many(iter(sources), workers=workers))
    assert [one.status for one in reports] == ["complete"] * 10 + ["failed", "failed", "complete", "failed", "complete"]
    assert reports[:10] == [extract(path) for path in sorted(archive.iterdir())]
    assert [one.value("applications.new.total") for one in (reports[12], reports[14])] == [40, 50]
    assert [one.issues[0].code for one in reports if one.status == "failed"] == ["empty_source", "not_read", "not_read"]


def test_sources_are_asked_for_as_they_are_needed():
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield report(count=asked).encode()

    reports = extract_many(endless(), workers=2)
    first: Report = next(reports)
    assert first.value("applications.new.total") == 1
    reports.close()  # type: ignore[attr-defined]
    assert asked < 200


def test_wrong_calls_are_told_before_anything_is_read():
    with pytest.raises(OptionError, match="workers is 0"):
        extract_many([], workers=0)
    with pytest.raises(MissingModelError):
        extract_many([], model="no_such_model")
    assert list(extract_many([])) == []
