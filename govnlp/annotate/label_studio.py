"""Label Studio's JSON: tasks with pre-annotations (predictions), and what its export gives back.

A mark is a region of the control `kind`, to which `indicator`, `period`, `scope` and `value` are given per region.
Labels of one mark that differ in period, scope or value are regions of their own at the same place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from govnlp.annotate.label_studio_config import choice_of, id_of
from govnlp.annotate.records import LabelRecord, Read, Record, is_object, joined, objects, parsed
from govnlp.annotate.tasks import Task, value_text
from govnlp.prose.annotation_checks import Refused
from govnlp.prose.annotations import Annotated, Label, Mark
from govnlp.version import __version__


def pieces(tasks: Iterable[Task]) -> Iterator[str]:
    """The file, piece by piece: one JSON array of tasks."""
    before = "[\n"
    for task in tasks:
        yield before + to_task(task)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def to_task(task: Task) -> str:
    """A task as JSON, its marks as a prediction whose `score` is how sure the reading is."""
    passage = task.passage
    data = {
        "text": passage.text, "section": passage.section, "year": passage.year, "voice": passage.voice,
        "govnlp_id": task.id, "source": task.source,
    }  # fmt: skip
    prediction = {"model_version": f"govnlp {__version__}", "score": task.certainty, "result": _results(passage)}
    return json.dumps({"data": data, "predictions": [prediction]}, ensure_ascii=False)


def _results(passage: Annotated) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for place, mark in enumerate(passage.marks):
        same = groupby(mark.labels, lambda one: (one.period, one.scope, one.value))
        for number, (_, labels) in enumerate(same):
            found += _region(f"m{place}-{number}", passage.text, mark, list(labels))
    return found


def _region(name: str, text: str, mark: Mark, labels: list[Label]) -> Iterator[dict[str, object]]:
    """The results of one region: its kind first, then what is said of it."""
    start, end = mark.span
    place = {"start": start, "end": end}

    def result(control: str, type_: str, **value: object) -> dict[str, object]:
        return {"id": name, "from_name": control, "to_name": "text", "type": type_, "value": {**place, **value}}

    yield result("kind", "labels", text=text[start:end], labels=[mark.kind])
    yield result("indicator", "taxonomy", taxonomy=[choice_of(one.indicator) for one in labels])
    first = labels[0]
    if first.period != "year":
        yield result("period", "choices", choices=[first.period])
    if first.scope != "own":
        yield result("scope", "choices", choices=[first.scope])
    if first.value is not None:
        yield result("value", "textarea", text=[value_text(first.value)])


def read(text: str, *, unreviewed: bool = False) -> Read:
    """The records of a file that Label Studio exported as JSON.

    Of a task with several annotations the last that was not cancelled is taken; a task without any is left out, or with
    `unreviewed` its prediction is taken as it is.
    """
    listed = parsed(text)
    if isinstance(listed, Refused):
        yield "the file", listed
    elif not isinstance(listed, list):
        yield "the file", Refused("no list of tasks; export from Label Studio as JSON")
    else:
        for number, task in enumerate(listed, 1):
            record = _record(task, unreviewed=unreviewed)
            if record is not None:
                yield f"task {number}", record


def _record(task: object, *, unreviewed: bool) -> Record | Refused | None:
    data = task.get("data") if is_object(task) else None
    if not is_object(task) or not is_object(data):
        return Refused('no task; it is {"data": {"text": …}, "annotations": […]}')
    done = [one for one in objects(task.get("annotations")) if not one.get("was_cancelled")]
    chosen = done or (objects(task.get("predictions")) if unreviewed else [])
    if not chosen:
        return None
    text = data.get("text")
    try:
        marks = joined(_labels(objects(chosen[-1].get("result")), text if isinstance(text, str) else ""))
    except Refused as refused:
        return refused
    return Record(
        text=text, section=data.get("section"), year=data.get("year"), voice=data.get("voice") or "", marks=marks
    )


def _labels(results: list[dict[str, object]], text: str) -> Iterator[tuple[object, object, object, LabelRecord]]:
    """The labels of an annotation, region after region."""
    regions: dict[object, dict[object, dict[str, object]]] = {}
    for one in results:
        value = one.get("value")
        if is_object(value):
            regions.setdefault(str(one.get("id")), {})[one.get("from_name")] = value
    for controls in regions.values():
        kind = controls.get("kind")
        if kind is None:
            continue
        start, end = _place(kind, text)
        paths = _listed(controls, "indicator", "taxonomy")
        if not paths:
            raise Refused(f"the region {kind.get('text')!r} has no indicator")
        for path in paths:
            yield start, end, _first(controls, "kind", "labels"), _label(controls, path)


def _label(controls: dict[object, dict[str, object]], path: object) -> LabelRecord:
    value = _first(controls, "value", "text")
    return LabelRecord(
        indicator=id_of(path), value=str(value).strip() if value not in (None, "") else None,
        period=_first(controls, "period", "choices") or "year", scope=_first(controls, "scope", "choices") or "own",
    )  # fmt: skip


def _place(value: dict[str, object], text: str) -> tuple[object, object]:
    """Start and end in characters: a browser may count those beyond the basic plane twice."""
    start, end, surface = value.get("start"), value.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int or not isinstance(surface, str) or text[start:end] == surface:
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    before, inside = units[: 2 * start], units[2 * start : 2 * end]
    if inside.decode("utf-16-le", "replace") != surface:
        raise Refused(f"the region {surface!r} does not stand at {start}-{end} of its text")
    first = len(before.decode("utf-16-le", "replace"))
    return first, first + len(surface)


def _listed(controls: dict[object, dict[str, object]], control: str, key: str) -> list[object]:
    listed = controls.get(control, {}).get(key)
    return listed if isinstance(listed, list) else []


def _first(controls: dict[object, dict[str, object]], control: str, key: str) -> object:
    return next(iter(_listed(controls, control, key)), None)
