"""Sentences about the cases of others: the office that reviews, the service hall, the government above."""

from __future__ import annotations

import re

from govnlp.prose.drafts import Draft

_REVIEWER = re.compile(r"复议机(?:关|构)[^,。;]{0,12}(?:受理|审理|审结|办理|收到)|作为复议机")
_REVIEWED = re.compile(r"信息公开|被申请|维持|纠正|撤销|驳回")
_SERVICE_HALL = re.compile(r"(?:政务服务|办事|便民服务|行政审批)(?:大厅|中心)[^。;]{0,8}(?:受理|办理|收到|办结)")
_NOT_OURS = re.compile(
    r"(?:我|本)(?:局|区|县|市|镇|乡|办|委|街道|单位|机关)[^,。;]{0,4}(?:未列入|不在其列|未纳入|不含在内)"
)
_DIVIDED = re.compile(r"按(?:时|期)答复[^。;]{0,8}\d+件?延期答复|延期答复[^。;]{0,8}\d+件?按(?:时|期)答复")


# 制作公文930件,其中主动公开310件、依申请公开400件、不予公开220件: documents by how they may be disclosed.
_COUNTED = r"[^,，。;；、\d]{0,10}\d"
_PROACTIVE, _ON_REQUEST = re.compile("主动公开" + _COUNTED), re.compile("依申请公开" + _COUNTED)
_WITHHELD = re.compile("(?:不予?|免予)公开" + _COUNTED)
_DOCUMENTS = re.compile("公文|文件|制作|产生|形成|生成|标注|属性|界定")
_REQUESTED = re.compile("收到|受理|接到|答复|办结|申请人")
# 办理行政复议案件25件: cases that an office decides or defends, of any matter.
_ANY_MATTER = re.compile(r"(?:办理|审理|审结|办结|代理|参与)[^,，。;；\d]{0,8}(?:复议|诉讼|应诉)(?:案件|案)?\d")
# 受理行政复议申请86件,审结80件: the office that reviews speaks.
_REVIEWS = re.compile(
    "(?:受理|新收|收到)[^,，;；。\\d]{0,6}复议[^,，;；。\\d]{0,6}\\d[^。]{0,40}(?:审结|审理终结|不予受理|作出复议决定)"
)
# 聘请法律顾问1名,费用2万元: nobody who asked was charged.
_CHARGED = re.compile("收|减|免|公开|申请|处理费|检索|复制|邮寄|工本|成本")
_ABOUT_DISCLOSURE = re.compile("公开|被申请|被提起|被诉")


# 市自然资源局收到604件: an office named first in its clause, which is not the one that reports.
_OFFICE_FIRST = re.compile(
    r"\s*(?:其中|另有|另外)?(?!我|本|该|全)[\u4e00-\u9fff]{2,14}(?:局|委|委员会|厅|办|办公室|镇|乡|街道|中心|管委会|分局)"
    r"(?:全年|今年|本年度?|累计|分别|共|新|主动)*(?:收到|受理|接到|收|公开|发布|办结|答复)"
)
_WHOLE = re.compile(
    "全[省市县区州旗][^,，;；。]{0,12}\\d|[省市县区州旗](?:政府)?本级|各(?:街道|乡镇|镇街|镇|部门|单位|县区)[^,，;；。]{0,12}\\d"
)
_OWN_LEVEL = re.compile("[省市县区州旗](?:人民)?(?:政府)?本级")
_CLAUSE = re.compile("[,，;；]")


# 收到信访件35件,按时办结33件: what was closed is what was counted before.
_OTHER_CASES = re.compile(
    "(?:信访|诉求|工单|热线|留言|来信|信箱|建议|提案|许可|审批|窗口|大厅|执法|投诉举报|纠纷)[^;；。\\d]{0,10}\\d"
)
_HANDLED = ("applications.closed", "applications.replied", "applications.carried_out")


def follows_other_cases(text: str, draft: Draft, start: int) -> bool:
    """Whether a sentence that never speaks of disclosure counted other cases before a figure at `start`."""
    told = text[draft.sentence.start : start]
    if draft.status != "reported" or not draft.indicator.startswith(_HANDLED):
        return False
    return "公开" not in told and _OTHER_CASES.search(told) is not None


def of_one_office(text: str, draft: Draft, before: list[Draft], start: int) -> bool:
    """Whether a figure at `start` speaks of one office, its sentence counting the whole or another one too.

    「市政府本级收到86件,全市共1377件」, 「市本级收到9件,市城管局收到4件」; `before` are the drafts ahead of this one.
    """
    if draft.status != "reported" or not draft.indicator.startswith(("applications.", "disclosure.total")):
        return False
    sentence = draft.sentence
    opens = max((mark.end() for mark in _CLAUSE.finditer(text, sentence.start, start)), default=sentence.start)
    clause = text[opens:start]
    if _OWN_LEVEL.search(clause):
        return re.search("全[省市县区州旗][^,，;；。]{0,12}\\d", text[slice(*sentence)]) is not None
    if _OFFICE_FIRST.match(clause) is None:
        return False
    if clause.lstrip().startswith("其中"):
        return True
    if opens == sentence.start:
        return False
    same = any(one.key == draft.key and one.sentence == sentence for one in before)
    return same or _WHOLE.search(text, sentence.start, opens) is not None


def classifies_documents(sentence: str) -> bool:
    """Whether a sentence counts documents by kind of disclosure, not applications.

    >>> classifies_documents("制作公文9件,其中主动公开5件,依申请公开3件,不予公开1件。")
    True
    """
    if _REQUESTED.search(sentence) or not _PROACTIVE.search(sentence) or not _ON_REQUEST.search(sentence):
        return False
    return _WITHHELD.search(sentence) is not None or _DOCUMENTS.search(sentence) is not None


def is_of_others(text: str, draft: Draft) -> bool:
    """Whether the sentence of a draft counts the cases of someone else, or but a part of one's own.

    「行政复议机构受理行政复议案件320件」 is no review of this office's disclosures.
    """
    sentence = text[slice(*draft.sentence)]
    if draft.indicator == "fees.information.amount" and draft.status == "reported":
        return _CHARGED.search(sentence) is None
    if draft.indicator.startswith("remedies."):
        here = re.split("[;；]", text[draft.sentence.start : draft.spans[0].start])[-1]
        if draft.indicator.startswith("remedies.review") and "作为复议机" in here:
            return True
        if _REVIEWS.search(sentence) and not _ABOUT_DISCLOSURE.search(sentence):
            return True
        if _ANY_MATTER.search(sentence) and not _ABOUT_DISCLOSURE.search(sentence):
            return True
        return _REVIEWER.search(sentence) is not None and _REVIEWED.search(sentence) is None
    if draft.indicator == "applications.replied.total" and _DIVIDED.search(sentence):
        return True
    if draft.indicator.startswith("applications."):
        if classifies_documents(sentence):
            return True
        return _SERVICE_HALL.search(sentence) is not None or _NOT_OURS.search(sentence) is not None
    return False
