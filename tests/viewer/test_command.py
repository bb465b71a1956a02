"""`govnlp view`: one page, many pages with an index, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from govnlp.cli import app
from tests.viewer.making import CONFLICT, TOWN


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["view", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stderr


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "town 一.txt").write_text(TOWN, "utf-8")
    (path / "index.html").write_text(CONFLICT, "utf-8")
    (path / "news.html").write_text("<p>今日要闻</p>", "utf-8")
    return path


def test_one_document_is_one_page(tmp_path: Path):
    source = folder(tmp_path / "in") / "town 一.txt"
    code, told = run(source, "-o", tmp_path / "deep" / "page.html", "--language", "en")
    assert code == 0
    assert "page.html" in told
    assert 'lang="en"' in (tmp_path / "deep" / "page.html").read_text("utf-8")


def test_many_documents_are_a_folder_with_an_index(tmp_path: Path, opened, shot):
    assert run(folder(tmp_path / "in"), "-o", tmp_path / "out")[0] == 0
    page = opened(tmp_path / "out" / "index.html")
    rows = page.locator("tbody tr")
    assert rows.count() == 3
    shot(page, "index")
    page.check("input[name=failed]")
    assert rows.all_inner_texts()[0].startswith("石桥县人民政府")
    assert rows.count() == 1
    page.uncheck("input[name=failed]")
    page.select_option("select[name=year]", "2016")
    assert rows.count() == 1
    page.select_option("select[name=year]", "")
    page.select_option("select[name=status]", "not_a_report")
    assert "news.html" in rows.first.inner_text()
    page.select_option("select[name=status]", "")
    page.fill("input[name=organ]", "柳坪")
    assert rows.count() == 1
    page.fill("input[name=organ]", "")
    page.click("thead button >> text=数据")
    page.click("thead button >> text=数据")
    numbers = [int(row.split("\t")[4]) for row in rows.all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    page.keyboard.press("Escape")
    page.click("tbody a >> text=柳坪镇")
    page.wait_for_selector(".panes")
    assert page.locator(".bar h1").inner_text() == "柳坪镇人民政府"


def test_what_goes_wrong_is_said(tmp_path: Path):
    source = folder(tmp_path / "in") / "town 一.txt"
    assert run(source, "-o", tmp_path)[0] == 2
    assert run(tmp_path / "in", "-o", source)[0] == 2
    code, told = run(tmp_path / "none.txt", "-o", tmp_path / "page.html")
    assert code == 1
    assert "none.txt" in told
    (tmp_path / "bad.jsonl").write_text('{"text": "x", "marks": [{"start": 0}]}\n', "utf-8")
    code, told = run(source, "-o", tmp_path / "page.html", "--annotations", tmp_path / "bad.jsonl")
    assert code == 1
    assert "line 1" in told
    code, told = run(source, "-o", tmp_path / "page.html", "--model", "no_such_model")
    assert code == 1
    assert "no_such_model" in told
