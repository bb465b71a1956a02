"""Whole reports of each generation, as sites print them: which sections they have, and what they are."""

from __future__ import annotations

import pytest

from govnlp.segment import segment
from tests.segment.pages import page, table_page


def kinds(document):
    return [one.kind for one in segment(document).sections]


def headings(document):
    return [one.heading for one in segment(document).sections]


MODERN = """青河县林业局2022年政府信息公开工作年度报告
发布日期:2023-01-16 来源:青河县林业局
根据《中华人民共和国政府信息公开条例》要求,编制本报告。本报告由总体情况、主动公开政府信息情况等六部分组成。
一、总体情况
2022年,青河县林业局扎实推进政府信息公开,全年通过门户网站发布信息61条。
(一)主动公开方面。及时更新栏目内容。
(二)依申请公开方面。畅通受理渠道,全年收到申请2件。
(三)政府信息管理方面。落实三审制度。
(四)平台建设方面。维护好专栏。
(五)监督保障方面。组织培训1次。
二、主动公开政府信息情况
第二十条第(一)项
信息内容
本年制发件数
本年废止件数
现行有效件数
规章
0
0
0
三、收到和处理政府信息公开申请情况
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)
申请人情况
自然人
一、本年新收政府信息公开申请数量
2
二、上年结转政府信息公开申请数量
0
三、本年度办理结果
(一)予以公开
2
四、结转下年度继续办理
0
四、政府信息公开行政复议、行政诉讼情况
行政复议
行政诉讼
结果维持
0
五、存在的主要问题及改进情况
(一)存在的问题。主动公开的内容还不够丰富。
(二)改进情况。下一步将加强学习。
六、其他需要报告的事项
本年度未收取信息处理费。
附件:2022年度报告.docx
打印本页 关闭窗口
版权所有:青河县人民政府
"""


def test_report_on_the_form_of_2021():
    outline = segment(page(MODERN))
    assert [one.kind for one in outline.sections] == [
        "header", "overview", "proactive", "applications", "remedies", "problems", "other", "footer",
    ]  # fmt: skip
    assert outline.sections[1].heading == "一、总体情况"
    assert outline.meta.form == "art50v2"
    assert (outline.meta.organ, outline.meta.year) == ("青河县林业局", 2022)
    assert outline.meta.region == "新疆维吾尔自治区阿勒泰地区青河县"
    assert outline.meta.published == "2023-01-16"
    assert outline.is_report
    assert outline.issues == ()


def test_report_on_the_form_of_2019():
    text = MODERN.replace("2022", "2019").replace("2023", "2020").replace("本年制发件数", "本年新制作数量")
    text = text.replace("本年废止件数", "本年新公开数量").replace("现行有效件数", "对外公开总数量")
    assert segment(page(text)).meta.form == "art50v1"


def test_form_follows_the_year_where_tables_are_pictures():
    lines = [
        line for line in MODERN.splitlines() if len(line) > 12 or line.startswith(("一", "二", "三", "四", "五", "六"))
    ]
    text = "\n".join(line for line in lines if "第二十条" not in line and "本年" not in line and "勾稽" not in line)
    assert segment(page(text)).meta.form == "art50v2"


STAT = [
    "统计指标", "单位", "统计数", "一、主动公开情况", "", "(一)主动公开政府信息数", "条", "310", "1.政府公报公开政府信息数", "条", "0",
    "二、回应解读情况", "(一)回应公众关注热点或重大舆情数", "次", "0", "三、依申请公开情况", "(一)收到申请数", "件", "1",
    "1.当面申请数", "件", "1", "2.传真申请数", "件", "0", "四、行政复议数量", "件", "0", "五、行政诉讼数量", "件", "0",
    "六、举报投诉数量", "件", "0", "七、依申请公开信息收取的费用", "万元", "0", "八、机构建设和保障经费情况",
    "(三)从事政府信息公开工作人员数", "人", "3", "九、政府信息公开会议和培训情况", "(三)接受培训人员数", "人次", "20",
]  # fmt: skip


