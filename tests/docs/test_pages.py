"""The documentation is true: what is generated is up to date, every code is documented, every link leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
import yaml

import govnlp
from docs import generate
from govnlp import indicators
from govnlp.schema.identities import identities
from govnlp.schema.report import Report
from govnlp.schema.views import FactRow
from tests.docs.pages import PAGES, ROOT

_LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
_CODE = re.compile(r'\bcode(?:: str = |=)"([a-z_]+)"|_issue\((?:\s*|[^()\n]*, )"([a-z_]+)"')
_EXTRA = re.compile(r"extras? `(\w+)`(?: and `(\w+)`)?|govnlp\[([a-z,]+)\]|'\.\[([a-z,]+)\]'")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
Entry: TypeAlias = "dict[str, str | list[Entry]]"
"""A title of the navigation with its page, or with the entries below it."""


def _docs(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("name", generate.PARTS)
def test_generated_parts_are_up_to_date(name: str):
    assert _docs(name) == generate.filled(name, _docs(name)), "run: python -m docs.generate"


def test_every_indicator_and_every_identity_has_its_row():
    schema, checks = _docs("schema.md"), _docs("checks.md")
    for one in indicators().values():
        name = f"{one.id.rpartition('.')[0]}.{{applicant}}" if one.applicant else one.id
        assert f"| `{name}` |" in schema or f"| `{one.id}` |" in schema, one.id
    stems = set(re.findall(r"^\| `([^`]+)` \|", checks, re.MULTILINE))
    for identity in identities():
        head = identity.id.partition(".")[0]
        assert identity.id in stems or any(stem.startswith(f"{head}.") and "{" in stem for stem in stems), identity.id


def test_a_page_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="lacks its marks"):
        generate.filled("schema.md", "# Schema")


def _codes() -> set[str]:
    """Every code of an issue that the package gives."""
    sources = [path.read_text("utf-8") for path in (ROOT / "govnlp").rglob("*.py")]
    return {first or second for source in sources for first, second in _CODE.findall(source)}


def test_every_code_of_an_issue_is_documented_and_no_other():
    documented = set(re.findall(r"^### `([a-z_]+)`$", _docs("issues.md"), re.MULTILINE))
    codes = _codes()
    assert len(codes) > 15
    assert documented == codes, f"to document: {codes - documented}; gone: {documented - codes}"


def test_every_code_says_its_severity():
    for part in _docs("issues.md").split("\n### ")[1:]:
        assert re.match(r"`[a-z_]+`\n(Error|Warning|Info)[.,]", part), part[:60]


def test_fields_of_a_report_and_of_a_row_are_documented():
    schema = _docs("schema.md")
    for name in set(Report.model_fields) - {"version"} | set(FactRow._fields):
        assert f"`{name}`" in schema, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    for target in _LINK.findall(page.read_text("utf-8")):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.is_file(), target
        if anchor:
            assert anchor in {_anchor(one) for one in _HEADING.findall(linked.read_text("utf-8"))}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_the_site_lists_every_page():
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(_listed(site["nav"])) == sorted(page.name for page in (ROOT / "docs").glob("*.md"))


def _listed(entries: list[Entry]) -> list[str]:
    """The pages of a navigation, those of its groups too."""
    found = [one for entry in entries for one in entry.values()]
    return [page for one in found for page in ([one] if isinstance(one, str) else _listed(one))]


def test_the_site_is_built(tmp_path: Path):
    pytest.importorskip("zensical")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    for page in (ROOT / "docs").glob("*.md"):
        built = tmp_path / "site" / ("index.html" if page.stem == "index" else f"{page.stem}/index.html")
        assert "</html>" in built.read_text("utf-8"), page.name


def test_every_extra_that_a_page_names_is_one():
    extras = _project().extras
    texts = [page.read_text("utf-8") for page in (*PAGES, *(ROOT / "docs").glob("*.ipynb"))]
    named = {name for text in texts for found in _EXTRA.findall(text) for name in ",".join(found).split(",") if name}
    assert "ocr" in named
    assert named <= extras, f"no such extras: {named - extras}"


def test_the_citation_is_of_this_package():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], cited["license"]) == (govnlp.__version__, _project().licence)
    assert {"cff-version", "message", "title", "authors"} <= set(cited)


class Project(NamedTuple):
    """What pyproject.toml says of the package."""

    licence: str
    extras: frozenset[str]


def _project() -> Project:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return Project(found["license"], frozenset(found["optional-dependencies"]))


def test_every_module_that_a_page_runs_is_there():
    modules = {found for page in PAGES for found in re.findall(r"python -m ([a-z_.]*[a-z])", page.read_text("utf-8"))}
    assert {"docs.generate", "benchmarks.tables"} <= modules
    for name in modules - {"pip", "zensical"}:
        assert find_spec(name), name


def test_every_option_of_the_commands_is_documented():
    from typer.main import get_command

    from govnlp.cli import app

    page = _docs("cli.md")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        part = page.partition(f"## govnlp {name}\n")[2].partition("\n## ")[0]
        assert part, f"govnlp {name} has no section"
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option == "--help" or f"`{option} " in part or f"`{option}`" in part, f"{name} {option}"


def test_no_page_names_a_place_of_this_machine():
    for page in PAGES:
        assert not re.search(r"/(?:work|root|home|tmp)/", page.read_text("utf-8")), page.name
