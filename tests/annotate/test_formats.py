"""To a tool and back: nothing is lost, and what a tool hands back is checked."""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.annotate import FORMATS, config, label_studio, notation, read_tasks, write_annotations, write_tasks
from govnlp.annotate.label_studio_config import choice_of, id_of
from govnlp.errors import AnnotationError, SourceError
from govnlp.prose.annotations import PART, Annotated, Label, Mark, read_annotations
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span
from tests.annotate.making import NAMES, labels, passages, task

NEW = "applications.new.total"
ONE = Annotated("收到申请12件,均已答复。", (
    Mark(Span(4, 6), "figure", (Label(NEW),)), Mark(Span(8, 9), "all", (Label("applications.replied.total"),)),
), "applications", 2016, "某局")  # fmt: skip


def _back(passage_list: list[Annotated], form: str, folder: Path) -> list[Annotated]:
    path = folder / "tasks"
    made = [task(one, f"{place:012x}") for place, one in enumerate(passage_list)]
    assert write_tasks(made, path, form) == len(made)  # type: ignore[arg-type]
    return read_tasks(path, form, unreviewed=True)  # type: ignore[arg-type]


def _content(passage: Annotated) -> tuple[object, ...]:
    return passage.text, passage.marks, passage.section, passage.year, passage.voice


@pytest.mark.parametrize("form", FORMATS)
@given(drawn=st.lists(passages(), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_on_the_way_to_a_tool_and_back(form: str, drawn: list[Annotated]):
    with tempfile.TemporaryDirectory() as folder:
        back = _back(drawn, form, Path(folder))
        assert [_content(one) for one in back] == [_content(one) for one in drawn]
        # And on to `govnlp train`.
        write_annotations(back, Path(folder) / "annotations.jsonl")
        again = read_annotations(Path(folder) / "annotations.jsonl")
        assert [_content(one) for one in again] == [_content(one) for one in drawn]


@given(data=st.data(), kind=st.sampled_from(["figure", "none", "all"]))
def test_the_notation_of_labels(data: st.DataObject, kind: str):
    for label in data.draw(labels(kind)):
        told = notation.read(notation.written(kind, label))  # type: ignore[arg-type]
        assert told is not None
        assert told[0] == kind
        assert told[1]["indicator"] == label.indicator
        assert (told[1]["period"], told[1]["scope"]) == (label.period, label.scope)
        assert told[1]["value"] == (None if label.value is None else format(label.value, "f"))


@pytest.mark.parametrize("word", ["", "申请", "a b", "x:y:z", "a@@", "=3", "a" * 100_000 + "!"])
def test_words_that_are_no_label(word: str):
    assert notation.read(word) is None


def test_label_studio_takes_the_last_annotation_that_stands(tmp_path: Path):
    sheet = json.loads(label_studio.to_task(task(ONE)))
    (prediction,) = sheet["predictions"]
    first, second = ({"result": prediction["result"][:2]}, {"result": prediction["result"]})
    path = tmp_path / "export.json"
    untouched = json.loads(label_studio.to_task(task(ONE)))
    path.write_text(
        json.dumps([{**sheet, "annotations": [second, first, {**second, "was_cancelled": True}]}, untouched])
    )
    (one,) = read_tasks(path, "label-studio")
    assert len(one.marks) == 1
    path.write_text(json.dumps([untouched]))
    with pytest.raises(AnnotationError, match="no annotated passage"):
        read_tasks(path, "label-studio")
    assert len(read_tasks(path, "label-studio", unreviewed=True)) == 1


def test_label_studio_may_count_characters_beyond_the_basic_plane_twice(tmp_path: Path):
    value = {"start": 4, "end": 6, "text": "12", "labels": ["figure"]}
    told = {"start": 4, "end": 6, "taxonomy": [choice_of(NEW)]}
    results = [{"id": "a", "from_name": "kind", "value": value}, {"id": "a", "from_name": "indicator", "value": told}]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"data": {"text": "𠮷收到12件"}, "annotations": [{"result": results}]}]))
    assert read_tasks(path, "label-studio")[0].marks == (Mark(Span(3, 5), "figure", (Label(NEW),)),)


def test_the_interface_of_label_studio_has_every_control_and_every_indicator():
    root = ElementTree.fromstring(config())
    controls = {one.get("name"): one for one in root.iter() if one.get("toName") == "text"}
    assert set(controls) == {"kind", "indicator", "period", "scope", "value"}
    assert all(one.get("perRegion") == "true" for name, one in controls.items() if name != "kind")
    leaves = [one for one in controls["indicator"].iter("Choice") if not len(one)]
    assert {id_of(one.get("value")) for one in leaves} == {*indicators(), PART}