def stat_report(*before_table):
    return (
        "临泽县粮食局2015年政府信息公开工作年度报告",
        "一、概述",
        "2015年,我局认真贯彻落实条例,完善了信息公开的各项制度,健全了工作机制,各项工作取得了新的进展。",
        "二、主动公开政府信息情况",
        "全年主动公开政府信息310条。",
        "三、依申请公开政府信息情况",
        "收到申请1件,已按时答复。",
        "四、政府信息公开的收费及减免情况",
        "无。",
        "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "未发生。",
        "六、存在的主要问题和改进措施",
        "信息更新还不够及时,今后要加强。",
        *before_table,
        STAT,
    )


STAT_KINDS = ["header", "overview", "proactive", "applications", "fees", "remedies", "problems", "appendix"]


@pytest.mark.parametrize(
    "before",
    [
        ("七、附表", "政府信息公开情况统计表", "(2015年度)"),
        ("附表", "政府信息公开情况统计表"),
        ("政府信息公开情况统计表", "(2015年度)", "填报单位(盖章):临泽县粮食局"),
        (),
    ],
)
def test_report_with_the_table_of_2014(before):
    document = table_page(*stat_report(*before))
    outline = segment(document)
    assert [one.kind for one in outline.sections] == STAT_KINDS
    assert outline.meta.form == "stat2014"
    assert document.text.value[outline.sections[-1].span.start :].startswith(before[0] if before else "统计指标")


def test_table_of_2014_flattened_to_lines_opens_no_sections():
    lines = [
        line
        for part in stat_report("附件:政府信息公开情况统计表")
        for line in ([part] if isinstance(part, str) else part)
    ]
    assert kinds(page("\n".join(lines))) == STAT_KINDS


FREE = """沙洋县水产局二○一一年政府信息公开工作年度报告
一、概述
二○一一年,我局成立了信息公开领导小组。
二、组织领导和制度建设情况
制定了三项制度。
三、主动公开政府信息情况
(一)公开的主要内容
公开信息54条。
(二)公开形式
通过网站公开。
四、依申请公开政府信息和不予公开政府信息情况
(一)申请情况
没有收到申请。
五、咨询处理情况
接受咨询11次。
六、复议、诉讼和申诉情况
没有发生。
七、收费及减免情况
没有收费。
八、存在的主要问题和改进措施
需要改进。
九、其他需要说明的事项
无
"""


def test_free_report_of_2011():
    outline = segment(page(FREE))
    assert [one.kind for one in outline.sections] == [
        "header", "overview", "overview", "proactive", "applications", "overview", "remedies", "fees", "problems", "other",
    ]  # fmt: skip
    assert outline.meta.form == "free"
    assert outline.meta.year == 2011
    assert outline.meta.organ == "沙洋县水产局"


@pytest.mark.parametrize("style", ["({})", "第{}部分 ", "{}.", "{}、 ", "{}:"])
def test_numbering_styles(style):
    numbers = "一二三四五六七八九"
    lines = []
    for line in FREE.splitlines():
        if line.startswith("("):
            continue
        lines.append(style.format(line[0]) + line[2:] if line[:1] in numbers and line[1:2] == "、" else line)
    assert kinds(page("\n".join(lines)))[1:] == [
        "overview", "overview", "proactive", "applications", "overview", "remedies", "fees", "problems", "other",
    ]  # fmt: skip


def test_headings_without_numbers():
    lines = [
        line[2:] if line[1:2] == "、" else line
        for line in MODERN.splitlines()
        if not line.startswith(("一、本", "二、上", "三、本"))
    ]
    text = "\n".join(line for line in lines if line != "结转下年度继续办理")
    assert kinds(page(text)) == [
        "header", "overview", "proactive", "applications", "remedies", "problems", "other", "footer",
    ]  # fmt: skip


def test_arabic_numbers():
    text = MODERN
    for at, number in enumerate("一二三四五六", 1):
        text = "\n".join(
            line.replace(number + "、", f"{at}.", 1) if line.startswith(number + "、") else line
            for line in text.split("\n")
        )
    assert kinds(page(text))[:7] == ["header", "overview", "proactive", "applications", "remedies", "problems", "other"]


