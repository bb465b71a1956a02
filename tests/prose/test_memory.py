"""What was taught of a sentence holds for it: with other figures, not in other sentences, and not where it is in doubt."""

from __future__ import annotations

from pathlib import Path

from govnlp import extract
from govnlp.prose import TAUGHT, RuleTagger, remembering
from govnlp.prose.annotations import Annotated, Label, Mark, to_line
from govnlp.prose.memory import RememberingTagger
from govnlp.prose.read import read
from govnlp.prose.tagger import Tagger
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.reading import Outline
from govnlp.schema.report import Meta
from govnlp.schema.text import Span, Text

NEW = "applications.new.total"
SENTENCE = "窗口年内登记在册的求件{}宗,发放环保袋60只。"


def taught(text: str, surface: str, *labels: Label, kind: str = "figure", year: int | None = 2016) -> Annotated:
    start = text.index(surface)
    marks = (Mark(Span(start, start + len(surface)), kind, labels),) if labels else ()  # type: ignore[arg-type]
    return Annotated(text, marks, "applications", year)


def facts(text: str, tagger: Tagger, year: int = 2017) -> dict[str, tuple[int, str]]:
    document = Document(text, Text(text), Text(text), (Paragraph(Span(0, len(text))),), "text")
    found = read(document, Outline(Meta(year=year), (), is_report=True), tagger).facts
    return {one.indicator: (int(one.value or 0), one.period) for one in found}


def test_a_sentence_is_known_again_with_other_figures():
    tagger = RememberingTagger(RuleTagger(), [taught(SENTENCE.format(7), "7", Label(NEW))])
    assert facts(SENTENCE.format(7), RuleTagger()) == {}
    for number in ("7", "128", "三十二"):
        assert [value for value, _ in facts(SENTENCE.format(number), tagger).values()] == [
            {"7": 7, "128": 128, "三十二": 32}[number]
        ]
    assert facts(SENTENCE.format(7).replace("登记", "未曾登记"), tagger) == {}


def test_a_figure_that_the_rules_read_can_be_rejected():
    text = "全年共收到政府信息公开申请7件。"
    assert NEW in facts(text, RuleTagger())
    assert facts(text, RememberingTagger(RuleTagger(), [taught(text, "7")])) == {}


def test_words_of_none_and_periods_are_remembered_though_no_model_learns_them():
    none = "本年度公报一概阙如,没有编印任何一种。"
    period = "去岁窗口登记在册的求件有12宗之多。"
    tagger = RememberingTagger(
        RuleTagger(),
        [
            taught(none, "阙如", Label("disclosure.via.gazette"), kind="none"),
            taught(period, "12", Label(NEW, period="previous")),
        ],
    )
    assert facts(none, tagger) == {"disclosure.via.gazette": (0, "year")}
    assert facts(period, tagger) == {NEW: (12, "previous")}


def test_years_are_told_by_their_distance():
    tagger = RememberingTagger(RuleTagger(), [taught("2016年窗口登记在册的求件8宗。", "8", Label(NEW), year=2016)])
    assert facts("2017年窗口登记在册的求件9宗。", tagger, year=2017) == {NEW: (9, "year")}
    assert facts("2016年窗口登记在册的求件9宗。", tagger, year=2017) == {}


def test_what_is_short_or_in_doubt_is_not_remembered():
    short = RememberingTagger(RuleTagger(), [taught("3件。", "3", Label(NEW))])
    assert facts("3件。", short) == {}
    text = SENTENCE.format(7)
    doubt = [taught(text, "7", Label(NEW)), taught(text, "7", Label("disclosure.total"))]
    assert facts(text, RememberingTagger(RuleTagger(), doubt)) == {}


def test_a_folder_without_the_file_reads_as_before(tmp_path: Path):
    rules = RuleTagger()
    assert remembering(rules, tmp_path / TAUGHT) is rules
    (tmp_path / TAUGHT).write_text(to_line(taught(SENTENCE.format(7), "7", Label(NEW))) + "\n", "utf-8")
    assert facts(SENTENCE.format(9), remembering(rules, tmp_path / TAUGHT)) == {NEW: (9, "year")}
    assert extract(text="某镇2016年政府信息公开工作年度报告").status
