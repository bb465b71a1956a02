"""Heading wordings of 2008 to 2025, each with the kind that it must open."""

from __future__ import annotations

import time

import pytest

from govnlp.segment.wordings import read_heading

WORDINGS = {
    "overview": [
        "概述", "概况", "总体情况", "基本情况", "总体概况", "工作概述", "政府信息公开工作概况", "政府信息公开工作总体情况",
        "2013年政府信息公开工作总体情况", "本年度政府信息公开工作情况", "政府信息公开工作推进情况", "政府信息公开工作开展情况",
        "组织领导和制度建设情况", "机构建设和人员情况", "工作机构和人员情况", "人员和经费情况", "监督保障情况", "平台建设情况",
        "政府信息管理", "政府信息管理情况", "教育培训情况", "咨询处理情况", "咨询情况", "政府信息公开总体工作情况", "机构设置及人员配备情况",
        "政府信息公开保密审查及监督检查情况", "加强组织领导,健全工作机制", "主要做法和成效", "我局政府信息公开工作基本情况",
    ],
    "proactive": [
        "主动公开政府信息情况", "主动公开政府信息的情况", "政府信息主动公开情况", "主动公开情况", "主动公开工作情况",
        "主动公开政府信息工作情况", "重点领域政府信息公开工作推进情况", "政府信息公开目录和指南编制情况", "公开政府信息情况",
        "解读回应情况", "政策解读和回应社会关切情况", "主动公开政府信息的主要内容", "主动公开的范围和形式", "关于主动公开政府信息的情况",
        "主动向社会公开政府信息情况",
    ],
    "applications": [
        "收到和处理政府信息公开申请情况", "依申请公开政府信息情况", "政府信息依申请公开情况", "依申请公开情况", "依申请公开办理情况",
        "依申请公开政府信息办理情况", "依申请公开政府信息和不予公开政府信息的情况", "依申请公开政府信息、不予公开政府信息情况",
        "政府信息公开申请办理情况", "政府信息公开申请受理情况", "申请公开政府信息情况", "不予公开政府信息情况", "政府信息公开申请情况",
        "依申请公开工作情况", "收到及处理政府信息公开申请的情况",
    ],
    "remedies": [
        "政府信息公开行政复议、行政诉讼情况", "因政府信息公开申请行政复议、提起行政诉讼的情况", "申请行政复议、提起行政诉讼和申诉的情况",
        "复议、诉讼和申诉的情况", "行政复议和行政诉讼情况", "行政复议、诉讼情况", "因政府信息公开被申请行政复议、提起行政诉讼情况",
        "复议、诉讼情况", "行政复议、行政诉讼和举报投诉情况", "政府信息公开申诉情况", "举报投诉情况", "关于政府信息公开申请行政复议、行政诉讼情况",
        "政府信息公开行政复议", "因政府信息公开引起的行政复议、行政诉讼和投诉举报情况",
    ],
    "fees": [
        "政府信息公开的收费及减免情况", "政府信息公开收费及减免情况", "收费及减免情况", "收费和减免情况", "依申请公开政府信息收费及减免情况",
        "政府信息公开申请的收费及减免情况", "收费情况", "依申请公开收费情况", "政府信息公开费用收取及减免情况", "信息处理费收取情况",
    ],
    "problems": [
        "存在的主要问题及改进情况", "存在的主要问题和改进措施", "存在问题及下一步工作打算", "主要问题和改进措施", "存在的问题及整改措施",
        "政府信息公开工作存在的主要问题及改进情况", "政府信息公开工作中存在的主要问题及改进情况", "工作中存在的问题和不足", "下一步工作打算",
        "2017年工作安排", "存在不足及改进措施", "存在问题与改进措施", "今后工作打算", "下一步改进措施", "存在的困难和问题",
        "改进措施及下一步工作计划", "主要问题及努力方向",
    ],
    "other": [
        "其他需要报告的事项", "其他事项", "其它需要报告的事项", "其他需要说明的事项", "需要说明的其他事项", "其他需要报告的重要事项",
        "需要报告的其他事项", "其他需要报告事项", "其他有关情况", "其他情况",
    ],
    "appendix": [
        "附表", "附件", "附件1", "政府信息公开情况统计表", "说明与附表", "附表与说明", "相关说明和附表", "附录", "统计附表",
    ],
}  # fmt: skip
EVERY = [(wording, kind) for kind, wordings in WORDINGS.items() for wording in wordings]


@pytest.mark.parametrize(("wording", "kind"), EVERY)
def test_wording_opens_its_kind(wording, kind):
    read = read_heading(wording)
    assert read is not None
    assert read.kind == kind
    assert read.weight >= 1.5
    assert read.length == len(wording)


DAMAGED = [
    ("收到和处理政府信息公申请情况", "applications"),
    ("主动公幵政府信息情况", "proactive"),
    ("存在的主要向题及改进清况", "problems"),
    ("政府信息公开行政夏议、行政诉讼情况", "remedies"),
    ("其他需要报告的亊项", "other"),
    ("收到和处理政府信息公开申情况", "applications"),
    ("主动公开政府信总情况", "proactive"),
    ("总体情況", "overview"),
    ("其需要报告的事项", "other"),
]


@pytest.mark.parametrize(("wording", "kind"), DAMAGED)
def test_damaged_wording_opens_its_kind(wording, kind):
    read = read_heading(wording)
    assert read is not None
    assert read.kind == kind
    assert read.weight >= 1.5


GLUED = [
    ("概述2016年我区围绕中心工作推进公开,制度更加健全,渠道更加多样,群众满意度不断提高,成效明显。", "概述"),
    ("总体情况2022年,我镇坚持把信息公开作为重要工作来抓,先后三次召开会议部署,明确了专门人员负责。", "总体情况"),
    (
        "主动公开政府信息情况根据《条例》要求,本单位对应当主动公开的信息进行了梳理,全年公开八十三条。",
        "主动公开政府信息情况",
    ),
    ("其他需要报告的事项本年度没有需要报告的其他事项,也没有收取信息处理费,特此说明,欢迎监督。", "其他需要报告的事项"),
    (
        "政府信息公开的收费及减免情况。2012年度,本单位没有向申请人收取复印、邮寄等费用,也没有减免。",
        "政府信息公开的收费及减免情况",
    ),
    (
        "行政复议和行政诉讼情况:全年没有发生因信息公开引起的行政复议和行政诉讼案件,也没有收到有关举报。",
        "行政复议和行政诉讼情况",
    ),
]


@pytest.mark.parametrize(("line", "heading"), GLUED)
def test_glued_heading_ends_before_its_sentence(line, heading):
    read = read_heading(line)
    assert read is not None
    assert line[: read.length] == heading


NOT_HEADINGS = [
    "本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "本年度办理结果", "结转下年度继续办理", "予以公开",
    "部分公开(区分处理的,只计这一情形,不计其他情形)", "无法提供", "不予处理", "其他处理", "总计", "属于国家秘密",
    "其他法律行政法规禁止公开", "当面申请数", "行政复议数量", "依申请公开信息收取的费用", "",
]  # fmt: skip


@pytest.mark.parametrize("label", NOT_HEADINGS)
def test_label_of_a_form_is_no_heading(label):
    assert read_heading(label) is None


@pytest.mark.parametrize("character", "公开申请信息政府行政复议、情况的及和")
def test_reading_is_bounded_on_hostile_lines(character):
    started = time.perf_counter()
    read_heading(character * 100_000)
    read_heading((character + "申请") * 30_000)
    assert time.perf_counter() - started < 1.0
