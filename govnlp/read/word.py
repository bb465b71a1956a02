"""DOC, WPS, RTF, ODT and Word's old XML through LibreOffice, where it is installed: they become DOCX and are read as that."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from govnlp.read.archive import damaged
from govnlp.read.limits import Limits
from govnlp.read.packed import Opener, Unwrapped
from govnlp.schema.report import Issue

SUFFIXES: Mapping[str, str] = {"doc": "doc", "rtf": "rtf", "wordxml": "xml", "odt": "odt"}
"""The formats that are converted, and the suffix that LibreOffice knows each by."""
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
)
# A profile of our own: no macro runs, and nothing is loaded from where a document points to.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"  # a proxy that answers nothing
_LONGEST = 120.0  # seconds; a sound file takes a few


def converter(form: str) -> Opener:
    """What turns files of a format into DOCX. Issues: `needs_libreoffice`, `damaged_source`.

    >>> isinstance(converter("rtf")(b"no such file", Limits(seconds=0)), Issue)
    True
    """
    return lambda data, limits: _converted(data, form, limits)


def _converted(data: bytes, form: str, limits: Limits) -> Unwrapped | Issue:
    program = _program()
    if program is None:
        return _needed(form)
    with tempfile.TemporaryDirectory(prefix="govnlp-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source.{SUFFIXES[form]}"
        source.write_bytes(data)
        if not _ran(program, folder, source, min(limits.seconds, _LONGEST)):
            return damaged(f"LibreOffice did not open this {form.upper()} file in time")
        made = folder / "out" / "source.docx"
        if not made.is_file():
            return damaged(f"LibreOffice cannot open this {form.upper()} file")
        with made.open("rb") as file:
            return Unwrapped(file.read(limits.unpacked))


def _program() -> str | None:
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _ran(program: str, folder: Path, source: Path, seconds: float) -> bool:
    """Whether LibreOffice came to an end in time; if not, it and all that it started are ended."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    command = [
        program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", "docx", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell, a name of our own
        command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, env=_environment(folder), start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return False
    return True


def _environment(folder: Path) -> dict[str, str]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    return {**os.environ, **proxies, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _needed(form: str) -> Issue:
    return Issue(
        code="needs_libreoffice",
        severity="error",
        message=f"this is a {form.upper()} file, which is read through LibreOffice, and that is not installed. Install it "
        "(`apt install libreoffice-writer`, `brew install --cask libreoffice`, or libreoffice.org), or save the file as DOCX.",
    )
