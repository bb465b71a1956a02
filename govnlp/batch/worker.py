"""A worker: a process that reads documents one after another and sends back what it read.

It is started as `python -m govnlp.batch.worker`, takes jobs on its standard input and answers on its standard output,
so that a document that crashes or hangs it takes nothing else with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, Protocol, TypeAlias, cast

from govnlp.batch.frames import Done, Frame, Head, read_frame, write_frame
from govnlp.batch.rows import Reading, batch_of, checks_schema, facts_schema, reports_schema, rows_of
from govnlp.batch.values import Limits, member_name
from govnlp.errors import GovnlpError
from govnlp.schema.report import Report

Answer = Literal["rows", "reports"]
Encode: TypeAlias = "Callable[[Sequence[Reading]], list[bytes]]"
# What was read is sent at the latest after so many seconds, or so many documents.
_SECONDS, _DOCUMENTS = 0.5, 16
_SMALL = "某县2016年政府信息公开工作年度报告\n二、依申请公开情况\n2016年共收到政府信息公开申请3件,没有发生行政复议。"


class Settings(NamedTuple):
    """What a worker is told when it is started. `reader` names the function that reads, as `module:function`.

    `answer` is `rows` (three Arrow streams for what was finished) or `reports` (each report as JSON).
    """

    model: str | None = None
    model_digest: str | None = None
    answer: Answer = "rows"
    reader: str = "govnlp.pipeline:extract"
    limits: Limits = Limits()

    def to_json(self) -> str:
        """The settings as an argument of the command that starts a worker."""
        return json.dumps(self._asdict())

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """What `to_json` gave.

        >>> Settings.from_json(Settings(model="m").to_json()) == Settings(model="m")
        True
        """
        given = json.loads(text)
        return cls(**{**given, "limits": Limits(*given["limits"])})


class Extract(Protocol):
    """The shape of `govnlp.extract`, as far as a worker needs it."""

    def __call__(
        self, source: str | bytes | None = None, *, text: str | None = None, name: str | None = None, model: str | None
    ) -> Report:
        """The report of a path or of bytes, or of a text."""
        ...


def serve(commands: BinaryIO, answers: BinaryIO, settings: Settings) -> None:
    """Read jobs until the other side is gone; each is announced before it is read, and sent when its group ends."""
    extract = _reader(settings)
    encode = _rows if settings.answer == "rows" else _reports
    _warm_up(extract, encode, settings)
    write_frame(answers, Frame({"ready": True, "memory": memory()}))
    done: list[Done] = []
    readings: list[Reading] = []
    since = time.monotonic()
    with Path(os.devnull).open("wb") as nowhere:
        while (frame := read_frame(commands)) is not None:
            if not done:
                since = time.monotonic()
            write_frame(answers, Frame({"began": frame.head["number"]}))
            one, reading = _read(extract, frame, settings, nowhere)
            done.append(one)
            readings += [reading] if reading else []
            if frame.head["flush"] or len(done) >= _DOCUMENTS or time.monotonic() - since > _SECONDS:
                done, bodies = _encoded(encode, done, readings)
                write_frame(answers, Frame({"done": done, "memory": memory()}, tuple(bodies)))
                done, readings = [], []


def memory() -> int:
    """The bytes that this process holds (resident set size)."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def _reader(settings: Settings) -> Extract:
    module, _, name = settings.reader.partition(":")
    return cast("Extract", getattr(import_module(module), name))


def _warm_up(extract: Extract, encode: Encode, settings: Settings) -> None:
    """What is loaded once, the model before all, is loaded here and not within the time of the first document."""
    encode([Reading("", "", extract(text=_SMALL, model=settings.model), 0.0, None)])


