"""Organ, region, year, date and form, as pages print them."""

from __future__ import annotations

import pytest

from govnlp.segment import segment
from govnlp.segment.dates import published_on
from govnlp.segment.gazetteer import region_of
from govnlp.segment.organ import canonical, organ_in_body, organ_in_title, organ_on_page
from govnlp.segment.year import year_in_body, year_in_title
from tests.segment.pages import page

TITLES = [
    ("金川县2021年政府信息公开工作年度报告", "金川县人民政府", 2021),
    ("金川县人民政府2021年政府信息公开工作年度报告", "金川县人民政府", 2021),
    ("金川县人民政府信息公开工作年度报告(2021年度)", "金川县人民政府", 2021),
    ("2021年金川县水务局政府信息公开工作年度报告", "金川县水务局", 2021),
    ("2016年度金川县水务局信息公开年度报告", "金川县水务局", 2016),
    ("金川县水务局二○一二年政府信息公开工作年度报告", "金川县水务局", 2012),
    ("金川县水务局二〇二一年政府信息公开年报", "金川县水务局", 2021),
    ("关于公布金川县统计局2009年政府信息公开年度报告", "金川县统计局", 2009),
    ("金川县安宁镇2023年政府信息公开工作年度报告", "金川县安宁镇人民政府", 2023),
    ("红旗街道办事处2022年政府信息公开工作年度报告", "红旗街道办事处", 2022),
    ("红旗街道2022年政府信息公开工作年度报告", "红旗街道办事处", 2022),
    ("金川县政府办公室2014年政府信息公开工作报告", "金川县政府办公室", 2014),
    ("国家档案局2018年政府信息公开工作年度报告", "国家档案局", 2018),
    ("某某经济技术开发区管理委员会2020年政府信息公开工作年度报告", "某某经济技术开发区管理委员会", 2020),
    ("2021年政府信息公开工作年度报告", None, 2021),
    ("我局2021年政府信息公开工作年度报告", None, 2021),
    ("县水务局2021年政府信息公开工作年度报告", "县水务局", 2021),
    ("朝阳区政府2013年政府信息公开工作年度报告", "朝阳区人民政府", 2013),
    ("广西壮族自治区2013年政府信息公开工作年度报告", "广西壮族自治区人民政府", 2013),
]


@pytest.mark.parametrize(("title", "organ", "year"), TITLES)
def test_title(title, organ, year):
    assert organ_in_title(title) == organ
    assert year_in_title(title) == year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("金川县政府信息公开工作年度报告", None),
        ("金川县政府信息公开工作年度报告(2022年1月20日)", None),
        ("2021年金川县政府信息公开工作年度报告 2022-01-20", 2021),
        ("金川县政府信息公开工作2020年度报告", 2020),
        ("(2019年度)政府信息公开工作年度报告", 2019),
        ("99999年报告", None),
    ],
)
def test_year_in_title(title, year):
    assert year_in_title(title) == year


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("本报告所列数据的统计期限自2014年1月1日起至2014年12月31日止。2015年将继续努力。", 2014),
        ("现公布2017年政府信息公开工作年度报告。", 2017),
        ("2020年,公开信息。较2019年增长。2020年,无申请。", 2020),
        ("政府信息公开情况统计表\n(2016年度)\n", 2016),
        ("根据国办发〔2021〕30号文件编制。", None),
        ("成文于2022年1月5日。", None),
        ("二○一○年我局公开信息。", 2010),
    ],
)
def test_year_in_body(body, year):
    assert year_in_body(body) == year


def test_year_of_publication_less_one_is_the_last_resort():
    text = "金川县水务局政府信息公开工作年度报告\n一、概述\n公开信息3条。\n二、主动公开政府信息情况\n无。"
    assert segment(page(text, published="2013-02-01")).meta.year == 2012
    outline = segment(page(text))
    assert outline.meta.year is None
    assert [(one.code, one.severity) for one in outline.issues] == [("no_year", "warning")]


@pytest.mark.parametrize(
    ("around", "date"),
    [
        ("发布日期:2022-01-18 来源:县政府办", "2022-01-18"),
        ("发布时间: 2022年1月8日", "2022-01-08"),
        ("生成日期:2015/03/02", "2015-03-02"),
        ("成文日期 |\n2019年12月31日 |\n发布日期 |\n2020-01-05 |", "2020-01-05"),
        ("信息来源:本站\n2021-02-03 10:20:30\n", "2021-02-03"),
        ("发布日期:2022-13-40", None),
        ("统计期限为2022年1月1日至2022年12月31日。", None),
    ],
)
def test_date_of_publication(around, date):
    assert published_on(None, around) == date


def test_date_in_the_prose_is_not_the_date_of_publication():
    text = "金川县水务局2021年政府信息公开工作年度报告\n一、总体情况\n2021年5月6日,召开了会议。\n二、主动公开政府信息情况\n无。"
    assert segment(page(text)).meta.published is None


