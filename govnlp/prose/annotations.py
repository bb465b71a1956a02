"""Annotated passages: text of a report with every figure of an indicator, statement of none and carried total marked.

A file of annotations is UTF-8 JSON Lines, one passage a line; `docs/fine-tune.md` describes the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from govnlp.errors import AnnotationError, SourceError
from govnlp.prose.annotation_checks import Refused, passage_of
from govnlp.prose.mentions import MentionKind
from govnlp.prose.tagger import Passage
from govnlp.schema.facts import Period, Scope
from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span

# The label of a member of a list after 其中 that no indicator names.
PART = "part"
# A file beyond this is no list of passages that people marked.
MOST_BYTES = 200_000_000


class Label(NamedTuple):
    """What a mark says: an indicator (or `part`), its value in the indicator's unit where it is known, period and scope."""

    indicator: str
    value: Decimal | None = None
    period: Period = "year"
    scope: Scope = "own"


class Mark(NamedTuple):
    """The characters `span` of a passage and what they say; one mark may bear several labels.

    A `figure` is a numeral without its unit, a `none` the words that deny (未收到), an `all` those that carry a total (均).
    """

    span: Span
    kind: MentionKind
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A passage with its marks, in order and without overlaps. A figure without a mark belongs to no indicator.

    `line` is its line in the file, from 1.

    >>> Annotated("收费12元", (Mark(Span(2, 4), "figure", (Label("fees.information.amount"),)),)).as_passage().text
    '收费12元'
    """

    text: str
    marks: tuple[Mark, ...]
    section: SectionKind | None = None
    year: int | None = None
    voice: str = ""
    line: int = 0

    def as_passage(self) -> Passage:
        """The passage as a tagger sees a paragraph."""
        return Passage(self.text, section=self.section, year=self.year)


def read_annotations(path: Path, least: int = 1) -> list[Annotated]:
    """The passages of a file, in order; a file with fewer than `least` is a fault.

    A line with a `cell` corrects a cell of a table: it is kept for people, and no passage is made of it.
    `SourceError` where the file cannot be read; `AnnotationError` that names every line with a bad span, an unknown
    indicator, a wrong value or a missing field.
    """
    found: list[Annotated] = []
    faults: list[str] = []
    for number, line in _lines(path):
        try:
            if (one := _parsed(line, number)) is not None:
                found.append(one)
        except Refused as refused:
            faults += [f"line {number}: {reason}" for reason in refused.reasons]
    if faults:
        raise AnnotationError(path.name, faults)
    if len(found) < least:
        raise AnnotationError(path.name, ["the file holds no passage; each line is one passage as JSON"])
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; cut it into several files.")
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is no UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from None
    # Not splitlines: U+2028 and its like may stand inside a passage.
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _parsed(line: str, number: int) -> Annotated | None:
    try:
        record: object = json.loads(line, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Refused(f"no JSON: {error}") from None
    if isinstance(record, dict) and isinstance(record.get("cell"), dict):
        return None
    fields, marks = passage_of(record)
    made = (Mark(one.span, one.kind, tuple(Label(*label) for label in one.labels)) for one in marks)
    return Annotated(fields.text, tuple(made), fields.section, fields.year, fields.voice, number)


def to_line(passage: Annotated) -> str:
    """A passage as one line of a file, without the line's end.

    >>> to_line(Annotated("收费12元", (), "fees", 2016))
    '{"voice": "", "section": "fees", "year": 2016, "text": "收费12元", "marks": []}'
    """
    marks = [
        {
            "start": one.span.start,
            "end": one.span.end,
            "kind": one.kind,
            "labels": [_label(label) for label in one.labels],
        }
        for one in passage.marks
    ]
    record = {"voice": passage.voice, "section": passage.section, "year": passage.year, "text": passage.text}
    return json.dumps({**record, "marks": marks}, ensure_ascii=False)


def _label(label: Label) -> dict[str, str | None]:
    value = None if label.value is None else format(label.value, "f")
    return {"indicator": label.indicator, "value": value, "period": label.period, "scope": label.scope}
