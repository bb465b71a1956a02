"""Numerals: exact values, exact spans, and what each is for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.normalise.numerals import counts, find, parse, parse_cell
from govnlp.normalise.units import money_factor, unit_at

_SIGNS = "零一二三四五六七八九"


def _chinese(number: int, *, formal: bool = False) -> str:
    """A number written out as an office writes it: 1005 is 一千零五, 20300 is 二万零三百."""
    if number == 0:
        return "零"
    for factor, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= factor:
            high, low = divmod(number, factor)
            gap = "零" if 0 < low < factor // 10 else ""
            return _chinese(high, formal=formal) + sign + gap + (_chinese(low, formal=formal) if low else "")
    text, open_gap = "", False
    for factor, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            text += ("零" if open_gap and text else "") + _SIGNS[digit] + sign
        open_gap = not digit
    if text.startswith("一十"):
        text = text[1:]
    return text.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")) if formal else text


_STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "grouped": lambda number: f"{number:,}",
    "wide": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "wide grouped": lambda number: f"{number:,}".replace(",", "，"),
    "chinese": _chinese,
    "formal": lambda number: _chinese(number, formal=True),
    "myriads": lambda number: format(Decimal(number).scaleb(-4), "f") + "万",
}


@given(st.integers(0, 10**12), st.sampled_from(sorted(_STYLES)))
def test_a_cell_in_any_style_has_its_value(number, style):
    assert parse(f" {_STYLES[style](number)} ") == number


@given(st.integers(1, 10**12).filter(lambda number: not 2000 <= number <= 2100), st.sampled_from(sorted(_STYLES)))
def test_a_count_in_any_style_is_found_with_its_span(number, style):
    written = _STYLES[style](number)
    text = f"全年办理事项{written}件,情况良好"
    found = find(text)
    assert [(text[one.span.start : one.span.end], one.value, one.unit) for one in found] == [(written, number, "件")]
    # A number of more than eleven digits without separators is a code.
    assert found[0].role == ("code" if style in ("plain", "wide") and number >= 10**11 else "count")


@given(st.decimals(0, 10**8, places=2))
def test_decimals_are_exact(number):
    assert parse(format(number, "f")) == number


def test_twenty_digits_are_not_rounded():
    assert parse("98765432109876543210") == Decimal("98765432109876543210")
    assert parse("1234567890123.4567亿") == Decimal("123456789012345670000")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,128", "1128"), ("１２", "12"), ("三十二", "32"), ("4.16万", "41600"), ("0.00", "0"), ("-3", "-3"), ("廿八", "28"),
        ("二〇一二", "2012"), ("二○○八", "2008"), ("两千零八", "2008"), ("3万2千", "32000"), ("3亿2000万", "320000000"),
        ("1千5百", "1500"), ("壹佰贰拾叁", "123"), ("一百零五", "105"), ("〇", "0"), ("零", "0"),
    ],
)  # fmt: skip
def test_parse(text, value):
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "/", "—", "○", "O", "1 2", "1 128", "1,12", "1,128,5", "12件", "1.", "一、", "1-2", "三四", "二三百", "万", "百", "1.2.3",
             "第一", "3万5万", "٣", "²"]
)  # fmt: skip
def test_parse_refuses_what_is_not_one_numeral(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12件", ("12", "件", "exact")), ("251000元", ("251000", "元", "exact")), ("0.5万元", ("0.5", "万元", "exact")),
        ("约12", ("12", None, "about")), ("12余", ("12", None, "about")), ("12余件", ("12", "件", "about")),
        ("超100人", ("100", "人", "at_least")), ("不足5万元", ("5", "万元", "at_most")), ("4.16万条", ("41600", "条", "exact")),
        ("三件", ("3", "件", "exact")), ("12 件", ("12", "件", "exact")), ("100%", ("100", "%", "exact")), ("7", ("7", None, "exact")),
    ],
)  # fmt: skip
def test_parse_cell(text, expected):
    found = parse_cell(text)
    assert found is not None
    assert (found.value, found.unit, found.qualifier) == (Decimal(expected[0]), *expected[1:])


@pytest.mark.parametrize("text", ["第12条", "件", "12件3", "无", "2021年3月", "12/15", "一、总计"])
def test_parse_cell_refuses(text):
    assert parse_cell(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "一是抓落实", "统一个人信息标准", "一方面加强", "一些单位", "一定程度", "进一步细化", "三公经费", "五公开", "六稳六保", "万一出现",
        "千方百计", "四川有关部门", "老百姓", "一带一路", "三农工作", "三审三校", "一次性告知", "一条龙服务", "一起推进", "逐一个别谈话",
        "高效办成一件事", "十几件", "几十件", "数百条", "三四件", "两三个", "四个意识", "千家万户", "一体化", "一网通办", "唯一一",
    ],
)  # fmt: skip
def test_words_with_number_signs_are_no_numbers(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("两件、一名、十二期、廿八份、卅册", [2, 1, 12, 28, 30]),
        ("三千二百余件", [3200]),
        ("近300人次,超3.3万条,10余万条", [300, 33000, 100000]),
        ("共三十二。合计:十二", [32, 12]),
        ("百余条,上百份", [100, 100]),
        ("收到 1 2 8 件", [128]),
        ("收到l0件,O件,I2件", [10, 0, 12]),
        ("采购33项703203.72元", [33, Decimal("703203.72")]),
        ("发布2016条,2016余件", [2016, 2016]),
        ("共同办理一起案件", [1]),
        ("负增长(为-12件)", [-12]),
        ("微信APP12条", [12]),
        ("16个村,100个小组", [16, 100]),
        ("1，128件和1,128件", [1128, 1128]),
    ],
)
def test_counts(text, values):
    assert [one.value for one in counts(text)] == values


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("2021年3月5日", "date"), ("二〇二一年", "date"), ("2022-02-14", "date"), ("2021.3.5", "date"), ("20161231", "date"), ("11:10", "date"),
        ("20个工作日", "date"), ("3年", "date"), ("2019-2021年", "date"), ("2016全市要点", "date"),
        ("第711号", "ordinal"), ("第二十条", "ordinal"), ("第(一)项", "ordinal"), ("清河路319号", "ordinal"), ("第3季度", "ordinal"),
        ("〔2021〕30号", "document_number"), ("[2021]30号", "document_number"),
        ("12.3%", "percent"), ("百分之三十", "percent"), ("3个百分点", "percent"),
        ("020-84630000", "phone"), ("电话:84630000", "phone"), ("12345热线", "phone"), ("13800000000", "phone"),
        ("一、总体", "listing"), ("(二)公开", "listing"), ("3.属于", "listing"), ("2、加强", "listing"), ("1.国家秘密", "listing"),
        ("5G网络", "code"), ("IPv6改造", "code"), ("http://www.abc.gov.cn/2/33", "code"), ("邮编:511400", "code"), ("1.2.3", "code"),
    ],
)  # fmt: skip
def test_roles(text, role):
    assert {one.role for one in find(text)} == {role}


def test_a_list_number_before_a_year_is_not_a_decimal():
    assert [(int(one.value), one.role) for one in find("1.2021年")] == [(1, "listing"), (2021, "date")]


def test_letters_of_a_scan_are_told():
    assert [one.repaired for one in find("l0件和10件")] == [True, False]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("近30件", "about"), ("30余件", "about"), ("30件左右", "about"), ("超30件", "at_least"), ("30件以上", "at_least"), ("不足30件", "at_most"), ("30件", "exact")],
)  # fmt: skip
def test_qualifiers(text, qualifier):
    assert [one.qualifier for one in find(text)] == [qualifier]


def test_money_factors_are_exact():
    assert [money_factor(unit) for unit in ("元", "千元", "万元", "亿元", "件")] == [1, 1000, 10000, 10**8, None]


def test_the_longest_unit_is_taken():
    assert unit_at("3万元整", 1) == "万元整"
    assert unit_at("304人次", 3) == "人次"


_ALPHABET = "0123456789,.，-:/%()（）〔〕年月日号第一二三十百千万亿零〇○件条个余lIOGA \n共"


@given(st.text(_ALPHABET, max_size=80))
def test_spans_are_in_order_and_apart(text):
    end = 0
    for one in find(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
    parse(text)
    parse_cell(text)


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "111,", "一", "万", "(", "〔2021", "1.", "a", "0 ", "1 ", "l", "余", "-", "1-", "十万", "a@", "A1"],
)
def test_hostile_input_ends(piece):
    text = piece * (60_000 // len(piece))
    assert all(one.span.end <= len(text) for one in find(text))
    assert parse(text) is None
    assert parse_cell(text) is None
