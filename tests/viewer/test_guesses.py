"""What the model was not sure of: shown as a guess, never an answer, accepted or rejected by a person."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from govnlp.export import html
from govnlp.export.html_sheet import sheet
from govnlp.pipeline import inspect
from govnlp.prose.annotations import Label, read_annotations
from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.tagger import Passage, Tag
from govnlp.schema.facts import Fact
from govnlp.viewing import page_of
from tests.viewer.making import CONFLICT, written
from tests.viewer.test_correcting import NEW, SLOT, choose, save

TEXT = """云岭县人民政府2021年政府信息公开工作年度报告
一、总体情况
本报告由云岭县人民政府编制。
二、主动公开政府信息情况
窗口年内经手求件9宗,上门来访的16宗。邮箱那边没见着求件。
全县建成便民驿站31处。
三、收到和处理政府信息公开申请情况
共收到政府信息公开申请40件,求件人那里都有了下文。
"""
# What stands before a mention, and what a hesitating model takes the mention for.
GUESSES = {
    "经手求件": "applications.new.natural_person",
    "来访的": "applications.channel.in_person",
    "求件人那里": "applications.closed_on_time.total",
    "邮箱那边": "applications.channel.email",
}


class Hesitant:
    """A model that holds some mentions for likely, and for no more."""

    def mentions(self, text: str) -> list[Mention]:
        return mentions(text)

    def tag(self, passage: Passage, found: list[Mention]) -> list[Tag]:
        return [
            Tag(at, indicator, confidence=0.6)
            for at, one in enumerate(found)
            for before, indicator in GUESSES.items()
            if passage.text[: one.span.start].endswith(before)
        ]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    path = tmp_path / "county.html"
    path.write_text(page_of(inspect(text=TEXT, model=CascadeTagger(Hesitant()))), "utf-8")
    return path


def test_guesses_are_marked_beside_the_marks_of_facts():
    found = inspect(text=TEXT, model=CascadeTagger(Hesitant()))
    made = sheet(found.report, found.document)
    told = {
        made.text[one.start + mark.start : one.start + mark.end]: (mark.kind, mark.labels[0].indicator)
        for one in made.passages
        for mark in one.guesses
    }
    assert told == {
        "9": ("figure", "applications.new.natural_person"), "16": ("figure", "applications.channel.in_person"),
        "没": ("none", "applications.channel.email"), "都": ("all", "applications.closed_on_time.total"),
    }  # fmt: skip
    assert [mark.labels[0].indicator for one in made.passages for mark in one.marks] == [NEW]
    assert len(made.doubtful) == 4


def test_a_guess_is_shown_and_never_answers(county, opened, shot):
    for theme, language in (("light", "zh-CN"), ("dark", "en-GB")):
        page = opened(county, theme=theme, language=language)
        assert page.locator(".finding.doubt").count() == page.locator(".finding").count() == 4
        page.keyboard.press("j")
        assert page.locator(".mark.guess.selected").inner_text() == "9"
        assert page.locator(".mark.guess").all_inner_texts() == ["9", "16", "没", "都"]
        cell = page.locator(SLOT.format("applications.new.natural_person"))
        assert cell.inner_text() == "(9)"
        assert {"absent", "hinted", "selected"} <= set(cell.get_attribute("class").split())
        assert page.locator(SLOT.format(NEW)).inner_text() == "40"
        assert page.locator("td.value:not(.absent)").count() == 1
        shot(page, f"guesses-{theme}")
    assert "Perhaps “New applications · Individuals”: 9" in page.locator(".finding.doubt").first.inner_text()
    assert "a guess: 9" in cell.get_attribute("title")
    assert "a guess of the model" in page.locator(".inspector .card.guess").inner_text()


def test_a_guess_and_an_empty_cell_lead_to_each_other(county, opened):
    page = opened(county)
    page.click(SLOT.format("applications.new.natural_person"))
    assert page.locator(".mark.guess.selected").inner_text() == "9"
    page.click(".mark.guess >> text=16")
    assert page.locator(".inspector .card.guess code").inner_text() == "applications.channel.in_person"


def test_guesses_are_accepted_and_rejected_by_keys_in_turn(county, opened, tmp_path, shot):
    page = opened(county)
    for key in ("a", "x", "a", "a"):
        page.keyboard.press("j")
        page.keyboard.press(key)
    assert page.locator(".finding").count() == 0
    assert page.locator(".mark.guess").count() == 0
    cell = page.locator(SLOT.format("applications.new.natural_person"))
    assert cell.inner_text() == "9"
    assert "hinted" not in cell.get_attribute("class")
    assert page.locator("details.kept tr.rejected").count() == 1
    shot(page, "guesses-judged")
    passages = read_annotations(save(page, tmp_path))
    marks = {one.text[slice(*mark.span)]: (mark.kind, *mark.labels) for one in passages for mark in one.marks}
    assert marks == {
        "9": ("figure", Label("applications.new.natural_person", Decimal(9))),
        "没": ("none", Label("applications.channel.email", Decimal(0))),
        "40": ("figure", Label(NEW, Decimal(40))),
        "都": ("all", Label("applications.closed_on_time.total", Decimal(40))),
    }


def test_accepting_saves_what_assigning_by_hand_saves(county, opened, tmp_path):
    page = opened(county)
    page.click(".mark.guess >> text=9")
    page.keyboard.press("a")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    accepted = save(page, tmp_path).read_text("utf-8")
    plain = opened(written(tmp_path, text=TEXT))
    plain.click(".numeral:text-is('9')")
    plain.click(".inspector .primary")
    choose(plain, "applications.new.natural_person")
    plain.click(".editor .primary")
    assert save(plain, tmp_path).read_text("utf-8") == accepted


def test_a_judgement_is_undone_and_opens_again(county, opened, tmp_path):
    page = opened(county)
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator(".finding.doubt").count() == 3
    page.keyboard.press("u")
    assert page.locator(".finding.doubt").count() == 4
    page.click(".mark.guess >> text=9")
    page.keyboard.press("a")
    page.keyboard.press("x")
    assert page.locator(".finding.doubt").count() == 3
    assert page.locator(SLOT.format("applications.new.natural_person")).inner_text() == ""
    page.keyboard.press("u")
    saved = save(page, tmp_path)
    found = inspect(text=TEXT, model=CascadeTagger(Hesitant()))
    again = tmp_path / "again.html"
    again.write_text(page_of(found, saved), "utf-8")
    page = opened(again)
    assert page.locator(SLOT.format("applications.new.natural_person")).inner_text() == "9"
    assert page.locator(".mark.guess").all_inner_texts() == ["都"]


def test_a_guess_is_corrected_to_another_indicator(county, opened):
    page = opened(county)
    page.click(".mark.guess >> text=16")
    page.keyboard.press("e")
    assert page.input_value("input[name=value]") == "16"
    choose(page, "applications.channel.fax")
    page.click(".editor .primary")
    assert page.locator(".finding.doubt").count() == 3
    assert page.locator(SLOT.format("applications.channel.fax")).inner_text() == "16"


def test_a_passage_with_open_guesses_is_not_called_right(county, opened, tmp_path):
    page = opened(county)
    page.click(SLOT.format(NEW))
    page.keyboard.press("c")
    assert "1 个推测尚未判断" in page.locator(".notice").inner_text()
    page.keyboard.press("s")
    assert "其余 1 个含数字的段落" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    page.click(".mark.guess >> text=9")
    page.keyboard.press("a")
    page.keyboard.press("s")
    assert "其中 2 个推测尚未判断" in page.locator("dialog .complaint").inner_text()


def test_of_two_labels_of_one_mark_both_can_be_rejected(tmp_path, opened):
    page = opened(
        written(tmp_path, text="某镇2016年政府信息公开工作年度报告\n四、行政复议情况\n未发生行政复议和行政诉讼。")
    )
    for name in ("remedies.review.total", "remedies.litigation.total"):
        page.click(SLOT.format(name))
        page.click(f".card:has(code:text-is('{name}')) >> text=否定")
    assert page.locator(".mark").count() == 0


def test_a_guess_shares_a_mark_and_a_blank_cell_and_hides_neither(tmp_path, opened, shot):
    found = inspect(text=CONFLICT, model=None)
    place = next(one.evidence for one in found.report.facts if one.raw == "9")
    told = [("applications.new.legal_service", 9), (NEW, 8), ("proactive.admin_fees.amount", 45000)]
    guesses = [
        Fact(indicator=name, value=value, status="reported", method="prose", raw="9", evidence=place)
        for name, value in told
    ]
    report = found.report.model_copy(update={"doubtful": tuple(guesses)})
    path = tmp_path / "blank.html"
    path.write_text(html.page(report, found.document), "utf-8")
    page = opened(path)
    blank, answered, money = (page.locator(SLOT.format(name)) for name, _ in told)
    assert "".join(blank.inner_text().split()) == "空(9)"
    assert {"blank", "hinted"} <= set(blank.get_attribute("class").split())
    assert answered.inner_text() == "13"
    assert money.inner_text() == "(4.5)"
    blank.scroll_into_view_if_needed()
    shot(page, "guesses-hints")
    page.click(".mark.doubted >> text=9")
    assert page.locator(".card.row.guess").count() == 2
    page.click(".card.row:has([title='proactive.admin_fees.amount']) >> text=采纳")
    assert page.locator(".notice").inner_text().startswith("原文为 9")
    assert money.inner_text() == "(4.5)"
    page.click(".card.row:has([title='applications.new.legal_service']) >> text=采纳")
    assert blank.inner_text() == "9"
    (passage,) = read_annotations(save(page, tmp_path))
    assert [label.indicator for label in passage.marks[0].labels] == [NEW, "applications.new.legal_service"]
