"""What is no report, and damaged reports that still are."""

from __future__ import annotations

import pytest

from govnlp.segment import segment
from tests.segment.pages import page

NONE = {
    "empty": "",
    "blank": "\n \n",
    "error": "404 Not Found\nnginx",
    "missing": "您访问的页面不存在或已删除\n返回首页",
    "login": "用户名:\n密码:\n登录\n忘记密码",
    "menu": "首页\n新闻中心\n政务公开\n政府信息公开指南\n政府信息公开年报\n依申请公开\n联系我们",
    "work report": "政府工作报告\n——在第三次会议上\n各位代表:现在,我代表县人民政府向大会报告工作。2021年,全县生产总值增长7%。\n一、2021年工作回顾\n完成。\n"
    "二、存在的问题\n有。\n三、2022年工作安排\n努力。",
    "law report": "金川县2021年法治政府建设年度报告\n一、主要做法\n做了。\n二、存在的主要问题\n有。\n三、下一步工作打算\n努力。",
    "budget": "金川县水务局2021年部门决算\n一、部门概况\n职责。\n二、决算表\n收入。\n三、情况说明\n无。",
    "guide": "金川县水务局政府信息公开指南\n为了更好地提供服务,编制本指南。\n一、信息分类\n机构类。\n二、主动公开\n范围见目录。\n三、依申请公开\n"
    "填写申请表。\n四、监督与救济\n可以举报、申请行政复议或提起行政诉讼。",
    "list": "政府信息公开年报\n"
    + "\n".join(f"金川县水务局{year}年政府信息公开工作年度报告\n{year + 1}-01-20" for year in range(2012, 2022)),
    "news": "县长调研春耕生产\n2021年3月5日,县长一行深入田间地头,查看春耕情况,强调要抓好粮食生产,确保全年丰收,切实保障粮食安全。\n上一篇\n下一篇",
    "guide with a law": "金川县水务局政府信息公开指南\n根据《中华人民共和国政府信息公开条例》,本局编制了《政府信息公开指南》。\n一、主动公开\n公开机构职能等。\n"
    "二、依申请公开\n可以提出政府信息公开申请。\n三、收费标准\n按规定收取。\n四、监督方式\n可以申请行政复议。\n五、其他事项\n2021年电话变更。",
    "long notice": "关于做好2021年政府信息公开工作年度报告编制和发布工作的通知\n根据《中华人民共和国政府信息公开条例》,现通知如下。\n一、报告内容\n"
    "(一)主动公开政府信息情况。(二)处理政府信息公开申请情况。\n二、时间要求\n请于1月20日前报送。",
    "meeting": "我县召开政府信息公开工作年度报告编制培训会\n1月12日,县政府办公室组织培训,要求按照条例如实填报主动公开政府信息、依申请公开办理等数据,共60人参加。",
    "assessment": "2021年金川县政务公开第三方评估报告\n根据《政府信息公开条例》评估。\n一、总体情况\n总体较好。\n二、主动公开情况\n得分40。\n"
    "三、依申请公开情况\n得分20。\n四、存在问题\n不足。",
    "notice": "关于做好2021年政府信息公开工作年度报告编制工作的通知\n各单位:请于1月20日前报送本单位的报告,格式见附件,逾期将通报。",
}


@pytest.mark.parametrize("name", NONE)
def test_other_pages_are_no_reports(name):
    outline = segment(page(NONE[name]))
    assert not outline.is_report
    assert [(one.code, one.severity) for one in outline.issues] == [("not_a_report", "info")]


REPORTS = {
    "headings": "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况",
    "matrix": "申请人情况\n自然人\n总计\n一、本年新收政府信息公开申请数量\n3\n3\n二、上年结转政府信息公开申请数量\n0\n0",
    "statistics": "统计指标\n单位\n统计数\n(一)主动公开政府信息数\n条\n5\n1.当面申请数\n件\n0\n2.传真申请数\n件\n0\n3.网络申请数\n件\n0",
    "short": "金川县水务局2009年信息公开年度报告\n2009年我局认真落实《条例》,主动公开政府信息12条,没有收到申请,未收取任何费用,没有发生复议和诉讼案件。",
    "very short": "金川县档案馆2021年政府信息公开工作年度报告\n2021年,我馆主动公开政府信息12条,未收到申请。",
    "under a menu": "首页\n政府信息公开指南\n政府信息公开年报\n2012年,我局主动公开政府信息45条。\n一、概述\n认真贯彻《条例》。\n二、主动公开情况\n公开45条。\n"
    "三、依申请公开情况\n无。",
    "in a notice": "关于印发2012年政府信息公开工作年度报告的通知\n各单位:现将报告印发。\n一、概述\n2012年,认真贯彻《条例》。\n二、主动公开政府信息情况\n公开45条。\n"
    "三、依申请公开政府信息情况\n收到申请3件。\n四、收费及减免情况\n无。\n五、行政复议和行政诉讼情况\n无。\n六、存在的主要问题及改进情况\n有。",
    "four": "二、主动公开政府信息情况\n公开3条。\n三、依申请公开情况\n无。\n四、收费及减免情况\n无。\n五、存在的主要问题及改进情况\n有。",
}


@pytest.mark.parametrize("name", REPORTS)
def test_damaged_reports_are_reports(name):
    assert segment(page(REPORTS[name])).is_report


def test_score_is_explained():
    issue = segment(page(NONE["error"])).issues[0]
    assert "error_page" in issue.message
