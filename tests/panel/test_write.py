"""The files and pictures of a panel, and the command."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from govnlp.cli import app
from govnlp.errors import OptionError, UnknownIndicatorError
from govnlp.panel import plot, read
from govnlp.panel import write as write_panel
from govnlp.panel.counts import coverage, failures, series
from tests.panel.making import BLANK, Made, write

NEW, IN, OUT = (f"applications.{name}.total" for name in ("new", "carried_in", "carried_out"))
REPORTS = (
    Made("番禺区教育局", 2019, {NEW: 3, OUT: 1, "capacity.budget": "703203.72"}),
    Made("番禺区教育局", 2020, {NEW: 7, IN: 2}, failed=("balance.total", "balance.business")),
    Made("番禺区教育局", 2022, {NEW: BLANK}, status="partial"),
    Made("番禺区财政局", 2020, {}),
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return write(tmp_path / "out", REPORTS)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: str | Path):
    return CliRunner().invoke(app, ["panel", *map(str, arguments)])


def test_the_command_writes_the_panel_and_says_what_is_in_it(out: Path):
    done = run(out)
    assert done.exit_code == 0, done.output
    folder = out / "panel"
    assert {path.name for path in folder.iterdir()} == {
        "panel.parquet", "panel.csv", "checks_across.csv", "gaps.csv", "names.csv", "documents.csv",
    }  # fmt: skip
    assert "2 organs, 4 organ-years, 2019 to 2022, 6 figures" in done.stdout
    assert "years.carried: 0 passed, 1 failed, 0 undecided" in done.stdout
    first = rows(folder / "panel.csv")[1]
    assert (first["organ"], first["year"], first["indicator"]) == ("广东省广州市番禺区教育局", "2019", OUT)
    values = {(row["indicator"], row["year"]): row["value"] for row in rows(folder / "panel.csv")}
    assert values["capacity.budget", "2019"] == "703203.72"
    assert values[NEW, "2019"] == "3"
    assert values[NEW, "2022"] == ""
    check = rows(folder / "checks_across.csv")[0]
    assert (check["status"], check["difference"]) == ("failed", "1")
    assert [row["year"] for row in rows(folder / "gaps.csv") if row["kind"] == "year"] == ["2021"]


def test_a_wide_panel_has_its_statuses_beside_it(out: Path):
    assert run(out, "--wide", "-o", out / "w", "--format", "csv").exit_code == 0
    values, statuses = rows(out / "w" / "panel.csv"), rows(out / "w" / "panel_status.csv")
    assert [row[NEW] for row in values] == ["3", "7", "", ""]
    assert [row[NEW] for row in statuses] == ["reported", "reported", "blank", "absent"]
    assert not (out / "w" / "panel.parquet").exists()


def test_another_shape_leaves_nothing_of_the_former(out: Path):
    made = read(out)
    write_panel(made, out / "p", shape="wide", formats=("parquet", "csv"))
    paths = write_panel(made, out / "p")
    assert {path.name for path in (out / "p").iterdir()} == {path.name for path in paths}
    assert pq.read_table(out / "p" / "panel.parquet").num_rows == 6


def test_an_empty_archive_is_written_and_told(tmp_path: Path):
    done = run(write(tmp_path, []), "--wide", "--plot", tmp_path / "plots")
    assert done.exit_code == 1
    assert "0 organs" in done.stdout
    assert (tmp_path / "panel" / "panel.csv").read_text("utf-8") == "organ\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none"], "govnlp batch"),
        (["OUT", "--indicator", NEW], "--plot"),
        (["OUT", "--aliases", "none.csv"], "none.csv"),
    ],
)
def test_wrong_usage_is_told(out: Path, arguments: list[str], said: str):
    done = run(*(out if one == "OUT" else one for one in arguments))
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_output_that_is_a_file_is_told(out: Path):
    with pytest.raises(OptionError, match=re.escape("facts.parquet")):
        write_panel(read(out), out / "facts.parquet")


def test_the_counts_of_the_pictures_are_those_of_the_panel(out: Path):
    made = read(out)
    grid = coverage(made)
    assert grid.years == (2019, 2020, 2021, 2022)
    assert dict(zip(grid.organs, grid.cells, strict=True)) == {
        "广东省广州市番禺区教育局": ("complete", "complete", "missing", "partial"),
        "广东省广州市番禺区财政局": ("outside", "no_figures", "outside", "outside"),
    }
    one = series(made, NEW)
    assert [line.values for line in one.lines] == [(3.0, 7.0, None, None)]
    assert one.quartiles == ((3.0, 3.0, 3.0), (7.0, 7.0, 7.0), None, None)
    failed = failures(made)
    assert dict(zip(failed.ids, failed.failed, strict=True)) == {"balance": (0, 2, 0, 0), "years.carried": (0, 1, 0, 0)}


def test_the_pictures_are_drawn_and_the_page_needs_no_network(out: Path):
    pytest.importorskip("matplotlib")
    pytest.importorskip("plotly")
    drawn = plot(read(out), out / "plots", (NEW, "capacity.budget"))
    assert [path.name for path in drawn.paths] == [
        "coverage.png", f"{NEW}.png", "capacity.budget.png", "checks.png", "panel.html",
    ]  # fmt: skip
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn.paths[:-1])
    page = drawn.paths[-1].read_text("utf-8")
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=", page)
    assert "\\u5e7f\\u4e1c" in page or "广东省广州市番禺区教育局" in page


def test_what_cannot_be_drawn_is_told(out: Path, tmp_path: Path):
    with pytest.raises(UnknownIndicatorError):
        plot(read(out), tmp_path, ("applications.new",))
    with pytest.raises(OptionError, match="nothing to plot"):
        plot(read(write(tmp_path / "none", [])), tmp_path)
