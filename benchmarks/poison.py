"""Readers for tests of the batch: a page that says POISON does to its worker what it says.

`extract` otherwise reads as `govnlp.extract`; `light` hardly reads at all, so that its workers start quickly.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from pathlib import Path

from govnlp.schema.facts import Fact
from govnlp.schema.report import Issue, Meta, Report, Source

_MARK = b"POISON:"
_MEBIBYTE = 1024 * 1024


def extract(
    source: str | bytes | None = None, *, text: str | None = None, name: str | None = None, model: str | None = None
) -> Report:
    """The report, unless the page is poison: `crash`, `hang`, `memory`, `exception`, `slow`, or `once DIR` (the first time)."""
    from govnlp import extract as read

    _obey(_data(source, text))
    return read(source, text=text, name=name, model=model)


def light(
    source: str | bytes | None = None, *, text: str | None = None, name: str | None = None, model: str | None = None
) -> Report:
    """A report with one fact: the first number of more than one digit. Poison is obeyed as in `extract`."""
    data = _data(source, text)
    _obey(data)
    made = Source(name=name or model, format="text", digest=hashlib.blake2b(data, digest_size=16).hexdigest())
    if not data:
        issue = Issue(code="empty_source", severity="error", message="the source holds nothing.")
        return Report(status="failed", source=made, issues=(issue,))
    said = data.decode("utf-8", "replace")
    found = re.search(r"\d\d+(?=条)", said)
    value = int(found[0]) if found else 0
    fact = Fact(indicator="disclosure.total", value=value, status="reported", method="prose", answer=True)
    meta = Meta(organ=said.partition("局")[0] + "局", year=2016)
    return Report(status="complete", meta=meta, source=made, facts=(fact,), text=said)


def _data(source: str | bytes | None, text: str | None) -> bytes:
    if text is not None:
        return text.encode()
    return Path(source).read_bytes() if isinstance(source, str) else source or b""


def _obey(data: bytes) -> None:
    _, mark, rest = data.partition(_MARK)
    if mark:
        _act(*rest.split(b"<")[0].decode().split())


def _act(kind: str, folder: str = "") -> None:
    if kind == "crash" or (kind == "once" and _is_first(Path(folder))):
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "hang":
        time.sleep(3600)
    elif kind == "memory":
        held = [b"\1" * (16 * _MEBIBYTE) for _ in range(16)]
        time.sleep(3600 * len(held))
    elif kind == "slow":
        time.sleep(0.03)
    elif kind == "exception":
        raise RuntimeError("poison")


def _is_first(folder: Path) -> bool:
    mark = folder / "was-here"
    if mark.exists():
        return False
    mark.touch()
    return True
