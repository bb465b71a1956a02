"""The official forms as grids.

Sources: 国办公开办函〔2019〕60号 (art50v1), 国办公开办函〔2021〕30号 (art50v2),
the 政府信息公开情况统计表 of 2014-2018 (stat2014).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tests.render.grid import Cell, Role, Table


class Figure(NamedTuple):
    """What is printed in a cell, and the canonical value that it means (None: nothing is printed)."""

    printed: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form of a generation, its figures by indicator, and how many 其他处理 rows its matrix has."""

    form: str
    figures: Mapping[str, Figure]
    other_rows: int


APPLICANTS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
ROUTES = ("review", "litigation_direct", "litigation_after_review")
OUTCOME_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

DENIED = (
    ("state_secret", "1.属于国家秘密"), ("law_prohibits", "2.其他法律行政法规禁止公开"),
    ("security_stability", "3.危及“三安全一稳定”"), ("third_party", "4.保护第三方合法权益"),
    ("internal", "5.属于三类内部事务信息"), ("deliberative", "6.属于四类过程性信息"),
    ("enforcement_file", "7.属于行政执法案卷"), ("admin_inquiry", "8.属于行政查询事项"),
)  # fmt: skip
UNAVAILABLE = (
    ("not_held", "1.本机关不掌握相关政府信息"), ("must_create", "2.没有现成信息需要另行制作"),
    ("unclear", "3.补正后申请内容仍不明确"),
)  # fmt: skip
UNPROCESSED = (
    ("petition", "1.信访举报投诉类申请"), ("duplicate", "2.重复申请"), ("publication", "3.要求提供公开出版物"),
    ("excessive", "4.无正当理由大量反复申请"), ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
)  # fmt: skip
OTHER = (
    ("no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("misc", "3.其他"),
)  # fmt: skip
GROUPS = (("denied", "(三)不予公开", DENIED), ("unavailable", "(四)无法提供", UNAVAILABLE),
          ("unprocessed", "(五)不予处理", UNPROCESSED))  # fmt: skip

# A row of the statistics table: depth-marked label, unit, indicator; a row without an indicator is a caption.
STAT_ROWS: tuple[tuple[str, str, str], ...] = (
    ("一、主动公开情况", "", ""),
    ("(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "条", "disclosure.total"),
    ("其中:主动公开规范性文件数", "条", "proactive.normative_documents.newly_disclosed"),
    ("制发规范性文件总数", "件", "proactive.normative_documents.issued"),
    ("(二)通过不同渠道和方式公开政府信息的情况", "", ""),
    ("1.政府公报公开政府信息数", "条", "disclosure.via.gazette"),
    ("2.政府网站公开政府信息数", "条", "disclosure.via.website"),
    ("3.政务微博公开政府信息数", "条", "disclosure.via.weibo"),
    ("4.政务微信公开政府信息数", "条", "disclosure.via.wechat"),
    ("5.其他方式公开政府信息数", "条", "disclosure.via.other"),
    ("二、回应解读情况", "", ""),
    ("(一)回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)", "次", "response.total"),
    ("(二)通过不同渠道和方式回应解读的情况", "", ""),
    ("1.参加或举办新闻发布会总次数", "次", "response.press_conferences.total"),
    ("其中:主要负责同志参加新闻发布会次数", "次", "response.press_conferences.by_principal"),
    ("2.政府网站在线访谈次数", "次", "response.interviews.total"),
    ("其中:主要负责同志参加政府网站在线访谈次数", "次", "response.interviews.by_principal"),
    ("3.政策解读稿件发布数", "篇", "response.interpretations"),
    ("4.微博微信回应事件数", "次", "response.social_media"),
    ("5.其他方式回应事件数", "次", "response.other"),
    ("三、依申请公开情况", "", ""),
    ("(一)收到申请数", "件", "applications.new.total"),
    ("1.当面申请数", "件", "applications.channel.in_person"),
    ("2.传真申请数", "件", "applications.channel.fax"),
    ("3.网络申请数", "件", "applications.channel.online"),
    ("4.信函申请数", "件", "applications.channel.letter"),
    ("(二)申请办结数", "件", "applications.closed.total"),
    ("1.按时办结数", "件", "applications.closed_on_time.total"),
    ("2.延期办结数", "件", "applications.closed_extended.total"),
    ("(三)申请答复数", "件", "applications.replied.total"),
    ("1.属于已主动公开范围数", "件", "applications.already_public.total"),
    ("2.同意公开答复数", "件", "applications.granted.total"),
    ("3.同意部分公开答复数", "件", "applications.partial.total"),
    ("4.不同意公开答复数", "件", "applications.denied.all.total"),
    ("其中:涉及国家秘密", "件", "applications.denied.state_secret.total"),
    ("涉及商业秘密", "件", "applications.denied.trade_secret.total"),
    ("涉及个人隐私", "件", "applications.denied.privacy.total"),
    ("危及国家安全、公共安全、经济安全和社会稳定", "件", "applications.denied.security_stability.total"),
    ("不是《条例》所指政府信息", "件", "applications.denied.not_government_information.total"),
    ("法律法规规定的其他情形", "件", "applications.denied.other_law.total"),
    ("5.不属于本行政机关公开数", "件", "applications.not_this_agency.total"),
    ("6.申请信息不存在数", "件", "applications.nonexistent.total"),
    ("7.告知作出更改补充数", "件", "applications.to_amend.total"),
    ("8.告知通过其他途径办理数", "件", "applications.other_channel.total"),
    ("四、行政复议数量", "件", "remedies.review.total"),
    ("(一)维持具体行政行为数", "件", "remedies.review.upheld"),
    ("(二)被依法纠错数", "件", "remedies.review.corrected"),
    ("(三)其他情形数", "件", "remedies.review.other"),
    ("五、行政诉讼数量", "件", "remedies.litigation.total"),
    ("(一)维持具体行政行为或者驳回原告诉讼请求数", "件", "remedies.litigation.upheld"),
    ("(二)被依法纠错数", "件", "remedies.litigation.corrected"),
    ("(三)其他情形数", "件", "remedies.litigation.other"),
    ("六、举报投诉数量", "件", "remedies.complaints"),
    ("七、依申请公开信息收取的费用", "万元", "fees.information.amount"),
    ("八、机构建设和保障经费情况", "", ""),
    ("(一)政府信息公开工作专门机构数", "个", "capacity.agencies"),
    ("(二)设置政府信息公开查阅点数", "个", "capacity.reading_points"),
    ("(三)从事政府信息公开工作人员数", "人", "capacity.staff.total"),
    ("1.专职人员数(不包括政府公报及政府网站工作人员数)", "人", "capacity.staff.full_time"),
    ("2.兼职人员数", "人", "capacity.staff.part_time"),
    ("(四)政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)", "万元", "capacity.budget"),
    ("九、政府信息公开会议和培训情况", "", ""),
    ("(一)召开政府信息公开工作会议或专题会议数", "次", "capacity.meetings"),
    ("(二)举办各类培训班数", "次", "capacity.trainings"),
    ("(三)接受培训人员数", "人次", "capacity.trainees"),
)

# Article 20, a block: the item's caption, the column labels, and per row its label and the indicators of its cells.
_Block = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]
_P = "proactive."


def _items(topic: str) -> tuple[str, ...]:
    return (f"{_P}{topic}.items_previous", f"{_P}{topic}.items_change", f"{_P}{topic}.decisions")


def _three(topic: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{_P}{topic}.{name}" for name in names)


_V2 = ("issued", "repealed", "in_force")
_V1 = ("issued", "newly_disclosed", "disclosed_total")
_V1_COLUMNS = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
ARTICLE20: dict[str, tuple[_Block, ...]] = {
    "art50v2": (
        ("第二十条第(一)项", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
         (("规章", _three("regulations", *_V2)), ("行政规范性文件", _three("normative_documents", *_V2)))),
        ("第二十条第(五)项", ("信息内容", "本年处理决定数量"), (("行政许可", ("proactive.licensing.decisions",)),)),
        ("第二十条第(六)项", ("信息内容", "本年处理决定数量"),
         (("行政处罚", ("proactive.penalties.decisions",)), ("行政强制", ("proactive.coercion.decisions",)))),
        ("第二十条第(八)项", ("信息内容", "本年收费金额(单位:万元)"),
         (("行政事业性收费", ("proactive.admin_fees.amount",)),)),
    ),
    "art50v1": (
        ("第二十条第(一)项", ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
         (("规章", _three("regulations", *_V1)), ("规范性文件", _three("normative_documents", *_V1)))),
        ("第二十条第(五)项", _V1_COLUMNS,
         (("行政许可", _items("licensing")), ("其他对外管理服务事项", _items("other_services")))),
        ("第二十条第(六)项", _V1_COLUMNS, (("行政处罚", _items("penalties")), ("行政强制", _items("coercion")))),
        ("第二十条第(八)项", ("信息内容", "上一年项目数量", "本年增/减"),
         (("行政事业性收费", _items("admin_fees")[:2]),)),
        ("第二十条第(九)项", ("信息内容", "采购项目数量", "采购总金额(单位:万元)"),
         (("政府集中采购", _three("procurement", "projects", "amount")),)),
    ),
}  # fmt: skip


def tables(filled: FilledForm) -> tuple[Table, ...]:
    """The tables of the form, in the order of the report."""
    if filled.form == "stat2014":
        return (stat(filled),)
    return (article20(filled), matrix(filled), remedies(filled))


def article20(filled: FilledForm) -> Table:
    """The table of Article 20: blocks under 第二十条第(…)项, four columns wide."""
    cells: list[Cell] = []
    row = 0
    for caption, columns, rows in ARTICLE20[filled.form]:
        cells.append(Cell(caption, row, 0, colspan=4, role="group"))
        cells.extend(_spread([Cell(text, row + 1, 0, role="header") for text in columns]))
        for number, (label, ids) in enumerate(rows, row + 2):
            cells.extend(_spread([Cell(label, number, 0), *(_figure(filled, one, number, 0) for one in ids)]))
        row += 2 + len(rows)
    return Table("article20", tuple(cells), 0)


def _spread(cells: list[Cell]) -> list[Cell]:
    """Cells side by side over four columns; the last takes what is left."""
    last = len(cells) - 1
    return [_at(cell, number, 4 - last if number == last else 1) for number, cell in enumerate(cells)]


def _at(cell: Cell, column: int, colspan: int = 1) -> Cell:
    return Cell(cell.text, cell.row, column, 1, colspan, cell.role, cell.indicator, cell.value)


def _figure(filled: FilledForm, indicator: str, row: int, column: int) -> Cell:
    figure = filled.figures[indicator]
    return Cell(figure.printed, row, column, role="figure", indicator=indicator, value=figure.value)


def matrix(filled: FilledForm) -> Table:
    """The table of applications (收到和处理政府信息公开申请情况): three columns of labels, seven of applicants."""
    cells = list(_matrix_header())
    row = 3
    for stem, label in (
        ("new", "一、本年新收政府信息公开申请数量"),
        ("carried_in", "二、上年结转政府信息公开申请数量"),
    ):
        cells.extend(_matrix_row(filled, stem, Cell(label, row, 0, colspan=3)))
        row += 1
    result = row
    for stem, label in (("granted", "(一)予以公开"), ("partial", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)")):
        cells.extend(_matrix_row(filled, stem, Cell(label, row, 1, colspan=2)))
        row += 1
    for group, caption, members in GROUPS:
        row = _matrix_group(cells, filled, group, caption, members, row)
    if filled.other_rows == 1:
        cells.extend(_matrix_row(filled, "other.all", Cell("(六)其他处理", row, 1, colspan=2)))
        row += 1
    else:
        row = _matrix_group(cells, filled, "other", "(六)其他处理", OTHER, row)
    cells.extend(_matrix_row(filled, "closed", Cell("(七)总计", row, 1, colspan=2)))
    cells.append(Cell("三、本年度办理结果", result, 0, rowspan=row + 1 - result, role="group"))
    cells.extend(_matrix_row(filled, "carried_out", Cell("四、结转下年度继续办理", row + 1, 0, colspan=3)))
    return Table("matrix", tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), 3)


def _matrix_header() -> Iterable[Cell]:
    note = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
    yield Cell(note, 0, 0, rowspan=3, colspan=3, role="note")
    yield Cell("申请人情况", 0, 3, colspan=7, role="header")
    yield Cell("自然人", 1, 3, rowspan=2, role="header")
    yield Cell("法人或其他组织", 1, 4, colspan=5, role="header")
    yield Cell("总计", 1, 9, rowspan=2, role="header")
    for column, text in enumerate(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"), 4):
        yield Cell(text, 2, column, role="header")


def _matrix_row(filled: FilledForm, stem: str, label: Cell) -> Iterable[Cell]:
    yield label
    for column, applicant in enumerate(APPLICANTS, 3):
        yield _figure(filled, f"applications.{stem}.{applicant}", label.row, column)


def _matrix_group(
    cells: list[Cell], filled: FilledForm, group: str, caption: str, members: tuple[tuple[str, str], ...], row: int
) -> int:
    cells.append(Cell(caption, row, 1, rowspan=len(members), role="group"))
    for stem, label in members:
        cells.extend(_matrix_row(filled, f"{group}.{stem}", Cell(label, row, 2)))
        row += 1
    return row


def remedies(filled: FilledForm) -> Table:
    """The table 政府信息公开行政复议、行政诉讼情况: three header rows, one row of fifteen figures."""
    cells = [Cell("行政复议", 0, 0, colspan=5, role="header"), Cell("行政诉讼", 0, 5, colspan=10, role="header")]
    cells += [Cell(text, 1, column, rowspan=2, role="header") for column, text in enumerate(OUTCOME_LABELS)]
    cells += [
        Cell("未经复议直接起诉", 1, 5, colspan=5, role="header"),
        Cell("复议后起诉", 1, 10, colspan=5, role="header"),
    ]
    cells += [Cell(text, 2, column, role="header") for column, text in enumerate(OUTCOME_LABELS * 2, 5)]
    ids = [f"remedies.{route}.{outcome}" for route in ROUTES for outcome in OUTCOMES]
    cells += [_figure(filled, one, 3, column) for column, one in enumerate(ids)]
    return Table("remedies", tuple(cells), 3)


def stat(filled: FilledForm) -> Table:
    """The 政府信息公开情况统计表: label, unit, count."""
    cells = [Cell(text, 0, column, role="header") for column, text in enumerate(("统计指标", "单位", "统计数"))]
    for row, (label, unit, indicator) in enumerate(STAT_ROWS, 1):
        role: Role = "label" if indicator else "group"
        cells.append(Cell(label, row, 0, colspan=1 if indicator else 3, role=role))
        if indicator:
            cells += [Cell(unit, row, 1, role="unit"), _figure(filled, indicator, row, 2)]
    return Table("stat", tuple(cells), 1)
