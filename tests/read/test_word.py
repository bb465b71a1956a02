"""Old Word formats go through LibreOffice, in a folder and a profile of their own and for a bounded time."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from random import Random

import pytest

from govnlp import Limits, extract
from govnlp.read import read, word
from tests.render import docx
from tests.render.catalogue import page
from tests.render.grid import expected

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600
RTF = rb"{\rtf1\ansi\ansicpg936 {\u28548?\u28246?\u21439?2022\u24180?} 3\par}"
WORD_2003 = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
    "<w:t>澄湖县收到申请3件</w:t></w:r></w:p></w:body></w:wordDocument>"
).encode()
installed = pytest.mark.skipif(word._program() is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize(("data", "form"), [(OLE, "doc"), (RTF, "rtf"), (WORD_2003, "wordxml")])
def test_without_libreoffice_the_user_is_told_how_to_get_it(monkeypatch, data, form):
    monkeypatch.setattr(word, "_program", lambda: None)
    report = extract(data)
    issue = report.issues[0]
    assert (report.status, report.source.format, issue.code, issue.severity) == (
        "failed",
        form,
        "needs_libreoffice",
        "error",
    )
    assert "apt install" in issue.message
    assert "DOCX" in issue.message


@installed
@pytest.mark.parametrize(("data", "form"), [(RTF, "rtf"), (WORD_2003, "wordxml")])
def test_text_formats_of_word_are_read(data, form):
    document = read(data)
    assert document.format == form
    assert document.issues == ()
    assert document.source == document.printed.value
    assert "澄湖县" in document.printed.value
    assert "3" in document.printed.value


@installed
def test_a_broken_file_is_told():
    document = read(OLE)
    assert (document.format, document.printed.value) == ("doc", "")
    assert [one.code for one in document.issues] == ["damaged_source"]


@installed
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_a_form_is_read_from_the_old_formats(suffix, tmp_path: Path):
    made = page("art50v2", Random(9))
    (tmp_path / "nb.docx").write_bytes(docx.plain(made, Random(1)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        word._program() or "",
        "--headless",
        profile,
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "nb.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = extract(tmp_path / f"nb.{suffix}")
    assert (report.status, report.source.format) == ("complete", suffix)
    assert {name: report.value(name) for name in expected(made)} == {
        name: one.value for name, one in expected(made).items()
    }


def _program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice: a script that gets its arguments."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_converter_that_hangs_is_ended_with_all_that_it_started(monkeypatch, tmp_path: Path):
    told = tmp_path / "child"
    script = f"sleep 60 &\necho $! > {told}\nwait"
    monkeypatch.setattr(word, "_program", lambda: _program(tmp_path, script))
    document = read(RTF, limits=Limits(seconds=1.0))
    assert [one.code for one in document.issues] == ["damaged_source"]
    assert "in time" in document.issues[0].message
    state = Path(f"/proc/{told.read_text().strip()}/stat")
    assert not state.exists() or " Z " in state.read_text()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_the_converter_gets_a_neutral_name_and_a_profile_of_its_own(monkeypatch, tmp_path: Path):
    told = tmp_path / "arguments"
    monkeypatch.setattr(word, "_program", lambda: _program(tmp_path, f'printf "%s\\n" "$@" "$PWD" "$HOME" > {told}'))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "$(touch x);-nb.rtf").write_bytes(RTF)
    extract(tmp_path / "$(touch x);-nb.rtf")
    arguments = told.read_text().splitlines()
    assert Path(arguments[-3]).name == "source.rtf"
    assert not any("nb.rtf" in one for one in arguments)
    (profile,) = [one for one in arguments if one.startswith("-env:UserInstallation=file:///")]
    assert str(tmp_path) not in profile
    assert not Path(arguments[-1]).exists()
    assert not (tmp_path / "x").exists()