@pytest.mark.parametrize("name", [*NAMES[::40], PART])
def test_paths_of_the_tree(name: str):
    assert id_of(choice_of(name)) == name


def test_doccano_gives_entities_where_relations_are_on_and_keeps_its_own_ids(tmp_path: Path):
    entities = [{"id": 7, "label": NEW, "start_offset": 4, "end_offset": 6}]
    line = {"id": 1, "text": ONE.text, "entities": entities, "relations": [], "meta": {"section": "fees", "year": 2016}}
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n\n", "utf-8")
    (one,) = read_tasks(path, "doccano")
    assert (one.section, one.year, one.marks) == ("fees", 2016, (Mark(Span(4, 6), "figure", (Label(NEW),)),))


def test_ids_of_doccano_are_numbers_that_stay(tmp_path: Path):
    made = task(ONE, "ffffffffffff")
    for name in ("a", "b"):
        write_tasks([made], tmp_path / name, "doccano")
    (line,) = (tmp_path / "a").read_text("utf-8").splitlines()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert json.loads(line)["id"] == 2**48 - 1 < 2**53


@pytest.mark.parametrize(
    ("form", "content", "told"),
    [
        ("doccano", '{"text": "收到12件", "label": [[2, 4, "applications.new.totl"]]}', "no indicator is named"),
        ("doccano", '{"text": "收到12件", "label": [[2, 9, "applications.new.total"]]}', "not within the text"),
        ("doccano", '{"text": "收到12件", "label": [[2, 4]]}', "no [start, end, label]"),
        ("doccano", '{"text": "收到12件", "label": [[2, 4, "人名"]]}', "is none that"),
        ("doccano", "[1", "line 1: no JSON"),
        ("doccano", "7", "no object"),
        ("doccano", '{"label": []}', "`text` is missing"),
        ("label-studio", "{}", "no list of tasks"),
        ("label-studio", "[" * 100_000, "no JSON"),
        ("label-studio", "[1]", "task 1: no task"),
        ("spacy", "junk", "no DocBin"),
    ],
)
def test_what_is_refused_says_where_and_why(form: str, content: str, told: str, tmp_path: Path):
    path = tmp_path / "export"
    path.write_text(content, "utf-8")
    with pytest.raises(AnnotationError) as caught:
        read_tasks(path, form)  # type: ignore[arg-type]
    assert told in " ".join(caught.value.faults)


def _region(start: int, end: int, text: str) -> list[dict[str, object]]:
    value = {"start": start, "end": end, "text": text, "labels": ["figure"]}
    return [{"id": "a", "from_name": "kind", "value": value}]


@pytest.mark.parametrize(
    ("results", "told"),
    [(_region(2, 4, "12"), "has no indicator"), (_region(0, 2, "12"), "does not stand at 0-2")],
)
def test_regions_that_say_nothing_or_stand_elsewhere(results: list[object], told: str, tmp_path: Path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"data": {"text": "收到12件"}, "annotations": [{"result": results}]}]))
    with pytest.raises(AnnotationError, match=told):
        read_tasks(path, "label-studio")


def test_a_docbin_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("govnlp.annotate.spacy_docs.MOST_BYTES", 1_000_000)
    path = tmp_path / "bomb.spacy"
    path.write_bytes(zlib.compress(bytes(5_000_000)))
    with pytest.raises(AnnotationError, match="unpacked"):
        read_tasks(path, "spacy")


def test_a_docbin_is_what_spacy_reads(tmp_path: Path):
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    write_tasks([task(ONE)], tmp_path / "a.spacy", "spacy")
    (doc,) = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("zh").vocab)
    assert [(span.text, span.label_) for span in doc.spans["figures"]] == [
        ("12", NEW), ("均", "applications.replied.total"),
    ]  # fmt: skip


def test_files(tmp_path: Path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_tasks(tmp_path / "none", "doccano")
    with pytest.raises(SourceError, match="cannot be written"):
        write_tasks([], tmp_path / "none" / "x", "doccano")
    (tmp_path / "a").write_bytes("收到".encode("gbk"))
    with pytest.raises(SourceError, match="UTF-8"):
        read_tasks(tmp_path / "a", "doccano")


def test_a_fault_on_the_way_leaves_the_old_file(tmp_path: Path):
    path = tmp_path / "tasks.jsonl"
    path.write_text("old")

    def failing():
        yield task(ONE)
        raise SourceError("gone")

    with pytest.raises(SourceError, match="gone"):
        write_tasks(failing(), path, "jsonl")
    assert [one.name for one in tmp_path.iterdir()] == ["tasks.jsonl"]
    assert path.read_text() == "old"