@pytest.mark.parametrize(
    ("body", "organ"),
    [
        ("2021年,县水务局在上级指导下工作。2021年县水务局共发布信息3条。", "县水务局"),
        ("2016年云州区政府共收到申请2件。", "云州区人民政府"),
        ("本报告由金川县水务局根据条例编制。", "金川县水务局"),
        ("内容。\n金川县水务局\n2022年1月18日", "金川县水务局"),
        ("2021年,我局认真工作。2021年,全市共收到申请。2021年各县区共收到申请。", None),
    ],
)
def test_organ_in_body(body, organ):
    assert organ_in_body(body) == organ


@pytest.mark.parametrize(
    ("around", "organ"),
    [
        ("索引号:1 发布机构:金川县水务局 发布日期:2022-01-10", "金川县水务局"),
        ("发布机构 : |\n金川县水务局 |", "金川县水务局"),
        ("来源:金川县人民政府网", None),
        ("来源:本站 作者:张三", None),
        ("信息来源:金川县政府", "金川县人民政府"),
    ],
)
def test_organ_on_page(around, organ):
    assert organ_on_page(around) == organ


def test_organ_and_year_from_the_name_of_the_file():
    text = "一、总体情况\n本年公开信息3条。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。"
    meta = segment(page(text), name="金川县水务局2021年政府信息公开工作年度报告.pdf").meta
    assert (meta.organ, meta.year) == ("金川县水务局", 2021)
    outline = segment(page(text), name="t20220118_4417.html")
    assert outline.meta.organ is None
    assert {one.code for one in outline.issues} == {"no_year", "no_organ"}


@pytest.mark.parametrize(
    ("printed", "organ"),
    [
        ("本机关", None),
        ("县", None),
        ("朝阳区", "朝阳区人民政府"),
        ("各县区", None),
        ("金川县委员会", "金川县委员会"),
        ("", None),
    ],
)
def test_canonical_organ(printed, organ):
    assert canonical(printed) == organ


@pytest.mark.parametrize(
    ("organ", "context", "region"),
    [
        ("番禺区人民政府", "", "广东省广州市番禺区"),
        ("广州市番禺区人民政府", "", "广东省广州市番禺区"),
        ("朝阳区教育局", "", "朝阳区"),
        ("朝阳区教育局", "长春市发布", "吉林省长春市朝阳区"),
        ("朝阳区教育局", "北京市发布", "北京市朝阳区"),
        ("鼓楼区人民政府", "江苏省南京市", "江苏省南京市鼓楼区"),
        ("大同县人民政府", "", "山西省大同市大同县"),
        ("恩施州人民政府", "", "湖北省恩施土家族苗族自治州"),
        ("楚雄州元谋县元马镇人民政府", "", "云南省楚雄彝族自治州元谋县元马镇"),
        ("广西百色市财政局", "", "广西壮族自治区百色市"),
        ("海淀区人民政府", "", "北京市海淀区"),
        ("东莞市人民政府", "", "广东省东莞市"),
        ("元马镇人民政府", "", "元马镇"),
        ("山西省教育厅", "", "山西省"),
        ("国家档案局", "", None),
        ("县水务局", "", None),
        ("长春市朝阳区永昌街道办事处", "", "吉林省长春市朝阳区永昌街道"),
    ],
)
def test_region(organ, context, region):
    assert region_of(organ, context) == region


def test_links_to_other_reports_do_not_name_the_year():
    text = (
        "一、总体情况\n2021年,金川县水务局公开信息3条。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n"
        "上一篇:金川县教育局2019年政府信息公开工作年度报告\n下一篇:金川县财政局2018年政府信息公开工作年度报告"
    )
    meta = segment(page(text)).meta
    assert (meta.organ, meta.year) == ("金川县水务局", 2021)


def test_list_of_years_before_the_title_does_not_name_the_year():
    text = (
        "金川县2019年政府信息公开工作年度报告\n金川县2020年政府信息公开工作年度报告\n金川县2021年政府信息公开工作年度报告\n"
        "来源:县政府办\n一、总体情况\n2021年,工作有序。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。"
    )
    assert segment(page(text)).meta.year == 2021


def test_attachment_names_the_organ():
    text = (
        "一、总体情况\n2021年,我区公开信息3条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n无。\n"
        "大同市云州区水务局2021年政府信息公开工作年度报告.pdf"
    )
    outline = segment(page(text))
    assert outline.meta.organ == "大同市云州区水务局"
    assert outline.sections[-1].kind == "footer"


def test_name_of_the_file_yields_to_the_text():
    text = "一、总体情况\n2021年,本县公开信息3条。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。"
    assert segment(page(text), name="xxgk_2022_report.html").meta.year == 2021