def test_headings_glued_to_their_sentences():
    text = (
        "一、概述2016年我区围绕中心工作推进政府信息公开,制度更加健全,渠道更加多样,群众满意度不断提高。\n"
        "二、主动公开政府信息情况根据《条例》要求,本单位对应当主动公开的信息进行了梳理,全年公开八十三条,比上年有所增长。\n"
        "三、依申请公开政府信息情况2016年全区共收到政府信息公开申请三件,均按规定答复,没有发生超期答复的情况。\n"
        "四、存在的主要问题及改进情况2016年公开工作虽有进步,但仍有部分栏目更新不够及时,下一步将加大督查力度。\n"
    )
    assert kinds(page(text)) == ["overview", "proactive", "applications", "problems"]
    assert headings(page(text))[1] == "二、主动公开政府信息情况"


def test_report_that_lost_its_line_ends():
    text = (
        "现公布柳林县盐务局2012年政府信息公开工作年度报告。本年报由概述、主动公开政府信息情况等部分组成。一、概述 根据《条例》要求,"
        "我局设立了查阅点。 二、主动公开政府信息的情况 2012年新增主动公开政府信息83条。 三、依申请公开政府信息和不予公开政府信息的情况 "
        "本单位没有收到申请。 四、政府信息公开的收费及减免情况 没有收取任何费用。 五、存在的主要问题和改进措施 内容需要丰富。"
    )
    assert kinds(page(text)) == ["header", "overview", "proactive", "applications", "fees", "problems"]


def test_list_of_contents_opens_no_sections():
    names = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]
    contents = "\n".join(f"{number}、{name}" for number, name in zip("一二三四", names, strict=True))
    body = "\n".join(
        f"{number}、{name}\n2023年,本部分有正文若干。" for number, name in zip("一二三四", names, strict=True)
    )
    text = f"北塔区财政局2023年政府信息公开工作年度报告\n目录\n{contents}\n{body}"
    outline = segment(page(text))
    assert [one.kind for one in outline.sections] == ["header", "overview", "proactive", "applications", "remedies"]
    assert not any(one.repeat for one in outline.sections)


def test_headings_whose_tables_are_pictures_stay():
    text = (
        "一、总体情况\n2021年,泾源县教育局公开信息40条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
        "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n还有不足。\n六、其他需要报告的事项\n无。"
    )
    assert kinds(page(text)) == ["overview", "proactive", "applications", "remedies", "problems", "other"]


def test_headings_as_cells_of_one_run():
    cells = [line for line in MODERN.splitlines() if line]
    assert kinds(table_page(cells)) == [
        "header", "overview", "proactive", "applications", "remedies", "problems", "other", "footer",
    ]  # fmt: skip


def test_tables_without_headings_are_sections_of_their_kind():
    dropped = ("二、主动公开政府", "三、收到", "四、政府信息公开行政")
    text = "\n".join(line for line in MODERN.splitlines() if not line.startswith(dropped))
    assert kinds(page(text)) == [
        "header",
        "overview",
        "proactive",
        "applications",
        "remedies",
        "problems",
        "other",
        "footer",
    ]


def test_fragment_of_tables_alone():
    text = "\n".join(MODERN.splitlines()[11:38])
    outline = segment(page(text))
    assert outline.is_report
    assert [one.kind for one in outline.sections if one.kind != "overview"] == ["proactive", "applications", "remedies"]


def test_report_without_any_heading():
    text = (
        "兴文县气象局2010年政府信息公开工作年度报告\n"
        "2010年,我局认真贯彻落实《条例》,主动公开政府信息42条,未收到政府信息公开申请,没有发生行政复议和行政诉讼。\n"
        "今后我局将继续完善各项制度,进一步做好政府信息公开工作。"
    )
    outline = segment(page(text))
    assert [one.kind for one in outline.sections] == ["header", "overview"]
    assert outline.is_report


