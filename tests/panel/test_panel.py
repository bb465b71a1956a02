"""The panel of tables such as batch writes: what speaks, what is checked, what is missing, and the three kinds of nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.errors import FormatError, SourceError
from govnlp.panel import Panel, read
from govnlp.schema.indicators import indicators
from tests.panel.making import BLANK, Made, write

NEW, IN, OUT = (f"applications.{name}.total" for name in ("new", "carried_in", "carried_out"))
ORGAN = "番禺区教育局"
FULL = "广东省广州市番禺区教育局"


def panel(out: Path, *reports: Made, aliases: Path | None = None) -> Panel:
    return read(write(out, reports), aliases=aliases)


def statuses(made: Panel, stem: str) -> dict[tuple[str, int], str]:
    return {(one.organ, one.year): one.status for one in made.check_rows if one.id.startswith(stem)}


def test_zero_blank_and_absent_stay_three_things(tmp_path: Path):
    years: dict[int, dict[str, int | str]] = {2020: {NEW: 0}, 2021: {NEW: BLANK}, 2022: {IN: 1}}
    made = panel(tmp_path, *(Made(ORGAN, year, figures) for year, figures in years.items()))
    assert made.wide()[NEW].tolist() == [Decimal(0), None, None]
    assert made.wide("status")[NEW].tolist() == ["reported", "blank", "absent"]
    assert made.wide().columns.tolist() == made.wide("status").columns.tolist()
    long = made.long()
    assert [(row.year, row.value, row.status) for row in long[long.indicator == NEW].itertuples()] == [
        (2020, Decimal(0), "reported"),
        (2021, None, "blank"),
    ]


def test_names_of_one_organ_are_one_row_a_year_and_the_best_report_speaks(tmp_path: Path):
    made = panel(
        tmp_path,
        Made(ORGAN, 2020, {NEW: 3}, status="partial"),
        Made("广州市番禺区教育局", 2020, {NEW: 4}),
        Made("广东省番禺区 教育局", 2021, {NEW: 5}),
    )
    assert [(row.organ, row.year, row.printed) for row in made.rows] == [
        (FULL, 2020, "广州市番禺区教育局"),
        (FULL, 2021, "广东省番禺区 教育局"),
    ]
    assert made.wide()[NEW].tolist() == [4, 5]
    other = next(one for one in made.documents if not one.chosen)
    assert (other.document, other.reason) == ("d000", "d001 has complete, this partial")


def test_every_report_is_in_documents_once_with_what_became_of_it(tmp_path: Path):
    made = panel(
        tmp_path,
        Made(ORGAN, 2020, {NEW: 3}),
        Made(None, 2020, {NEW: 3}),
        Made("市教育局", 2020, {NEW: 3}),
        Made(ORGAN, None, {NEW: 3}),
        Made(ORGAN, 1900, {NEW: 3}),
        Made(ORGAN, 2020, {}, status="not_a_report"),
        Made(ORGAN, 2020, {}, status="failed"),
    )
    assert sorted(one.document for one in made.documents) == ["d000", "d001", "d002", "d003", "d004"]
    assert {one.document: one.reason for one in made.documents if not one.chosen} == {
        "d001": "no organ was found",
        "d002": "its name is not that of one organ",
        "d003": "no year was found that can be",
        "d004": "no year was found that can be",
    }
    assert [name.canonical for name in made.name_rows] == [None, FULL]


def test_organs_of_one_name_in_two_places_are_two(tmp_path: Path):
    made = panel(
        tmp_path,
        Made("朝阳区教育局", 2020, {NEW: 1}, region="北京市朝阳区", group="g", rank=2),
        Made("朝阳区教育局", 2020, {NEW: 2}, region="吉林省长春市朝阳区", group="g", rank=1),
        Made("朝阳区教育局", 2021, {NEW: 3}, url="http://a.example/1"),
    )
    assert [row.organ for row in made.rows] == ["北京市朝阳区教育局", "吉林省长春市朝阳区教育局", "朝阳区教育局"]
    note = next(one.note for one in made.name_rows if one.region is None)
    assert note == "maybe 北京市朝阳区教育局 or 吉林省长春市朝阳区教育局"


def test_a_copy_without_a_name_has_that_of_its_group(tmp_path: Path):
    made = panel(
        tmp_path,
        Made(None, None, {NEW: 1, IN: 0}, group="g", rank=1),
        Made(ORGAN, 2020, {NEW: 1}, group="g", rank=2),
    )
    assert [(row.organ, row.document) for row in made.rows] == [(FULL, "d000")]


def test_aliases_go_before_all_rules(tmp_path: Path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("name,canonical\n市教育局,广州市教育局\n番禺区政府办公室,番禺区人民政府办公室\n", "utf-8")
    made = panel(
        tmp_path,
        Made("市教育局", 2020, {NEW: 1}),
        Made("番禺区政府办公室", 2020, {NEW: 1}),
        Made("番禺区人民政府", 2021, {NEW: 9}),
        aliases=aliases,
    )
    assert sorted(row.organ for row in made.rows) == [
        "广东省广州市教育局",
        "广东省广州市番禺区人民政府",
        "广东省广州市番禺区人民政府办公室",
    ]
    assert {one.reasons for one in made.name_rows if one.organ == "市教育局"} == {"alias"}


@pytest.mark.parametrize("text", ["", "name\n市教育局\n", "name,canonical\n市教育局,\n", "name,canonical\n市教育局\n"])
def test_a_file_of_aliases_that_is_none_is_told(tmp_path: Path, text: str):
    path = tmp_path / "aliases.csv"
    path.write_text(text, "utf-8")
    write(tmp_path, [])
    if text:
        with pytest.raises(FormatError, match="name and canonical"):
            read(tmp_path, aliases=path)
    else:
        assert read(tmp_path, aliases=path).rows == ()
    with pytest.raises(SourceError):
        read(tmp_path, aliases=tmp_path / "none.csv")
    path.write_bytes("name,canonical\n市,市".encode("gb18030"))
    with pytest.raises(FormatError, match="UTF-8"):
        read(tmp_path, aliases=path)


def test_what_is_carried_over_is_checked_against_the_year_before(tmp_path: Path):
    years = {2018: {OUT: 2}, 2019: {IN: 2, OUT: 5}, 2020: {IN: 4, OUT: 1}, 2022: {IN: 9}}
    made = panel(tmp_path, *(Made(ORGAN, year, figures) for year, figures in years.items()))
    assert statuses(made, "years.carried.total") == {(FULL, 2019): "passed", (FULL, 2020): "failed"}
    failed = next(one for one in made.check_rows if one.status == "failed")
    assert [failed.left, failed.right, failed.difference] == [Decimal(4), Decimal(5), Decimal(-1)]
    assert (failed.document, failed.other_document) == ("d002", "d001")
    assert "本年上年结转4" in failed.message
    assert "上年结转下年度5" in failed.message


@pytest.mark.parametrize(
    ("before", "now", "qualifier", "status"),
    [
        ({OUT: 2}, {IN: BLANK}, "exact", "undecided"),
        ({OUT: BLANK}, {IN: BLANK}, "exact", None),
        ({OUT: 2}, {IN: 2}, "about", "undecided"),
        ({OUT: 2}, {}, "exact", None),
        ({}, {IN: 2}, "exact", None),
    ],
)
def test_what_is_blank_or_about_decides_nothing_and_what_is_absent_is_not_tried(
    tmp_path: Path, before: dict[str, int | str], now: dict[str, int | str], qualifier: str, status: str | None
):
    made = panel(tmp_path, Made(ORGAN, 2019, before), Made(ORGAN, 2020, now, qualifier=qualifier))
    assert [one.status for one in made.check_rows] == ([status] if status else [])


def test_what_is_in_force_is_expected_and_not_required(tmp_path: Path):
    force, issued, repealed = (f"proactive.regulations.{name}" for name in ("in_force", "issued", "repealed"))
    made = panel(
        tmp_path,
        Made(ORGAN, 2020, {force: 10}),
        Made(ORGAN, 2021, {force: 12, issued: 3, repealed: 1}),
        Made(ORGAN, 2022, {force: 99, issued: 0, repealed: 0}),
    )
    assert statuses(made, "years.in_force") == {(FULL, 2021): "passed", (FULL, 2022): "undecided"}
    last = made.check_rows[-1]
    assert last.difference == 87
    assert "不判为错误" in last.message


def test_a_government_has_at_least_what_each_department_has(tmp_path: Path):
    made = panel(
        tmp_path,
        Made("番禺区人民政府", 2020, {NEW: 10}),
        Made(ORGAN, 2020, {NEW: 4}),
        Made("番禺区财政局", 2020, {NEW: 11}),
        Made("番禺区人民政府", 2021, {NEW: 10}),
        Made(ORGAN, 2021, {NEW: 10}),
        Made("番禺区石楼镇人民政府", 2021, {NEW: 70}),
        Made("广州市财政局", 2021, {NEW: 80}),
    )
    found = [
        (one.year, one.status, one.other, one.difference) for one in made.check_rows if one.id.startswith("levels")
    ]
    assert found == [(2020, "undecided", "广东省广州市番禺区财政局", Decimal(-1)), (2021, "passed", FULL, Decimal(0))]


def test_gaps_are_years_tables_and_rows_and_no_blank_cell_is_one(tmp_path: Path):
    matrix = {
        one.id: 0 for one in indicators().values() if "art50v2" in one.forms and one.id.startswith("applications.")
    }
    matrix.pop(NEW)
    made = panel(
        tmp_path,
        Made(ORGAN, 2020, {**matrix, IN: BLANK}),
        Made(ORGAN, 2022, {}),
        Made(ORGAN, 2023, {NEW: 1}, form="free"),
    )
    found = [(one.kind, one.year, one.indicator) for one in made.gap_rows]
    assert found == [
        ("table", 2020, "article20"),
        ("indicator", 2020, NEW),
        ("table", 2020, "remedies"),
        ("year", 2021, None),
        ("no_figures", 2022, None),
    ]


def test_the_frames_have_the_columns_that_the_docs_name(tmp_path: Path):
    made = panel(tmp_path, Made(ORGAN, 2020, {NEW: 1}), Made(ORGAN, 2022, {NEW: 1}))
    assert made.long().columns.tolist() == [
        "organ", "printed", "place", "level", "year", "form", "indicator", "value", "status", "qualifier",
        "confidence", "method", "document", "source",
    ]  # fmt: skip
    assert made.gaps.kind.value_counts()["year"] == 1
    assert len(made.names) == 1
    assert made.checks.empty


def test_an_archive_without_reports_gives_an_empty_panel(tmp_path: Path):
    made = panel(tmp_path)
    assert made.rows == ()
    assert made.long().empty
    assert made.wide().empty
    assert made.checks.empty
    assert made.gaps.empty


def test_tables_that_are_none_are_told(tmp_path: Path):
    with pytest.raises(SourceError, match="govnlp batch"):
        read(tmp_path)
    write(tmp_path, [Made(ORGAN, 2020, {NEW: 1})])
    pq.write_table(pa.table({"document": ["d"]}), tmp_path / "facts.parquet")
    with pytest.raises(FormatError, match="no column"):
        read(tmp_path)
    (tmp_path / "facts.parquet").write_bytes(b"no parquet")
    with pytest.raises(FormatError, match="no Parquet"):
        read(tmp_path)


_REPORTS = st.tuples(
    st.sampled_from(
        [ORGAN, "广州市番禺区教育局", "番禺区财政局", "番禺区人民政府", "番禺区政府办公室", "市教育局", None]
    ),
    st.none() | st.integers(2014, 2023),
    st.dictionaries(st.sampled_from([NEW, IN, OUT]), st.integers(0, 9) | st.just(BLANK)),
    st.sampled_from(["complete", "partial", "failed"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_REPORTS.map(lambda one: Made(one[0], one[1], one[2], status=one[3])), max_size=12))
def test_no_figure_is_lost_or_made_up(tmp_path_factory: pytest.TempPathFactory, reports: list[Made]):
    """Long and wide say the same; each organ-year speaks once; each figure is that of its document."""
    made = panel(tmp_path_factory.mktemp("panel"), *reports)
    assert len({(row.organ, row.year) for row in made.rows}) == len(made.rows)
    assert len(made.documents) == sum(one.status != "failed" for one in reports)
    wide, status = made.wide(), made.wide("status")
    cells = 0
    for row in made.long().to_dict("records"):
        figure = reports[int(row["document"][1:])].figures[row["indicator"]]
        assert row["value"] == (None if figure == BLANK else figure)
        same = (wide.organ == row["organ"]) & (wide.year == row["year"])
        assert wide[same][row["indicator"]].tolist() == [row["value"]]
        assert status[same][row["indicator"]].tolist() == [row["status"]]
        cells += 1
    assert cells == sum(len(reports[int(row.document[1:])].figures) for row in made.rows)
    named = [name for name in (NEW, IN, OUT) if name in wide.columns]
    assert int((status[named] != "absent").to_numpy().sum() if named else 0) == cells
