"""Readings that the words around a mention deny, whoever proposes them."""

from __future__ import annotations

import time

import pytest

from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.refused import is_refused
from govnlp.prose.resolve import resolve
from govnlp.prose.sentences import sentences
from govnlp.prose.tagger import Passage, Tag
from govnlp.schema.text import Span


def _read(text: str, indicator: str, which: int = 0, year: int = 2021) -> list[tuple[str, int, str]]:
    """What a tagger that gives one mention this indicator, and all others none, makes of a text."""
    found: list[Mention] = mentions(text)
    tags = [Tag(at, indicator if at == which else None, confidence=0.95) for at in range(len(found))]
    spans = [one.span for one in sentences(text)]
    drafts = resolve(Passage(text, 0, None, "", "", year, True), found, tags, spans)
    return [(one.indicator, int(one.value), one.scope) for one in drafts]


@pytest.mark.parametrize(
    ("text", "indicator", "which"),
    [
        ("全年办结网民留言41条。", "applications.closed.total", 0),
        ("微信公众号粉丝3.2万人。", "disclosure.via.wechat", 0),
        ("除1件尚在办理外,其余均已答复。", "applications.replied.total", 0),
        ("副局长参加新闻发布会7场。", "response.press_conferences.by_principal", 0),
        ("专、兼职工作人员共88名。", "capacity.staff.full_time", 0),
        ("2022年累计公开71条。", "disclosure.cumulative", 0),
        ("去年行政诉讼3件,今年均无。", "remedies.litigation.total", 0),
        ("通过公众号、报纸、宣传栏公开66条。", "disclosure.via.other", 0),
        ("通过网站、微信公众号等发布66条。", "disclosure.via.website", 0),
        ("公开的信息没有涉及国家秘密的。", "applications.denied.state_secret.total", 0),
        ("未发生重大负面舆情。", "response.total", 0),
        ("微博于三月停止更新。", "disclosure.via.weibo", 0),
        ("查阅点新增4处。", "capacity.reading_points", 0),
        ("通过江南水文网公开415条。", "disclosure.total", 0),
        ("1—9月收到申请20件。", "applications.new.total", 0),
        ("未出现责任追究情况。", "remedies.complaints", 0),
        ("全年无安全生产责任事故。", "remedies.review.total", 0),
        ("除1件尚在办理外,其余均已答复。", "applications.closed.total", 0),
        ("近三年收到申请36件。", "applications.new.total", 0),
        ("累计受理86件,其中2021年受理9件。", "applications.new.total", 0),
        ("以企业名义提交的申请2件。", "applications.new.total", 0),
        ("下一步,增配设备2台,新增专职人员5名。", "capacity.staff.full_time", 1),
        ("计划举办培训班4期。", "capacity.trainings", 0),
        ("2022年,拟开展培训2期,设查阅点6个。", "capacity.reading_points", 1),
        ("2012年收到申请58件,2013年收到73件。", "applications.new.total", 0),
        ("12315平台接到投诉举报260件。", "remedies.complaints", 0),
        ("办结各类行政复议案件37件。", "remedies.review.total", 0),
        ("全县其他部门收到申请120件。", "applications.new.total", 0),
        ("县里办复议131件。", "remedies.review.total", 0),
        ("无行政诉讼败诉情况。", "remedies.litigation.total", 0),
        ("公众号2个,微博1个。", "disclosure.media_accounts", 0),
        ("收到来信来访72件,按时办结70件。", "applications.closed_on_time.total", 1),
    ],
)
def test_what_the_clause_denies_is_no_fact(text: str, indicator: str, which: int) -> None:
    assert _read(text, indicator, which) == []


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("全年办结申请41件。", "applications.closed.total", 41),
        ("发生行政复议案0件。", "remedies.review.total", 0),
        ("局长参加新闻发布会7场。", "response.press_conferences.by_principal", 7),
        ("截至2022年底累计公开71条。", "disclosure.cumulative", 71),
        ("上年结转3件。", "applications.carried_in.total", 3),
        ("较去年增加2件,收到9件。", "applications.new.total", 9),
        ("通过公示栏、宣传册等方式公开66条。", "disclosure.via.other", 66),
        ("没有需要回应的重大舆情。", "response.total", 0),
        ("查阅点增至4处。", "capacity.reading_points", 4),
        ("1—12月收到申请20件。", "applications.new.total", 20),
        ("未发生行政诉讼。", "remedies.litigation.total", 0),
        ("新媒体账号3个。", "disclosure.media_accounts", 3),
        ("按照年度工作计划,举办培训班4期。", "capacity.trainings", 4),
        ("比2020年多3件,2021年收到申请58件。", "applications.new.total", 58),
        ("有2件结转2022年,收到9件。", "applications.new.total", 9),
        ("依据2019年修订的条例,收到申请9件。", "applications.new.total", 9),
        ("除1件尚在办理外,其余15件全部办结。", "applications.closed.total", 15),
        ("网站公开12条、电视台和广播公开264条。", "disclosure.via.press", 264),
        ("未发生责任追究和行政诉讼。", "remedies.litigation.total", 0),
        ("收到信访和公开申请72件,按时办结70件。", "applications.closed_on_time.total", 70),
    ],
)
def test_what_the_clause_allows_stands(text: str, indicator: str, value: int) -> None:
    which = len([one for one in mentions(text) if one.kind in ("figure", "none")]) - 1
    assert [(one, number) for one, number, _ in _read(text, indicator, which)] == [(indicator, value)]


def test_one_office_beside_the_whole_is_a_part_of_it() -> None:
    told = "全市收到申请340件,市交通局收到18件。"
    assert _read(told, "applications.new.total", 1) == [("applications.new.total", 18, "subordinate")]
    level = "市政府本级收到申请86件,全市共1,377件。"
    assert _read(level, "applications.new.total", 0) == [("applications.new.total", 86, "subordinate")]
    alone = "市交通局收到申请18件。"
    assert _read(alone, "applications.new.total", 0) == [("applications.new.total", 18, "own")]
    listed = "其中开发区分局全年公开信息12条。"
    assert _read(listed, "disclosure.total", 0) == [("disclosure.total", 12, "subordinate")]


def test_a_figure_of_the_year_before_is_of_that_year() -> None:
    told = [Tag(0, "applications.new.total", confidence=0.95)]
    found = mentions("2020年收到申请58件。")
    drafts = resolve(Passage("2020年收到申请58件。", year=2021), found, told, [Span(0, 13)])
    assert [(one.period, int(one.value)) for one in drafts] == [("previous", 58)]


def test_a_long_clause_costs_no_more_than_its_words() -> None:
    text = "微信、" * 40_000 + "公开3条"
    found = mentions(text)[-1]
    started = time.perf_counter()
    tags = [Tag(0, "disclosure.via.other", confidence=0.95)]
    resolve(Passage(text, 0, None, "", "", 2021, True), [found], tags, [found.span])
    assert time.perf_counter() - started < 5
    assert is_refused.__doc__