def test_top_level_of_two_chapters_with_the_form_below():
    text = (
        "二、基本情况\n(一)主动公开情况\n公开50条。\n(二)依申请公开情况\n无。\n(三)行政复议和行政诉讼情况\n无。\n"
        "三、存在问题\n(一)主动公开不够\n要改。\n四、其他事项\n无。"
    )
    assert kinds(page(text)) == ["overview", "proactive", "applications", "remedies", "problems", "other"]


def test_numbered_sentences_of_a_free_report_follow_their_place():
    text = (
        "太湖县人防办2009年政府信息公开年报\n一、基本情况\n我办公开信息9条。\n二、扎实开展阳光行动\n开展活动。\n三、依申请公开情况\n无。\n"
        "四、存在问题\n有。\n五、为民服务再上台阶\n继续努力。"
    )
    assert kinds(page(text)) == ["header", "overview", "overview", "applications", "problems", "other"]


def test_number_alone_on_its_line():
    text = MODERN.replace("一、总体情况", "一、\n总体情况")
    outline = segment(page(text))
    assert [one.kind for one in outline.sections][:3] == ["header", "overview", "proactive"]
    assert outline.sections[1].heading == "一、总体情况"


def test_one_lost_number_and_one_wrong_number():
    text = MODERN.replace("三、收到和处理", "收到和处理").replace("五、存在的主要", "四、存在的主要")
    assert kinds(page(text)) == [
        "header",
        "overview",
        "proactive",
        "applications",
        "remedies",
        "problems",
        "other",
        "footer",
    ]


def test_same_numbers_inside_the_overview_open_nothing():
    nested = "一、主动公开方面\n做得好。\n二、依申请公开方面\n收到2件。\n三、平台建设方面\n好。\n"
    text = MODERN.replace("(一)主动公开方面。及时更新栏目内容。\n", nested)
    assert kinds(page(text)) == [
        "header",
        "overview",
        "proactive",
        "applications",
        "remedies",
        "problems",
        "other",
        "footer",
    ]


def test_menus_before_the_title_are_boilerplate():
    text = "首页\n政务公开\n当前位置:首页 > 政府信息公开年报\n" + MODERN
    assert kinds(page(text))[:3] == ["boilerplate", "header", "overview"]
    assert kinds(page("县情概况\n主动公开\n依申请公开\n" + MODERN, links=3))[:3] == [
        "boilerplate",
        "header",
        "overview",
    ]


def test_prose_before_the_first_heading_without_overview():
    text = MODERN.replace("一、总体情况\n", "")
    outline = segment(page(text))
    assert [one.kind for one in outline.sections][:3] == ["header", "overview", "proactive"]


def test_the_rows_of_a_statistical_table_named_in_sentences_are_no_table():
    text = (
        "金川县2016年政府信息公开工作年度报告\n一、概述\n2016年,政府网站公开政府信息数900条,政务微博公开政府信息数20条,"
        "政务微信公开政府信息数30条,政府公报公开政府信息数0条,其他方式公开政府信息数5条。\n二、行政复议和行政诉讼情况\n"
        "行政复议3件,其中维持具体行政行为2件,被依法纠错数1件。\n三、存在的主要问题及改进情况\n有。\n四、附表\n"
        "政府信息公开情况统计表\n统计指标|单位|统计数\n主动公开政府信息数|条|955\n制发规范性文件总数|件|1\n当面申请数|件|0\n传真申请数|件|0\n"
    )
    assert [one.kind for one in segment(page(text)).sections] == [
        "header",
        "overview",
        "remedies",
        "problems",
        "appendix",
    ]


def test_the_title_is_printed_and_never_the_name_of_the_file():
    text = "一、总体情况\n2021年,金川县水务局公开政府信息30条。\n二、主动公开政府信息情况\n无。\n三、处理政府信息公开申请情况\n无。"
    name = "金川县水务局2021年政府信息公开工作年度报告.txt"
    outline = segment(page(text), name)
    assert (outline.meta.title, outline.meta.year, outline.meta.organ) == (None, 2021, "金川县水务局")
    assert segment(page(text, title=name[:-4]), name).meta.title == name[:-4]
