"""Label Studio's labelling interface for these tasks, as XML: three kinds of marks, the indicators as a tree."""

from __future__ import annotations

from typing import get_args
from xml.sax.saxutils import quoteattr

from govnlp.prose.annotations import PART
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import applicants, indicators

_KINDS = (("figure", "#2f6fb0", "数字"), ("none", "#b0562f", "无"), ("all", "#4a8a3c", "均"))
_GROUPS = {
    "proactive": "主动公开", "disclosure": "公开数量与渠道", "response": "回应解读", "applications": "依申请公开",
    "remedies": "复议诉讼举报", "fees": "收费", "capacity": "机构人员经费培训",
}  # fmt: skip
_HEAD = """<View>
  <Style>.htx-text { white-space: pre-wrap; line-height: 2; font-size: 16px; }</Style>
  <Header value="$source"/>
"""


def config() -> str:
    """The interface; paste it into the project's settings (Labeling Interface, Code).

    >>> config().startswith("<View>")
    True
    """
    kinds = "".join(
        f"    <Label value={quoteattr(kind)} background={quoteattr(colour)} hint={quoteattr(name)}/>\n"
        for kind, colour, name in _KINDS
    )
    shown = 'perRegion="true" whenTagName="kind"'
    return (
        f'{_HEAD}  <Labels name="kind" toName="text" showInline="true">\n{kinds}  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n'
        f'  <Taxonomy name="indicator" toName="text" {shown} required="true" leafsOnly="true"\n'
        f'    placeholder="指标 / indicator">\n{_tree()}  </Taxonomy>\n'
        f"{_choices('period', get_args(Period), shown)}{_choices('scope', get_args(Scope), shown)}"
        f'  <TextArea name="value" toName="text" {shown} maxSubmissions="1" rows="1"\n'
        f'    placeholder="均、全部所指的数 / the value of a carried total"/>\n'
        f"</View>\n"
    )


def choice_of(indicator: str) -> list[str]:
    """The path of an indicator in the tree: its group, then its id with its Chinese name.

    >>> choice_of("capacity.budget")
    ['机构人员经费培训', 'capacity.budget 政府信息公开专项经费']
    """
    if indicator == PART:
        return [f"{PART} 其中所列、无对应指标"]
    one = indicators()[indicator]
    named = f"({applicants()[one.applicant]})" if one.applicant else ""
    return [_GROUPS[indicator.partition(".")[0]], f"{indicator} {one.labels[0]}{named}"]


def id_of(path: object) -> str:
    """The indicator of a path of the tree, as Label Studio gives it back; empty where it is none."""
    leaf = path[-1] if isinstance(path, list) and path else path
    return leaf.partition(" ")[0] if isinstance(leaf, str) else ""


def _tree() -> str:
    groups: dict[str, list[str]] = {}
    for name in indicators():
        group, leaf = choice_of(name)
        groups.setdefault(group, []).append(f"      <Choice value={quoteattr(leaf)}/>\n")
    branches = "".join(
        f"    <Choice value={quoteattr(group)}>\n{''.join(leaves)}    </Choice>\n" for group, leaves in groups.items()
    )
    return f"{branches}    <Choice value={quoteattr(choice_of(PART)[0])}/>\n"


def _choices(name: str, values: tuple[str, ...], shown: str) -> str:
    """One choice among a few; the first is what is meant where none is taken."""
    listed = "".join(f"<Choice value={quoteattr(one)}/>" for one in values)
    return f'  <Choices name="{name}" toName="text" {shown} choice="single" showInline="true">{listed}</Choices>\n'
