"""Correcting in the page: what is saved is sound for `govnlp train`, and opens again as it was left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govnlp import extract
from govnlp.errors import GovnlpError
from govnlp.model_files import model_path
from govnlp.prose.annotations import Annotated, Label, read_annotations
from tests.viewer.making import CONFLICT, TOWN, written

SLOT = "td.value[data-indicator='{}']"
NEW = "applications.new.total"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return written(tmp_path, text=TOWN)


def save(page, folder: Path, *, rest: bool = False) -> Path:
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    if rest:
        page.check("input[name=rest]")
    with page.expect_download() as waiting:
        page.click("dialog .primary")
    assert waiting.value.suggested_filename == "annotations.jsonl"
    path = folder / "annotations.jsonl"
    waiting.value.save_as(path)
    return path


def choose(page, query: str) -> None:
    page.fill("input[name=indicator]", query)
    page.keyboard.press("Enter")


def said(passage: Annotated) -> dict[str, tuple[Label, ...]]:
    return {passage.text[slice(*mark.span)]: mark.labels for mark in passage.marks}


def test_a_marked_number_is_assigned_by_its_chinese_name(town, opened, tmp_path, shot):
    page = opened(town)
    page.click(".numeral:text-is('9')")
    page.click(".inspector .primary")
    page.fill("input[name=indicator]", "电子邮件")
    assert "applications.channel.email" in page.locator("#indicator-options li").first.inner_text()
    shot(page, "assigning")
    page.keyboard.press("Enter")
    assert page.input_value("input[name=value]") == "9"
    page.click(".editor .primary")
    cell = page.locator(SLOT.format("applications.channel.email"))
    assert cell.inner_text() == "9"
    assert "edited" in cell.get_attribute("class")
    (passage,) = read_annotations(save(page, tmp_path))
    assert passage.text == "全年共收到政府信息公开申请7件,办结6件。窗口另代收求件9宗。"
    assert said(passage)["9"][0].indicator == "applications.channel.email"
    assert said(passage)["7"][0].indicator == NEW
    assert (passage.section, passage.year) == ("applications", 2016)


def test_a_fact_is_rejected_and_taken_back(town, opened, tmp_path):
    page = opened(town)
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("x")
    assert page.locator(SLOT.format("disclosure.total")).count() == 0 or "gone" in page.locator(
        SLOT.format("disclosure.total")
    ).get_attribute("class")
    page.keyboard.press("u")
    assert page.locator(SLOT.format("disclosure.total")).first.inner_text() == "128"
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("x")
    (passage,) = read_annotations(save(page, tmp_path))
    assert passage.text == "2016年,全镇主动公开政府信息128条。"
    assert passage.marks == ()


def test_a_value_must_be_the_one_that_is_printed(town, opened, tmp_path):
    page = opened(town)
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("e")
    page.fill("input[name=value]", "129")
    page.click(".editor .primary")
    assert "128" in page.locator(".complaint").inner_text()
    choose(page, "disclosure.cumulative")
    page.fill("input[name=value]", "128")
    page.select_option("select[name=period]", "cumulative")
    page.click(".editor .primary")
    (passage,) = read_annotations(save(page, tmp_path))
    (label,) = said(passage)["128"]
    assert (label.indicator, label.period) == ("disclosure.cumulative", "cumulative")


def test_an_amount_takes_the_unit_that_is_printed(town, opened, tmp_path):
    page = opened(town)
    page.click(".mark >> text=0.12万")
    page.keyboard.press("e")
    assert page.input_value("input[name=value]") == "1200"
    choose(page, "减免")
    page.click(".editor .primary")
    (passage,) = read_annotations(save(page, tmp_path))
    assert str(said(passage)["0.12万"][0].value) == "1200"


SELECT = """([from, length]) => {
  const block = [...document.querySelectorAll('.sheet-of-text .block')].find(one => one.textContent.includes(from));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let at = block.textContent.indexOf(from), left = length;
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    if (at >= 0 && at < node.length) { range.setStart(node, at); at = -1; left += range.startOffset; }
    else if (at >= 0) { at -= node.length; continue; }
    if (left <= node.length) { range.setEnd(node, left); break; }
    left -= node.length;
  }
  const chosen = getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}"""


def test_characters_are_marked_by_selecting_them(tmp_path, opened):
    text = TOWN.replace("群众来电咨询88次。", "𠮷镇群众来电咨询88次,公报一概阙如。")
    page = opened(written(tmp_path, text=text))
    page.evaluate(SELECT, ["阙如", 2])
    page.click(".inspector .actions >> text=标注所选")
    assert page.input_value("select[name=kind]") == "figure"
    page.select_option("select[name=kind]", "none")
    choose(page, "政府公报公开")
    page.click(".editor .primary")
    page.evaluate(SELECT, ["询88次", 3])
    page.click(".inspector .actions >> text=标注所选")
    choose(page, "response.consultations")
    page.click(".editor .primary")
    (passage,) = read_annotations(save(page, tmp_path))
    marks = {passage.text[slice(*one.span)]: (one.kind, one.labels[0].indicator) for one in passage.marks}
    assert marks == {"阙如": ("none", "disclosure.via.gazette"), "88": ("figure", "response.consultations")}
    assert passage.text.startswith("𠮷镇")


def test_marks_never_overlap_and_a_figure_needs_digits(town, opened):
    page = opened(town)
    page.evaluate(SELECT, ["发生行政复议", 2])
    page.click(".inspector .actions >> text=标注所选")
    choose(page, "disclosure.via.website")
    page.click(".editor .primary")
    assert page.locator(".complaint").inner_text().startswith("与已有标注重叠")
    page.keyboard.press("Escape")
    page.evaluate(SELECT, ["群众来电", 4])
    page.click(".inspector .actions >> text=标注所选")
    choose(page, "disclosure.via.website")
    page.fill("input[name=value]", "3")
    page.click(".editor .primary")
    assert page.locator(".complaint").inner_text() == "所选文字中没有数字。"


def test_a_saved_file_opens_again(town, opened, tmp_path):
    page = opened(town)
    page.click(".numeral:text-is('88')")
    page.click(".inspector .primary")
    choose(page, "response.consultations")
    page.click(".editor .primary")
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("x")
    saved = save(page, tmp_path)
    again = opened(written(tmp_path, "again.html", text=TOWN, annotations=saved))
    assert again.locator(SLOT.format("response.consultations")).inner_text() == "88"
    assert again.locator("details.kept tr.rejected").count() == 1
    assert save(again, tmp_path).read_text("utf-8") == saved.read_text("utf-8")
    dropped = opened(town)
    dropped.set_input_files("input.file", saved)
    assert dropped.locator(SLOT.format("response.consultations")).inner_text() == "88"
    foreign = tmp_path / "other.jsonl"
    foreign.write_text(json.dumps({"text": "别处的话。", "marks": []}) + "\n", "utf-8")
    dropped.set_input_files("input.file", foreign)
    dropped.wait_for_function("() => document.querySelector('.notice').textContent.includes('1 行不属于')")


def test_a_cell_of_a_table_is_corrected_and_kept_for_people(tmp_path, opened):
    page = opened(written(tmp_path, text=CONFLICT))
    page.click(SLOT.format("applications.new.business"))
    page.keyboard.press("e")
    page.fill("input[name=value]", "2")
    page.click(".editor .primary")
    assert page.locator(SLOT.format("applications.new.business")).inner_text() == "2"
    saved = save(page, tmp_path)
    (record,) = (json.loads(line) for line in saved.read_text("utf-8").splitlines())
    assert (record["text"], record["cell"]["row"]) == ("1", 2)
    assert read_annotations(saved, least=0) == []
    again = opened(written(tmp_path, "again.html", text=CONFLICT, annotations=saved))
    assert again.locator(SLOT.format("applications.new.business")).inner_text() == "2"


def test_passages_are_confirmed_and_the_rest_is_saved_where_asked(town, opened, tmp_path):
    page = opened(town)
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("c")
    assert "已确认" in page.locator(".inspector .actions").inner_text()
    assert len(read_annotations(save(page, tmp_path))) == 1
    everything = read_annotations(save(page, tmp_path, rest=True))
    assert [one.text for one in everything if "申请7件" in one.text]
    assert len(everything) >= 4


def test_all_that_a_page_would_save_is_sound(repository, tmp_path, opened):
    """Every passage of a long report of prose, with what was read in it, is taken by the reader of annotations."""
    path = repository / "corpora" / "samples" / "city-2010.txt"
    saved = save(opened(written(tmp_path, source=path)), tmp_path, rest=True)
    assert len(read_annotations(saved)) >= 5


def a_report() -> str:
    """Twelve paragraphs with figures, and one sentence that no model knows."""
    lines = [f"第{number}项重点工作完成{number + 20}个点位建设。" for number in range(3, 15)]
    return "\n".join(
        [
            "窑头乡人民政府2016年政府信息公开工作年度报告",
            "三、依申请公开政府信息情况",
            *lines,
            "窗口年内登记在册的求件9宗,发放环保袋60只。",
        ]
    )


@pytest.mark.slow
def test_a_correction_of_the_page_is_read_by_the_new_model(tmp_path, opened):
    """Open, correct, save, train, extract: the correction is there."""
    typer_testing = pytest.importorskip("typer.testing")
    from govnlp.cli import app

    try:
        assert (model_path() / "encoder.onnx").is_file()
    except GovnlpError:
        pytest.skip("the trained model is not here")
    assert NEW not in extract(text=a_report(), model="zh_govnlp")
    page = opened(written(tmp_path, text=a_report(), model="zh_govnlp"))
    page.click(".numeral:text-is('9')")
    page.click(".inspector .primary")
    choose(page, NEW)
    page.click(".editor .primary")
    saved = save(page, tmp_path, rest=True)
    command = ["train", "--annotations", str(saved), "-o", str(tmp_path / "mine")]
    done = typer_testing.CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    read = extract(text=a_report(), model=tmp_path / "mine")
    fact = read[NEW]
    assert fact is not None
    assert fact.value == 9
    assert fact.evidence[0].quote.startswith("窗口年内登记在册的求件")
