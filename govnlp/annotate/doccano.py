"""doccano's JSON Lines for sequence labelling (`text` and `label`; overlapping spans allowed in the project)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from govnlp.annotate import notation
from govnlp.annotate.records import LabelRecord, Read, Record, is_object, joined, objects, parsed_lines
from govnlp.annotate.tasks import Task
from govnlp.prose.annotation_checks import Refused


def to_line(task: Task) -> str:
    """A task as one line. `id` is a number that stays the same from export to export; `govnlp_id` survives doccano's own.

    Each label of a mark is a span of its own, named as `govnlp.annotate.notation` writes it.
    """
    passage = task.passage
    spans = [
        [one.span.start, one.span.end, notation.written(one.kind, label)]
        for one in passage.marks
        for label in one.labels
    ]
    record = {
        "id": int(task.id, 16), "text": passage.text, "label": spans, "section": passage.section, "year": passage.year,
        "voice": passage.voice, "govnlp_id": task.id, "source": task.source,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False)


def read(text: str) -> Read:
    """The records of a file that doccano exported: `label` or `labels` lists of spans, or `entities` with relations."""
    for place, line in parsed_lines(text):
        yield place, line if isinstance(line, Refused) else _record(line)


def _record(line: object) -> Record | Refused:
    if not is_object(line):
        return Refused('no object; a line is {"text": …, "label": [[start, end, label], …]}')
    meta = line.get("meta")
    told = {**meta, **line} if is_object(meta) else line
    try:
        marks = joined(_regions(line))
    except Refused as refused:
        return refused
    return Record(
        text=line.get("text"), section=told.get("section"), year=told.get("year"), voice=told.get("voice") or "",
        marks=marks,
    )  # fmt: skip


def _regions(line: dict[str, object]) -> Iterator[tuple[object, object, object, LabelRecord]]:
    for start, end, word in _spans(line):
        label = notation.read(word) if isinstance(word, str) else None
        if label is None:
            raise Refused(
                f"the label {word!r} is none that `annotate export` writes, such as none:remedies.review.total"
            )
        yield start, end, label[0], label[1]


def _spans(line: dict[str, object]) -> Iterator[tuple[object, object, object]]:
    for one in objects(line.get("entities")):
        yield one.get("start_offset"), one.get("end_offset"), one.get("label")
    for key in ("label", "labels"):
        listed = line.get(key)
        for span in listed if isinstance(listed, list) else ():
            if not isinstance(span, list) or len(span) != 3:
                raise Refused(f"`{key}` holds {span!r}, which is no [start, end, label]")
            yield span[0], span[1], span[2]
