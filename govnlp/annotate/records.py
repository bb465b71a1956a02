"""What every format comes back to: the record of `govnlp train --annotations`, checked as that command checks it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypedDict, TypeGuard

from govnlp.errors import AnnotationError
from govnlp.prose.annotation_checks import Refused, passage_of
from govnlp.prose.annotations import Annotated, Label, Mark

_MOST_NAMED = 200


class LabelRecord(TypedDict):
    """A label as the plain format has it."""

    indicator: str
    value: str | None
    period: object
    scope: object


class MarkRecord(TypedDict):
    """A mark as the plain format has it."""

    start: object
    end: object
    kind: object
    labels: list[LabelRecord]


class Record(TypedDict):
    """A passage as the plain format has it; fields that come from outside are not trusted until checked."""

    text: object
    section: object
    year: object
    voice: object
    marks: list[MarkRecord]


# A place in the file for messages (task 3), with the passage, or with why there is none.
Read: TypeAlias = "Iterable[tuple[str, Record | Refused]]"


def checked(name: str, records: Read) -> list[Annotated]:
    """The passages of records; `AnnotationError` that names every fault of every one."""
    found: list[Annotated] = []
    faults: list[str] = []
    for place, record in records:
        try:
            found.append(_annotated(record))
        except Refused as refused:
            faults += [f"{place}: {reason}" for reason in refused.reasons]
    if faults:
        raise AnnotationError(name, faults[:_MOST_NAMED])
    return found


def _annotated(record: Record | Refused) -> Annotated:
    if isinstance(record, Refused):
        raise record
    fields, marks = passage_of(record)
    made = (Mark(one.span, one.kind, tuple(Label(*label) for label in one.labels)) for one in marks)
    return Annotated(fields.text, tuple(made), fields.section, fields.year, fields.voice)


def joined(regions: Iterable[tuple[object, object, object, LabelRecord]]) -> list[MarkRecord]:
    """Labels of start, end and kind as marks: those of one place and kind are one mark, in the order they come."""
    found: dict[str, MarkRecord] = {}
    for start, end, kind, label in regions:
        mark = found.setdefault(f"{start} {end} {kind}", MarkRecord(start=start, end=end, kind=kind, labels=[]))
        mark["labels"].append(label)
    return list(found.values())


def parsed_lines(text: str) -> Iterator[tuple[str, object]]:
    """The values of JSON lines, each with its place; a line that is no JSON gives `Refused` in its place."""
    # Not splitlines: U+2028 and its like may stand inside a passage.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"line {number}", parsed(line)


def parsed(text: str) -> object:
    """The value of a JSON text, or `Refused` that says why there is none."""
    try:
        return json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        return Refused(f"no JSON: {error}")


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def objects(value: object) -> list[dict[str, object]]:
    """The objects of a JSON list; none where it is no list."""
    return [one for one in value if is_object(one)] if isinstance(value, list) else []