def _read(extract: Extract, frame: Frame, settings: Settings, nowhere: BinaryIO) -> tuple[Done, Reading | None]:
    """One job: what is told of it, and its report where there is one. Nothing that a document does raises."""
    head, data = frame.head, frame.bodies[0]
    start = time.perf_counter()
    faulthandler.dump_traceback_later(2 * settings.limits.seconds + 10, exit=True, file=nowhere)
    try:
        report = _report(extract, head, data, settings.model)
    except MemoryError:
        return _lost(head, "memory", "reading it took more memory than a worker may have.", start), None
    except GovnlpError as error:
        return _lost(head, "unreadable", " ".join(str(error).split()), start), None
    except Exception as error:  # a fault of govnlp's own: it is recorded, the other documents are read
        said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        return _lost(head, "exception", f"govnlp failed on this document ({said}); please report it.", start), None
    finally:
        faulthandler.cancel_dump_traceback_later()
    if head["kind"] == "path" and head["document"] and report.source.digest not in (None, head["document"]):
        return _lost(head, "changed", "the file was changed while the batch ran; run it again.", start), None
    seconds = time.perf_counter() - start
    reading = Reading(head["document"], head["source"], report, seconds, settings.model_digest)
    return _done(head, report, seconds), reading


def _report(extract: Extract, head: Head, data: bytes, model: str | None) -> Report:
    if head["kind"] == "path":
        return extract(head["path"], model=model)
    if head["kind"] == "text":
        return extract(text=data.decode("utf-8", "replace"), model=model)
    return extract(data, name=member_name(head["source"]), model=model)


def _done(head: Head, report: Report, seconds: float) -> Done:
    """A report that could not be read at all carries the code of its issue as the reason."""
    issue = next((one for one in report.issues if one.severity == "error"), None) if report.status == "failed" else None
    return Done(
        number=head["number"], status=report.status, reason=issue.code if issue else None,
        message=issue.message if issue else "", seconds=seconds, has_reading=True,
    )  # fmt: skip


def _lost(head: Head, reason: str, message: str, start: float) -> Done:
    seconds = time.perf_counter() - start
    return Done(
        number=head["number"], status="failed", reason=reason, message=message, seconds=seconds,
        has_reading=False,
    )  # fmt: skip


def _encoded(encode: Encode, done: list[Done], readings: list[Reading]) -> tuple[list[Done], list[bytes]]:
    """What is sent. A report that cannot be, be it ever so odd, costs itself and not the others."""
    try:
        return done, encode(readings)
    except Exception as fault:
        sound = [one for one in readings if _is_sound(encode, one)]
        kept = {id(one) for one in sound}
        waiting = iter(readings)
        said = f"its report cannot be stored ({type(fault).__name__}: {fault}); please report it."[:400]
        told = [
            one if not one["has_reading"] or id(next(waiting)) in kept
            else {**one, "status": "failed", "reason": "exception", "message": said, "has_reading": False}
            for one in done
        ]  # fmt: skip
        return cast("list[Done]", told), encode(sound)


def _is_sound(encode: Encode, reading: Reading) -> bool:
    try:
        encode([reading])
    except Exception:
        return False
    return True


def _rows(readings: Sequence[Reading]) -> list[bytes]:
    """Three Arrow streams: facts, reports, checks."""
    import pyarrow as pa

    facts, reports, checks = rows_of(readings)
    bodies = []
    for rows, schema in ((facts, facts_schema()), (reports, reports_schema()), (checks, checks_schema())):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema) as stream:
            stream.write_batch(batch_of(rows, schema))
        bodies.append(sink.getvalue().to_pybytes())
    return bodies


def _reports(readings: Sequence[Reading]) -> list[bytes]:
    return [one.report.to_json().encode("utf-8", "replace") for one in readings]


def main() -> None:
    """Serve on the standard streams. What a library prints goes to standard error, never between the answers."""
    with contextlib.suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    settings = Settings.from_json(sys.argv[1])
    _bound_memory(settings.limits.memory)
    try:
        serve(commands, answers, settings)
    except BrokenPipeError:
        pass  # the run has ended
    except Exception as error:
        write_frame(answers, Frame({"fatal": f"{type(error).__name__}: {error}"}))


def _bound_memory(limit: int) -> None:
    """A last bound, for what grows faster than the run looks: half as much again as the limit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limit * 3 // 2, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    main()
