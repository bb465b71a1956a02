"""The reader of annotations: what it takes, and that it names every line it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.errors import AnnotationError, SourceError
from govnlp.prose.annotations import Annotated, Label, Mark, read_annotations
from govnlp.schema.text import Span
from tests.learn.making import NEW, marked, write

TEXT = "全年收到申请12件,未收费。"
GOOD: dict[str, object] = {
    "text": TEXT,
    "section": "applications",
    "year": 2016,
    "marks": [
        {"start": 6, "end": 8, "kind": "figure", "labels": [{"indicator": NEW, "value": "12"}]},
        {"start": 10, "end": 12, "kind": "none", "labels": [{"indicator": "fees.information.amount", "value": 0}]},
    ],
}  # fmt: skip


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


def mark(**changes: object) -> dict[str, object]:
    return GOOD | {"marks": [{"start": 6, "end": 8, "kind": "figure", "labels": [{"indicator": NEW}]} | changes]}


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(AnnotationError) as caught:
        read_annotations(path)
    assert str(path.name) in str(caught.value)
    return caught.value.faults


def test_a_sound_line(tmp_path: Path):
    (one,) = read_annotations(lines(tmp_path / "a.jsonl", GOOD))
    assert [TEXT[slice(*mark.span)] for mark in one.marks] == ["12", "未收"]
    assert one.marks[0].labels == (Label(NEW, Decimal(12)),)
    assert (one.section, one.year, one.line) == ("applications", 2016, 1)


def test_every_bad_line_is_named_and_every_fault_of_a_line(tmp_path: Path):
    bad = mark(end=99) | {"section": "letters"}
    found = faults(lines(tmp_path / "a.jsonl", GOOD, bad, GOOD, mark(labels=[{"indicator": "applications.new.totl"}])))
    assert [one.split(":")[0] for one in found] == ["line 2", "line 2", "line 4"]
    assert "section" in found[0]
    assert "6-99" in found[1]
    assert NEW in found[2]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (mark(start=5), "begins or ends"),
        (mark(start=2, end=4), "no figure stands"),
        (mark(start=7), "cuts the figure 12"),
        (mark(kind="none"), "is a figure, not a none"),
        (mark(kind="number"), "`kind` is 'number'"),
        (mark(start=8, end=6), "not within"),
        (mark(start=6.0), "no whole numbers"),
        (mark(labels=[]), "no labels"),
        (mark(labels=[{"indicator": NEW, "value": "13"}]), "is 12, but the value"),
        (mark(labels=[{"indicator": NEW, "value": 1.5}]), "is 12, but the value"),
        (mark(labels=[{"indicator": NEW, "value": "NaN"}]), "no number"),
        (mark(labels=[{"indicator": NEW, "period": "2015"}]), "`period`"),
        (mark(labels=["x"]), "no object"),
        (mark() | {"year": "2016"}, "`year`"),
        (mark() | {"text": ""}, "`text`"),
        ({"text": TEXT}, "`marks` is missing"),
        ([1], "no object"),
        (GOOD | {"marks": [GOOD["marks"][0], GOOD["marks"][0]]}, "overlap"),  # type: ignore[index]
    ],
)
def test_what_is_refused(tmp_path: Path, record: object, told: str):
    if isinstance(record, dict) and told == "begins or ends":
        record = json.loads(json.dumps(record, ensure_ascii=False).replace("申请12", "申 12"))
    assert told in " ".join(faults(lines(tmp_path / "a.jsonl", record)))


def test_other_files(tmp_path: Path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_annotations(tmp_path / "none.jsonl")
    (tmp_path / "a").write_bytes("收到".encode("gbk"))
    with pytest.raises(SourceError, match="UTF-8"):
        read_annotations(tmp_path / "a")
    (tmp_path / "b").write_text("\n\n")
    assert "no passage" in faults(tmp_path / "b")[0]
    (tmp_path / "c").write_text("{\n" + "[" * 100_000)
    assert len(faults(tmp_path / "c")) == 2


@given(st.text(min_size=1).filter(str.strip), st.integers(0, 9999), st.sampled_from([None, 2008, 2025]))
def test_what_is_written_is_read(text: str, number: int, year: int | None):
    import tempfile

    clean = text.translate(dict.fromkeys(map(ord, "{}|")))
    passage = marked(f"{clean}，收到{{{number}|{NEW}}}件", None, year)
    with tempfile.TemporaryDirectory() as folder:
        (one,) = read_annotations(write([passage], Path(folder) / "a.jsonl"))
    assert (one.text, one.marks, one.year) == (passage.text, passage.marks, year)


def test_money_may_stand_in_a_column(tmp_path: Path):
    one = Annotated(
        "收费(万元) 1.2", (Mark(Span(7, 10), "figure", (Label("fees.information.amount", Decimal(12000)),)),)
    )
    assert read_annotations(write([one], tmp_path / "a.jsonl"))[0].marks == one.marks
