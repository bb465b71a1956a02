"""Writing tasks in the format of an annotation tool, and reading what came of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from govnlp.annotate import doccano, label_studio, spacy_docs
from govnlp.annotate.records import checked
from govnlp.annotate.tasks import Task
from govnlp.errors import AnnotationError, SourceError
from govnlp.prose.annotations import MOST_BYTES, Annotated, read_annotations, to_line

Format = Literal["label-studio", "doccano", "spacy", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_tasks(tasks: Iterable[Task], path: Path, to: Format) -> int:
    """Write tasks to a file, which is there wholly or not at all; how many they were.

    `SourceError` where the file cannot be written, `MissingExtraError` where `spacy` is not installed.
    """
    counted = _Counted(tasks)
    with _new_file(path) as file:
        if to == "spacy":
            file.write(spacy_docs.to_bytes(counted))
        else:
            for piece in _pieces(counted, to):
                file.write(piece.encode("utf-8", "replace"))
    return counted.count


def read_tasks(path: Path, from_: Format, *, unreviewed: bool = False) -> list[Annotated]:
    """The annotated passages of a file that came back from a tool, checked as `govnlp train` checks them.

    Of Label Studio's tasks those that nobody annotated are left out; `unreviewed` takes their predictions. `SourceError`
    where the file cannot be read; `AnnotationError` that names every task with a fault, or that there is none at all.
    """
    if from_ == "jsonl":
        return read_annotations(path)
    data = _bytes(path)
    if from_ == "spacy":
        found = checked(path.name, spacy_docs.read(data))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SourceError(f"{path} is no UTF-8 text (byte {error.start}).") from None
        records = doccano.read(text) if from_ == "doccano" else label_studio.read(text, unreviewed=unreviewed)
        found = checked(path.name, records)
    if not found:
        raise AnnotationError(path.name, ["it holds no annotated passage"])
    return found


def write_annotations(passages: Iterable[Annotated], path: Path) -> int:
    """Write passages as `govnlp train --annotations` reads them; how many they were."""
    count = 0
    with _new_file(path) as file:
        for passage in passages:
            file.write((to_line(passage) + "\n").encode("utf-8", "replace"))
            count += 1
    return count


class _Counted:
    """Tasks that are counted while they pass."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = tasks
        self.count = 0

    def __iter__(self) -> Iterator[Task]:
        for task in self._tasks:
            self.count += 1
            yield task


def _pieces(tasks: Iterable[Task], to: Format) -> Iterator[str]:
    if to == "label-studio":
        return label_studio.pieces(tasks)
    line = doccano.to_line if to == "doccano" else lambda task: to_line(task.passage)
    return (line(task) + "\n" for task in tasks)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside the wanted one, which takes its place when all is written."""
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            scratch = Path(file.name)
            try:
                yield file  # type: ignore[misc]
            except BaseException:
                scratch.unlink(missing_ok=True)
                raise
        scratch.chmod(0o644)
        scratch.replace(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or error}.") from None


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; cut it into several files.")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from None
