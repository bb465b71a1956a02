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
_ABOUT_DISCLOSURE = re.compile("公开|被申请|被提起|被诉")


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
    if draft.indicator.startswith("remedies."):
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
