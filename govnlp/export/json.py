"""Reports as JSON, one file a report."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from govnlp.schema.report import Report


def dumps(report: Report, indent: int | None = None) -> str:
    """A report as the command line writes it; the facts that answer carry `"answer": true`.

    >>> dumps(Report(status="not_a_report")).startswith('{"status":"not_a_report"')
    True
    """
    return report.to_json(indent=indent)


def write_report(report: Report, directory: str | os.PathLike[str], name: str) -> Path:
    """Write `<directory>/<name>.json` and give its path; a reader of the folder never sees half a file.

    The folder must exist. An OSError of the file system passes through.
    """
    target = Path(directory) / f"{name}.json"
    handle, temporary = tempfile.mkstemp(dir=directory, prefix=".govnlp-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(dumps(report) + "\n")
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def _umask() -> int:
    """What the user's new files are kept from; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
