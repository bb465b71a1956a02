"""What importing govnlp and asking for help may load. Modules are counted, not seconds."""

from __future__ import annotations

import subprocess
import sys

import pytest

import govnlp


def _loaded(program: str) -> set[str]:
    code = f"import sys\n{program}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()} | set(done.stdout.split())


def test_importing_loads_no_package_but_its_own():
    assert not _loaded("import govnlp") & {"pydantic", "yaml", "pandas", "opencc", "selectolax", "rapidfuzz"}


def test_help_does_without_the_pipeline():
    program = (
        "from typer.testing import CliRunner\nfrom govnlp.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0"
    )
    assert not _loaded(program) & {"govnlp.pipeline", "pandas", "opencc", "selectolax", "rapidfuzz"}


def test_a_simplified_report_needs_neither_pandas_nor_opencc():
    program = "import govnlp\ngovnlp.extract(text='某县2016年政府信息公开工作年度报告\\n2016年共收到申请3件。')"
    assert not _loaded(program) & {"pandas", "opencc", "typer", "rich", "torch"}


def test_every_public_name_is_there_and_no_other():
    for name in govnlp.__all__:
        assert getattr(govnlp, name) is not None
        assert name in dir(govnlp)
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        govnlp.extrakt  # type: ignore[attr-defined] # noqa: B018
