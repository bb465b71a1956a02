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


def is_of_others(text: str, draft: Draft) -> bool:
    """Whether the sentence of a draft counts the cases of someone else, or but a part of one's own.

    「行政复议机构受理行政复议案件320件」 is no review of this office's disclosures.
    """
    sentence = text[slice(*draft.sentence)]
    if draft.indicator.startswith("remedies."):
        return _REVIEWER.search(sentence) is not None and _REVIEWED.search(sentence) is None
    if draft.indicator == "applications.replied.total" and _DIVIDED.search(sentence):
        return True
    if draft.indicator.startswith("applications."):
        return _SERVICE_HALL.search(sentence) is not None or _NOT_OURS.search(sentence) is not None
    return False
