"""Facts carry their evidence, unit, period, scope and parts; sections that tell nothing are not read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.prose import Passage, Tag, read
from govnlp.prose.confidence import calibrated
from govnlp.prose.mentions import Mention, mentions
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline
from govnlp.schema.report import Meta, Section, SectionKind
from govnlp.schema.text import Span, Text, lines
from tests.prose.cases import Case, report
from tests.prose.test_mentions import PIECES


def facts(text: str, *, section: SectionKind = "overview", year: int | None = 2021) -> list[Fact]:
    return list(report(Case(text, {}, section=section, year=year)).facts)


def one(text: str, indicator: str, *, section: SectionKind = "overview") -> Fact:
    return next(fact for fact in facts(text, section=section) if fact.indicator == indicator)


def test_a_fact_shows_where_it_was_read() -> None:
    text = "前言。\n2021年,我局共收到政府信息公开申请近300件,情况良好。"
    fact = one(text, "applications.new.total")
    assert (fact.raw, fact.raw_unit, fact.qualifier, fact.method) == ("近300", "件", "about", "prose")
    assert text[slice(*fact.evidence[0].span)] == "近300"
    assert fact.evidence[0].source_span == fact.evidence[0].span
    assert fact.evidence[0].quote == "2021年,我局共收到政府信息公开申请近300件,情况良好。"


def test_evidence_points_into_the_source() -> None:
    printed = Text("收到申请 12件", tuple(range(10, 18)), tuple(range(11, 19)))
    page = Document("x" * 10 + printed.value, printed, Text(printed.value), (Paragraph(Span(0, len(printed))),), "text")
    section = Section(kind="applications", heading="", span=Span(0, len(printed)))
    fact = read(page, Outline(Meta(), (section,), True)).facts[0]
    assert page.source[slice(*fact.evidence[0].source_span)] == "12"


def test_said_twice_is_one_fact_with_two_pieces_of_evidence() -> None:
    found = facts("收到政府信息公开申请5件。\n全年共收到依申请公开5件。", section="applications")
    assert [(fact.indicator, len(fact.evidence)) for fact in found] == [("applications.new.total", 2)]


def test_said_with_two_values_stays_two_facts_in_order() -> None:
    found = facts("收到政府信息公开申请5件。\n全年共收到依申请公开6件。", section="applications")
    assert [int(fact.value or 0) for fact in found] == [5, 6]


def test_money_is_in_yuan_exactly() -> None:
    assert one("投入政务公开工作经费12.35万元。", "capacity.budget").value == Decimal(123500)


def test_last_year_and_other_years() -> None:
    found = facts("2020年收到政府信息公开申请7件,2021年收到政府信息公开申请9件,2015年收到政府信息公开申请1件。")
    assert [(int(fact.value or 0), str(fact.period)) for fact in found] == [(7, "previous"), (9, "year")]


def test_a_list_that_no_indicator_names_becomes_parts() -> None:
    fact = one("主动公开政府信息508条(其中:集中采购信息33条、教育信息56条、其他信息419条)。", "disclosure.total")
    assert [(part.label, int(part.value), part.unit) for part in fact.parts] == [
        ("集中采购信息", 33, "条"), ("教育信息", 56, "条"), ("其他信息", 419, "条"),
    ]  # fmt: skip


def test_the_figure_of_one_office_is_subordinate() -> None:
    found = facts("收到政府信息公开申请120件,其中市公安局12件。", section="applications")
    assert [(int(fact.value or 0), str(fact.scope)) for fact in found] == [(120, "own"), (12, "subordinate")]


def test_a_carried_total_has_the_words_as_raw_and_both_places_as_evidence() -> None:
    fact = one("收到政府信息公开申请2件,均予以答复。", "applications.replied.total")
    assert (fact.raw, int(fact.value or 0), str(fact.status), len(fact.evidence)) == ("均予以答复", 2, "reported", 2)


@pytest.mark.parametrize("kind", ["boilerplate", "footer", "problems"])
def test_sections_without_figures_of_the_year_are_not_read(kind: SectionKind) -> None:
    assert facts("收到政府信息公开申请5件。", section=kind) == []


def test_repeats_are_not_read() -> None:
    text = "收到政府信息公开申请5件。"
    page = Document(text, Text(text), Text(text), (Paragraph(Span(0, len(text))),), "text")
    section = Section(kind="overview", heading="", span=Span(0, len(text)), repeat=True)
    assert read(page, Outline(Meta(), (section,), True)).facts == ()


def test_another_tagger_may_take_the_place_of_the_rules() -> None:
    class Everything:
        def mentions(self, text: str) -> list[Mention]:
            return mentions(text)

        def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
            return [Tag(at, "disclosure.media_accounts", confidence=0.5) for at in range(len(mentions))]

    found = report(Case("参与30万人,投入5万元。", {}), Everything()).facts
    assert [(int(fact.value or 0), fact.confidence) for fact in found] == [
        (300000, calibrated(0.5))
    ]  # money is never a count


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_facts_that_stand_in_it(text: str) -> None:
    for fact in facts(text, section="applications"):
        assert fact.value is not None
        assert fact.value >= 0
        assert all(text[slice(*piece.span)] for piece in fact.evidence)


def test_hostile_text_ends() -> None:
    facts("收到申请3件、" * 3000)
    facts("上述无、" * 20_000 + "3件")
    assert facts("(" * 100_000 + "3件") == []


def test_every_figure_of_a_seed_is_a_mention() -> None:
    folder = Path(__file__).parents[2] / "../shared/seeds"
    if not folder.is_dir():
        pytest.skip("the seed reports are not beside this repository")
    text = next(folder.glob("003*.txt")).read_text("utf-8")
    raws = {text[slice(*one.raw.shifted(line.start))] for line in lines(text) for one in mentions(text[slice(*line)])}
    assert {"703203.72", "508", "579", "258", "9600", "33"} <= raws


def test_a_carried_total_names_the_applications_over_the_sentences_between() -> None:
    told = "收到政府信息公开申请63件。从内容看,问征地的41件,问规划的22件。{}申请均在法定期限内答复。"
    found = facts(told.format("上述"), section="applications")
    assert [int(one.value or 0) for one in found if one.indicator == "applications.replied.total"] == [63]
    unnamed = facts(told.format("").replace("申请均", "均"), section="applications")
    assert not [one for one in unnamed if one.indicator == "applications.replied.total"]


def test_a_carried_total_is_none_where_cases_of_last_year_stand_beside_those_received() -> None:
    found = facts("收到政府信息公开申请12件,上年结转2件。以上申请均已办结。", section="applications")
    assert not [one for one in found if one.indicator == "applications.closed.total"]
